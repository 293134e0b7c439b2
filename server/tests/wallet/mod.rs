//! Money and usage.

mod focus;
mod limit;
mod top_ups;
mod transfer;
mod usage;
mod webhooks;
