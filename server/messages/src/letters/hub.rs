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
