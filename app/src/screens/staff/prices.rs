//! What every flavour costs in every currency, what is not for sale, and the tax rules.

use domain::{access::policy::SetPrices, prices};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{Currency, PriceHistory, PriceView, TaxRuleView, Timestamp, WithholdingRate};

use crate::{
    Office, Page, StaffWay,
    components::{Card, Column, Empty, Heading, Row, Table, Tone, both, ident, link, number, pill, text, time},
};

/// The page.
pub(crate) async fn show(office: Office<SetPrices>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let histories = prices::list_prices(&open, &office.survey).await?.items;
    let rules = prices::list_tax_rules(&open, &office.survey).await?.items;
    drop(open);
    let shell = office.shell(StaffWay::Prices).await?;
    let words = office.words();
    let heading = Heading::new(say!(words, "nav-prices")).beneath(say!(words, "staff-prices-beneath"));
    Ok(office.page(shell, StaffWay::Prices, || {
        view! { {heading.view()}{listed(words, office.now, &histories)}{taxes(words, office.now, &rules)} }.into_any()
    }))
}

/// The version that holds now.
pub(super) fn present(history: &PriceHistory, now: Timestamp) -> Option<&PriceView> {
    let holds = |version: &&PriceView| version.started_at <= now && version.ended_at.is_none_or(|end| end > now);
    history.versions.iter().find(holds)
}

fn listed(words: &Words, now: Timestamp, histories: &[PriceHistory]) -> AnyView {
    if histories.is_empty() {
        let (title, next) = (say!(words, "staff-no-flavours"), say!(words, "staff-no-flavours-next"));
        return Card::plain().body(Empty { title, words: next, next: None }.view());
    }
    let currencies = Currency::ALL.iter().map(|currency| Column::end(currency.word()));
    let columns = std::iter::once(Column::new(say!(words, "staff-flavour"))).chain(currencies).collect();
    let rows =
        histories.chunk_by(|one, next| one.flavour == next.flavour).map(|group| row(words, now, group)).collect();
    let foot = text(say!(words, "staff-prices-net"));
    Card::plain().foot(foot).flush(Table::new(say!(words, "nav-prices"), columns).rows(rows).view())
}

/// A flavour with its price in each currency, which opens the price's own page.
fn row(words: &Words, now: Timestamp, group: &[PriceHistory]) -> Row {
    let name = |first: &PriceHistory| {
        let name = view! { <bdi class="strong">{first.name.clone()}</bdi> }.into_any();
        both(name, ident(first.slug.clone()))
    };
    let prices = Currency::ALL.iter().map(|currency| {
        let history = group.iter().find(|history| history.currency == *currency);
        history.map_or_else(|| text("–"), |history| price(words, now, history))
    });
    Row::new(group.first().map(name).into_iter().chain(prices).collect())
}

fn price(words: &Words, now: Timestamp, history: &PriceHistory) -> AnyView {
    let href = format!("/staff/prices/{}/{}", history.flavour, history.currency);
    let (price, since) = match present(history, now) {
        Some(version) => {
            (words.per_hour(version.per_hour), say!(words, "staff-price-since", date = words.date(version.started_at)))
        }
        None => (say!(words, "staff-not-for-sale"), String::new()),
    };
    let next = history.versions.iter().rfind(|version| version.is_scheduled).map(|next| {
        say!(words, "staff-price-then", moment = words.moment(next.started_at), price = words.per_hour(next.per_hour))
    });
    both(link(href, price), text(next.unwrap_or(since)))
}

/// The most that buyers may withhold, in words.
fn withheld(words: &Words, withholding: WithholdingRate) -> String {
    let rate = words.percent(withholding.rate_ppm.into());
    say!(words, "staff-tax-withheld-of", word = withholding.of.word(), rate = rate)
}

fn taxes(words: &Words, now: Timestamp, rules: &[TaxRuleView]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "staff-country")),
        Column::new(say!(words, "staff-buyer")),
        Column::new(say!(words, "staff-tax-category")),
        Column::end(say!(words, "staff-tax-rate")),
        Column::new(say!(words, "staff-tax-reason")),
        Column::new(say!(words, "staff-tax-withheld")),
        Column::new(say!(words, "staff-holds")),
    ];
    let row = |rule: &TaxRuleView| {
        let country = match rule.country.as_str() {
            "*" => say!(words, "staff-every-country"),
            country => country.to_owned(),
        };
        let buyer = match rule.is_business {
            true => say!(words, "staff-business"),
            false => say!(words, "staff-private"),
        };
        let category = words.say("staff-tax", &[("word", rule.category.word().into())]);
        Row::new(vec![
            text(country),
            text(buyer),
            both(text(category), ident(rule.category.word())),
            number(words.percent(rule.rate_ppm.into())),
            rule.reason_code.clone().map_or_else(|| text("–"), ident),
            rule.withholding.map_or_else(|| text("–"), |withholding| text(withheld(words, withholding))),
            span(words, now, rule.started_at, rule.ended_at),
        ])
    };
    let table = Table::new(say!(words, "staff-tax-rules"), columns).rows(rules.iter().map(row).collect());
    Card::titled(say!(words, "staff-tax-rules")).foot(text(say!(words, "staff-tax-means"))).flush(table.view())
}

/// From when until when something holds, and whether it does now.
pub(super) fn span(words: &Words, now: Timestamp, from: Timestamp, to: Option<Timestamp>) -> AnyView {
    let state = match (from > now, to.is_some_and(|end| end <= now)) {
        (true, _) => pill(Tone::Warn, say!(words, "staff-scheduled")),
        (_, true) => pill(Tone::Idle, say!(words, "staff-over")),
        _ => pill(Tone::Good, say!(words, "staff-holds-now")),
    };
    let until = to.map(|at| view! { " – "{time(at, words.moment(at))} });
    both(state, view! { {time(from, words.moment(from))}{until} }.into_any())
}
