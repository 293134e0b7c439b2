//! Volumes as people see them.

use sea_orm::FromQueryResult;
use types::{
    ClusterId, Cursor, InstanceId, InstanceReason, List, Money, ProjectId, Timestamp, VolumeId, VolumeKeep,
    VolumePhase, VolumeView,
};

use super::{STORAGE, lease};
use crate::{
    Error, Result, Rule, Tx,
    access::{
        Scope,
        policy::{LaunchInstances, ReadInstances},
    },
    organisations, prices,
};

/// What whoever makes a volume is told before.
#[derive(Clone, Copy, Debug)]
pub struct StorageTerms {
    /// The net price of a gigabyte for one hour now; nothing while storage is not for sale.
    pub per_gb: Option<Money>,
    /// Seconds of the price that a volume sets aside.
    pub lifeboat_s: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: VolumeId,
    version: i64,
    name: String,
    project_id: ProjectId,
    project_name: String,
    cluster_id: ClusterId,
    cluster_name: String,
    size_gb: i32,
    capacity_gb: i32,
    wish: VolumeKeep,
    phase: VolumePhase,
    phase_at: Timestamp,
    reason: Option<InstanceReason>,
    message: Option<String>,
    instance_id: Option<InstanceId>,
    instance_name: Option<String>,
    frozen_at: Option<Timestamp>,
    frozen_days: i32,
    made_at: Timestamp,
    deleted_at: Option<Timestamp>,
    undo_until: Option<Timestamp>,
}

/// Who mounts a volume is who keeps others from it: as `is_taken_in` has it.
const QUERY: &str = "SELECT v.id, v.version, v.name, v.project_id, p.name AS project_name, v.cluster_id,
        c.name AS cluster_name, v.size_gb, v.capacity_gb, v.wish, v.phase, v.phase_at, v.reason, v.message,
        i.id AS instance_id, i.name AS instance_name, v.frozen_at, s.frozen_days, v.made_at, v.deleted_at, v.undo_until
    FROM volume v JOIN project p ON p.organisation_id = v.organisation_id AND p.id = v.project_id
    JOIN cluster c ON c.id = v.cluster_id CROSS JOIN storage_policy s
    LEFT JOIN LATERAL (
        SELECT n.id, n.name FROM volume_mount m
        JOIN instance n ON n.organisation_id = m.organisation_id AND n.id = m.instance_id
        WHERE m.organisation_id = v.organisation_id AND m.volume_id = v.id
        AND (n.wish = 'running' OR n.phase = 'stopping'
             OR (n.phase = 'failed' AND (n.applied_seq < n.wish_seq OR EXISTS (
                 SELECT 1 FROM lease l WHERE l.organisation_id = n.organisation_id AND l.subject_id = n.id
                 AND l.pod_uid IS NOT NULL AND l.pod_gone_at IS NULL))))
        ORDER BY n.id DESC LIMIT 1) i ON true
    WHERE v.organisation_id = $1";

/// The organisation's volumes, newest first; a deleted one as long as that can be undone.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that this list did not give.
pub async fn list_volumes_in(tx: &Tx, scope: &Scope<ReadInstances>, page: &Cursor) -> Result<List<VolumeView>> {
    tx.admits(scope)?;
    let before = page.cursor.as_deref().map(str::parse::<VolumeId>).transpose();
    let before = before.map_err(|_| Error::Invalid { field: "cursor", rule: Rule::Form })?;
    let sql = format!(
        "{QUERY} AND ($2::uuid IS NULL OR v.id < $2) AND v.wish <> 'gone'
         AND (v.undo_until IS NULL OR v.undo_until > $3) AND ($4::uuid[] IS NULL OR v.project_id = ANY($4))
         ORDER BY v.id DESC LIMIT $5"
    );
    let size = usize::from(page.size());
    let values = [
        tx.organisation.into(),
        before.map(VolumeId::uuid).into(),
        tx.now.into(),
        projects(tx).into(),
        (i64::from(page.size()) + 1).into(),
    ];
    let mut rows: Vec<Row> = tx.all(&sql, values).await?;
    let has_more = rows.len() > size;
    rows.truncate(size);
    let next_cursor = rows.last().filter(|_| has_more).map(|last| last.id.to_string());
    let per_gb = per_gb_in(tx).await?;
    Ok(List { items: rows.into_iter().map(|row| row.view(per_gb)).collect(), next_cursor })
}

/// The volumes that a launch in one of the projects can mount, by name; at most 100.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn mountable_in(tx: &Tx, scope: &Scope<LaunchInstances>, among: &[ProjectId]) -> Result<Vec<VolumeView>> {
    tx.admits(scope)?;
    let among: Vec<uuid::Uuid> = among.iter().map(|project| project.uuid()).collect();
    let sql = format!(
        "{QUERY} AND v.project_id = ANY($2) AND v.wish = 'kept' AND v.frozen_at IS NULL AND i.id IS NULL
         AND ($3::uuid[] IS NULL OR v.project_id = ANY($3)) ORDER BY v.name, v.id LIMIT 100"
    );
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), among.into(), projects(tx).into()]).await?;
    let per_gb = per_gb_in(tx).await?;
    Ok(rows.into_iter().map(|row| row.view(per_gb)).collect())
}

/// What a new volume would cost the organisation.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn storage_terms_in(tx: &Tx, scope: &Scope<ReadInstances>) -> Result<StorageTerms> {
    tx.admits(scope)?;
    Ok(StorageTerms { per_gb: per_gb_in(tx).await?, lifeboat_s: lease::lifeboat_s_in(tx).await? })
}

/// One volume.
///
/// # Errors
/// `NotFound` for another organisation's volume as for one that never was.
pub async fn volume_in(tx: &Tx, scope: &Scope<ReadInstances>, id: VolumeId) -> Result<VolumeView> {
    tx.admits(scope)?;
    view_in(tx, id).await
}

/// One volume as a list shows it.
pub(super) async fn view_in(tx: &Tx, id: VolumeId) -> Result<VolumeView> {
    let row: Option<Row> = tx.one(&format!("{QUERY} AND v.id = $2"), [tx.organisation.into(), id.into()]).await?;
    let row = row.filter(|row| tx.principal.sees(row.project_id)).ok_or(Error::NotFound)?;
    Ok(row.view(per_gb_in(tx).await?))
}

/// The projects to which the caller's token is bound, if it is.
fn projects(tx: &Tx) -> Option<Vec<uuid::Uuid>> {
    tx.principal.projects().map(|of| of.iter().map(|id| id.uuid()).collect::<Vec<_>>())
}

/// The net price of a gigabyte for one hour now; nothing while storage is not for sale.
async fn per_gb_in(tx: &Tx) -> Result<Option<Money>> {
    let currency = organisations::buyer_in(tx).await?.currency;
    let price = prices::price_at_in(tx, STORAGE, currency, tx.now).await?;
    Ok(price.map(|price| Money { micros: price.micros_per_hour, currency }))
}

impl Row {
    fn view(self, per_gb: Option<Money>) -> VolumeView {
        let frozen_s = i64::from(self.frozen_days) * 24 * 3600;
        // Where what is asked for has not come, what is there is billed.
        let is_short = self.phase == VolumePhase::Resizing && self.capacity_gb > 0;
        let billed_gb = if is_short { self.capacity_gb } else { self.size_gb };
        VolumeView {
            id: self.id,
            version: self.version,
            name: self.name,
            project: self.project_id,
            project_name: self.project_name,
            cluster: self.cluster_id,
            cluster_name: self.cluster_name,
            size_gb: self.size_gb.unsigned_abs(),
            capacity_gb: self.capacity_gb.unsigned_abs(),
            wish: self.wish,
            phase: self.phase,
            phase_at: self.phase_at,
            reason: self.reason,
            message: self.message,
            instance: self.instance_id,
            instance_name: self.instance_name,
            per_hour: per_gb.map(|price| Money { micros: price.micros * i64::from(billed_gb), ..price }),
            frozen_at: self.frozen_at,
            deletes_at: self.frozen_at.map(|at| at.plus_seconds(frozen_s)),
            made_at: self.made_at,
            deleted_at: self.deleted_at,
            undo_until: self.undo_until,
        }
    }
}
