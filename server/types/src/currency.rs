//! Money as whole micro-units of one currency.

use serde::{Deserialize, Serialize};

use crate::word::words;

words! {
    /// A currency with two decimals.
    Currency {
        /// Moroccan dirham.
        Mad = "MAD",
        /// Euro.
        Eur = "EUR",
        /// United States dollar.
        Usd = "USD",
    }
}

/// Micro-units in one unit of a currency.
pub const MICROS_PER_UNIT: i64 = 1_000_000;

/// An amount: micros are 10⁻⁶ of the currency's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// 10⁻⁶ of the unit; negative where money is owed.
    pub micros: i64,
    /// The currency of the amount.
    pub currency: Currency,
}

impl Money {
    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { micros: 0, currency }
    }
}
