//! Top-ups by card, as customers ask for them.

use serde::{Deserialize, Serialize};

use crate::{Money, PaymentId, Timestamp, word::words};

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
