//! The table `sign_off_limit`: above which amount two people sign. Whoever makes a limit stricter does so alone; a looser one
//! holds once somebody else of the hub agreed.

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{
    AgreeSignOffLimit, Currency, List, Money, SetSignOffLimit, SignOffKind, SignOffLimitView, Timestamp, UserId,
    WaitingLimit,
};
use uuid::Uuid;

use super::letters;
use crate::{
    Database, Error, Open, Result, Rule,
    access::{
        Survey,
        policy::{ReadInvoices, SignOff},
    },
    audit::{self, Change},
    commands::{Command, Installation, once},
    ledger::MAX_BOOKING,
};

#[derive(FromQueryResult)]
struct LimitRow {
    id: Uuid,
    kind: SignOffKind,
    currency: Currency,
    amount: Option<i64>,
    is_in_force: bool,
    asked_by: UserId,
    asked_by_name: String,
    asked_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Amount {
    amount: Option<i64>,
}

/// What holds or waits, with who asked for it.
const ROWS: &str = "SELECT l.id, l.kind, l.currency, l.amount, l.in_force_at IS NOT NULL AS is_in_force, l.asked_by,
        p.name AS asked_by_name, l.asked_at
    FROM sign_off_limit l JOIN person p ON p.id = l.asked_by WHERE l.ended_at IS NULL";

/// The limit, where the amount is beyond it.
pub(super) async fn beyond_in(open: &Open, kind: SignOffKind, amount: Money) -> Result<Option<Money>> {
    let sql = "SELECT amount FROM sign_off_limit
               WHERE kind = $1 AND currency = $2 AND in_force_at IS NOT NULL AND ended_at IS NULL";
    let row: Option<Amount> = open.one(sql, [kind.word().into(), amount.currency.word().into()]).await?;
    let limit = row.and_then(|row| row.amount).filter(|limit| amount.micros > *limit);
    Ok(limit.map(|micros| Money { micros, currency: amount.currency }))
}

/// The limits of every kind in every currency.
///
/// # Errors
/// Only the database's own.
pub async fn list_sign_off_limits(open: &Open, _: &Survey<ReadInvoices>) -> Result<List<SignOffLimitView>> {
    let rows: Vec<LimitRow> = open.all(ROWS, []).await?;
    let each = SignOffKind::ALL.iter().flat_map(|kind| Currency::ALL.iter().map(move |currency| (*kind, *currency)));
    Ok(List { items: each.map(|which| view(&rows, which)).collect(), next_cursor: None })
}

/// Sets a limit: a stricter one holds at once, a looser one waits for somebody else. Who can agree is told by letter.
///
/// # Errors
/// `Invalid` for an amount below zero or beyond what can be booked; a conflict where it is so already.
pub async fn set_limit(
    db: &Database,
    survey: &Survey<SignOff>,
    ask: SetSignOffLimit,
    command: Command,
    now: Timestamp,
) -> Result<SignOffLimitView> {
    if ask.micros.is_some_and(|micros| !(0..=MAX_BOOKING).contains(&micros)) {
        let rule = Rule::Range { min: 0, max: MAX_BOOKING };
        return Err(Error::Invalid { field: "micros", rule });
    }
    let tx = Installation(db.govern(survey, now).await?);
    once(tx, command, async |tx: &Installation| set_in(tx, &ask).await).await
}

async fn set_in(open: &Open, ask: &SetSignOffLimit) -> Result<SignOffLimitView> {
    let which = (ask.kind, ask.currency);
    let rows = locked(open, which).await?;
    let before = rows.iter().find(|row| row.is_in_force).and_then(|row| row.amount);
    if before == ask.micros {
        return Err(Error::Conflict("sign-off-limit-same"));
    }
    let asker = open.principal.user().ok_or(Error::NeedsPerson)?;
    let is_stricter = is_stricter(before, ask.micros);
    for row in rows.iter().filter(|row| is_stricter || !row.is_in_force) {
        end(open, row.id).await?;
    }
    let sql = "INSERT INTO sign_off_limit (id, kind, currency, amount, asked_by, asked_at, in_force_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        types::new_uuid(open.now).into(),
        ask.kind.word().into(),
        ask.currency.word().into(),
        ask.micros.into(),
        asker.into(),
        open.now.into(),
        is_stricter.then_some(open.now).into(),
    ];
    open.run(sql, values).await?;
    let verb = if is_stricter { "sign_off.limit_set" } else { "sign_off.limit_asked" };
    record(open, verb, which, before, ask.micros).await?;
    if !is_stricter {
        letters::limit_waits_in(open, which, before, ask.micros).await?;
    }
    Ok(view(&read(open, which).await?, which))
}

/// Agrees to a looser limit that somebody else asked for.
///
/// # Errors
/// `NotFound` where none waits; a conflict for who asked; `Changed` where another one waits than was looked at.
pub async fn agree_limit(
    db: &Database,
    survey: &Survey<SignOff>,
    which: (SignOffKind, Currency),
    seen: &AgreeSignOffLimit,
    now: Timestamp,
) -> Result<SignOffLimitView> {
    let open = db.govern(survey, now).await?;
    let rows = locked(&open, which).await?;
    let waiting = rows.iter().find(|row| !row.is_in_force).ok_or(Error::NotFound)?;
    let second = open.principal.user().ok_or(Error::NeedsPerson)?;
    if second == waiting.asked_by {
        return Err(Error::Conflict("sign-off-own"));
    }
    if waiting.amount != seen.micros {
        return Err(Error::Changed);
    }
    let before = rows.iter().find(|row| row.is_in_force);
    if let Some(row) = before {
        end(&open, row.id).await?;
    }
    let sql = "UPDATE sign_off_limit SET agreed_by = $2, in_force_at = $3 WHERE id = $1";
    open.run(sql, [waiting.id.into(), second.into(), now.into()]).await?;
    let before = before.and_then(|row| row.amount);
    record(&open, "sign_off.limit_agreed", which, before, waiting.amount).await?;
    let view = view(&read(&open, which).await?, which);
    open.commit().await?;
    Ok(view)
}

/// Takes a looser limit back that waits, one's own or another's.
///
/// # Errors
/// `NotFound` where none waits.
pub async fn withdraw_limit(
    db: &Database,
    survey: &Survey<SignOff>,
    which: (SignOffKind, Currency),
    now: Timestamp,
) -> Result<SignOffLimitView> {
    let open = db.govern(survey, now).await?;
    let rows = locked(&open, which).await?;
    let waiting = rows.iter().find(|row| !row.is_in_force).ok_or(Error::NotFound)?;
    end(&open, waiting.id).await?;
    record(&open, "sign_off.limit_withdrawn", which, waiting.amount, None).await?;
    let view = view(&read(&open, which).await?, which);
    open.commit().await?;
    Ok(view)
}

/// Whether more needs a second person than before; nothing is a limit that is never reached.
fn is_stricter(before: Option<i64>, after: Option<i64>) -> bool {
    match (before, after) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after < before,
    }
}

/// What holds and what waits, which nobody else changes until the transaction ends.
async fn locked(open: &Open, which: (SignOffKind, Currency)) -> Result<Vec<LimitRow>> {
    open.run("SELECT pg_advisory_xact_lock(hashtextextended('sign_off_limit', 0))", []).await?;
    read(open, which).await
}

async fn read(open: &Open, (kind, currency): (SignOffKind, Currency)) -> Result<Vec<LimitRow>> {
    let sql = format!("{ROWS} AND l.kind = $1 AND l.currency = $2");
    open.all(&sql, [kind.word().into(), currency.word().into()]).await
}

async fn end(open: &Open, id: Uuid) -> Result<()> {
    let sql = "UPDATE sign_off_limit SET ended_at = $2 WHERE id = $1";
    open.run(sql, [id.into(), open.now.into()]).await.map(drop)
}

async fn record(
    open: &Open,
    verb: &'static str,
    (kind, currency): (SignOffKind, Currency),
    before: Option<i64>,
    after: Option<i64>,
) -> Result<()> {
    let said = |micros: Option<i64>| json!({ "kind": kind, "currency": currency, "micros": micros });
    let (before, after) = (Some(said(before)), Some(said(after)));
    let subject = format!("{kind}:{currency}");
    audit::record_installation(open, Change { verb, subject, before, after }).await
}

fn view(rows: &[LimitRow], (kind, currency): (SignOffKind, Currency)) -> SignOffLimitView {
    let of = |is_in_force: bool| {
        rows.iter().find(|row| (row.kind, row.currency, row.is_in_force) == (kind, currency, is_in_force))
    };
    let money = |row: &LimitRow| row.amount.map(|micros| Money { micros, currency });
    let waiting = of(false).map(|row| WaitingLimit {
        amount: money(row),
        asked_by: row.asked_by,
        asked_by_name: row.asked_by_name.clone(),
        asked_at: row.asked_at,
    });
    SignOffLimitView { kind, currency, amount: of(true).and_then(money), waiting }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_stricter_where_more_needs_a_second_person() {
        assert!(is_stricter(None, Some(5)) && is_stricter(Some(5), Some(4)) && is_stricter(Some(5), Some(0)));
        assert!(!is_stricter(Some(5), Some(6)) && !is_stricter(Some(5), None) && !is_stricter(None, None));
    }
}
