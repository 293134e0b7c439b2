//! What organisations have not paid, by age. Money that comes pays the oldest debt first, so what is left of a debt are its
//! latest parts.

use sea_orm::FromQueryResult;
use types::{Ageing, AgeingBuckets, AskBooks, OrganisationAgeing, OrganisationId, Timestamp};

use super::Books;
use crate::{
    Open, Result,
    access::{Survey, policy::ReadInvoices},
};

/// So many organisations are told one by one.
const SHOWN: usize = 1_000;
const DAY_S: i64 = 86_400;

#[derive(FromQueryResult)]
struct Row {
    id: OrganisationId,
    name: String,
    slug: String,
    oldest_at: Timestamp,
    to_30: i64,
    to_60: i64,
    to_90: i64,
    older: i64,
}

impl Row {
    fn ages(&self) -> [i64; 4] {
        [self.to_30, self.to_60, self.to_90, self.older]
    }
}

/// Debts of all organisations: what is owed beyond a wallet, and wallets below zero of those who pay on account.
///
/// # Errors
/// `Invalid` for a day that no calendar has.
pub async fn ageing(open: &Open, _: &Survey<ReadInvoices>, ask: &AskBooks) -> Result<Ageing> {
    let books = Books::of(open, ask).await?;
    let rows = rows(open, &books).await?;
    let mut sums = [0; 4];
    for row in &rows {
        sums.iter_mut().zip(row.ages()).for_each(|(sum, age)| *sum += age);
    }
    let view = |row: &Row| OrganisationAgeing {
        organisation: row.id,
        organisation_name: row.name.clone(),
        slug: row.slug.clone(),
        oldest_at: row.oldest_at,
        unpaid: books.buckets(row.ages()),
    };
    Ok(Ageing {
        currency: books.currency,
        at: books.at,
        n_organisations: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        organisations: rows.iter().take(SHOWN).map(view).collect(),
        unpaid: books.buckets(sums),
    })
}

impl Books {
    fn buckets(&self, ages: [i64; 4]) -> AgeingBuckets {
        let [to_30, to_60, to_90, older] = ages.map(|micros| self.money(micros));
        AgeingBuckets { to_30, to_60, to_90, older, total: self.money(ages.iter().sum()) }
    }
}

/// Who owes most, first. An own account's balance at an earlier instant is today's without what was booked since.
async fn rows(open: &Open, books: &Books) -> Result<Vec<Row>> {
    let sql = "WITH since AS (
                   SELECT p.account_id, sum(p.amount) AS amount
                   FROM journal_entry e JOIN posting p ON p.organisation_id = e.organisation_id AND p.entry_id = e.id
                   WHERE e.booked_at >= $2 GROUP BY p.account_id),
               debtor AS (
                   SELECT p.organisation_id, p.account_id, -sum(p.amount) AS owed
                   FROM account a JOIN posting p ON p.account_id = a.id
                   JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
                   WHERE a.organisation_id IS NULL AND a.kind = 'receivable' AND a.unit = $1 AND e.booked_at < $2
                   GROUP BY p.organisation_id, p.account_id HAVING sum(p.amount) < 0
                   UNION ALL
                   SELECT a.organisation_id, a.id, coalesce(s.amount, 0) - a.posted
                   FROM account a LEFT JOIN since s ON s.account_id = a.id
                   WHERE a.kind = 'wallet' AND a.unit = $1 AND a.posted - coalesce(s.amount, 0) < 0),
               debt AS (
                   SELECT d.organisation_id, d.owed, e.booked_at, -p.amount AS amount,
                          sum(-p.amount) OVER (PARTITION BY d.organisation_id, d.account_id
                              ORDER BY e.booked_at DESC, e.id DESC, p.line DESC ROWS UNBOUNDED PRECEDING) AS reached
                   FROM debtor d
                   JOIN posting p ON p.organisation_id = d.organisation_id AND p.account_id = d.account_id
                   JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
                   WHERE p.amount < 0 AND e.booked_at < $2),
               part AS (
                   SELECT organisation_id, booked_at, least(amount, owed - (reached - amount)) AS unpaid
                   FROM debt WHERE reached - amount < owed)
               SELECT o.id, o.name, o.slug, min(p.booked_at) AS oldest_at,
                      coalesce(sum(unpaid) FILTER (WHERE p.booked_at > $3), 0)::bigint AS to_30,
                      coalesce(sum(unpaid) FILTER (WHERE p.booked_at <= $3 AND p.booked_at > $4), 0)::bigint AS to_60,
                      coalesce(sum(unpaid) FILTER (WHERE p.booked_at <= $4 AND p.booked_at > $5), 0)::bigint AS to_90,
                      coalesce(sum(unpaid) FILTER (WHERE p.booked_at <= $5), 0)::bigint AS older
               FROM part p JOIN organisation o ON o.id = p.organisation_id
               GROUP BY o.id, o.name, o.slug ORDER BY sum(unpaid) DESC, o.id";
    // A debt of 30 days and some hours is 30 days old.
    let [to_30, to_60, to_90] = [31, 61, 91].map(|days| books.at.plus_seconds(-days * DAY_S));
    let values = [books.currency.word().into(), books.before.into(), to_30.into(), to_60.into(), to_90.into()];
    open.all(sql, values).await
}
