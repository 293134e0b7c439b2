//! Our values as the standard's types.

use en16931::{
    Date, InvoiceAmount, Percentage, Quantity, UnitPriceAmount,
    invoice::{Code, InvoiceLine, LineAllowanceCharge, Period, PriceDetails, VatBreakdown},
};
use jiff::tz::TimeZoneDatabase;
use messages::{Words, say};
use rust_decimal::Decimal;
use types::{DocumentLine, DocumentTax, Money, TaxCategory, Timestamp};

use crate::{Error, Result, check::MICROS_PER_MINOR};

/// Which rules a document keeps (BT-24).
pub(super) const SPECIFICATION: &str = "urn:cen.eu:en16931:2017";
/// Seconds are what is counted, and a price is for 3600 of them: no quantity is rounded.
const SECOND: &str = "SEC";
/// One of something that is not counted otherwise.
const PIECE: &str = "C62";
/// A discount, among the reasons for an allowance (UNTDID 5189).
const DISCOUNT: &str = "95";

/// An amount on a document.
pub(super) fn amount(money: Money) -> InvoiceAmount {
    InvoiceAmount::from_minor_units(money.micros / MICROS_PER_MINOR)
}

/// A day.
pub(super) fn day(date: jiff::civil::Date) -> Result<Date> {
    Date::parse(&date.to_string()).map_err(|_| Error::Missing("a day that can be written"))
}

/// The days of a span of time on the calendar of a zone; it ends before `ended_at`.
pub(super) fn period(zone: &str, started_at: Timestamp, ended_at: Timestamp) -> Result<Period> {
    let zone = TimeZoneDatabase::bundled().get(zone).map_err(|_| Error::Missing("a time zone that is known"))?;
    let on = |at: Timestamp| day(at.as_jiff().to_zoned(zone.clone()).date());
    let last = ended_at.plus_seconds(-1).max(started_at);
    Ok(Period { start: Some(on(started_at)?), end: Some(on(last)?) })
}

/// A rate in millionths as a percentage.
fn rate(rate_ppm: i32) -> Percentage {
    Percentage::new(Decimal::new(rate_ppm.into(), 4))
}

/// What a line says of its time and price.
pub(super) struct Counted {
    /// Units times seconds; 0 where an amount is all that is known.
    pub(super) unit_seconds: i64,
    /// Before the hub's gifts.
    pub(super) amount: Money,
    /// The hub's gifts.
    pub(super) allowance: Money,
    /// Without them.
    pub(super) net: Money,
}

/// A line of an invoice, or of what is taken back of one.
pub(super) fn line(words: &Words, line: &DocumentLine, counted: &Counted, zone: &str) -> Result<InvoiceLine> {
    let (quantity, unit) = match counted.unit_seconds {
        0 => (Quantity::ONE, PIECE),
        seconds => (Quantity::new(Decimal::from(seconds)), SECOND),
    };
    let (number, net) = (line.line.to_string(), amount(counted.net));
    let mut said = InvoiceLine::new(
        number,
        plain(&line.flavour_name),
        quantity,
        unit,
        net,
        line.category.word(),
        Some(rate(line.rate_ppm)),
    );
    said.price = match counted.unit_seconds {
        0 => PriceDetails { net_price: price(counted.amount), ..PriceDetails::default() },
        _ => PriceDetails {
            net_price: price(line.per_hour),
            base_quantity: Some(Quantity::new(Decimal::from(3600))),
            base_quantity_code: Some(Code::new(SECOND)),
            ..PriceDetails::default()
        },
    };
    said.item.description = filled(&line.project_name);
    said.period = Some(period(zone, line.started_at, line.ended_at)?);
    if counted.allowance.micros > 0 {
        said.allowances.push(LineAllowanceCharge {
            amount: amount(counted.allowance),
            base_amount: None,
            percentage: None,
            reason: Some(plain(&say!(words, "line-gift", amount = words.money(counted.allowance)))),
            reason_code: Some(Code::new(DISCOUNT)),
        });
    }
    Ok(said)
}

fn price(money: Money) -> UnitPriceAmount {
    UnitPriceAmount::new(Decimal::new(money.micros, 6))
}

/// The tax of each category and rate, once: the standard tells reasons apart by no group of their own.
pub(super) fn taxes(words: &Words, groups: &[DocumentTax]) -> Vec<VatBreakdown> {
    let mut keys: Vec<(TaxCategory, i32)> = groups.iter().map(|group| (group.category, group.rate_ppm)).collect();
    keys.sort_unstable();
    keys.dedup();
    let of = |key: (TaxCategory, i32)| {
        let own: Vec<&DocumentTax> = groups.iter().filter(|group| (group.category, group.rate_ppm) == key).collect();
        breakdown(words, key, &own)
    };
    keys.into_iter().map(of).collect()
}

fn breakdown(words: &Words, (category, rate_ppm): (TaxCategory, i32), own: &[&DocumentTax]) -> VatBreakdown {
    let minor = |part: fn(&DocumentTax) -> Money| own.iter().map(|group| part(group).micros).sum::<i64>();
    let sum = |micros: i64| InvoiceAmount::from_minor_units(micros / MICROS_PER_MINOR);
    let mut codes: Vec<&str> = own.iter().filter_map(|group| group.reason_code.as_deref()).map(str::trim).collect();
    codes.sort_unstable();
    codes.dedup();
    let is_taxed = category == TaxCategory::Standard;
    let said = say!(words, "tax-category", word = category.word());
    let (reason, code) = match codes[..] {
        [code] if code.to_ascii_uppercase().starts_with("VATEX-") => (said, Some(Code::new(code.to_ascii_uppercase()))),
        [] => (said, None),
        _ => (format!("{said} ({})", codes.join(", ")), None),
    };
    VatBreakdown {
        taxable_amount: sum(minor(|group| group.taxable)),
        tax_amount: sum(minor(|group| group.tax)),
        category: Code::new(category.word()),
        rate: Some(rate(rate_ppm)),
        exemption_reason: (!is_taxed).then(|| plain(&reason)),
        exemption_reason_code: code.filter(|_| !is_taxed),
    }
}

/// A text without what XML cannot carry and what only orders letters on a page; spaces once and none around it.
pub(super) fn plain(text: &str) -> String {
    let kept = text.chars().filter(|letter| !('\u{2066}'..='\u{2069}').contains(letter));
    let kept = kept.filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}'));
    let spaced: String = kept.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same, where anything is left of it.
pub(super) fn filled(text: &str) -> Option<String> {
    Some(plain(text)).filter(|text| !text.is_empty())
}
