//! The screens: axum handlers that return pages.
