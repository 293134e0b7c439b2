//! The portal's cookies: the session's token, and what a browser keeps of a reader's choices.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::access::{ABSOLUTE_HOURS, Token};

use crate::Settings;

/// The reader's language: `en`, `fr` or `ar`.
pub const LOCALE: &str = "tamuda-locale";
/// The reader's colours: `light` or `dark`; none follows the machine.
pub const THEME: &str = "tamuda-theme";

/// The name of the session's cookie. The prefix makes browsers refuse one from another host or without TLS; over plain
/// HTTP, for development, they would refuse our own.
#[must_use]
pub fn session_name(settings: &Settings) -> &'static str {
    if settings.is_secure() { "__Host-tamuda" } else { "tamuda" }
}

/// The name of another cookie that only this host may set, in the same way.
#[must_use]
pub fn host_name(settings: &Settings, name: &str) -> String {
    if settings.is_secure() { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value of a cookie that the request carries.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(found, _)| *found == name).map(|(_, value)| value).next()
}

/// The header that gives the browser its session.
#[must_use]
pub fn give_session(settings: &Settings, token: &Token) -> HeaderValue {
    set(settings, session_name(settings), token.reveal(), ABSOLUTE_HOURS * 3600)
}

/// The header that takes the session from the browser.
#[must_use]
pub fn end_session(settings: &Settings) -> HeaderValue {
    set(settings, session_name(settings), "", 0)
}

/// The header that takes what a reader chose in this browser from it.
#[must_use]
pub fn forget(settings: &Settings, name: &str) -> HeaderValue {
    set(settings, name, "", 0)
}

/// The header that sets any cookie of ours for `max_age_seconds`; zero removes it. Scripts never see it.
///
/// Characters that cannot stand in a cookie are left out of the value: encode them before.
#[must_use]
pub fn set(settings: &Settings, name: &str, value: &str, max_age_seconds: i64) -> HeaderValue {
    let value: String =
        value.chars().filter(|letter| letter.is_ascii_graphic() && !"\",;\\".contains(*letter)).collect();
    let secure = if settings.is_secure() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(base_url: &str) -> Settings {
        Settings {
            base_url: base_url.to_owned(),
            trusted_proxies: crate::Networks::default(),
            simulated: true,
            mailbox: false,
        }
    }

    #[test]
    fn a_session_over_tls_is_bound_to_the_host() {
        let text = end_session(&settings("https://gpu.example.org"));
        assert_eq!(text, "__Host-tamuda=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
        let plain = end_session(&settings("http://127.0.0.1:3000"));
        assert_eq!(plain, "tamuda=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        let named = |base_url| host_name(&settings(base_url), "tamuda-pending");
        assert_eq!(named("https://gpu.example.org"), "__Host-tamuda-pending");
        assert_eq!(named("http://127.0.0.1:3000"), "tamuda-pending");
    }

    #[test]
    fn a_value_cannot_add_attributes_or_lines() {
        let text = set(&settings("http://a"), "flash", "x; Domain=evil\r\nSet-Cookie: y", 1);
        assert_eq!(text, "flash=xDomain=evilSet-Cookie:y; Path=/; Max-Age=1; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xtamuda=1; tamuda=2"));
        headers.append(header::COOKIE, HeaderValue::from_static("tamuda-theme=dark"));
        assert_eq!(read(&headers, "tamuda"), Some("2"));
        assert_eq!(read(&headers, THEME), Some("dark"));
        assert_eq!(read(&headers, LOCALE), None);
    }
}
