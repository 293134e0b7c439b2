//! Money and usage.

mod dunning;
mod focus;
mod limit;
pub(super) mod refunds;
mod saved_cards;
mod top_ups;
mod transfer;
mod usage;
mod webhooks;
