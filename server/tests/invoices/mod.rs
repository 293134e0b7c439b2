//! Periods and invoices.

mod close;
mod contest;
mod credit;
mod finalise;
pub(crate) mod withhold;
