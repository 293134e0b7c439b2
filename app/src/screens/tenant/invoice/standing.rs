//! What has become of a finalised invoice: what was paid, credited and written off of it, and what is still due.

use leptos::prelude::*;
use messages::{Words, say};
use types::InvoiceStanding;

use crate::components::{Card, amount, facts};

/// The card.
pub(crate) fn card(words: &Words, standing: &InvoiceStanding) -> AnyView {
    let pairs = vec![
        (say!(words, "invoice-total"), amount(words.money(standing.total))),
        (say!(words, "standing-paid"), amount(words.money(standing.paid))),
        (say!(words, "credit-credited"), amount(words.money(standing.credited))),
        (say!(words, "standing-written-off"), amount(words.money(standing.written_off))),
        (say!(words, "standing-due"), amount(words.money(standing.due))),
    ];
    Card::titled(say!(words, "standing")).body(facts(pairs))
}
