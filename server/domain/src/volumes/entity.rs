//! The table `volume`, always inside one organisation.

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{ClusterId, InstanceReason, OrganisationId, ProjectId, Timestamp, VolumeId, VolumeKeep, VolumePhase};

use crate::{Error, Result, Tx};

/// What of a volume changes, and what its changes need.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub(super) struct Volume {
    pub(super) organisation_id: OrganisationId,
    pub(super) id: VolumeId,
    pub(super) project_id: ProjectId,
    pub(super) cluster_id: ClusterId,
    pub(super) name: String,
    pub(super) size_gb: i32,
    pub(super) wish: VolumeKeep,
    pub(super) wish_seq: i64,
    pub(super) applied_seq: i64,
    pub(super) attempt: i32,
    pub(super) phase: VolumePhase,
    pub(super) phase_at: Timestamp,
    pub(super) reason: Option<InstanceReason>,
    pub(super) message: Option<String>,
    pub(super) claim_uid: Option<String>,
    pub(super) claim_made_at: Option<Timestamp>,
    pub(super) bound_at: Option<Timestamp>,
    pub(super) capacity_gb: i32,
    pub(super) frozen_at: Option<Timestamp>,
    pub(super) deleted_at: Option<Timestamp>,
    pub(super) undo_until: Option<Timestamp>,
    pub(super) version: i64,
}

/// The columns of [`Volume`].
pub(super) const COLUMNS: &str = "organisation_id, id, project_id, cluster_id, name, size_gb, wish, wish_seq,
    applied_seq, attempt, phase, phase_at, reason, message, claim_uid, claim_made_at, bound_at, capacity_gb, frozen_at,
    deleted_at, undo_until, version";

/// The index that keeps names of volumes apart.
pub(super) const NAME_IS_TAKEN: &str = "volume_name_is_taken";

/// What the audit keeps of a volume's change.
#[derive(Serialize)]
pub(super) struct Recorded<'a> {
    name: &'a str,
    project: ProjectId,
    size_gb: i32,
    wish: VolumeKeep,
    #[serde(skip_serializing_if = "Option::is_none")]
    frozen_at: Option<Timestamp>,
}

impl Volume {
    /// Moves to `phase` for `reason`; the time it has there begins when the phase changes, not the reason.
    pub(super) fn enter(&mut self, phase: VolumePhase, reason: Option<InstanceReason>, now: Timestamp) {
        if self.phase != phase {
            self.phase = phase;
            self.phase_at = now;
        }
        if self.reason != reason {
            self.reason = reason;
            self.message = None;
        }
    }

    /// Where it stands by what the cluster showed of it last.
    pub(super) fn phase_in_cluster(&self) -> VolumePhase {
        match self.bound_at {
            Some(_) if self.capacity_gb < self.size_gb => VolumePhase::Resizing,
            Some(_) => VolumePhase::Bound,
            None if self.claim_uid.is_some() => VolumePhase::Pending,
            None => VolumePhase::Requested,
        }
    }

    /// Whether the cluster refuses what was asked of it last, and has something of it.
    pub(super) fn is_refused(&self) -> bool {
        self.bound_at.is_some() && self.reason == Some(InstanceReason::StorageRefused)
    }

    /// Gigabytes that a lease of now would be of: of a bound claim what is there, where what is asked for has not come.
    pub(super) fn billed_gb(&self) -> i32 {
        let is_short = self.bound_at.is_some() && (1..self.size_gb).contains(&self.capacity_gb);
        if is_short { self.capacity_gb } else { self.size_gb }
    }

    /// What the audit keeps.
    pub(super) fn recorded(&self) -> Recorded<'_> {
        let Self { name, project_id, size_gb, wish, frozen_at, .. } = self;
        Recorded { name, project: *project_id, size_gb: *size_gb, wish: *wish, frozen_at: *frozen_at }
    }
}

/// A volume, locked until the transaction ends.
pub(super) async fn lock_in(tx: &Tx, id: VolumeId) -> Result<Option<Volume>> {
    volume_in(tx, id, "FOR NO KEY UPDATE").await
}

/// The same without a lock, for what is only told.
pub(super) async fn look_in(tx: &Tx, id: VolumeId) -> Result<Option<Volume>> {
    volume_in(tx, id, "").await
}

async fn volume_in(tx: &Tx, id: VolumeId, lock: &str) -> Result<Option<Volume>> {
    let sql = format!("SELECT {COLUMNS} FROM volume WHERE organisation_id = $1 AND id = $2 {lock}");
    let row: Option<Volume> = tx.one(&sql, [tx.organisation.into(), id.into()]).await?;
    Ok(row.filter(|row| tx.principal.sees(row.project_id)))
}

/// Writes what changed of a volume; nothing when nothing did.
pub(super) async fn save_in(tx: &Tx, before: &Volume, after: &Volume) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let sql = "UPDATE volume SET size_gb = $3, wish = $4, wish_seq = $5, applied_seq = $6, attempt = $7, phase = $8,
                   phase_at = $9, reason = $10, message = $11, claim_uid = $12, claim_made_at = $13, bound_at = $14,
                   capacity_gb = $15, frozen_at = $16, deleted_at = $17, undo_until = $18
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        after.id.into(),
        after.size_gb.into(),
        after.wish.word().into(),
        after.wish_seq.into(),
        after.applied_seq.into(),
        after.attempt.into(),
        after.phase.word().into(),
        after.phase_at.into(),
        after.reason.map(InstanceReason::word).into(),
        after.message.clone().into(),
        after.claim_uid.clone().into(),
        after.claim_made_at.into(),
        after.bound_at.into(),
        after.capacity_gb.into(),
        after.frozen_at.into(),
        after.deleted_at.into(),
        after.undo_until.into(),
    ];
    named(tx.run(sql, values).await, &after.name)
}

/// What writing a volume came to, with the name's own refusal where another has it.
pub(super) fn named(written: Result<u64>, name: &str) -> Result<()> {
    match written {
        Err(Error::Database(error)) if crate::database::constraint(&error).as_deref() == Some(NAME_IS_TAKEN) => {
            Err(Error::NameTaken { name: name.to_owned() })
        }
        written => written.map(drop),
    }
}

/// Refuses the name of another volume that is kept, as the index does.
pub(super) async fn check_name_in(tx: &Tx, name: &str) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Taken {
        is_taken: bool,
    }
    let sql = "SELECT EXISTS (
                   SELECT 1 FROM volume WHERE organisation_id = $1 AND name = $2 AND wish = 'kept') AS is_taken";
    let row: Option<Taken> = tx.one(sql, [tx.organisation.into(), name.into()]).await?;
    match row.is_some_and(|row| row.is_taken) {
        true => Err(Error::NameTaken { name: name.to_owned() }),
        false => Ok(()),
    }
}
