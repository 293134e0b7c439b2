//! The program's HTTP side, a folder for each noun, a file for each verb; called in this process on real PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod access;
mod commands;
mod events;
mod portal;
mod program;
mod session;
