//! What stands where on an invoice.

use jiff::tz::TimeZone;
use messages::{Locale, say};
use types::{Document, DocumentLine, Money, UnbilledLine};

use super::{
    Cell, Sheet, Table, Total, blank,
    pen::{Pen, cell, figures, groups, numbers, text},
};
use crate::{Invoice, spelled};

pub(super) fn sheet(locale: Locale, invoice: &Invoice) -> Sheet {
    let document = &invoice.document;
    let pen = Pen::new(locale, &document.time_zone);
    let words = &pen.words;
    let taxes = groups(&document.taxes);
    let ended = document.period_ended_at.plus_seconds(-1).as_jiff().to_zoned(TimeZone::UTC).date();
    let title = match &document.number {
        Some(number) => say!(words, "invoice-number", number = number.as_str()),
        None => say!(words, "invoice-draft", month = words.month(document.period_started_at)),
    };
    let issued = document.issued_on.map(|date| pen.fact(say!(words, "document-issued"), pen.day(date)));
    let due = document.due_on.map(|date| pen.fact(say!(words, "document-due"), pen.day(date)));
    let period = pen.period(document.period_started_at, document.period_ended_at);
    let period = pen.fact(say!(words, "document-period"), period);
    let zone = pen.fact(say!(words, "document-zone"), pen.figure(document.time_zone.clone()));
    let opens = say!(words, "mention-opens");
    Sheet {
        title,
        heading: say!(words, "invoice"),
        number: document.number.clone(),
        draft: document.number.is_none().then(|| say!(words, "document-draft")),
        date: numbers(document.issued_on.unwrap_or(ended)),
        facts: [issued, due, Some(period), Some(zone)].into_iter().flatten().collect(),
        lines: lines(&pen, document),
        totals: totals(&pen, invoice),
        more: pen.taxes(&taxes).into_iter().collect(),
        spelled: Some(say!(words, "spelled-invoice", words = spelled(locale, document.total))),
        pay: invoice.pay_to.as_ref().filter(|_| document.due.micros > 0).map(|pay_to| pen.pay(pay_to)),
        notes: pen.untaxed(&taxes).into_iter().chain([opens]).collect(),
        ..blank(locale, &pen, &document.seller, &document.buyer)
    }
}

fn lines(pen: &Pen, document: &Document) -> Table {
    let (words, currency) = (&pen.words, document.currency.word());
    let billed = document.lines.iter().map(|line| billed(pen, line));
    let unbilled = document.unbilled.iter().map(|line| unbilled(pen, line, document));
    Table {
        title: None,
        columns: vec![
            text(say!(words, "usage-what")),
            figures(say!(words, "usage-used")),
            figures(say!(words, "usage-rate", currency = currency)),
            figures(say!(words, "document-tax")),
            figures(say!(words, "usage-net", currency = currency)),
        ],
        rows: billed.chain(unbilled).collect(),
    }
}

fn billed(pen: &Pen, line: &DocumentLine) -> Vec<Cell> {
    let words = &pen.words;
    let late = line.is_late.then(|| say!(words, "line-late"));
    let gift = (line.allowance.micros > 0).then(|| say!(words, "line-gift", amount = words.money(line.allowance)));
    let beneath = [Some(line.project_name.clone()), late, gift].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    vec![
        Cell { text: line.flavour_name.clone(), beneath: Some(beneath) },
        cell(words.span(line.unit_seconds)),
        cell(pen.figure(words.amount_exact(line.per_hour))),
        cell(pen.rate(line.rate_ppm)),
        cell(pen.amount(line.net)),
    ]
}

fn unbilled(pen: &Pen, line: &UnbilledLine, document: &Document) -> Vec<Cell> {
    let words = &pen.words;
    let why = say!(words, "line-not-billed", reason = words.interval_reason(line.reason));
    let beneath = format!("{} · {why}", line.project_name);
    vec![
        Cell { text: line.flavour_name.clone(), beneath: Some(beneath) },
        cell(words.span(line.unit_seconds)),
        cell("–".to_owned()),
        cell("–".to_owned()),
        cell(pen.amount(Money::zero(document.currency))),
    ]
}

/// The sums, and beneath the total who paid of it and what is left.
fn totals(pen: &Pen, invoice: &Invoice) -> Vec<Total> {
    let (words, document) = (&pen.words, &invoice.document);
    let mut totals = pen.sums(document.net, &groups(&document.taxes), document.total);
    let n_sums = totals.len();
    totals.extend(document.payers.iter().filter(|payer| payer.amount.micros != 0).map(|payer| Total {
        label: say!(words, "document-paid-by", name = pen.payer(payer)),
        amount: pen.less(payer.amount),
        is_grand: false,
    }));
    totals.extend(invoice.withheld.as_ref().map(|withheld| pen.withheld(withheld)));
    if totals.len() > n_sums {
        let label = say!(words, "invoice-still-due");
        totals.push(Total { label, amount: pen.amount(document.due), is_grand: true });
    }
    totals
}
