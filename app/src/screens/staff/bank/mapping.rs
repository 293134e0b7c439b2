//! How a bank's sheet is read: the fields that say it, filled with how it was read, and reading them.

use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::Refused;
use types::{SheetDates, SheetDecimals, SheetDelimiter, SheetMapping};

use crate::components::{Field, Select};

/// The fields as they were sent; all empty where nothing was said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sheet {
    delimiter: String,
    decimals: String,
    dates: String,
    booked_on: String,
    value_on: String,
    amount: String,
    credit: String,
    debit: String,
    payer_name: String,
    payer_account: String,
    remittance: String,
    reference: String,
    balance: String,
}

/// What stands between several headings that belong together.
const BETWEEN: char = ';';

impl Sheet {
    /// The fields of a mapping.
    pub(super) fn of(mapping: &SheetMapping) -> Self {
        let said = |heading: &Option<String>| heading.clone().unwrap_or_default();
        Self {
            delimiter: mapping.delimiter.word().to_owned(),
            decimals: mapping.decimals.word().to_owned(),
            dates: mapping.dates.word().to_owned(),
            booked_on: mapping.booked_on.clone(),
            value_on: said(&mapping.value_on),
            amount: said(&mapping.amount),
            credit: said(&mapping.credit),
            debit: said(&mapping.debit),
            payer_name: said(&mapping.payer_name),
            payer_account: said(&mapping.payer_account),
            remittance: mapping.remittance.join("; "),
            reference: said(&mapping.reference),
            balance: said(&mapping.balance),
        }
    }

    /// Whether anything was said.
    pub(super) fn is_said(&self) -> bool {
        !self.booked_on.trim().is_empty()
    }

    /// The mapping; nothing where nothing was said.
    pub(super) fn mapping(&self) -> Result<Option<SheetMapping>, Refused> {
        if !self.is_said() {
            return Ok(None);
        }
        let unknown = || Refused::from(domain::Error::Invalid { field: "delimiter", rule: domain::Rule::Known });
        let said = |heading: &str| Some(heading.trim().to_owned()).filter(|heading| !heading.is_empty());
        Ok(Some(SheetMapping {
            delimiter: self.delimiter.parse::<SheetDelimiter>().map_err(|_| unknown())?,
            decimals: self.decimals.parse::<SheetDecimals>().map_err(|_| unknown())?,
            dates: self.dates.parse::<SheetDates>().map_err(|_| unknown())?,
            booked_on: self.booked_on.trim().to_owned(),
            value_on: said(&self.value_on),
            amount: said(&self.amount),
            credit: said(&self.credit),
            debit: said(&self.debit),
            payer_name: said(&self.payer_name),
            payer_account: said(&self.payer_account),
            remittance: self.remittance.split(BETWEEN).filter_map(said).collect(),
            reference: said(&self.reference),
            currency: None,
            balance: said(&self.balance),
        }))
    }

    /// Names and values, as a form sends them along.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let choices = [("delimiter", &self.delimiter), ("decimals", &self.decimals), ("dates", &self.dates)];
        let headings = self.headings();
        choices.into_iter().chain(headings).map(|(name, value)| (name, value.clone())).collect()
    }

    fn headings(&self) -> [(&'static str, &String); 10] {
        [
            ("booked_on", &self.booked_on),
            ("value_on", &self.value_on),
            ("amount", &self.amount),
            ("credit", &self.credit),
            ("debit", &self.debit),
            ("payer_name", &self.payer_name),
            ("payer_account", &self.payer_account),
            ("remittance", &self.remittance),
            ("reference", &self.reference),
            ("balance", &self.balance),
        ]
    }

    /// The fields, to be changed.
    pub(super) fn view(&self, words: &Words) -> AnyView {
        let select = |name: &str, label: String, chosen: &str, options: Vec<(String, String)>| {
            let (name, chosen) = (name.to_owned(), chosen.to_owned());
            Select { name, label, options, chosen, hint: None, error: None }.view()
        };
        let named = |word: &'static str, said: String| (word.to_owned(), said);
        let delimiters = SheetDelimiter::ALL.iter().map(|one| named(one.word(), words.sheet_delimiter(*one))).collect();
        let decimals = SheetDecimals::ALL.iter().map(|one| named(one.word(), words.sheet_decimals(*one))).collect();
        let dates = SheetDates::ALL.iter().map(|one| named(one.word(), words.sheet_dates(*one))).collect();
        let headings = self.headings().map(|(name, value)| {
            let label = match name {
                "booked_on" => say!(words, "bank-day"),
                "value_on" => say!(words, "sheet-value"),
                "amount" => say!(words, "sheet-amount"),
                "credit" => say!(words, "sheet-credit"),
                "debit" => say!(words, "sheet-debit"),
                "payer_name" => say!(words, "bank-payer"),
                "payer_account" => say!(words, "bank-payer-account"),
                "remittance" => say!(words, "sheet-written"),
                "reference" => say!(words, "bank-reference"),
                _ => say!(words, "sheet-balance"),
            };
            Field::text(name, label).value(value).view()
        });
        view! {
            {select("delimiter", say!(words, "sheet-delimiter-of"), &self.delimiter, delimiters)}
            {select("decimals", say!(words, "sheet-decimals-of"), &self.decimals, decimals)}
            {select("dates", say!(words, "sheet-dates-of"), &self.dates, dates)}
            {headings.into_iter().collect_view()}
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_is_read_back() {
        let mapping = SheetMapping {
            delimiter: SheetDelimiter::Semicolon,
            decimals: SheetDecimals::Comma,
            dates: SheetDates::DayMonthYear,
            booked_on: "Date".to_owned(),
            value_on: None,
            amount: None,
            credit: Some("Crédit".to_owned()),
            debit: Some("Débit".to_owned()),
            payer_name: Some("Nom".to_owned()),
            payer_account: None,
            remittance: vec!["Libellé".to_owned(), "Motif".to_owned()],
            reference: None,
            currency: None,
            balance: Some("Solde".to_owned()),
        };
        assert_eq!(Sheet::of(&mapping).mapping().unwrap(), Some(mapping));
        assert_eq!(Sheet::default().mapping().unwrap(), None);
        let wrong = Sheet { booked_on: "Date".to_owned(), delimiter: "dot".to_owned(), ..Sheet::default() };
        assert!(wrong.mapping().is_err());
    }
}
