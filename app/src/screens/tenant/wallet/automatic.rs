//! A wallet that tops itself up: what somebody agrees to, how it stands, and what waits for somebody.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::policy::{Permission, ReadBalance, TopUpWallet},
    ledger,
    payments::{automatic, cards},
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Refused};
use types::{AutoTopUpState, AutoTopUpView, CardState, Currency, Money, SavedCardId, SavedCardView, SetAutoTopUp};

use super::cards::{HERE as CARDS, name};
use crate::{
    Flash, Page, Room, Way,
    components::{Banner, Button, Card, Field, Form, Heading, Select, Tone, banner, check, facts, text},
    screens::asked::{decimal_of, is_said_here, micros, notice, problem},
};

/// Where the form is, inside the organisation.
const HERE: &str = "/wallet/auto-top-up";

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    below: String,
    amount: String,
    monthly_limit: String,
    card: String,
    consents: String,
}

/// What the form stands in.
struct Found {
    currency: Currency,
    cards: Vec<SavedCardView>,
    automatic: Option<AutoTopUpView>,
}

/// The form.
pub(crate) async fn show(room: Room<TopUpWallet>) -> Result<Page, Refused> {
    page(&room, None).await
}

/// Agrees to it.
pub(crate) async fn set(room: Room<TopUpWallet>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    match agreed(&room, &sent).await {
        Ok(view) => {
            let said = say!(room.words(), "auto-top-up-agreed");
            let means = say!(room.words(), "auto-top-up-left", amount = room.words().money(view.left));
            Ok(room.redirect(CARDS, Flash::done(said).then(means)))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&room, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Ends it.
pub(crate) async fn end(room: Room<TopUpWallet>) -> Result<Response, Refused> {
    automatic::end_auto_top_up(&room.portal.db, &room.scope, room.now).await?;
    Ok(room.redirect(CARDS, Flash::done(say!(room.words(), "auto-top-up-ended"))))
}

/// What is paused, or waits for somebody, above a page of the wallet.
pub(super) fn told<P: Permission>(room: &Room<P>, automatic: Option<&AutoTopUpView>) -> Option<AnyView> {
    let (words, view) = (room.words(), automatic?);
    let amount = || words.money(view.amount);
    if let Some(payment) = view.waits_for_person {
        let to = room.href(&format!("/wallet/top-ups/{payment}"));
        return Some(banner(Banner {
            tone: Tone::Warn,
            title: say!(words, "auto-top-up-asks", amount = amount()),
            words: Some(say!(words, "auto-top-up-asks-means")),
            action: Some(Button::new(say!(words, "auto-top-up-asks-way")).primary().to(to)),
        }));
    }
    (view.state == AutoTopUpState::Paused).then(|| {
        banner(Banner {
            tone: Tone::Bad,
            title: say!(words, "auto-top-up-paused"),
            words: Some(say!(words, "auto-top-up-paused-means")),
            action: Some(Button::new(say!(words, "auto-top-up-change")).to(room.href(HERE))),
        })
    })
}

/// How it stands, in a few lines, and the way to change it.
pub(super) fn summary<P: Permission>(
    room: &Room<P>,
    automatic: Option<&AutoTopUpView>,
    cards: &[SavedCardView],
) -> AnyView {
    let words = room.words();
    let may = room.seat.may::<TopUpWallet>();
    let change = may.then(|| Button::new(say!(words, "auto-top-up-change")).to(room.href(HERE)));
    let off = automatic.filter(|view| may && view.state != AutoTopUpState::Off).map(|_| {
        Button::new(say!(words, "auto-top-up-end")).quiet().post(room.href(&format!("{HERE}/end")), ().into_any())
    });
    let how = match automatic {
        None => view! { <p class="sm soft">{say!(words, "auto-top-up-none")}</p> }.into_any(),
        Some(view) => facts(pairs(words, view, cards)),
    };
    let body = view! { {how}<div class="row">{change}{off}</div> };
    Card::titled(say!(words, "auto-top-up")).body(body.into_any())
}

fn pairs(words: &Words, view: &AutoTopUpView, cards: &[SavedCardView]) -> Vec<(String, AnyView)> {
    let money = |amount: Money| text(words.money(amount));
    let mut pairs = vec![
        (say!(words, "auto-top-up-state"), text(say!(words, "auto-top-up-is", word = view.state.word()))),
        (say!(words, "auto-top-up-below"), money(view.below)),
        (say!(words, "auto-top-up-amount"), money(view.amount)),
        (say!(words, "auto-top-up-limit"), money(view.monthly_limit)),
        (say!(words, "auto-top-up-left-head"), money(view.left)),
    ];
    if let Some(card) = cards.iter().find(|card| card.id == view.card) {
        pairs.push((say!(words, "card-head"), text(name(words, card))));
    }
    let by = view.consented_by.clone().unwrap_or_else(|| "–".to_owned());
    pairs.push((say!(words, "auto-top-up-by"), text(by)));
    pairs.push((say!(words, "auto-top-up-since"), text(words.moment(view.consented_at))));
    pairs
}

async fn agreed(room: &Room<TopUpWallet>, sent: &Wanted) -> Result<AutoTopUpView, Refused> {
    if room.portal.cards.is_none() {
        return Err(Error::Conflict("no-card").into());
    }
    let currency = found(room).await?.currency;
    let money = |field, text: &str| micros(field, text).map(|micros| Money { micros, currency });
    let unknown = || Refused::from(Error::Invalid { field: "card", rule: Rule::Known });
    let ask = SetAutoTopUp {
        below: money("below", &sent.below)?,
        amount: money("amount", &sent.amount)?,
        monthly_limit: money("monthly_limit", &sent.monthly_limit)?,
        card: sent.card.parse::<SavedCardId>().map_err(|_| unknown())?,
        consents: sent.consents == "yes",
    };
    Ok(automatic::set_auto_top_up(&room.portal.db, &room.scope, &ask, room.now).await?)
}

async fn found(room: &Room<TopUpWallet>) -> Result<Found, Refused> {
    let (tx, scope) = (room.look().await?, room.seat.prove::<ReadBalance>()?);
    let mut cards = cards::list_cards_in(&tx, &scope).await?;
    cards.retain(|card| card.state == CardState::Saved);
    Ok(Found {
        currency: ledger::wallet_in(&tx, &scope).await?.currency,
        cards,
        automatic: automatic::auto_top_up_in(&tx, &scope).await?,
    })
}

async fn page(room: &Room<TopUpWallet>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let found = found(room).await?;
    let tx = room.look().await?;
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    drop(tx);
    let title = say!(room.words(), "auto-top-up");
    Ok(room.page_of(shell, Way::Wallet, &title, || view(room, &found, returned)))
}

fn view(room: &Room<TopUpWallet>, found: &Found, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "auto-top-up")).beneath(say!(words, "auto-top-up-beneath"));
    let (sent, refused) = match returned {
        Some((sent, refused)) => (sent, Some(refused)),
        None => (as_it_is(found), None),
    };
    let body = match (room.portal.cards.is_some(), found.cards.is_empty()) {
        (false, _) => view! { <p class="sm soft">{say!(words, "top-up-card-none")}</p> }.into_any(),
        (true, true) => view! {
            <p class="sm soft">{say!(words, "auto-top-up-needs-card")}</p>
            <div>{Button::new(say!(words, "card-save")).primary().to(room.href(CARDS))}</div>
        }
        .into_any(),
        (true, false) => form(room, found, sent, refused.as_ref()),
    };
    view! {
        {heading.view()}{notice(words, refused.as_ref())}
        <div class="split"><div class="stack">{Card::plain().body(body)}</div></div>
    }
    .into_any()
}

/// What was agreed to, as its form is filled; nobody agrees by what was filled before.
fn as_it_is(found: &Found) -> Wanted {
    let usual = found.cards.iter().find(|card| card.is_default).map(|card| card.id.to_string()).unwrap_or_default();
    match &found.automatic {
        Some(view) => Wanted {
            below: decimal_of(view.below.micros),
            amount: decimal_of(view.amount.micros),
            monthly_limit: decimal_of(view.monthly_limit.micros),
            card: view.card.to_string(),
            consents: String::new(),
        },
        None => Wanted { card: usual, ..Wanted::default() },
    }
}

fn form(room: &Room<TopUpWallet>, found: &Found, sent: Wanted, refused: Option<&Refused>) -> AnyView {
    let words = room.words();
    let field = |field: &'static str, label: String, value: String, hint: String| {
        Field::amount(field, label)
            .value(value)
            .unit(found.currency.word())
            .hint(hint)
            .error(problem(words, refused, field))
            .required()
            .view()
    };
    let cards = Select {
        name: "card".to_owned(),
        label: say!(words, "card-head"),
        options: found.cards.iter().map(|card| (card.id.to_string(), name(words, card))).collect(),
        chosen: sent.card,
        hint: None,
        error: problem(words, refused, "card"),
    };
    let wrong = problem(words, refused, "consents").map(|words| view! { <p class="error" role="alert">{words}</p> });
    let fields = view! {
        {field("below", say!(words, "auto-top-up-below"), sent.below, say!(words, "auto-top-up-below-hint"))}
        {field("amount", say!(words, "auto-top-up-amount"), sent.amount, say!(words, "auto-top-up-amount-hint"))}
        {field("monthly_limit", say!(words, "auto-top-up-limit"), sent.monthly_limit, say!(words, "auto-top-up-limit-hint"))}
        {cards.view()}
        {check("consents", say!(words, "auto-top-up-consent"), sent.consents == "yes")}{wrong}
        <div>{Button::new(say!(words, "auto-top-up-agree")).primary().submit()}</div>
    };
    Form::post(room.href(HERE)).once(room.key()).around(fields.into_any())
}
