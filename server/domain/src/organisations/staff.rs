//! All organisations, as the hub's staff look for one, and one of them.

use sea_orm::FromQueryResult;
use types::{Currency, Cursor, List, OrganisationId, OrganisationStanding, OrganisationView, Timestamp};

use super::STANDING;
use crate::{
    Error, Open, Result, Tx,
    access::{Scope, Survey, policy::ReadOrganisation},
    cursor::{Place, paged},
};

#[derive(FromQueryResult)]
struct Row {
    id: OrganisationId,
    slug: String,
    name: String,
    country: String,
    currency: Currency,
    is_suspended: bool,
    standing: OrganisationStanding,
    n_members: i64,
    n_running: i64,
    created_at: Timestamp,
}

fn query() -> String {
    format!(
        "SELECT o.id, o.slug, o.name, o.country, o.currency, o.state = 'suspended' AS is_suspended,
             {STANDING} AS standing, o.created_at,
             (SELECT count(*) FROM member m WHERE m.organisation_id = o.id) AS n_members,
             (SELECT count(*) FROM instance i WHERE i.organisation_id = o.id AND i.wish = 'running') AS n_running
         FROM organisation o"
    )
}

/// One organisation, as it stands in the list of all.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn organisation_in(tx: &Tx, scope: &Scope<ReadOrganisation>) -> Result<OrganisationView> {
    tx.admits(scope)?;
    let row: Option<Row> = tx.one(&format!("{} WHERE o.id = $1", query()), [tx.organisation().into()]).await?;
    row.map(Row::view).ok_or(Error::NotFound)
}

/// Every tenant, the latest first; with `search` those whose name or slug holds that text.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_organisations(
    open: &Open,
    _: &Survey<ReadOrganisation>,
    search: Option<&str>,
    page: &Cursor,
) -> Result<List<OrganisationView>> {
    let after = Place::of(page)?;
    let sql = format!(
        "{} WHERE o.kind = 'tenant' AND ($1::timestamptz IS NULL OR (o.created_at, o.id) < ($1, $2))
         AND ($3::text IS NULL OR strpos(lower(o.name || ' ' || o.slug), lower($3)) > 0)
         ORDER BY o.created_at DESC, o.id DESC LIMIT $4",
        query()
    );
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let search = search.map(str::trim).filter(|text| !text.is_empty());
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = open.all(&sql, [at.into(), id.into(), search.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.created_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(Row::view).collect(), next_cursor })
}

impl Row {
    fn view(self) -> OrganisationView {
        OrganisationView {
            id: self.id,
            slug: self.slug,
            name: self.name,
            country: self.country,
            currency: self.currency,
            is_suspended: self.is_suspended,
            standing: self.standing,
            n_members: self.n_members,
            n_running: self.n_running,
            created_at: self.created_at,
        }
    }
}
