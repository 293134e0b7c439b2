//! Prices and tax rules: what is asked for and what is shown. Both are versions in time that never overlap.

use serde::{Deserialize, Serialize};

use crate::{Currency, FlavourId, Money, PriceId, TaxRuleId, Timestamp, WithholdingRate, word::words};

words! {
    /// How a sale is taxed, in the words of EN 16931 (UNCL 5305).
    TaxCategory {
        /// At the seller's rate.
        Standard = "S",
        /// Not at all: it is an export.
        Export = "G",
        /// By the buyer.
        ReverseCharge = "AE",
        /// Not at all: the buyer is exempt.
        Exempt = "E",
    }
}

/// A new price of one flavour in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetPrice {
    /// What is sold.
    pub flavour: FlavourId,
    /// In which currency.
    pub currency: Currency,
    /// Of one unit for one hour, net, in 10⁻⁶ of the currency; above zero.
    pub micros_per_hour: i64,
    /// From when, floored to the second; at once when nothing is said. The version before ends then.
    pub started_at: Option<Timestamp>,
}

/// One version of a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceView {
    /// The version's id.
    pub id: PriceId,
    /// 1 for the first of the flavour in the currency.
    pub version: i32,
    /// Of one unit for one hour, net.
    pub per_hour: Money,
    /// From when it holds.
    pub started_at: Timestamp,
    /// Until when; nothing while no later version is known.
    pub ended_at: Option<Timestamp>,
    /// The name of who set it; nothing when it came with the installation.
    pub set_by: Option<String>,
    /// When it was set.
    pub set_at: Timestamp,
    /// Whether it has not begun, and so can be withdrawn.
    pub is_scheduled: bool,
}

/// The versions of one flavour's price in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceHistory {
    /// What is sold.
    pub flavour: FlavourId,
    /// The flavour's word in addresses.
    pub slug: String,
    /// What the flavour is called.
    pub name: String,
    /// In which currency.
    pub currency: Currency,
    /// The latest first; at most 50. None: the flavour is not for sale in the currency.
    pub versions: Vec<PriceView>,
}

/// A new tax rule for the buyers of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetTaxRule {
    /// Two capital letters, or `*` for every country without a rule of its own.
    pub country: String,
    /// Whether it is for businesses or for the others.
    pub is_business: bool,
    /// How the sale is taxed.
    pub category: TaxCategory,
    /// The rate in millionths; 0 unless the category is `S`.
    pub rate_ppm: i32,
    /// The legal reason for no tax, as a VATEX code; nothing for the category `S`.
    pub reason_code: Option<String>,
    /// Whether a top-up needs an invoice with tax in advance.
    pub advance_invoice: bool,
    /// The most that buyers may withhold at source; nothing where the law knows no such thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withholding: Option<WithholdingRate>,
    /// From when, floored to the second; at once when nothing is said.
    pub started_at: Option<Timestamp>,
}

/// One version of a tax rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaxRuleView {
    /// The version's id.
    pub id: TaxRuleId,
    /// Two capital letters, or `*` for every country without a rule of its own.
    pub country: String,
    /// Whether it is for businesses or for the others.
    pub is_business: bool,
    /// How the sale is taxed.
    pub category: TaxCategory,
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// The legal reason for no tax, as a VATEX code.
    pub reason_code: Option<String>,
    /// Whether a top-up needs an invoice with tax in advance.
    pub advance_invoice: bool,
    /// The most that buyers may withhold at source, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withholding: Option<WithholdingRate>,
    /// From when it holds.
    pub started_at: Timestamp,
    /// Until when; nothing while no later version is known.
    pub ended_at: Option<Timestamp>,
}
