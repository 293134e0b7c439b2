//! One invoice as it stands on paper, each line open to its seconds, and its recalculation.

pub(crate) mod contest;
pub(crate) mod credited;
pub(crate) mod paper;
pub(crate) mod proof;
pub(crate) mod standing;

use domain::{Tx, access::policy::ReadInvoices, disputes, invoices, papers};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Path, Query, Refused};
use types::{
    CreditNoteSummary, InvoiceCredits, InvoiceDisputes, InvoiceId, InvoiceStanding, InvoiceStatus, InvoiceView,
    LineView, PaperId, PaperView, Recalculation,
};

use super::{
    documents::downloads,
    invoices::{name, status},
};
use crate::{
    Page, Room, Way,
    components::{Button, Heading, Icon},
};

/// What the address opens beside the paper.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    line: Option<String>,
    recalculate: Option<String>,
}

/// What the page shows.
struct Shown {
    invoice: InvoiceView,
    line: Option<LineView>,
    replay: Option<Recalculation>,
    credits: InvoiceCredits,
    paper: Option<PaperView>,
    disputes: InvoiceDisputes,
    standing: Option<InvoiceStanding>,
}

/// The page.
pub(crate) async fn show(
    room: Room<ReadInvoices>,
    Path((_, id)): Path<(String, InvoiceId)>,
    Query(asked): Query<Asked>,
) -> Result<Page, Refused> {
    page(&room, id, &asked, None).await
}

/// The page; what was sent comes back with why it is refused.
async fn page(
    room: &Room<ReadInvoices>,
    id: InvoiceId,
    asked: &Asked,
    returned: Option<(contest::Wanted, Refused)>,
) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shown = load(room, &tx, id, asked).await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    let called = name(room.words(), &shown.invoice.invoice);
    Ok(room.page_of(shell, Way::Invoices, &called, || view(room, &shown, returned.as_ref())))
}

async fn load(room: &Room<ReadInvoices>, tx: &Tx, id: InvoiceId, asked: &Asked) -> Result<Shown, Refused> {
    let invoice = invoices::invoice_in(tx, &room.scope, id).await?;
    let line = match asked.line.as_deref().and_then(|number| number.parse::<u16>().ok()) {
        Some(number) => Some(invoices::line_in(tx, &room.scope, id, number).await?),
        None => None,
    };
    let wanted = asked.recalculate.is_some() && invoice.invoice.status == InvoiceStatus::Finalised;
    let replay = match wanted {
        true => Some(invoices::recalculate_in(tx, &room.scope, id).await?),
        false => None,
    };
    let credits = invoices::credit_notes_of_in(tx, &room.scope, id).await?;
    let disputes = disputes::disputes_of_in(tx, &room.scope, id).await?;
    let paper = papers::paper_of_in(tx, &room.scope, PaperId::from_uuid(id.uuid())).await?;
    let standing = match invoice.invoice.status {
        InvoiceStatus::Draft => None,
        InvoiceStatus::Finalised => Some(invoices::invoice_standing_in(tx, &room.scope, id).await?),
    };
    Ok(Shown { invoice, line, replay, credits, standing, disputes, paper })
}

fn view(room: &Room<ReadInvoices>, shown: &Shown, returned: Option<&(contest::Wanted, Refused)>) -> AnyView {
    let (words, summary) = (room.words(), &shown.invoice.invoice);
    let base = room.href(&format!("/invoices/{}", summary.id));
    let again = Button::new(say!(words, "recalculate")).icon(Icon::Again);
    let again = (summary.status == InvoiceStatus::Finalised).then(|| again.to(format!("{base}?recalculate=1#proof")));
    let files = downloads(words, &room.href(""), shown.paper.as_ref());
    let note = |note: &CreditNoteSummary| room.href(&format!("/credit-notes/{}", note.id));
    let contesting = shown.line.as_ref().and_then(|line| {
        let currency = shown.invoice.document.currency;
        contest::card(room, currency, (line, &shown.disputes), (summary.id, returned))
    });
    let heading = Heading::of(view! { <bdi>{name(words, summary)}</bdi> }.into_any())
        .beside(status(words, summary.status))
        .actions(view! { {files}{again} }.into_any());
    view! {
        <div class="no-print">{heading.view()}</div>
        <div class="split">
            {paper::view(words, &shown.invoice, &base)}
            <aside class="stack no-print" id="proof" aria-label=say!(words, "open-line")>
                {shown.standing.as_ref().map(|standing| standing::card(words, standing, None))}
                {credited::card(words, &shown.credits, note)}
                {contest::known(room, &shown.disputes)}
                {proof::replay(words, summary.status, shown.replay.as_ref())}
                {proof::line(words, shown.line.as_ref())}
                {contesting}
            </aside>
        </div>
    }
    .into_any()
}
