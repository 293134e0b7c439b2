//! Which volumes an instance mounts; of the instances of a volume at most one lives at a time.

use sea_orm::FromQueryResult;
use types::{
    ClusterId, InstanceId, LaunchInstance, MakeVolume, MountWish, NewVolume, ProjectId, VolumeId, VolumeKeep,
    VolumePhase,
};
use uuid::Uuid;

use super::{
    STORAGE,
    entity::{self, Volume},
    make, rules,
};
use crate::{Error, Open, Result, Rule, Tx, quotas};

/// Refuses a launch whose volumes cannot be.
pub(crate) fn check_ask(volumes: &[VolumeId], new: Option<&NewVolume>) -> Result<()> {
    if volumes.len() + usize::from(new.is_some()) > rules::MOST_MOUNTS {
        return Err(Error::Invalid { field: "volumes", rule: Rule::Range { min: 0, max: 8 } });
    }
    new.map_or(Ok(()), |new| rules::checked_new(new).map(drop))
}

/// The cluster in which the first of the volumes stands that there is: the instance must start there.
pub(crate) async fn cluster_of_in(tx: &Tx, volumes: &[VolumeId]) -> Result<Option<ClusterId>> {
    #[derive(FromQueryResult)]
    struct Place {
        cluster_id: ClusterId,
    }
    if volumes.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT cluster_id FROM volume WHERE organisation_id = $1 AND id = ANY($2)
               ORDER BY array_position($2, id) LIMIT 1";
    let volumes: Vec<Uuid> = volumes.iter().map(|id| id.uuid()).collect();
    let row: Option<Place> = tx.one(sql, [tx.organisation.into(), volumes.into()]).await?;
    Ok(row.map(|row| row.cluster_id))
}

/// Notes what a new instance mounts, with the volume that is made for it; none is mounted by another that lives. They
/// stay locked until the transaction ends, so that of two launches at once the second sees the first.
pub(crate) async fn put_in(tx: &Tx, instance: InstanceId, cluster: ClusterId, ask: &LaunchInstance) -> Result<()> {
    if ask.new_volume.is_some() {
        // Quota before volumes: the order of locks is the same everywhere.
        quotas::lock_in(tx, STORAGE).await?;
    }
    let mut volumes = in_order(&ask.volumes);
    for id in &volumes {
        let volume = entity::lock_in(tx, *id).await?;
        check_mount_in(tx, volume.as_ref(), ask.project, Some(cluster)).await?;
    }
    if let Some(new) = &ask.new_volume {
        let new = rules::checked_new(new)?;
        let make = MakeVolume { project: ask.project, name: new.name, size_gb: new.size_gb };
        volumes.push(make::make_in(tx, cluster, &make).await.map_err(about_new)?);
    }
    for volume in volumes {
        let sql = "INSERT INTO volume_mount (organisation_id, instance_id, volume_id) VALUES ($1, $2, $3)";
        tx.run(sql, [tx.organisation.into(), instance.into(), volume.into()]).await?;
    }
    Ok(())
}

/// Each of them once, in the order in which they are locked.
pub(super) fn in_order(volumes: &[VolumeId]) -> Vec<VolumeId> {
    let mut volumes = volumes.to_vec();
    volumes.sort();
    volumes.dedup();
    volumes
}

/// A refusal of the volume that is made, about the launch's own field: `name` and `units` there are the instance's.
pub(super) fn about_new(error: Error) -> Error {
    match error.refusal() {
        Some(refusal) if refusal.field.is_some() => Error::Refused(Box::new(refusal.about("new_volume"))),
        _ => error,
    }
}

/// Refuses a volume that a new instance of the project cannot mount in the cluster, as far as that is known.
pub(super) async fn check_mount_in(
    tx: &Tx,
    volume: Option<&Volume>,
    project: ProjectId,
    cluster: Option<ClusterId>,
) -> Result<()> {
    let volume = volume.ok_or(Error::Invalid { field: "volumes", rule: Rule::Known })?;
    if volume.project_id != project {
        return Err(Error::Conflict("volume-of-another-project"));
    }
    if cluster.is_some_and(|cluster| cluster != volume.cluster_id) {
        return Err(Error::Conflict("volume-elsewhere"));
    }
    check(volume)?;
    match is_taken_in(tx, volume.id, None).await? {
        true => Err(Error::Conflict("volume-in-use")),
        false => Ok(()),
    }
}

/// Refuses the next attempt of an instance while a volume of it is mounted by another, frozen, lost or on its way out.
/// The volumes stay locked until the transaction ends, so that of two at once the second sees the first.
pub(crate) async fn check_free_in(tx: &Tx, instance: InstanceId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Mount {
        volume_id: VolumeId,
    }
    let sql = "SELECT volume_id FROM volume_mount
               WHERE organisation_id = $1 AND instance_id = $2 ORDER BY volume_id";
    let mounts: Vec<Mount> = tx.all(sql, [tx.organisation.into(), instance.into()]).await?;
    for mount in mounts {
        let volume = entity::lock_in(tx, mount.volume_id).await?.ok_or(Error::NotFound)?;
        check(&volume)?;
        if is_taken_in(tx, mount.volume_id, Some(instance)).await? {
            return Err(Error::Conflict("volume-in-use"));
        }
    }
    Ok(())
}

/// Whether an instance other than `except` has the volume mounted: it is wished to run, or its pod may still be there,
/// as that of one that was given up may be.
pub(super) async fn is_taken_in(tx: &Tx, volume: VolumeId, except: Option<InstanceId>) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Taken {
        is_taken: bool,
    }
    let sql = "SELECT EXISTS (
                   SELECT 1 FROM volume_mount m
                   JOIN instance i ON i.organisation_id = m.organisation_id AND i.id = m.instance_id
                   WHERE m.organisation_id = $1 AND m.volume_id = $2 AND ($3::uuid IS NULL OR i.id <> $3)
                   AND (i.wish = 'running' OR i.phase = 'stopping'
                        OR (i.phase = 'failed' AND (i.applied_seq < i.wish_seq OR EXISTS (
                            SELECT 1 FROM lease l WHERE l.organisation_id = $1 AND l.subject_id = i.id
                            AND l.pod_uid IS NOT NULL AND l.pod_gone_at IS NULL))))) AS is_taken";
    let values = [tx.organisation.into(), volume.into(), except.map(InstanceId::uuid).into()];
    let row: Option<Taken> = tx.one(sql, values).await?;
    Ok(row.is_some_and(|row| row.is_taken))
}

/// Refuses what cannot be mounted.
fn check(volume: &Volume) -> Result<()> {
    match volume.wish {
        VolumeKeep::Kept if volume.frozen_at.is_some() => Err(Error::Conflict("volume-frozen")),
        VolumeKeep::Kept if volume.phase == VolumePhase::Lost => Err(Error::Conflict("volume-lost")),
        VolumeKeep::Kept => Ok(()),
        VolumeKeep::Deleted | VolumeKeep::Gone => Err(Error::Conflict("volume-deleted")),
    }
}

#[derive(FromQueryResult)]
struct MountRow {
    volume_id: VolumeId,
    name: String,
}

/// What one instance mounts.
pub(crate) async fn mounts_of_in(open: &Open, instance: InstanceId) -> Result<Vec<MountWish>> {
    let sql = "SELECT m.volume_id, v.name FROM volume_mount m
               JOIN volume v ON v.organisation_id = m.organisation_id AND v.id = m.volume_id
               WHERE m.instance_id = $1 ORDER BY v.name, v.id";
    let rows: Vec<MountRow> = open.all(sql, [instance.into()]).await?;
    Ok(rows.into_iter().map(MountRow::wish).collect())
}

impl MountRow {
    fn wish(self) -> MountWish {
        MountWish { volume: self.volume_id, name: self.name }
    }
}
