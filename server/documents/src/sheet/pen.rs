//! How a document's words and figures are written, whatever its kind.

use jiff::{civil::Date, tz::TimeZone};
use messages::{Locale, Words, say};
use types::{DocumentTax, Money, Party, Payer, PayerKind, TaxCategory, Timestamp};

use super::{Cell, Column, Fact, Named, Pay, Table, Total};
use crate::{PayTo, Tax, Withheld};

/// Writes in one language and zone.
pub(super) struct Pen {
    pub(super) words: Words,
    /// For days of a calendar, which are the same for every reader.
    days: Words,
}

impl Pen {
    pub(super) fn new(locale: Locale, zone: &str) -> Self {
        Self { words: Words::new(locale, zone), days: Words::new(locale, "UTC") }
    }

    /// Figures and codes run from left to right inside a line that does not.
    pub(super) fn figure(&self, text: String) -> String {
        match self.words.locale() {
            Locale::Ar => format!("\u{2066}{text}\u{2069}"),
            Locale::En | Locale::Fr => text,
        }
    }

    /// An amount without its currency.
    pub(super) fn amount(&self, amount: Money) -> String {
        self.figure(self.words.amount(amount))
    }

    /// An amount that is taken off.
    pub(super) fn less(&self, amount: Money) -> String {
        self.amount(Money { micros: amount.micros.saturating_neg(), ..amount })
    }

    /// An amount with its currency.
    pub(super) fn money(&self, amount: Money) -> String {
        self.figure(self.words.money(amount))
    }

    /// A rate in millionths.
    pub(super) fn rate(&self, rate_ppm: i32) -> String {
        self.figure(self.words.percent(rate_ppm.into()))
    }

    /// A day of the seller's calendar.
    pub(super) fn day(&self, date: Date) -> String {
        let midnight = date.to_zoned(TimeZone::UTC);
        midnight.map_or_else(|_| date.to_string(), |midnight| self.days.date(midnight.timestamp().into()))
    }

    /// The days of a period, from its first instant to the one after it.
    pub(super) fn period(&self, started_at: Timestamp, ended_at: Timestamp) -> String {
        let (from, to) = (self.words.date(started_at), self.words.date(ended_at.plus_seconds(-1)));
        say!(self.words, "document-from-to", from = from, to = to)
    }

    /// The page's number, which only the drawing knows.
    pub(super) fn page(&self) -> String {
        say!(self.words, "document-page", page = "{page}", pages = "{pages}")
    }

    /// What the file of data is called.
    pub(super) fn as_data(&self) -> String {
        say!(self.words, "document-as-data")
    }
}

/// Parties and payers.
impl Pen {
    pub(super) fn seller(&self, party: &Party) -> Named {
        Named { role: None, name: party.name.clone(), lines: self.beneath(party) }
    }

    pub(super) fn buyer(&self, party: &Party) -> Named {
        let role = Some(say!(self.words, "invoice-billed-to"));
        Named { role, name: party.name.clone(), lines: self.beneath(party) }
    }

    /// The address, the country, and the numbers that the law wants.
    fn beneath(&self, party: &Party) -> Vec<String> {
        let address = party.address.lines().map(|line| line.trim().to_owned());
        let country = (!party.country.is_empty()).then(|| self.words.country(&party.country));
        let mut lines: Vec<String> = address.chain(country).chain(self.numbers(party)).collect();
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// Two a line.
    fn numbers(&self, party: &Party) -> Vec<String> {
        let words = &self.words;
        let said = [
            party.ice.as_deref().map(|number| say!(words, "party-ice", number = number)),
            party.tax_id.as_deref().map(|number| say!(words, "party-tax-id", number = number)),
            party.trade_register.as_deref().map(|number| say!(words, "party-trade-register", number = number)),
            party.business_tax.as_deref().map(|number| say!(words, "party-business-tax", number = number)),
            party.vat_id.as_deref().map(|number| say!(words, "party-vat-id", number = number)),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        said.chunks(2).map(|pair| pair.join(" · ")).collect()
    }

    /// What a payer is called.
    pub(super) fn payer(&self, payer: &Payer) -> String {
        match payer.kind {
            PayerKind::Sponsored => payer.name.clone().unwrap_or_default(),
            PayerKind::Wallet => say!(self.words, "invoice-wallet"),
        }
    }

    /// How something is paid.
    pub(super) fn pay(&self, pay_to: &PayTo) -> Pay {
        let words = &self.words;
        let fact = |label: String, value: &str| Fact { label, value: self.figure(value.to_owned()) };
        let holder = Fact { label: say!(words, "pay-holder"), value: pay_to.holder.clone() };
        let bank = pay_to.bank.as_ref().map(|bank| Fact { label: say!(words, "pay-bank"), value: bank.clone() });
        let iban = Some(fact(say!(words, "pay-iban"), &in_fours(&pay_to.iban)));
        let bic = pay_to.bic.as_deref().map(|bic| fact(say!(words, "pay-bic"), bic));
        let reference = pay_to.reference.as_deref().map(|reference| fact(say!(words, "pay-reference"), reference));
        let facts = [Some(holder), bank, iban, bic, reference].into_iter().flatten().collect();
        Pay { title: say!(words, "pay-how"), facts }
    }
}

/// Tables and totals.
impl Pen {
    /// A fact.
    pub(super) fn fact(&self, label: String, value: String) -> Fact {
        Fact { label, value }
    }

    /// The sums that every document of account has: net, the tax of each rate, and both.
    pub(super) fn sums(&self, net: Money, taxes: &[Tax], total: Money) -> Vec<Total> {
        let line = |label: String, amount: Money, is_grand| Total { label, amount: self.amount(amount), is_grand };
        let net = line(say!(self.words, "total-net"), net, false);
        let taxes = taxes.iter().map(|group| line(self.tax_label(group), group.tax, false));
        let grand = line(say!(self.words, "total-grand", currency = total.currency.word()), total, true);
        [net].into_iter().chain(taxes).chain([grand]).collect()
    }

    /// What was withheld at source.
    pub(super) fn withheld(&self, withheld: &Withheld) -> Total {
        let label = say!(self.words, "document-withheld", rate = self.words.percent(withheld.rate_ppm.into()));
        Total { label, amount: self.less(withheld.amount), is_grand: false }
    }

    /// The tax of a rate, or why there is none.
    fn tax_label(&self, group: &Tax) -> String {
        match (group.category, &group.reason_code) {
            (TaxCategory::Standard, _) | (_, None) => {
                say!(self.words, "total-tax", rate = self.words.percent(group.rate_ppm.into()))
            }
            (_, Some(code)) => say!(self.words, "total-no-tax", code = code.as_str()),
        }
    }

    /// The table of what was taxed how; nothing where nothing was.
    pub(super) fn taxes(&self, taxes: &[Tax]) -> Option<Table> {
        let words = &self.words;
        let row = |group: &Tax| {
            let kind = say!(words, "tax-category", word = group.category.word());
            let kind = Cell { text: kind, beneath: group.reason_code.clone().map(|code| self.figure(code)) };
            vec![kind, cell(self.rate(group.rate_ppm)), cell(self.amount(group.taxable)), cell(self.amount(group.tax))]
        };
        (!taxes.is_empty()).then(|| Table {
            title: Some(say!(words, "document-tax-by-rate")),
            columns: vec![
                text(say!(words, "document-tax-kind")),
                figures(say!(words, "document-tax-rate")),
                figures(say!(words, "document-taxable")),
                figures(say!(words, "document-tax")),
            ],
            rows: taxes.iter().map(row).collect(),
        })
    }

    /// What has to be said of what is not taxed.
    pub(super) fn untaxed(&self, taxes: &[Tax]) -> Vec<String> {
        let codes = taxes.iter().filter_map(|group| group.reason_code.as_deref());
        codes.map(|code| say!(self.words, "mention-no-tax", code = code)).collect()
    }
}

/// The groups of an invoice or a credit note.
pub(super) fn groups(taxes: &[DocumentTax]) -> Vec<Tax> {
    let group = |group: &DocumentTax| Tax {
        category: group.category,
        rate_ppm: group.rate_ppm,
        reason_code: group.reason_code.clone(),
        taxable: group.taxable,
        tax: group.tax,
    };
    taxes.iter().map(group).collect()
}

/// A column of words.
pub(super) fn text(title: String) -> Column {
    Column { title, is_figure: false }
}

/// A column of figures.
pub(super) fn figures(title: String) -> Column {
    Column { title, is_figure: true }
}

/// A cell with nothing beneath.
pub(super) fn cell(text: String) -> Cell {
    Cell { text, beneath: None }
}

/// Year, month and day.
pub(super) fn numbers(date: Date) -> [i16; 3] {
    [date.year(), date.month().into(), date.day().into()]
}

/// `MA64 0115 …`: as people copy it.
fn in_fours(iban: &str) -> String {
    let characters: Vec<char> = iban.chars().filter(|character| !character.is_whitespace()).collect();
    characters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
