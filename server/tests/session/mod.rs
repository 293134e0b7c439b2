//! `/api/v1/session` and `/api/v1/sessions`, and the second factor.

mod end;
mod settings;
mod factor;
mod sign_in;
