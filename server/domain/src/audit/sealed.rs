//! The rows that are sealed, as canonical bytes: every column but salt and transaction, and an entry's postings with it.

use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use types::Timestamp;
use uuid::Uuid;

use crate::{Open, Result, canonical};

/// What links one seal to the next.
pub(super) type Hash = [u8; 32];

/// A row to be sealed or checked.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) table_name: String,
    pub(super) id: Uuid,
    /// The number of the transaction that wrote it.
    pub(super) xid: String,
    salt: Vec<u8>,
    organisation_id: Option<Uuid>,
    at: Timestamp,
    /// The other columns, by name.
    columns: Value,
}

#[derive(Serialize)]
struct Content<'a> {
    table: &'a str,
    id: Uuid,
    organisation_id: Option<Uuid>,
    at: Timestamp,
    columns: &'a Value,
}

impl Row {
    /// SHA-256 of salt and canonical bytes.
    pub(super) fn digest(&self) -> Result<Hash> {
        let Self { table_name: table, id, organisation_id, at, columns, .. } = self;
        let content = Content { table, id: *id, organisation_id: *organisation_id, at: *at, columns };
        let mut hash = Sha256::new();
        hash.update(&self.salt);
        hash.update(canonical::bytes(&content)?);
        Ok(hash.finalize().into())
    }

    /// Whether what it said was erased, with its salt, at a person's wish.
    pub(super) fn is_erased(&self) -> bool {
        self.salt.is_empty()
    }
}

/// The head after a digest.
pub(super) fn head(before: &Hash, digest: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(digest);
    hash.finalize().into()
}

/// The columns of a row of the audit, and of an entry with its postings; a condition on `r` follows. The request's
/// number counts where there is one: rows that were sealed before it was kept say what they said.
const AUDIT: &str = "
    SELECT 'audit' AS table_name, r.id, r.xid, r.salt, r.organisation_id, r.at,
           jsonb_build_object('principal', r.principal, 'user_id', r.user_id, 'staff_role', r.staff_role,
               'verb', r.verb, 'subject', r.subject, 'before', r.before, 'after', r.after, 'address', r.address)
           || jsonb_strip_nulls(jsonb_build_object('request_id', r.request_id)) AS columns
    FROM audit r WHERE ";
const ENTRY: &str = "
    SELECT 'journal_entry', r.id, r.xid, r.salt, r.organisation_id, r.booked_at,
           jsonb_build_object('command_key', r.command_key, 'kind', r.kind, 'memo', r.memo, 'postings', (
               SELECT jsonb_agg(jsonb_build_array(p.line, p.organisation_id, p.account_id, p.amount) ORDER BY p.line)
               FROM posting p WHERE p.organisation_id = r.organisation_id AND p.entry_id = r.id))
    FROM journal_entry r WHERE ";

/// Both tables as one, so that one order holds for all rows.
fn rows(condition: impl Fn(&str) -> String) -> String {
    format!(
        "SELECT b.table_name, b.id, b.xid::text AS xid, b.salt, b.organisation_id, b.at, b.columns
         FROM (({AUDIT} {}) UNION ALL ({ENTRY} {})) b",
        condition("audit"),
        condition("journal_entry")
    )
}

/// The committed rows behind the last sealed one, in the order in which they are sealed.
///
/// Below the oldest running transaction nothing more can appear, so no row is ever passed over.
pub(super) async fn behind(open: &Open, last: &Last, limit: i64) -> Result<Vec<Row>> {
    let condition = |table: &str| {
        format!(
            "r.xid < pg_snapshot_xmin(pg_current_snapshot())
             AND r.xid >= $1::text::xid8 AND (r.xid, '{table}'::text, r.id) > ($1::text::xid8, $2, $3)
             AND NOT EXISTS (SELECT 1 FROM seal s WHERE s.table_name = '{table}' AND s.row_id = r.id)
             ORDER BY r.xid, r.id LIMIT $4"
        )
    };
    let sql = format!("{} ORDER BY b.xid, b.table_name, b.id LIMIT $4", rows(condition));
    let values = [last.xid.clone().into(), last.table_name.clone().into(), last.id.into(), limit.into()];
    open.all(&sql, values).await
}

/// The rows that the seals numbered from $1 to before $2 are of.
pub(super) async fn sealed_between(open: &Open, from: i64, to: i64) -> Result<Vec<Row>> {
    let of = |table: &str| {
        format!("r.id IN (SELECT s.row_id FROM seal s WHERE s.seq >= $1 AND s.seq < $2 AND s.table_name = '{table}')")
    };
    open.all(&rows(of), [from.into(), to.into()]).await
}

#[derive(FromQueryResult)]
struct Tail {
    n: i64,
    since: Option<Timestamp>,
}

/// How many rows wait for the sealer, and since when.
pub(super) async fn unsealed(open: &Open) -> Result<(u64, Option<Timestamp>)> {
    let sql = "SELECT count(*) AS n, min(r.at) AS since FROM (
                   SELECT 'audit' AS table_name, id, at FROM audit
                   UNION ALL SELECT 'journal_entry', id, booked_at FROM journal_entry) r
               WHERE NOT EXISTS (SELECT 1 FROM seal s WHERE s.table_name = r.table_name AND s.row_id = r.id)";
    let row: Option<Tail> = open.one(sql, []).await?;
    Ok(row.map_or((0, None), |row| (row.n.unsigned_abs(), row.since)))
}

/// The last sealed row, and the head after it.
pub(super) struct Last {
    pub(super) seq: i64,
    pub(super) xid: String,
    pub(super) table_name: String,
    pub(super) id: Uuid,
    pub(super) head: Hash,
}

#[derive(FromQueryResult)]
struct LastRow {
    seq: i64,
    row_xid: String,
    table_name: String,
    row_id: Uuid,
    head: Vec<u8>,
    /// Whether the server's transactions are numbered lower now, as after a restore from a dump.
    renumbered: bool,
}

/// Where the chain stands.
pub(super) async fn last(open: &Open) -> Result<Last> {
    let sql = "SELECT seq, row_xid::text AS row_xid, table_name, row_id, head,
                      row_xid >= pg_snapshot_xmax(pg_current_snapshot()) AS renumbered
               FROM seal ORDER BY seq DESC LIMIT 1";
    let row: Option<LastRow> = open.one(sql, []).await?;
    let beginning = Last { seq: 0, xid: "0".to_owned(), table_name: String::new(), id: Uuid::nil(), head: [0; 32] };
    let Some(row) = row else { return Ok(beginning) };
    let last = Last { seq: row.seq, head: hash(&row.head)?, ..beginning };
    if row.renumbered {
        return Ok(last);
    }
    Ok(Last { xid: row.row_xid, table_name: row.table_name, id: row.row_id, ..last })
}

/// A stored hash.
pub(super) fn hash(bytes: &[u8]) -> Result<Hash> {
    bytes.try_into().map_err(|_| crate::Error::Corrupt("a seal that is no SHA-256".to_owned()))
}
