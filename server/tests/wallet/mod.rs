//! Money and usage.

mod focus;
mod top_ups;
mod transfer;
mod usage;
mod webhooks;
