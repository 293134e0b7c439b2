//! Cards that are kept, and topping up by itself with one of them.

use serde::{Deserialize, Serialize};

use crate::{Money, PaymentId, SavedCardId, Timestamp, word::words};

words! {
    /// What has become of a card that was to be kept. It only goes forward.
    CardState {
        /// It was asked for, and the provider does not know of it yet.
        Wanted = "wanted",
        /// The provider was told, and its answer is not known yet.
        Sent = "sent",
        /// Somebody has to give it on the provider's page.
        NeedsPerson = "needs_person",
        /// The provider did not keep it.
        Failed = "failed",
        /// Nobody gave it in time.
        Expired = "expired",
        /// It is kept.
        Saved = "saved",
        /// It was taken away here, and the provider is told.
        Removing = "removing",
        /// It is kept no more.
        Removed = "removed",
    }
}

words! {
    /// Whether the wallet tops itself up.
    AutoTopUpState {
        /// It does.
        On = "on",
        /// The card was refused twice in a row: somebody has to agree once more.
        Paused = "paused",
        /// Somebody ended it.
        Off = "off",
    }
}

/// A card that is kept, or about to be. Its number is the provider's alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedCardView {
    /// Its id.
    pub id: SavedCardId,
    /// What has become of it.
    pub state: CardState,
    /// Whose card it is, in the provider's word: `visa`. Nothing before it is kept.
    pub brand: Option<String>,
    /// The last four digits.
    pub last4: Option<String>,
    /// The last month in which it counts, 1 to 12.
    pub exp_month: Option<i16>,
    /// The year of that month.
    pub exp_year: Option<i16>,
    /// Whether it is the usual one.
    pub is_default: bool,
    /// The provider's page where it is given; nothing while nobody has to.
    pub save_at: Option<String>,
    /// The provider's word for why it was not kept.
    pub failure: Option<String>,
    /// Who asked for it; nothing where the reader may not see that person.
    pub asked_by: Option<String>,
    /// When.
    pub asked_at: Timestamp,
}

/// Agrees that the wallet tops itself up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetAutoTopUp {
    /// It begins once the money is below this.
    pub below: Money,
    /// What one takes, in whole minor units.
    pub amount: Money,
    /// What all of a month of the hub's calendar may take, in whole minor units.
    pub monthly_limit: Money,
    /// A card that is kept.
    pub card: SavedCardId,
    /// That whoever asks agrees to payments without them.
    pub consents: bool,
}

/// How the wallet tops itself up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AutoTopUpView {
    /// Whether it does.
    pub state: AutoTopUpState,
    /// It begins once the money is below this.
    pub below: Money,
    /// What one takes.
    pub amount: Money,
    /// What all of a month of the hub's calendar may take.
    pub monthly_limit: Money,
    /// What the running month has left of it.
    pub left: Money,
    /// With which card.
    pub card: SavedCardId,
    /// Who agreed to it; nothing where the reader may not see that person.
    pub consented_by: Option<String>,
    /// When.
    pub consented_at: Timestamp,
    /// The payment that waits for somebody, who has to show their bank that it is them.
    pub waits_for_person: Option<PaymentId>,
}
