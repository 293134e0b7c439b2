//! Cards that are kept: giving one on the provider's page, choosing the usual one, taking one away. Who gave a card comes back
//! here.

use axum::response::Response;
use domain::{
    Error,
    access::policy::{ReadBalance, TopUpWallet},
    commands::Command,
    payments::{automatic, cards},
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Cards, Form as Sent, Path, Refused};
use types::{AutoTopUpView, CardState, SavedCardId, SavedCardView};

use super::automatic as by_itself;
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Column, Form, Heading, Row, Table, Tone, hidden, pill, text},
    screens::asked::is_said_here,
};

/// Where the page is, inside the organisation.
pub(super) const HERE: &str = "/wallet/cards";

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    idempotency_key: String,
}

type Which = Path<(String, SavedCardId)>;

/// What the page shows.
struct Shown {
    cards: Vec<SavedCardView>,
    automatic: Option<AutoTopUpView>,
}

/// The page.
pub(crate) async fn show(room: Room<ReadBalance>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shown = Shown {
        cards: cards::list_cards_in(&tx, &room.scope).await?,
        automatic: automatic::auto_top_up_in(&tx, &room.scope).await?,
    };
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    let title = say!(room.words(), "cards-title");
    Ok(room.page_of(shell, Way::Wallet, &title, || view(&room, &shown)))
}

/// Asks for a card to be kept; the page leads on to where it is given.
pub(crate) async fn save(room: Room<TopUpWallet>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    let Some(Cards(gateway)) = &room.portal.cards else { return Err(Error::Conflict("no-card").into()) };
    let command = Command::new(&sent.idempotency_key, "save_card", &())?;
    let saved = cards::save_card(&room.portal.db, &**gateway, &room.scope, command, room.now).await;
    led_back(&room, saved.map(drop), say!(room.words(), "card-asked"))
}

/// Makes a card the usual one.
pub(crate) async fn choose(room: Room<TopUpWallet>, Path((_, card)): Which) -> Result<Response, Refused> {
    let chosen = cards::choose_card(&room.portal.db, &room.scope, card, room.now).await;
    led_back(&room, chosen.map(drop), say!(room.words(), "card-chosen"))
}

/// Takes a card away.
pub(crate) async fn remove(room: Room<TopUpWallet>, Path((_, card)): Which) -> Result<Response, Refused> {
    let removed = cards::remove_card(&room.portal.db, &room.scope, card, room.now).await;
    led_back(&room, removed, say!(room.words(), "card-removed"))
}

/// Brand, last digits and expiry of a card.
pub(super) fn name(words: &Words, card: &SavedCardView) -> String {
    let last4 = card.last4.as_deref().unwrap_or_default();
    say!(words, "card-name", brand = brand(card), last4 = last4)
}

/// As its own people write it.
fn brand(card: &SavedCardView) -> &str {
    match card.brand.as_deref() {
        Some("visa") => "Visa",
        Some("mastercard") => "Mastercard",
        Some("amex") => "American Express",
        Some("unionpay") => "UnionPay",
        Some(other) => other,
        None => "",
    }
}

/// Back to the page, with what was done or why it was not.
fn led_back(room: &Room<TopUpWallet>, outcome: domain::Result<()>, done: String) -> Result<Response, Refused> {
    let flash = match outcome.map_err(Refused::from) {
        Ok(()) => Flash::done(done),
        Err(refused) if is_said_here(&refused) => {
            let said = room.words().refusal(&refused.refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(refused) => return Err(refused),
    };
    Ok(room.redirect(HERE, flash))
}

fn view(room: &Room<ReadBalance>, shown: &Shown) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "cards-title")).beneath(say!(words, "cards-beneath"));
    let may = room.seat.may::<TopUpWallet>();
    let list = match shown.cards.is_empty() {
        true => Card::plain().body(view! { <p class="sm soft">{say!(words, "cards-none")}</p> }.into_any()),
        false => table(room, &shown.cards, may),
    };
    let aside = by_itself::summary(room, shown.automatic.as_ref(), &shown.cards);
    view! {
        {heading.view()}{by_itself::told(room, shown.automatic.as_ref())}
        <div class="split">
            <div class="stack">{list}{may.then(|| another(room))}</div>
            <aside>{aside}</aside>
        </div>
    }
    .into_any()
}

fn another(room: &Room<ReadBalance>) -> AnyView {
    let words = room.words();
    if room.portal.cards.is_none() {
        return Card::plain().body(view! { <p class="sm soft">{say!(words, "top-up-card-none")}</p> }.into_any());
    }
    let fields = view! {
        <p class="sm soft">{say!(words, "card-save-means")}</p>
        <div>{Button::new(say!(words, "card-save")).primary().submit()}</div>
    };
    let form = Form::post(room.href(HERE)).once(room.key()).around(fields.into_any());
    Card::titled(say!(words, "card-save")).body(form)
}

fn table(room: &Room<ReadBalance>, cards: &[SavedCardView], may: bool) -> AnyView {
    let words = room.words();
    let columns = vec![
        Column::new(say!(words, "card-head")),
        Column::new(say!(words, "card-expires-head")),
        Column::new(say!(words, "card-state-head")),
        Column::unseen(say!(words, "card-actions")),
    ];
    let rows = cards.iter().map(|card| row(room, card, may)).collect();
    Table::new(say!(words, "cards-title"), columns).rows(rows).view()
}

fn row(room: &Room<ReadBalance>, card: &SavedCardView, may: bool) -> Row {
    let words = room.words();
    let called = match card.last4 {
        Some(_) => name(words, card),
        None => say!(words, "card-new", moment = words.moment(card.asked_at)),
    };
    let expires = match (card.exp_month, card.exp_year) {
        (Some(month), Some(year)) => format!("{month:02}/{year}"),
        _ => "–".to_owned(),
    };
    let usual = card.is_default.then(|| pill(Tone::Good, say!(words, "card-default")));
    let called = view! { <div class="row"><bdi>{called}</bdi>{usual}</div> }.into_any();
    Row::new(vec![called, view! { <bdi>{expires}</bdi> }.into_any(), state(words, card), actions(room, card, may)])
}

fn state(words: &Words, card: &SavedCardView) -> AnyView {
    let tone = match card.state {
        CardState::Saved => Tone::Good,
        CardState::Failed => Tone::Bad,
        CardState::NeedsPerson | CardState::Expired => Tone::Warn,
        CardState::Wanted | CardState::Sent | CardState::Removing | CardState::Removed => Tone::Idle,
    };
    pill(tone, say!(words, "card-is", word = card.state.word()))
}

fn actions(room: &Room<ReadBalance>, card: &SavedCardView, may: bool) -> AnyView {
    let words = room.words();
    if !may {
        return text(String::new());
    }
    match (card.state, &card.save_at) {
        (CardState::NeedsPerson, Some(page)) => {
            Button::new(say!(words, "card-give")).primary().small().to(page.as_str())
        }
        (CardState::Saved, _) => {
            let to = |verb: &str| room.href(&format!("{HERE}/{}/{verb}", card.id));
            let key = || hidden("idempotency_key", room.key());
            let usual = (!card.is_default)
                .then(|| Button::new(say!(words, "card-choose")).small().quiet().post(to("default"), key()));
            let away = Button::new(say!(words, "card-remove")).small().danger().post(to("remove"), key());
            view! { <div class="row">{usual}{away}</div> }.into_any()
        }
        _ => text(String::new()),
    }
}
