//! Sign-ins against a real provider, which does everything wrong that a provider can.

mod answers;
mod github;
mod keys;
mod logout;
mod outages;
mod peer;
mod sign_in;
mod tls;
