//! The hub's books, a file for what is read of them.

mod journal;
mod read;
mod vat;
