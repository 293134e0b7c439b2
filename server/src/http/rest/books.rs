//! `/staff/books`: what the ledger sums up to across organisations, and its journal, for finance and the auditor.

use axum::{Json, extract::State as Shared};
use domain::{access::policy::ReadInvoices, books};
use session::{Now, Path, Portal, Query, Staff};
use types::{
    AccountKind, Ageing, AskBooks, AskJournal, AskVat, Currency, Cursor, JournalEntry, List, OrganisationBalance,
    Revenue, TrialBalance, VatSheet,
};

use super::Answered;

/// What every kind of account sums up to at the end of a day.
#[utoipa::path(get, path = "/api/v1/staff/books/trial-balance", tag = "books",
    params(("currency" = Option<Currency>, Query), ("day" = Option<String>, Query)),
    responses((status = 200, body = TrialBalance)))]
pub(super) async fn trial_balance(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(ask): Query<AskBooks>,
) -> Answered<TrialBalance> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(books::trial_balance(&open, &survey, &ask).await?))
}

/// The organisations that a row of the trial balance consists of.
#[utoipa::path(get, path = "/api/v1/staff/books/accounts/{account}", tag = "books",
    params(("account" = AccountKind, Path), ("currency" = Option<Currency>, Query), ("day" = Option<String>, Query),
        ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<OrganisationBalance>)))]
pub(super) async fn account(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Path(account): Path<AccountKind>,
    Query(ask): Query<AskBooks>,
    Query(page): Query<Cursor>,
) -> Answered<List<OrganisationBalance>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(books::list_account_organisations(&open, &survey, account, &ask, &page).await?))
}

/// The entries of all organisations in the order of booking, each with its lines.
#[utoipa::path(get, path = "/api/v1/staff/books/journal", tag = "books",
    params(("from" = Option<String>, Query), ("to" = Option<String>, Query), ("currency" = Option<Currency>, Query),
        ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<JournalEntry>)))]
pub(super) async fn journal(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(ask): Query<AskJournal>,
    Query(page): Query<Cursor>,
) -> Answered<List<JournalEntry>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(books::list_journal(&open, &survey, &ask, &page).await?))
}

/// What organisations have not paid, by age.
#[utoipa::path(get, path = "/api/v1/staff/books/ageing", tag = "books",
    params(("currency" = Option<Currency>, Query), ("day" = Option<String>, Query)),
    responses((status = 200, body = Ageing)))]
pub(super) async fn ageing(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(ask): Query<AskBooks>,
) -> Answered<Ageing> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(books::ageing(&open, &survey, &ask).await?))
}

/// Revenue by month, and prepayments and grants that were not used at its end.
#[utoipa::path(get, path = "/api/v1/staff/books/revenue", tag = "books",
    params(("currency" = Option<Currency>, Query), ("day" = Option<String>, Query)),
    responses((status = 200, body = Revenue)))]
pub(super) async fn revenue(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(ask): Query<AskBooks>,
) -> Answered<Revenue> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(books::revenue(&open, &survey, &ask).await?))
}

/// What a month's invoices and credit notes say of tax, by treatment, rate and reason, and what the ledger booked of it.
#[utoipa::path(get, path = "/api/v1/staff/books/vat", tag = "books",
    params(("month" = Option<String>, Query, description = "2026-10; the month that runs where nothing is said"),
        ("currency" = Option<Currency>, Query)),
    responses((status = 200, body = VatSheet)))]
pub(super) async fn vat(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(ask): Query<AskVat>,
) -> Answered<VatSheet> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(books::vat_sheet(&open, &survey, &ask).await?))
}
