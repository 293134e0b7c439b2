//! From a view to a document: title, language, theme, frame, flash, style, and the islands' boot or the
//! script of passkeys where there are any.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use messages::{Words, say};

use crate::{
    Flash,
    components::{Banner, Bare, Crumb, Shell, Theme, banner},
};

const ISLAND: &str = "<leptos-island";
const PASSKEY: &str = " data-passkey=";

/// The addresses of the built files, as `cargo xtask` wrote them in `manifest.json`. Cheap to clone.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Site(Arc<BTreeMap<String, String>>);

impl Site {
    /// Where the browser finds the file that the sources call `name`.
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        format!("/site/{}", self.0.get(name).map_or(name, String::as_str))
    }
}

/// What a page needs to know of the request.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Language and time zone.
    pub words: Words,
    /// Colours.
    pub theme: Theme,
    /// The path and query of the page, for coming back to it.
    pub here: String,
    /// What the form before has to say.
    pub flash: Option<Flash>,
    /// Whether the cluster is simulated, which every page says.
    pub simulated: bool,
    /// The built files.
    pub site: Site,
}

/// A rendered document with its status.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    private: bool,
    html: String,
}

impl Page {
    /// A page for somebody who is signed in. Rendering is synchronous: await what it shows before.
    #[must_use]
    pub fn within(visit: &Visit, shell: Shell, title: &str, way: Vec<Crumb>, view: impl FnOnce() -> AnyView) -> Self {
        let body = rendered(|| {
            let content = with_notices(visit, view());
            shell.around(&visit.words, visit.theme, &visit.here, way, content)
        });
        Self { status: StatusCode::OK, private: true, html: document(visit, title, &body) }
    }

    /// A page for anybody: landing, sign-in, errors.
    #[must_use]
    pub fn bare(visit: &Visit, bare: Bare, title: &str, view: impl FnOnce() -> AnyView) -> Self {
        let body = rendered(|| {
            let content = with_notices(visit, view());
            bare.around(&visit.words, visit.theme, &visit.here, content)
        });
        Self { status: StatusCode::OK, private: false, html: document(visit, title, &body) }
    }

    /// Answered with another status than 200.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Kept by no cache, though the frame is bare.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// The document's text.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        // Pages differ by language and theme, so even a public one is asked for again.
        let caching = if self.private { "no-store" } else { "private, no-cache" };
        (self.status, [(header::CACHE_CONTROL, caching)], Html(self.html)).into_response()
    }
}

/// Text that means nothing to a browser but itself, between tags and in quoted attributes alike.
#[must_use]
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Under an owner of its own, so that islands number their parts from the start.
fn rendered(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().to_html());
    // Leptos marks its places for the browser's half; without islands nobody will look for them.
    if html.contains(ISLAND) { html } else { html.replace("<!>", "") }
}

fn with_notices(visit: &Visit, content: AnyView) -> AnyView {
    let simulated = visit.simulated.then(|| {
        let said = say!(visit.words, "simulated-means");
        view! { <p class="row wrap xs faint"><span class="tag simulated">{say!(visit.words, "simulated")}</span><span>{said}</span></p> }
    });
    let flash =
        visit.flash.clone().map(|Flash { tone, title, words }| banner(Banner { tone, title, words, action: None }));
    view! { {flash}{content}{simulated} }.into_any()
}

fn document(visit: &Visit, title: &str, body: &str) -> String {
    let Visit { words, theme, site, .. } = visit;
    let product = say!(words, "product");
    let title = if title.is_empty() { product } else { format!("{title} · {product}") };
    let (title, locale) = (escape(&title), words.locale());
    let (lang, dir, theme) = (locale.tag(), locale.dir().as_str(), theme.word());
    let (style, mark) = (site.address("style.css"), site.address("icon.svg"));
    let mut boot = if body.contains(ISLAND) { boot(site) } else { String::new() };
    if body.contains(PASSKEY) {
        boot.push_str(&format!("<script type=\"module\" src=\"{}\"></script>", site.address("passkeys.js")));
    }
    format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\" data-theme=\"{theme}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"{mark}\"><link rel=\"stylesheet\" href=\"{style}\">{boot}</head>\
         <body>{body}</body></html>"
    )
}

/// The links start all downloads at once; the boot module reads the addresses from them.
fn boot(site: &Site) -> String {
    let [boot, glue, wasm] = ["boot.js", "frontend.js", "frontend.wasm"].map(|name| site.address(name));
    format!(
        "<link rel=\"modulepreload\" data-boot=\"glue\" href=\"{glue}\">\
         <link rel=\"preload\" data-boot=\"wasm\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
         <script type=\"module\" src=\"{boot}\"></script>"
    )
}
