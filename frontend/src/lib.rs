//! The islands: the only code that runs in the browser. Screens that never move live in `app`.

pub mod launch;
pub mod live;
#[cfg(feature = "hydrate")]
mod places;

pub use launch::LaunchSummary;
pub use live::Live;

/// Prepares the browser's side; `boot.js` then wakes each island by its exported name.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
