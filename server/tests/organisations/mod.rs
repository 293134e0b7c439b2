//! Organisations.

mod members;
mod read;
mod views;
