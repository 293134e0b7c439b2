//! The program's HTTP side, a folder for each noun, a file for each verb; called in this process on real PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod access;
mod audit;
mod books;
mod commands;
mod documents;
mod events;
mod instances;
mod invoices;
mod lots;
mod organisations;
mod portal;
mod prices;
mod program;
mod questions;
mod quotas;
mod session;
mod tokens;
mod transfers;
mod volumes;
mod wallet;
