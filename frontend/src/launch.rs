//! The launch form's summary: asks the API for the plan of what is chosen, and shows it before the button is pressed.

use leptos::prelude::*;

/// Watches the form inside it; `plan` is the API's address that tells what a launch would do and cost.
#[island]
pub fn LaunchSummary(plan: String, children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::watch(plan);
    #[cfg(not(feature = "hydrate"))]
    let _ = plan;
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use types::Patch;
    use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{AbortController, FormData, HtmlFormElement, RequestInit, Response, UrlSearchParams};

    use crate::places::{apply, document, place};

    /// Asks again whenever a field changes; a question that a newer one overtakes is given up.
    pub(super) fn watch(plan: String) {
        let Some(form) = document()
            .and_then(|document| document.query_selector("form[data-launch]").ok().flatten())
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        let asked = form.clone();
        let under_way: Rc<RefCell<Option<AbortController>>> = Rc::default();
        let on_change = Closure::<dyn Fn()>::new(move || {
            if let Some(before) = under_way.take() {
                before.abort();
            }
            if let Some(address) = address(&plan, &asked) {
                ask(address, &under_way);
            }
        });
        let _ = form.add_event_listener_with_callback("input", on_change.as_ref().unchecked_ref());
        on_change.forget();
    }

    /// The API's address with the form's fields as its query.
    fn address(plan: &str, form: &HtmlFormElement) -> Option<String> {
        let fields = FormData::new_with_form(form).ok()?;
        let field = |name: &str| fields.get(name).as_string().unwrap_or_default();
        let query = UrlSearchParams::new().ok()?;
        for name in ["flavour", "units", "template", "project"] {
            query.set(name, &field(name));
        }
        query.set("volumes", &field("volume"));
        let name = field("volume_name");
        // As the form is read: without a name none is made, and what is no size is none.
        if !name.trim().is_empty() {
            let size_gb = field("volume_size").trim().parse::<u32>().unwrap_or(0);
            query.set("new_volume_name", name.trim());
            query.set("new_volume_size_gb", &size_gb.to_string());
        }
        Some(format!("{plan}?{}", String::from(query.to_string())))
    }

    fn ask(address: String, under_way: &RefCell<Option<AbortController>>) {
        let Ok(controller) = AbortController::new() else { return };
        let signal = controller.signal();
        under_way.replace(Some(controller));
        mark_busy(true);
        spawn_local(async move {
            let options = RequestInit::new();
            options.set_signal(Some(&signal));
            if let Ok(patch) = fetch(&address, &options).await {
                apply(&patch);
            }
            // Whoever overtook this question still waits for its own answer.
            if !signal.aborted() {
                mark_busy(false);
            }
        });
    }

    async fn fetch(address: &str, options: &RequestInit) -> Result<Patch, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let response: Response = JsFuture::from(window.fetch_with_str_and_init(address, options)).await?.dyn_into()?;
        let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
        let answer: Answer = serde_json::from_str(&text).map_err(|error| JsValue::from_str(&error.to_string()))?;
        Ok(answer.text)
    }

    /// The part of the plan that is words for people; on a refusal the problem has none, and the page stays as it is.
    #[derive(serde::Deserialize)]
    struct Answer {
        text: Patch,
    }

    fn mark_busy(busy: bool) {
        if let Some(summary) = place("launch", "summary") {
            let _ = summary.set_attribute("aria-busy", if busy { "true" } else { "false" });
        }
    }
}
