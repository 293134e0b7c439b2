//! What a person decides about a line: whose it is, that it is nobody's here, and that either was wrong.

use sea_orm::FromQueryResult;
use types::{BankLineId, BankLineState, Currency, DecideLine, MatchLine, OrganisationId, Timestamp};

use super::{hub, inside, lines, micros, receive, store::unmatched_key};
use crate::{
    Database, Error, Open, Result, Rule, Tx,
    access::{Survey, policy::CloseBilling},
    audit::{self, Change},
    commands::{self, Command},
    ledger,
};

/// Credits a line to an organisation, and counts it as an announced transfer of its where one is named.
///
/// # Errors
/// `NotFound` for an unknown line or another organisation's transfer; `Invalid` for an unknown organisation or one that
/// pays in another currency; a conflict for a line that is decided already.
pub async fn match_line(
    db: &Database,
    survey: &Survey<CloseBilling>,
    id: BankLineId,
    ask: &MatchLine,
    command: Command,
    now: Timestamp,
) -> Result<()> {
    let open = db.survey(survey, now).await?;
    lines::row(&open, id).await?.ok_or(Error::NotFound)?;
    let organisation = organisation(&open, &ask.organisation).await?;
    drop(open);
    let tx = inside(db, survey, organisation, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let is_credited = receive::by_hand_in(tx, id, ask.transfer).await?;
        if is_credited { Ok(()) } else { Err(Error::Conflict("line-decided")) }
    })
    .await
}

/// Undoes a line's match by a reversing entry: what it gave comes out of the wallet as far as nothing holds it, and the
/// rest is owed. The line waits again.
///
/// # Errors
/// `NotFound` for an unknown line; `Invalid` without a reason; a conflict for a line that paid nobody.
pub async fn undo_match(
    db: &Database,
    survey: &Survey<CloseBilling>,
    id: BankLineId,
    ask: &DecideLine,
    command: Command,
    now: Timestamp,
) -> Result<()> {
    let reason = audit::reason(&ask.reason)?;
    let open = db.survey(survey, now).await?;
    let row = lines::row(&open, id).await?.ok_or(Error::NotFound)?;
    // A second press of the same button still finds where the first one was.
    let organisation = match row.organisation_id() {
        Some(organisation) => organisation,
        None => last_paid(&open, id).await?.ok_or(Error::Conflict("line-not-matched"))?,
    };
    drop(open);
    let tx = inside(db, survey, organisation, now).await?;
    commands::once(tx, command, async |tx: &Tx| receive::undo_in(tx, id, reason).await).await
}

/// Says that a line is not for anybody's wallet: it leaves the books again.
///
/// # Errors
/// `NotFound` for an unknown line; `Invalid` without a reason; a conflict for one that does not wait.
pub async fn ignore_line(
    db: &Database,
    survey: &Survey<CloseBilling>,
    id: BankLineId,
    ask: &DecideLine,
    command: Command,
    now: Timestamp,
) -> Result<()> {
    let reason = audit::reason(&ask.reason)?;
    let tx = inside_hub(db, survey, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let before = locked_in(tx, id).await?;
        if !matches!(before.state, BankLineState::New | BankLineState::Unmatched) {
            return Err(Error::Conflict("line-decided"));
        }
        let booked = if before.state == BankLineState::Unmatched { -before.amount } else { 0 };
        decide_in(tx, &before, BankLineState::Ignored, Some(reason), booked).await
    })
    .await
}

/// Takes back that a line is nobody's: it is booked among what is unmatched, and waits.
///
/// # Errors
/// `NotFound` for an unknown line; a conflict for one that nobody put aside.
pub async fn reopen_line(
    db: &Database,
    survey: &Survey<CloseBilling>,
    id: BankLineId,
    command: Command,
    now: Timestamp,
) -> Result<()> {
    let tx = inside_hub(db, survey, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let before = locked_in(tx, id).await?;
        if before.state != BankLineState::Ignored {
            return Err(Error::Conflict("line-not-ignored"));
        }
        decide_in(tx, &before, BankLineState::Unmatched, None, before.amount).await
    })
    .await
}

async fn inside_hub(db: &Database, survey: &Survey<CloseBilling>, now: Timestamp) -> Result<Tx> {
    let hub = hub(&db.survey(survey, now).await?).await?;
    inside(db, survey, hub, now).await
}

#[derive(FromQueryResult)]
struct Found {
    id: OrganisationId,
}

async fn organisation(open: &Open, place: &str) -> Result<OrganisationId> {
    let id = place.parse::<OrganisationId>().ok();
    let sql = "SELECT id FROM organisation WHERE kind = 'tenant' AND (id = $1 OR slug = $2)";
    let found: Option<Found> = open.one(sql, [id.into(), place.trim().into()]).await?;
    found.map(|found| found.id).ok_or(Error::Invalid { field: "organisation", rule: Rule::Known })
}

/// The organisation whose match of the line was undone last.
async fn last_paid(open: &Open, id: BankLineId) -> Result<Option<OrganisationId>> {
    let sql = "SELECT organisation_id AS id FROM transfer_receipt WHERE bank_line = $1
               ORDER BY undone_at DESC NULLS FIRST LIMIT 1";
    let found: Option<Found> = open.one(sql, [id.into()]).await?;
    Ok(found.map(|found| found.id))
}

#[derive(FromQueryResult)]
struct Locked {
    id: BankLineId,
    amount: i64,
    currency: Currency,
    state: BankLineState,
    turn: i32,
}

/// A line that nobody else decides until the transaction ends; inside the hub.
async fn locked_in(tx: &Tx, id: BankLineId) -> Result<Locked> {
    let sql = "SELECT l.id, l.amount, a.currency, l.state, l.turn
               FROM bank_line l JOIN receiving_account a ON a.id = l.account_id
               WHERE l.organisation_id = $1 AND l.id = $2 FOR NO KEY UPDATE OF l";
    tx.one(sql, [tx.organisation.into(), id.into()]).await?.ok_or(Error::NotFound)
}

/// Stores a decision, and books what it moves among what is unmatched, in minor units.
async fn decide_in(tx: &Tx, before: &Locked, state: BankLineState, note: Option<&str>, booked: i64) -> Result<()> {
    let sql = "UPDATE bank_line SET state = $3, note = $4, turn = turn + 1, decided_by = $5, decided_at = $6
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        before.id.into(),
        state.word().into(),
        note.into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    if booked != 0 {
        let key = unmatched_key(before.id, before.turn + 1);
        ledger::keep_unmatched_in(tx, before.currency.word(), micros(booked)?, &key).await?;
    }
    let verb = if state == BankLineState::Ignored { "bank.line_ignored" } else { "bank.line_reopened" };
    let change =
        Change { verb, subject: before.id.to_string(), before: Some(before.state), after: Some((state, note)) };
    audit::record_in(tx, change).await
}
