//! What the portal does with the servers that it speaks to, on real ones. Without a browser.

mod linking;
mod mail;
mod openid;
mod outages;
mod proving;
mod world;
