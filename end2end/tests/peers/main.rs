//! What the portal does with the servers that it speaks to, on real ones. Without a browser.

mod described;
mod double;
mod mail;
mod openid;
mod stripe;
