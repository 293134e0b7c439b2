//! Rules and persistence of the portal. A folder per area: `mod.rs` holds the use cases, `rules.rs` what is
//! pure, `entity.rs` what touches a table. Nothing here knows HTTP, HTML, Kubernetes or Stripe.

pub mod access;
pub mod audit;
pub mod billing;
pub mod books;
pub mod budgets;
mod canonical;
pub mod catalogue;
pub mod clusters;
pub mod commands;
mod cursor;
mod database;
pub mod disputes;
pub mod dunning;
mod error;
pub mod founding;
pub mod grants;
pub mod instances;
pub mod invoices;
pub mod ledger;
pub mod mail;
pub mod metering;
pub mod months;
pub mod organisations;
pub mod papers;
pub mod payments;
pub mod prices;
pub mod quotas;
pub mod refunds;
pub mod secrets;
pub mod settlement;
pub mod sign_off;
pub mod tokens;
pub mod transfers;
pub mod usage;
pub mod volumes;
pub mod warnings;
pub mod write_offs;

pub use database::{Clock, Database, DatabaseUrls, Hint, Hints, Open, Tx};
pub use error::{Error, Result, Rule};
