//! Money and usage.

mod dunning;
mod focus;
mod top_ups;
mod transfer;
mod usage;
mod webhooks;
