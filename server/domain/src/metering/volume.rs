//! Leases of volumes: a volume's life at one size, billed while its claim is bound.

use sea_orm::FromQueryResult;
use types::{ClusterId, FlavourId, InstanceId, LeaseId, ProjectId, Timestamp, VolumeId};

use super::{
    cuts, entity,
    facts::Fact,
    lease::Lease,
    record::{Learnt, learn_in},
    timeline::Life,
};
use crate::{Result, Tx};

/// What a new lease is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewVolumeLease {
    pub(crate) volume: VolumeId,
    pub(crate) project: ProjectId,
    pub(crate) cluster: ClusterId,
    /// What it is priced as.
    pub(crate) item: FlavourId,
    pub(crate) gigabytes: i32,
    pub(crate) attempt: i32,
}

/// What a lease of the volume has as its subject: leases know their subjects by UUID alone.
pub(crate) const fn of_volume(volume: VolumeId) -> InstanceId {
    InstanceId::from_uuid(volume.uuid())
}

/// Opens a lease of a volume, with its first interval: it waits.
pub(crate) async fn open_volume_lease_in(tx: &Tx, new: &NewVolumeLease) -> Result<LeaseId> {
    let (id, started_at) = (LeaseId::new(tx.now), tx.now.floor());
    // A worker goes on for whoever made it; a service account is nobody's.
    let sql = "INSERT INTO lease (organisation_id, id, subject_kind, subject_id, project_id, cluster_id, flavour_id,
                   units, attempt, started_at, launched_by, token_id)
               SELECT $1, $2, 'volume', $3, $4, $5, $6, $7, $8, $9,
                   CASE WHEN $10::uuid IS NULL AND $11::uuid IS NULL THEN v.made_by ELSE $10 END,
                   CASE WHEN $10::uuid IS NULL AND $11::uuid IS NULL THEN v.token_id ELSE $11 END
               FROM volume v WHERE v.organisation_id = $1 AND v.id = $3";
    let values = [
        tx.organisation.into(),
        id.into(),
        new.volume.into(),
        new.project.into(),
        new.cluster.into(),
        new.item.into(),
        new.gigabytes.into(),
        new.attempt.into(),
        started_at.into(),
        tx.principal.user().map(types::UserId::uuid).into(),
        tx.principal.token().map(types::TokenId::uuid).into(),
    ];
    tx.run(sql, values).await?;
    let life = Life { started_at, ended_at: None, pod_created_at: None, scheduled_at: None, starting_at: None };
    entity::cut_in(tx, id, cuts::edges(&life, &[], &[], &[])).await?;
    Ok(id)
}

/// Units of a lease, while it has not ended.
pub(crate) async fn running_units_in(tx: &Tx, subject: InstanceId, attempt: i32) -> Result<Option<i32>> {
    #[derive(FromQueryResult)]
    struct Units {
        units: i32,
    }
    let sql = "SELECT units FROM lease
               WHERE organisation_id = $1 AND subject_id = $2 AND attempt = $3 AND ended_at IS NULL";
    let row: Option<Units> = tx.one(sql, [tx.organisation.into(), subject.into(), attempt.into()]).await?;
    Ok(row.map(|row| row.units))
}

/// Records that the claim, which the cluster made at `made_at`, is bound since `since`: its seconds are billed from
/// then on.
pub(crate) async fn record_bound_in(tx: &Tx, lease: Lease, made_at: Timestamp, since: Timestamp) -> Result<Learnt> {
    let since = since.floor().max(lease.started_at);
    let made_at = made_at.floor().min(since);
    let earliest = |known: Option<Timestamp>, told: Timestamp| known.into_iter().chain([told]).min();
    let mut next = lease.clone();
    next.pod_created_at = earliest(lease.pod_created_at, made_at);
    next.ready_at = earliest(lease.ready_at, since);
    learn_in(tx, lease, next, vec![Fact::bound(since, tx.now)]).await
}

/// Records that the storage behind the claim is gone since `since`.
pub(crate) async fn record_unbound_in(tx: &Tx, lease: Lease, since: Timestamp) -> Result<Learnt> {
    let next = lease.clone();
    learn_in(tx, lease, next, vec![Fact::unbound(since, tx.now)]).await
}
