//! Beginning one: decided under the purse's lock, and asked for as a payment that a worker then advances.

use sea_orm::FromQueryResult;
use types::{AutoTopUpState, Currency, OrganisationId, PaymentId, PaymentProvider, SavedCardId, Timestamp};

use super::{
    rules::{APART_S, Facts, Verdict, verdict},
    spent_in,
};
use crate::{
    Database, Error, Open, Result, Tx,
    access::Job,
    audit::{self, Change},
    ledger,
    payments::{SAVED_CARD, money},
    settlement,
};

#[derive(FromQueryResult)]
struct Row {
    state: AutoTopUpState,
    currency: Currency,
    below: i64,
    amount: i64,
    monthly_limit: i64,
    card_id: SavedCardId,
}

#[derive(FromQueryResult)]
struct Tries {
    is_awaited: bool,
    held_until: Option<Timestamp>,
}

/// The organisations whose money is to be looked at by now, the longest waiting first; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_to_top_up(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    #[derive(FromQueryResult)]
    struct Found {
        organisation_id: OrganisationId,
    }
    let sql = "SELECT a.organisation_id FROM auto_top_up a JOIN organisation o ON o.id = a.organisation_id
               WHERE a.state = 'on' AND a.look_at <= $1 AND o.closes_at IS NULL AND o.closed_at IS NULL
               ORDER BY a.look_at LIMIT 1000";
    let rows: Vec<Found> = open.all(sql, [now.into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// Begins a top-up where the money that is predicted now is below what was agreed to; the payment that a worker is to advance.
/// None begins within an hour of another one, beyond the month's limit, or while another one is not over.
///
/// # Errors
/// Only the database's own.
pub async fn start_auto_top_up(
    db: &Database,
    job: Job,
    provider: PaymentProvider,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<Option<PaymentId>> {
    let tx = db.work_in(job, organisation, now).await?;
    // The purse is locked first, as by everybody who books; of two who decide at once the second counts what the first began.
    let purse = ledger::lock_in(&tx).await?;
    let Some(row) = lock_row_in(&tx).await? else { return Ok(None) };
    if row.state != AutoTopUpState::On || row.currency != purse.currency {
        return Ok(None);
    }
    let predicted = settlement::outlook_in(&tx).await?.after_unrated()?;
    let tries = tries_in(&tx).await?;
    let facts = Facts {
        left_micros: predicted.left - predicted.limit,
        below_micros: row.below,
        amount: row.amount,
        monthly_limit: row.monthly_limit,
        spent: spent_in(&tx).await?,
        is_awaited: tries.is_awaited,
        held_until: tries.held_until,
    };
    let (look_at, payment) = match verdict(facts, now) {
        Verdict::Wait(until) => (until, None),
        Verdict::Start => match begin_in(&tx, provider, &row).await? {
            Some(payment) => (now.plus_seconds(APART_S), Some(payment)),
            // The constraint knows better; nothing of it stays.
            None => return Ok(None),
        },
    };
    let sql = "UPDATE auto_top_up SET look_at = $2 WHERE organisation_id = $1";
    tx.run(sql, [tx.organisation.into(), look_at.into()]).await?;
    tx.commit().await?;
    Ok(payment)
}

/// What was agreed to; nothing where the organisation is closed or about to be, which then pays nothing more by itself.
async fn lock_row_in(tx: &Tx) -> Result<Option<Row>> {
    let sql = "SELECT a.state, a.currency, a.below, a.amount, a.monthly_limit, a.card_id
               FROM auto_top_up a JOIN organisation o ON o.id = a.organisation_id
               WHERE a.organisation_id = $1 AND o.closes_at IS NULL AND o.closed_at IS NULL FOR NO KEY UPDATE OF a";
    tx.one(sql, [tx.organisation.into()]).await
}

async fn tries_in(tx: &Tx) -> Result<Tries> {
    let sql = "SELECT EXISTS (SELECT 1 FROM auto_top_up_try t JOIN payment p ON p.organisation_id = t.organisation_id
                   AND p.id IN (t.payment_id, t.person_payment_id)
                   WHERE t.organisation_id = $1 AND p.ended_at IS NULL) AS is_awaited,
                   (SELECT max(t.held_until) FROM auto_top_up_try t WHERE t.organisation_id = $1) AS held_until";
    tx.one(sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)
}

/// Asks for it; nothing where another one holds the hour.
async fn begin_in(tx: &Tx, provider: PaymentProvider, row: &Row) -> Result<Option<PaymentId>> {
    let payment = insert_payment_in(tx, provider, SAVED_CARD, (row.amount, row.currency)).await?;
    let sql = "INSERT INTO auto_top_up_try (organisation_id, id, card_id, payment_id, started_at, held_until)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT one_top_up_begins_in_an_hour DO NOTHING";
    let values = [
        tx.organisation.into(),
        types::new_uuid(tx.now).into(),
        row.card_id.into(),
        payment.into(),
        tx.now.into(),
        tx.now.plus_seconds(APART_S).into(),
    ];
    if tx.run(sql, values).await? == 0 {
        return Ok(None);
    }
    let after = Some(money(row.amount, row.currency)?);
    let change = Change { verb: "auto_top_up.started", subject: payment.to_string(), before: None::<()>, after };
    audit::record_in(tx, change).await?;
    Ok(Some(payment))
}

/// A payment that nobody asked for just now.
pub(super) async fn insert_payment_in(
    tx: &Tx,
    provider: PaymentProvider,
    kind: &str,
    (amount, currency): (i64, Currency),
) -> Result<PaymentId> {
    let payment = PaymentId::new(tx.now);
    let sql =
        "INSERT INTO payment (organisation_id, id, provider, kind, amount, currency, idempotency_key, state, asked_at,
                   next_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 'wanted', $8, $8)";
    let values = [
        tx.organisation.into(),
        payment.into(),
        provider.word().into(),
        kind.into(),
        amount.into(),
        currency.word().into(),
        format!("payment:{payment}").into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    Ok(payment)
}
