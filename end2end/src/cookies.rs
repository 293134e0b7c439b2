//! Cookies that a person's browser has without the way that led to them.

use chromiumoxide::{
    Page,
    cdp::browser_protocol::network::{ClearBrowserCookiesParams, CookieParam},
};

/// The cookie that the portal reads the person's language from.
pub(crate) const LOCALE: &str = "tamuda-locale";

/// Gives the browser of this page a cookie of the portal at `origin`.
pub(crate) async fn set(page: &Page, origin: &str, name: &str, value: &str) -> anyhow::Result<()> {
    let mut cookie = CookieParam::new(name, value);
    cookie.url = Some(origin.to_owned());
    page.set_cookie(cookie).await?;
    Ok(())
}

/// Takes all of them away.
pub(crate) async fn clear(page: &Page) -> anyhow::Result<()> {
    page.execute(ClearBrowserCookiesParams {}).await?;
    Ok(())
}
