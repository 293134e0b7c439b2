//! `/api/v1/session` and `/api/v1/sessions`, second factors, accounts elsewhere, and a person's own settings.

mod account;
mod end;
mod factor;
mod identities;
mod resets;
mod settings;
mod sign_in;
mod stops;
mod unknown;
