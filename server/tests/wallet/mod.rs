//! Money and usage.

mod focus;
mod transfer;
mod usage;
mod webhooks;
