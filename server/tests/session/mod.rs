//! `/api/v1/session` and `/api/v1/sessions`, and the second factor.

mod end;
mod factor;
mod resets;
mod settings;
mod sign_in;
