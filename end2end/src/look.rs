//! How a page is shown: how wide, in which colours, on a screen or on paper.

use chromiumoxide::{
    Page,
    cdp::browser_protocol::emulation::{MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams},
};

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

/// On what the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    Screen,
    Paper,
}

/// Shows the page so from now on, without loading it again.
pub(crate) async fn show(page: &Page, width: Width, scheme: Scheme, medium: Medium) -> anyhow::Result<()> {
    let (width, height) = if width == Width::Phone { (390, 844) } else { (1280, 900) };
    page.execute(SetDeviceMetricsOverrideParams::new(width, height, 1.0, false)).await?;
    let colours = if scheme == Scheme::Dark { "dark" } else { "light" };
    // Still pictures: what fades in would be seen half-way, by axe as by the eye.
    let features = [("prefers-color-scheme", colours), ("prefers-reduced-motion", "reduce")];
    let media = SetEmulatedMediaParams::builder().media(if medium == Medium::Paper { "print" } else { "screen" });
    let media = media.features(features.map(|(name, value)| MediaFeature::new(name, value)));
    page.execute(media.build()).await?;
    Ok(())
}
