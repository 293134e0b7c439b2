//! The lots of an organisation, and what became of each: used, expired, taken back, left.

use domain::access::{Seat, policy::GrantCredits};
use leptos::prelude::*;
use messages::{Words, say};
use types::{Amount, FlavourId, LotView, ProjectId};

use super::Found;
use crate::{
    Office,
    components::{Button, Card, Column, Empty, Row, Table, Tone, amount, both, meter, pill, text},
};

/// What flavours and projects are called.
pub(in crate::screens::staff) struct Names<'a>(&'a Found);

impl<'a> Names<'a> {
    pub(in crate::screens::staff) fn of(found: &'a Found) -> Self {
        Self(found)
    }

    pub(super) fn flavour(&self, id: FlavourId) -> String {
        let known = self.0.flavours.iter().find(|flavour| flavour.flavour == id);
        known.map_or_else(|| id.to_string(), |flavour| flavour.name.clone())
    }

    fn project(&self, id: ProjectId) -> String {
        let known = self.0.projects.iter().find(|project| project.id == id);
        known.map_or_else(|| id.to_string(), |project| project.name.clone())
    }
}

/// Money, or GPU-hours of a flavour.
pub(in crate::screens::staff) fn words_of(words: &Words, names: &Names<'_>, amount: Amount) -> String {
    match amount {
        Amount::Money(money) => words.money(money),
        Amount::GpuSeconds { flavour, seconds } => {
            let hours = words.decimal(seconds.saturating_mul(1_000_000) / 3600, 2);
            say!(words, "staff-gpu-hours", hours = hours, flavour = names.flavour(flavour))
        }
    }
}

/// Whether something is left of a lot.
pub(in crate::screens::staff) fn left(lot: &LotView) -> bool {
    raw(lot.left) > 0
}

fn raw(amount: Amount) -> i64 {
    match amount {
        Amount::Money(money) => money.micros,
        Amount::GpuSeconds { seconds, .. } => seconds,
    }
}

pub(super) fn card(office: &Office<GrantCredits>, seat: &Seat, found: &Found) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "staff-lots"));
    if found.lots.is_empty() {
        let (title, next) = (say!(words, "staff-no-lots"), say!(words, "staff-no-lots-next"));
        return card.body(Empty { title, words: next, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "staff-lot")),
        Column::end(say!(words, "staff-left-of")),
        Column::wide(say!(words, "staff-became")),
        Column::new(say!(words, "staff-pays-for")),
        Column::unseen(say!(words, "undo")),
    ];
    let rows = found.lots.iter().map(|lot| row(office, seat, found, lot)).collect();
    card.flush(Table::new(say!(words, "staff-lots"), columns).rows(rows).view())
}

fn row(office: &Office<GrantCredits>, seat: &Seat, found: &Found, lot: &LotView) -> Row {
    let (words, names) = (office.words(), Names::of(found));
    let kind = words.say("staff-lot-kind", &[("word", lot.kind.word().into())]);
    let given = say!(words, "staff-given-on", date = words.date(lot.granted_at), reason = lot.reason.as_str());
    let name = view! { <span class="row wrap"><bdi class="strong">{lot.name.clone()}</bdi>{state(office, lot)}</span> };
    let beneath = view! { {kind}" · "<bdi>{given}</bdi> };
    let share = raw(lot.left).saturating_mul(1000) / raw(lot.granted).max(1);
    let said = say!(
        words,
        "staff-used-of",
        used = words_of(words, &names, lot.left),
        all = words_of(words, &names, lot.granted)
    );
    let undo = left(lot).then(|| {
        let href = format!("/staff/grants/{}/lots/{}", seat.slug(), lot.id);
        Button::new(say!(words, "staff-take-back")).small().danger().to(href)
    });
    Row::new(vec![
        both(name.into_any(), beneath.into_any()),
        both(amount(said), meter(share, Tone::Good)),
        text(became(words, &names, lot)),
        both(text(scope(words, &names, lot)), text(times(words, lot))),
        view! { {undo} }.into_any(),
    ])
}

fn state(office: &Office<GrantCredits>, lot: &LotView) -> AnyView {
    let words = office.words();
    let over = lot.expires_at.is_some_and(|end| end <= office.now);
    match (left(lot), over, lot.effective_at > office.now) {
        (false, ..) => pill(Tone::Idle, say!(words, "staff-used-up")),
        (_, true, _) => pill(Tone::Idle, say!(words, "staff-over")),
        (.., true) => pill(Tone::Warn, say!(words, "staff-scheduled")),
        _ => pill(Tone::Good, say!(words, "staff-pays")),
    }
}

/// "Used 3 h, worth 80 MAD · expired 2 h · taken back 1 h".
fn became(words: &Words, names: &Names<'_>, lot: &LotView) -> String {
    let part = |amount: Amount, said: &dyn Fn(String) -> String| {
        (raw(amount) > 0).then(|| said(words_of(words, names, amount)))
    };
    let parts = [
        part(lot.used, &|used| say!(words, "staff-lot-used", amount = used, worth = words.money(lot.paid))),
        part(lot.expired, &|amount| say!(words, "staff-lot-expired", amount = amount)),
        part(lot.voided, &|amount| say!(words, "staff-lot-voided", amount = amount)),
    ];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if said.is_empty() { say!(words, "staff-lot-untouched") } else { said }
}

fn scope(words: &Words, names: &Names<'_>, lot: &LotView) -> String {
    let flavours = lot.flavours.iter().map(|id| names.flavour(*id));
    let projects = lot.projects.iter().map(|id| names.project(*id));
    let said = flavours.chain(projects).collect::<Vec<_>>().join(&say!(words, "list-and"));
    if said.is_empty() { say!(words, "staff-everything") } else { said }
}

fn times(words: &Words, lot: &LotView) -> String {
    let from = words.date(lot.effective_at);
    match lot.expires_at {
        Some(end) => say!(words, "staff-from-to", from = from, to = words.date(end)),
        None => say!(words, "staff-from-on", from = from),
    }
}
