//! The marked places of a page: finding them and changing what they show.

use types::Patch;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The page.
pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Puts a patch's words and attributes into their places; a place that is not on the page is passed over.
pub(crate) fn apply(patch: &Patch) {
    for slot in &patch.slots {
        for place in places(&patch.id, &slot.slot) {
            // Unchanged text is left alone, so that screen readers do not say it again.
            if let Some(text) = &slot.text
                && place.text_content().as_deref() != Some(text)
            {
                place.set_text_content(Some(text));
            }
            slot.attributes.iter().for_each(|(name, value)| set(&place, name, value));
        }
    }
}

/// All elements marked as this slot of this thing.
pub(crate) fn places(id: &str, slot: &str) -> Vec<Element> {
    let selector = format!("[data-live=\"{id}\"][data-slot=\"{slot}\"]");
    let Some(found) = document().and_then(|document| document.query_selector_all(&selector).ok()) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// The first element marked as this slot of this thing.
pub(crate) fn place(id: &str, slot: &str) -> Option<HtmlElement> {
    places(id, slot).into_iter().next()?.dyn_into().ok()
}

fn set(place: &Element, name: &str, value: &str) {
    let outcome = match (name, value) {
        ("hidden" | "disabled", "") => place.remove_attribute(name),
        _ => place.set_attribute(name, value),
    };
    if outcome.is_err() {
        leptos::logging::error!("{name} is no attribute");
    }
}
