//! How Chromium is started, and how what it complains about is heard.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::anyhow;
use chromiumoxide::{
    Browser, BrowserConfig, Page,
    cdp::{
        browser_protocol::log::EventEntryAdded,
        js_protocol::runtime::{ConsoleApiCalledType, EventConsoleApiCalled, EventExceptionThrown},
    },
};
use futures_util::StreamExt;

use crate::places;

/// Without dashes, which the library writes. They keep the browser from work that no journey is about.
const SWITCHES: [&str; 5] =
    ["disable-gpu", "disable-component-update", "disable-quic", "no-proxy-server", "force-color-profile=srgb"];

/// Starts the installed Chromium with an empty profile in this folder.
pub(crate) async fn launch(profile: &Path) -> anyhow::Result<Browser> {
    let config = BrowserConfig::builder()
        .chrome_executable(places::browser()?)
        .new_headless_mode()
        // Its sandbox does not start as root; the pages are our own.
        .no_sandbox()
        .user_data_dir(profile)
        .viewport(None)
        .launch_timeout(Duration::from_secs(60))
        .request_timeout(Duration::from_secs(60))
        .args(SWITCHES)
        .build()
        .map_err(|reason| anyhow!("no browser: {reason}"))?;
    let (browser, mut handler) = Browser::launch(config).await?;
    // The handler is the connection: nothing moves unless it is polled, to its end.
    tokio::spawn(async move { while handler.next().await.is_some() {} });
    Ok(browser)
}

/// Whatever a browser complained about, over all its tabs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Complaints(Arc<Mutex<Vec<String>>>);

impl Complaints {
    /// Takes them, and so forgives them.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes those that contain all `parts` and gives their number.
    pub(crate) fn forgive(&self, parts: &[&str]) -> usize {
        let mut complaints = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = complaints.len();
        complaints.retain(|complaint| !parts.iter().all(|part| complaint.contains(part)));
        before - complaints.len()
    }

    /// From now on hears this page's log (where the content security policy speaks), exceptions and console.
    pub(crate) async fn hear(&self, page: &Page) -> anyhow::Result<()> {
        // Listening before enabling: what was logged early is told again at that moment, once.
        let mut log = page.event_listener::<EventEntryAdded>().await?;
        let mut exceptions = page.event_listener::<EventExceptionThrown>().await?;
        let mut console = page.event_listener::<EventConsoleApiCalled>().await?;
        page.enable_log().await?;
        page.enable_runtime().await?;
        let complaints = self.clone();
        tokio::spawn(async move {
            loop {
                let complaint = tokio::select! {
                    Some(entry) = log.next() => entry_text(&entry),
                    Some(thrown) = exceptions.next() => format!("exception: {:?}", thrown.exception_details),
                    Some(call) = console.next() => match call.r#type {
                        ConsoleApiCalledType::Error | ConsoleApiCalledType::Warning => format!("{:?}", call.args),
                        _ => continue,
                    },
                    else => break,
                };
                complaints.0.lock().unwrap_or_else(PoisonError::into_inner).push(complaint);
            }
        });
        Ok(())
    }
}

fn entry_text(event: &EventEntryAdded) -> String {
    let entry = &event.entry;
    format!("{:?}: {} ({})", entry.source, entry.text, entry.url.as_deref().unwrap_or("no address"))
}
