//! Top-ups by bank transfer: what was announced, and announcing another.

pub(crate) mod one;

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{ReadBalance, TopUpWallet},
    commands::Command,
    ledger, transfers,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Query, Refused};
use types::{AnnounceTransfer, Currency, Cursor, List, Money, TransferState, TransferView};

use crate::{
    Flash, Page, Room, Way,
    components::{
        Button, Card, Column, Empty, Field, Form, Heading, Row, Table, Tone, amount, cover, pages, pill,
        refused as refused_button, time,
    },
    screens::asked::{is_said_here, micros, notice, problem},
};

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    amount: String,
    idempotency_key: String,
}

/// What the page shows.
struct Shown {
    list: List<TransferView>,
    currency: Currency,
    is_first: bool,
    returned: Option<(Wanted, Refused)>,
}

/// The list with the form.
pub(crate) async fn show(room: Room<ReadBalance>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    page(&room, asked, None).await
}

/// Announces one, and leads to its pro-forma.
pub(crate) async fn announce(room: Room<TopUpWallet>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    match announced(&room, &sent).await {
        Ok(transfer) => {
            let words = room.words();
            let flash = Flash::done(say!(words, "transfer-announced")).then(say!(words, "transfer-announced-means"));
            Ok(room.redirect(&format!("/transfers/{}", transfer.id), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = page(&room.with()?, Asked::default(), Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn announced(room: &Room<TopUpWallet>, sent: &Wanted) -> Result<TransferView, Refused> {
    let micros = micros("amount", &sent.amount)?;
    let reads = room.with::<ReadBalance>()?;
    let tx = reads.look().await?;
    let currency = ledger::wallet_in(&tx, &reads.scope).await?.currency;
    drop(tx);
    let ask = AnnounceTransfer { amount: Money { micros, currency } };
    let command = Command::new(&sent.idempotency_key, "announce_transfer", &ask)?;
    Ok(transfers::announce_transfer(&room.portal.db, &room.scope, ask, command, room.now).await?)
}

async fn page(room: &Room<ReadBalance>, asked: Asked, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let is_first = asked.cursor.is_none();
    let page = Cursor { cursor: asked.cursor, limit: None };
    let list = transfers::list_transfers_in(&tx, &room.scope, &page).await?;
    let currency = ledger::wallet_in(&tx, &room.scope).await?.currency;
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    let called = say!(room.words(), "transfers");
    let shown = Shown { list, currency, is_first, returned };
    Ok(room.page_of(shell, Way::Wallet, &called, || view(room, shown)))
}

fn view(room: &Room<ReadBalance>, shown: Shown) -> AnyView {
    let words = room.words();
    let Shown { list, currency, is_first, returned } = shown;
    let heading = Heading::new(say!(words, "transfers")).beneath(say!(words, "transfers-beneath"));
    view! {
        {heading.view()}
        {notice(words, returned.as_ref().map(|(_, refused)| refused))}
        <div class="split">{table(room, list, is_first)}<aside>{form(room, currency, returned)}</aside></div>
    }
    .into_any()
}

fn form(room: &Room<ReadBalance>, currency: Currency, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = room.words();
    let card = Card::titled(say!(words, "transfer-announce"));
    if !room.seat.may::<TopUpWallet>() {
        let button = refused_button("transfer-who", say!(words, "transfer-announce"), say!(words, "transfer-who"));
        return card.body(view! { <p class="sm soft">{say!(words, "transfer-who")}</p>{button} }.into_any());
    }
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let much = Field::amount("amount", say!(words, "transfer-amount"))
        .value(sent.amount)
        .unit(currency.word())
        .hint(say!(words, "transfer-amount-hint"))
        .error(problem(words, refused.as_ref(), "amount"));
    let fields = view! {
        <p class="sm soft">{say!(words, "transfer-announce-means")}</p>
        {much.view()}
        <div>{Button::new(say!(words, "transfer-announce")).primary().submit()}</div>
    };
    card.body(Form::post(room.href("/transfers")).once(room.key()).around(fields.into_any()))
}

fn table(room: &Room<ReadBalance>, list: List<TransferView>, is_first: bool) -> AnyView {
    let words = room.words();
    if list.items.is_empty() {
        let (title, words) = (say!(words, "transfers-none"), say!(words, "transfers-none-means"));
        return Card::plain().flush(Empty { title, words, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "transfer-reference")),
        Column::new(say!(words, "transfer-state-of")),
        Column::new(say!(words, "transfer-announced-on")),
        Column::end(say!(words, "transfer-amount")),
        Column::end(say!(words, "transfer-paid")),
    ];
    let older = list.next_cursor.map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), room.href(&format!("/transfers?{query}")))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), room.href("/transfers")));
    let more = older.is_some() || newer.is_some();
    let row = |transfer: &TransferView| {
        let href = room.href(&format!("/transfers/{}", transfer.id));
        Row::new(vec![
            cover(href, transfer.reference.clone()),
            state(words, transfer.state),
            time(transfer.asked_at, words.date(transfer.asked_at)),
            amount(words.money(transfer.amount)),
            amount(words.money(transfer.paid)),
        ])
        .goes()
    };
    let rows = list.items.iter().map(row).collect();
    let pages = pages(say!(words, "transfers"), newer, older);
    let card = if more { Card::plain().foot(pages) } else { Card::plain() };
    card.flush(Table::new(say!(words, "transfers"), columns).rows(rows).view())
}

/// What has become of it, as a pill.
fn state(words: &Words, state: TransferState) -> AnyView {
    let tone = match state {
        TransferState::Open => Tone::Warn,
        TransferState::Paid => Tone::Good,
        TransferState::Expired | TransferState::Cancelled => Tone::Idle,
    };
    pill(tone, words.transfer_state(state))
}
