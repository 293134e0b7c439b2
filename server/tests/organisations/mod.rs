//! Organisations.

mod closing;
mod members;
mod read;
mod views;
