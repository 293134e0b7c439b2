//! Cookies that a person's browser has without the way that led to them.

use anyhow::Context;
use chromiumoxide::{
    Page,
    cdp::browser_protocol::network::{ClearBrowserCookiesParams, CookieParam},
};

/// The cookie that the portal reads the person's language from.
pub(crate) const LOCALE: &str = "tamuda-locale";
/// The cookie of a session, as it is called over plain HTTP.
const SESSION: &str = "tamuda";

/// Gives the browser of this page a cookie of the portal at `origin`.
pub(crate) async fn set(page: &Page, origin: &str, name: &str, value: &str) -> anyhow::Result<()> {
    let mut cookie = CookieParam::new(name, value);
    cookie.url = Some(origin.to_owned());
    page.set_cookie(cookie).await?;
    Ok(())
}

/// The session that the browser of this page has: `name=value`.
pub(crate) async fn session(page: &Page) -> anyhow::Result<String> {
    let cookies = page.get_cookies().await?;
    let session =
        cookies.iter().find(|cookie| cookie.name == SESSION).context("nobody is signed in in this browser")?;
    Ok(format!("{}={}", session.name, session.value))
}

/// Takes all of them away.
pub(crate) async fn clear(page: &Page) -> anyhow::Result<()> {
    page.execute(ClearBrowserCookiesParams {}).await?;
    Ok(())
}
