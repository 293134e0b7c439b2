//! What a month's documents say of tax, for the hub's declaration, and what the ledger booked of it.

use sea_orm::FromQueryResult;
use types::{AccountKind, AskBooks, AskVat, MICROS_PER_UNIT, TaxCategory, VatRow, VatSheet, VatSum};

use super::Books;
use crate::{
    Open, Result,
    access::{Survey, policy::ReadInvoices},
    usage::Month,
};

const MICROS_PER_MINOR: i64 = MICROS_PER_UNIT / 100;

/// Amounts in minor units, credit notes' positive although they are taken back.
#[derive(FromQueryResult)]
struct GroupRow {
    category: TaxCategory,
    rate_ppm: i32,
    reason_code: Option<String>,
    taxable: i64,
    tax: i64,
    credited_taxable: i64,
    credited_tax: i64,
}

#[derive(FromQueryResult)]
struct BookedRow {
    booked: i64,
}

/// The tax of the invoices that became final in a month and of the credit notes that were issued in it, by category, rate
/// and reason; what cost most first. The month is the seller's, and the one that runs where nothing is said.
///
/// # Errors
/// `Invalid` for a month that no calendar has.
pub async fn vat_sheet(open: &Open, _: &Survey<ReadInvoices>, ask: &AskVat) -> Result<VatSheet> {
    let books = Books::of(open, &AskBooks { currency: ask.currency, day: None }).await?;
    let month = Month::of_in(open, ask.month.as_deref()).await?;
    let groups = groups(open, &books, &month).await?;
    let rows: Vec<VatRow> = groups.into_iter().map(|row| row.view(&books)).collect();
    let all = |part: fn(&VatRow) -> i64| books.money(rows.iter().map(part).sum());
    let sum = VatSum { taxable: all(|row| row.sum.taxable.micros), tax: all(|row| row.sum.tax.micros) };
    Ok(VatSheet {
        month: month.word(),
        before: month.before()?,
        after: month.after(open.now)?,
        started_at: month.started_at,
        ended_at: month.ended_at,
        currency: books.currency,
        booked: books.money(booked(open, &books, &month, AccountKind::Tax).await?),
        withheld: books.money(-booked(open, &books, &month, AccountKind::Withheld).await?),
        rows,
        sum,
    })
}

async fn groups(open: &Open, books: &Books, month: &Month) -> Result<Vec<GroupRow>> {
    let sql = "SELECT t.category, t.rate_ppm, t.reason_code,
                      coalesce(sum(x.taxable) FILTER (WHERE NOT x.is_credit), 0)::bigint AS taxable,
                      coalesce(sum(x.tax) FILTER (WHERE NOT x.is_credit), 0)::bigint AS tax,
                      coalesce(sum(x.taxable) FILTER (WHERE x.is_credit), 0)::bigint AS credited_taxable,
                      coalesce(sum(x.tax) FILTER (WHERE x.is_credit), 0)::bigint AS credited_tax
               FROM (SELECT i.tax_rule_id, i.taxable, i.tax, false AS is_credit
                     FROM invoice v
                     JOIN invoice_tax i ON i.organisation_id = v.organisation_id AND i.invoice_id = v.id
                     WHERE v.status = 'finalised' AND v.currency = $1
                     AND v.finalised_at >= $2 AND v.finalised_at < $3
                     UNION ALL
                     SELECT i.tax_rule_id, i.taxable, i.tax, true
                     FROM credit_note c
                     JOIN credit_note_tax i ON i.organisation_id = c.organisation_id AND i.credit_note_id = c.id
                     WHERE c.currency = $1 AND c.issued_at >= $2 AND c.issued_at < $3) x
               JOIN tax_rule t ON t.id = x.tax_rule_id
               GROUP BY t.category, t.rate_ppm, t.reason_code
               ORDER BY t.rate_ppm DESC, t.category, t.reason_code";
    open.all(sql, [books.currency.word().into(), month.started_at.into(), month.ended_at.into()]).await
}

/// By how much a kind of the house's accounts grew in the month.
async fn booked(open: &Open, books: &Books, month: &Month, kind: AccountKind) -> Result<i64> {
    let sql = "SELECT coalesce(sum(p.amount), 0)::bigint AS booked
               FROM journal_entry e
               JOIN posting p ON p.organisation_id = e.organisation_id AND p.entry_id = e.id
               JOIN account a ON a.id = p.account_id
               WHERE e.booked_at >= $2 AND e.booked_at < $3
               AND a.organisation_id IS NULL AND a.kind = $4 AND a.unit = $1";
    let values = [books.currency.word().into(), month.started_at.into(), month.ended_at.into(), kind.word().into()];
    let row: Option<BookedRow> = open.one(sql, values).await?;
    Ok(row.map_or(0, |row| row.booked))
}

impl GroupRow {
    fn view(self, books: &Books) -> VatRow {
        let money = |minor: i64| books.money(minor * MICROS_PER_MINOR);
        let sum = |taxable, tax| VatSum { taxable: money(taxable), tax: money(tax) };
        VatRow {
            category: self.category,
            rate_ppm: self.rate_ppm,
            reason_code: self.reason_code,
            invoiced: sum(self.taxable, self.tax),
            credited: sum(self.credited_taxable, self.credited_tax),
            sum: sum(self.taxable - self.credited_taxable, self.tax - self.credited_tax),
        }
    }
}
