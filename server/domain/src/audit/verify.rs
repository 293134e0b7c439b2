//! Checking the chain: every seal is computed again from the row it is of.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use types::Timestamp;
use uuid::Uuid;

use super::{
    seal::Head,
    sealed::{self, Hash, Row},
};
use crate::{Open, Result, canonical::hex};

/// Seals that are checked at once.
const BATCH: i64 = 5000;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Seals that hold, from the first on.
    pub n_sealed: u64,
    /// Rows among them whose content was erased at a person's wish.
    pub n_erased: u64,
    /// Where the chain stands after them.
    pub head: Head,
    /// The first seal that does not hold.
    pub broken: Option<Broken>,
    /// Rows that wait for the sealer.
    pub n_unsealed: u64,
    /// When the oldest of them was written.
    pub unsealed_since: Option<Timestamp>,
}

/// A seal that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub seq: i64,
    /// The table of its row: `audit` or `journal_entry`.
    pub table: String,
    /// The row.
    pub row: Uuid,
    /// What is wrong.
    pub fault: Fault,
}

/// Why a seal does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A seal before it is missing.
    Gap,
    /// Its row is gone.
    Missing,
    /// Its row says something else.
    Changed,
    /// Its head does not follow from the one before.
    Chain,
    /// It is not the one that was exported.
    Replaced,
}

#[derive(FromQueryResult)]
struct SealRow {
    seq: i64,
    table_name: String,
    row_id: Uuid,
    digest: Vec<u8>,
    head: Vec<u8>,
}

/// Where a check has come to.
struct Check<'a> {
    known: &'a [Head],
    seq: i64,
    head: Hash,
    n_erased: u64,
}

/// Computes the whole chain again and tells the first break; `known` are heads that were exported before.
///
/// # Errors
/// Only the database's own.
pub async fn verify(open: &Open, known: &[Head]) -> Result<Verdict> {
    let mut check = Check { known, seq: 0, head: [0; 32], n_erased: 0 };
    let broken = check.run(open).await?.or_else(|| check.cut());
    let (n_unsealed, unsealed_since) = sealed::unsealed(open).await?;
    Ok(Verdict {
        n_sealed: check.seq.unsigned_abs(),
        n_erased: check.n_erased,
        head: Head { seq: check.seq, head: hex(&check.head) },
        broken,
        n_unsealed,
        unsealed_since,
    })
}

impl Check<'_> {
    async fn run(&mut self, open: &Open) -> Result<Option<Broken>> {
        loop {
            let sql = "SELECT seq, table_name, row_id, digest, head FROM seal WHERE seq > $1 ORDER BY seq LIMIT $2";
            let seals: Vec<SealRow> = open.all(sql, [self.seq.into(), BATCH.into()]).await?;
            let (Some(first), Some(last)) = (seals.first(), seals.last()) else { return Ok(None) };
            let rows = sealed::sealed_between(open, first.seq, last.seq + 1).await?;
            let rows: HashMap<_, _> = rows.iter().map(|row| ((row.table_name.as_str(), row.id), row)).collect();
            for seal in &seals {
                if let Some(fault) = self.step(seal, rows.get(&(seal.table_name.as_str(), seal.row_id)).copied())? {
                    let (table, row) = (seal.table_name.clone(), seal.row_id);
                    return Ok(Some(Broken { seq: seal.seq, table, row, fault }));
                }
            }
        }
    }

    /// Goes on to the next seal, or says why it does not hold.
    fn step(&mut self, seal: &SealRow, row: Option<&Row>) -> Result<Option<Fault>> {
        if seal.seq != self.seq + 1 {
            return Ok(Some(Fault::Gap));
        }
        let Some(row) = row else { return Ok(Some(Fault::Missing)) };
        let digest = sealed::hash(&seal.digest)?;
        if row.is_erased() {
            self.n_erased += 1;
        } else if row.digest()? != digest {
            return Ok(Some(Fault::Changed));
        }
        let head = sealed::head(&self.head, &digest);
        if head != sealed::hash(&seal.head)? {
            return Ok(Some(Fault::Chain));
        }
        if self.known.iter().any(|known| known.seq == seal.seq && known.head != hex(&head)) {
            return Ok(Some(Fault::Replaced));
        }
        (self.seq, self.head) = (seal.seq, head);
        Ok(None)
    }

    /// A chain that ends before the exported head was cut.
    fn cut(&self) -> Option<Broken> {
        let known = self.known.iter().filter(|known| known.seq > self.seq).min_by_key(|known| known.seq)?;
        Some(Broken { seq: known.seq, table: String::new(), row: Uuid::nil(), fault: Fault::Gap })
    }
}
