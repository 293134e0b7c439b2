//! The portal's cookies: the session's token, what a browser keeps of a reader's choices, and what others name here. Over TLS
//! all of them are bound to the host, by `read` and `set` themselves.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::access::{ABSOLUTE_HOURS, Token};

use crate::Settings;

/// The session's token.
pub const SESSION: &str = "tamuda";
/// The reader's language: `en`, `fr` or `ar`.
pub const LOCALE: &str = "tamuda-locale";
/// The reader's colours: `light` or `dark`; none follows the machine.
pub const THEME: &str = "tamuda-theme";

/// The value of a cookie of ours that the request carries.
#[must_use]
pub fn read<'a>(settings: &Settings, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let name = host_name(settings, name);
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(found, _)| *found == name).map(|(_, value)| value).next()
}

/// The header that gives the browser its session.
#[must_use]
pub fn give_session(settings: &Settings, token: &Token) -> HeaderValue {
    set(settings, SESSION, token.reveal(), ABSOLUTE_HOURS * 3600)
}

/// The header that takes the session from the browser.
#[must_use]
pub fn end_session(settings: &Settings) -> HeaderValue {
    set(settings, SESSION, "", 0)
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
    let name = host_name(settings, name);
    let secure = if settings.is_secure() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// How browsers know it. The prefix makes them refuse one from another host or without TLS; over plain HTTP, for
/// development, they would refuse our own.
fn host_name(settings: &Settings, name: &str) -> String {
    if settings.is_secure() { format!("__Host-{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(base_url: &str) -> Settings {
        Settings {
            base_url: base_url.to_owned(),
            trusted_proxies: crate::Networks::default(),
            simulated: true,
            staff_need_factor: false,
            mailbox: false,
        }
    }

    #[test]
    fn a_session_over_tls_is_bound_to_the_host() {
        let text = end_session(&settings("https://gpu.example.org"));
        assert_eq!(text, "__Host-tamuda=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
        let plain = end_session(&settings("http://127.0.0.1:3000"));
        assert_eq!(plain, "tamuda=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        let named = |base_url: &str| host_name(&settings(base_url), "tamuda-pending");
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
        let plain = settings("http://127.0.0.1:3000");
        assert_eq!(read(&plain, &headers, SESSION), Some("2"));
        assert_eq!(read(&plain, &headers, THEME), Some("dark"));
        assert_eq!(read(&plain, &headers, LOCALE), None);
    }

    #[test]
    fn over_tls_only_cookies_of_this_host_are_read_and_set() {
        let secure = settings("https://gpu.example.org");
        let mut headers = HeaderMap::new();
        headers
            .append(header::COOKIE, HeaderValue::from_static("tamuda=1; tamuda-locale=ar; __Host-tamuda-theme=dark"));
        assert_eq!((read(&secure, &headers, SESSION), read(&secure, &headers, LOCALE)), (None, None));
        assert_eq!(read(&secure, &headers, THEME), Some("dark"));
        for name in [LOCALE, THEME, "tamuda-flash"] {
            let text = set(&secure, name, "x", 1);
            let expected = format!("__Host-{name}=x; Path=/; Max-Age=1; HttpOnly; SameSite=Lax; Secure");
            assert_eq!(text, expected.as_str());
        }
    }
}
