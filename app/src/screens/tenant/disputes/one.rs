//! One contested line: what is wrong, what the hub answers, the seconds beside, and taking it back.

use axum::response::Response;
use domain::{
    access::policy::{ContestLines, ReadInvoices},
    commands::Command,
    disputes, invoices,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{DisputeId, DisputeState, DisputeView, LineView};

use super::{called, state};
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Form, Heading, amount, facts, link, text, time},
    screens::{asked::is_said_here, tenant::invoice::proof},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sure {
    idempotency_key: String,
}

type Which = Path<(String, DisputeId)>;

/// The page.
pub(crate) async fn show(room: Room<ReadInvoices>, Path((_, id)): Which) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let dispute = disputes::dispute_in(&tx, &room.scope, id).await?;
    let line = invoices::line_in(&tx, &room.scope, dispute.invoice, dispute.line).await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    let title = called(room.words(), &dispute);
    Ok(room.page_of(shell, Way::Invoices, &title, || view(&room, &title, &dispute, &line)))
}

/// Takes it back.
pub(crate) async fn withdraw(
    room: Room<ContestLines>,
    Path((_, id)): Which,
    Sent(sent): Sent<Sure>,
) -> Result<Response, Refused> {
    let command = Command::new(&sent.idempotency_key, "withdraw_dispute", &id)?;
    let words = room.words();
    let outcome = disputes::withdraw_dispute(&room.portal.db, &room.scope, id, command, room.now).await;
    let flash = match outcome.map_err(Refused::from) {
        Ok(_) => Flash::done(say!(words, "dispute-withdrawn")).then(say!(words, "dispute-withdraw-means")),
        Err(refused) if is_said_here(&refused) => {
            let said = words.refusal(&refused.refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(refused) => return Err(refused),
    };
    Ok(room.redirect(&format!("/disputes/{id}"), flash))
}

fn view(room: &Room<ReadInvoices>, title: &str, dispute: &DisputeView, line: &LineView) -> AnyView {
    let words = room.words();
    let heading = Heading::of(view! { <bdi>{title.to_owned()}</bdi> }.into_any()).beside(state(words, dispute.state));
    let opens = room.href(&format!("/invoices/{}?line={}#proof", dispute.invoice, dispute.line));
    let note = dispute.credit_note.map(|note| room.href(&format!("/credit-notes/{note}")));
    view! {
        {heading.view()}
        <div class="split">
            <div class="stack">{said(words, dispute, opens, note)}{answer(words, dispute)}{back(room, dispute)}</div>
            <aside class="stack">{proof::line(words, Some(line))}</aside>
        </div>
    }
    .into_any()
}

/// What is contested, by whom, and why; the addresses lead to the line and to the note that answers it.
pub(crate) fn said(words: &Words, dispute: &DisputeView, opens: String, note: Option<String>) -> AnyView {
    let by = dispute.opened_by.clone().map(|name| (say!(words, "dispute-opened-by"), text(name)));
    let note = note.zip(dispute.credit_note_number.clone());
    let note = note.map(|(href, number)| (say!(words, "credit-note"), link(href, number)));
    let ended = dispute.answered_at.map(|at| {
        let label = match dispute.state {
            DisputeState::Withdrawn => say!(words, "dispute-withdrawn-at"),
            _ => say!(words, "dispute-answered-at"),
        };
        (label, time(at, words.moment(at)))
    });
    let pairs = [
        Some((say!(words, "dispute-amount"), amount(words.money(dispute.amount)))),
        Some((say!(words, "dispute-total"), amount(words.money(dispute.total)))),
        by,
        Some((say!(words, "dispute-opened"), time(dispute.opened_at, words.moment(dispute.opened_at)))),
        ended,
        note,
    ];
    let body = view! {
        <p dir="auto">{dispute.reason.clone()}</p>
        {facts(pairs.into_iter().flatten().collect())}
        <p class="sm">{link(opens, say!(words, "dispute-see-line"))}</p>
    };
    Card::titled(say!(words, "dispute-reason")).body(body.into_any())
}

/// What the hub answers; nothing before.
pub(crate) fn answer(words: &Words, dispute: &DisputeView) -> Option<AnyView> {
    let said = dispute.answer.clone()?;
    let body = view! { <p dir="auto">{said}</p> };
    Some(Card::titled(say!(words, "dispute-answer")).body(body.into_any()))
}

fn back(room: &Room<ReadInvoices>, dispute: &DisputeView) -> Option<AnyView> {
    let words = room.words();
    if dispute.state != DisputeState::Open || !room.seat.may::<ContestLines>() {
        return None;
    }
    let fields = view! {
        <p class="sm soft">{say!(words, "dispute-withdraw-means")}</p>
        <div>{Button::new(say!(words, "dispute-withdraw")).submit()}</div>
    };
    let form = Form::post(room.href(&format!("/disputes/{}/withdraw", dispute.id)));
    let form = form.once(room.key()).around(fields.into_any());
    Some(Card::titled(say!(words, "dispute-withdraw")).body(form))
}
