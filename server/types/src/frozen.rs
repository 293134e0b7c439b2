//! What documents say that no other table holds: asked for, received and moved. Composed and frozen by the domain, drawn by
//! the crate `documents`. Amounts are whole minor units of one currency.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Currency, EntryKind, Money, Party, TaxCategory, word::words};

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
    pub items: Vec<ProFormaItem>,
    /// The tax of each rate; empty where none falls on it yet.
    pub taxes: Vec<ProFormaTax>,
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
pub struct ProFormaItem {
    /// What it is, in the document's language; nothing for money that is paid into the wallet.
    pub what: Option<String>,
    /// How many, in millionths.
    pub quantity_micros: i64,
    /// Of what.
    pub unit: ItemUnit,
    /// For one, net.
    pub price: Money,
    /// For all, net.
    pub net: Money,
}

words! {
    /// What is counted on a line.
    ItemUnit {
        /// One piece.
        Piece = "piece",
        /// One hour.
        Hour = "hour",
    }
}

/// The tax of one category and rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProFormaTax {
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
    pub means: ReceiptMeans,
    /// Who sent it, where that is another.
    pub payer: Option<String>,
    /// What the bank or the card's provider calls it.
    pub reference: Option<String>,
    /// How much came.
    pub amount: Money,
    /// What was kept back of what was owed, beside what came.
    pub withheld: Option<Withheld>,
    /// What it paid; the rest of what came is in the wallet.
    pub settled: Vec<SettledDocument>,
    /// The wallet after it.
    pub balance: Option<Money>,
}

words! {
    /// How money comes.
    ReceiptMeans {
        /// From a bank account.
        Transfer = "transfer",
        /// From a card.
        Card = "card",
    }
}

/// What a payment paid of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledDocument {
    /// The document's number; nothing for what was owed and stands on no document yet.
    pub number: Option<String>,
    /// How much of it, what was withheld included.
    pub amount: Money,
}

/// A statement of account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountStatement {
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
    pub movements: Vec<AccountMovement>,
    /// What it held after the last day.
    pub closing: Money,
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountMovement {
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
