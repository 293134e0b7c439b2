//! What two people sign, above which amounts, and debts that are written off. Amounts are exact micro-units.

use serde::{Deserialize, Serialize};

use crate::{
    AskRefund, Currency, InvoiceId, Money, OrganisationId, SignOffId, Timestamp, UserId, WriteOffId, word::words,
};

words! {
    /// What needs a second person above a limit.
    SignOffKind {
        /// A draft is numbered and frozen.
        Finalise = "finalise",
        /// Money goes back on the rail that it came on.
        Refund = "refund",
        /// A debt is given up.
        WriteOff = "write_off",
        /// A month is closed.
        Close = "close",
    }
}

words! {
    /// What has become of a signature that was asked for.
    SignOffState {
        /// It waits for a second person.
        Open = "open",
        /// It is signed, and what it is for can be done.
        Signed = "signed",
        /// The second person refused.
        Refused = "refused",
        /// Who asked took it back.
        Withdrawn = "withdrawn",
        /// Something else was asked for the same thing.
        Voided = "voided",
        /// What it was for is done.
        Used = "used",
    }
}

/// A signature that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOffView {
    /// Its id.
    pub id: SignOffId,
    /// In whose books.
    pub organisation: OrganisationId,
    /// For what.
    pub kind: SignOffKind,
    /// What it is about: the id of an invoice, an organisation, a payment or a line of a statement, or a month as 2026-10.
    pub subject: String,
    /// The digest of exactly what is signed.
    pub body_sha256: String,
    /// Of how much.
    pub amount: Money,
    /// What has become of it.
    pub state: SignOffState,
    /// Who asked.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Timestamp,
    /// Who signed.
    pub signed_by: Option<UserId>,
    /// When.
    pub signed_at: Option<Timestamp>,
    /// Why the second person refused.
    pub reason: Option<String>,
    /// What of a debt is to be written off, where it is that which is signed.
    pub write_off: Option<WriteOffDebt>,
    /// What goes back, with its amount, where a refund is that which is signed.
    pub refund: Option<AskRefund>,
    /// Which month is to be closed, where it is that which is signed.
    pub close: Option<MonthToSign>,
}

/// A month that is to be closed, as it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthToSign {
    /// 2026-10, on the seller's calendar.
    pub month: String,
    /// What the invoices of its periods come to with their tax: a sum for each currency that has some.
    pub invoiced: Vec<Money>,
}

/// The same beside those of other organisations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOffReview {
    /// The signature.
    pub sign_off: SignOffView,
    /// What the organisation is called.
    pub organisation_name: String,
    /// The organisation's word in addresses.
    pub slug: String,
    /// What who asked is called.
    pub asked_by_name: String,
    /// What who signed is called.
    pub signed_by_name: Option<String>,
}

/// Signs what was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignBody {
    /// The digest of what was looked at, as the signature that was asked for names it.
    pub sha256: String,
}

/// Refuses to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefuseSignOff {
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// Above which amount two people sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOffLimitView {
    /// For what.
    pub kind: SignOffKind,
    /// In this currency.
    pub currency: Currency,
    /// What one person may do alone; nothing where they may whatever the amount.
    pub amount: Option<Money>,
    /// A looser one that waits for a second person.
    pub waiting: Option<WaitingLimit>,
}

/// A looser limit that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingLimit {
    /// What one person might do alone; nothing for whatever the amount.
    pub amount: Option<Money>,
    /// Who asked for it.
    pub asked_by: UserId,
    /// What they are called.
    pub asked_by_name: String,
    /// When.
    pub asked_at: Timestamp,
}

/// Sets above which amount two people sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetSignOffLimit {
    /// For what.
    pub kind: SignOffKind,
    /// In this currency.
    pub currency: Currency,
    /// What one person may do alone, in micro-units; nothing for whatever the amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub micros: Option<i64>,
}

/// Agrees to a looser limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AgreeSignOffLimit {
    /// What one person could do alone by it, in micro-units, as it was looked at; nothing for whatever the amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub micros: Option<i64>,
}

/// Writes off what nobody will pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WriteOffDebt {
    /// Of this invoice; of all that is owed where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceId>,
    /// How much, in the organisation's currency: at most what is owed.
    pub amount: Money,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// Takes a write-off back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UndoWriteOff {
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// A debt that was written off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WriteOffView {
    /// Its id.
    pub id: WriteOffId,
    /// Whose debt.
    pub organisation: OrganisationId,
    /// Of which invoice; nothing where it is of all that was owed.
    pub invoice: Option<InvoiceId>,
    /// The invoice's number.
    pub invoice_number: Option<String>,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// When.
    pub written_off_at: Timestamp,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
    /// Why it was.
    pub undo_reason: Option<String>,
}

/// A finalised invoice of which something is still to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwedInvoice {
    /// Which one.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// What is still to be paid of it.
    pub due: Money,
}

/// What an organisation owes, and what of it was written off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WriteOffs {
    /// What is owed now. Usage that no invoice names yet is part of it and cannot be written off.
    pub owed: Money,
    /// What of it is of no invoice, issued or to come: only that is written off without naming one.
    pub without_invoice: Money,
    /// The invoices of which something is due, the latest first.
    pub invoices: Vec<OwedInvoice>,
    /// The latest 200, the latest first.
    pub items: Vec<WriteOffView>,
}
