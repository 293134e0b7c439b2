//! Verbs of the command line.

mod migrate;
