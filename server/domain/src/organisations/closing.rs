//! Closing an organisation: announced by an owner, taken back within a day, then ended. Nothing begins in it from the
//! first moment. Who belonged to it goes; its ledger, its invoices and its audit stay, as law and the chain of seals want,
//! and so does its word in addresses, which nobody else gets.

use sea_orm::FromQueryResult;
use types::{ClosingView, LetterKind, OrganisationId, Timestamp};

use super::owners::tell_owners_in;
use crate::{
    Database, Error, Open, Result, Tx,
    access::{CLOSING_HOURS, Job, Recent, Scope, policy::CloseOrganisation},
    audit, grants, instances, ledger, volumes,
};

/// What the audit and the books say of lots that end with their organisation.
const WHY: &str = "organisation.ended";

#[derive(FromQueryResult)]
struct Row {
    closes_at: Option<Timestamp>,
    n_running: i64,
    n_instances: i64,
    n_volumes: i64,
    volumes_gb: i64,
    n_members: i64,
    n_invitations: i64,
    n_tokens: i64,
    n_projects: i64,
    n_invoices: i64,
    domain: Option<String>,
}

#[derive(FromQueryResult)]
struct Standing {
    closes_at: Option<Timestamp>,
    n_running: i64,
}

#[derive(FromQueryResult)]
struct Place {
    id: OrganisationId,
}

/// What closing the organisation takes away; what becomes of its money, its wallet says.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn closing_in(tx: &Tx, scope: &Scope<CloseOrganisation>) -> Result<ClosingView> {
    tx.admits(scope)?;
    let sql = "SELECT o.closes_at,
                   (SELECT count(*) FROM instance i WHERE i.organisation_id = o.id AND i.wish = 'running') AS n_running,
                   (SELECT count(*) FROM instance i WHERE i.organisation_id = o.id AND i.wish <> 'deleted') AS n_instances,
                   (SELECT count(*) FROM volume v WHERE v.organisation_id = o.id AND v.wish = 'kept') AS n_volumes,
                   (SELECT coalesce(sum(v.size_gb), 0)::bigint FROM volume v
                    WHERE v.organisation_id = o.id AND v.wish = 'kept') AS volumes_gb,
                   (SELECT count(*) FROM member m WHERE m.organisation_id = o.id) AS n_members,
                   (SELECT count(*) FROM invitation v WHERE v.organisation_id = o.id AND v.revoked_at IS NULL
                    AND v.accepted_at IS NULL AND v.expires_at > $2) AS n_invitations,
                   (SELECT count(*) FROM token t WHERE t.organisation_id = o.id AND t.revoked_at IS NULL
                    AND t.expires_at > $2) AS n_tokens,
                   (SELECT count(*) FROM project p WHERE p.organisation_id = o.id AND p.closed_at IS NULL) AS n_projects,
                   (SELECT count(*) FROM invoice n WHERE n.organisation_id = o.id AND n.status = 'finalised') AS n_invoices,
                   (SELECT d.name FROM domain_claim d WHERE d.organisation_id = o.id AND d.ended_at IS NULL
                    AND d.confirmed_at IS NOT NULL) AS domain
               FROM organisation o WHERE o.id = $1";
    let row: Option<Row> = tx.one(sql, [tx.organisation().into(), tx.now.into()]).await?;
    row.map(ClosingView::from).ok_or(Error::NotFound)
}

/// Announces that the organisation ends in a day, and writes to its owners how to keep it. From now on nothing starts in
/// it, and none of its tokens opens anything again. Closing twice moves nothing.
///
/// # Errors
/// A conflict while an instance runs.
pub async fn close_organisation(
    db: &Database,
    scope: &Scope<CloseOrganisation>,
    _: Recent,
    now: Timestamp,
) -> Result<()> {
    let (tx, until) = (db.begin(scope, now).await?, now.plus_seconds(CLOSING_HOURS * 3600));
    tx.run("SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE", [tx.organisation().into()]).await?;
    // Whatever starts holds the purse: it is either seen here, or sees that the organisation is closed.
    ledger::lock_in(&tx).await?;
    let sql = "SELECT o.closes_at,
                   (SELECT count(*) FROM instance i WHERE i.organisation_id = o.id AND i.wish = 'running') AS n_running
               FROM organisation o WHERE o.id = $1 AND o.closed_at IS NULL";
    let standing: Option<Standing> = tx.one(sql, [tx.organisation().into()]).await?;
    let standing = standing.ok_or(Error::NotFound)?;
    if standing.closes_at.is_some() {
        return Ok(());
    }
    if standing.n_running > 0 {
        return Err(Error::Conflict("organisation-runs"));
    }
    let sql = "UPDATE organisation SET closes_at = $2 WHERE id = $1";
    tx.run(sql, [tx.organisation().into(), until.into()]).await?;
    let sql = "UPDATE token SET revoked_at = $2 WHERE organisation_id = $1 AND revoked_at IS NULL AND expires_at > $2";
    let n_tokens = tx.run(sql, [tx.organisation().into(), now.into()]).await?;
    let after = serde_json::json!({ "ends_at": until, "tokens_revoked": n_tokens });
    record_in(&tx, "organisation.closed", Some(after)).await?;
    tell_owners_in(&tx, LetterKind::OrganisationClosed, facts("closed", until)).await?;
    tx.commit().await
}

/// Keeps the organisation after all; one that is not closed is kept anyway. Its tokens stay revoked.
///
/// # Errors
/// Only the database's own.
pub async fn keep_organisation(db: &Database, scope: &Scope<CloseOrganisation>, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let sql = "UPDATE organisation SET closes_at = NULL WHERE id = $1 AND closes_at IS NOT NULL";
    if tx.run(sql, [tx.organisation().into()]).await? == 0 {
        return Ok(());
    }
    record_in(&tx, "organisation.kept", None).await?;
    tell_owners_in(&tx, LetterKind::OrganisationClosed, facts("kept", now)).await?;
    tx.commit().await
}

/// The organisations whose day is over, those first that wait longest; at most 100.
///
/// # Errors
/// Only the database's own.
pub async fn due_to_end(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT id FROM organisation WHERE closes_at <= $1 ORDER BY closes_at, id LIMIT 100";
    let due: Vec<Place> = open.all(sql, [now.into()]).await?;
    Ok(due.into_iter().map(|place| place.id).collect())
}

/// Ends an organisation whose day is over: what is left of its instances is deleted, what is left of its grants goes back
/// to who gave them, and nobody belongs to it any more. Whether it ended: who kept it at the same moment keeps it.
///
/// # Errors
/// Only the database's own.
pub async fn end_organisation(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<bool> {
    let tx = db.work_in(job, organisation, now).await?;
    // Told first: afterwards nobody is its owner.
    tell_owners_in(&tx, LetterKind::OrganisationClosed, facts("ended", now)).await?;
    let sql = "SELECT id FROM end_organisation($1, $2) AS id";
    if tx.one::<Place, 2>(sql, [organisation.into(), now.into()]).await?.is_none() {
        return Ok(false);
    }
    instances::delete_all_in(&tx).await?;
    volumes::delete_all_in(&tx).await?;
    grants::undo_all_in(&tx, WHY).await?;
    instances::move_timers_in(&tx).await?;
    record_in(&tx, "organisation.ended", None).await?;
    tx.commit().await?;
    Ok(true)
}

fn facts(change: &str, at: Timestamp) -> [(&'static str, String); 2] {
    [("change", change.to_owned()), ("until", at.to_string())]
}

async fn record_in(tx: &Tx, verb: &'static str, after: Option<serde_json::Value>) -> Result<()> {
    let (subject, before) = (tx.organisation().to_string(), None::<()>);
    audit::record_in(tx, audit::Change { verb, subject, before, after }).await
}

impl From<Row> for ClosingView {
    fn from(row: Row) -> Self {
        Self {
            closes_at: row.closes_at,
            n_running: row.n_running,
            n_instances: row.n_instances,
            n_volumes: row.n_volumes,
            volumes_gb: row.volumes_gb,
            n_members: row.n_members,
            n_invitations: row.n_invitations,
            n_tokens: row.n_tokens,
            n_projects: row.n_projects,
            n_invoices: row.n_invoices,
            domain: row.domain,
        }
    }
}
