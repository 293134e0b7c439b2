//! Periods and invoices.

mod close;
mod finalise;
