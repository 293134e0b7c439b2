//! Top-ups by bank transfer, as customers announce them, and the accounts at which the hub is paid. Amounts are whole
//! minor units.

use serde::{Deserialize, Serialize};

use crate::{Currency, Money, ReceivingAccountId, Timestamp, TransferId, word::words};

words! {
    /// What has become of an announced transfer.
    TransferState {
        /// It is awaited, whole or in part.
        Open = "open",
        /// All of it has come.
        Paid = "paid",
        /// Nobody counts on it any more; money that comes still reaches the wallet.
        Expired = "expired",
        /// It was called off; money that comes still reaches the wallet.
        Cancelled = "cancelled",
    }
}

/// Asks to announce a top-up by bank transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnnounceTransfer {
    /// How much will come, in the organisation's currency and whole minor units.
    pub amount: Money,
}

/// A top-up by bank transfer that was announced: what its pro-forma says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferView {
    /// Its id.
    pub id: TransferId,
    /// What the payer has to write, in groups of four.
    pub reference: String,
    /// What has become of it.
    pub state: TransferState,
    /// What was announced.
    pub amount: Money,
    /// What of it has come.
    pub paid: Money,
    /// What of it has not.
    pub missing: Money,
    /// Who is paid.
    pub beneficiary: String,
    /// The bank's name.
    pub bank: String,
    /// Where, for payers anywhere, in groups of four.
    pub iban: String,
    /// Where, for payers in Morocco; nothing for an account elsewhere.
    pub rib: Option<String>,
    /// The text of the code that a telephone reads; nothing where no code can say it.
    pub code: Option<String>,
    /// Who announced it; nothing where the reader may not see that person.
    pub asked_by: Option<String>,
    /// When.
    pub asked_at: Timestamp,
    /// From when on nobody counts on it.
    pub expires_at: Timestamp,
}

/// Asks that the hub is paid at this account from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetReceivingAccount {
    /// What the account is kept in; there is one account for each currency.
    pub currency: Currency,
    /// Whose it is, 1 to 70 characters.
    pub beneficiary: String,
    /// The bank's name, 1 to 100 characters.
    pub bank: String,
    /// The IBAN, or a Moroccan RIB.
    pub iban: String,
}

/// An account at which the hub is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivingAccountView {
    /// Its id.
    pub id: ReceivingAccountId,
    /// What it is kept in.
    pub currency: Currency,
    /// Whose it is.
    pub beneficiary: String,
    /// The bank's name.
    pub bank: String,
    /// In groups of four.
    pub iban: String,
    /// The Moroccan RIB in it.
    pub rib: Option<String>,
    /// Since when.
    pub set_at: Timestamp,
}
