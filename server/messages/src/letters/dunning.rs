//! What the letters of the ladder of debts say.

use types::Timestamp;

use super::{Facts, Parts, Way};
use crate::say;

pub(super) fn payment_overdue(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, step) = (facts.words, facts.text("organisation"), facts.text("step"));
    let (amount, due, next) = (facts.money("amount"), day(facts, "due"), facts.moment("next"));
    let mut paragraphs = vec![say!(words, "letter-dunning-owed", step = step, amount = amount.as_str(), due = due)];
    paragraphs.push(match facts.text("invoices") {
        "" => say!(words, "letter-dunning-usage"),
        _ => say!(words, "letter-dunning-invoices", invoices = listed(facts, "invoices")),
    });
    let stopped = facts.text("stopped").parse::<u32>().unwrap_or_default();
    if stopped > 0 {
        paragraphs.push(say!(words, "letter-dunning-stopped", stopped = stopped, names = listed(facts, "names")));
    }
    paragraphs.push(say!(words, "letter-dunning-pay"));
    paragraphs.push(say!(words, "letter-dunning-next", step = step, next = next));
    Parts {
        subject: say!(words, "letter-dunning", step = step, organisation = organisation, amount = amount),
        paragraphs,
        way: Some(wallet(facts, base_url)),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

fn listed(facts: &Facts<'_>, name: &str) -> String {
    facts.text(name).split('\n').collect::<Vec<_>>().join(&say!(facts.words, "list-and"))
}

/// A day, written out.
fn day(facts: &Facts<'_>, name: &str) -> String {
    let text = facts.text(name);
    text.parse::<Timestamp>().map_or_else(|_| text.to_owned(), |at| facts.words.date(at))
}

fn wallet(facts: &Facts<'_>, base_url: &str) -> Way {
    let address = format!("{base_url}/o/{}/wallet", facts.text("slug"));
    Way { label: say!(facts.words, "letter-dunning-way"), address }
}
