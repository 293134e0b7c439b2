//! Journeys: what one person does from the first page to the last, one file per person. Run by `cargo xtask test`.

mod auditor;
mod closing;
mod everybody;
mod factors;
mod finance;
mod founder;
mod harness;
mod incubator;
mod mistakes;
mod operator;
mod paying;
mod tabs;
mod transfers;
mod way_in;

/// Whose journeys these mostly are.
const RIF: &str = "/o/rif-biomed";
/// The same organisation for the API.
const RIF_API: &str = "/api/v1/organisations/rif-biomed";
