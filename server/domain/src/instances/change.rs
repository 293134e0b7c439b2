//! Stop, start, restart, delete and its undoing: each writes a wish, and the last one wins.

use types::{
    ChangeInstance, InstanceId, InstanceReason, InstanceView, OrganisationId, Phase, StopInstance, Timestamp, Wish,
};

use super::{
    entity::{self, Instance},
    read, rules,
    settle_wish::{self, begin_attempt_in, check_version, rest_in},
};
use crate::{
    Database, Error, Result, Tx,
    access::{
        Job, Principal, Scope,
        policy::{ChangeInstances, StopInstances},
    },
    commands::{self, Command},
    dunning, organisations, settlement, warnings,
};

/// Stops an instance: its pod goes, everything else is kept, and billed time ends now. The hub's staff say why, which
/// the customer reads. One that is stopped already stays as it is.
///
/// # Errors
/// `NotFound`; `Changed` when it is not the version that the caller saw; `Invalid` for staff without a reason.
pub async fn stop_instance(
    db: &Database,
    scope: &Scope<StopInstances>,
    ask: &StopInstance,
    now: Timestamp,
) -> Result<InstanceView> {
    let is_staff = matches!(scope.principal(), Principal::Person { staff: Some(_), .. });
    let note = rules::checked_reason(ask.reason.as_deref(), is_staff)?;
    let reason = if is_staff { InstanceReason::StoppedByStaff } else { InstanceReason::StoppedByMember };
    change_in(db.begin(scope, now).await?, (ask.instance, ask.version), async |tx, before| match before.wish {
        Wish::Running => stop_in(tx, before, reason, note).await,
        wish => living(wish),
    })
    .await
}

/// Starts a stopped or failed instance: a new attempt with quota, price and cover of now. One that is wished to run
/// already stays as it is.
///
/// # Errors
/// Those of a launch; `NotFound`; `Changed` when it is not the version that the caller saw.
pub async fn start_instance(
    db: &Database,
    scope: &Scope<ChangeInstances>,
    ask: ChangeInstance,
    now: Timestamp,
) -> Result<InstanceView> {
    let tx = db.begin(scope, now).await?;
    lock_quota_in(&tx, ask.instance).await?;
    change_in(tx, (ask.instance, ask.version), async |tx, before| match before.wish {
        Wish::Stopped => begin_in(tx, "instance.started", before).await,
        wish => living(wish),
    })
    .await
}

/// Ends the attempt and begins the next; a stopped instance is started.
///
/// # Errors
/// As for a start.
pub async fn restart_instance(
    db: &Database,
    scope: &Scope<ChangeInstances>,
    ask: ChangeInstance,
    command: Command,
    now: Timestamp,
) -> Result<InstanceView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        lock_quota_in(tx, ask.instance).await?;
        let before = locked_in(tx, ask.instance, ask.version).await?;
        living(before.wish)?;
        begin_in(tx, "instance.restarted", &before).await?;
        read::view_in(tx, ask.instance).await
    })
    .await
}

/// Deletes an instance: its pod goes, billed time ends now, and within 24 hours it can be undone.
///
/// # Errors
/// `NotFound`; `Changed` when it is not the version that the caller saw.
pub async fn delete_instance(
    db: &Database,
    scope: &Scope<ChangeInstances>,
    ask: ChangeInstance,
    now: Timestamp,
) -> Result<InstanceView> {
    change_in(db.begin(scope, now).await?, (ask.instance, ask.version), delete_in).await
}

async fn delete_in(tx: &Tx, before: &Instance) -> Result<()> {
    if before.wish == Wish::Deleted {
        return Ok(());
    }
    let mut after = before.clone();
    rest_in(tx, &mut after, Wish::Deleted, Phase::Stopping, None).await?;
    after.wished_at = tx.now;
    after.deleted_at = Some(tx.now);
    after.undo_until = Some(settle_wish::undo_until(tx.now));
    settle_wish::save_in(tx, "instance.deleted", before, &after).await
}

/// Takes a deletion back: the instance is there again, stopped.
///
/// # Errors
/// `NotFound`; `Changed`; a conflict after 24 hours, and in a project that is closed; `NameTaken` when another living
/// instance has its name by now.
pub async fn undo_delete(
    db: &Database,
    scope: &Scope<ChangeInstances>,
    ask: ChangeInstance,
    now: Timestamp,
) -> Result<InstanceView> {
    change_in(db.begin(scope, now).await?, (ask.instance, ask.version), undo_delete_in).await
}

/// Deletes what is left of an organisation that ends; its timers move afterwards.
pub(crate) async fn delete_all_in(tx: &Tx) -> Result<()> {
    let sql = format!(
        "SELECT {} FROM instance WHERE organisation_id = $1 AND wish <> 'deleted' ORDER BY id FOR NO KEY UPDATE",
        entity::COLUMNS
    );
    let living: Vec<Instance> = tx.all(&sql, [tx.organisation.into()]).await?;
    for instance in &living {
        delete_in(tx, instance).await?;
    }
    Ok(())
}

async fn undo_delete_in(tx: &Tx, before: &Instance) -> Result<()> {
    if before.wish != Wish::Deleted {
        return Ok(());
    }
    if before.undo_until.is_none_or(|until| until <= tx.now) {
        return Err(Error::Conflict("undo-too-late"));
    }
    organisations::hold_open_in(tx, before.project_id).await?;
    let mut after = before.clone();
    rest_in(tx, &mut after, Wish::Stopped, Phase::Stopping, None).await?;
    (after.wished_at, after.deleted_at, after.undo_until) = (tx.now, None, None);
    settle_wish::save_in(tx, "instance.delete_undone", before, &after).await
}

/// Stops everything that runs of an organisation whose money has ended at `now`, and writes a letter of it; how many that
/// were.
///
/// Whether it has ended is calculated again in the same transaction: a top-up in between has moved the instant.
///
/// # Errors
/// Only the database's own.
pub async fn stop_for_credit(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<usize> {
    let tx = db.work_in(job, organisation, now).await?;
    settlement::recalculate_timer_in(&tx).await?;
    if !is_at_zero_in(&tx).await? {
        tx.commit().await?;
        return Ok(0);
    }
    let sql = format!(
        "SELECT {} FROM instance WHERE organisation_id = $1 AND wish = 'running' ORDER BY id FOR NO KEY UPDATE",
        entity::COLUMNS
    );
    let running: Vec<Instance> = tx.all(&sql, [tx.organisation.into()]).await?;
    for instance in &running {
        stop_in(&tx, instance, InstanceReason::OutOfCredit, None).await?;
    }
    let names: Vec<&str> = running.iter().map(|instance| instance.name.as_str()).collect();
    warnings::tell_stopped_in(&tx, &names).await?;
    settle_wish::move_timers_in(&tx).await?;
    tx.commit().await?;
    Ok(running.len())
}

#[derive(sea_orm::FromQueryResult)]
struct Zero {
    is_at_zero: bool,
}

async fn is_at_zero_in(tx: &Tx) -> Result<bool> {
    let sql = "SELECT coalesce(zero_at <= $2, false) AS is_at_zero FROM settlement_timer WHERE organisation_id = $1";
    let row: Option<Zero> = tx.one(sql, [tx.organisation.into(), tx.now.into()]).await?;
    Ok(row.is_some_and(|row| row.is_at_zero))
}

pub(super) async fn stop_in(tx: &Tx, before: &Instance, reason: InstanceReason, note: Option<String>) -> Result<()> {
    let mut after = before.clone();
    rest_in(tx, &mut after, Wish::Stopped, Phase::Stopping, Some(reason)).await?;
    (after.wished_at, after.stop_note) = (tx.now, note);
    settle_wish::save_in(tx, "instance.stopped", before, &after).await
}

async fn begin_in(tx: &Tx, verb: &'static str, before: &Instance) -> Result<()> {
    // What runs may be restarted until it is stopped.
    if before.wish != Wish::Running {
        dunning::check_in(tx).await?;
    }
    settle_wish::reserve_in(tx, before).await?;
    let mut after = before.clone();
    if before.wish == Wish::Running {
        settle_wish::end_attempt_in(tx, before).await?;
    }
    begin_attempt_in(tx, &mut after).await?;
    after.wished_at = tx.now;
    settle_wish::save_in(tx, verb, before, &after).await
}

/// Quota before instance: the order of locks is the same everywhere.
async fn lock_quota_in(tx: &Tx, id: InstanceId) -> Result<()> {
    let instance = entity::find_in(tx, id).await?.ok_or(Error::NotFound)?;
    crate::quotas::lock_in(tx, instance.flavour_id).await.map(drop)
}

async fn locked_in(tx: &Tx, id: InstanceId, version: Option<i64>) -> Result<Instance> {
    let instance = entity::lock_in(tx, id).await?.ok_or(Error::NotFound)?;
    check_version(&instance, version)?;
    Ok(instance)
}

/// Refuses what only a living instance can be asked.
fn living(wish: Wish) -> Result<()> {
    if wish == Wish::Deleted { Err(Error::Conflict("instance-deleted")) } else { Ok(()) }
}

/// Locks the instance in the version that the caller saw, has `act` wish, and answers with what it is now.
async fn change_in(
    tx: Tx,
    (id, version): (InstanceId, Option<i64>),
    act: impl AsyncFnOnce(&Tx, &Instance) -> Result<()>,
) -> Result<InstanceView> {
    let before = locked_in(&tx, id, version).await?;
    act(&tx, &before).await?;
    settlement::note_rates_in(&tx).await?;
    let view = read::view_in(&tx, id).await?;
    tx.commit().await?;
    Ok(view)
}
