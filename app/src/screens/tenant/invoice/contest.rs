//! Contesting the line that is open: the form beside its seconds, and what of the invoice is contested already.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::policy::{ContestLines, ReadInvoices},
    commands::Command,
    disputes, invoices,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{ContestLine, Currency, DisputeState, DisputeView, InvoiceDisputes, InvoiceId, LineView, Money};

use super::{Asked, paper::day};
use crate::{
    Flash, Room,
    components::{Button, Card, Field, Form, TextArea, hidden, link},
    screens::{
        asked::{is_said_here, micros, problem, told},
        tenant::disputes::{called, state},
    },
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    line: String,
    /// Empty for all that is left of the line.
    amount: String,
    reason: String,
    idempotency_key: String,
}

/// Contests the line, and leads to what becomes of it.
pub(crate) async fn contest(
    room: Room<ContestLines>,
    Path((_, id)): Path<(String, InvoiceId)>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    match contested(&room, id, &sent).await {
        Ok(dispute) => {
            let words = room.words();
            let flash = Flash::done(say!(words, "dispute-contested")).then(say!(words, "dispute-contested-means"));
            Ok(room.redirect(&format!("/disputes/{}", dispute.id), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let (status, asked) = (refused.status(), Asked { line: Some(sent.line.clone()), recalculate: None });
            let page = super::page(&room.with()?, id, &asked, Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn contested(room: &Room<ContestLines>, invoice: InvoiceId, sent: &Wanted) -> Result<DisputeView, Refused> {
    let reads = room.with::<ReadInvoices>()?;
    let tx = reads.look().await?;
    let currency = invoices::invoice_in(&tx, &reads.scope, invoice).await?.document.currency;
    drop(tx);
    let line = sent.line.trim().parse().map_err(|_| Error::Invalid { field: "line", rule: Rule::Known })?;
    let amount = match sent.amount.trim() {
        "" => None,
        amount => Some(Money { micros: micros("amount", amount)?, currency }),
    };
    let ask = ContestLine { invoice, line, amount, reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "contest_line", &ask)?;
    Ok(disputes::contest_line(&room.portal.db, &room.scope, ask, command, room.now).await?)
}

/// What of the invoice is contested; nothing where nothing is.
pub(super) fn known(room: &Room<ReadInvoices>, disputes: &InvoiceDisputes) -> Option<AnyView> {
    let words = room.words();
    if disputes.disputes.is_empty() {
        return None;
    }
    let said = disputes.disputes.iter().map(|dispute| {
        let href = room.href(&format!("/disputes/{}", dispute.id));
        view! { <p class="sm row wrap">{link(href, called(words, dispute))}{state(words, dispute.state)}</p> }
    });
    Some(Card::titled(say!(words, "disputes")).body(said.collect_view().into_any()))
}

/// The form for the line that is open; a sentence where it cannot be contested, and nothing for a draft and where it is
/// contested already, but for why what was sent is refused.
pub(super) fn card(
    room: &Room<ReadInvoices>,
    currency: Currency,
    (line, disputes): (&LineView, &InvoiceDisputes),
    (invoice, returned): (InvoiceId, Option<&(Wanted, Refused)>),
) -> Option<AnyView> {
    let (words, number) = (room.words(), line.line.line);
    let waits = |dispute: &DisputeView| dispute.line == number && dispute.state == DisputeState::Open;
    let until = day(words, disputes.until?);
    let refused = returned.map(|(_, refused)| refused);
    let card = Card::titled(say!(words, "dispute-contest")).id("contest");
    if disputes.disputes.iter().any(waits) {
        return refused.map(|refused| card.body(told(words, refused)));
    }
    let sentence = |said: String| {
        let why = refused.map(|refused| told(words, refused));
        view! { {why}<p class="sm soft">{said}</p> }.into_any()
    };
    if !disputes.is_contestable {
        return Some(card.body(sentence(say!(words, "dispute-contest-over", until = until))));
    }
    if !room.seat.may::<ContestLines>() {
        return Some(card.body(sentence(say!(words, "dispute-contest-who"))));
    }
    let sent = returned.map(|(sent, _)| sent.clone()).unwrap_or_default();
    let action = room.href(&format!("/invoices/{invoice}/disputes"));
    let form = Form::post(action).once(room.key());
    Some(card.body(form.around(fields(words, currency, number, (sent, refused), until))))
}

fn fields(
    words: &Words,
    currency: Currency,
    line: u16,
    (sent, refused): (Wanted, Option<&Refused>),
    until: String,
) -> AnyView {
    let much = Field::amount("amount", say!(words, "dispute-contest-amount"))
        .value(sent.amount)
        .unit(currency.word())
        .hint(say!(words, "dispute-contest-amount-hint"))
        .error(problem(words, refused, "amount"));
    let why = TextArea {
        name: "reason".to_owned(),
        label: say!(words, "dispute-reason"),
        value: sent.reason,
        hint: Some(say!(words, "dispute-contest-reason-hint")),
        error: problem(words, refused, "reason"),
    };
    // What is about neither field is said above them.
    let about = |refused: &&Refused| !matches!(refused.refusal().field.as_deref(), Some("amount" | "reason"));
    let notice = refused.filter(about).map(|refused| told(words, refused));
    view! {
        {notice}
        <p class="sm soft">{say!(words, "dispute-contest-means", until = until)}</p>
        {hidden("line", line.to_string())}
        {much.view()}{why.view()}
        <div>{Button::new(say!(words, "dispute-contest")).submit()}</div>
    }
    .into_any()
}
