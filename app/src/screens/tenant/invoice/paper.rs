//! The document as paper, in the reader's language; the issued one keeps its own in the archive.

use jiff::civil::Date;
use leptos::prelude::*;
use messages::{Words, say};
use types::{
    Document, DocumentLine, DocumentTax, InvoiceView, Money, Party as Named, Payer, PayerKind, TaxCategory,
    UnbilledLine,
};

use crate::components::{Column, Paper, Party, Row, Table, Total, amount, both, length, text};

pub(crate) fn view(words: &Words, view: &InvoiceView, base: &str) -> AnyView {
    let document = &view.document;
    let paper = Paper {
        seller: seller(words, &document.seller),
        title: title(words, view),
        dates: dates(words, view),
        parties: parties(words, document),
        lines: lines(words, document, base),
        totals: totals(words, document),
        mentions: mentions(words, document),
        draft: document.number.is_none(),
    };
    paper.view()
}

fn title(words: &Words, view: &InvoiceView) -> String {
    match &view.document.number {
        Some(number) => say!(words, "invoice-number", number = number.as_str()),
        None => super::name(words, &view.invoice),
    }
}

fn dates(words: &Words, view: &InvoiceView) -> Vec<String> {
    let document = &view.document;
    let issued = view.invoice.finalised_at.map(|at| say!(words, "invoice-issued-on", date = words.date(at)));
    let due = document.due_on.map(|date| say!(words, "invoice-due-on", date = day(words, date)));
    let first = [issued, due].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let first = if first.is_empty() { say!(words, "invoice-not-issued") } else { first };
    let (from, to) = (words.day(document.period_started_at), words.date(document.period_ended_at.plus_seconds(-1)));
    vec![first, say!(words, "invoice-period-of", from = from, to = to, zone = document.time_zone.as_str())]
}

/// A day of the seller's calendar, which is the same day for every reader.
pub(crate) fn day(words: &Words, date: Date) -> String {
    // Noon lies on the same day in every zone that pages are written in.
    let noon = date.at(12, 0, 0, 0).in_tz("UTC");
    noon.map_or_else(|_| date.to_string(), |noon| words.date(noon.timestamp().into()))
}

/// What stands beneath the brand.
pub(crate) fn seller(words: &Words, seller: &Named) -> Vec<String> {
    let mut lines = vec![seller.name.clone(), seller.address.clone()];
    lines.extend(numbers(words, seller));
    lines.retain(|line| !line.is_empty());
    lines
}

/// What the law wants of a party, two a line.
fn numbers(words: &Words, party: &Named) -> Vec<String> {
    let said = [
        party.ice.as_deref().map(|number| say!(words, "party-ice", number = number)),
        party.tax_id.as_deref().map(|number| say!(words, "party-tax-id", number = number)),
        party.trade_register.as_deref().map(|number| say!(words, "party-trade-register", number = number)),
        party.business_tax.as_deref().map(|number| say!(words, "party-business-tax", number = number)),
        party.vat_id.as_deref().map(|number| say!(words, "party-vat-id", number = number)),
    ];
    let said = said.into_iter().flatten().collect::<Vec<_>>();
    said.chunks(2).map(|pair| pair.join(" · ")).collect()
}

fn parties(words: &Words, document: &Document) -> Vec<Party> {
    let payers = document.payers.iter().map(|one| payer(words, say!(words, "invoice-paid-by"), one));
    [buyer(words, &document.buyer)].into_iter().chain(payers).collect()
}

/// Whom the document is for.
pub(crate) fn buyer(words: &Words, buyer: &Named) -> Party {
    let mut lines = vec![buyer.address.clone()];
    lines.extend(numbers(words, buyer));
    lines.retain(|line| !line.is_empty());
    Party { role: say!(words, "invoice-billed-to"), name: buyer.name.clone(), lines }
}

/// Who pays, or is paid, a part of the total.
pub(crate) fn payer(words: &Words, role: String, payer: &Payer) -> Party {
    let name = match payer.kind {
        PayerKind::Sponsored => payer.name.clone().unwrap_or_default(),
        PayerKind::Wallet => say!(words, "invoice-wallet"),
    };
    Party { role, name, lines: vec![words.money(payer.amount)] }
}

fn lines(words: &Words, document: &Document, base: &str) -> AnyView {
    let currency = document.currency.word();
    let columns = vec![
        Column::new(say!(words, "usage-what")),
        Column::end(say!(words, "usage-used")),
        Column::end(say!(words, "usage-rate", currency = currency)),
        Column::end(say!(words, "usage-net", currency = currency)),
    ];
    let billed = document.lines.iter().map(|line| billed(words, line, base));
    let unbilled = document.unbilled.iter().map(|line| unbilled(words, line, document));
    Table::new(say!(words, "invoice"), columns).scrolls().rows(billed.chain(unbilled).collect()).view()
}

fn billed(words: &Words, line: &DocumentLine, base: &str) -> Row {
    let late = line.is_late.then(|| say!(words, "line-late"));
    let gift = (line.allowance.micros > 0).then(|| say!(words, "line-gift", amount = words.money(line.allowance)));
    let beneath = [Some(line.project_name.clone()), late, gift].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let href = format!("{base}?line={}#proof", line.line);
    let name = view! { <a class="link strong" href=href><bdi>{line.flavour_name.clone()}</bdi></a> };
    Row::new(vec![
        both(name.into_any(), text(beneath)),
        length(words.span(line.unit_seconds)),
        amount(words.amount_exact(line.per_hour)),
        view! { <bdi class="num strong">{words.amount(line.net)}</bdi> }.into_any(),
    ])
    .id(format!("line-{}", line.line))
}

fn unbilled(words: &Words, line: &UnbilledLine, document: &Document) -> Row {
    let why = say!(words, "line-not-billed", reason = words.interval_reason(line.reason));
    let beneath = format!("{} · {why}", line.project_name);
    let name = view! { <bdi>{line.flavour_name.clone()}</bdi> }.into_any();
    let nothing = Money::zero(document.currency);
    Row::new(vec![
        both(name, text(beneath)),
        length(words.span(line.unit_seconds)),
        text("–"),
        amount(words.amount(nothing)),
    ])
}

fn totals(words: &Words, document: &Document) -> Vec<Total> {
    let total = |words, amount, grand| Total { words, amount, grand };
    let net = total(say!(words, "total-net"), words.amount(document.net), false);
    let tax = |group: &DocumentTax| tax(words, group);
    let grand = say!(words, "total-grand", currency = document.currency.word());
    let grand = total(grand, words.amount(document.total), true);
    let paid = document.payers.iter().map(|payer| payer.amount.micros).sum::<i64>();
    let due = (paid > 0 && document.due.micros != document.total.micros)
        .then(|| total(say!(words, "invoice-still-due"), words.amount(document.due), false));
    [net].into_iter().chain(document.taxes.iter().map(tax)).chain([grand]).chain(due).collect()
}

/// The tax of a rate, or why there is none.
pub(crate) fn tax(words: &Words, tax: &DocumentTax) -> Total {
    let said = match (tax.category, &tax.reason_code) {
        (TaxCategory::Standard, _) => say!(words, "total-tax", rate = words.percent(tax.rate_ppm.into())),
        (_, Some(code)) => say!(words, "total-no-tax", code = code.as_str()),
        (_, None) => say!(words, "total-tax", rate = words.percent(tax.rate_ppm.into())),
    };
    Total { words: said, amount: words.amount(tax.tax), grand: false }
}

fn mentions(words: &Words, document: &Document) -> Vec<String> {
    let codes = document.taxes.iter().filter_map(|tax| tax.reason_code.as_deref());
    let codes = codes.map(|code| say!(words, "mention-no-tax", code = code));
    codes.chain([say!(words, "mention-opens")]).collect()
}
