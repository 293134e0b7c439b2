//! What the form of a credit note sends, the form, and the page that shows the note before it is issued.

use leptos::prelude::*;
use messages::{Words, say};
use serde::{Deserialize, Serialize};
use session::Refused;
use types::{CreditLine, CreditPreview, DocumentLine, InvoiceCredits, InvoiceView, IssueCreditNote, Money};

use crate::{
    components::{Button, Card, Field, Form, Heading, Select, hidden},
    screens::{
        staff::asked::{micros, problem, reason_field},
        tenant::credit_note::paper,
    },
};

/// The fields as they were sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Empty for all that is left of the invoice, else the number of a line.
    lines: String,
    /// Empty for all that is left of the line.
    amount: String,
    reason: String,
    /// Of the preview that was looked at.
    #[serde(skip_serializing)]
    sha256: String,
    #[serde(skip_serializing)]
    pub(super) idempotency_key: String,
}

impl Wanted {
    /// The request, or the field that cannot be read.
    pub(super) fn ask(&self, invoice: &InvoiceView) -> Result<IssueCreditNote, Refused> {
        Ok(IssueCreditNote {
            invoice: invoice.invoice.id,
            lines: self.line(invoice)?.into_iter().collect(),
            reason: self.reason.clone(),
            sha256: (!self.sha256.is_empty()).then(|| self.sha256.clone()),
        })
    }

    fn line(&self, invoice: &InvoiceView) -> Result<Option<CreditLine>, Refused> {
        let invalid = |rule| Refused::from(domain::Error::Invalid { field: "lines", rule });
        let amount = match self.amount.trim() {
            "" => None,
            amount => Some(Money { micros: micros("amount", amount)?, currency: invoice.document.currency }),
        };
        match self.lines.as_str() {
            // An amount of what?
            "" if amount.is_some() => Err(invalid(domain::Rule::Required)),
            "" => Ok(None),
            line => {
                let line = line.parse().map_err(|_| invalid(domain::Rule::Known))?;
                Ok(Some(CreditLine { line, amount, unit_seconds: None }))
            }
        }
    }

    /// The address of the form with these fields in it.
    fn address(&self, base: &str) -> String {
        format!("{base}/credit?{}", serde_urlencoded::to_string(self).unwrap_or_default())
    }
}

/// The form.
pub(in crate::screens::staff) fn card(
    words: &Words,
    base: &str,
    (invoice, credits): (&InvoiceView, &InvoiceCredits),
    wanted: &Wanted,
    refused: Option<&Refused>,
) -> AnyView {
    let open = invoice.document.lines.iter().filter_map(|line| option(words, line, credits));
    let whole = (String::new(), say!(words, "staff-credit-whole", amount = words.money(credits.left)));
    let line = Select {
        name: "lines".to_owned(),
        label: say!(words, "staff-credit-what"),
        options: [whole].into_iter().chain(open).collect(),
        chosen: wanted.lines.clone(),
        hint: None,
        error: problem(words, refused, "lines"),
    };
    let much = Field::amount("amount", say!(words, "staff-credit-amount"))
        .value(&wanted.amount)
        .unit(invoice.document.currency.word())
        .hint(say!(words, "staff-credit-amount-hint"))
        .error(problem(words, refused, "amount"));
    let reason = reason_field(words, wanted.reason.clone(), say!(words, "staff-credit-reason-hint"), refused);
    let fields = view! {
        <p class="sm">{say!(words, "staff-credit-means")}</p>
        {line.view()}{much.view()}{reason}
        <div>{Button::new(say!(words, "staff-credit-see")).submit()}</div>
    };
    let form = Form::post(format!("{base}/credit/preview")).around(fields.into_any());
    Card::titled(say!(words, "staff-credit")).id("credit").body(form)
}

/// A line of which something is left.
fn option(words: &Words, line: &DocumentLine, credits: &InvoiceCredits) -> Option<(String, String)> {
    let left = credits.lines.iter().find(|left| left.line == line.line)?.amount_left;
    let said = say!(
        words,
        "staff-credit-line",
        n = i64::from(line.line),
        flavour = line.flavour_name.as_str(),
        project = line.project_name.as_str(),
        amount = words.money(left),
    );
    (left.micros > 0).then(|| (line.line.to_string(), said))
}

/// The note as it would be issued, with the button that issues it and the way back.
pub(super) fn preview(
    (words, key): (&Words, String),
    base: &str,
    called: &str,
    wanted: &Wanted,
    preview: &CreditPreview,
) -> AnyView {
    let heading = Heading::new(called).beneath(say!(words, "staff-credit-nothing-yet"));
    let fields =
        [("lines", &wanted.lines), ("amount", &wanted.amount), ("reason", &wanted.reason), ("sha256", &preview.sha256)];
    let fields = fields.map(|(name, value)| hidden(name, value)).collect_view();
    let buttons = view! {
        {fields}
        <p class="sm">{say!(words, "staff-credit-final")}</p>
        <div class="row wrap">
            {Button::new(say!(words, "staff-credit-issue")).primary().submit()}
            {Button::new(say!(words, "staff-change")).to(wanted.address(base))}
        </div>
    };
    let form = Form::post(format!("{base}/credit")).once(key).around(buttons.into_any());
    view! {
        {heading.view()}
        <div class="split">
            {paper(words, &preview.document)}
            <aside class="stack">{Card::titled(say!(words, "staff-credit")).body(form)}</aside>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_form_keeps_what_was_written_and_neither_key_nor_digest() {
        let wanted = Wanted {
            lines: "1".to_owned(),
            amount: "12.50".to_owned(),
            reason: "a & b".to_owned(),
            sha256: "00".to_owned(),
            idempotency_key: "key".to_owned(),
        };
        assert_eq!(wanted.address("/i"), "/i/credit?lines=1&amount=12.50&reason=a+%26+b");
    }
}
