//! What of an organisation's debts is overdue, read anew each time. What is due of each invoice is told
//! by `invoices`, here as everywhere; here is the day of each part, and what is not asked for because it is contested.

use jiff::{civil::Date, tz::TimeZone};
use sea_orm::FromQueryResult;
use types::{Money, Timestamp};

use super::rules::{Due, Unpaid, asked};
use crate::{Error, Result, Tx, billing, disputes, invoices, ledger::Purse};

/// What is overdue.
#[derive(Clone, Debug)]
pub(super) struct Overdue {
    /// The day on which the oldest part was due.
    pub(super) due_on: Date,
    pub(super) amount: Money,
    /// The numbers of the invoices in it, the oldest first.
    pub(super) numbers: Vec<String>,
}

/// Whether the organisation owes anything at all, due or not.
pub(super) fn owes(purse: &Purse) -> bool {
    purse.posted < 0 || purse.receivable > 0
}

/// What was due before today, on the hub's calendar, and is not paid; nothing where all of it is.
///
/// What usage cost beyond a wallet's floor is due on the day on which it was booked; a wallet below zero on the days that
/// the invoices say. Whoever acts upon it has locked the purse.
pub(super) async fn overdue_in(tx: &Tx, purse: &Purse, zone: &TimeZone) -> Result<Option<Overdue>> {
    if !owes(purse) {
        return Ok(None);
    }
    let today = billing::day(tx.now, zone);
    let mut parts = parts_in(tx, purse, zone).await?;
    parts.retain(|part| part.due_on < today);
    parts.sort_by_key(|part| part.due_on);
    let Some(oldest) = parts.first() else { return Ok(None) };
    let (due_on, micros) = (oldest.due_on, parts.iter().map(|part| part.micros).sum::<i64>());
    let numbers = parts.into_iter().filter_map(|part| part.number).collect();
    Ok(Some(Overdue { due_on, amount: purse.money(micros), numbers }))
}

#[derive(FromQueryResult)]
struct Oldest {
    booked_at: Option<Timestamp>,
}

/// What is asked for of all that is owed, by the day on which it falls due.
async fn parts_in(tx: &Tx, purse: &Purse, zone: &TimeZone) -> Result<Vec<Due>> {
    let debts = invoices::debts_in(tx, purse).await?;
    // Nobody is asked to pay what is not decided.
    let contested = disputes::open_amounts_in(tx).await?;
    let unpaid = debts.unpaid()?.into_iter().map(|owed| Unpaid {
        contested: contested.get(&owed.invoice).copied().unwrap_or(0),
        number: owed.number,
        due_on: owed.due_on,
        micros: owed.due,
    });
    let asked = asked(purse.receivable, debts.not_issued, debts.rest, unpaid.collect());
    let mut parts = asked.invoices;
    if asked.beyond > 0 {
        let due_on = billing::day(booked_in(tx, purse, asked.reach).await?, zone);
        parts.push(Due { number: None, due_on, micros: asked.beyond });
    }
    Ok(parts)
}

/// When the oldest part of what is owed beside the wallet was booked: money that came has paid the oldest of it, so its
/// latest parts are left, of which these are so much.
async fn booked_in(tx: &Tx, purse: &Purse, reach: i64) -> Result<Timestamp> {
    let sql = "WITH debt AS (
                   SELECT e.booked_at, -p.amount AS amount,
                          sum(-p.amount) OVER (ORDER BY e.booked_at DESC, e.id DESC, p.line DESC
                              ROWS UNBOUNDED PRECEDING) AS reached
                   FROM posting p
                   JOIN account r ON r.id = p.account_id
                   JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
                   WHERE p.organisation_id = $1 AND r.organisation_id IS NULL AND r.kind = 'receivable' AND r.unit = $2
                   AND p.amount < 0)
               SELECT min(booked_at) AS booked_at FROM debt WHERE reached - amount < $3";
    let values = [tx.organisation.into(), purse.currency.word().into(), reach.into()];
    let row: Option<Oldest> = tx.one(sql, values).await?;
    row.and_then(|row| row.booked_at).ok_or_else(|| Error::Corrupt("a debt without a day".to_owned()))
}
