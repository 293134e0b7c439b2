//! The audit.

mod list;
