//! `/organisations/{organisation}/credit-notes` and those of one invoice: what corrects what was issued.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{IssueCreditNotes, ReadInvoices},
    invoices,
};
use serde::Deserialize;
use session::{Allowed, Key, Now, Path, Portal, Query, Refused, Staff};
use types::{
    CreditLine, CreditNoteId, CreditNoteSummary, CreditNoteView, CreditPreview, CreditReviewView, Cursor,
    InvoiceCredits, InvoiceId, IssueCreditNote, List,
};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The organisation's credit notes, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/credit-notes", tag = "credit notes",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<CreditNoteSummary>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<CreditNoteSummary>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::list_credit_notes_in(&tx, &scope, &page).await?))
}

/// A credit note, whole.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/credit-notes/{credit_note}", tag = "credit notes",
    responses((status = 200, body = CreditNoteView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<CreditNoteId>>,
) -> Answered<CreditNoteView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::credit_note_in(&tx, &scope, one.id).await?))
}

/// What of an invoice was credited, and what is left of it and of each of its lines.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes",
    tag = "credit notes", responses((status = 200, body = InvoiceCredits)))]
pub(super) async fn of_invoice(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<InvoiceId>>,
) -> Answered<InvoiceCredits> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::credit_notes_of_in(&tx, &scope, one.id).await?))
}

/// What is taken back of an invoice, and why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    /// What of it; empty for everything that is left.
    #[serde(default)]
    lines: Vec<CreditLine>,
    /// Why, 1 to 500 characters: it stands on the document.
    reason: String,
    /// The digest of the preview that was looked at, where one was.
    sha256: Option<String>,
}

impl Correction {
    fn of(self, invoice: InvoiceId) -> IssueCreditNote {
        IssueCreditNote { invoice, lines: self.lines, reason: self.reason, sha256: self.sha256 }
    }
}

/// Takes an invoice back, whole or in part.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes",
    tag = "credit notes", request_body = Correction, responses((status = 201, body = CreditNoteView)))]
pub(super) async fn issue(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<IssueCreditNotes>,
    Path(one): Path<InOrganisation<InvoiceId>>,
    key: Key,
    session::Json(said): session::Json<Correction>,
) -> Result<Response, Refused> {
    let ask = said.of(one.id);
    let command = key.command("issue_credit_note", &ask)?;
    let note = invoices::issue_credit_note(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(note)).into_response())
}

/// What a credit note would say; nothing is stored.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes/preview",
    tag = "credit notes", request_body = Correction, responses((status = 200, body = CreditPreview)))]
pub(super) async fn preview(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<IssueCreditNotes>,
    Path(one): Path<InOrganisation<InvoiceId>>,
    session::Json(said): session::Json<Correction>,
) -> Answered<CreditPreview> {
    Ok(Json(invoices::preview_credit_note(&portal.db, &scope, &said.of(one.id), now).await?))
}

/// The credit notes of all organisations, the latest first.
#[utoipa::path(get, path = "/api/v1/staff/credit-notes", tag = "credit notes",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<CreditReviewView>)))]
pub(super) async fn list_all(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<CreditReviewView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(invoices::list_all_credit_notes(&open, &survey, &page).await?))
}
