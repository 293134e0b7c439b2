//! `/staff/prices` and `/staff/tax-rules`: versions in time.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{access::policy::SetPrices, prices};
use session::{Key, Now, Path, Portal, Refused, Staff};
use types::{List, PriceHistory, PriceId, PriceView, SetPrice, SetTaxRule, TaxRuleView};

use super::{Answered, rehearsal::Writes};

/// Every flavour's prices, past, present and to come.
#[utoipa::path(get, path = "/api/v1/staff/prices", tag = "prices", responses((status = 200, body = List<PriceHistory>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<SetPrices>,
) -> Answered<List<PriceHistory>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(prices::list_prices(&open, &survey).await?))
}

/// Sets a price from an instant on.
#[utoipa::path(post, path = "/api/v1/staff/prices", tag = "prices", request_body = SetPrice,
    responses((status = 201, body = PriceView)))]
pub(super) async fn set(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SetPrices>,
    key: Key,
    session::Json(ask): session::Json<SetPrice>,
) -> Result<Response, Refused> {
    let command = key.command("set_price", &ask)?;
    let price = prices::set_price(&db, &survey, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(price)).into_response())
}

/// Withdraws a price that has not begun.
#[utoipa::path(delete, path = "/api/v1/staff/prices/{price}", tag = "prices",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes repeating the request safe")),
    responses((status = 204, description = "Withdrawn")))]
pub(super) async fn withdraw(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SetPrices>,
    Path(price): Path<PriceId>,
    key: Key,
) -> Result<StatusCode, Refused> {
    let command = key.command("withdraw_price", &price)?;
    prices::withdraw_price(&db, &survey, price, command, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All tax rules.
#[utoipa::path(get, path = "/api/v1/staff/tax-rules", tag = "prices",
    responses((status = 200, body = List<TaxRuleView>)))]
pub(super) async fn list_taxes(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<SetPrices>,
) -> Answered<List<TaxRuleView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(prices::list_tax_rules(&open, &survey).await?))
}

/// Sets the tax of a country's buyers from an instant on.
#[utoipa::path(post, path = "/api/v1/staff/tax-rules", tag = "prices", request_body = SetTaxRule,
    responses((status = 201, body = TaxRuleView)))]
pub(super) async fn set_tax(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SetPrices>,
    key: Key,
    session::Json(ask): session::Json<SetTaxRule>,
) -> Result<Response, Refused> {
    let command = key.command("set_tax_rule", &ask)?;
    let rule = prices::set_tax_rule(&db, &survey, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(rule)).into_response())
}
