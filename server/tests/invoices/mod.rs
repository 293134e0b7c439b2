//! Periods and invoices.

mod close;
mod contest;
mod credit;
mod finalise;
