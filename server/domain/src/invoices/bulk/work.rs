//! The worker's side of a run: one draft in one transaction.

use types::{Code, FinaliseInvoice, InvoiceStatus, Refusal, Timestamp};

use super::entity::{self, Item};
use crate::{
    Database, Error, Result, Tx,
    access::Job,
    invoices::{entity::minor, finalise_in, view_in},
};

/// Finalises the next draft of a run that goes on; whether there was one. Any number of workers may do so at once.
///
/// # Errors
/// The database's own; the draft waits then, behind the others.
pub async fn finalise_next(db: &Database, job: Job, now: Timestamp) -> Result<bool> {
    let open = db.work(job, now).await?;
    let items = entity::next_in(&open).await?;
    if items.is_empty() {
        // Looked at first: a worker that has nothing to do writes nothing.
        if entity::goes_on_in(&open).await? {
            entity::end_in(&open).await?;
            open.commit().await?;
        }
        return Ok(false);
    }
    drop(open);
    for item in items {
        match finalise_one(db, job, &item, now).await {
            // Another worker has it.
            Ok(false) => {}
            Ok(true) => return Ok(true),
            Err(error) => {
                put_off(db, job, &item, now).await?;
                return Err(error);
            }
        }
    }
    Ok(false)
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
    let view = view_in(tx, item.invoice_id).await?;
    if view.invoice.status == InvoiceStatus::Finalised {
        return Ok(());
    }
    let document = &view.document;
    if [document.net, document.tax, document.total].map(minor) != item.amounts() {
        return Err(Error::Changed);
    }
    let ask = FinaliseInvoice { invoice: item.invoice_id, sha256: view.sha256 };
    match finalise_in(tx, &ask).await {
        Ok(_) | Err(Error::Conflict("finalised")) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn put_off(db: &Database, job: Job, item: &Item, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, item.organisation_id, now).await?;
    entity::put_off_in(&tx, item, &Refusal::new(Code::Conflict, "finalise-broken")).await?;
    tx.commit().await
}
