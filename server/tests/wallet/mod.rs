//! Money and usage.

mod focus;
pub(super) mod refunds;
mod top_ups;
mod transfer;
mod usage;
mod webhooks;
