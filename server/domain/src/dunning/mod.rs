//! Dunning: what becomes of an organisation that does not pay what is due, step by step, as it is published: three
//! letters, then nothing new starts, then what runs is stopped.
//!
//! Who owes anything has a row (`watch_in`), which says when the worker looks at it next. A step is taken in one
//! transaction that locks the purse, as every top-up does, and reads anew what is overdue: of a payment and a step at once
//! one comes first, and after the payment there is no step. Whether a start is refused is calculated from the same
//! reading, so that a payment ends the refusal with its own commit.

mod desk;
mod entity;
mod letters;
mod owed;
mod pause;
mod rules;

use jiff::tz::TimeZone;
use sea_orm::FromQueryResult;
use types::{DunningStep, DunningView, Money, OrganisationId, OverdueView, Timestamp};

pub use self::{
    desk::{case, list_cases},
    pause::{MOST_PAUSE_DAYS, pause_dunning, resume_dunning},
};
use self::{
    owed::{Overdue, overdue_in, owes},
    rules::{Ladder, morning_after, published},
};
use crate::{
    Database, Error, Open, Result, Tx,
    access::{Job, Scope, policy::ReadBalance},
    billing,
    instances::{self, Running},
    ledger::{self, Purse},
};

/// The organisations that are to be looked at by now, the longest waiting first; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_to_remind(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
    }
    let sql = "SELECT organisation_id FROM dunning WHERE next_at <= $1 ORDER BY next_at LIMIT 1000";
    let rows: Vec<Row> = open.all(sql, [now.into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// Looks at an organisation that owes something, and takes the step whose day has come; which one that was.
///
/// # Errors
/// Only the database's own.
pub async fn remind(
    db: &Database,
    job: Job,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<Option<DunningStep>> {
    let tx = db.work_in(job, organisation, now).await?;
    let taken = look_in(&tx).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn look_in(tx: &Tx) -> Result<Option<DunningStep>> {
    let Some(seen) = entity::row_in(tx).await? else { return Ok(None) };
    // Instances before the purse, as a start takes them.
    let may_stop = seen.ladder.as_ref().and_then(Ladder::next) == Some(DunningStep::Stopped);
    let running = if may_stop { Some(instances::lock_running_in(tx).await?) } else { None };
    // From here on nobody pays before this is done: what is read now is what the step acts upon.
    let purse = ledger::lock_in(tx).await?;
    let Some(row) = entity::row_in(tx).await? else { return Ok(None) };
    let zone = billing::seller_zone_in(tx).await?;
    let tomorrow = morning_after(tx.now, 1, &zone)?;
    let Some(overdue) = overdue_in(tx, &purse, &zone).await? else {
        match owes(&purse) {
            true => entity::clear_in(tx, &row, tomorrow).await?,
            false => entity::remove_in(tx).await?,
        }
        return Ok(None);
    };
    let mut ladder = stands(row.ladder.as_ref(), &overdue, tx.now, &zone);
    let rests = row.rests_until(tx.now);
    let is_due = ladder.next_at(tx.now, &zone, rests)?.is_some_and(|at| at <= tx.now);
    let step = ladder.next().filter(|_| is_due);
    let taken = match (step, running) {
        // It came to be the next one in between: at the next look its instances are locked first.
        (Some(DunningStep::Stopped), None) | (None, _) => None,
        (Some(step), running) => {
            ladder.taken.push(tx.now);
            let next_at = ladder.next_at(tx.now, &zone, rests)?;
            take_in(tx, step, &overdue, next_at, running.as_ref()).await?;
            Some(step)
        }
    };
    let next_at = ladder.next_at(tx.now, &zone, rests)?.map_or(tomorrow, |at| at.min(tomorrow));
    entity::save_in(tx, &ladder, &overdue, next_at).await?;
    Ok(taken)
}

/// Does what the step does, tells of it, and records it.
async fn take_in(
    tx: &Tx,
    step: DunningStep,
    overdue: &Overdue,
    next_at: Option<Timestamp>,
    running: Option<&Running>,
) -> Result<()> {
    let stopped = match running {
        Some(running) if step == DunningStep::Stopped => instances::stop_unpaid_in(tx, running).await?,
        _ => Vec::new(),
    };
    letters::step_in(tx, step, overdue, next_at, &stopped).await?;
    entity::record_step_in(tx, step, overdue, stopped.len()).await
}

/// How far the organisation stands with what is overdue now.
fn stands(stored: Option<&Ladder>, overdue: &Overdue, now: Timestamp, zone: &TimeZone) -> Ladder {
    match stored {
        Some(ladder) => ladder.clone().with_due(overdue.due_on, billing::day(now, zone)),
        None => Ladder::new(overdue.due_on),
    }
}

/// Has an organisation looked at that owes something, and forgets one that does not. Every change of what it has calls
/// it, with what it has then.
pub(crate) async fn watch_in(tx: &Tx, purse: &Purse) -> Result<()> {
    match (owes(purse), purse.is_reminded) {
        (true, _) => entity::watch_in(tx).await,
        (false, true) => entity::remove_in(tx).await,
        (false, false) => Ok(()),
    }
}

/// Refuses a start of an organisation that has come to the step at which nothing new starts.
pub(crate) async fn check_in(tx: &Tx) -> Result<()> {
    refuses_in(tx).await?.map_or(Ok(()), |owed| Err(Error::PaymentOverdue { owed }))
}

/// For what starts are refused; nothing where they are not. What is overdue is read anew: who has paid may start, whether
/// the worker knows of it or not.
pub(crate) async fn refuses_in(tx: &Tx) -> Result<Option<Money>> {
    let Some(row) = entity::row_in(tx).await? else { return Ok(None) };
    if !row.ladder.as_ref().is_some_and(Ladder::refuses) || row.rests_until(tx.now).is_some() {
        return Ok(None);
    }
    let (purse, zone) = (ledger::purse_in(tx).await?, billing::seller_zone_in(tx).await?);
    let overdue = overdue_in(tx, &purse, &zone).await?;
    let overdue = overdue.filter(|overdue| stands(row.ladder.as_ref(), overdue, tx.now, &zone).refuses());
    Ok(overdue.map(|overdue| overdue.amount))
}

/// The ladder as it is published, and how far the organisation stands on it.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn dunning_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<DunningView> {
    tx.admits(scope)?;
    view_in(tx).await
}

async fn view_in(tx: &Tx) -> Result<DunningView> {
    let Some(row) = entity::row_in(tx).await? else { return Ok(nothing_overdue()) };
    let (purse, zone) = (ledger::purse_in(tx).await?, billing::seller_zone_in(tx).await?);
    let Some(overdue) = overdue_in(tx, &purse, &zone).await? else { return Ok(nothing_overdue()) };
    let ladder = stands(row.ladder.as_ref(), &overdue, tx.now, &zone);
    let paused_until = row.rests_until(tx.now);
    let view = OverdueView {
        amount: overdue.amount,
        due_on: overdue.due_on,
        step: ladder.step(),
        refuses_launches: ladder.refuses() && paused_until.is_none(),
        paused_until,
    };
    Ok(DunningView { overdue: Some(view), rungs: ladder.rungs(&zone, paused_until)? })
}

fn nothing_overdue() -> DunningView {
    DunningView { overdue: None, rungs: published() }
}
