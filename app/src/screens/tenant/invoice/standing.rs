//! How a final invoice stands: what was paid, credited, withheld and written off of it, what is due, and the certificates.

use leptos::prelude::*;
use messages::{Words, say};
use types::{InvoiceStanding, WithholdingView};

use crate::components::{Button, Card, amount, facts};

/// The card, with where what was withheld is recorded.
pub(crate) fn card(words: &Words, stands: &InvoiceStanding, way: Option<String>) -> AnyView {
    let way = way.map(|href| view! { <div>{Button::new(say!(words, "withheld-record")).to(href)}</div> });
    let kept = stands.withholdings.iter().filter(|one| one.undone_at.is_none());
    let kept = kept.map(|one| view! { <p class="sm">{said(words, one)}</p> }).collect_view();
    let body = view! { {facts(parts(words, stands))}{kept}{way} };
    Card::titled(say!(words, "invoice-standing")).body(body.into_any())
}

/// What adds up to the total.
pub(crate) fn parts(words: &Words, stands: &InvoiceStanding) -> Vec<(String, AnyView)> {
    let part = |label: String, money| (label, amount(words.money(money)));
    vec![
        part(say!(words, "invoice-total"), stands.total),
        part(say!(words, "standing-paid"), stands.paid),
        part(say!(words, "credit-credited"), stands.credited),
        part(say!(words, "standing-withheld"), stands.withheld),
        part(say!(words, "standing-written-off"), stands.written_off),
        part(say!(words, "standing-due"), stands.due),
    ]
}

/// A certificate in a line.
pub(crate) fn said(words: &Words, one: &WithholdingView) -> AnyView {
    let (number, day) = (one.certificate.clone(), one.certified_on.to_string());
    let of = say!(words, "withheld-certificate");
    view! { {of}" "<bdi>{number}</bdi>" · "<bdi>{day}</bdi>" · "{amount(words.money(one.amount))} }.into_any()
}
