//! Closing a project, once nothing of it is left to run: nothing is launched in it until it is opened again. What was
//! used in it stays on usage and invoices under its name; its budget ends, and who may launch in it is remembered.

use sea_orm::FromQueryResult;
use types::{Money, ProjectClosingView, ProjectId, ProjectView, Timestamp};

use super::{locked_in, record_in};
use crate::{
    Database, Error, Result, Tx,
    access::{Scope, policy::ManageProjects},
    budgets, instances, ledger, organisations,
};

/// What has to be done before.
#[derive(FromQueryResult)]
struct InTheWay {
    n_instances: i64,
    instances: Vec<String>,
    is_last: bool,
}

/// What closing it takes away.
#[derive(FromQueryResult)]
struct Ends {
    slug: String,
    name: String,
    closed_at: Option<Timestamp>,
    ceiling: Option<i64>,
    n_members: i64,
    n_tokens: i64,
    n_lots: i64,
}

/// What closing the project does, and what has to be done before.
///
/// # Errors
/// `NotFound` for another organisation's project, or when the proof is of another organisation.
pub async fn project_closing_in(
    tx: &Tx,
    scope: &Scope<ManageProjects>,
    project: ProjectId,
) -> Result<ProjectClosingView> {
    tx.admits(scope)?;
    let sql = "SELECT p.slug, p.name, p.closed_at,
                   (SELECT b.ceiling FROM budget b WHERE b.organisation_id = $1 AND b.project_id = $2) AS ceiling,
                   (SELECT count(*) FROM project_member m WHERE m.organisation_id = $1 AND m.project_id = $2) AS n_members,
                   (SELECT count(*) FROM token t WHERE t.organisation_id = $1 AND t.revoked_at IS NULL
                    AND t.expires_at > $3 AND $2 = ANY (t.projects) AND NOT EXISTS (
                        SELECT 1 FROM project o WHERE o.organisation_id = $1 AND o.id = ANY (t.projects) AND o.id <> $2
                        AND o.closed_at IS NULL)) AS n_tokens,
                   (SELECT count(*) FROM lot l WHERE l.organisation_id = $1
                    AND l.used + l.expired + l.voided < l.granted AND (l.expires_at IS NULL OR l.expires_at > $3)
                    AND $2 = ANY (l.scope_projects) AND NOT EXISTS (
                        SELECT 1 FROM project o WHERE o.organisation_id = $1 AND o.id = ANY (l.scope_projects)
                        AND o.id <> $2 AND o.closed_at IS NULL)) AS n_lots
               FROM project p WHERE p.organisation_id = $1 AND p.id = $2";
    let ends: Option<Ends> = tx.one(sql, [tx.organisation().into(), project.into(), tx.now.into()]).await?;
    let ends = ends.ok_or(Error::NotFound)?;
    let way = in_the_way_in(tx, project).await?;
    let currency = organisations::buyer_in(tx).await?.currency;
    Ok(ProjectClosingView {
        project: ProjectView { id: project, slug: ends.slug, name: ends.name, closed_at: ends.closed_at },
        n_instances: way.n_instances,
        instances: way.instances,
        is_last: way.is_last,
        ceiling: ends.ceiling.map(|micros| Money { micros, currency }),
        n_members: ends.n_members,
        n_tokens: ends.n_tokens,
        n_lots: ends.n_lots,
    })
}

async fn in_the_way_in(tx: &Tx, project: ProjectId) -> Result<InTheWay> {
    let sql = "SELECT (SELECT count(*) FROM instance i
                       WHERE i.organisation_id = $1 AND i.project_id = $2 AND i.wish <> 'deleted')
                   + (SELECT count(*) FROM volume v
                      WHERE v.organisation_id = $1 AND v.project_id = $2 AND v.wish = 'kept') AS n_instances,
                   ARRAY(SELECT t.name FROM (
                             SELECT i.name, i.id FROM instance i
                             WHERE i.organisation_id = $1 AND i.project_id = $2 AND i.wish <> 'deleted'
                             UNION ALL
                             SELECT v.name, v.id FROM volume v
                             WHERE v.organisation_id = $1 AND v.project_id = $2 AND v.wish = 'kept') t
                         ORDER BY t.name, t.id LIMIT 10) AS instances,
                   NOT EXISTS (SELECT 1 FROM project o
                               WHERE o.organisation_id = $1 AND o.id <> $2 AND o.closed_at IS NULL) AS is_last";
    tx.one(sql, [tx.organisation().into(), project.into()]).await?.ok_or(Error::NotFound)
}

/// Closes a project: nothing is launched in it any more, and its budget ends. Closing it twice changes nothing.
///
/// # Errors
/// `NotFound` for another organisation's project; `ProjectHolds` while an instance or a volume of it is not deleted; a
/// conflict for the only open one.
pub async fn close_project(
    db: &Database,
    scope: &Scope<ManageProjects>,
    project: ProjectId,
    now: Timestamp,
) -> Result<ProjectView> {
    let tx = db.begin(scope, now).await?;
    // Of two who close the last two at once, the second finds its own the last.
    tx.run("SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE", [tx.organisation().into()]).await?;
    // Before the purse: who takes a deletion back, or sets a budget, holds the project and then moves the timers.
    let before = ProjectView::from(locked_in(&tx, project).await?);
    if before.closed_at.is_some() {
        return Ok(before);
    }
    // Whatever starts holds the purse: it is either seen here, or sees that the project is closed.
    ledger::lock_in(&tx).await?;
    in_the_way_in(&tx, project).await?.check()?;
    let after = ProjectView { closed_at: Some(now), ..before.clone() };
    set_in(&tx, &after).await?;
    record_in(&tx, "project.closed", (project, Some(&before), Some(&after))).await?;
    budgets::end_of_project_in(&tx, project).await?;
    instances::move_timers_in(&tx).await?;
    tx.commit().await?;
    Ok(after)
}

/// Opens a closed project again, as it was but for its budget; one that is open stays so.
///
/// # Errors
/// `NotFound` for another organisation's project.
pub async fn open_project(
    db: &Database,
    scope: &Scope<ManageProjects>,
    project: ProjectId,
    now: Timestamp,
) -> Result<ProjectView> {
    let tx = db.begin(scope, now).await?;
    let before = ProjectView::from(locked_in(&tx, project).await?);
    if before.closed_at.is_none() {
        return Ok(before);
    }
    let after = ProjectView { closed_at: None, ..before.clone() };
    set_in(&tx, &after).await?;
    record_in(&tx, "project.opened", (project, Some(&before), Some(&after))).await?;
    tx.commit().await?;
    Ok(after)
}

async fn set_in(tx: &Tx, to: &ProjectView) -> Result<()> {
    let sql = "UPDATE project SET closed_at = $3 WHERE organisation_id = $1 AND id = $2";
    tx.run(sql, [tx.organisation().into(), to.id.into(), to.closed_at.into()]).await.map(drop)
}

impl InTheWay {
    fn check(self) -> Result<()> {
        if self.n_instances > 0 {
            return Err(Error::ProjectHolds { n: self.n_instances, names: self.instances });
        }
        if self.is_last { Err(Error::Conflict("project-last")) } else { Ok(()) }
    }
}
