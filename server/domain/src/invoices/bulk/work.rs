//! The worker's side of a run: one draft in one transaction.

use types::{Code, Refusal, Timestamp};

use super::entity::{self, Item};
use crate::{
    Database, Error, Result, Tx,
    access::Job,
    invoices::{Agreed, finalise_in},
};

/// So many drafts are looked at before one of them is taken.
const AHEAD: i64 = 8;
/// So many drafts are read at a time: those that nobody else took until their turn come.
const EACH: i64 = 16;

/// Finalises the next draft of a run that goes on; whether there was one. Any number of workers may do so at once.
///
/// # Errors
/// The database's own; the draft waits then, behind the others.
pub async fn finalise_next(db: &Database, job: Job, now: Timestamp) -> Result<bool> {
    for item in waiting(db, job, AHEAD, now).await? {
        // Not where another worker has it.
        if finalise_or_put_off(db, job, &item, now).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Finalises some of the next drafts of runs that go on, each as [`finalise_next`] does; how many there were. One comes after
/// the other, so that a lone worker gives numbers in the order of the run, whenever it was killed.
///
/// # Errors
/// The first of the database's own, once all were tried; those drafts wait then, behind the others.
pub async fn finalise_some(db: &Database, job: Job, now: Timestamp) -> Result<usize> {
    let (mut n_done, mut failed) = (0, None);
    for item in waiting(db, job, EACH, now).await? {
        match finalise_or_put_off(db, job, &item, now).await {
            Ok(done) => n_done += usize::from(done),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    failed.map_or(Ok(n_done), Err)
}

/// The next drafts of runs that go on; where there is none, runs that have none left end.
async fn waiting(db: &Database, job: Job, most: i64, now: Timestamp) -> Result<Vec<Item>> {
    let open = db.work(job, now).await?;
    let items = entity::next_in(&open, most).await?;
    // Looked at first: a worker that has nothing to do writes nothing.
    if items.is_empty() && entity::goes_on_in(&open).await? {
        entity::end_in(&open).await?;
        open.commit().await?;
    }
    Ok(items)
}

/// False where somebody else has the draft, or had it.
async fn finalise_or_put_off(db: &Database, job: Job, item: &Item, now: Timestamp) -> Result<bool> {
    match finalise_one(db, job, item, now).await {
        Err(error) => {
            put_off(db, job, item, now).await?;
            Err(error)
        }
        outcome => outcome,
    }
}

async fn finalise_one(db: &Database, job: Job, item: &Item, now: Timestamp) -> Result<bool> {
    let tx = db.work_in(job, item.organisation_id, now).await?;
    if !entity::take_in(&tx, item).await? {
        return Ok(false);
    }
    tx.run("SAVEPOINT draft", []).await?;
    let refusal = match finalise_in_run(&tx, item).await {
        Ok(()) => None,
        Err(error) => {
            // A failure of ours drops the transaction whole: the draft still waits.
            let Some(refusal) = error.refusal() else { return Err(error) };
            tx.run("ROLLBACK TO SAVEPOINT draft", []).await?;
            Some(refusal)
        }
    };
    entity::note_in(&tx, item, refusal.as_ref()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Finalises the draft where it still comes to what the list showed; one that a person finalised meanwhile is done.
async fn finalise_in_run(tx: &Tx, item: &Item) -> Result<()> {
    match finalise_in(tx, item.invoice_id, Agreed::Amounts(item.amounts())).await {
        Ok(_) | Err(Error::Conflict("finalised")) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn put_off(db: &Database, job: Job, item: &Item, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, item.organisation_id, now).await?;
    entity::put_off_in(&tx, item, &Refusal::new(Code::Conflict, "finalise-broken")).await?;
    tx.commit().await
}
