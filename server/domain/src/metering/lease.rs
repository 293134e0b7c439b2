//! The table `lease`: one attempt of an instance, from request to end.

use sea_orm::FromQueryResult;
use types::{ClusterId, FlavourId, InstanceId, LeaseId, OrganisationId, PodSeen, ProjectId, Timestamp};

use super::{entity, timeline::Life};
use crate::{Open, Result, Tx};

/// A lease as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Lease {
    pub(crate) organisation_id: OrganisationId,
    pub(crate) id: LeaseId,
    pub(crate) subject_id: InstanceId,
    pub(crate) attempt: i32,
    pub(crate) pod_uid: Option<String>,
    pub(crate) node_name: Option<String>,
    pub(crate) pod_created_at: Option<Timestamp>,
    pub(crate) scheduled_at: Option<Timestamp>,
    pub(crate) pulling_at: Option<Timestamp>,
    pub(crate) starting_at: Option<Timestamp>,
    pub(crate) ready_at: Option<Timestamp>,
    pub(crate) pod_gone_at: Option<Timestamp>,
    pub(crate) started_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
}

/// What a new lease is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewLease {
    pub(crate) instance: InstanceId,
    pub(crate) project: ProjectId,
    pub(crate) cluster: ClusterId,
    pub(crate) flavour: FlavourId,
    pub(crate) units: i32,
    pub(crate) attempt: i32,
}

const COLUMNS: &str = "organisation_id, id, subject_id, attempt, pod_uid, node_name, pod_created_at, scheduled_at,
    pulling_at, starting_at, ready_at, pod_gone_at, started_at, ended_at";

impl Lease {
    /// What its timeline is calculated from, with its facts.
    pub(super) fn life(&self) -> Life {
        Life {
            started_at: self.started_at,
            ended_at: self.ended_at,
            pod_created_at: self.pod_created_at,
            scheduled_at: self.scheduled_at,
            starting_at: self.starting_at,
        }
    }

    /// Whether there may be a pod of it in the cluster.
    pub(crate) fn has_pod(&self) -> bool {
        self.pod_uid.is_some() && self.pod_gone_at.is_none()
    }

    /// The lease with the stations that a sighting tells: each the earliest that was told, so order does not count.
    pub(super) fn with(&self, pod: &PodSeen) -> Self {
        let earliest = |known: Option<Timestamp>, told: Option<Timestamp>| {
            known.into_iter().chain(told.map(Timestamp::floor)).min()
        };
        let runs = pod.container.as_ref().map(|container| container.started_at);
        let ran = pod.ended.as_ref().and_then(|ended| ended.started_at);
        Self {
            pod_uid: Some(pod.uid.clone()),
            node_name: pod.node.clone().or_else(|| self.node_name.clone()),
            pod_created_at: earliest(self.pod_created_at, Some(pod.created_at)),
            scheduled_at: earliest(self.scheduled_at, pod.scheduled_at),
            pulling_at: earliest(self.pulling_at, pod.pulling_at),
            starting_at: earliest(self.starting_at, runs.into_iter().chain(ran).min()),
            ready_at: earliest(self.ready_at, pod.ready_since()),
            ..self.clone()
        }
    }
}

/// Opens the lease of an attempt, with its first interval: it waits.
pub(crate) async fn open_lease_in(tx: &Tx, new: &NewLease) -> Result<LeaseId> {
    let (id, started_at) = (LeaseId::new(tx.now), tx.now.floor());
    // A worker begins the next attempt for whoever began the one before.
    let sql = "INSERT INTO lease (organisation_id, id, subject_kind, subject_id, project_id, cluster_id, flavour_id,
                   units, attempt, started_at, launched_by, token_id)
               SELECT $1, $2, 'pod', $3, $4, $5, $6, $7, $8, $9, coalesce($10, b.launched_by),
                   CASE WHEN $10 IS NULL THEN coalesce($11, b.token_id) ELSE $11 END
               FROM (SELECT 1) one LEFT JOIN lease b
                   ON b.organisation_id = $1 AND b.subject_id = $3 AND b.attempt = $8 - 1 AND $11::uuid IS NULL";
    let values = [
        tx.organisation.into(),
        id.into(),
        new.instance.into(),
        new.project.into(),
        new.cluster.into(),
        new.flavour.into(),
        new.units.into(),
        new.attempt.into(),
        started_at.into(),
        tx.principal.user().map(types::UserId::uuid).into(),
        tx.principal.token().map(types::TokenId::uuid).into(),
    ];
    tx.run(sql, values).await?;
    let life = Life { started_at, ended_at: None, pod_created_at: None, scheduled_at: None, starting_at: None };
    entity::cut_in(tx, id, super::cuts::edges(&life, &[], &[], &[])).await?;
    Ok(id)
}

/// The lease of an attempt, locked until the transaction ends.
pub(crate) async fn lock_lease_in(tx: &Tx, instance: InstanceId, attempt: i32) -> Result<Option<Lease>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM lease WHERE organisation_id = $1 AND subject_id = $2 AND attempt = $3 FOR NO KEY UPDATE"
    );
    tx.one(&sql, [tx.organisation.into(), instance.into(), attempt.into()]).await
}

/// The organisation's leases in a cluster that have a second in `[from, to)`, locked, by id.
pub(super) async fn lock_leases_between_in(
    tx: &Tx,
    cluster: ClusterId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Lease>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM lease WHERE organisation_id = $1 AND cluster_id = $2 AND started_at < $4
         AND (ended_at IS NULL OR ended_at > $3) ORDER BY id FOR NO KEY UPDATE"
    );
    tx.all(&sql, [tx.organisation.into(), cluster.into(), from.into(), to.into()]).await
}

/// The leases of a cluster that run or may have a pod, of all organisations.
pub(crate) async fn living_leases_in(open: &Open, cluster: ClusterId) -> Result<Vec<Lease>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM lease
         WHERE cluster_id = $1 AND (ended_at IS NULL OR (pod_uid IS NOT NULL AND pod_gone_at IS NULL))"
    );
    open.all(&sql, [cluster.into()]).await
}

/// Whether an attempt of the instance other than `attempt` may have a pod.
pub(crate) async fn other_has_pod_in(tx: &Tx, instance: InstanceId, attempt: i32) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Living {
        attempt: i32,
    }
    let sql = "SELECT attempt FROM lease WHERE organisation_id = $1 AND subject_id = $2
               AND pod_uid IS NOT NULL AND pod_gone_at IS NULL";
    let living: Vec<Living> = tx.all(sql, [tx.organisation.into(), instance.into()]).await?;
    Ok(living.iter().any(|lease| lease.attempt != attempt))
}

/// Writes what changed of a lease.
pub(super) async fn save_in(tx: &Tx, lease: &Lease) -> Result<()> {
    let sql = "UPDATE lease SET pod_uid = $3, node_name = $4, pod_created_at = $5, scheduled_at = $6, pulling_at = $7,
                   starting_at = $8, ready_at = $9, pod_gone_at = $10, ended_at = $11
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        lease.id.into(),
        lease.pod_uid.clone().into(),
        lease.node_name.clone().into(),
        lease.pod_created_at.into(),
        lease.scheduled_at.into(),
        lease.pulling_at.into(),
        lease.starting_at.into(),
        lease.ready_at.into(),
        lease.pod_gone_at.into(),
        lease.ended_at.into(),
    ];
    tx.run(sql, values).await.map(drop)
}
