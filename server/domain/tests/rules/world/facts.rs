//! What a cluster did, written down as the owner for tests that have no cluster: leases, intervals, how far it was seen.

use types::{FlavourId, InstanceId, IntervalId, LeaseId, OrganisationId, Timestamp};

use super::{Tenant, World};

/// A lease that a test wrote down.
#[derive(Clone, Copy)]
pub(crate) struct Lease {
    pub(crate) organisation: OrganisationId,
    pub(crate) id: LeaseId,
    pub(crate) instance: InstanceId,
}

impl World {
    /// An instance with its first lease, requested at `from`.
    pub(crate) async fn lease(&self, tenant: Tenant, flavour: FlavourId, units: i32, from: Timestamp) -> Lease {
        let lease = Lease { organisation: tenant.id, id: LeaseId::new(from), instance: InstanceId::new(from) };
        let instance = "INSERT INTO instance (organisation_id, id, project_id, cluster_id, name, flavour_id, units, template,
                            image, environment, wish, wish_seq, wished_at, attempt, phase, phase_at, launched_by, launched_at)
                        SELECT $1, $2, $3, $4, $5, $6, $7, 'ubuntu', 'r@sha256:' || repeat('0', 64), '{}', 'running',
                            nextval('wish_seq'), $8, 1, 'running', $8, id, $8 FROM person ORDER BY email LIMIT 1";
        let (project, name) = (tenant.project, lease.instance.to_string());
        let values = [
            tenant.id.into(),
            lease.instance.into(),
            project.into(),
            self.cluster.into(),
            name.into(),
            flavour.into(),
            units.into(),
            from.into(),
        ];
        self.run(instance, values).await;
        let sql =
            "INSERT INTO lease (organisation_id, id, subject_kind, subject_id, project_id, cluster_id, flavour_id,
                       units, attempt, started_at) VALUES ($1, $2, 'pod', $3, $4, $5, $6, $7, 1, $8)";
        let values = [
            tenant.id.into(),
            lease.id.into(),
            lease.instance.into(),
            project.into(),
            self.cluster.into(),
            flavour.into(),
            units.into(),
            from.into(),
        ];
        self.run(sql, values).await;
        lease
    }

    /// A stretch of a lease that is billed, open while `to` is nothing.
    pub(crate) async fn billable(&self, lease: Lease, from: Timestamp, to: Option<Timestamp>) -> IntervalId {
        self.interval(lease, from, to, None).await
    }

    /// A stretch of a lease, known as soon as it ended; billed unless a reason against it is given.
    pub(crate) async fn interval(
        &self,
        lease: Lease,
        from: Timestamp,
        to: Option<Timestamp>,
        reason: Option<&str>,
    ) -> IntervalId {
        self.interval_learnt_at(lease, (from, to), reason, to.unwrap_or(from)).await
    }

    /// The same, known only at `learnt_at`.
    pub(crate) async fn interval_learnt_at(
        &self,
        lease: Lease,
        (from, to): (Timestamp, Option<Timestamp>),
        reason: Option<&str>,
        learnt_at: Timestamp,
    ) -> IntervalId {
        let id = IntervalId::new(from);
        let sql =
            "INSERT INTO usage_interval (organisation_id, id, lease_id, started_at, ended_at, billable, reason, cut_at)
                   VALUES ($1, $2, $3, $4, $5, $6::text IS NULL, $6, $7)";
        let values = [
            lease.organisation.into(),
            id.into(),
            lease.id.into(),
            from.into(),
            to.into(),
            reason.into(),
            learnt_at.into(),
        ];
        self.run(sql, values).await;
        id
    }

    /// Ends the lease, and its open interval, at `end`.
    pub(crate) async fn end(&self, lease: Lease, end: Timestamp) {
        let interval = "UPDATE usage_interval SET ended_at = $2, cut_at = $2 WHERE lease_id = $1 AND ended_at IS NULL";
        self.run(interval, [lease.id.into(), end.into()]).await;
        self.run("UPDATE lease SET ended_at = $2 WHERE id = $1", [lease.id.into(), end.into()]).await;
    }

    /// The cluster has been seen up to here.
    pub(crate) async fn observe(&self, through: Timestamp) {
        let sql = "INSERT INTO cluster_observation (cluster_id, epoch, observed_through, skew_ms, written_at)
                   VALUES ($1, 1, $2, 0, $2) ON CONFLICT (cluster_id) DO UPDATE SET observed_through = $2";
        self.run(sql, [self.cluster.into(), through.into()]).await;
    }
}
