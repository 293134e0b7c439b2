//! Contested lines of invoices: what the organisation that pays objects to, and what the hub answers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{CreditNoteId, DisputeId, InvoiceId, Money, OrganisationId, Timestamp, word::words};

words! {
    /// What has become of a contested line; it never goes back.
    DisputeState {
        /// The hub has not answered.
        Open = "open",
        /// A credit note was issued for it.
        Credited = "credited",
        /// The hub refused in writing.
        Refused = "refused",
        /// The organisation took it back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What the hub answers.
    DisputeAnswer {
        /// By a credit note.
        Credit = "credit",
        /// By a refusal in writing.
        Refuse = "refuse",
    }
}

/// Asks the hub to look at a line of a finalised invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContestLine {
    /// The finalised invoice.
    pub invoice: InvoiceId,
    /// The line's number on it.
    pub line: u16,
    /// What of it, before the hub's gifts and tax, in whole minor units; nothing for all that is left of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// What is wrong, 1 to 500 characters.
    pub reason: String,
}

/// Answers a contested line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerDispute {
    /// Credit or refuse.
    pub answer: DisputeAnswer,
    /// What is credited, at most what is contested, before the hub's gifts and tax; nothing for all of it, and where
    /// it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// What the organisation is told, 1 to 500 characters; it stands on the credit note too.
    pub reason: String,
}

/// A contested line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputeView {
    /// Its id.
    pub id: DisputeId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// The invoice.
    pub invoice: InvoiceId,
    /// The invoice's number.
    pub invoice_number: String,
    /// The line's number on it.
    pub line: u16,
    /// What was sold, as the invoice names it.
    pub flavour_name: String,
    /// The project, as the invoice names it.
    pub project_name: String,
    /// What of the line is contested, before the hub's gifts and tax.
    pub amount: Money,
    /// What a credit note of that would have come to when it was contested, tax included.
    pub total: Money,
    /// Whether it was all that was left of the line.
    pub is_whole: bool,
    /// What is wrong, in the organisation's words.
    pub reason: String,
    /// What has become of it.
    pub state: DisputeState,
    /// Who contested it; nothing where they are no longer known.
    pub opened_by: Option<String>,
    /// When.
    pub opened_at: Timestamp,
    /// What the hub answered; nothing before, and where it was withdrawn.
    pub answer: Option<String>,
    /// When it was answered or withdrawn.
    pub answered_at: Option<Timestamp>,
    /// The credit note that answers it.
    pub credit_note: Option<CreditNoteId>,
    /// The credit note's number.
    pub credit_note_number: Option<String>,
}

/// A contested line among those of all organisations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputeDeskView {
    /// The contested line.
    pub dispute: DisputeView,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
}

/// What of an invoice is contested, and whether more can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceDisputes {
    /// The last day on the seller's calendar on which a line can be contested; nothing for a draft.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Date>,
    /// Whether that day is not over.
    pub is_contestable: bool,
    /// What is contested and not answered, tax included.
    pub open: Money,
    /// Its contested lines, the latest first.
    pub disputes: Vec<DisputeView>,
}
