//! Verbs of the command line.

mod admin;
mod audit;
mod doctor;
mod migrate;
