//! What people ask for, and what they see of it.

use sea_orm::FromQueryResult;
use types::{
    Currency, MICROS_PER_UNIT, Money, PaymentId, PaymentProvider, PaymentState, PaymentView, Timestamp, TopUpByCard,
};

use super::{MICROS_PER_MINOR, advance::advance_payment, cards, gateway::Gateway, money};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{
        Job, Scope,
        policy::{ReadBalance, TopUpWallet},
    },
    audit::{self, Change},
    commands::{self, Command},
    ledger,
};

/// Who calls the provider while the person waits.
const JOB: Job = Job::of("top-up");
/// The least and the most that one payment takes.
pub(super) const LEAST: i64 = 10 * MICROS_PER_UNIT;
pub(super) const MOST: i64 = 100_000 * MICROS_PER_UNIT;
/// So many may be awaited at once.
const MOST_OPEN: i64 = 20;

const COLUMNS: &str =
    "p.id, p.state, p.amount, p.currency, p.pay_at, p.failure, n.name AS asked_by, p.asked_at, p.ended_at
     FROM payment p LEFT JOIN person n ON n.id = p.asked_by";

#[derive(FromQueryResult)]
struct Row {
    id: PaymentId,
    state: PaymentState,
    amount: i64,
    currency: Currency,
    pay_at: Option<String>,
    failure: Option<String>,
    asked_by: Option<String>,
    asked_at: Timestamp,
    ended_at: Option<Timestamp>,
}

impl Row {
    fn view(self) -> Result<PaymentView> {
        let needs_person = self.state == PaymentState::NeedsPerson;
        Ok(PaymentView {
            id: self.id,
            state: self.state,
            amount: money(self.amount, self.currency)?,
            pay_at: self.pay_at.filter(|_| needs_person),
            failure: self.failure,
            asked_by: self.asked_by,
            asked_at: self.asked_at,
            ended_at: self.ended_at,
        })
    }
}

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

/// Asks for a top-up by card, and opens the provider's page for it. Where the provider does not answer, the payment waits and
/// a worker asks again.
///
/// # Errors
/// `Invalid` for an amount that no payment takes, in another currency or not in whole minor units; a conflict where twenty are
/// awaited already.
pub async fn top_up_by_card(
    db: &Database,
    gateway: &dyn Gateway,
    scope: &Scope<TopUpWallet>,
    ask: TopUpByCard,
    command: Command,
    now: Timestamp,
) -> Result<PaymentView> {
    checked(&ask)?;
    let tx = db.begin(scope, now).await?;
    let provider = gateway.provider();
    let asked = commands::once(tx, command, async |tx: &Tx| ask_in(tx, provider, &ask).await).await?;
    // Nobody at the provider's is asked for what does not stay.
    if db.is_rehearsing() {
        return Ok(asked);
    }
    advance_payment(db, JOB, gateway, (scope.organisation(), asked.id), now).await?;
    view_in(&db.look(scope, now).await?, asked.id).await
}

/// One top-up by card.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn payment_in(tx: &Tx, scope: &Scope<ReadBalance>, payment: PaymentId) -> Result<PaymentView> {
    tx.admits(scope)?;
    view_in(tx, payment).await
}

/// The top-ups by card that are awaited, the latest first; at most twenty.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn waiting_payments_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<Vec<PaymentView>> {
    tx.admits(scope)?;
    let sql = format!(
        "SELECT {COLUMNS} WHERE p.organisation_id = $1 AND p.next_at IS NOT NULL ORDER BY p.asked_at DESC, p.id LIMIT $2"
    );
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), MOST_OPEN.into()]).await?;
    rows.into_iter().map(Row::view).collect()
}

fn checked(ask: &TopUpByCard) -> Result<()> {
    ledger::bookable(ask.amount.micros, "amount")?;
    let invalid = |rule| Err(Error::Invalid { field: "amount", rule });
    if !(LEAST..=MOST).contains(&ask.amount.micros) {
        let money = |micros| Money { micros, currency: ask.amount.currency };
        return invalid(Rule::Within { least: money(LEAST), most: money(MOST) });
    }
    if ask.amount.micros % MICROS_PER_MINOR != 0 { invalid(Rule::PositiveAmount) } else { Ok(()) }
}

async fn ask_in(tx: &Tx, provider: PaymentProvider, ask: &TopUpByCard) -> Result<PaymentView> {
    // Of those who ask at once each counts the others.
    let currency = ledger::lock_in(tx).await?.currency;
    if ask.amount.currency != currency {
        return Err(Error::Invalid { field: "amount", rule: Rule::Currency });
    }
    let open = "SELECT count(*) AS n FROM payment WHERE organisation_id = $1 AND next_at IS NOT NULL";
    let open: Option<Number> = tx.one(open, [tx.organisation.into()]).await?;
    if open.is_some_and(|row| row.n >= MOST_OPEN) {
        return Err(Error::Conflict("top-ups-many"));
    }
    let payment = PaymentId::new(tx.now);
    let sql =
        "INSERT INTO payment (organisation_id, id, provider, kind, amount, currency, idempotency_key, state, asked_by,
                   asked_at, next_at)
               VALUES ($1, $2, $3, 'checkout', $4, $5, $6, 'wanted', $7, $8, $8)";
    let values = [
        tx.organisation.into(),
        payment.into(),
        provider.word().into(),
        (ask.amount.micros / MICROS_PER_MINOR).into(),
        currency.word().into(),
        format!("payment:{payment}").into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    if ask.keep_card {
        cards::keep_in(tx, provider, payment).await?;
    }
    let change =
        Change { verb: "payment.asked", subject: payment.to_string(), before: None::<()>, after: Some(ask.amount) };
    audit::record_in(tx, change).await?;
    view_in(tx, payment).await
}

async fn view_in(tx: &Tx, payment: PaymentId) -> Result<PaymentView> {
    let sql = format!("SELECT {COLUMNS} WHERE p.organisation_id = $1 AND p.id = $2");
    let row: Option<Row> = tx.one(&sql, [tx.organisation.into(), payment.into()]).await?;
    row.ok_or(Error::NotFound)?.view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_takes_whole_minor_units_within_its_bounds() {
        let asks =
            |micros| checked(&TopUpByCard { amount: Money { micros, currency: Currency::Mad }, keep_card: false });
        assert!(asks(10_000_000).is_ok() && asks(100_000_000_000).is_ok() && asks(1_250_500_000).is_ok());
        for micros in [i64::MIN, -1, 0, 9_990_000, 100_000_010_000, 10_000_001, i64::MAX] {
            assert!(matches!(asks(micros), Err(Error::Invalid { field: "amount", .. })), "{micros}");
        }
    }
}
