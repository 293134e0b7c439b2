//! Organisations.

mod read;
