//! The screens. A screen is an axum handler that loads through the domain and returns a `Page`.

pub mod components;
mod page;

pub use page::{Flash, Page, Site, Visit};
