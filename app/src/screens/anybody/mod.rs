//! The screens of somebody whose organisation does not matter yet: signing in and out, sessions, preferences.

pub(crate) mod home;
pub(crate) mod preferences;
pub(crate) mod sessions;
pub(crate) mod sign_in;
