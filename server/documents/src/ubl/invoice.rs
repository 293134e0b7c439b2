//! An invoice's terms.

use en16931::{
    InvoiceNote,
    invoice::{Code, CreditTransfer, DocumentTotals, PaymentInstructions, PaymentMeans},
};
use messages::{Locale, Words, say};
use types::{Document, Money};

use super::{
    party,
    terms::{self, Counted, SPECIFICATION, amount, day, filled, plain},
};
use crate::{Error, Invoice, PayTo, Result, spelled};

/// A commercial invoice (UNTDID 1001).
const INVOICE: &str = "380";
/// A credit transfer (UNTDID 4461).
const TRANSFER: &str = "30";

pub(super) fn model(locale: Locale, invoice: &Invoice) -> Result<Option<en16931::Invoice>> {
    let document = &invoice.document;
    let Some(number) = document.number.as_deref().filter(|_| !document.lines.is_empty()) else { return Ok(None) };
    let words = Words::new(locale, &document.time_zone);
    let zone = document.time_zone.as_str();
    let mut model = en16931::Invoice::default();
    model.specification_id = Some(SPECIFICATION.to_owned());
    model.number = filled(number);
    model.issue_date = Some(day(document.issued_on.ok_or(Error::Missing("its day of issue"))?)?);
    model.due_date = document.due_on.map(day).transpose()?;
    model.type_code = Some(Code::new(INVOICE));
    model.currency = Some(Code::new(document.currency.word()));
    model.invoicing_period = Some(terms::period(zone, document.period_started_at, document.period_ended_at)?);
    let spelled = say!(words, "spelled-invoice", words = spelled(locale, document.total));
    model.notes.push(InvoiceNote::new(plain(&spelled)));
    model.notes.extend(invoice.withheld.as_ref().map(|withheld| {
        let label = say!(words, "document-withheld", rate = words.percent(withheld.rate_ppm.into()));
        InvoiceNote::new(plain(&format!("{label}: {}", words.money(withheld.amount))))
    }));
    model.seller = party::seller(&document.seller);
    model.buyer = party::buyer(&document.buyer);
    model.payment = invoice.pay_to.as_ref().filter(|_| document.due.micros > 0).map(instructions);
    for line in &document.lines {
        let counted =
            Counted { unit_seconds: line.unit_seconds, amount: line.amount, allowance: line.allowance, net: line.net };
        model.lines.push(terms::line(&words, line, &counted, zone)?);
    }
    model.vat_breakdown = terms::taxes(&words, &document.taxes);
    model.totals = totals(document);
    Ok(Some(model))
}

fn instructions(pay_to: &PayTo) -> PaymentInstructions {
    let transfer = CreditTransfer {
        account_identifier: Some(pay_to.iban.split_whitespace().collect()),
        account_name: filled(&pay_to.holder),
        provider_identifier: pay_to.bic.as_deref().and_then(filled),
    };
    PaymentInstructions {
        means_code: Some(Code::new(TRANSFER)),
        remittance_information: pay_to.reference.as_deref().and_then(filled),
        means: Some(PaymentMeans::CreditTransfer(vec![transfer])),
        ..PaymentInstructions::default()
    }
}

/// What funders, the wallet and the tax office were given already counts as paid.
fn totals(document: &Document) -> DocumentTotals {
    let paid = Money { micros: document.total.micros - document.due.micros, ..document.total };
    DocumentTotals {
        line_total: amount(document.net),
        taxable_total: amount(document.net),
        vat_total: Some(amount(document.tax)),
        gross_total: amount(document.total),
        paid: (paid.micros != 0).then(|| amount(paid)),
        due: amount(document.due),
        ..DocumentTotals::default()
    }
}
