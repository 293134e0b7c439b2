//! The running periods of all organisations: which can be closed, and what the others wait for.

use sea_orm::FromQueryResult;
use types::{CloseBlocker, Cursor, List, OrganisationId, PeriodId, RunningPeriodView, Timestamp};

use super::{
    blockers::{Closing, blockers_in},
    calendar::period_end,
    entity::{UNSETTLED_FROM, seller_zone_in},
    rules,
};
use crate::{
    Error, Open, Result,
    access::{Survey, policy::ReadInvoices},
    cursor::{Place, paged},
};

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    name: String,
    slug: String,
    period_id: PeriodId,
    started_at: Timestamp,
    settled_through: Timestamp,
    unsettled_from: Option<Timestamp>,
}

/// Every organisation's running period, the one that began first at the top.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_running_periods(
    open: &Open,
    _: &Survey<ReadInvoices>,
    page: &Cursor,
) -> Result<List<RunningPeriodView>> {
    let place = |row: &Row| Place { at: row.started_at, id: row.period_id.uuid() };
    let (rows, next_cursor) = paged(rows(open, None, Place::of(page)?, page).await?, page, place);
    Ok(List { items: views(open, rows).await?, next_cursor })
}

/// One organisation's running period.
///
/// # Errors
/// `NotFound` for an organisation without one.
pub async fn running_period(
    open: &Open,
    _: &Survey<ReadInvoices>,
    organisation: OrganisationId,
) -> Result<RunningPeriodView> {
    let rows = rows(open, Some(organisation), None, &Cursor::default()).await?;
    views(open, rows).await?.pop().ok_or(Error::NotFound)
}

async fn views(open: &Open, rows: Vec<Row>) -> Result<Vec<RunningPeriodView>> {
    let zone = seller_zone_in(open).await?;
    let closing = |row: &Row| {
        let ended_at = period_end(row.started_at, &zone)?;
        Ok(Closing { organisation_id: row.organisation_id.uuid(), started_at: row.started_at, ended_at })
    };
    let closing: Vec<Closing> = rows.iter().map(closing).collect::<Result<_>>()?;
    let mut blockers = blockers_in(open, &closing).await?;
    let items = rows.into_iter().zip(closing).map(|(row, closing)| {
        let own = blockers.extract_if(.., |(organisation, _)| *organisation == row.organisation_id);
        let own = own.map(|(_, blocker)| blocker).collect();
        view(row, closing.ended_at, own, open.now)
    });
    Ok(items.collect())
}

async fn rows(
    open: &Open,
    organisation: Option<OrganisationId>,
    after: Option<Place>,
    page: &Cursor,
) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT p.organisation_id, o.name, o.slug, p.id AS period_id, p.started_at, t.settled_through,
                {UNSETTLED_FROM} AS unsettled_from
         FROM billing_period p JOIN organisation o ON o.id = p.organisation_id
         JOIN settlement_timer t ON t.organisation_id = p.organisation_id
         WHERE p.ended_at IS NULL AND ($1::timestamptz IS NULL OR (p.started_at, p.id) > ($1, $2))
         AND ($4::uuid IS NULL OR p.organisation_id = $4)
         ORDER BY p.started_at, p.id LIMIT $3"
    );
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let whose = organisation.map(OrganisationId::uuid);
    open.all(&sql, [at.into(), id.into(), (i64::from(page.size()) + 1).into(), whose.into()]).await
}

fn view(row: Row, ends_at: Timestamp, blockers: Vec<CloseBlocker>, now: Timestamp) -> RunningPeriodView {
    let is_settled = row.unsettled_from.is_none_or(|from| from >= ends_at);
    let state = rules::state(ends_at, is_settled, blockers.len(), now);
    // Before the end nothing stands in the way but the time itself.
    let blockers = if now < ends_at { Vec::new() } else { blockers };
    RunningPeriodView {
        organisation: row.organisation_id,
        organisation_name: row.name,
        slug: row.slug,
        period: row.period_id,
        started_at: row.started_at,
        ends_at,
        state,
        settled_through: row.settled_through,
        blockers,
    }
}
