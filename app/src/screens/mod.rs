//! The screens, by the person who looks at them.

pub(crate) mod anybody;
mod asked;
mod audited;
mod claimed;
mod focus;
pub(crate) mod staff;
pub(crate) mod tenant;
