//! Organisations.

mod members;
mod read;
