//! What an organisation owes, and what of it is overdue: read anew each time from ledger and invoices.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use sea_orm::FromQueryResult;
use types::{InvoiceId, Money, Timestamp};

use super::rules::{Due, unpaid};
use crate::{Error, Result, Tx, billing, ledger::Purse};

/// As many of an organisation's latest invoices may still be unpaid: ten years of months.
const MOST_INVOICES: i64 = 120;

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
    let mut parts: Vec<Due> = of_receivable_in(tx, purse, zone).await?.into_iter().collect();
    parts.extend(of_invoices_in(tx, purse).await?);
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

/// What was used beyond the floor: money that came has paid the oldest of it, so its latest parts are left.
async fn of_receivable_in(tx: &Tx, purse: &Purse, zone: &TimeZone) -> Result<Option<Due>> {
    if purse.receivable <= 0 {
        return Ok(None);
    }
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
    let values = [tx.organisation.into(), purse.currency.word().into(), purse.receivable.into()];
    let row: Option<Oldest> = tx.one(sql, values).await?;
    let booked_at =
        row.and_then(|row| row.booked_at).ok_or_else(|| Error::Corrupt("a debt without a day".to_owned()))?;
    Ok(Some(Due { number: None, due_on: billing::day(booked_at, zone), micros: purse.receivable }))
}

#[derive(FromQueryResult)]
struct Unbilled {
    micros: i64,
}

#[derive(FromQueryResult)]
struct InvoiceRow {
    id: InvoiceId,
    number: String,
    due_on: String,
    micros: i64,
}

/// What of each finalised invoice a wallet below zero has not paid.
async fn of_invoices_in(tx: &Tx, purse: &Purse) -> Result<Vec<Due>> {
    let owed = -purse.posted;
    if owed <= 0 {
        return Ok(Vec::new());
    }
    // What no invoice names yet: beyond the floor it is a debt of its own, and only the rest is in the wallet.
    let unbilled = (unbilled_in(tx).await? - purse.receivable).max(0);
    if owed <= unbilled {
        return Ok(Vec::new());
    }
    // The wallet's share of a document is what it paid and what is due; an invoice that was paid once falls due when it
    // was issued, where that money was taken back.
    let sql = "SELECT v.id, v.number, coalesce(v.due_on, v.issued_on)::text AS due_on,
                      (coalesce((d.document -> 'due' ->> 'micros')::bigint, 0) + coalesce((
                          SELECT sum((p -> 'amount' ->> 'micros')::bigint)
                          FROM jsonb_array_elements(d.document -> 'payers') p WHERE p ->> 'kind' = 'wallet'), 0))::bigint
                      AS micros
               FROM (SELECT * FROM invoice WHERE organisation_id = $1 AND status = 'finalised'
                     ORDER BY drafted_at DESC, id DESC LIMIT $2) v
               CROSS JOIN LATERAL (SELECT convert_from(v.snapshot, 'UTF8')::jsonb AS document) d
               ORDER BY v.drafted_at DESC, v.id DESC";
    let rows: Vec<InvoiceRow> = tx.all(sql, [tx.organisation.into(), MOST_INVOICES.into()]).await?;
    let contested = contested_in(tx).await?;
    let due = |row: InvoiceRow| -> Result<(InvoiceId, Due)> {
        let due_on = row.due_on.parse::<Date>().map_err(|error| Error::Corrupt(format!("date: {error}")))?;
        Ok((row.id, Due { number: Some(row.number), due_on, micros: row.micros }))
    };
    let invoices: Vec<(InvoiceId, Due)> = rows.into_iter().map(due).collect::<Result<_>>()?;
    let ids: BTreeMap<String, InvoiceId> =
        invoices.iter().filter_map(|(id, due)| Some((due.number.clone()?, *id))).collect();
    let mut left = unpaid(owed, unbilled, invoices.into_iter().map(|(_, due)| due).collect());
    for part in &mut left {
        let id = part.number.as_ref().and_then(|number| ids.get(number));
        part.micros -= id.and_then(|id| contested.get(id)).map_or(0, |contested| part.micros.min(*contested));
    }
    left.retain(|part| part.micros > 0);
    Ok(left)
}

/// What the wallet was charged for what stands on no issued invoice yet.
async fn unbilled_in(tx: &Tx) -> Result<i64> {
    let sql = "SELECT coalesce(sum(r.gross - coalesce(u.gross, 0)), 0)::bigint AS micros FROM rated_item r
               LEFT JOIN LATERAL (
                   SELECT sum(CASE u.kind WHEN 'burn' THEN u.gross ELSE -u.gross END) AS gross FROM lot_use u
                   WHERE u.organisation_id = r.organisation_id AND u.rated_item_id = r.id) u ON true
               WHERE r.organisation_id = $1 AND r.invoice_id IS NULL";
    let row: Option<Unbilled> = tx.one(sql, [tx.organisation.into()]).await?;
    Ok(row.map_or(0, |row| row.micros))
}

/// What the organisation contests of each of its invoices, in micro-units, which nobody asks it to pay while that is not
/// decided. The one place where what is contested leaves the ladder.
async fn contested_in(_: &Tx) -> Result<BTreeMap<InvoiceId, i64>> {
    Ok(BTreeMap::new())
}
