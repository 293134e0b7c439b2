//! `/organisations/{organisation}/wallet/top-ups`: topping up by card. What is asked for is paid on the provider's page; what
//! does not agree with the provider stands at `/staff/payment-findings`.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{
        Seat,
        policy::{CloseBilling, ReadBalance, ReadInvoices, TopUpWallet},
    },
    payments,
};
use session::{Allowed, Cards, Key, Now, Path, Portal, Refused, Staff};
use types::{FindingId, List, PaymentFindingView, PaymentId, PaymentView, SettleFinding, TopUpByCard};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The top-ups by card that are not over, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/wallet/top-ups", tag = "wallet",
    responses((status = 200, body = List<PaymentView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, seat): Allowed<ReadBalance>,
) -> Answered<List<PaymentView>> {
    let tx = portal.db.look(&scope, now).await?;
    let waiting = payments::waiting_payments_in(&tx, &scope).await?;
    Ok(Json(List { items: waiting.into_iter().map(|payment| shown(payment, &seat)).collect(), next_cursor: None }))
}

/// Where it is paid is for who may pay: the provider's page may offer the organisation's cards to whoever opens it.
fn shown(payment: PaymentView, seat: &Seat) -> PaymentView {
    let pay_at = payment.pay_at.filter(|_| seat.may::<TopUpWallet>());
    PaymentView { pay_at, ..payment }
}

/// Asks for a top-up by card; it is paid at `pay_at`, and stands in the wallet once its provider says so.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/wallet/top-ups", tag = "wallet",
    request_body = TopUpByCard, responses((status = 201, body = PaymentView)))]
pub(super) async fn ask(
    Shared(portal): Shared<Portal>,
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
    key: Key,
    session::Json(ask): session::Json<TopUpByCard>,
) -> Result<Response, Refused> {
    let Some(Cards(gateway)) = &portal.cards else { return Err(Error::Conflict("no-card").into()) };
    let command = key.command("top_up_by_card", &ask)?;
    let payment = payments::top_up_by_card(&db, &**gateway, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(payment)).into_response())
}

/// One top-up by card, and what has become of it.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/wallet/top-ups/{payment}", tag = "wallet",
    responses((status = 200, body = PaymentView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, seat): Allowed<ReadBalance>,
    Path(one): Path<InOrganisation<PaymentId>>,
) -> Answered<PaymentView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(shown(payments::payment_in(&tx, &scope, one.id).await?, &seat)))
}

/// What does not agree between who takes cards and us, and nobody has looked into.
#[utoipa::path(get, path = "/api/v1/staff/payment-findings", tag = "wallet",
    responses((status = 200, body = List<PaymentFindingView>)))]
pub(super) async fn findings(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
) -> Answered<List<PaymentFindingView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(List { items: payments::open_findings(&open, &survey).await?, next_cursor: None }))
}

/// Notes that somebody has looked into one, and what it was.
#[utoipa::path(post, path = "/api/v1/staff/payment-findings/{finding}/settle", tag = "wallet",
    request_body = SettleFinding, responses((status = 200, body = PaymentFindingView)))]
pub(super) async fn settle(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(finding): Path<FindingId>,
    session::Json(ask): session::Json<SettleFinding>,
) -> Answered<PaymentFindingView> {
    Ok(Json(payments::settle_finding(&db, &survey, finding, &ask, now).await?))
}
