//! Periods and invoices.

mod close;
mod contest;
mod credit;
mod finalise;
mod months;
pub(crate) mod withhold;
