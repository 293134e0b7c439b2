//! What letters of a wallet that tops itself up say.

use super::{Facts, Parts, Way};
use crate::say;

pub(super) fn declined(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, amount) = (facts.words, facts.text("organisation"), facts.money("amount"));
    let (card, paused) = (facts.text("card"), facts.text("paused"));
    let address = format!("{base_url}/o/{}/wallet/auto-top-up", facts.text("slug"));
    Parts {
        subject: say!(words, "letter-auto-top-up-declined", organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-auto-top-up-declined-of", amount = amount, card = card, organisation = organisation),
            say!(words, "top-up-failure", word = facts.text("word")),
            say!(words, "letter-auto-top-up-declined-means", paused = paused),
        ],
        way: Some(Way { label: say!(words, "letter-auto-top-up-declined-way"), address }),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

pub(super) fn asks(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, amount) = (facts.words, facts.text("organisation"), facts.money("amount"));
    let card = facts.text("card");
    let address = format!("{base_url}/o/{}/wallet/top-ups/{}", facts.text("slug"), facts.text("payment"));
    Parts {
        subject: say!(words, "letter-auto-top-up-asks", organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-auto-top-up-asks-of", amount = amount, card = card, organisation = organisation),
            say!(words, "letter-auto-top-up-asks-means"),
        ],
        way: Some(Way { label: say!(words, "letter-auto-top-up-asks-way"), address }),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}
