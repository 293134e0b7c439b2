//! What letters to people of the hub say of what waits for them.

use super::{Facts, Parts, Way};
use crate::say;

pub(super) fn line_contested(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, amount) = (facts.words, facts.text("organisation"), facts.money("amount"));
    let (line, invoice) = (facts.text("line"), facts.text("invoice"));
    let what = say!(
        words,
        "letter-line-contested-what",
        organisation = organisation,
        amount = amount,
        line = line,
        invoice = invoice,
    );
    let address = format!("{base_url}/staff/disputes/{}/{}", facts.text("slug"), facts.text("dispute"));
    Parts {
        subject: say!(words, "letter-line-contested", organisation = organisation, line = line, invoice = invoice),
        paragraphs: vec![what, say!(words, "letter-line-contested-reason", reason = facts.text("reason"))],
        way: Some(Way { label: say!(words, "letter-line-contested-way"), address }),
        beneath: say!(words, "letter-hub-money-beneath"),
    }
}

pub(super) fn sign_off_waits(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, word, organisation) = (facts.words, facts.text("word"), facts.text("organisation"));
    let (month, amount) = (facts.text("month"), facts.money("amount"));
    let what = say!(
        words,
        "letter-sign-off-waits-what",
        word = word,
        by = facts.text("by"),
        amount = amount,
        organisation = organisation,
        month = month,
    );
    // A month is no organisation's: it is signed where it is closed.
    let address = match month {
        "" => format!("{base_url}/staff/billing/{}/sign-offs/{}", facts.text("slug"), facts.text("sign_off")),
        month => format!("{base_url}/staff/close/{month}"),
    };
    Parts {
        subject: say!(words, "letter-sign-off-waits", word = word, organisation = organisation, month = month),
        paragraphs: vec![what, say!(words, "letter-sign-off-waits-means")],
        way: Some(Way { label: say!(words, "letter-sign-off-waits-way"), address }),
        beneath: say!(words, "letter-hub-money-beneath"),
    }
}

pub(super) fn sign_off_limit_waits(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, word) = (facts.words, facts.text("word"));
    let what = say!(
        words,
        "letter-sign-off-limit-waits-what",
        word = word,
        by = facts.text("by"),
        wanted = alone(facts, "wanted"),
        present = alone(facts, "present"),
    );
    let address = format!("{base_url}/staff/sign-offs");
    Parts {
        subject: say!(words, "letter-sign-off-limit-waits", word = word, currency = facts.text("currency")),
        paragraphs: vec![what, say!(words, "letter-sign-off-limit-waits-means")],
        way: Some(Way { label: say!(words, "letter-sign-off-limit-waits-way"), address }),
        beneath: say!(words, "letter-hub-money-beneath"),
    }
}

/// How much one person may do alone by a limit, in the page's own words; nothing is no limit.
fn alone(facts: &Facts<'_>, name: &str) -> String {
    match facts.text(name) {
        "" => say!(facts.words, "sign-off-any-amount"),
        _ => say!(facts.words, "sign-off-up-to", amount = facts.money(name)),
    }
}
