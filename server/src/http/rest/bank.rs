//! `/staff/bank`: where the hub is paid, its bank's statements, and what becomes of each line.

use axum::{
    Json,
    extract::{DefaultBodyLimit, FromRequest, Request, State as Shared},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    transfers,
};
use session::{Key, Now, Path, Portal, Query, Refused, Staff};
use types::{
    BankLineId, BankLineView, Cursor, DecideLine, List, MatchLine, ReceivingAccountView, SetReceivingAccount,
    StatementId, StatementPreview, StatementView, UploadStatement,
};

use super::{Answered, rehearsal::Writes};
use crate::http::State;

/// A bank's file may have eight MiB; as text in a document it can have twice as many.
const MOST_FILE_BYTES: usize = 16 * 1024 * 1024;

/// A document with a bank's file in it, which may be larger than others.
#[derive(Debug)]
pub(super) struct Upload(UploadStatement);

impl FromRequest<State> for Upload {
    type Rejection = Refused;

    async fn from_request(mut request: Request, state: &State) -> Result<Self, Refused> {
        DefaultBodyLimit::max(MOST_FILE_BYTES).apply(&mut request);
        let read = <session::Json<UploadStatement> as FromRequest<State>>::from_request(request, state).await;
        read.map(|session::Json(ask)| Self(ask))
    }
}

/// The accounts at which the hub is paid, by currency.
#[utoipa::path(get, path = "/api/v1/staff/bank/accounts", tag = "bank",
    responses((status = 200, body = List<ReceivingAccountView>)))]
pub(super) async fn accounts(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
) -> Answered<List<ReceivingAccountView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(transfers::list_receiving_accounts(&open, &survey).await?))
}

/// Sets the account at which the hub is paid in a currency from now on.
#[utoipa::path(post, path = "/api/v1/staff/bank/accounts", tag = "bank", request_body = SetReceivingAccount,
    responses((status = 201, body = ReceivingAccountView)))]
pub(super) async fn set_account(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    key: Key,
    session::Json(ask): session::Json<SetReceivingAccount>,
) -> Result<Response, Refused> {
    let command = key.command("set_receiving_account", &ask)?;
    let account = transfers::set_receiving_account(&db, &survey, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(account)).into_response())
}

/// The statements that were imported, the latest first.
#[utoipa::path(get, path = "/api/v1/staff/bank/statements", tag = "bank",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<StatementView>)))]
pub(super) async fn statements(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<StatementView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(transfers::list_statements(&open, &survey, &page).await?))
}

/// What booking a bank's file would do; nothing is stored.
#[utoipa::path(post, path = "/api/v1/staff/bank/statements/preview", tag = "bank", request_body = UploadStatement,
    responses((status = 200, body = StatementPreview)))]
pub(super) async fn preview(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Upload(ask): Upload,
) -> Answered<StatementPreview> {
    Ok(Json(transfers::preview_statement(&portal.db, &survey, &ask, now).await?))
}

/// Stores a bank's file and books its lines; the same file twice books nothing twice.
#[utoipa::path(post, path = "/api/v1/staff/bank/statements", tag = "bank", request_body = UploadStatement,
    responses((status = 201, body = List<StatementView>)))]
pub(super) async fn import(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    key: Key,
    Upload(ask): Upload,
) -> Result<Response, Refused> {
    let command = key.command("import_statement", &ask)?;
    let items = transfers::import_statement(&db, &survey, &ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(List { items, next_cursor: None })).into_response())
}

/// One statement, and how far it is booked.
#[utoipa::path(get, path = "/api/v1/staff/bank/statements/{statement}", tag = "bank",
    responses((status = 200, body = StatementView)))]
pub(super) async fn statement(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Path(statement): Path<StatementId>,
) -> Answered<StatementView> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(transfers::statement(&open, &survey, statement).await?))
}

/// A statement's lines in the order of its file.
#[utoipa::path(get, path = "/api/v1/staff/bank/statements/{statement}/lines", tag = "bank",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<BankLineView>)))]
pub(super) async fn lines_of(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Path(statement): Path<StatementId>,
    Query(page): Query<Cursor>,
) -> Answered<List<BankLineView>> {
    let open = portal.db.survey(&survey, now).await?;
    transfers::statement(&open, &survey, statement).await?;
    Ok(Json(transfers::list_statement_lines(&open, &survey, statement, &page).await?))
}

/// The lines of all statements that wait for a person, the latest imported first.
#[utoipa::path(get, path = "/api/v1/staff/bank/lines", tag = "bank",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<BankLineView>)))]
pub(super) async fn waiting(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<BankLineView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(transfers::list_waiting_lines(&open, &survey, &page).await?))
}

/// One line; where it waits, with what would be proposed for it now.
#[utoipa::path(get, path = "/api/v1/staff/bank/lines/{bank_line}", tag = "bank",
    responses((status = 200, body = BankLineView)))]
pub(super) async fn line(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Path(line): Path<BankLineId>,
) -> Answered<BankLineView> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(transfers::line(&open, &survey, line).await?))
}

/// Credits a line that waits to an organisation.
#[utoipa::path(post, path = "/api/v1/staff/bank/lines/{bank_line}/match", tag = "bank", request_body = MatchLine,
    responses((status = 204, description = "Credited")))]
pub(super) async fn assign(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(line): Path<BankLineId>,
    key: Key,
    session::Json(ask): session::Json<MatchLine>,
) -> Result<StatusCode, Refused> {
    let command = key.command("match_line", &(line, &ask))?;
    transfers::match_line(&db, &survey, line, &ask, command, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Undoes the match of a line by a reversing entry; the line waits again.
#[utoipa::path(post, path = "/api/v1/staff/bank/lines/{bank_line}/undo", tag = "bank", request_body = DecideLine,
    responses((status = 204, description = "Undone")))]
pub(super) async fn undo(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(line): Path<BankLineId>,
    key: Key,
    session::Json(ask): session::Json<DecideLine>,
) -> Result<StatusCode, Refused> {
    let command = key.command("undo_match", &(line, &ask))?;
    transfers::undo_match(&db, &survey, line, &ask, command, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that a line that waits is not for anybody's wallet.
#[utoipa::path(post, path = "/api/v1/staff/bank/lines/{bank_line}/ignore", tag = "bank", request_body = DecideLine,
    responses((status = 204, description = "Put aside")))]
pub(super) async fn ignore(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(line): Path<BankLineId>,
    key: Key,
    session::Json(ask): session::Json<DecideLine>,
) -> Result<StatusCode, Refused> {
    let command = key.command("ignore_line", &(line, &ask))?;
    transfers::ignore_line(&db, &survey, line, &ask, command, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back that a line is nobody's; it waits again.
#[utoipa::path(post, path = "/api/v1/staff/bank/lines/{bank_line}/reopen", tag = "bank",
    responses((status = 204, description = "Opened again")))]
pub(super) async fn reopen(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(line): Path<BankLineId>,
    key: Key,
) -> Result<StatusCode, Refused> {
    let command = key.command("reopen_line", &line)?;
    transfers::reopen_line(&db, &survey, line, command, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
