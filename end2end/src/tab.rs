//! What a person does in a tab and sees there, and the checks that hold on every page.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail, ensure};
use chromiumoxide::{
    Element, Page,
    cdp::browser_protocol::dom::{FocusParams, ScrollIntoViewIfNeededParams},
    page::ScreenshotParams,
};
use serde_json::Value;

use crate::{keys, places, wait};

/// A tab of a journey's browser. Selectors are CSS and mean the first element that they find.
#[derive(Debug)]
pub struct Tab {
    page: Page,
    origin: String,
}

impl Tab {
    pub(crate) fn new(page: Page, origin: String) -> Self {
        Self { page, origin }
    }

    /// Opens a path of the portal and waits for its `load` event.
    pub async fn open(&self, path: &str) -> anyhow::Result<()> {
        self.page.goto(format!("{}{path}", self.origin)).await.with_context(|| format!("{path} does not open"))?;
        Ok(())
    }

    /// The path (with its query) of the page that is shown.
    pub async fn path(&self) -> anyhow::Result<String> {
        let address = self.page.url().await?.unwrap_or_default();
        Ok(address.strip_prefix(&self.origin).map(str::to_owned).unwrap_or(address))
    }

    /// Waits until the page at this path is shown, over redirects too.
    pub async fn until_path(&self, expected: &str) -> anyhow::Result<()> {
        wait::until(async || {
            let path = self.path().await?;
            ensure!(path == expected, "the page is {path}, not {expected}");
            Ok(())
        })
        .await
    }

    /// Clicks in the middle of the element, as a person does.
    // Not `Element::click`: that one scrolls with a script and waits for ever where scripts are off.
    pub async fn click(&self, selector: &str) -> anyhow::Result<()> {
        let element = self.find(selector).await?;
        let into_view = ScrollIntoViewIfNeededParams::builder().backend_node_id(element.backend_node_id);
        self.page.execute(into_view.build()).await?;
        self.page.click(element.clickable_point().await?).await?;
        Ok(())
    }

    /// Puts `text` in place of what the field holds.
    pub async fn fill(&self, selector: &str, text: &str) -> anyhow::Result<()> {
        self.focus(selector).await?;
        keys::replace_text(&self.page, text).await
    }

    /// Chooses the option of a `<select>` whose label begins with this, by typing it.
    pub async fn choose(&self, selector: &str, label: &str) -> anyhow::Result<()> {
        self.focus(selector).await?;
        for letter in label.chars() {
            keys::press(&self.page, &letter.to_string()).await?;
        }
        Ok(())
    }

    /// Gives the element the keyboard's focus.
    pub async fn focus(&self, selector: &str) -> anyhow::Result<()> {
        let element = self.find(selector).await?;
        self.page.execute(FocusParams::builder().backend_node_id(element.backend_node_id).build()).await?;
        Ok(())
    }

    /// Presses keys one after the other in whatever has the focus: `["Tab", "Enter"]`.
    pub async fn press(&self, keys: &[&str]) -> anyhow::Result<()> {
        for key in keys {
            keys::press(&self.page, key).await?;
        }
        Ok(())
    }

    /// The text that the element shows.
    pub async fn text(&self, selector: &str) -> anyhow::Result<String> {
        Ok(self.find(selector).await?.inner_text().await?.unwrap_or_default())
    }

    /// The value that the field holds now.
    pub async fn value(&self, selector: &str) -> anyhow::Result<String> {
        Ok(self.find(selector).await?.string_property("value").await?.unwrap_or_default())
    }

    /// An attribute of the element, if it has it.
    pub async fn attribute(&self, selector: &str, name: &str) -> anyhow::Result<Option<String>> {
        Ok(self.find(selector).await?.attribute(name).await?)
    }

    /// How many elements the selector finds.
    pub async fn count(&self, selector: &str) -> anyhow::Result<usize> {
        Ok(self.page.find_elements(selector).await?.len())
    }

    /// Waits until the element is on the page.
    pub async fn until_there(&self, selector: &str) -> anyhow::Result<()> {
        wait::until(async || self.find(selector).await.map(drop)).await
    }

    /// Waits until the element shows exactly this text, over a navigation too.
    pub async fn until_text(&self, selector: &str, expected: &str) -> anyhow::Result<()> {
        wait::until(async || match self.text(selector).await? {
            text if text == expected => Ok(()),
            text => bail!("{selector} shows {text:?}, not {expected:?}"),
        })
        .await
    }

    /// Waits until the element's text contains this part.
    pub async fn until_contains(&self, selector: &str, part: &str) -> anyhow::Result<()> {
        wait::until(async || match self.text(selector).await? {
            text if text.contains(part) => Ok(()),
            text => bail!("{selector} shows {text:?}, without {part:?}"),
        })
        .await
    }

    /// Waits until `boot.js` has woken all islands of the page.
    pub async fn until_awake(&self) -> anyhow::Result<()> {
        self.until_there("html[data-islands=awake]").await.context("the islands sleep")
    }

    /// Evaluates a JavaScript expression outside the page's content security policy.
    pub async fn evaluate(&self, expression: &str) -> anyhow::Result<Value> {
        Ok(self.page.evaluate(expression).await?.into_value()?)
    }

    /// Keeps a picture of the whole page as `NAME.png` in the build folder's `screens` and says where.
    pub async fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let file = places::screens()?.join(format!("{name}.png"));
        fs::create_dir_all(file.parent().unwrap_or(&file))?;
        self.page.save_screenshot(ScreenshotParams::builder().full_page(true).build(), &file).await?;
        Ok(file)
    }

    /// Checks what must hold on every page: nothing overflows sideways, and axe finds nothing.
    pub async fn check(&self) -> anyhow::Result<()> {
        self.check_overflow().await?;
        self.check_accessibility().await
    }

    /// Fails when the page is wider than its window; names what sticks out.
    pub async fn check_overflow(&self) -> anyhow::Result<()> {
        let wider = "[document.documentElement].filter(page => page.scrollWidth > page.clientWidth).flatMap(page => \
                     [...document.body.querySelectorAll('*')].filter(part => \
                     part.getBoundingClientRect().right > page.clientWidth || part.getBoundingClientRect().left < 0)\
                     .slice(0, 5).map(part => part.outerHTML.slice(0, 120)).concat(`${page.scrollWidth} pixels`))";
        let wider = self.evaluate(wider).await?;
        ensure!(wider == Value::Array(Vec::new()), "{} overflows: {wider:#}", self.path().await?);
        Ok(())
    }

    /// Fails with the rules of axe-core that the page breaks. Looks at nothing where `cargo xtask test` could not get
    /// axe-core, which it has then said.
    pub async fn check_accessibility(&self) -> anyhow::Result<()> {
        let Some(axe) = places::axe()? else { return Ok(()) };
        self.page.evaluate(axe).await?;
        // Text, because the protocol cuts deep objects.
        let result = self.page.evaluate("axe.run().then(result => JSON.stringify(result))").await?;
        let result: Value = serde_json::from_str(&result.into_value::<String>()?)?;
        ensure!(result["passes"].as_array().is_some_and(|passes| !passes.is_empty()), "axe looked at nothing");
        let broken = result["violations"].as_array().context("axe gave no result")?;
        ensure!(broken.is_empty(), "{} breaks rules:\n{}", self.path().await?, broken_rules(broken));
        Ok(())
    }

    async fn find(&self, selector: &str) -> anyhow::Result<Element> {
        self.page.find_element(selector).await.with_context(|| format!("no {selector}"))
    }
}

fn broken_rules(rules: &[Value]) -> String {
    let places = |rule: &Value| {
        let nodes = rule["nodes"].as_array().into_iter().flatten();
        nodes.map(|node| format!("\n    {}", node["html"].as_str().unwrap_or_default())).collect::<String>()
    };
    let line = |rule: &Value| format!("  {}: {}{}", rule["id"], rule["help"], places(rule));
    rules.iter().map(line).collect::<Vec<_>>().join("\n")
}
