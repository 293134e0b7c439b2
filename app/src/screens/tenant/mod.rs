//! The screens of an organisation’s members.

pub(crate) mod members;
