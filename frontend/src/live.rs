//! A region that follows the cluster: one event stream a page, closed while the tab is hidden.
//! The stream opens with the present state, so nothing is lost between rendering and opening.

use leptos::prelude::*;

/// Keeps the marked places inside it fresh from `stream`, and appends log lines to the place `log` of the thing
/// `page`; `ago` says how old the cluster's word is, with `{s}` where the seconds stand, and `ended` that none comes
/// any more: the stream is refused.
#[island]
pub fn Live(stream: String, ago: String, ended: String, children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::follow(stream, ago, ended);
    #[cfg(not(feature = "hydrate"))]
    let _ = (stream, ago, ended);
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc, time::Duration};

    use leptos::prelude::set_interval;
    use serde::Deserialize;
    use types::{Fresh, Patch};
    use wasm_bindgen::{JsCast, prelude::Closure};
    use web_sys::{EventSource, MessageEvent, VisibilityState};

    use crate::places::{apply, document, place};

    /// Lines kept on the page; the oldest go first.
    const MOST_LINES: u32 = 2000;

    /// A `types::LogLine`, its time as the text that it is: reading it as a time would bring a quarter more to download.
    #[derive(Deserialize)]
    struct Line {
        at: Option<String>,
        text: String,
    }

    struct Follower {
        stream: String,
        ago: String,
        ended: String,
        source: Option<EventSource>,
        /// The browser's milliseconds at the cluster's last word.
        heard_at: Option<f64>,
    }

    /// Opens the stream while the tab is shown, for the life of the page.
    pub(super) fn follow(stream: String, ago: String, ended: String) {
        let follower = Rc::new(RefCell::new(Follower { stream, ago, ended, source: None, heard_at: None }));
        open_or_close(&follower);
        let shown = Rc::clone(&follower);
        let on_change = Closure::<dyn Fn()>::new(move || open_or_close(&shown));
        if let Some(document) = document() {
            let _ = document.add_event_listener_with_callback("visibilitychange", on_change.as_ref().unchecked_ref());
        }
        on_change.forget();
        set_interval(move || say_age(&follower.borrow()), Duration::from_secs(1));
    }

    fn open_or_close(follower: &Rc<RefCell<Follower>>) {
        let shown = document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible);
        let mut state = follower.borrow_mut();
        match (&state.source, shown) {
            (Some(source), false) => {
                source.close();
                state.source = None;
            }
            (None, true) => {
                state.source = open(&state.stream, follower);
            }
            (Some(_), true) | (None, false) => {}
        }
    }

    fn open(stream: &str, follower: &Rc<RefCell<Follower>>) -> Option<EventSource> {
        let source = EventSource::new(stream).ok()?;
        listen(&source, "patch", |text, _| {
            if let Ok(patch) = serde_json::from_str::<Patch>(text) {
                apply(&patch);
            }
        });
        listen(&source, "log", |text, _| {
            if let Ok(line) = serde_json::from_str::<Line>(text) {
                append(&line);
            }
        });
        // A stream begins with the log's last lines, those that the page came with among them.
        let on_open = Closure::<dyn Fn()>::new(|| {
            if let Some(log) = place("page", "log") {
                log.set_text_content(None);
            }
        });
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        on_open.forget();
        // One that breaks off is opened again by the browser; one that is refused is over.
        let (refused, listening) = (source.clone(), Rc::clone(follower));
        let on_error = Closure::<dyn Fn()>::new(move || {
            if refused.ready_state() == EventSource::CLOSED
                && let Ok(mut state) = listening.try_borrow_mut()
            {
                say_ended(&mut state);
            }
        });
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        // How old the cluster's word is, which is older than this look at it.
        let follower = Rc::clone(follower);
        listen(&source, "fresh", move |text, at| {
            let (Ok(fresh), Ok(mut state)) = (serde_json::from_str::<Fresh>(text), follower.try_borrow_mut()) else {
                return;
            };
            state.heard_at = fresh.heard_s.map(|seconds| at - seconds as f64 * 1000.0);
        });
        Some(source)
    }

    /// Has `act` told the event's text and the browser's milliseconds.
    fn listen(source: &EventSource, kind: &str, act: impl Fn(&str, f64) + 'static) {
        let on_event = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            act(&event.data().as_string().unwrap_or_default(), event.time_stamp());
        });
        let _ = source.add_event_listener_with_callback(kind, on_event.as_ref().unchecked_ref());
        on_event.forget();
    }

    /// Says how old the cluster's word is; before the stream tells, the page says it.
    fn say_age(follower: &Follower) {
        let (Some(heard_at), Some(place)) = (follower.heard_at, place("page", "ago")) else { return };
        let Some(now) = web_sys::window().and_then(|window| window.performance()).map(|clock| clock.now()) else {
            return;
        };
        let seconds = ((now - heard_at) / 1000.0).max(0.0).floor();
        place.set_text_content(Some(&follower.ago.replace("{s}", &seconds.to_string())));
    }

    /// Says in the same place that nothing comes any more.
    fn say_ended(follower: &mut Follower) {
        follower.heard_at = None;
        if let Some(place) = place("page", "ago") {
            place.set_text_content(Some(&follower.ended));
        }
    }

    /// Appends a line; follows the end only where the reader has not scrolled away from it.
    fn append(line: &Line) {
        let (Some(log), Some(document)) = (place("page", "log"), document()) else { return };
        let follows = log.scroll_height() - log.scroll_top() - log.client_height() < 24;
        let Ok(row) = document.create_element("span") else { return };
        row.set_text_content(Some(&line.text));
        if let Some(at) = &line.at {
            let _ = row.set_attribute("data-at", &clock_of(at));
        }
        let _ = log.append_child(&row);
        while log.child_element_count() > MOST_LINES {
            let Some(first) = log.first_element_child() else { break };
            first.remove();
        }
        if follows {
            log.set_scroll_top(log.scroll_height());
        }
    }

    /// `14:02:07` of an RFC 3339 instant, in UTC as the log has it.
    fn clock_of(instant: &str) -> String {
        instant.get(11..19).unwrap_or_default().to_owned()
    }
}
