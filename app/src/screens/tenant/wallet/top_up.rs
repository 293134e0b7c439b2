//! Topping up by card: how much, then the provider's page, then what has become of it. Nobody is sent to the provider by the
//! form itself: browsers follow a form to this site alone, so the page leads on by a link.

use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    Error,
    access::policy::{ReadBalance, ReadInvoices, TopUpWallet},
    commands::Command,
    ledger, papers, payments,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Cards, Form as Sent, Path, Refused};
use types::{Currency, Money, PaperId, PaperView, PaymentId, PaymentState, PaymentView, TopUpByCard};

use super::cards;
use crate::{
    Page, Room, Way,
    components::{Banner, Button, Card, Field, Form, Heading, Tone, banner, check, facts, text},
    screens::{
        asked::{is_said_here, micros, notice, problem},
        tenant::documents::downloads,
    },
};

/// Where the form is, inside the organisation.
const HERE: &str = "/wallet/top-up";

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    idempotency_key: String,
    amount: String,
    keep_card: String,
}

/// What the form stands in.
struct Found {
    currency: Currency,
    /// Those that are not over.
    waiting: Vec<PaymentView>,
}

/// The form.
pub(crate) async fn show(room: Room<TopUpWallet>) -> Result<Page, Refused> {
    page(&room, None).await
}

/// Asks for it, and leads to its page.
pub(crate) async fn ask(room: Room<TopUpWallet>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    match asked(&room, &sent).await {
        Ok(payment) => Ok(Redirect::to(&room.href(&address(payment.id))).into_response()),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&room, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// What has become of one.
pub(crate) async fn one(
    room: Room<ReadBalance>,
    Path((_, payment)): Path<(String, PaymentId)>,
) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let payment = payments::payment_in(&tx, &room.scope, payment).await?;
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    let title = say!(room.words(), "top-up-card");
    let receipt = match room.seat.may::<ReadInvoices>() {
        true => papers::paper_of_in(&tx, &room.seat.prove()?, PaperId::from_uuid(payment.id.uuid())).await?,
        false => None,
    };
    Ok(room.page_of(shell, Way::Wallet, &title, || one_view(&room, &payment, receipt.as_ref())))
}

/// What leads here from the wallet, or why nothing does.
pub(super) fn way(room: &Room<ReadBalance>) -> Option<AnyView> {
    let words = room.words();
    if room.portal.cards.is_none() {
        return Some(view! { <p class="sm faint">{say!(words, "top-up-card-none")}</p> }.into_any());
    }
    let to = room.seat.may::<TopUpWallet>().then(|| Button::new(say!(words, "top-up-card")).to(room.href(HERE)));
    let kept = Button::new(say!(words, "cards-title")).quiet().to(room.href(cards::HERE));
    Some(view! { <div class="row wrap">{to}{kept}</div> }.into_any())
}

/// Where one is, inside the organisation.
fn address(payment: PaymentId) -> String {
    format!("/wallet/top-ups/{payment}")
}

async fn asked(room: &Room<TopUpWallet>, sent: &Wanted) -> Result<PaymentView, Refused> {
    let Some(Cards(gateway)) = &room.portal.cards else { return Err(Error::Conflict("no-card").into()) };
    let currency = found(room).await?.currency;
    let amount = Money { micros: micros("amount", &sent.amount)?, currency };
    let ask = TopUpByCard { amount, keep_card: sent.keep_card == "yes" };
    let command = Command::new(&sent.idempotency_key, "top_up_by_card", &ask)?;
    Ok(payments::top_up_by_card(&room.portal.db, &**gateway, &room.scope, ask, command, room.now).await?)
}

async fn found(room: &Room<TopUpWallet>) -> Result<Found, Refused> {
    let (tx, scope) = (room.look().await?, room.seat.prove::<ReadBalance>()?);
    let currency = ledger::wallet_in(&tx, &scope).await?.currency;
    Ok(Found { currency, waiting: payments::waiting_payments_in(&tx, &scope).await? })
}

async fn page(room: &Room<TopUpWallet>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let found = found(room).await?;
    let tx = room.look().await?;
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    drop(tx);
    let title = say!(room.words(), "top-up-card");
    Ok(room.page_of(shell, Way::Wallet, &title, || view(room, found, returned)))
}

fn view(room: &Room<TopUpWallet>, found: Found, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "top-up-card")).beneath(say!(words, "top-up-card-beneath"));
    let (sent, refused) = returned.map_or((Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let body = match room.portal.cards.is_some() {
        true => form(room, found.currency, sent, refused.as_ref()),
        false => view! { <p class="sm soft">{say!(words, "top-up-card-none")}</p> }.into_any(),
    };
    let waiting = (!found.waiting.is_empty()).then(|| waiting(room, &found.waiting));
    view! {
        {heading.view()}{notice(words, refused.as_ref())}
        <div class="split"><div class="stack">{Card::plain().body(body)}{waiting}</div></div>
    }
    .into_any()
}

fn form(room: &Room<TopUpWallet>, currency: Currency, sent: Wanted, refused: Option<&Refused>) -> AnyView {
    let words = room.words();
    let amount = Field::amount("amount", say!(words, "top-up-amount"))
        .value(sent.amount)
        .unit(currency.word())
        .hint(say!(words, "top-up-amount-hint"))
        .error(problem(words, refused, "amount"))
        .required();
    let fields = view! {
        {amount.view()}
        {check("keep_card", say!(words, "top-up-keep-card"), sent.keep_card == "yes")}
        <div>{Button::new(say!(words, "top-up-go-on")).primary().submit()}</div>
    };
    Form::post(room.href(HERE)).once(room.key()).around(fields.into_any())
}

fn waiting(room: &Room<TopUpWallet>, payments: &[PaymentView]) -> AnyView {
    let words = room.words();
    let line = |payment: &PaymentView| {
        let link = view! { <a href=room.href(&address(payment.id))>{words.money(payment.amount)}</a> };
        (words.moment(payment.asked_at), link.into_any())
    };
    Card::titled(say!(words, "top-up-waiting")).body(facts(payments.iter().map(line).collect()))
}

fn one_view(room: &Room<ReadBalance>, payment: &PaymentView, receipt: Option<&PaperView>) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "top-up-of", amount = words.money(payment.amount)));
    let files = downloads(words, &room.href(""), receipt);
    let heading = heading.actions(view! { {files} }.into_any());
    let mut pairs = vec![
        (say!(words, "top-up-state"), text(say!(words, "top-up-is", word = payment.state.word()))),
        (say!(words, "top-up-asked"), text(words.moment(payment.asked_at))),
    ];
    if let Some(name) = &payment.asked_by {
        pairs.push((say!(words, "top-up-by"), text(name.as_str())));
    }
    view! {
        {heading.view()}{told(room, payment)}
        <div class="split">{Card::plain().body(facts(pairs))}</div>
    }
    .into_any()
}

/// How it is, and what to do next.
fn told(room: &Room<ReadBalance>, payment: &PaymentView) -> AnyView {
    let words = room.words();
    let again = || Button::new(say!(words, "top-up-look")).to(room.href(&address(payment.id)));
    let to_wallet = || Button::new(say!(words, "top-up-to-wallet")).to(room.href(Way::Wallet.path()));
    let another = || match room.seat.may::<TopUpWallet>() {
        true => Button::new(say!(words, "top-up-another")).to(room.href(HERE)),
        false => to_wallet(),
    };
    let (tone, action) = match (payment.state, &payment.pay_at) {
        (PaymentState::Succeeded, _) => (Tone::Good, to_wallet()),
        (PaymentState::Failed, _) => (Tone::Bad, another()),
        (PaymentState::Cancelled | PaymentState::Expired, _) => (Tone::Warn, another()),
        // The provider's page may offer the organisation's cards to whoever opens it.
        (PaymentState::NeedsPerson, Some(page)) if room.seat.may::<TopUpWallet>() => {
            let pay = Button::new(say!(words, "top-up-pay")).primary().to(page.as_str());
            (Tone::Warn, view! { <div class="row">{again()}{pay}</div> }.into_any())
        }
        (PaymentState::NeedsPerson | PaymentState::Wanted | PaymentState::Sent | PaymentState::Waits, _) => {
            (Tone::Idle, again())
        }
    };
    banner(Banner {
        tone,
        title: say!(words, "top-up-is", word = payment.state.word()),
        words: Some(means(words, payment)),
        action: Some(action),
    })
}

fn means(words: &Words, payment: &PaymentView) -> String {
    match &payment.failure {
        Some(failure) => say!(words, "top-up-failure", word = failure.as_str()),
        None => say!(words, "top-up-means-of", word = payment.state.word()),
    }
}
