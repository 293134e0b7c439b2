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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use types::{DunningStep, LetterKind};

    use crate::{Locale, Words};

    fn letter(locale: Locale, step: DunningStep, invoices: &str) -> crate::Letter {
        let stopped = if step == DunningStep::Stopped { "2" } else { "0" };
        let facts = [
            ("name", "Salma"),
            ("organisation", "Rif Robotics"),
            ("slug", "rif"),
            ("step", step.word()),
            ("amount", "72000000 MAD"),
            ("due", "2026-12-02T12:00:00Z"),
            ("invoices", invoices),
            ("next", "2026-12-23T09:00:00Z"),
            ("stopped", stopped),
            ("names", "training\nnotebook"),
        ];
        let facts: BTreeMap<String, String> = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).into();
        Words::new(locale, "UTC").letter(LetterKind::PaymentOverdue, &facts, "https://gpu.example.org")
    }

    #[test]
    fn each_step_says_something_else_with_amount_invoices_way_and_what_comes_next() {
        for locale in Locale::ALL {
            let mut subjects = Vec::new();
            for step in DunningStep::ALL {
                let letter = letter(locale, *step, "F-2026-7\nF-2026-8");
                for part in ["F-2026-7", "F-2026-8", "72", "https://gpu.example.org/o/rif/wallet"] {
                    assert!(letter.text.contains(part), "{part}: {}", letter.text);
                }
                assert!(!letter.text.contains("{$") && !letter.text.contains("letter-dunning"), "{}", letter.text);
                assert_eq!(letter.text.contains("training"), *step == DunningStep::Stopped);
                subjects.push(letter.subject);
            }
            subjects.dedup();
            assert_eq!(subjects.len(), DunningStep::ALL.len());
        }
        let last = letter(Locale::En, DunningStep::LastLetter, "");
        assert!(last.text.contains("nothing new starts from 23 Dec, 09:00:00"), "{}", last.text);
        assert!(last.text.contains("since 2 December 2026") && last.text.contains("usage beyond the balance"));
    }
}
