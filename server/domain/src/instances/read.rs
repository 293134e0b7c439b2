//! Instances as people see them: a list, and one with its attempts, seconds and what its cost is made of.

use sea_orm::FromQueryResult;
use types::{
    Cursor, FlavourId, InstanceDetail, InstanceFilter, InstanceId, InstanceReason, InstanceView, List, Phase,
    ProjectId, Timestamp, Wish,
};

use crate::{
    Error, Result, Rule, Tx,
    access::{Scope, policy::ReadInstances},
    catalogue::template,
    clusters, metering, organisations, prices,
};

#[derive(FromQueryResult)]
struct Row {
    id: InstanceId,
    version: i64,
    name: String,
    project_id: ProjectId,
    project_name: String,
    flavour_id: FlavourId,
    flavour_name: String,
    units: i32,
    template: String,
    cluster: String,
    region: String,
    simulated: bool,
    wish: Wish,
    attempt: i32,
    phase: Phase,
    phase_at: Timestamp,
    deadline_at: Option<Timestamp>,
    reason: Option<InstanceReason>,
    reason_arguments: Option<serde_json::Value>,
    stop_note: Option<String>,
    event_reason: Option<String>,
    event_message: Option<String>,
    event_at: Option<Timestamp>,
    n_restarts: i32,
    launched_at: Timestamp,
    deleted_at: Option<Timestamp>,
    undo_until: Option<Timestamp>,
}

const QUERY: &str = "SELECT i.id, i.version, i.name, i.project_id, p.name AS project_name, i.flavour_id,
        f.name AS flavour_name, i.units, i.template, c.name AS cluster, c.region, c.simulated, i.wish, i.attempt,
        i.phase, i.phase_at, i.deadline_at, i.reason, i.reason_arguments, i.stop_note, i.event_reason, i.event_message,
        i.event_at, i.n_restarts, i.launched_at, i.deleted_at, i.undo_until
    FROM instance i JOIN project p ON p.organisation_id = i.organisation_id AND p.id = i.project_id
    JOIN flavour f ON f.id = i.flavour_id JOIN cluster c ON c.id = i.cluster_id
    WHERE i.organisation_id = $1";

/// The organisation's instances, newest first; a deleted one as long as that can be undone.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that this list did not give.
pub async fn list_instances_in(
    tx: &Tx,
    scope: &Scope<ReadInstances>,
    filter: InstanceFilter,
    page: &Cursor,
) -> Result<List<InstanceView>> {
    tx.admits(scope)?;
    let before = page.cursor.as_deref().map(str::parse::<InstanceId>).transpose();
    let before = before.map_err(|_| Error::Invalid { field: "cursor", rule: Rule::Form })?;
    let sql = format!(
        "{QUERY} AND ($2::uuid IS NULL OR i.id < $2) AND ($3::text IS NULL OR i.phase = $3)
         AND ($4::uuid IS NULL OR i.project_id = $4) AND (i.undo_until IS NULL OR i.undo_until > $5)
         AND ($7::uuid[] IS NULL OR i.project_id = ANY($7))
         ORDER BY i.id DESC LIMIT $6"
    );
    let values = [
        tx.organisation.into(),
        before.map(InstanceId::uuid).into(),
        filter.phase.map(Phase::word).into(),
        filter.project.map(ProjectId::uuid).into(),
        tx.now.into(),
        (i64::from(page.size()) + 1).into(),
        tx.principal.projects().map(|of| of.iter().map(|id| id.uuid()).collect::<Vec<_>>()).into(),
    ];
    let rows: Vec<Row> = tx.all(&sql, values).await?;
    Ok(paged(rows.into_iter().map(InstanceView::from).collect(), page.size().into()))
}

/// How many instances the organisation has that are not deleted.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn count_in(tx: &Tx, scope: &Scope<ReadInstances>) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    tx.admits(scope)?;
    let sql = "SELECT count(*) AS n FROM instance WHERE organisation_id = $1 AND deleted_at IS NULL";
    let row: Option<Count> = tx.one(sql, [tx.organisation.into()]).await?;
    Ok(row.map_or(0, |row| row.n.unsigned_abs()))
}

/// One instance with everything that its page shows.
///
/// # Errors
/// `NotFound` for another organisation's instance as for one that never was.
pub async fn instance_in(tx: &Tx, scope: &Scope<ReadInstances>, id: InstanceId) -> Result<InstanceDetail> {
    #[derive(FromQueryResult)]
    struct Rest {
        image: String,
        environment: serde_json::Value,
        launched_by: String,
    }
    tx.admits(scope)?;
    let instance = view_in(tx, id).await?;
    let sql = "SELECT i.image, i.environment, coalesce(u.name, t.name, '') AS launched_by FROM instance i
               LEFT JOIN person u ON u.id = i.launched_by
               LEFT JOIN token t ON t.organisation_id = i.organisation_id AND t.id = i.token_id
               WHERE i.organisation_id = $1 AND i.id = $2";
    let row: Rest = tx.one(sql, [tx.organisation.into(), id.into()]).await?.ok_or(Error::NotFound)?;
    let currency = organisations::buyer_in(tx).await?.currency;
    let price = prices::price_at_in(tx, instance.flavour, currency, tx.now).await?;
    let micros_per_hour = price.map(|price| price.micros_per_hour * i64::from(instance.units));
    let names = row.environment.as_object().map(|map| map.keys().cloned().collect());
    let ports = template(&instance.template).map(|template| template.ports()).unwrap_or_default();
    Ok(InstanceDetail {
        attempts: metering::attempts_in(tx, id).await?,
        cost: metering::cost_of_in(tx, id, micros_per_hour).await?,
        image: row.image,
        environment: names.unwrap_or_default(),
        ports: ports.into_iter().map(|port| port.port).collect(),
        launched_by: row.launched_by,
        instance,
    })
}

/// One instance as a list shows it.
pub(super) async fn view_in(tx: &Tx, id: InstanceId) -> Result<InstanceView> {
    let row: Option<Row> = tx.one(&format!("{QUERY} AND i.id = $2"), [tx.organisation.into(), id.into()]).await?;
    Ok(row.filter(|row| tx.principal.sees(row.project_id)).ok_or(Error::NotFound)?.into())
}

/// A page of `size` out of one item more, which tells whether there is a next.
fn paged(mut items: Vec<InstanceView>, size: usize) -> List<InstanceView> {
    let has_more = items.len() > size;
    items.truncate(size);
    let next_cursor = items.last().filter(|_| has_more).map(|last| last.id.to_string());
    List { items, next_cursor }
}

impl From<Row> for InstanceView {
    fn from(row: Row) -> Self {
        Self {
            event: clusters::event(row.event_reason, row.event_message, row.event_at),
            reason_arguments: clusters::arguments(row.reason_arguments),
            id: row.id,
            version: row.version,
            name: row.name,
            project: row.project_id,
            project_name: row.project_name,
            flavour: row.flavour_id,
            flavour_name: row.flavour_name,
            units: row.units.unsigned_abs(),
            template: row.template,
            cluster: row.cluster,
            region: row.region,
            simulated: row.simulated,
            wish: row.wish,
            attempt: row.attempt.unsigned_abs(),
            phase: row.phase,
            phase_at: row.phase_at,
            deadline_at: row.deadline_at,
            reason: row.reason,
            note: row.stop_note,
            n_restarts: row.n_restarts.unsigned_abs(),
            launched_at: row.launched_at,
            deleted_at: row.deleted_at,
            undo_until: row.undo_until,
        }
    }
}
