//! Every rule on a real PostgreSQL, one file for each area; what they share makes a world and lets time pass in it.
//! One program, so that it is linked once.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set up its world has failed")]

mod access;
mod accounts;
mod audit;
mod billed;
mod billing;
mod billing_properties;
mod bookkeeping;
mod books;
mod budgets;
mod catalogue;
mod closing;
mod clusters;
mod commands;
mod credit_properties;
mod credits;
mod device;
mod domains;
mod ending;
mod factors;
mod fleet;
mod grants;
mod identity;
mod instances;
mod invoiced;
mod ledger;
mod letters;
mod linking;
mod membership;
mod metering;
mod origins;
mod passkeys;
mod patience;
mod prices;
mod projects;
mod quotas;
mod registering;
mod resets;
mod rush;
mod settlement;
mod staffing;
mod stopping;
mod tenancy;
mod throttle;
mod tokens;
mod usage;
mod verdicts;
mod views;
mod warnings;
mod world;
mod zero;
