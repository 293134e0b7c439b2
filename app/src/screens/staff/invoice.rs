//! One invoice as finance looks at it: reasons to look, the paper, a line opened to its intervals, replay, finalising.

use axum::response::{IntoResponse, Response};
use domain::{
    Tx,
    access::{
        Scope, Seat,
        policy::{CloseBilling, IssueCreditNotes, ReadInvoices, RecordWithholdings},
    },
    commands::Command,
    invoices, papers, sign_off,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Query, Refused};
use types::{
    CreditNoteSummary, Cursor, DraftLookView, FinaliseInvoice, InvoiceCredits, InvoiceId, InvoiceStanding,
    InvoiceStatus, InvoiceView, LineView, PaperId, PaperView, Recalculation, ReviewView, SignOffKind, SignOffView,
};

use super::{
    asked::{is_said_here, notice},
    billing::reasons,
    close, credit, organisation, sign_off as signing,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Form, Heading, Icon, amount, facts, hidden, refused as refused_button},
    screens::tenant::{
        documents::downloads,
        invoice::{credited, paper, proof, standing},
        invoices::{name, status},
    },
};

/// What the address opens beside the paper.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    line: Option<u16>,
    recalculate: Option<String>,
}

/// What the form of a finalisation sends.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Finalise {
    sha256: String,
    #[serde(default)]
    idempotency_key: String,
}

/// What one reading found.
struct Found {
    invoice: InvoiceView,
    line: Option<LineView>,
    replay: Option<Recalculation>,
    review: Option<ReviewView>,
    credits: InvoiceCredits,
    paper: Option<PaperView>,
    looks: Vec<DraftLookView>,
    standing: Option<InvoiceStanding>,
    /// Whether a draft needs a second person, and what became of the last signature that was asked for.
    needs_two: bool,
    asked: Option<SignOffView>,
}

type Which = Path<(String, InvoiceId)>;

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<ReadInvoices>,
    Path((_, id)): Which,
    Query(asked): Query<Asked>,
) -> Result<Page, Refused> {
    page(&office, (&scope, &seat), (id, &asked), None).await
}

/// Numbers the draft and freezes it.
pub(crate) async fn finalise(
    office: Office<ReadInvoices>,
    Allowed(closing, seat): Allowed<CloseBilling>,
    Path((_, invoice)): Which,
    Sent(sent): Sent<Finalise>,
) -> Result<Response, Refused> {
    let reading = seat.prove::<ReadInvoices>()?;
    let ask = FinaliseInvoice { invoice, sha256: sent.sha256 };
    let command = Command::new(&sent.idempotency_key, "finalise_invoice", &ask)?;
    let outcome = invoices::finalise_invoice(&office.portal.db, &closing, ask, command, office.now).await;
    match outcome.map_err(Refused::from) {
        Ok(view) => {
            let words = office.words();
            let number = view.invoice.number.unwrap_or_default();
            let flash = Flash::done(say!(words, "staff-finalised", number = number));
            let href = format!("/staff/billing/{}/invoices/{invoice}", seat.slug());
            Ok(office.redirect(&href, flash.then(say!(words, "staff-finalised-means"))))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = page(&office, (&reading, &seat), (invoice, &Asked::default()), Some(refused)).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// The page again, with why what was asked on it was refused.
pub(super) async fn again(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    id: InvoiceId,
    refused: Refused,
) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let (reading, status) = (seat.prove::<ReadInvoices>()?, refused.status());
    let page = page(office, (&reading, seat), (id, &Asked::default()), Some(refused)).await?;
    Ok(page.with_status(status).into_response())
}

async fn page(
    office: &Office<ReadInvoices>,
    (scope, seat): (&Scope<ReadInvoices>, &Seat),
    (id, asked): (InvoiceId, &Asked),
    refused: Option<Refused>,
) -> Result<Page, Refused> {
    let tx = office.portal.db.look(scope, office.now).await?;
    let found = load(&tx, scope, id, asked).await?;
    drop(tx);
    let found = Found { review: review(office, &found.invoice).await?, ..found };
    let shell = office.shell(StaffWay::Billing).await?;
    let called = format!("{} · {}", seat.name(), name(office.words(), &found.invoice.invoice));
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, seat, &found, refused.as_ref())))
}

async fn load(tx: &Tx, scope: &Scope<ReadInvoices>, id: InvoiceId, asked: &Asked) -> Result<Found, Refused> {
    let invoice = invoices::invoice_in(tx, scope, id).await?;
    let line = match asked.line {
        Some(number) => Some(invoices::line_in(tx, scope, id, number).await?),
        None => None,
    };
    let replayed = asked.recalculate.is_some() && invoice.invoice.status == InvoiceStatus::Finalised;
    let replay = match replayed {
        true => Some(invoices::recalculate_in(tx, scope, id).await?),
        false => None,
    };
    let credits = invoices::credit_notes_of_in(tx, scope, id).await?;
    let paper = papers::paper_of_in(tx, scope, PaperId::from_uuid(id.uuid())).await?;
    let looks = invoices::looks_in(tx, scope, id).await?;
    let is_draft = invoice.invoice.status == InvoiceStatus::Draft;
    let standing = match is_draft {
        true => None,
        false => Some(invoices::invoice_standing_in(tx, scope, id).await?),
    };
    let needs_two = is_draft && sign_off::is_needed_in(tx, SignOffKind::Finalise, invoice.document.total).await?;
    let asked = sign_off::of_invoice_in(tx, scope, id).await?;
    Ok(Found { invoice, line, replay, review: None, credits, paper, looks, standing, needs_two, asked })
}

/// The reasons to look, as the list has them: nothing for one that is older than the newest 200.
async fn review(office: &Office<ReadInvoices>, invoice: &InvoiceView) -> Result<Option<ReviewView>, Refused> {
    let newest = Cursor { cursor: None, limit: Some(200) };
    let open = office.look().await?;
    let list = invoices::list_for_review(&open, &office.survey, Some(invoice.invoice.status), &newest).await?;
    Ok(list.items.into_iter().find(|review| review.invoice.id == invoice.invoice.id))
}

fn view(office: &Office<ReadInvoices>, seat: &Seat, found: &Found, refused: Option<&Refused>) -> AnyView {
    let (words, summary) = (office.words(), &found.invoice.invoice);
    let base = format!("/staff/billing/{}/invoices/{}", seat.slug(), summary.id);
    let again = Button::new(say!(words, "recalculate")).icon(Icon::Again);
    let again = (summary.status == InvoiceStatus::Finalised).then(|| again.to(format!("{base}?recalculate=1#proof")));
    let files = downloads(words, &format!("/o/{}", seat.slug()), found.paper.as_ref());
    let heading = Heading::of(view! { <bdi>{name(words, summary)}</bdi> }.into_any())
        .beside(status(words, summary.status))
        .actions(view! { {files}{again} }.into_any());
    view! {
        <div class="no-print stack">{heading.view()}{notice(words, refused)}</div>
        <div class="split">
            {paper::view(words, &found.invoice, &base)}
            <aside class="stack no-print" id="proof" aria-label=say!(words, "open-line")>
                {look(office, seat, found)}
                {looks(office, found, &base, refused)}
                {finalising(office, seat, found, &base)}
                {withheld(office, seat, found, &base)}
                {correcting(office, seat, found, &base)}
                {proof::replay(words, summary.status, found.replay.as_ref())}
                {proof::line(words, found.line.as_ref())}
            </aside>
        </div>
    }
    .into_any()
}

fn look(office: &Office<ReadInvoices>, seat: &Seat, found: &Found) -> Option<AnyView> {
    let (words, review) = (office.words(), found.review.as_ref()?);
    let before = review.total_before.map_or_else(|| "–".to_owned(), |before| words.money(before));
    let pairs = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "staff-total"), amount(words.money(found.invoice.document.total))),
        (say!(words, "staff-before"), amount(before)),
    ];
    let body = view! { {reasons(words, review)}{facts(pairs)} };
    Some(Card::titled(say!(words, "staff-reasons")).body(body.into_any()))
}

/// The looks at a draft's reasons, and the form for another one.
fn looks(office: &Office<ReadInvoices>, found: &Found, base: &str, refused: Option<&Refused>) -> Option<AnyView> {
    let review = found.review.as_ref().filter(|review| review.invoice.status == InvoiceStatus::Draft)?;
    close::look::card(office, base, (review, &found.looks), refused)
}

fn finalising(office: &Office<ReadInvoices>, seat: &Seat, found: &Found, base: &str) -> Option<AnyView> {
    let words = office.words();
    if found.invoice.invoice.status == InvoiceStatus::Finalised {
        return None;
    }
    let card = Card::titled(say!(words, "staff-finalise"));
    if !seat.may::<CloseBilling>() {
        let (button, why) = (say!(words, "staff-finalise"), say!(words, "staff-finalise-forbidden"));
        return Some(card.body(refused_button("no-finalise", button, why)));
    }
    if found.needs_two {
        let asking = signing::asking(office, base, &found.invoice, found.asked.as_ref(), seat);
        if let Some(asking) = asking {
            return Some(card.body(asking));
        }
    }
    let fields = view! {
        {hidden("sha256", found.invoice.sha256.clone())}
        <p class="sm">{say!(words, "staff-finalise-means")}</p>
        <div>{Button::new(say!(words, "staff-finalise")).primary().submit()}</div>
    };
    Some(card.body(Form::post(base).once(office.key()).around(fields.into_any())))
}

/// How it stands, with the way to record what was withheld of it.
fn withheld(office: &Office<ReadInvoices>, seat: &Seat, found: &Found, base: &str) -> Option<AnyView> {
    let way = seat.may::<RecordWithholdings>().then(|| format!("{base}/withhold"));
    found.standing.as_ref().map(|standing| standing::card(office.words(), standing, way))
}

/// The notes that there are, and the form for another one.
fn correcting(office: &Office<ReadInvoices>, seat: &Seat, found: &Found, base: &str) -> AnyView {
    let (words, credits) = (office.words(), &found.credits);
    let note = |note: &CreditNoteSummary| format!("/staff/billing/{}/credit-notes/{}", seat.slug(), note.id);
    let form = (credits.is_open && seat.may::<IssueCreditNotes>())
        .then(|| credit::card(words, base, (&found.invoice, credits), &credit::Wanted::default(), None));
    view! { {credited::card(words, credits, note)}{form} }.into_any()
}
