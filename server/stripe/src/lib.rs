//! Cards, by Stripe: `gateway` asks it, `cards` about those that it keeps, `seen` reads what it says in our words, `webhook`
//! judges whether it is who calls. What becomes of a payment is the domain's; what must outlive the process is its caller's.

// Stripe's objects name each other in long circles, and each of them is shown to be `Send`: the compiler counts how deep.
#![recursion_limit = "256"]

mod cards;
mod gateway;
mod refunds;
mod seen;
mod webhook;

pub use self::{
    gateway::{Stripe, Unusable},
    webhook::{NotGenuine, WebhookSecrets, read_event},
};
