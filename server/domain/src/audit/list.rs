//! Reading the audit: an organisation's own, the installation's for the auditor, and a person's for themselves.

use sea_orm::{FromQueryResult, Value as SqlValue};
use serde_json::{Map, Value};
use types::{AuditFilter, AuditView, Cursor, FieldChange, List, OrganisationId, Timestamp, UserId};
use uuid::Uuid;

use crate::{
    Database, Open, Result, Tx,
    access::{
        Actor, Scope, Survey,
        policy::{ReadAudit, ReadInstallationAudit},
    },
    cursor::{Place, paged},
};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    at: Timestamp,
    organisation_id: Option<OrganisationId>,
    organisation_name: Option<String>,
    principal: String,
    name: Option<String>,
    staff_role: Option<String>,
    verb: String,
    subject: String,
    before: Option<Value>,
    after: Option<Value>,
    address: Option<String>,
    request_id: Option<String>,
    seal: Option<i64>,
}

/// The organisation's changes, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_in(
    tx: &Tx,
    scope: &Scope<ReadAudit>,
    filter: &AuditFilter,
    page: &Cursor,
) -> Result<List<AuditView>> {
    tx.admits(scope)?;
    // The chain is the installation's: a tenant does not see where a row stands in it.
    list(tx, UNSEEN, "a.organisation_id = $1", Some(tx.organisation.uuid()), filter, page).await
}

/// All changes of the installation and of every organisation, the latest first.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_installation(
    open: &Open,
    _: &Survey<ReadInstallationAudit>,
    filter: &AuditFilter,
    page: &Cursor,
) -> Result<List<AuditView>> {
    let seal = "(SELECT s.seq FROM seal s WHERE s.table_name = 'audit' AND s.row_id = a.id)";
    let whose = "($1::uuid IS NULL OR a.organisation_id = $1)";
    list(open, seal, whose, filter.organisation.map(OrganisationId::uuid), filter, page).await
}

/// What concerns the actor alone, in no organisation: how they came in, and what became of their account.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_own(db: &Database, actor: &Actor, page: &Cursor, now: Timestamp) -> Result<List<AuditView>> {
    let me = actor.person().id;
    let open = db.myself(me, now).await?;
    let whose = "a.organisation_id IS NULL AND a.user_id = $1";
    list(&open, UNSEEN, whose, Some(me.uuid()), &AuditFilter::default(), page).await
}

/// Where a row stands in the chain, to whom it is not told.
const UNSEEN: &str = "NULL::bigint";

async fn list(
    open: &Open,
    seal: &str,
    whose: &str,
    of: Option<Uuid>,
    filter: &AuditFilter,
    page: &Cursor,
) -> Result<List<AuditView>> {
    let sql = format!(
        "SELECT a.id, a.at, a.organisation_id, o.name AS organisation_name, a.principal, nullif(p.name, '') AS name, a.staff_role, a.verb,
                a.subject, a.before, a.after, a.address, a.request_id, {seal} AS seal
         FROM audit a LEFT JOIN organisation o ON o.id = a.organisation_id LEFT JOIN person p ON p.id = a.user_id
         WHERE {whose}
         AND ($2::timestamptz IS NULL OR (a.at <= $2 AND (a.at < $2 OR a.id < $3)))
         AND ($4::timestamptz IS NULL OR a.at >= $4) AND ($5::timestamptz IS NULL OR a.at < $5)
         AND ($6::text IS NULL OR split_part(a.verb, '.', 1) = $6)
         AND ($7::text IS NULL OR a.subject = $7) AND ($8::uuid IS NULL OR a.user_id = $8)
         AND ($9::text IS NULL OR strpos(lower(concat_ws(' ', p.name, p.email, a.principal)), lower($9)) > 0)
         ORDER BY a.at DESC, a.id DESC LIMIT $10"
    );
    let rows: Vec<Row> = open.all(&sql, values(of, Place::of(page)?, filter, page)).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.at, id: row.id });
    Ok(List { items: rows.into_iter().map(view).collect(), next_cursor })
}

fn values(of: Option<Uuid>, after: Option<Place>, filter: &AuditFilter, page: &Cursor) -> [SqlValue; 10] {
    [
        of.into(),
        after.map(|place| place.at).into(),
        after.map(|place| place.id).into(),
        filter.from.into(),
        filter.to.into(),
        filter.area.clone().into(),
        filter.subject.clone().into(),
        filter.user.map(UserId::uuid).into(),
        filter.who.clone().into(),
        (i64::from(page.size()) + 1).into(),
    ]
}

fn view(row: Row) -> AuditView {
    AuditView {
        id: row.id.simple().to_string(),
        at: row.at,
        organisation: row.organisation_id,
        organisation_name: row.organisation_name,
        principal: row.principal,
        name: row.name,
        staff_role: row.staff_role,
        verb: row.verb,
        subject: row.subject,
        changes: changes(row.before, row.after),
        address: row.address,
        request: row.request_id,
        seal: row.seal,
    }
}

/// The fields that differ, by name; a thing that is no object counts as one field without a name.
fn changes(before: Option<Value>, after: Option<Value>) -> Vec<FieldChange> {
    let (before, after) = (fields(before), fields(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let told = |fields: &Map<String, Value>, name: &String| fields.get(name).and_then(said);
    let differing = names.into_iter().filter(|name| told(&before, name) != told(&after, name));
    differing
        .map(|name| FieldChange { field: name.clone(), before: told(&before, name), after: told(&after, name) })
        .collect()
}

fn fields(thing: Option<Value>) -> Map<String, Value> {
    match thing {
        Some(Value::Object(fields)) => fields,
        None | Some(Value::Null) => Map::new(),
        Some(other) => Map::from_iter([(String::new(), other)]),
    }
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_fields_that_differ_are_told() {
        let (before, after) = (json!({ "a": 1, "b": "x", "c": null }), json!({ "a": 2, "b": "x", "d": [1] }));
        let told = |change: FieldChange| (change.field, change.before, change.after);
        let changes: Vec<_> = changes(Some(before), Some(after)).into_iter().map(told).collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(changes, [("a".to_owned(), text("1"), text("2")), ("d".to_owned(), None, text("[1]"))]);
    }
}
