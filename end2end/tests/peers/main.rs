//! What the portal does with the servers that it speaks to, on real ones. Without a browser.

// A sign-in at a provider is a future in many futures: the compiler counts how deep.
#![recursion_limit = "256"]

mod cards;
mod described;
mod double;
mod linking;
mod mail;
mod openid;
mod outages;
mod proving;
mod refunds;
mod stripe;
mod world;
