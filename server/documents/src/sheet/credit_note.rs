//! What stands where on a credit note.

use messages::{Locale, say};
use types::{CreditDocument, CreditedLine, Money};

use super::{
    Cell, Sheet, Table, Total, blank,
    pen::{Pen, cell, figures, groups, numbers, text},
};
use crate::spelled;

pub(super) fn sheet(locale: Locale, note: &CreditDocument) -> Sheet {
    let pen = Pen::new(locale, &note.time_zone);
    let words = &pen.words;
    let taxes = groups(&note.taxes);
    let title = match &note.number {
        Some(number) => say!(words, "credit-note-number", number = number.as_str()),
        None => say!(words, "credit-note"),
    };
    let issued = note.issued_on.map(|date| pen.fact(say!(words, "document-issued"), pen.day(date)));
    let (number, date) = (note.invoice_number.as_str(), pen.day(note.invoice_issued_on));
    let corrected = say!(words, "document-of", number = number, date = date);
    let corrects = pen.fact(say!(words, "document-corrects"), corrected);
    let reason = say!(words, "credit-note-reason", reason = note.reason.as_str());
    Sheet {
        title,
        heading: say!(words, "credit-note"),
        number: note.number.clone(),
        draft: note.number.is_none().then(|| say!(words, "document-draft")),
        date: numbers(note.issued_on.unwrap_or(note.invoice_issued_on)),
        facts: issued.into_iter().chain([corrects]).collect(),
        lines: lines(&pen, note),
        totals: totals(&pen, note),
        more: pen.taxes(&taxes).into_iter().collect(),
        spelled: Some(say!(words, "spelled-credit-note", words = spelled(locale, note.total))),
        notes: [reason].into_iter().chain(pen.untaxed(&taxes)).collect(),
        ..blank(locale, &pen, &note.seller, &note.buyer)
    }
}

fn lines(pen: &Pen, note: &CreditDocument) -> Table {
    let (words, currency) = (&pen.words, note.currency.word());
    Table {
        title: None,
        columns: vec![
            text(say!(words, "usage-what")),
            figures(say!(words, "usage-used")),
            figures(say!(words, "usage-rate", currency = currency)),
            figures(say!(words, "document-tax")),
            figures(say!(words, "usage-net", currency = currency)),
        ],
        rows: note.lines.iter().map(|line| credited(pen, line)).collect(),
    }
}

fn credited(pen: &Pen, line: &CreditedLine) -> Vec<Cell> {
    let (words, of) = (&pen.words, &line.of);
    let place = say!(words, "credit-of-line", n = of.line.to_string());
    let gift = (line.allowance.micros > 0).then(|| say!(words, "line-gift", amount = words.money(line.allowance)));
    let beneath = [Some(of.project_name.clone()), Some(place), gift].into_iter().flatten().collect::<Vec<_>>();
    let used = if line.unit_seconds > 0 { words.span(line.unit_seconds) } else { "–".to_owned() };
    vec![
        Cell { text: of.flavour_name.clone(), beneath: Some(beneath.join(" · ")) },
        cell(used),
        cell(pen.figure(words.amount_exact(of.per_hour))),
        cell(pen.rate(of.rate_ppm)),
        cell(pen.amount(line.net)),
    ]
}

/// The sums, and beneath the total to whom it goes back.
fn totals(pen: &Pen, note: &CreditDocument) -> Vec<Total> {
    let words = &pen.words;
    let back = |name: String, amount: Money| Total {
        label: say!(words, "document-goes-back", name = name),
        amount: pen.amount(amount),
        is_grand: false,
    };
    let sums = pen.sums(note.net, &groups(&note.taxes), note.total);
    let payers = note.back.iter().map(|payer| back(pen.payer(payer), payer.amount));
    let owed = (note.owed.micros > 0).then(|| back(say!(words, "credit-debt"), note.owed));
    sums.into_iter().chain(payers).chain(owed).collect()
}
