//! The journal: entries of postings that sum to zero, written through one function and never changed.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use types::{Amount, Cursor, EntryKind, EntryView, FlavourId, List, Timestamp};
use uuid::Uuid;

use super::{
    account::House,
    as_json,
    purse::{Purse, purse_in},
    subject::{Named, subjects_in},
};
use crate::{
    Error, Result, Tx,
    access::{Scope, policy::ReadBalance},
    audit,
    cursor::{Place, paged},
};

/// One side of an entry, as the database reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Posting {
    account: Option<Uuid>,
    house: Option<&'static str>,
    unit: Option<String>,
    amount: i64,
}

impl Posting {
    /// On an account of the organisation, in its unit; positive where the hub owes more by it.
    pub(crate) fn own(account: Uuid, amount: i64) -> Self {
        Self { account: Some(account), house: None, unit: None, amount }
    }

    /// On the house's account of this kind and unit, which is made with its first posting.
    pub(crate) fn house(house: House, unit: &str, amount: i64) -> Self {
        Self { account: None, house: Some(house.word()), unit: Some(unit.to_owned()), amount }
    }

    /// Whether it moves nothing.
    pub(crate) fn is_nothing(&self) -> bool {
        self.amount == 0
    }
}

/// Books an entry of the transaction's organisation, in one statement however many postings it has; its own accounts
/// must be locked. Postings of zero are left out. The house's accounts keep no sum: every organisation's entries would
/// wait for one row.
///
/// The database refuses an entry that does not sum to zero in each unit, an account below its floor, and a
/// `command_key` that was booked before.
pub(crate) async fn book_in(
    tx: &Tx,
    command_key: &str,
    kind: EntryKind,
    memo: serde_json::Value,
    postings: &[Posting],
) -> Result<Uuid> {
    let id = types::new_uuid(tx.now);
    let booked: Vec<_> = postings.iter().filter(|posting| posting.amount != 0).collect();
    let sql = "WITH side AS (
                   SELECT line, coalesce(account, house_account(house, unit)) AS account_id, amount
                   FROM ROWS FROM (jsonb_to_recordset($8) AS (account uuid, house text, unit text, amount bigint))
                        WITH ORDINALITY AS t(account, house, unit, amount, line)),
               entry AS (
                   INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)),
               booked AS (
                   INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
                   SELECT $1, line, $2, account_id, amount FROM side)
               UPDATE account SET posted = posted + own.amount
               FROM (SELECT account_id, sum(amount)::bigint AS amount FROM side GROUP BY account_id) own
               WHERE account.organisation_id = $2 AND account.id = own.account_id";
    let values = [
        id.into(),
        tx.organisation.into(),
        command_key.into(),
        kind.word().into(),
        memo.into(),
        tx.now.into(),
        audit::salt()?.into(),
        as_json(&booked)?.into(),
    ];
    tx.run(sql, values).await?;
    Ok(id)
}

#[derive(FromQueryResult)]
struct EntryRow {
    id: Uuid,
    kind: EntryKind,
    booked_at: Timestamp,
    command_key: String,
    memo: Value,
    amount: i64,
    lots: i64,
    gpu_time: Option<Value>,
}

/// What one posting moved in lots of GPU time.
#[derive(Deserialize)]
struct Moved {
    flavour: Uuid,
    seconds: i64,
}

#[derive(FromQueryResult)]
struct Sum {
    sum: i64,
}

/// The wallet's entries, the latest first, each with the balance after it.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_entries_in(tx: &Tx, scope: &Scope<ReadBalance>, page: &Cursor) -> Result<List<EntryView>> {
    tx.admits(scope)?;
    let before = Place::of(page)?;
    let purse = purse_in(tx).await?;
    let mut balance = purse.posted - booked_since(tx, &purse, before.as_ref()).await?;
    let rows = entries(tx, &purse, before.as_ref(), i64::from(page.size()) + 1).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.booked_at, id: row.id });
    let named: Vec<_> = rows.iter().map(|row| Named::of(row.kind, &row.command_key, &row.memo)).collect();
    let subjects = subjects_in(tx, &named).await?;
    let mut items = Vec::with_capacity(rows.len());
    for (row, subject) in rows.into_iter().zip(subjects) {
        let after = balance;
        balance -= row.amount;
        items.push(EntryView {
            kind: row.kind,
            booked_at: row.booked_at,
            amount: purse.money(row.amount),
            balance: purse.money(after),
            lots: purse.money(row.lots),
            gpu_time: gpu_time(row.gpu_time)?,
            subject,
            note: row.memo["note"].as_str().map(str::to_owned),
        });
    }
    Ok(List { items, next_cursor })
}

/// What an entry moved in lots of GPU time, summed by flavour.
fn gpu_time(postings: Option<Value>) -> Result<Vec<Amount>> {
    let Some(postings) = postings else { return Ok(Vec::new()) };
    let moved: Vec<Moved> =
        serde_json::from_value(postings).map_err(|error| Error::Corrupt(format!("entry: {error}")))?;
    let mut sums = BTreeMap::<Uuid, i64>::new();
    for Moved { flavour, seconds } in moved {
        *sums.entry(flavour).or_default() += seconds;
    }
    let amount = |(flavour, seconds)| Amount::GpuSeconds { flavour: FlavourId::from_uuid(flavour), seconds };
    Ok(sums.into_iter().map(amount).collect())
}

/// What was booked in the wallet with the entry that a page begins before, and since.
async fn booked_since(tx: &Tx, purse: &Purse, before: Option<&Place>) -> Result<i64> {
    let (Some(before), Some(wallet)) = (before, purse.wallet) else { return Ok(0) };
    let sql = "SELECT coalesce(sum(p.amount), 0)::bigint AS sum
               FROM posting p JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
               WHERE p.organisation_id = $1 AND p.account_id = $2
               AND e.booked_at >= $3 AND (e.booked_at > $3 OR e.id >= $4)";
    let values = [tx.organisation.into(), wallet.into(), before.at.into(), before.id.into()];
    Ok(tx.one(sql, values).await?.map_or(0, |row: Sum| row.sum))
}

async fn entries(tx: &Tx, purse: &Purse, before: Option<&Place>, limit: i64) -> Result<Vec<EntryRow>> {
    let sql = "SELECT e.id, e.kind, e.booked_at, e.command_key, e.memo, s.amount, s.lots, s.gpu_time
               FROM (SELECT * FROM journal_entry WHERE organisation_id = $1
                     AND ($2::timestamptz IS NULL OR (booked_at <= $2 AND (booked_at < $2 OR id < $3)))
                     ORDER BY booked_at DESC, id DESC LIMIT $4) e
               CROSS JOIN LATERAL (
                   SELECT coalesce(sum(p.amount) FILTER (WHERE a.kind = 'wallet' AND a.unit = $5), 0)::bigint AS amount,
                          coalesce(sum(p.amount) FILTER (WHERE a.kind LIKE 'lots%' AND a.unit = $5), 0)::bigint AS lots,
                          jsonb_agg(jsonb_build_object('flavour', f.id, 'seconds', p.amount))
                              FILTER (WHERE f.id IS NOT NULL) AS gpu_time
                   FROM posting p JOIN account a ON a.id = p.account_id
                   LEFT JOIN flavour f ON a.unit = 'gpu_s:' || f.slug
                   WHERE p.organisation_id = $1 AND p.entry_id = e.id AND a.organisation_id = $1) s
               ORDER BY e.booked_at DESC, e.id DESC";
    let values = [
        tx.organisation.into(),
        before.map(|before| before.at).into(),
        before.map(|before| before.id).into(),
        limit.into(),
        purse.currency.word().into(),
    ];
    tx.all(sql, values).await
}
