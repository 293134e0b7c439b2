//! The keyboard, as the browser hears it: it works where scripts are off.

use chromiumoxide::{
    Page,
    cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams},
};

/// Replaces the text of the focused field.
pub(crate) async fn replace_text(page: &Page, text: &str) -> anyhow::Result<()> {
    let mut select_all = DispatchKeyEventParams::new(DispatchKeyEventType::RawKeyDown);
    select_all.commands = Some(vec!["selectAll".to_owned()]);
    page.execute(select_all).await?;
    if text.is_empty() {
        return press(page, "Backspace").await;
    }
    page.execute(InsertTextParams::new(text)).await?;
    Ok(())
}

/// Presses one key by its name (`Tab`, `Enter`, `ArrowDown`, `a`) in whatever has the focus.
pub(crate) async fn press(page: &Page, key: &str) -> anyhow::Result<()> {
    // The library sends keys to the page, whichever element it is asked through.
    page.find_element("html").await?.press_key(key).await?;
    Ok(())
}
