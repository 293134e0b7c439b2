//! `/organisations/{organisation}/wallet` and `/usage`: what there is, what was booked, what this period comes to.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{CloseBilling, ReadBalance, ReadUsage},
    invoices, ledger, metering,
};
use serde::Deserialize;
use session::{Allowed, Key, Now, Portal, Query};
use types::{Cursor, Document, EntryView, List, RecordTransfer, UsageDay, WalletView};

use super::{Answered, rehearsal::Writes};

/// What the organisation has, and how long it lasts.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/wallet", tag = "wallet",
    responses((status = 200, body = WalletView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
) -> Answered<WalletView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(ledger::wallet_in(&tx, &scope).await?))
}

/// What was booked, the latest first, with the running balance.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/wallet/entries", tag = "wallet",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<EntryView>)))]
pub(super) async fn entries(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
    Query(page): Query<Cursor>,
) -> Answered<List<EntryView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(ledger::list_entries_in(&tx, &scope, &page).await?))
}

/// Books a bank transfer that came in.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/wallet/transfers", tag = "wallet",
    request_body = RecordTransfer, responses((status = 200, body = WalletView)))]
pub(super) async fn transfer(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    key: Key,
    session::Json(ask): session::Json<RecordTransfer>,
) -> Answered<WalletView> {
    let command = key.command("record_transfer", &ask)?;
    Ok(Json(ledger::record_transfer(&db, &scope, ask, command, now).await?))
}

/// What has no invoice yet, as each period's invoice would say it if it ended now, the latest period first: the same
/// function makes the invoice.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/usage", tag = "usage",
    responses((status = 200, body = List<Document>)))]
pub(super) async fn usage(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadUsage>,
) -> Answered<List<Document>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::previews_in(&tx, &scope).await?))
}

/// How far back the days go.
#[derive(Debug, Deserialize)]
pub(super) struct Back {
    days: Option<u16>,
}

/// Unit-seconds of each of the last days, billed or not, the earliest first, on the hub's calendar.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/usage/days", tag = "usage",
    params(("days" = Option<u16>, Query, description = "1 to 92; 30 where nothing is said")),
    responses((status = 200, body = List<UsageDay>)))]
pub(super) async fn days(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadUsage>,
    Query(back): Query<Back>,
) -> Answered<List<UsageDay>> {
    let tx = portal.db.look(&scope, now).await?;
    let items = metering::usage_by_day_in(&tx, &scope, back.days.unwrap_or(30)).await?;
    Ok(Json(List { items, next_cursor: None }))
}
