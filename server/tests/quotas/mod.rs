//! Quotas.

mod set;
