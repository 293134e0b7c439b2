//! One person's browser: its setting, its tabs, and its end, which fails when anything was complained about.

use anyhow::{bail, ensure};
use chromiumoxide::{
    Browser, Page,
    cdp::browser_protocol::{
        emulation::{MediaFeature, SetDeviceMetricsOverrideParams, SetScriptExecutionDisabledParams},
        network::CookieParam,
    },
};
use tempfile::TempDir;

use crate::{
    browser::{self, Complaints},
    tab::Tab,
};

/// The cookie that the portal reads the person's language from.
const LOCALE_COOKIE: &str = "tamuda-locale";

/// May the pages run scripts?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scripts {
    /// As usual.
    #[default]
    On,
    /// As for a person who has switched them off, or whose network lost them.
    Off,
}

/// How wide the window is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// 1280 pixels.
    #[default]
    Desk,
    /// 390 pixels.
    Phone,
}

/// Which colours the system asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// How the person's browser is set up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// May pages run scripts?
    pub scripts: Scripts,
    /// The window's width.
    pub width: Width,
    /// The system's colour scheme.
    pub scheme: Scheme,
    /// The language chosen before, if any: `en`, `fr`, `ar`.
    pub locale: Option<&'static str>,
}

/// A browser with an empty profile.
#[derive(Debug)]
pub struct Journey {
    browser: Browser,
    origin: String,
    setting: Setting,
    complaints: Complaints,
    // Removed when the journey ends, after the browser that writes in it.
    _profile: TempDir,
}

impl Journey {
    /// Starts a browser for the portal at `origin`.
    pub async fn start(origin: &str, setting: Setting) -> anyhow::Result<Self> {
        let profile = TempDir::new()?;
        let browser = browser::launch(profile.path()).await?;
        let complaints = Complaints::default();
        Ok(Self { browser, origin: origin.to_owned(), setting, complaints, _profile: profile })
    }

    /// Opens one more tab, empty. All tabs share what signing in gave.
    pub async fn tab(&self) -> anyhow::Result<Tab> {
        let page = self.browser.new_page("about:blank").await?;
        self.complaints.hear(&page).await?;
        self.set_up(&page).await?;
        Ok(Tab::new(page, self.origin.clone()))
    }

    /// Forgives complaints that contain `part`, of which there must be one: a refusal that the journey is about.
    pub fn forgive(&self, part: &str) -> anyhow::Result<()> {
        ensure!(self.complaints.forgive(part) > 0, "nothing complained about {part}");
        Ok(())
    }

    /// What the browser has complained about so far; taking it forgives it.
    #[must_use]
    pub fn take_complaints(&self) -> Vec<String> {
        self.complaints.take()
    }

    /// Closes the browser; fails if it has complained.
    pub async fn end(mut self) -> anyhow::Result<()> {
        let complaints = self.complaints.take();
        self.browser.close().await?;
        self.browser.wait().await?;
        if !complaints.is_empty() {
            bail!("the browser complains: {complaints:#?}");
        }
        Ok(())
    }

    async fn set_up(&self, page: &Page) -> anyhow::Result<()> {
        let Setting { scripts, width, scheme, locale } = self.setting;
        let (width, height) = if width == Width::Phone { (390, 844) } else { (1280, 900) };
        page.execute(SetDeviceMetricsOverrideParams::new(width, height, 1.0, false)).await?;
        let colours = if scheme == Scheme::Dark { "dark" } else { "light" };
        // Still pictures: what fades in would be seen half-way, by axe as by the eye.
        let features = [("prefers-color-scheme", colours), ("prefers-reduced-motion", "reduce")];
        page.emulate_media_features(features.map(|(name, value)| MediaFeature::new(name, value)).into()).await?;
        if scripts == Scripts::Off {
            page.execute(SetScriptExecutionDisabledParams::new(true)).await?;
        }
        if let Some(locale) = locale {
            let mut cookie = CookieParam::new(LOCALE_COOKIE, locale);
            cookie.url = Some(self.origin.clone());
            page.set_cookie(cookie).await?;
        }
        Ok(())
    }
}
