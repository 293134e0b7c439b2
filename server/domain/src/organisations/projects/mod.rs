//! Projects: shares of an organisation, what each is called, and who may launch in it. Closing one stands beside.

mod closing;

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{List, MakeProject, ProjectId, ProjectView, RenameProject, Role, SetProjectMembers, Timestamp, UserId};

pub use self::closing::{close_project, open_project, project_closing_in};
use super::found::slug;
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{
        Permission, Principal, Scope,
        policy::{LaunchInstances, ManageProjects, ReadMembers, ReadOrganisation},
    },
    audit,
    commands::{Command, once},
};

/// As many may an organisation have, those that are closed among them.
const MOST_PROJECTS: i64 = 200;

#[derive(FromQueryResult)]
struct Counted {
    n: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: ProjectId,
    slug: String,
    name: String,
    closed_at: Option<Timestamp>,
}

impl From<Row> for ProjectView {
    fn from(row: Row) -> Self {
        Self { id: row.id, slug: row.slug, name: row.name, closed_at: row.closed_at }
    }
}

/// The organisation's projects by name, those that are open before those that are closed.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_projects_in(tx: &Tx, scope: &Scope<ReadOrganisation>) -> Result<List<ProjectView>> {
    tx.admits(scope)?;
    let sql = "SELECT id, slug, name, closed_at FROM project WHERE organisation_id = $1
               ORDER BY closed_at IS NOT NULL, name, id LIMIT 1000";
    let rows: Vec<Row> = tx.all(sql, [tx.organisation().into()]).await?;
    Ok(List { items: rows.into_iter().map(ProjectView::from).collect(), next_cursor: None })
}

/// Makes a project; its word in addresses is made of its name.
///
/// # Errors
/// `Invalid` for a name that is empty or longer than 60 characters; a conflict where its word is taken, and for more than
/// 200 projects.
pub async fn make_project(
    db: &Database,
    scope: &Scope<ManageProjects>,
    ask: MakeProject,
    command: Command,
    now: Timestamp,
) -> Result<ProjectView> {
    let name = checked(&ask.name)?;
    let tx = db.begin(scope, now).await?;
    once(tx, command, async |tx: &Tx| {
        let sql = "SELECT count(*) AS n FROM project WHERE organisation_id = $1";
        let all: Option<Counted> = tx.one(sql, [tx.organisation().into()]).await?;
        if all.is_some_and(|all| all.n >= MOST_PROJECTS) {
            return Err(Error::Conflict("projects-many"));
        }
        let word = match slug(&name, "") {
            word if word.is_empty() => free_word_in(tx).await?,
            word => word,
        };
        let view = ProjectView { id: ProjectId::new(tx.now), slug: word, name: name.clone(), closed_at: None };
        let sql = "INSERT INTO project (organisation_id, id, slug, name, created_at) VALUES ($1, $2, $3, $4, $5)";
        let values =
            [tx.organisation().into(), view.id.into(), view.slug.clone().into(), name.clone().into(), tx.now.into()];
        tx.run(sql, values).await?;
        record_in(tx, "project.made", (view.id, None::<()>, Some(&view))).await?;
        Ok(view)
    })
    .await
}

/// Gives a project another name, open or closed, and the word in addresses that goes with it; its id leads to it as
/// before. The same name again changes nothing.
///
/// # Errors
/// As for a new one; `NotFound` for another organisation's project.
pub async fn rename_project(
    db: &Database,
    scope: &Scope<ManageProjects>,
    project: ProjectId,
    ask: RenameProject,
    now: Timestamp,
) -> Result<ProjectView> {
    let name = checked(&ask.name)?;
    let tx = db.begin(scope, now).await?;
    let before = ProjectView::from(locked_in(&tx, project).await?);
    if before.name == name {
        return Ok(before);
    }
    let slug = match slug(&name, "") {
        word if word == slug(&before.name, "") => before.slug.clone(),
        word if word.is_empty() => free_word_in(&tx).await?,
        word => word,
    };
    let after = ProjectView { slug, name, ..before.clone() };
    let sql = "UPDATE project SET slug = $3, name = $4 WHERE organisation_id = $1 AND id = $2";
    let values = [tx.organisation().into(), project.into(), after.slug.clone().into(), after.name.clone().into()];
    tx.run(sql, values).await?;
    record_in(&tx, "project.renamed", (project, Some(&before), Some(&after))).await?;
    tx.commit().await?;
    Ok(after)
}

/// The name without the space around it.
fn checked(name: &str) -> Result<String> {
    let name = name.trim();
    if !(1..=60).contains(&name.chars().count()) {
        return Err(Error::Invalid { field: "name", rule: Rule::Length { min: 1, max: 60 } });
    }
    Ok(name.to_owned())
}

/// The project, locked until the transaction ends.
async fn locked_in(tx: &Tx, project: ProjectId) -> Result<Row> {
    let sql = "SELECT id, slug, name, closed_at FROM project WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE";
    tx.one(sql, [tx.organisation().into(), project.into()]).await?.ok_or(Error::NotFound)
}

async fn record_in(
    tx: &Tx,
    verb: &'static str,
    (project, before, after): (ProjectId, Option<impl Serialize>, Option<impl Serialize>),
) -> Result<()> {
    audit::record_in(tx, audit::Change { verb, subject: project.to_string(), before, after }).await
}

#[derive(FromQueryResult)]
struct Word {
    word: String,
}

/// A word for a project whose name, in another script, gives none.
async fn free_word_in(tx: &Tx) -> Result<String> {
    let sql = "SELECT w.word FROM (SELECT n, CASE n WHEN 1 THEN 'project' ELSE 'project-' || n END AS word
                   FROM generate_series(1, $2) n) w
               WHERE NOT EXISTS (SELECT 1 FROM project p WHERE p.organisation_id = $1 AND p.slug = w.word)
               ORDER BY w.n LIMIT 1";
    // So many at most are taken, and one more is free.
    let free: Option<Word> = tx.one(sql, [tx.organisation().into(), (MOST_PROJECTS + 1).into()]).await?;
    free.map(|free| free.word).ok_or(Error::Conflict("projects-many"))
}

#[derive(FromQueryResult)]
struct MemberRow {
    user_id: UserId,
}

/// Who may launch in a project; nobody means every member who may launch at all.
///
/// # Errors
/// `NotFound` when the proof or the project is of another organisation.
pub async fn list_project_members_in(tx: &Tx, scope: &Scope<ReadMembers>, project: ProjectId) -> Result<Vec<UserId>> {
    tx.admits(scope)?;
    check_known_in(tx, project).await?;
    members_in(tx, project).await
}

async fn check_known_in(tx: &Tx, project: ProjectId) -> Result<()> {
    let sql = "SELECT 1::bigint AS n FROM project WHERE organisation_id = $1 AND id = $2";
    let known: Option<Counted> = tx.one(sql, [tx.organisation().into(), project.into()]).await?;
    known.map(drop).ok_or(Error::NotFound)
}

async fn members_in(tx: &Tx, project: ProjectId) -> Result<Vec<UserId>> {
    let sql = "SELECT user_id FROM project_member WHERE organisation_id = $1 AND project_id = $2 ORDER BY user_id";
    let rows: Vec<MemberRow> = tx.all(sql, [tx.organisation().into(), project.into()]).await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// Says who may launch in a project from now on; what runs goes on.
///
/// # Errors
/// `NotFound` for another organisation's project; `Invalid` for who is no member; a conflict for a project that is
/// closed.
pub async fn set_project_members(
    db: &Database,
    scope: &Scope<ManageProjects>,
    ask: SetProjectMembers,
    now: Timestamp,
) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    // Of two who say it at once, the second one's word stands whole.
    let lock = "SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE";
    tx.run(lock, [tx.organisation().into()]).await?;
    check_known_in(&tx, ask.project).await?;
    check_open_in(&tx, ask.project).await?;
    let before = members_in(&tx, ask.project).await?;
    let members: Vec<_> = ask.members.iter().map(|member| member.uuid()).collect();
    let sql = "SELECT count(*) AS n FROM unnest($2::uuid[]) AS asked(id)
               WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.organisation_id = $1 AND m.user_id = asked.id)";
    let strange: Option<Counted> = tx.one(sql, [tx.organisation().into(), members.clone().into()]).await?;
    if strange.is_some_and(|row| row.n > 0) {
        return Err(Error::Invalid { field: "members", rule: Rule::Known });
    }
    let sql = "DELETE FROM project_member WHERE organisation_id = $1 AND project_id = $2";
    tx.run(sql, [tx.organisation().into(), ask.project.into()]).await?;
    let sql = "INSERT INTO project_member (organisation_id, project_id, user_id, added_at)
               SELECT $1, $2, unnest($3::uuid[]), $4 ON CONFLICT DO NOTHING";
    tx.run(sql, [tx.organisation().into(), ask.project.into(), members.into(), tx.now.into()]).await?;
    let before = serde_json::json!({ "members": before });
    let after = serde_json::json!({ "members": ask.members });
    record_in(&tx, "project.members_set", (ask.project, Some(before), Some(after))).await?;
    tx.commit().await
}

/// Refuses what a project that is closed is given no more. Whoever begins something in it asks once the purse is
/// locked, which who closes it locks too.
pub(crate) async fn check_open_in(tx: &Tx, project: ProjectId) -> Result<()> {
    check_in(tx, project, "").await
}

/// The same, and it stays open until the transaction ends.
pub(crate) async fn hold_open_in(tx: &Tx, project: ProjectId) -> Result<()> {
    check_in(tx, project, "FOR SHARE").await
}

async fn check_in(tx: &Tx, project: ProjectId, lock: &str) -> Result<()> {
    let sql = format!("SELECT id, slug, name, closed_at FROM project WHERE organisation_id = $1 AND id = $2 {lock}");
    let row: Option<Row> = tx.one(&sql, [tx.organisation().into(), project.into()]).await?;
    row.map_or(Ok(()), |row| check_open(row.closed_at))
}

fn check_open(closed_at: Option<Timestamp>) -> Result<()> {
    if closed_at.is_none() { Ok(()) } else { Err(Error::Conflict("project-ended")) }
}

/// The open projects in which whoever asks may launch, by name.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_open_projects_in(tx: &Tx, scope: &Scope<LaunchInstances>) -> Result<List<ProjectView>> {
    tx.admits(scope)?;
    Ok(List { items: open_in(tx).await?, next_cursor: None })
}

/// The first of them by name; refused where there is none.
pub(crate) async fn first_open_project_in(tx: &Tx) -> Result<ProjectId> {
    open_in(tx).await?.first().map(|project| project.id).ok_or(Error::BeyondProject)
}

/// Refuses to launch in a project that is not there, is closed or is for others. Who manages projects may launch in
/// each, and a service account in those that its token names.
pub(crate) async fn check_member_in(tx: &Tx, project: ProjectId) -> Result<()> {
    if matches!(tx.principal, Principal::Worker(_)) {
        return Ok(());
    }
    let rows = standings_in(tx, Some(project)).await?;
    let standing = rows.first().ok_or(Error::Invalid { field: "project", rule: Rule::Known })?;
    check_open(standing.closed_at)?;
    if standing.is_open_to(&tx.principal) { Ok(()) } else { Err(Error::BeyondProject) }
}

/// A project, and how the principal stands to it.
#[derive(FromQueryResult)]
struct Standing {
    id: ProjectId,
    slug: String,
    name: String,
    closed_at: Option<Timestamp>,
    is_in: bool,
    role: Option<Role>,
}

impl Standing {
    fn is_open_to(&self, principal: &Principal) -> bool {
        let manages = |role| ManageProjects::missing(Some(role), &[]).is_none();
        let is_named = principal.user().is_none() && principal.projects().is_some_and(|of| of.contains(&self.id));
        self.is_in || is_named || self.role.is_some_and(manages)
    }
}

async fn open_in(tx: &Tx) -> Result<Vec<ProjectView>> {
    let is_open =
        |row: &Standing| row.closed_at.is_none() && tx.principal.sees(row.id) && row.is_open_to(&tx.principal);
    let view = |row: Standing| ProjectView { id: row.id, slug: row.slug, name: row.name, closed_at: None };
    Ok(standings_in(tx, None).await?.into_iter().filter(is_open).map(view).collect())
}

/// All projects by name, or the one that is named.
async fn standings_in(tx: &Tx, one: Option<ProjectId>) -> Result<Vec<Standing>> {
    let sql = "SELECT p.id, p.slug, p.name, p.closed_at,
                   (SELECT role FROM member WHERE organisation_id = $1 AND user_id = $3) AS role,
                   NOT EXISTS (SELECT 1 FROM project_member m WHERE m.organisation_id = $1 AND m.project_id = p.id)
                   OR EXISTS (SELECT 1 FROM project_member m
                              WHERE m.organisation_id = $1 AND m.project_id = p.id AND m.user_id = $3) AS is_in
               FROM project p WHERE p.organisation_id = $1 AND ($2::uuid IS NULL OR p.id = $2)
               ORDER BY p.name, p.id LIMIT 1000";
    let (one, user) = (one.map(ProjectId::uuid), tx.principal.user().map(UserId::uuid));
    tx.all(sql, [tx.organisation().into(), one.into(), user.into()]).await
}
