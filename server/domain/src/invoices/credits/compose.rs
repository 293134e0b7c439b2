//! The document of a credit note. Preview and issue both come through here. Pure.

use types::{
    Amount, CreditDocument, CreditedLine, Document, DocumentLine, DocumentTax, InvoiceId, LotKind, Money, Payer,
    PayerKind, RestoredLot,
};

use super::{
    restore::{Restored, Undo},
    steps::{Credited, Step, net_of},
};
use crate::{
    Error, Result,
    invoices::rounding::{down, money, nearest, sum, tax},
};

/// Everything that a credit note is made of.
pub(super) struct Parts<'a> {
    pub(super) invoice: InvoiceId,
    pub(super) issued: Document,
    pub(super) reason: &'a str,
    /// What was credited before.
    pub(super) credited: &'a Credited,
    pub(super) steps: &'a [Step],
    pub(super) undo: &'a Undo,
}

/// The document; its number and day are added when it is issued.
///
/// # Errors
/// `Corrupt` for an invoice without number, and for amounts beyond what can be stored.
pub(super) fn compose(parts: Parts<'_>) -> Result<CreditDocument> {
    let Parts { invoice, issued, reason, credited, steps, undo } = parts;
    let currency = issued.currency;
    let lines: Vec<CreditedLine> = steps.iter().map(line).collect::<Result<_>>()?;
    let taxes = taxes(&issued, credited, steps)?;
    let net = sum(lines.iter().map(|line| line.net.micros))?;
    let tax = sum(taxes.iter().map(|group| group.tax.micros))?;
    let total = sum([net, tax])?;
    let amount = |micros| Money { micros, currency };
    let back = Back::of(total, undo, &amount)?;
    let unnumbered = || Error::Corrupt("a finalised invoice without a number".to_owned());
    Ok(CreditDocument {
        number: None,
        issued_on: None,
        invoice,
        invoice_number: issued.number.ok_or_else(unnumbered)?,
        invoice_issued_on: issued.issued_on.ok_or_else(unnumbered)?,
        reason: reason.to_owned(),
        language: issued.language,
        currency,
        time_zone: issued.time_zone,
        seller: issued.seller,
        buyer: issued.buyer,
        lines,
        taxes,
        net: amount(net),
        tax: amount(tax),
        total: amount(total),
        back: back.payers,
        owed: amount(back.owed),
        restored: undo.lots.iter().map(|lot| restored(lot, &amount)).collect(),
    })
}

fn line(step: &Step) -> Result<CreditedLine> {
    let currency = step.line.net.currency;
    let (amount, net) = (step.amount(), step.net()?);
    Ok(CreditedLine {
        of: step.line.clone(),
        unit_seconds: step.after.unit_seconds - step.before.unit_seconds,
        amount: money(amount, currency)?,
        allowance: money(amount - net, currency)?,
        net: money(net, currency)?,
    })
}

/// The invoice's own groups: of each the tax of all that is credited by now, less that of all that was before.
fn taxes(issued: &Document, credited: &Credited, steps: &[Step]) -> Result<Vec<DocumentTax>> {
    let mut groups = Vec::new();
    for group in &issued.taxes {
        let is_of = |line: &DocumentLine| {
            (line.category, line.rate_ppm, &line.reason_code) == (group.category, group.rate_ppm, &group.reason_code)
        };
        let own: Vec<&Step> = steps.iter().filter(|step| is_of(&step.line)).collect();
        if own.is_empty() {
            continue;
        }
        let before = |line: &DocumentLine| net_of(line, credited.get(&line.line).copied().unwrap_or_default());
        let before = issued.lines.iter().filter(|line| is_of(line)).map(before).sum::<Result<i64>>()?;
        let taxable = own.iter().map(|step| step.net()).sum::<Result<i64>>()?;
        let tax = tax(before + taxable, group.rate_ppm)? - tax(before, group.rate_ppm)?;
        let (taxable, tax) = (money(taxable, issued.currency)?, money(tax, issued.currency)?);
        groups.push(DocumentTax { taxable, tax, ..group.clone() });
    }
    Ok(groups)
}

/// To whom a total goes back, in whole minor units.
struct Back {
    payers: Vec<Payer>,
    owed: i64,
}

impl Back {
    /// Funders rounded down and never beyond the total; what remains lowers the debt and goes to the wallet.
    fn of(total: i64, undo: &Undo, amount: &impl Fn(i64) -> Money) -> Result<Self> {
        let mut left = total;
        let mut payers = Vec::new();
        for lot in undo.lots.iter().filter(|lot| lot.kind == LotKind::Sponsored) {
            let micros = money(down(lot.gross), amount(0).currency)?.micros.min(left);
            left -= micros;
            let (kind, lot, name) = (PayerKind::Sponsored, Some(lot.lot), Some(lot.name.clone()));
            payers.push(Payer { kind, lot, name, amount: amount(micros) });
        }
        let owed = match undo.wallet {
            0 if undo.owed > 0 => left,
            _ => money(nearest(undo.owed), amount(0).currency)?.micros.min(left),
        };
        payers.push(Payer { kind: PayerKind::Wallet, lot: None, name: None, amount: amount(left - owed) });
        payers.retain(|payer| payer.amount.micros > 0);
        Ok(Self { payers, owed })
    }
}

fn restored(lot: &Restored, amount: &impl Fn(i64) -> Money) -> RestoredLot {
    let amount = match lot.flavour {
        Some(flavour) => Amount::GpuSeconds { flavour, seconds: lot.amount },
        None => Amount::Money(amount(lot.amount)),
    };
    RestoredLot { lot: lot.lot, name: lot.name.clone(), kind: lot.kind, amount }
}

#[cfg(test)]
#[path = "compose_tests.rs"]
mod tests;
