//! What a document says, frozen: all that its artefacts are made from, so that nothing is looked up when they are.

use jiff::civil::Date;
use messages::Locale;
use serde::{Deserialize, Serialize};
use types::{CreditDocument, Currency, Document, EntryKind, Money, Party, TaxCategory};

/// A document. Amounts are whole minor units of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Snapshot {
    /// What was sold in a period.
    Invoice(Invoice),
    /// What is taken back of an invoice.
    CreditNote(CreditNote),
    /// What is to be paid before anything is sold.
    ProForma(ProForma),
    /// What came in.
    Receipt(Receipt),
    /// What happened between two days.
    Statement(Statement),
}

/// An invoice as it was frozen, with what is beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// As finalised: the bytes of a stored snapshot are read as they are.
    #[serde(flatten)]
    pub document: Document,
    /// Where what is due is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_to: Option<PayTo>,
    /// What of the total the buyer pays to the tax office instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
}

/// A credit note as it was frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNote {
    /// As issued.
    #[serde(flatten)]
    pub document: CreditDocument,
}

/// An account that money is sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayTo {
    /// Who holds it.
    pub holder: String,
    /// Its IBAN, without spaces.
    pub iban: String,
    /// The bank's BIC.
    pub bic: Option<String>,
    /// What the bank is called.
    pub bank: Option<String>,
    /// What the transfer must carry.
    pub reference: Option<String>,
}

/// Tax that the payer keeps back and pays to the tax office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// How much.
    pub amount: Money,
}

/// A pro-forma: it asks for money and is no document of account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProForma {
    /// What it is called by.
    pub number: String,
    /// The day it was written.
    pub issued_on: Date,
    /// The last day it holds.
    pub valid_until: Option<Date>,
    /// The language it is written in: en, fr or ar.
    pub language: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Who asks.
    pub seller: Party,
    /// Who is asked.
    pub buyer: Party,
    /// For what.
    pub items: Vec<Item>,
    /// The tax of each rate; empty where none falls on it yet.
    pub taxes: Vec<Tax>,
    /// The sum of the items.
    pub net: Money,
    /// The sum of the taxes.
    pub tax: Money,
    /// Net and tax: what is to be paid.
    pub total: Money,
    /// Where it is paid.
    pub pay_to: Option<PayTo>,
}

/// A line of a pro-forma.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is, in the document's language.
    pub what: String,
    /// How many, in millionths.
    pub quantity_micros: i64,
    /// Of what.
    pub unit: Unit,
    /// For one, net.
    pub price: Money,
    /// For all, net.
    pub net: Money,
}

/// What is counted on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One piece.
    Piece,
    /// One hour.
    Hour,
}

impl Unit {
    /// Its word in messages.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Piece => "piece",
            Self::Hour => "hour",
        }
    }
}

/// The tax of one category and rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// How it is taxed.
    pub category: TaxCategory,
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// The legal reason for no tax.
    pub reason_code: Option<String>,
    /// What is taxed.
    pub taxable: Money,
    /// The tax on it.
    pub tax: Money,
}

/// A receipt for money that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number.
    pub number: String,
    /// The day the money was there.
    pub received_on: Date,
    /// The language it is written in: en, fr or ar.
    pub language: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Who received it.
    pub seller: Party,
    /// Whose account it is for.
    pub buyer: Party,
    /// How it came.
    pub means: Means,
    /// Who sent it, where that is another.
    pub payer: Option<String>,
    /// What the bank or the card's provider calls it.
    pub reference: Option<String>,
    /// How much came.
    pub amount: Money,
    /// What was kept back of what was owed, beside what came.
    pub withheld: Option<Withheld>,
    /// What it paid; the rest of what came is in the wallet.
    pub settled: Vec<Settled>,
    /// The wallet after it.
    pub balance: Option<Money>,
}

/// How money comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// From a bank account.
    Transfer,
    /// From a card.
    Card,
}

impl Means {
    /// Its word in messages.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Card => "card",
        }
    }
}

/// What a payment paid of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The document's number.
    pub number: String,
    /// How much of it, what was withheld included.
    pub amount: Money,
}

/// A statement of account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The day it was written.
    pub issued_on: Date,
    /// The first day it covers.
    pub from: Date,
    /// The last day it covers.
    pub through: Date,
    /// The language it is written in: en, fr or ar.
    pub language: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Who keeps the account.
    pub seller: Party,
    /// Whose it is.
    pub buyer: Party,
    /// What it held before the first day.
    pub opening: Money,
    /// What happened, the earliest first.
    pub movements: Vec<Movement>,
    /// What it held after the last day.
    pub closing: Money,
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// The day.
    pub on: Date,
    /// What was booked.
    pub kind: EntryKind,
    /// The number of its document, or a note.
    pub detail: Option<String>,
    /// What it changed.
    pub amount: Money,
    /// What the account held after it.
    pub balance: Money,
}

impl From<Document> for Snapshot {
    fn from(document: Document) -> Self {
        Self::Invoice(Invoice { document, pay_to: None, withheld: None })
    }
}

impl From<CreditDocument> for Snapshot {
    fn from(document: CreditDocument) -> Self {
        Self::CreditNote(CreditNote { document })
    }
}

impl Snapshot {
    /// The language it is written in; nothing for one that nobody here writes.
    #[must_use]
    pub fn locale(&self) -> Option<Locale> {
        Locale::of_tag(match self {
            Self::Invoice(invoice) => &invoice.document.language,
            Self::CreditNote(note) => &note.document.language,
            Self::ProForma(pro_forma) => &pro_forma.language,
            Self::Receipt(receipt) => &receipt.language,
            Self::Statement(statement) => &statement.language,
        })
    }

    /// The currency of all its amounts.
    #[must_use]
    pub fn currency(&self) -> Currency {
        match self {
            Self::Invoice(invoice) => invoice.document.currency,
            Self::CreditNote(note) => note.document.currency,
            Self::ProForma(pro_forma) => pro_forma.currency,
            Self::Receipt(receipt) => receipt.currency,
            Self::Statement(statement) => statement.currency,
        }
    }
}
