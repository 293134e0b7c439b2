//! One flavour's price in one currency: its versions, a new one from a date, and withdrawing one that has not begun.

use axum::response::{IntoResponse, Response};
use domain::{access::policy::SetPrices, commands::Command, prices};
use leptos::prelude::*;
use messages::say;
use serde::{Deserialize, Serialize};
use session::{Form as Sent, Path, Refused};
use types::{Currency, FlavourId, Money, PriceHistory, PriceId, PriceView, SetPrice};

use super::{
    asked::{for_field, instant, is_said_here, micros, notice, problem},
    prices::{present, span},
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Column, Empty, Field, Form, Heading, Row, Table, Tone, amount, hidden, number, pill},
};

/// What the form of a new price sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    amount: String,
    #[serde(default)]
    started_at: String,
    #[serde(default)]
    idempotency_key: String,
}

/// Which version is withdrawn.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Withdrawn {
    price: PriceId,
    #[serde(default, skip_serializing)]
    idempotency_key: String,
}

type Which = Path<(FlavourId, Currency)>;

/// The page.
pub(crate) async fn show(office: Office<SetPrices>, Path(which): Which) -> Result<Page, Refused> {
    page(&office, which, None).await
}

/// Sets a price.
pub(crate) async fn set(
    office: Office<SetPrices>,
    Path(which): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    match try_set(&office, which, &sent).await {
        Ok(view) => {
            let words = office.words();
            let done = say!(words, "staff-price-set", price = words.per_hour(view.per_hour));
            let next = say!(words, "staff-price-set-means", from = words.moment(view.started_at));
            Ok(office.redirect(&href(which), Flash::done(done).then(next)))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, which, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn try_set(
    office: &Office<SetPrices>,
    (flavour, currency): (FlavourId, Currency),
    sent: &Wanted,
) -> Result<PriceView, Refused> {
    let micros_per_hour = micros("amount", &sent.amount)?;
    let started_at = instant(office.words(), "started_at", &sent.started_at)?;
    let ask = SetPrice { flavour, currency, micros_per_hour, started_at };
    let command = Command::new(&sent.idempotency_key, "set_price", &ask)?;
    Ok(prices::set_price(&office.portal.db, &office.survey, ask, command, office.now).await?)
}

/// Withdraws a version that has not begun.
pub(crate) async fn withdraw(
    office: Office<SetPrices>,
    Path(which): Which,
    Sent(sent): Sent<Withdrawn>,
) -> Result<Response, Refused> {
    let command = Command::new(&sent.idempotency_key, "withdraw_price", &sent)?;
    prices::withdraw_price(&office.portal.db, &office.survey, sent.price, command, office.now).await?;
    let words = office.words();
    let flash = Flash::done(say!(words, "staff-withdrawn")).then(say!(words, "staff-withdrawn-means"));
    Ok(office.redirect(&href(which), flash))
}

fn href((flavour, currency): (FlavourId, Currency)) -> String {
    format!("/staff/prices/{flavour}/{currency}")
}

async fn page(
    office: &Office<SetPrices>,
    (flavour, currency): (FlavourId, Currency),
    returned: Option<(Wanted, Refused)>,
) -> Result<Page, Refused> {
    let histories = prices::list_prices(&office.look().await?, &office.survey).await?.items;
    let wanted = |history: &PriceHistory| (history.flavour, history.currency) == (flavour, currency);
    let history = histories.into_iter().find(wanted).ok_or(domain::Error::NotFound)?;
    let shell = office.shell(StaffWay::Prices).await?;
    let name = format!("{} · {currency}", history.name);
    Ok(office.page_of(shell, StaffWay::Prices, &name, || view(office, &history, &name, returned)))
}

fn view(
    office: &Office<SetPrices>,
    history: &PriceHistory,
    name: &str,
    returned: Option<(Wanted, Refused)>,
) -> AnyView {
    let words = office.words();
    let state = match present(history, office.now) {
        Some(version) => pill(Tone::Good, words.per_hour(version.per_hour)),
        None => pill(Tone::Warn, say!(words, "staff-not-for-sale")),
    };
    let heading = Heading::of(view! { <bdi>{name.to_owned()}</bdi> }.into_any()).beside(state);
    view! {
        {heading.view()}
        {notice(words, returned.as_ref().map(|(_, refused)| refused))}
        <div class="split">
            {versions(office, history)}
            {Card::titled(say!(words, "staff-new-price")).body(form(office, history, returned))}
        </div>
    }
    .into_any()
}

fn versions(office: &Office<SetPrices>, history: &PriceHistory) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "staff-versions"));
    if history.versions.is_empty() {
        let (title, next) = (say!(words, "staff-never-sold"), say!(words, "staff-never-sold-next"));
        return card.body(Empty { title, words: next, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "staff-version")),
        Column::end(say!(words, "staff-per-hour")),
        Column::new(say!(words, "staff-holds")),
        Column::new(say!(words, "staff-set-by")),
        Column::unseen(say!(words, "staff-withdraw")),
    ];
    let row = |version: &PriceView| {
        let who = version.set_by.clone().unwrap_or_else(|| say!(words, "staff-installation"));
        let withdraw = version.is_scheduled.then(|| withdrawal(office, history, version));
        Row::new(vec![
            number(words.count(version.version.into())),
            amount(words.per_hour(version.per_hour)),
            span(words, office.now, version.started_at, version.ended_at),
            view! { <bdi>{who}</bdi> }.into_any(),
            view! { {withdraw} }.into_any(),
        ])
    };
    let table = Table::new(say!(words, "staff-versions"), columns);
    card.flush(table.rows(history.versions.iter().map(row).collect()).view())
}

fn withdrawal(office: &Office<SetPrices>, history: &PriceHistory, version: &PriceView) -> AnyView {
    let action = format!("{}/withdraw", href((history.flavour, history.currency)));
    let fields = view! { {hidden("price", version.id.to_string())}{hidden("idempotency_key", office.key())} };
    Button::new(say!(office.words(), "staff-withdraw")).small().danger().post(action, fields.into_any())
}

fn form(office: &Office<SetPrices>, history: &PriceHistory, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let refused = refused.as_ref();
    let example = words.amount_exact(Money { micros: 27_400_000, currency: history.currency });
    // The domain names what it refuses by the request's field, the form by its own.
    let wrong = problem(words, refused, "amount").or_else(|| problem(words, refused, "micros_per_hour"));
    let price = Field::amount("amount", say!(words, "staff-price-net"))
        .unit(format!("{}/h", history.currency))
        .placeholder(example)
        .value(sent.amount)
        .error(wrong)
        .required();
    let from = Field::moment("started_at", say!(words, "staff-price-from"))
        .value(sent.started_at)
        .hint(say!(words, "staff-price-from-hint", zone = words.zone(), now = for_field(words, office.now)))
        .error(problem(words, refused, "started_at"));
    let fields = view! {
        {price.view()}{from.view()}
        <p class="sm soft">{say!(words, "staff-price-means")}</p>
        <div>{Button::new(say!(words, "staff-set-price")).primary().submit()}</div>
    };
    Form::post(href((history.flavour, history.currency))).once(office.key()).around(fields.into_any())
}
