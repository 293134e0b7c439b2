//! One person's browser: its setting, its tabs, and its end, which fails when anything was complained about.

use anyhow::{bail, ensure};
use chromiumoxide::{Browser, Page, cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams};
use tempfile::TempDir;

use crate::{
    browser::{self, Complaints},
    cookies::{self, LOCALE},
    look::{self, Medium, Scheme, Width},
    tab::Tab,
};

/// May the pages run scripts?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scripts {
    /// As usual.
    #[default]
    On,
    /// As for a person who has switched them off, or whose network lost them.
    Off,
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
        ensure!(self.complaints.forgive(&[part]) > 0, "nothing complained about {part}");
        Ok(())
    }

    /// What the browser has complained about so far; taking it forgives it.
    #[must_use]
    pub fn take_complaints(&self) -> Vec<String> {
        self.complaints.take()
    }

    /// Closes the browser; fails if it has complained.
    pub async fn end(mut self) -> anyhow::Result<()> {
        if self.setting.scripts == Scripts::Off {
            // What only scripts use is fetched all the same, and a slow page is old enough for Chromium to say so.
            self.complaints.forgive(&["preloaded using link preload but not used"]);
        }
        // Where the page after signing out is slow to come, the stream of the one before asks once more.
        self.complaints.forgive(&["401 (Unauthorized)", "/events?"]);
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
        look::show(page, width, scheme, Medium::Screen).await?;
        if scripts == Scripts::Off {
            page.execute(SetScriptExecutionDisabledParams::new(true)).await?;
        }
        if let Some(locale) = locale {
            cookies::set(page, &self.origin, LOCALE, locale).await?;
        }
        Ok(())
    }
}
