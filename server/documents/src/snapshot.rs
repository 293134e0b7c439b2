//! What a document says, frozen: all that its artefacts are made from, so that nothing is looked up when they are.

use messages::Locale;
use serde::{Deserialize, Serialize};
pub use types::{
    AccountMovement as Movement, AccountStatement as Statement, ItemUnit as Unit, PayTo, ProForma,
    ProFormaItem as Item, ProFormaTax as Tax, Receipt, ReceiptMeans as Means, SettledDocument as Settled, Withheld,
};
use types::{CreditDocument, Currency, Document};

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
