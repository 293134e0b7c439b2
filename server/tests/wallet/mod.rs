//! Money and usage.

mod dunning;
mod focus;
mod limit;
mod top_ups;
mod transfer;
mod usage;
mod webhooks;
