//! What customers withhold at source: tax that they pay to their own office instead of the hub, with a certificate for it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{InvoiceId, Money, Timestamp, WithholdingId, word::words};

words! {
    /// Of what a customer withholds a part.
    WithheldOf {
        /// Of the taxed amount.
        Net = "net",
        /// Of the tax on it.
        Tax = "tax",
    }
}

/// The most that the law lets a customer withhold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithholdingRate {
    /// Of what.
    pub of: WithheldOf,
    /// The rate in millionths; above zero.
    pub rate_ppm: i32,
}

/// Asks to record what a customer withheld of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordWithholding {
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// The certificate's number, 1 to 60 characters.
    pub certificate: String,
    /// The certificate's day: not before the invoice's, and not to come.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub certified_on: Date,
    /// In whole minor units of the invoice's currency.
    pub amount: Money,
}

/// Takes a record back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UndoWithholding {
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// What a customer withheld of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithholdingView {
    /// Its id.
    pub id: WithholdingId,
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// The certificate's number.
    pub certificate: String,
    /// The certificate's day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub certified_on: Date,
    /// How much.
    pub amount: Money,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it was taken back, if it was.
    pub undone_at: Option<Timestamp>,
    /// Why it was taken back.
    pub undo_reason: Option<String>,
}

/// What has become of a finalised invoice: its total is what was paid, credited, withheld and written off of it, and what is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceStanding {
    /// Net and tax.
    pub total: Money,
    /// By wallet and funders; below zero where credit notes gave back what had been withheld.
    pub paid: Money,
    /// What credit notes took back.
    pub credited: Money,
    /// What the customer withheld, without what was taken back.
    pub withheld: Money,
    /// What was given up.
    pub written_off: Money,
    /// What is still to be paid: of what an organisation owes, the latest invoices are unpaid.
    pub due: Money,
    /// The most that can still be recorded as withheld.
    pub most: Money,
    /// The latest first, those that were taken back too.
    pub withholdings: Vec<WithholdingView>,
}
