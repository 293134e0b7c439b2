//! Refunds: money of a wallet that goes back to the card or the account that it came from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{BankLineId, Money, PayerOrganisation, PaymentId, RefundId, Timestamp, word::words};

words! {
    /// Which way money came and goes back.
    RefundRail {
        /// To the card that paid, by who takes cards for the hub.
        Card = "card",
        /// To the account that paid, by the hub's own bank.
        Transfer = "transfer",
    }
}

words! {
    /// What has become of a refund. It only goes forward; one that seemed well can still fail.
    RefundState {
        /// It is booked, and the provider does not know of it yet.
        Wanted = "wanted",
        /// The provider was told, and its answer is not known yet.
        Sent = "sent",
        /// The provider has taken it up.
        Waits = "waits",
        /// The hub's bank is to pay it.
        ToPay = "to_pay",
        /// It was paid.
        Succeeded = "succeeded",
        /// It was not paid, and its money is back in the wallet.
        Failed = "failed",
    }
}

impl RefundState {
    /// Whether nothing more is awaited.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }
}

/// Asks for a refund of what came: of a payment by card or of a line of a statement, one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskRefund {
    /// The top-up by card that goes back.
    #[serde(default)]
    pub payment: Option<PaymentId>,
    /// The line of a statement that goes back.
    #[serde(default)]
    pub bank_line: Option<BankLineId>,
    /// How much, in whole minor units; all that can go back where nothing is said.
    #[serde(default)]
    pub amount: Option<Money>,
    /// Why, 1 to 500 characters: the organisation reads it.
    pub reason: String,
}

/// Something that came and can go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundableView {
    /// The top-up by card, where it is one.
    pub payment: Option<PaymentId>,
    /// The line of a statement, where it is one.
    pub bank_line: Option<BankLineId>,
    /// Which way it came.
    pub rail: RefundRail,
    /// When it was booked.
    pub came_at: Timestamp,
    /// How much came.
    pub amount: Money,
    /// What of it went back, or is on its way.
    pub refunded: Money,
    /// The most that can go back now: what is left of it, as far as the wallet has it free.
    pub most: Money,
}

/// What a refund would do; nothing is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundPreview {
    /// What goes back, and how much of it can.
    pub source: RefundableView,
    /// How much would.
    pub amount: Money,
    /// Who paid, where the bank said it.
    pub payee_name: Option<String>,
    /// The account that it goes to; nothing for a card, and where the statement names none.
    pub payee_account: Option<String>,
    /// The wallet's balance then.
    pub balance_after: Money,
    /// What of the wallet nothing holds then.
    pub free_after: Money,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundView {
    /// Its id.
    pub id: RefundId,
    /// Which way it goes.
    pub rail: RefundRail,
    /// What has become of it.
    pub state: RefundState,
    /// How much.
    pub amount: Money,
    /// The last four characters of the card or the account; nothing while nobody has said them.
    pub goes_to: Option<String>,
    /// What the hub's bank writes beside it.
    pub reference: Option<String>,
    /// Why it was asked for.
    pub reason: String,
    /// Why it failed, in the provider's word or as somebody said.
    pub failure: Option<String>,
    /// Who asked for it; nothing where the reader may not see that person.
    pub asked_by: Option<String>,
    /// When.
    pub asked_at: Timestamp,
    /// The day on which the hub's bank paid it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub paid_on: Option<Date>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// A refund as finance sees it beside those of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskRefund {
    /// The refund.
    pub refund: RefundView,
    /// Whose money it was.
    pub organisation: PayerOrganisation,
    /// Who is paid, where the bank said it.
    pub payee_name: Option<String>,
    /// The whole account as the statement had it; nothing for a card.
    pub payee_account: Option<String>,
    /// The line of a statement that paid it.
    pub bank_line: Option<BankLineId>,
}

/// Says that the hub's bank has paid a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaidRefund {
    /// On which day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub paid_on: Date,
}

/// Calls a refund off that the hub's bank has not paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallOffRefund {
    /// Why, 1 to 500 characters: the organisation reads it.
    pub reason: String,
}
