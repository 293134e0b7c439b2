//! What one page leaves for the next to say: a message that survives one redirect, in a cookie.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use session::{Portal, Settings, cookies};

use crate::components::Tone;

const COOKIE: &str = "tamuda-flash";
/// Long enough for a slow redirect, short enough not to surprise on another day.
const MAX_AGE_SECONDS: i64 = 120;

/// One message that survives one redirect.
#[derive(Clone, Debug)]
pub struct Flash {
    /// Done, refused, or to know.
    pub tone: Tone,
    /// The message.
    pub title: String,
    /// What to do next.
    pub words: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    tone: String,
    title: String,
    words: Option<String>,
}

impl Flash {
    /// Something was done.
    #[must_use]
    pub fn done(title: impl Into<String>) -> Self {
        Self { tone: Tone::Good, title: title.into(), words: None }
    }

    /// Something was not done.
    #[must_use]
    pub fn refused(title: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, title: title.into(), words: None }
    }

    /// The same, with what to do next.
    #[must_use]
    pub fn then(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// What the browser brings back.
    pub(crate) fn brought(settings: &Settings, headers: &HeaderMap) -> Option<Self> {
        let kept: Kept = serde_urlencoded::from_str(cookies::read(settings, headers, COOKIE)?).ok()?;
        Some(Self { tone: Tone::of_word(&kept.tone)?, title: kept.title, words: kept.words })
    }

    fn kept(self) -> String {
        let kept = Kept { tone: self.tone.class().to_owned(), title: self.title, words: self.words };
        serde_urlencoded::to_string(kept).unwrap_or_default()
    }
}

/// Sends the browser on to `to`, which it asks for with GET, where `flash` is said.
#[must_use]
pub fn redirect(settings: &Settings, to: &str, flash: Flash) -> Response {
    keep(settings, see_other(to), flash)
}

/// Has `flash` said by the page of ours that the browser opens next.
pub(crate) fn keep(settings: &Settings, mut response: Response, flash: Flash) -> Response {
    let cookie = cookies::set(settings, COOKIE, &flash.kept(), MAX_AGE_SECONDS);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// Sends the browser on to `to` without a word.
#[must_use]
pub fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
}

/// Takes the message from the browser once a page has said it.
pub(crate) async fn say_once(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let brought = cookies::read(&portal.settings, request.headers(), COOKIE).is_some();
    let mut response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if brought && kind.is_some_and(|kind| kind.starts_with("text/html")) {
        let gone = cookies::forget(&portal.settings, COOKIE);
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

/// An address of our own that a form or a link named: anything else could lead a person astray.
#[must_use]
pub(crate) fn own_address(asked: Option<&str>) -> Option<&str> {
    // Browsers read a backslash as a slash and drop tabs and line breaks, so `/\host` and `/\t/host` are another site.
    let plain = |path: &&str| path.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\');
    asked.filter(|path| path.starts_with('/') && !path.starts_with("//")).filter(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_as_it_was_sent() {
        let sent = Flash::done("“الاسم”; stops, 100 % & more").then("Then\nnext=1");
        let settings = Settings {
            base_url: "https://gpu.example.org".to_owned(),
            trusted_proxies: session::Networks::default(),
            simulated: true,
            staff_need_factor: false,
            mailbox: false,
        };
        let given = redirect(&settings, "/", sent.clone());
        let cookie = given.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap();
        assert!(cookie.starts_with("__Host-tamuda-flash="), "{cookie}");
        let headers = HeaderMap::from_iter([(header::COOKIE, cookie.parse().unwrap())]);
        let brought = Flash::brought(&settings, &headers).unwrap();
        assert_eq!((brought.tone, brought.title, brought.words), (sent.tone, sent.title, sent.words));
    }

    #[test]
    fn only_addresses_of_our_own_are_followed() {
        assert_eq!(own_address(Some("/o/rif?page=2")), Some("/o/rif?page=2"));
        for foreign in ["//evil.example", "/\\evil.example", "https://evil.example", "", "/\t/evil.example"] {
            assert_eq!(own_address(Some(foreign)), None, "{foreign}");
        }
    }
}
