//! What has become of an invoice: what of it was credited, what is left, and by which notes.

use leptos::prelude::*;
use messages::{Words, say};
use types::{CreditNoteSummary, InvoiceCredits};

use crate::components::{Card, amount, facts, link};

/// The card; nothing where nothing was credited.
pub(crate) fn card(
    words: &Words,
    credits: &InvoiceCredits,
    href: impl Fn(&CreditNoteSummary) -> String,
) -> Option<AnyView> {
    if credits.notes.is_empty() {
        return None;
    }
    let pairs = vec![
        (say!(words, "credit-credited"), amount(words.money(credits.credited))),
        (say!(words, "credit-left"), amount(words.money(credits.left))),
    ];
    let notes = credits.notes.iter().map(|note| {
        let (total, reason) = (amount(words.money(note.total)), note.reason.clone());
        view! { <p class="sm">{link(href(note), note.number.clone())}" · "{total}" · "<bdi>{reason}</bdi></p> }
    });
    let body = view! { {facts(pairs)}{notes.collect_view()} };
    Some(Card::titled(say!(words, "credit-notes")).body(body.into_any()))
}
