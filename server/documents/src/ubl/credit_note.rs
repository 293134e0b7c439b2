//! A credit note's terms. Its amounts are positive: that it is a credit note says that they go back.

use en16931::{
    DocumentKind, DocumentReference, InvoiceNote,
    invoice::{Code, DocumentTotals, PrecedingInvoice},
};
use messages::{Locale, Words, say};
use types::{CreditDocument, Money};

use super::{
    party,
    terms::{self, Counted, SPECIFICATION, amount, day, filled, plain},
};
use crate::{Error, Result, spelled};

/// A credit note (UNTDID 1001).
const CREDIT_NOTE: &str = "381";

pub(super) fn model(locale: Locale, note: &CreditDocument) -> Result<Option<en16931::Invoice>> {
    let Some(number) = note.number.as_deref().filter(|_| !note.lines.is_empty()) else { return Ok(None) };
    let words = Words::new(locale, &note.time_zone);
    let mut model = en16931::Invoice::default();
    model.kind = DocumentKind::CreditNote;
    model.specification_id = Some(SPECIFICATION.to_owned());
    model.number = filled(number);
    model.issue_date = Some(day(note.issued_on.ok_or(Error::Missing("its day of issue"))?)?);
    model.type_code = Some(Code::new(CREDIT_NOTE));
    model.currency = Some(Code::new(note.currency.word()));
    let reason = say!(words, "credit-note-reason", reason = note.reason.as_str());
    let spelled = say!(words, "spelled-credit-note", words = spelled(locale, note.total));
    model.notes.extend([reason, spelled].map(|said| InvoiceNote::new(plain(&said))));
    model.preceding_invoices.push(PrecedingInvoice {
        reference: DocumentReference::new(plain(&note.invoice_number)),
        issue_date: Some(day(note.invoice_issued_on)?),
    });
    model.seller = party::seller(&note.seller);
    model.buyer = party::buyer(&note.buyer);
    for line in &note.lines {
        let counted =
            Counted { unit_seconds: line.unit_seconds, amount: line.amount, allowance: line.allowance, net: line.net };
        model.lines.push(terms::line(&words, &line.of, &counted, &note.time_zone)?);
    }
    model.vat_breakdown = terms::taxes(&words, &note.taxes);
    model.totals = totals(note);
    Ok(Some(model))
}

/// What went back to funders and the wallet is paid; what lowered a debt is what the note is still worth.
fn totals(note: &CreditDocument) -> DocumentTotals {
    let paid = Money { micros: note.total.micros - note.owed.micros, ..note.total };
    DocumentTotals {
        line_total: amount(note.net),
        taxable_total: amount(note.net),
        vat_total: Some(amount(note.tax)),
        gross_total: amount(note.total),
        paid: (paid.micros != 0).then(|| amount(paid)),
        due: amount(note.owed),
        ..DocumentTotals::default()
    }
}
