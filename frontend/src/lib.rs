//! The islands: the only code that runs in the browser. Screens that never move live in `app`.

/// Prepares the browser's side; `boot.js` then wakes each island by its exported name.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
