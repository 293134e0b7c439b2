//! What the command line can be told to do, a file for each verb.

mod admin;
mod audit;
mod doctor;
mod migrate;
mod openapi;
mod policy;
mod schema;
mod serve;

pub use admin::admin;
pub(crate) use audit::audit;
pub(crate) use doctor::doctor;
pub use doctor::{Finding, Report, examined};
pub(crate) use migrate::migrate;
pub use migrate::migrate_as;
pub(crate) use openapi::openapi;
pub(crate) use policy::policy;
pub use schema::up_to_date;
pub(crate) use serve::serve;

use std::io::Write;

/// Writes to stdout; a reader that went away is no error.
fn say(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
