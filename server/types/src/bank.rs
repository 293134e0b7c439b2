//! Statements of the hub's bank: what they say, and what becomes of each line. Amounts are whole minor units.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    BankLineId, Money, OrganisationId, ReceivingAccountView, RefundId, SheetMapping, StatementFormat, StatementId,
    Timestamp, TransferId, word::words,
};

words! {
    /// What has become of a line of a statement.
    BankLineState {
        /// It is stored and not booked yet.
        New = "new",
        /// It is booked, and nobody knows yet whose it is.
        Unmatched = "unmatched",
        /// It paid an organisation.
        Matched = "matched",
        /// It is not for the hub's wallets, as somebody said.
        Ignored = "ignored",
        /// No money came by it.
        Outgoing = "outgoing",
    }
}

words! {
    /// What a line does to what was announced.
    MatchClass {
        /// It pays what was missing.
        Exact = "exact",
        /// It pays less.
        Partial = "partial",
        /// It pays more; the rest is in the wallet too.
        Over = "over",
        /// Nothing was missing any more.
        Double = "double",
        /// It pays nothing that was announced.
        Unmatched = "unmatched",
    }
}

words! {
    /// Why a line is matched as it is.
    MatchWord {
        /// It carries the reference.
        Reference = "reference",
        /// It is exactly what was missing.
        Amount = "amount",
        /// It comes from an account of the payer's.
        PayerAccount = "payer_account",
        /// It comes from somebody who is called like the payer.
        PayerName = "payer_name",
        /// What it names was paid before.
        PaidBefore = "paid_before",
        /// No money came by it.
        NotIncoming = "not_incoming",
        /// What was written is meant as a reference, and wrong in itself.
        SlippedReference = "slipped_reference",
        /// The reference is right in itself, and nobody's.
        UnknownReference = "unknown_reference",
        /// It names several.
        SeveralReferences = "several_references",
        /// What it names is in another currency.
        OtherCurrency = "other_currency",
        /// No reference was written.
        NoReference = "no_reference",
        /// Several could be meant.
        SeveralItems = "several_items",
        /// A person decided.
        ByHand = "by_hand",
    }
}

words! {
    /// What will be done with a line when its statement is booked.
    LinePlan {
        /// It goes to the organisation that its reference names.
        Credit = "credit",
        /// It is booked, and waits for a person.
        Wait = "wait",
        /// It is known from an earlier statement.
        Known = "known",
        /// It pays a refund.
        Refund = "refund",
        /// No money came by it: it is only kept.
        Keep = "keep",
    }
}

/// One reason of a match, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchReason {
    /// Which reason.
    pub word: MatchWord,
    /// A reference, a currency or a count, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// What a file says and what booking it would do; nothing is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementPreview {
    /// The statements in it.
    pub statements: Vec<PreviewedStatement>,
    /// Of a sheet: how it was read.
    pub mapping: Option<SheetMapping>,
    /// Whether this very file was imported before: it books nothing twice.
    pub is_known: bool,
}

/// One statement of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewedStatement {
    /// The account that it is of.
    pub account: ReceivingAccountView,
    /// What was there before the lines.
    pub opening: Option<Money>,
    /// What is there after them.
    pub closing: Option<Money>,
    /// What came to organisations by their references.
    pub credited: Money,
    /// What would wait for a person.
    pub waiting: Money,
    /// What was booked.
    pub lines: Vec<PreviewedLine>,
}

/// One line of a file, and what booking it would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewedLine {
    /// Where it stands in the file, from 1.
    pub place: u32,
    /// The day on which the bank booked it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub booked_on: Date,
    /// What came; negative where money went.
    pub amount: Money,
    /// Who paid.
    pub payer_name: Option<String>,
    /// From which account.
    pub payer_account: Option<String>,
    /// What was written.
    pub remittance: String,
    /// What would be done with it.
    pub plan: LinePlan,
    /// What it would do to what was announced.
    pub class: MatchClass,
    /// How sure that is, 0 to 100.
    pub score: u8,
    /// Why.
    pub reasons: Vec<MatchReason>,
    /// Whose it could be.
    pub organisation: Option<PayerOrganisation>,
    /// Which announced transfer it could be.
    pub transfer: Option<TransferId>,
    /// Which refund it pays.
    pub refund: Option<RefundId>,
}

/// An organisation that a line could be from, or was from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PayerOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its word in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
}

/// A statement that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementView {
    /// Its id.
    pub id: StatementId,
    /// The account's IBAN, in groups of four.
    pub iban: String,
    /// What the file is called.
    pub file_name: String,
    /// What it is.
    pub format: StatementFormat,
    /// The first day of its lines.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub from_on: Option<Date>,
    /// The last one.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub to_on: Option<Date>,
    /// What was there before the lines.
    pub opening: Option<Money>,
    /// What is there after them.
    pub closing: Option<Money>,
    /// How many lines it brought.
    pub n_lines: u32,
    /// How many more were known before.
    pub n_known: u32,
    /// How many of its lines are stored and not booked: book it once more.
    pub n_new: u32,
    /// How many wait for a person.
    pub n_unmatched: u32,
    /// What of it was credited to organisations.
    pub credited: Money,
    /// What of it waits for a person.
    pub waiting: Money,
    /// Who imported it.
    pub imported_by: Option<String>,
    /// When.
    pub imported_at: Timestamp,
}

/// A line of a statement, and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BankLineView {
    /// Its id.
    pub id: BankLineId,
    /// The statement that brought it.
    pub statement: StatementId,
    /// Where it stands in its file.
    pub place: u32,
    /// The day on which the bank booked it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub booked_on: Date,
    /// What came; negative where money went.
    pub amount: Money,
    /// Who paid.
    pub payer_name: Option<String>,
    /// From which account.
    pub payer_account: Option<String>,
    /// What was written.
    pub remittance: String,
    /// The bank's own reference.
    pub bank_reference: Option<String>,
    /// What has become of it.
    pub state: BankLineState,
    /// How sure its match is, 0 to 100.
    pub score: u8,
    /// Why it is as it is.
    pub reasons: Vec<MatchReason>,
    /// What a person said when they decided.
    pub note: Option<String>,
    /// Whom it paid.
    pub organisation: Option<PayerOrganisation>,
    /// Which announced transfer it paid.
    pub transfer: Option<TransferId>,
    /// What it did to it.
    pub class: Option<MatchClass>,
    /// Who decided; nothing where the reference did.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
}

/// Asks that a line pays an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MatchLine {
    /// The organisation's id or its word in addresses.
    pub organisation: String,
    /// The announced transfer that it pays, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferId>,
}

/// Why a line is not for anybody's wallet, or why its match is undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideLine {
    /// 1 to 500 characters.
    pub reason: String,
}
