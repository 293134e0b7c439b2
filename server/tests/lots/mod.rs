//! Lots: what grants gave.

mod grant;
mod undo;
