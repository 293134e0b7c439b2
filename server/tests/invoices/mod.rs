//! Periods and invoices.

mod close;
mod credit;
mod finalise;
pub(crate) mod withhold;
