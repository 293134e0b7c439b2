//! `/api/v1/session` and `/api/v1/sessions`.

mod end;
mod sign_in;
