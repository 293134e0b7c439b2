//! The screens of somebody whose organisation does not matter: the front door, signing in and out, passwords, sessions.

pub(crate) mod activity;
mod entered;
pub(crate) mod factor;
pub(crate) mod factors;
pub(crate) mod forgotten;
pub(crate) mod founding;
pub(crate) mod home;
pub(crate) mod invitation;
pub(crate) mod landing;
pub(crate) mod linking;
pub(crate) mod mailbox;
pub(crate) mod passkey;
pub(crate) mod password;
mod person;
pub(crate) mod preferences;
pub(crate) mod prove;
pub(crate) mod provider;
pub(crate) mod register;
pub(crate) mod sessions;
pub(crate) mod settings;
mod sheet;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
