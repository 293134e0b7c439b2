//! Prices and tax rules.

mod set;
mod tax;
mod withdraw;
