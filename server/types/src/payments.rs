//! Top-ups by card, as customers ask for them, and what does not agree with who takes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FindingId, Money, PaymentId, Timestamp, word::words};

words! {
    /// Who takes cards for the hub.
    PaymentProvider {
        /// Stripe.
        Stripe = "stripe",
    }
}

words! {
    /// What has become of a payment. It only goes forward; money that comes late counts.
    PaymentState {
        /// It was asked for, and the provider does not know of it yet.
        Wanted = "wanted",
        /// The provider was told, and its answer is not known yet.
        Sent = "sent",
        /// It is on its way, and nobody has to do anything.
        Waits = "waits",
        /// Somebody has to pay on the provider's page.
        NeedsPerson = "needs_person",
        /// The provider refused it.
        Failed = "failed",
        /// It was called off.
        Cancelled = "cancelled",
        /// Nobody paid in time.
        Expired = "expired",
        /// It is in the wallet.
        Succeeded = "succeeded",
    }
}

impl PaymentState {
    /// Whether nothing more is awaited.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled | Self::Expired | Self::Succeeded)
    }
}

/// Asks to top up by card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TopUpByCard {
    /// How much, in the organisation's currency and whole minor units.
    pub amount: Money,
    /// Whether the card is kept for the next time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep_card: bool,
}

/// A top-up by card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentView {
    /// Its id.
    pub id: PaymentId,
    /// What has become of it.
    pub state: PaymentState,
    /// What is credited when it succeeds.
    pub amount: Money,
    /// The provider's page where it is paid; nothing while nobody has to pay.
    pub pay_at: Option<String>,
    /// The provider's word for why it failed.
    pub failure: Option<String>,
    /// Who asked for it; nothing where the reader may not see that person.
    pub asked_by: Option<String>,
    /// When.
    pub asked_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

words! {
    /// What does not agree between a provider of payments and us.
    PaymentFinding {
        /// The provider took another amount, or in another currency, than we quoted.
        AmountDiffers = "amount_differs",
        /// The provider took money for something that we know nothing of.
        UnknownPayment = "unknown_payment",
        /// We credited, or were told of, what the provider does not say was paid.
        NotAtProvider = "not_at_provider",
        /// The provider sent what cannot be read.
        UnreadableEvent = "unreadable_event",
        /// The provider gave another amount back than we asked for, or of another payment.
        RefundDiffers = "refund_differs",
        /// The provider gave money back that we know nothing of.
        UnknownRefund = "unknown_refund",
    }
}

/// Something that does not agree; nothing of it was credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentFindingView {
    /// Its id.
    pub id: FindingId,
    /// Whose word it is.
    pub provider: PaymentProvider,
    /// What does not agree.
    pub finding: PaymentFinding,
    /// What the provider calls the thing.
    pub reference: String,
    /// What we call it, where it is ours.
    pub payment: Option<PaymentId>,
    /// What both say.
    pub details: BTreeMap<String, String>,
    /// When it was found.
    pub found_at: Timestamp,
    /// When somebody had looked into it.
    pub settled_at: Option<Timestamp>,
    /// What they found.
    pub note: Option<String>,
}

/// Says what became of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettleFinding {
    /// What it was and what was done, 1 to 500 characters.
    pub reason: String,
}
