//! Periods and invoices.

mod close;
mod contest;
mod credit;
mod finalise;
mod months;
mod sign;
pub(crate) mod withhold;
