//! Correcting an invoice: the form, what the credit note would say, and issuing it.

mod form;

use axum::response::{IntoResponse, Response};
use domain::{
    access::{
        Seat,
        policy::{IssueCreditNotes, ReadInvoices},
    },
    commands::Command,
    invoices,
};
use leptos::prelude::*;
use messages::say;
use session::{Allowed, Form as Sent, Path, Query, Refused};
use types::{InvoiceCredits, InvoiceId, InvoiceView};

pub(super) use self::form::{Wanted, card};
use super::asked::{is_said_here, notice};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Card, Heading, amount, facts, refused as refused_button},
    screens::tenant::{invoice::credited, invoices::name},
};

type Which = Path<(String, InvoiceId)>;

/// The invoice, and what has become of it.
struct Found {
    invoice: InvoiceView,
    credits: InvoiceCredits,
}

/// The form by itself; it may come filled in, from a preview that is to be changed.
pub(crate) async fn show(
    office: Office<IssueCreditNotes>,
    Allowed(_, seat): Allowed<IssueCreditNotes>,
    Path((_, id)): Which,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Refused> {
    page(&office, &seat, id, (wanted, None)).await
}

/// What the credit note would say, before it is issued.
pub(crate) async fn preview(
    office: Office<IssueCreditNotes>,
    Allowed(scope, seat): Allowed<IssueCreditNotes>,
    Path((_, id)): Which,
    Sent(wanted): Sent<Wanted>,
) -> Result<Response, Refused> {
    let found = found(&office, &seat, id).await?;
    let outcome = async {
        let ask = wanted.ask(&found.invoice)?;
        Ok::<_, Refused>(invoices::preview_credit_note(&office.portal.db, &scope, &ask, office.now).await?)
    };
    match outcome.await {
        Ok(preview) => {
            let shell = office.shell(StaffWay::Billing).await?;
            let called = title(&office, &seat, &found);
            let base = base(&seat, id);
            let view = || form::preview((office.words(), office.key()), &base, &called, &wanted, &preview);
            Ok(office.page_of(shell, StaffWay::Billing, &called, view).into_response())
        }
        Err(refused) => again(&office, &seat, id, wanted, refused).await,
    }
}

/// Issues it.
pub(crate) async fn issue(
    office: Office<IssueCreditNotes>,
    Allowed(scope, seat): Allowed<IssueCreditNotes>,
    Path((_, id)): Which,
    Sent(wanted): Sent<Wanted>,
) -> Result<Response, Refused> {
    let found = found(&office, &seat, id).await?;
    let outcome = async {
        let ask = wanted.ask(&found.invoice)?;
        let command = Command::new(&wanted.idempotency_key, "issue_credit_note", &ask)?;
        Ok::<_, Refused>(invoices::issue_credit_note(&office.portal.db, &scope, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(view) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "staff-credited", number = view.note.number.as_str()));
            let href = format!("/staff/billing/{}/credit-notes/{}", seat.slug(), view.note.id);
            Ok(office.redirect(&href, flash.then(say!(words, "staff-credited-means"))))
        }
        Err(refused) => again(&office, &seat, id, wanted, refused).await,
    }
}

async fn again(
    office: &Office<IssueCreditNotes>,
    seat: &Seat,
    id: InvoiceId,
    wanted: Wanted,
    refused: Refused,
) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, seat, id, (wanted, Some(refused))).await?.with_status(status).into_response())
}

async fn found(office: &Office<IssueCreditNotes>, seat: &Seat, id: InvoiceId) -> Result<Found, Refused> {
    let scope = seat.prove::<ReadInvoices>()?;
    let tx = office.portal.db.look(&scope, office.now).await?;
    let invoice = invoices::invoice_in(&tx, &scope, id).await?;
    let credits = invoices::credit_notes_of_in(&tx, &scope, id).await?;
    Ok(Found { invoice, credits })
}

fn base(seat: &Seat, id: InvoiceId) -> String {
    format!("/staff/billing/{}/invoices/{id}", seat.slug())
}

fn title(office: &Office<IssueCreditNotes>, seat: &Seat, found: &Found) -> String {
    let invoice = name(office.words(), &found.invoice.invoice);
    say!(office.words(), "staff-credit-of", invoice = invoice, name = seat.name())
}

async fn page(
    office: &Office<IssueCreditNotes>,
    seat: &Seat,
    id: InvoiceId,
    (wanted, refused): (Wanted, Option<Refused>),
) -> Result<Page, Refused> {
    let found = found(office, seat, id).await?;
    let shell = office.shell(StaffWay::Billing).await?;
    let called = title(office, seat, &found);
    let view = || view(office, seat, &found, &called, (&wanted, refused.as_ref()));
    Ok(office.page_of(shell, StaffWay::Billing, &called, view))
}

fn view(
    office: &Office<IssueCreditNotes>,
    seat: &Seat,
    found: &Found,
    called: &str,
    (wanted, refused): (&Wanted, Option<&Refused>),
) -> AnyView {
    let words = office.words();
    let (invoice, credits) = (&found.invoice, &found.credits);
    let form = if credits.is_open {
        card(words, &base(seat, invoice.invoice.id), (invoice, credits), wanted, refused)
    } else {
        let why = say!(words, "refusal-nothing-left-to-credit");
        let button = refused_button("nothing-left", say!(words, "staff-credit-see"), why);
        Card::titled(say!(words, "staff-credit")).body(button)
    };
    let total = vec![(say!(words, "invoice-total"), amount(words.money(invoice.invoice.total)))];
    let note = |note: &types::CreditNoteSummary| format!("/staff/billing/{}/credit-notes/{}", seat.slug(), note.id);
    view! {
        {Heading::new(called).view()}
        {notice(words, refused)}
        <div class="split">
            {form}
            <aside class="stack">
                {Card::titled(say!(words, "invoice")).body(facts(total))}
                {credited::card(words, credits, note)}
            </aside>
        </div>
    }
    .into_any()
}
