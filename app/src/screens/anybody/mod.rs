//! The screens of somebody whose organisation does not matter: the front door, signing in and out, sessions.

pub(crate) mod home;
pub(crate) mod landing;
pub(crate) mod preferences;
pub(crate) mod sessions;
pub(crate) mod sign_in;
