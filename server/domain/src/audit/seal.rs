//! The sealer: numbers and chains what is committed, so that a row that is changed or taken away is noticed. Writers
//! never wait for it: it follows them.

use std::fmt;

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::Timestamp;
use uuid::Uuid;

use super::sealed::{self, Hash, Last, Row};
use crate::{Database, Error, Open, Result, access::Job, canonical::hex};

/// Rows that one transaction seals.
const BATCH: i64 = 1000;

/// Of several sealers one works; the others leave it to that one.
const LOCK: &str = "SELECT pg_try_advisory_xact_lock(7240552) AS taken";

/// Where the chain stands: what is exported, so that a chain that was cut or made anew is noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last seal; 0 before the first.
    pub seq: i64,
    /// The head after it, in hexadecimal.
    pub head: String,
}

impl Head {
    /// A head as it was written; nothing for a text that is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (seq, head) = text.trim().split_once(':')?;
        let is_hash = head.len() == 64 && head.chars().all(|digit| digit.is_ascii_hexdigit());
        let seq = seq.parse().ok().filter(|seq| *seq >= 0 && is_hash)?;
        Some(Self { seq, head: head.to_lowercase() })
    }
}

/// As it is kept outside of the database: `SEQ:HEX`.
impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.head)
    }
}

#[derive(FromQueryResult)]
struct Lock {
    taken: bool,
}

#[derive(Serialize)]
struct SealRow {
    seq: i64,
    table_name: String,
    row_id: Uuid,
    row_xid: String,
    digest: String,
    head: String,
}

/// Seals every row that is committed and that no running transaction could still precede; where the chain then stands.
///
/// It may stop anywhere: what was committed is sealed, and the next call goes on behind it.
///
/// # Errors
/// Only the database's own.
pub async fn seal(db: &Database, job: Job, now: Timestamp) -> Result<Head> {
    loop {
        let open = db.work(job, now).await?;
        let lock: Option<Lock> = open.one(LOCK, []).await?;
        let last = sealed::last(&open).await?;
        let standing = Head { seq: last.seq, head: hex(&last.head) };
        if !lock.is_some_and(|lock| lock.taken) {
            return Ok(standing);
        }
        let rows = sealed::behind(&open, &last, BATCH).await?;
        let Some(head) = seal_in(&open, &last, &rows).await? else { return Ok(standing) };
        open.commit().await?;
        if i64::try_from(rows.len()).unwrap_or(BATCH) < BATCH {
            return Ok(head);
        }
    }
}

/// Where the chain stands now.
///
/// # Errors
/// Only the database's own.
pub async fn head(open: &Open) -> Result<Head> {
    let last = sealed::last(open).await?;
    Ok(Head { seq: last.seq, head: hex(&last.head) })
}

async fn seal_in(open: &Open, last: &Last, rows: &[Row]) -> Result<Option<Head>> {
    let mut head: Hash = last.head;
    let mut seals = Vec::with_capacity(rows.len());
    for (row, seq) in rows.iter().zip(last.seq + 1..) {
        let digest = row.digest()?;
        head = sealed::head(&head, &digest);
        let (table_name, row_xid) = (row.table_name.clone(), row.xid.clone());
        seals.push(SealRow { seq, table_name, row_id: row.id, row_xid, digest: hex(&digest), head: hex(&head) });
    }
    let Some(seq) = seals.last().map(|seal| seal.seq) else { return Ok(None) };
    let sql = "INSERT INTO seal (seq, table_name, row_id, row_xid, digest, head, sealed_at)
               SELECT x.seq, x.table_name, x.row_id, x.row_xid, decode(x.digest, 'hex'), decode(x.head, 'hex'), $2
               FROM jsonb_to_recordset($1) AS x (seq bigint, table_name text, row_id uuid, row_xid xid8, digest text,
                   head text)";
    let seals = serde_json::to_value(seals).map_err(|error| Error::Corrupt(format!("seal: {error}")))?;
    open.run(sql, [seals.into(), open.now.into()]).await?;
    Ok(Some(Head { seq, head: hex(&head) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_was_written_and_what_is_none_is_not() {
        let head = Head { seq: 7, head: "ab".repeat(32) };
        assert_eq!(Head::read(&format!(" {}\n", head.to_string().to_uppercase())), Some(head));
        for text in ["", "7", "7:", ":ab", "7:xy", "-1:00", &format!("x:{}", "ab".repeat(32)), &"ab".repeat(32)] {
            assert_eq!(Head::read(text), None, "{text}");
        }
    }
}
