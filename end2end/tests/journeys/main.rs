//! Journeys: what one person does from the first page to the last, one file per person. Run by `cargo xtask test`.

mod founder;
mod harness;
