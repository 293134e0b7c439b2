//! Growing, deleting and taking a deletion back: each writes a wish, and the last one wins.

use sea_orm::FromQueryResult;
use types::{ChangeVolume, OrganisationId, Timestamp, VolumeId, VolumeKeep, VolumePhase, VolumeView};

use super::{
    STORAGE, STORAGE_NAME,
    entity::{self, Volume},
    lease, mounts, read, rules,
};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{Job, Scope, policy::ChangeInstances},
    audit, dunning, instances, ledger, organisations, quotas, settlement,
};

/// Seconds in which a deletion can be taken back.
const UNDO_S: i64 = 24 * 3600;

/// Makes a volume larger. What it had is billed until the cluster has grown it, the new size from then on. What the cluster
/// refuses to grow can be asked for less again, down to what is there.
///
/// # Errors
/// `NotFound`; `Changed` when it is not the version that the caller saw; `Invalid` for a size that is not larger, or less
/// than is there;
/// `QuotaExceeded`; `InsufficientCredit` when the lifeboat of what comes to it is not covered; `PaymentOverdue`; a
/// conflict for one that is deleted, frozen or lost.
pub async fn grow_volume(
    db: &Database,
    scope: &Scope<ChangeInstances>,
    ask: ChangeVolume,
    size_gb: u32,
    now: Timestamp,
) -> Result<VolumeView> {
    rules::check_size(size_gb, "size_gb")?;
    let tx = db.begin(scope, now).await?;
    // Quota before volume: the order of locks is the same everywhere.
    quotas::lock_in(&tx, STORAGE).await?;
    change_in(tx, ask, async |tx, before| grow_in(tx, before, size_gb).await).await
}

async fn grow_in(tx: &Tx, before: &Volume, size_gb: u32) -> Result<()> {
    living(before)?;
    let has = before.size_gb.unsigned_abs();
    let least = if before.is_refused() { before.billed_gb().unsigned_abs() } else { has + 1 };
    if size_gb < least {
        let rule = Rule::Range { min: least.into(), max: 10_000 };
        return Err(Error::Invalid { field: "size_gb", rule });
    }
    if size_gb <= has {
        return wish_size_in(tx, before, size_gb).await;
    }
    organisations::buyer_in(tx).await?.check_active()?;
    dunning::check_in(tx).await?;
    rules::check_reach(&tx.principal, before.project_id)?;
    organisations::check_member_in(tx, before.project_id).await?;
    quotas::reserve_in(tx, STORAGE, STORAGE_NAME, size_gb - has, None).await?;
    let terms = lease::terms_in(tx, before.project_id, size_gb - has).await?;
    let cover = ledger::cover_of_in(tx, &terms).await?;
    if cover.missing.micros > 0 || cover.receivable.micros > 0 {
        let available = types::Money { micros: cover.reserved.micros - cover.missing.micros, ..cover.reserved };
        return Err(Error::InsufficientCredit { needed: cover.reserved, available });
    }
    wish_size_in(tx, before, size_gb).await
}

async fn wish_size_in(tx: &Tx, before: &Volume, size_gb: u32) -> Result<()> {
    let mut after = before.clone();
    after.size_gb = i32::try_from(size_gb).unwrap_or(i32::MAX);
    after.wish_seq = instances::next_wish_seq_in(tx).await?;
    after.enter(after.phase_in_cluster(), None, tx.now);
    save_in(tx, "volume.grown", before, &after).await
}

/// Deletes a volume: billed time ends now, and within 24 hours it can be undone.
///
/// # Errors
/// `NotFound`; `Changed` when it is not the version that the caller saw; a conflict while an instance that lives mounts
/// it.
pub async fn delete_volume(
    db: &Database,
    scope: &Scope<ChangeInstances>,
    ask: ChangeVolume,
    now: Timestamp,
) -> Result<VolumeView> {
    change_in(db.begin(scope, now).await?, ask, delete_in).await
}

async fn delete_in(tx: &Tx, before: &Volume) -> Result<()> {
    if before.wish != VolumeKeep::Kept {
        return Ok(());
    }
    if mounts::is_taken_in(tx, before.id, None).await? {
        return Err(Error::Conflict("volume-in-use"));
    }
    give_up_in(tx, before).await
}

/// Ends what is billed of a volume, and wishes it deleted.
async fn give_up_in(tx: &Tx, before: &Volume) -> Result<()> {
    lease::end_in(tx, before).await?;
    let mut after = before.clone();
    (after.wish, after.frozen_at) = (VolumeKeep::Deleted, None);
    after.wish_seq = instances::next_wish_seq_in(tx).await?;
    (after.deleted_at, after.undo_until) = (Some(tx.now), Some(tx.now.plus_seconds(UNDO_S)));
    save_in(tx, "volume.deleted", before, &after).await
}

/// Takes a deletion back: the volume is there again, with price and lifeboat of now.
///
/// # Errors
/// `NotFound`; `Changed`; `NotForSale`; `InsufficientCredit`; `BudgetExceeded`; a conflict after 24 hours, in a project
/// that is closed and for one that is lost; `NameTaken` when another has its name by now.
pub async fn undo_delete_volume(
    db: &Database,
    scope: &Scope<ChangeInstances>,
    ask: ChangeVolume,
    now: Timestamp,
) -> Result<VolumeView> {
    change_in(db.begin(scope, now).await?, ask, undo_in).await
}

async fn undo_in(tx: &Tx, before: &Volume) -> Result<()> {
    if before.wish == VolumeKeep::Kept {
        return Ok(());
    }
    let is_late = before.undo_until.is_none_or(|until| until <= tx.now);
    if before.wish == VolumeKeep::Gone || is_late {
        return Err(Error::Conflict("undo-too-late"));
    }
    if before.phase == VolumePhase::Lost {
        return Err(Error::Conflict("volume-lost"));
    }
    rules::check_reach(&tx.principal, before.project_id)?;
    organisations::hold_open_in(tx, before.project_id).await?;
    let mut after = before.clone();
    after.wish = VolumeKeep::Kept;
    after.wish_seq = instances::next_wish_seq_in(tx).await?;
    (after.deleted_at, after.undo_until) = (None, None);
    after.attempt += 1;
    after.enter(after.phase_in_cluster(), None, tx.now);
    save_in(tx, "volume.delete_undone", before, &after).await?;
    lease::open_in(tx, &after).await
}

/// Deletes what is left of an organisation that ends; its instances were deleted before, its timers move afterwards.
pub(crate) async fn delete_all_in(tx: &Tx) -> Result<()> {
    let sql = format!(
        "SELECT {} FROM volume WHERE organisation_id = $1 AND wish = 'kept' ORDER BY id FOR NO KEY UPDATE",
        entity::COLUMNS
    );
    let kept: Vec<Volume> = tx.all(&sql, [tx.organisation.into()]).await?;
    for before in &kept {
        give_up_in(tx, before).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Due {
    organisation_id: OrganisationId,
    id: VolumeId,
}

/// Wishes that nothing is left of every volume whose deletion can no longer be taken back; how many that were.
///
/// # Errors
/// The first of the database's own, once all were tried.
pub async fn release_due(db: &Database, job: Job, now: Timestamp) -> Result<usize> {
    let open = db.work(job, now).await?;
    let sql = "SELECT organisation_id, id FROM volume WHERE wish = 'deleted' AND undo_until <= $1
               ORDER BY undo_until LIMIT 1000";
    let due: Vec<Due> = open.all(sql, [now.into()]).await?;
    drop(open);
    let mut failed = None;
    for volume in &due {
        failed = failed.or(release_one(db, job, volume, now).await.err());
    }
    failed.map_or(Ok(due.len()), Err)
}

async fn release_one(db: &Database, job: Job, due: &Due, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, due.organisation_id, now).await?;
    let Some(before) = entity::lock_in(&tx, due.id).await? else { return Ok(()) };
    // Whoever took the deletion back in between keeps it.
    if before.wish == VolumeKeep::Deleted && before.undo_until.is_some_and(|until| until <= now) {
        release_in(&tx, &before).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Wishes that nothing is left of a volume, for good.
pub(super) async fn release_in(tx: &Tx, before: &Volume) -> Result<()> {
    let mut after = before.clone();
    after.wish = VolumeKeep::Gone;
    after.wish_seq = instances::next_wish_seq_in(tx).await?;
    after.deleted_at = after.deleted_at.or(Some(tx.now));
    after.enter(VolumePhase::Deleting, None, tx.now);
    save_in(tx, "volume.released", before, &after).await
}

/// Writes the change of a wish with its audit row.
pub(super) async fn save_in(tx: &Tx, verb: &'static str, before: &Volume, after: &Volume) -> Result<()> {
    entity::save_in(tx, before, after).await?;
    let change = audit::Change {
        verb,
        subject: after.id.to_string(),
        before: Some(before.recorded()),
        after: Some(after.recorded()),
    };
    audit::record_in(tx, change).await
}

/// Refuses what only a volume can be asked that is kept and paid for.
fn living(volume: &Volume) -> Result<()> {
    match volume.wish {
        VolumeKeep::Kept if volume.frozen_at.is_some() => Err(Error::Conflict("volume-frozen")),
        VolumeKeep::Kept if volume.phase == VolumePhase::Lost => Err(Error::Conflict("volume-lost")),
        VolumeKeep::Kept => Ok(()),
        VolumeKeep::Deleted | VolumeKeep::Gone => Err(Error::Conflict("volume-deleted")),
    }
}

/// Locks the volume in the version that the caller saw, has `act` wish, and answers with what it is now.
async fn change_in(tx: Tx, ask: ChangeVolume, act: impl AsyncFnOnce(&Tx, &Volume) -> Result<()>) -> Result<VolumeView> {
    let before = entity::lock_in(&tx, ask.volume).await?.ok_or(Error::NotFound)?;
    if ask.version.is_some_and(|seen| seen != before.version) {
        return Err(Error::Changed);
    }
    act(&tx, &before).await?;
    settlement::note_rates_in(&tx).await?;
    let view = read::view_in(&tx, ask.volume).await?;
    tx.commit().await?;
    Ok(view)
}
