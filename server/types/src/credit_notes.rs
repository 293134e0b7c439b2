//! Credit notes: what corrects a finalised invoice, which never changes itself. Amounts are whole minor units, and
//! positive although they are taken back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Amount, CreditNoteId, Currency, DocumentLine, DocumentTax, InvoiceId, LotId, LotKind, Money, OrganisationId, Party,
    Payer, Timestamp,
};

/// A part of an invoice's line to take back: an amount, an amount of time, or, without either, all that is left of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreditLine {
    /// Its number on the invoice.
    pub line: u16,
    /// Before the hub's gifts and tax, in whole minor units; gifts are given back in the line's own proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Units times seconds, at the line's own price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_seconds: Option<i64>,
}

/// Asks to take an invoice back, whole or in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueCreditNote {
    /// The finalised invoice.
    pub invoice: InvoiceId,
    /// What of it; empty for everything that is left.
    #[serde(default)]
    pub lines: Vec<CreditLine>,
    /// Why, 1 to 500 characters: it stands on the document.
    pub reason: String,
    /// The digest of the preview that was looked at; refused when it has changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A credit note as it is previewed and as it is issued: both come from the same function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditDocument {
    /// Its number; nothing before it is issued.
    pub number: Option<String>,
    /// The day of issue on the seller's calendar; nothing before it is issued.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub issued_on: Option<Date>,
    /// The invoice that it corrects.
    pub invoice: InvoiceId,
    /// The invoice's number.
    pub invoice_number: String,
    /// The invoice's day of issue.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub invoice_issued_on: Date,
    /// Why it was issued.
    pub reason: String,
    /// The invoice's language: en, fr or ar.
    pub language: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// The seller's zone, in which its days are meant.
    pub time_zone: String,
    /// Who sells, as the invoice names them.
    pub seller: Party,
    /// Who buys, as the invoice names them.
    pub buyer: Party,
    /// What is taken back.
    pub lines: Vec<CreditedLine>,
    /// The tax that is taken back with it, at the invoice's own rates.
    pub taxes: Vec<DocumentTax>,
    /// The sum of the lines.
    pub net: Money,
    /// The sum of the taxes.
    pub tax: Money,
    /// Net and tax.
    pub total: Money,
    /// To whom the total goes back: funders to their lots, the rest to the wallet.
    pub back: Vec<Payer>,
    /// What of the total lowers what was owed instead.
    pub owed: Money,
    /// What each lot, the hub's gifts too, is given back in its own unit.
    pub restored: Vec<RestoredLot>,
}

/// What is taken back of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditedLine {
    /// The invoice's line, as it stands there.
    pub of: DocumentLine,
    /// Units times seconds that are taken back; 0 where only the amount is.
    pub unit_seconds: i64,
    /// Before the hub's gifts: net and allowance together.
    pub amount: Money,
    /// The hub's own gifts, which are given back.
    pub allowance: Money,
    /// What is no longer taxed and paid.
    pub net: Money,
}

/// What a lot is given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestoredLot {
    /// The lot.
    pub lot: LotId,
    /// What it is called.
    pub name: String,
    /// Who pays for it.
    pub kind: LotKind,
    /// How much, exactly, in its own unit.
    pub amount: Amount,
}

/// A credit note in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditNoteSummary {
    /// Its id.
    pub id: CreditNoteId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Its number.
    pub number: String,
    /// The invoice that it corrects.
    pub invoice: InvoiceId,
    /// The invoice's number.
    pub invoice_number: String,
    /// Why it was issued.
    pub reason: String,
    /// The sum of the lines.
    pub net: Money,
    /// The sum of the taxes.
    pub tax: Money,
    /// Net and tax.
    pub total: Money,
    /// The day of issue.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub issued_on: Date,
    /// The instant of issue.
    pub issued_at: Timestamp,
}

/// A credit note with its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditNoteView {
    /// As in a list.
    pub note: CreditNoteSummary,
    /// As issued.
    pub document: CreditDocument,
    /// SHA-256 of the document's canonical bytes, in hexadecimal.
    pub sha256: String,
}

/// What a credit note would say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditPreview {
    /// Without number and day.
    pub document: CreditDocument,
    /// SHA-256 of its canonical bytes, in hexadecimal: what an issue may name.
    pub sha256: String,
}

/// A credit note among those of all organisations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditReviewView {
    /// The credit note.
    pub note: CreditNoteSummary,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
}

/// What has become of an invoice: what of it was credited, and what is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceCredits {
    /// The sum of its credit notes.
    pub credited: Money,
    /// What its total comes to without them.
    pub left: Money,
    /// Whether there is anything that a credit note could take back.
    pub is_open: bool,
    /// What is left of each line.
    pub lines: Vec<LineCredits>,
    /// Its credit notes, the latest first.
    pub notes: Vec<CreditNoteSummary>,
}

/// What is left of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineCredits {
    /// Its number on the invoice.
    pub line: u16,
    /// Before the hub's gifts.
    pub amount_left: Money,
    /// Units times seconds.
    pub unit_seconds_left: i64,
}
