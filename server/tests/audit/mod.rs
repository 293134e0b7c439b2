//! The audit.

mod export;
mod list;
