//! The worker's side of a run: each draft in one transaction, some prepared beside each other, numbered one after the other.

use std::collections::HashSet;

use futures_util::{StreamExt, stream};
use tokio::sync::watch;
use types::{Code, Refusal, Timestamp};

use super::entity::{self, Item};
use crate::{
    Database, Error, Result, Tx,
    access::Job,
    invoices::{Agreed, number_in, postings, prepare_in},
};

/// So many drafts are prepared beside each other.
const AT_ONCE: usize = 4;

/// Finalises at most so many of the next drafts of runs that go on; of how many it was decided. They get their numbers in the order
/// of the run, whoever works at it and whenever somebody was killed: each waits for the one before it, here and elsewhere.
///
/// # Errors
/// The first of the database's own, once all were tried. A draft that fails by one waits then, behind the others; where the
/// database was only busy, it and those after it wait as they did.
pub async fn finalise_some(db: &Database, job: Job, most: usize, now: Timestamp) -> Result<usize> {
    let mut items = waiting(db, job, most, now).await?;
    // An organisation's next draft is made of what the one before it leaves.
    let mut seen = HashSet::new();
    let again = items.iter().position(|item| !seen.insert(item.organisation_id));
    items.truncate(again.unwrap_or(items.len()));
    let reached = watch::Sender::new(Some(0));
    let each = stream::iter(items.iter().enumerate()).map(async |(place, item)| {
        let turn = Turn { reached: &reached, place };
        let outcome = finalise_or_put_off(db, job, item, &turn, now).await;
        turn.ends(!matches!(outcome, Err(Error::Unavailable(_)))).await;
        outcome
    });
    let outcomes: Vec<Result<bool>> = each.buffered(AT_ONCE).collect().await;
    let n_done = outcomes.iter().filter(|outcome| matches!(outcome, Ok(true))).count();
    outcomes.into_iter().find_map(Result::err).map_or(Ok(n_done), Err)
}

/// A draft's place among those that are worked at.
struct Turn<'a> {
    /// Nothing once one of them has to be tried again before any after it.
    reached: &'a watch::Sender<Option<usize>>,
    place: usize,
}

impl Turn<'_> {
    /// Waits until all before it have ended; false where it will not come.
    async fn comes(&self) -> bool {
        let mut reached = self.reached.subscribe();
        let comes = reached.wait_for(|reached| reached.is_none_or(|place| place == self.place)).await;
        // It fails only once the sender is gone, which is borrowed here.
        comes.is_ok_and(|reached| reached.is_some())
    }

    /// Lets the next one come, or none.
    async fn ends(self, goes_on: bool) {
        if self.comes().await {
            self.reached.send_replace(goes_on.then_some(self.place + 1));
        }
    }
}

/// The next drafts of runs that go on, with the accounts that they are booked on; where there is none, runs that have none
/// left end.
async fn waiting(db: &Database, job: Job, most: usize, now: Timestamp) -> Result<Vec<Item>> {
    let open = db.work(job, now).await?;
    let items = entity::next_in(&open, most).await?;
    // Looked at first: a worker that has nothing to do writes nothing.
    if !items.is_empty() {
        postings::open_accounts_in(&open, &items.iter().map(|item| item.currency).collect()).await?;
    } else if entity::goes_on_in(&open, None).await? {
        entity::end_in(&open).await?;
    } else {
        return Ok(items);
    }
    open.commit().await?;
    Ok(items)
}

/// False where somebody else had the draft, and where its turn does not come.
async fn finalise_or_put_off(db: &Database, job: Job, item: &Item, turn: &Turn<'_>, now: Timestamp) -> Result<bool> {
    match finalise_one(db, job, item, turn, now).await {
        Err(error) if !matches!(error, Error::Unavailable(_)) => {
            put_off(db, job, item, now).await?;
            Err(error)
        }
        outcome => outcome,
    }
}

async fn finalise_one(db: &Database, job: Job, item: &Item, turn: &Turn<'_>, now: Timestamp) -> Result<bool> {
    let tx = db.work_in(job, item.organisation_id, now).await?;
    if !entity::take_in(&tx, item).await? {
        return Ok(false);
    }
    tx.run("SAVEPOINT draft", []).await?;
    let refusal = match finalise_in_turn(&tx, item, turn).await {
        Ok(true) => None,
        Ok(false) => return Ok(false),
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

/// Finalises the draft where it still comes to what the list showed; one that a person finalised meanwhile is done. False where
/// its turn does not come, and where the run was stopped before.
async fn finalise_in_turn(tx: &Tx, item: &Item, turn: &Turn<'_>) -> Result<bool> {
    let ready = match prepare_in(tx, item.invoice_id, Agreed::Amounts(item.amounts())).await {
        Err(Error::Conflict("finalised")) => return Ok(true),
        ready => ready?,
    };
    if !turn.comes().await || !entity::goes_on_in(tx, Some(item.run_id)).await? {
        return Ok(false);
    }
    number_in(tx, ready).await?;
    Ok(true)
}

async fn put_off(db: &Database, job: Job, item: &Item, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, item.organisation_id, now).await?;
    entity::put_off_in(&tx, item, &Refusal::new(Code::Conflict, "finalise-broken")).await?;
    tx.commit().await
}
