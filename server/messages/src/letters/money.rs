//! What letters of money say: budgets, money that ends, lots that run out, money that goes back, volumes that nobody pays
//! for.

use super::{Facts, Parts, Way};
use crate::say;

pub(super) fn budget_alert(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, amount) = (facts.words, facts.text("organisation"), facts.money("amount"));
    let (of, name, ceiling) = (facts.text("of"), facts.text("budget"), facts.money("ceiling"));
    Parts {
        subject: say!(words, "letter-budget-alert", organisation = organisation, amount = amount.as_str()),
        paragraphs: vec![
            say!(words, "letter-budget-alert-of", of = of, name = name, amount = amount, ceiling = ceiling),
            say!(words, "letter-budget-alert-means"),
        ],
        way: Some(budgets(facts, base_url)),
        beneath: say!(words, "letter-budget-beneath"),
    }
}

pub(super) fn budget_reached(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, stopped) = (facts.words, facts.text("stopped").parse::<u32>().unwrap_or_default());
    let (of, name, ceiling) = (facts.text("of"), facts.text("budget"), facts.money("ceiling"));
    Parts {
        subject: say!(words, "letter-budget-reached", organisation = facts.text("organisation")),
        paragraphs: vec![
            say!(words, "letter-budget-reached-of", of = of, name = name, ceiling = ceiling),
            say!(words, "letter-budget-reached-means", stopped = stopped),
        ],
        way: Some(budgets(facts, base_url)),
        beneath: say!(words, "letter-budget-beneath"),
    }
}

fn budgets(facts: &Facts<'_>, base_url: &str) -> Way {
    // The organisation's own limit stands in its wallet.
    let page = if facts.text("of") == "organisation" { "wallet#budget" } else { "projects" };
    let address = format!("{base_url}/o/{}/{page}", facts.text("slug"));
    Way { label: say!(facts.words, "letter-budget-way"), address }
}

pub(super) fn money_low(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, step) = (facts.words, facts.text("organisation"), facts.text("step"));
    Parts {
        subject: say!(words, "letter-money-low", step = step, organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-money-low-when", at = facts.moment("at"), organisation = organisation),
            say!(words, "letter-money-low-means"),
        ],
        way: Some(wallet(facts, base_url)),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

pub(super) fn money_out(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation) = (facts.words, facts.text("organisation"));
    let stopped = facts.text("stopped").parse::<u32>().unwrap_or_default();
    let names = facts.text("names").split('\n').collect::<Vec<_>>().join(&say!(words, "list-and"));
    Parts {
        subject: say!(words, "letter-money-out", organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-money-out-stopped", at = facts.moment("at"), stopped = stopped, names = names),
            say!(words, "letter-money-out-means"),
        ],
        way: Some(wallet(facts, base_url)),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

pub(super) fn lot_ending(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, lot) = (facts.words, facts.text("organisation"), facts.text("lot"));
    let (step, at, left) = (facts.text("step"), facts.moment("at"), facts.amount("left"));
    Parts {
        subject: say!(words, "letter-lot-ending", step = step, lot = lot, organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-lot-ending-when", at = at, lot = lot, left = left),
            say!(words, "letter-lot-ending-means"),
        ],
        way: Some(wallet(facts, base_url)),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

pub(super) fn line_answered(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, change) = (facts.words, facts.text("organisation"), facts.text("change"));
    let (line, invoice, amount) = (facts.text("line"), facts.text("invoice"), facts.money("amount"));
    let what = say!(
        words,
        "letter-line-answered-what",
        change = change,
        organisation = organisation,
        line = line,
        invoice = invoice,
        note = facts.text("note"),
        amount = amount
    );
    let address = format!("{base_url}/o/{}/disputes/{}", facts.text("slug"), facts.text("dispute"));
    Parts {
        subject: say!(words, "letter-line-answered", change = change, line = line, invoice = invoice),
        paragraphs: vec![what, say!(words, "letter-line-answered-reason", reason = facts.text("reason"))],
        way: Some(Way { label: say!(words, "letter-line-answered-way"), address }),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

pub(super) fn refund_paid(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, amount) = (facts.words, facts.text("organisation"), facts.money("amount"));
    let (rail, at, ends) = (facts.text("rail"), facts.moment("at"), facts.text("ends"));
    let place = say!(
        words,
        "letter-refund-paid-where",
        rail = rail,
        at = at,
        amount = amount.as_str(),
        organisation = organisation,
    );
    // Neither a provider nor a bank has to say it.
    let ends = (!ends.is_empty()).then(|| say!(words, "letter-refund-ends", rail = rail, ends = ends));
    Parts {
        subject: say!(words, "letter-refund-paid", amount = amount.as_str(), organisation = organisation),
        paragraphs: [Some(place), ends].into_iter().flatten().collect(),
        way: Some(wallet(facts, base_url)),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

pub(super) fn refund_failed(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, amount) = (facts.words, facts.text("organisation"), facts.money("amount"));
    let at = facts.moment("at");
    Parts {
        subject: say!(words, "letter-refund-failed", amount = amount.as_str(), organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-refund-failed-when", amount = amount.as_str(), at = at, organisation = organisation),
            say!(words, "letter-refund-failed-means"),
        ],
        way: Some(wallet(facts, base_url)),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

pub(super) fn volumes_ending(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, step) = (facts.words, facts.text("organisation"), facts.text("step"));
    let names = facts.text("names").split('\n').collect::<Vec<_>>().join(&say!(words, "list-and"));
    Parts {
        subject: say!(words, "letter-volumes-ending", step = step, organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-volumes-ending-when", step = step, at = facts.moment("at"), names = names),
            say!(words, "letter-volumes-ending-means", step = step),
        ],
        way: Some(wallet(facts, base_url)),
        beneath: say!(words, "letter-money-beneath", organisation = organisation),
    }
}

fn wallet(facts: &Facts<'_>, base_url: &str) -> Way {
    let address = format!("{base_url}/o/{}/wallet", facts.text("slug"));
    Way { label: say!(facts.words, "see-wallet"), address }
}
