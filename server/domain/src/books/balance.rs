//! The trial balance, and the organisations that each of its rows consists of.

use sea_orm::FromQueryResult;
use types::{
    AccountBalance, AccountKind, AskBooks, Cursor, List, OrganisationBalance, OrganisationId, Timestamp, TrialBalance,
};

use super::Books;
use crate::{
    Open, Result,
    access::{Survey, policy::ReadInvoices},
    cursor::{Place, paged},
};

/// The two sides of the postings `p` that a query groups.
const SIDES: &str = "coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0)::bigint AS debit,
    coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0)::bigint AS credit";

#[derive(FromQueryResult)]
struct KindRow {
    kind: AccountKind,
    debit: i64,
    credit: i64,
}

#[derive(FromQueryResult)]
struct PartRow {
    id: OrganisationId,
    name: String,
    slug: String,
    created_at: Timestamp,
    debit: i64,
    credit: i64,
}

impl Books {
    fn balance(&self, account: AccountKind, debit: i64, credit: i64) -> AccountBalance {
        let (debit, credit, balance) = (self.money(debit), self.money(credit), self.money(credit - debit));
        AccountBalance { account, debit, credit, balance }
    }
}

/// What every kind of account sums up to over all organisations: every posting is read.
///
/// # Errors
/// `Invalid` for a day that no calendar has.
pub async fn trial_balance(open: &Open, _: &Survey<ReadInvoices>, ask: &AskBooks) -> Result<TrialBalance> {
    let books = Books::of(open, ask).await?;
    let sql = format!(
        "SELECT a.kind, {SIDES}
         FROM posting p JOIN account a ON a.id = p.account_id
         JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
         WHERE a.unit = $1 AND e.booked_at < $2 GROUP BY a.kind"
    );
    let mut rows: Vec<KindRow> = open.all(&sql, [books.currency.word().into(), books.before.into()]).await?;
    rows.sort_by_key(|row| row.kind);
    let debit: i64 = rows.iter().map(|row| row.debit).sum();
    let credit: i64 = rows.iter().map(|row| row.credit).sum();
    Ok(TrialBalance {
        currency: books.currency,
        at: books.at,
        accounts: rows.iter().map(|row| books.balance(row.kind, row.debit, row.credit)).collect(),
        debit: books.money(debit),
        credit: books.money(credit),
        difference: books.money(credit - debit),
    })
}

/// The organisations that a row of the trial balance consists of, the latest first.
///
/// # Errors
/// `Invalid` for a day that no calendar has, and for a cursor that no page gave.
pub async fn list_account_organisations(
    open: &Open,
    _: &Survey<ReadInvoices>,
    account: AccountKind,
    ask: &AskBooks,
    page: &Cursor,
) -> Result<List<OrganisationBalance>> {
    let after = Place::of(page)?;
    let books = Books::of(open, ask).await?;
    // In their order before anything is summed up, so that only those of the page are. A kind of account is either the
    // organisations' own or the house's.
    let sql = format!(
        "SELECT o.id, o.name, o.slug, o.created_at, s.debit, s.credit
         FROM (SELECT id, name, slug, created_at FROM organisation
               WHERE $4::timestamptz IS NULL OR (created_at, id) < ($4, $5) ORDER BY created_at DESC, id DESC) o
         CROSS JOIN LATERAL (
             SELECT {SIDES}
             FROM (SELECT id FROM account WHERE organisation_id = o.id AND kind = $1 AND unit = $2
                   UNION ALL
                   SELECT id FROM account WHERE organisation_id IS NULL AND kind = $1 AND unit = $2) a
             JOIN posting p ON p.organisation_id = o.id AND p.account_id = a.id
             JOIN journal_entry e ON e.organisation_id = o.id AND e.id = p.entry_id
             WHERE e.booked_at < $3) s
         WHERE s.debit > 0 OR s.credit > 0
         ORDER BY o.created_at DESC, o.id DESC LIMIT $6"
    );
    let values = [
        account.word().into(),
        books.currency.word().into(),
        books.before.into(),
        after.map(|place| place.at).into(),
        after.map(|place| place.id).into(),
        (i64::from(page.size()) + 1).into(),
    ];
    let rows: Vec<PartRow> = open.all(&sql, values).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.created_at, id: row.id.uuid() });
    let view = |row: PartRow| OrganisationBalance {
        organisation: row.id,
        part: books.balance(account, row.debit, row.credit),
        organisation_name: row.name,
        slug: row.slug,
    };
    Ok(List { items: rows.into_iter().map(view).collect(), next_cursor })
}
