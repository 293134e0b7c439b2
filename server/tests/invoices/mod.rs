//! Periods and invoices.

mod close;
mod credit;
mod finalise;
mod sign;
