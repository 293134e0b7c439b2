//! The front door: what it is, and the live catalogue. No island: it loads no wasm.

use axum::extract::State;
use domain::catalogue;
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Now, Portal, Query, Refused, Signed};
use types::{Currency, FlavourView};

use crate::{
    Page, Visit,
    components::{Bare, Button, Card, Column, Empty, Row, Table, Tone, amount, both, pill, text},
    screens::tenant::launch::{free, price, what_it_is},
};

/// In which currency prices are wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    currency: Option<String>,
}

/// The page.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    signed: Option<Signed>,
    Query(asked): Query<Asked>,
) -> Result<Page, Refused> {
    let currency = asked.currency.as_deref().and_then(|word| word.parse().ok()).unwrap_or(Currency::Mad);
    let open = portal.db.public(now).await?;
    let flavours = catalogue::list_public_in(&open, currency).await?.items;
    let words = &visit.words;
    let enter = match &signed {
        Some(_) => Button::new(say!(words, "landing-enter")).small().to("/home"),
        None => Button::new(say!(words, "nav-sign-in")).small().to("/sign-in"),
    };
    let view = || view(words, signed.is_some(), currency, flavours);
    Ok(Page::bare(&visit, Bare { end: Some(enter) }, "", view))
}

fn view(words: &Words, signed: bool, currency: Currency, flavours: Vec<FlavourView>) -> AnyView {
    let first = match signed {
        true => Button::new(say!(words, "landing-enter")).primary().to("/home"),
        false => Button::new(say!(words, "nav-sign-in")).primary().to("/sign-in"),
    };
    view! {
        <section class="hero">
            <h1>{say!(words, "landing-title")}</h1>
            <p>{say!(words, "landing-words")}</p>
            <div class="row wrap">{first}{Button::new(say!(words, "landing-docs")).to("/api/docs")}</div>
        </section>
        {on_offer(words, currency, flavours)}
        {promises(words)}
    }
    .into_any()
}

fn on_offer(words: &Words, currency: Currency, flavours: Vec<FlavourView>) -> AnyView {
    if flavours.is_empty() {
        let (title, means) = (say!(words, "catalogue-empty"), say!(words, "catalogue-empty-means"));
        return Card::plain().flush(Empty { title, words: means, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "model")),
        Column::end(say!(words, "memory")),
        Column::new(say!(words, "free")),
        Column::end(say!(words, "price")),
    ];
    let row = |flavour: &FlavourView| {
        let name = view! { <bdi class="strong">{flavour.name.clone()}</bdi> }.into_any();
        Row::new(vec![
            both(name, text(what_it_is(words, flavour))),
            amount(say!(words, "gibibytes", number = words.count(flavour.gpu_memory_mib / 1024))),
            free(words, flavour),
            offer(words, flavour),
        ])
    };
    let rows = flavours.iter().map(row).collect();
    Card::titled(say!(words, "landing-catalogue"))
        .end(currencies(words, currency))
        .foot(text(say!(words, "landing-catalogue-means")))
        .flush(Table::new(say!(words, "landing-catalogue"), columns).rows(rows).view())
}

/// What it costs. There is no verdict here that would say why there is no price.
fn offer(words: &Words, flavour: &FlavourView) -> AnyView {
    match flavour.per_hour {
        Some(_) => price(words, flavour),
        None => pill(Tone::Idle, say!(words, "not-for-sale")),
    }
}

fn currencies(words: &Words, chosen: Currency) -> AnyView {
    let link = |currency: &Currency| {
        let here = (*currency == chosen).then_some("true");
        let class = if *currency == chosen { "btn small" } else { "btn small quiet" };
        view! { <a class=class aria-current=here href=format!("/?currency={}", currency.word())>{currency.word()}</a> }
    };
    let links = Currency::ALL.iter().map(link).collect::<Vec<_>>();
    view! { <nav class="row" aria-label=say!(words, "landing-currency")>{links}</nav> }.into_any()
}

fn promises(words: &Words) -> AnyView {
    let promise = |title: String, means: String| view! { <div><h2>{title}</h2><p>{means}</p></div> };
    view! {
        <section class="promises">
            {promise(say!(words, "landing-promise-ahead"), say!(words, "landing-promise-ahead-means"))}
            {promise(say!(words, "landing-promise-seconds"), say!(words, "landing-promise-seconds-means"))}
            {promise(say!(words, "landing-promise-proof"), say!(words, "landing-promise-proof-means"))}
        </section>
    }
    .into_any()
}
