//! The document from what was rated and who paid. Preview, issue and recalculation all come through here.

use std::collections::BTreeMap;

use types::{
    Currency, Document, DocumentLine, DocumentTax, FlavourId, LotId, Money, Party, Payer, PayerKind, PriceId,
    ProjectId, TaxCategory, TaxRuleId, Timestamp, UnbilledLine,
};

use super::rounding::{down, fitting, money, nearest, sum, tax, up};
use crate::Result;

/// What stands around the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) language: String,
    pub(crate) currency: Currency,
    pub(crate) time_zone: String,
    pub(crate) period_started_at: Timestamp,
    pub(crate) period_ended_at: Timestamp,
    pub(crate) seller: Party,
    pub(crate) buyer: Party,
}

/// What some rated time sums to: all of it of one line. Amounts in micro-units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    pub(crate) project: ProjectId,
    pub(crate) project_name: String,
    pub(crate) flavour: FlavourId,
    pub(crate) flavour_name: String,
    pub(crate) price: PriceId,
    pub(crate) price_version: i32,
    pub(crate) micros_per_hour: i64,
    pub(crate) tax_rule: TaxRuleId,
    pub(crate) category: TaxCategory,
    pub(crate) rate_ppm: i32,
    pub(crate) reason_code: Option<String>,
    /// The start of the earlier period that it belongs to, where that one was invoiced before.
    pub(crate) late_from: Option<Timestamp>,
    pub(crate) started_at: Timestamp,
    pub(crate) ended_at: Timestamp,
    pub(crate) unit_seconds: i64,
    /// Before the hub's own gifts.
    pub(crate) net: i64,
    /// The hub's own gifts.
    pub(crate) promo: i64,
    /// The tax that was set aside with what the gifts left.
    pub(crate) accrued_tax: i64,
}

/// What a funder's lot paid, gross, in micro-units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sponsored {
    pub(crate) lot: LotId,
    pub(crate) name: String,
    pub(crate) gross: i64,
}

/// Everything that a document is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) frame: Frame,
    pub(crate) slices: Vec<Slice>,
    pub(crate) sponsored: Vec<Sponsored>,
    pub(crate) unbilled: Vec<UnbilledLine>,
    /// What the organisation owes of this time, in micro-units: the wallet below zero, or what it could not cover.
    pub(crate) owed: i64,
}

/// What makes two slices stand on one line, in the order of the lines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct LineKey {
    late_from: Option<Timestamp>,
    project: (String, ProjectId),
    flavour: (String, FlavourId),
    price: (i32, PriceId),
    tax: TaxKey,
}

/// What makes two lines be taxed together.
type TaxKey = (TaxCategory, i32, Option<String>);

/// The document of a draft; the number and its dates are added when it is finalised.
///
/// # Errors
/// `Corrupt` for amounts beyond what can be stored.
pub(crate) fn compose(parts: Parts) -> Result<Document> {
    let Parts { frame, slices, sponsored, unbilled, owed } = parts;
    let currency = frame.currency;
    let lines = lines(slices, currency)?;
    let taxes = taxes(&lines, currency)?;
    let net = sum(lines.iter().map(|line| line.net.micros))?;
    let tax = sum(taxes.iter().map(|group| group.tax.micros))?;
    let total = sum([net, tax])?;
    let payers = payers(total, sponsored, currency)?;
    let wallet = payers.iter().filter(|payer| payer.kind == PayerKind::Wallet).map(|payer| payer.amount.micros).sum();
    let due = money(up(owed.max(0)), currency)?.micros.min(wallet);
    let amount = |micros| Money { micros, currency };
    Ok(Document {
        number: None,
        issued_on: None,
        due_on: None,
        language: frame.language,
        currency,
        time_zone: frame.time_zone,
        period_started_at: frame.period_started_at,
        period_ended_at: frame.period_ended_at,
        seller: frame.seller,
        buyer: frame.buyer,
        lines,
        unbilled,
        taxes,
        net: amount(net),
        tax: amount(tax),
        total: amount(total),
        payers: less_due(payers, due),
        due: amount(due),
    })
}

fn lines(slices: Vec<Slice>, currency: Currency) -> Result<Vec<DocumentLine>> {
    let mut groups = BTreeMap::<LineKey, Vec<Slice>>::new();
    for slice in slices {
        groups.entry(key(&slice)).or_default().push(slice);
    }
    groups.into_values().zip(1..).map(|(slices, place)| line(slices, place, currency)).collect()
}

fn key(slice: &Slice) -> LineKey {
    LineKey {
        late_from: slice.late_from,
        project: (slice.project_name.clone(), slice.project),
        flavour: (slice.flavour_name.clone(), slice.flavour),
        price: (slice.price_version, slice.price),
        tax: (slice.category, slice.rate_ppm, slice.reason_code.clone()),
    }
}

/// The one place where a line is rounded.
fn line(mut slices: Vec<Slice>, line: u16, currency: Currency) -> Result<DocumentLine> {
    slices.sort_by_key(|slice| (slice.started_at, slice.tax_rule));
    let exact = sum(slices.iter().map(|slice| slice.net))?;
    let promo = sum(slices.iter().map(|slice| slice.promo))?;
    let (amount, net) = (nearest(exact), nearest(fitting(i128::from(exact) - i128::from(promo))?));
    let unit_seconds = sum(slices.iter().map(|slice| slice.unit_seconds))?;
    let ended_at = slices.iter().map(|slice| slice.ended_at).max();
    let first = slices.swap_remove(0);
    Ok(DocumentLine {
        line,
        project: first.project,
        project_name: first.project_name,
        flavour: first.flavour,
        flavour_name: first.flavour_name,
        price: first.price,
        price_version: first.price_version,
        per_hour: Money { micros: first.micros_per_hour, currency },
        tax_rule: first.tax_rule,
        category: first.category,
        rate_ppm: first.rate_ppm,
        reason_code: first.reason_code,
        started_at: first.started_at,
        ended_at: ended_at.unwrap_or(first.ended_at),
        is_late: first.late_from.is_some(),
        unit_seconds,
        exact: Money { micros: exact, currency },
        exact_allowance: Money { micros: promo, currency },
        amount: money(amount, currency)?,
        allowance: money(amount - net, currency)?,
        net: money(net, currency)?,
    })
}

fn taxes(lines: &[DocumentLine], currency: Currency) -> Result<Vec<DocumentTax>> {
    let mut groups = BTreeMap::<TaxKey, Vec<&DocumentLine>>::new();
    for line in lines {
        groups.entry((line.category, line.rate_ppm, line.reason_code.clone())).or_default().push(line);
    }
    groups.into_iter().map(|(key, lines)| tax_group(key, &lines, currency)).collect()
}

/// The one place where tax is rounded (EN 16931 BR-CO-17).
fn tax_group(key: TaxKey, lines: &[&DocumentLine], currency: Currency) -> Result<DocumentTax> {
    let (category, rate_ppm, reason_code) = key;
    let taxable = sum(lines.iter().map(|line| line.net.micros))?;
    Ok(DocumentTax {
        tax_rule: lines[0].tax_rule,
        category,
        rate_ppm,
        reason_code,
        taxable: Money { micros: taxable, currency },
        tax: money(tax(nearest(taxable), rate_ppm)?, currency)?,
    })
}

/// Funders rounded down and never beyond the total; the wallet pays what remains.
fn payers(total: i64, sponsored: Vec<Sponsored>, currency: Currency) -> Result<Vec<Payer>> {
    let mut left = total;
    let mut payers = Vec::new();
    for Sponsored { lot, name, gross } in sponsored {
        let micros = money(down(gross), currency)?.micros.min(left);
        left -= micros;
        let amount = Money { micros, currency };
        payers.push(Payer { kind: PayerKind::Sponsored, lot: Some(lot), name: Some(name), amount });
    }
    let amount = Money { micros: left, currency };
    payers.push(Payer { kind: PayerKind::Wallet, lot: None, name: None, amount });
    Ok(payers)
}

/// What is due was not paid by the wallet.
fn less_due(mut payers: Vec<Payer>, due: i64) -> Vec<Payer> {
    for payer in payers.iter_mut().filter(|payer| payer.kind == PayerKind::Wallet) {
        payer.amount.micros -= due;
    }
    payers.retain(|payer| payer.amount.micros != 0);
    payers
}

#[cfg(test)]
#[path = "compose_tests.rs"]
pub(crate) mod tests;
