//! One announced transfer: its pro-forma, which prints well, the code for a telephone, and calling it off.

use axum::response::Response;
use domain::{
    Tx,
    access::policy::{ReadBalance, ReadInvoices, TopUpWallet},
    commands::Command,
    papers, transfers,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{PaperId, PaperView, TransferId, TransferState, TransferView};

use super::state;
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Form, Heading, Paper, Total, copy_line, facts, qr, text},
    screens::{
        asked::is_said_here,
        tenant::documents::{downloads, kind},
    },
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sure {
    idempotency_key: String,
}

type Which = Path<(String, TransferId)>;

/// The page.
pub(crate) async fn show(room: Room<ReadBalance>, Path((_, id)): Which) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let transfer = transfers::transfer_in(&tx, &room.scope, id).await?;
    let papers = papers(&room, &tx, id).await?;
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    Ok(room.page_of(shell, Way::Wallet, &transfer.reference, || view(&room, &transfer, &papers)))
}

/// Calls it off.
pub(crate) async fn cancel(
    room: Room<TopUpWallet>,
    Path((_, id)): Which,
    Sent(sent): Sent<Sure>,
) -> Result<Response, Refused> {
    let command = Command::new(&sent.idempotency_key, "cancel_transfer", &id)?;
    let words = room.words();
    let outcome = transfers::cancel_transfer(&room.portal.db, &room.scope, id, command, room.now).await;
    let flash = match outcome.map_err(Refused::from) {
        Ok(_) => Flash::done(say!(words, "transfer-cancelled")).then(say!(words, "transfer-cancel-means")),
        Err(refused) if is_said_here(&refused) => {
            let said = words.refusal(&refused.refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(refused) => return Err(refused),
    };
    Ok(room.redirect(&format!("/transfers/{id}"), flash))
}

/// Its documents, the pro-forma first, for whoever may read them.
async fn papers(room: &Room<ReadBalance>, tx: &Tx, id: TransferId) -> Result<Vec<PaperView>, Refused> {
    if !room.seat.may::<ReadInvoices>() {
        return Ok(Vec::new());
    }
    let scope = room.seat.prove::<ReadInvoices>()?;
    let pro_forma = papers::paper_of_in(tx, &scope, PaperId::from_uuid(id.uuid())).await?;
    let receipts = papers::receipts_of_transfer_in(tx, &scope, id).await?;
    Ok(pro_forma.into_iter().chain(receipts).collect())
}

fn view(room: &Room<ReadBalance>, transfer: &TransferView, papers: &[PaperView]) -> AnyView {
    let words = room.words();
    let heading = Heading::of(view! { <bdi>{transfer.reference.clone()}</bdi> }.into_any())
        .beside(state(words, transfer.state))
        .beneath(say!(words, "transfer-beneath"));
    view! {
        <div class="no-print">{heading.view()}</div>
        <div class="split">
            {paper(words, transfer)}
            <aside class="stack">{files(room, papers)}{code(words, transfer)}{off(room, transfer)}</aside>
        </div>
    }
    .into_any()
}

/// Each document with its files.
fn files(room: &Room<ReadBalance>, papers: &[PaperView]) -> Option<AnyView> {
    if papers.is_empty() {
        return None;
    }
    let words = room.words();
    let line = |paper: &PaperView| {
        let files = downloads(words, &room.href(""), Some(paper));
        (kind(words, paper.kind), view! { <span class="row wrap">{files}</span> }.into_any())
    };
    let body = facts(papers.iter().map(line).collect());
    Some(view! { <div class="no-print">{Card::titled(say!(words, "papers")).body(body)}</div> }.into_any())
}

/// The pro-forma as paper.
fn paper(words: &Words, transfer: &TransferView) -> AnyView {
    let total = |words, amount, grand| Total { words, amount, grand };
    let title = say!(words, "transfer-proforma", reference = transfer.reference.as_str());
    let announced = say!(words, "transfer-announced-at", date = words.date(transfer.asked_at));
    let until = say!(words, "transfer-until", date = words.date(transfer.expires_at));
    let paper = Paper {
        seller: vec![transfer.beneficiary.clone(), transfer.bank.clone()],
        title,
        dates: vec![announced, until],
        parties: Vec::new(),
        lines: view! { <div class="stack">{instructions(words, transfer)}</div> }.into_any(),
        totals: vec![
            total(say!(words, "transfer-amount"), words.money(transfer.amount), false),
            total(say!(words, "transfer-paid"), words.money(transfer.paid), false),
            total(say!(words, "transfer-missing"), words.money(transfer.missing), true),
        ],
        mentions: vec![say!(words, "transfer-mention")],
        draft: false,
    };
    paper.view()
}

/// What the payer's bank asks for, each to be copied as a whole.
fn instructions(words: &Words, transfer: &TransferView) -> AnyView {
    let line = |label: String, value: &str| (label.clone(), copy_line(label, value));
    let rib = transfer.rib.as_ref().map(|rib| line(say!(words, "transfer-rib"), rib));
    let name = text(transfer.beneficiary.clone());
    let pairs = [
        Some((say!(words, "transfer-beneficiary"), name)),
        Some((say!(words, "transfer-bank"), text(transfer.bank.clone()))),
        rib,
        Some(line(say!(words, "transfer-iban"), &transfer.iban)),
        Some(line(say!(words, "transfer-reference"), &transfer.reference)),
    ];
    facts(pairs.into_iter().flatten().collect())
}

/// The picture that a telephone reads; nothing where nothing is awaited.
fn code(words: &Words, transfer: &TransferView) -> Option<AnyView> {
    let picture = qr(say!(words, "transfer-code"), transfer.code.as_deref()?)?;
    let body = view! { {picture}<p class="sm soft">{say!(words, "transfer-code-means")}</p> };
    Some(Card::titled(say!(words, "transfer-code")).body(body.into_any()))
}

fn off(room: &Room<ReadBalance>, transfer: &TransferView) -> Option<AnyView> {
    let words = room.words();
    let is_awaited = matches!(transfer.state, TransferState::Open | TransferState::Expired);
    if !is_awaited || !room.seat.may::<TopUpWallet>() {
        return None;
    }
    let fields = view! {
        <p class="sm soft">{say!(words, "transfer-cancel-means")}</p>
        <div>{Button::new(say!(words, "transfer-cancel")).danger().submit()}</div>
    };
    let form = Form::post(room.href(&format!("/transfers/{}/cancel", transfer.id)));
    let form = form.once(room.key()).around(fields.into_any());
    Some(view! { <div class="no-print">{Card::titled(say!(words, "transfer-cancel")).body(form)}</div> }.into_any())
}
