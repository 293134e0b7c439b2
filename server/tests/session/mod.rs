//! `/api/v1/session` and `/api/v1/sessions`.

mod end;
mod settings;
mod sign_in;
