//! The journal: whole entries of all organisations in the order of booking, page by page.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use serde_json::Value;
use types::{
    AccountKind, AskJournal, CreditNoteId, Currency, Cursor, EntryKind, InvoiceId, JournalEntry, JournalLine, List,
    OrganisationId, Timestamp,
};
use uuid::Uuid;

use super::{NEVER, end_of, start_of};
use crate::{
    Error, Open, Result, Rule,
    access::{Survey, policy::ReadInvoices},
    billing,
    cursor::{Place, paged},
};

#[derive(FromQueryResult)]
struct EntryRow {
    id: Uuid,
    booked_at: Timestamp,
    kind: EntryKind,
    organisation_id: Option<OrganisationId>,
    organisation_name: Option<String>,
    memo: Value,
}

#[derive(FromQueryResult)]
struct LineRow {
    entry_id: Uuid,
    line: i16,
    kind: AccountKind,
    unit: String,
    amount: i64,
}

#[derive(FromQueryResult)]
struct NumberRow {
    id: Uuid,
    number: Option<String>,
}

/// The entries of all organisations, the earliest first. With a currency those of the organisations that pay in it, without
/// their GPU time; a page can then be shorter than what was asked for.
///
/// # Errors
/// `Invalid` for a day that no calendar has, for an end before the beginning, and for a cursor that no page gave.
pub async fn list_journal(
    open: &Open,
    _: &Survey<ReadInvoices>,
    ask: &AskJournal,
    page: &Cursor,
) -> Result<List<JournalEntry>> {
    let after = Place::of(page)?;
    let zone = billing::seller_zone_in(open).await?;
    let from = ask.from.map_or(Ok(Timestamp::from_second(0)), |day| start_of(day, &zone, "from"))?;
    let before = ask.to.map_or(Ok(Timestamp::from_second(NEVER)), |day| end_of(day, &zone, "to"))?;
    if before <= from {
        return Err(Error::Invalid { field: "to", rule: Rule::Order });
    }
    let begin = after.filter(|place| place.at >= from).unwrap_or(Place { at: from, id: Uuid::nil() });
    let rows = entries(open, begin, before, ask.currency, page).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.booked_at, id: row.id });
    let mut lines = lines(open, &rows, ask.currency).await?;
    let numbers = numbers(open, &rows).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        // What was granted as GPU time alone is in no currency's books.
        if let Some(lines) = lines.remove(&row.id) {
            items.push(view(row, lines, &numbers));
        }
    }
    Ok(List { items, next_cursor })
}

/// The page's entries and one more. Both bounds are always said, so that every page is read along the index.
async fn entries(
    open: &Open,
    begin: Place,
    before: Timestamp,
    currency: Option<Currency>,
    page: &Cursor,
) -> Result<Vec<EntryRow>> {
    let sql = "SELECT e.id, e.booked_at, e.kind, e.organisation_id, o.name AS organisation_name, e.memo
               FROM journal_entry e LEFT JOIN organisation o ON o.id = e.organisation_id
               WHERE (e.booked_at, e.id) > ($1, $2) AND e.booked_at < $3 AND ($4::text IS NULL OR o.currency = $4)
               ORDER BY e.booked_at, e.id LIMIT $5";
    let values = [
        begin.at.into(),
        begin.id.into(),
        before.into(),
        currency.map(Currency::word).into(),
        (i64::from(page.size()) + 1).into(),
    ];
    open.all(sql, values).await
}

async fn lines(
    open: &Open,
    entries: &[EntryRow],
    currency: Option<Currency>,
) -> Result<BTreeMap<Uuid, Vec<JournalLine>>> {
    let ids: Vec<Uuid> = entries.iter().map(|row| row.id).collect();
    let sql = "SELECT p.entry_id, p.line, a.kind, a.unit, p.amount FROM posting p JOIN account a ON a.id = p.account_id
               WHERE p.entry_id = ANY($1) AND ($2::text IS NULL OR a.unit = $2) ORDER BY p.entry_id, p.line";
    let rows: Vec<LineRow> = open.all(sql, [ids.into(), currency.map(Currency::word).into()]).await?;
    let mut lines = BTreeMap::<Uuid, Vec<JournalLine>>::new();
    for LineRow { entry_id, line, kind, unit, amount } in rows {
        lines.entry(entry_id).or_default().push(JournalLine { line, account: kind, unit, amount });
    }
    Ok(lines)
}

/// The numbers of the documents behind the entries.
async fn numbers(open: &Open, entries: &[EntryRow]) -> Result<BTreeMap<Uuid, String>> {
    let ids: Vec<Uuid> = entries.iter().filter_map(document).collect();
    let sql = "SELECT id, number FROM invoice WHERE id = ANY($1)
               UNION ALL SELECT id, number FROM credit_note WHERE id = ANY($1)";
    let rows: Vec<NumberRow> = open.all(sql, [ids.into()]).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.number?))).collect())
}

/// The document that an entry's memo names.
fn document(row: &EntryRow) -> Option<Uuid> {
    let named = |name: &str| row.memo.get(name).and_then(Value::as_str);
    let invoice = named("invoice").and_then(|id| id.parse::<InvoiceId>().ok()).map(InvoiceId::uuid);
    let credit = || named("credit_note").and_then(|id| id.parse::<CreditNoteId>().ok()).map(CreditNoteId::uuid);
    invoice.or_else(credit)
}

fn view(row: EntryRow, lines: Vec<JournalLine>, numbers: &BTreeMap<Uuid, String>) -> JournalEntry {
    JournalEntry {
        id: row.id.simple().to_string(),
        booked_at: row.booked_at,
        kind: row.kind,
        organisation: row.organisation_id,
        document: document(&row).and_then(|id| numbers.get(&id).cloned()),
        note: row.memo.get("note").and_then(Value::as_str).map(str::to_owned),
        organisation_name: row.organisation_name,
        lines,
    }
}
