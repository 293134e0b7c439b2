//! Money and usage.

mod transfer;
mod usage;
