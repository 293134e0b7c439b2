//! Verbs of the command line.

mod admin;
mod doctor;
mod migrate;
