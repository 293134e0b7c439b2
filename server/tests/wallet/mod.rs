//! Money and usage.

mod focus;
mod saved_cards;
mod top_ups;
mod transfer;
mod usage;
mod webhooks;
