//! What a person does in a tab and sees there, and the checks that hold on every page.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail, ensure};
use chromiumoxide::{
    Element, Page,
    cdp::browser_protocol::{
        dom::{FocusParams, ScrollIntoViewIfNeededParams},
        page::{
            AddScriptToEvaluateOnNewDocumentParams, GetNavigationHistoryParams, NavigateToHistoryEntryParams,
            RemoveScriptToEvaluateOnNewDocumentParams, ScriptIdentifier,
        },
        web_authn::{
            AddVirtualAuthenticatorParams, AuthenticatorId, AuthenticatorProtocol, AuthenticatorTransport,
            EnableParams, SetAutomaticPresenceSimulationParams, VirtualAuthenticatorOptions,
        },
    },
    page::ScreenshotParams,
};
use serde_json::Value;

use crate::{
    SignIn, Visitor,
    cookies::{self, LOCALE},
    keys,
    look::{self, Medium, Scheme, Width},
    places, wait,
};

/// A tab of a journey's browser. Selectors are CSS and mean the first element that they find.
#[derive(Debug)]
pub struct Tab {
    page: Page,
    origin: String,
}

/// Says that the browser offers no passkeys among the addresses that it knows.
const OFFERS_NONE: &str = "PublicKeyCredential.isConditionalMediationAvailable = async () => false";

/// A device that makes passkeys.
#[derive(Debug)]
pub struct Device {
    id: AuthenticatorId,
    offers_none: ScriptIdentifier,
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

    /// Signs in over the form; the next page may not be there yet.
    pub async fn sign_in(&self, person: &SignIn) -> anyhow::Result<()> {
        self.open("/sign-in").await?;
        self.fill("input[name=email]", &person.email).await?;
        self.fill("input[name=password]", &person.password).await?;
        self.click("main button[type=submit]").await
    }

    /// Gives this tab's browser the session of a visitor and nothing else, or nothing at all.
    pub async fn be(&self, visitor: Option<&Visitor>) -> anyhow::Result<()> {
        cookies::clear(&self.page).await?;
        let Some((name, value)) = visitor.map(Visitor::session) else { return Ok(()) };
        cookies::set(&self.page, &self.origin, name, value).await
    }

    /// Whoever is signed in in this tab's browser, as a program that has their session and nothing else.
    pub async fn visitor(&self) -> anyhow::Result<Visitor> {
        Visitor::with_session(&self.origin, cookies::session(&self.page).await?)
    }

    /// Chooses the language of the pages that are opened from now on: `en`, `fr`, `ar`.
    pub async fn speak(&self, locale: &str) -> anyhow::Result<()> {
        cookies::set(&self.page, &self.origin, LOCALE, locale).await
    }

    /// Gives the tab a device that makes passkeys and recognises its person, once it is touched. The tab asks for them
    /// when a button is pressed, and by itself only from [`Tab::offer`] on: else a touch for the one answers the other.
    pub async fn hold_device(&self) -> anyhow::Result<Device> {
        self.page.execute(EnableParams::default()).await?;
        let mut device =
            VirtualAuthenticatorOptions::new(AuthenticatorProtocol::Ctap2, AuthenticatorTransport::Internal);
        device.has_resident_key = Some(true);
        device.has_user_verification = Some(true);
        device.is_user_verified = Some(true);
        device.automatic_presence_simulation = Some(false);
        let added = self.page.execute(AddVirtualAuthenticatorParams::new(device)).await?;
        let script = AddScriptToEvaluateOnNewDocumentParams::new(OFFERS_NONE);
        let offers_none = self.page.execute(script).await?.result.identifier.clone();
        Ok(Device { id: added.result.authenticator_id.clone(), offers_none })
    }

    /// Offers the device's passkeys beside the fields for addresses, on the pages that are opened from now on.
    pub async fn offer(&self, device: &Device) -> anyhow::Result<()> {
        self.page.execute(RemoveScriptToEvaluateOnNewDocumentParams::new(device.offers_none.clone())).await?;
        Ok(())
    }

    /// Touches the device whenever it asks from now on, or no more. What asks already stays unanswered.
    pub async fn touch(&self, device: &Device, touches: bool) -> anyhow::Result<()> {
        self.page.execute(SetAutomaticPresenceSimulationParams::new(device.id.clone(), touches)).await?;
        Ok(())
    }

    /// Brings the tab to the front: the browser then hides the one that was there.
    pub async fn show(&self) -> anyhow::Result<()> {
        self.page.bring_to_front().await?;
        self.until_true("document.visibilityState === 'visible'").await
    }

    /// Shows the page so wide and in these colours from now on, without loading it again.
    pub async fn look(&self, width: Width, scheme: Scheme) -> anyhow::Result<()> {
        look::show(&self.page, width, scheme, Medium::Screen).await
    }

    /// Shows the page as a printer would.
    pub async fn look_at_paper(&self) -> anyhow::Result<()> {
        look::show(&self.page, Width::Desk, Scheme::Light, Medium::Paper).await
    }

    /// Goes back, as with the browser's button.
    pub async fn back(&self) -> anyhow::Result<()> {
        let history = self.page.execute(GetNavigationHistoryParams {}).await?.result;
        let before = usize::try_from(history.current_index - 1).context("there is no page before this one")?;
        let entry = history.entries.get(before).context("there is no page before this one")?;
        self.page.execute(NavigateToHistoryEntryParams::new(entry.id)).await?;
        self.until_true("document.readyState === 'complete'").await
    }

    /// Sends a form with these fields to a path, past what the browser would refuse, and waits for the page.
    pub async fn send(&self, path: &str, fields: &[(&str, String)]) -> anyhow::Result<()> {
        let (path, fields) = (Value::from(path), serde_json::to_value(fields)?);
        let send = format!(
            "(() => {{ const form = Object.assign(document.createElement('form'), {{ method: 'post', action: {path} }});
             for (const [name, value] of {fields})
               form.append(Object.assign(document.createElement('input'), {{ type: 'hidden', name, value }}));
             document.documentElement.dataset.left = ''; document.body.append(form); form.submit(); }})()"
        );
        self.page.evaluate(send).await?;
        self.until_true("!('left' in document.documentElement.dataset) && document.readyState === 'complete'").await
    }

    /// The HTTP status that the page came with.
    pub async fn status(&self) -> anyhow::Result<u64> {
        let status = self.evaluate("performance.getEntriesByType('navigation')[0].responseStatus").await?;
        status.as_u64().context("the browser does not know the page's status")
    }

    /// The path (with its query) of the page that is shown.
    pub async fn path(&self) -> anyhow::Result<String> {
        let address = self.page.url().await?.unwrap_or_default();
        Ok(address.strip_prefix(&self.origin).map(str::to_owned).unwrap_or(address))
    }

    /// Waits until the page at this path is shown and loaded, over redirects too.
    pub async fn until_path(&self, expected: &str) -> anyhow::Result<()> {
        wait::until(async || {
            // Asked of the page itself, in one question: the browser knows the next address before the next page is there.
            let shown = self.evaluate("[location.pathname + location.search, document.readyState]").await?;
            ensure!(shown[0] == expected, "the page is {}, not {expected}", shown[0]);
            ensure!(shown[1] == "complete", "{expected} is still loading");
            Ok(())
        })
        .await
    }

    /// Clicks in the middle of the element as soon as it is there, as a person does.
    // Not `Element::click`: that one scrolls with a script and waits for ever where scripts are off.
    pub async fn click(&self, selector: &str) -> anyhow::Result<()> {
        let middle = wait::until(async || {
            let element = self.find(selector).await?;
            let into_view = ScrollIntoViewIfNeededParams::builder().backend_node_id(element.backend_node_id);
            self.page.execute(into_view.build()).await?;
            Ok(element.clickable_point().await?)
        });
        let middle = middle.await.with_context(|| format!("{selector} cannot be clicked"))?;
        self.page.click(middle).await?;
        Ok(())
    }

    /// Puts a moment (`2027-01-31T09:30`) into its field. How it is typed depends on the browser's own language.
    pub async fn fill_moment(&self, selector: &str, moment: &str) -> anyhow::Result<()> {
        let (field, moment) = (Value::from(selector), Value::from(moment));
        self.evaluate(&format!("document.querySelector({field}).value = {moment}")).await?;
        ensure!(self.value(selector).await? == moment, "{selector} does not take {moment}");
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

    /// Gives the element the keyboard's focus as soon as it is there.
    pub async fn focus(&self, selector: &str) -> anyhow::Result<()> {
        wait::until(async || {
            let element = self.find(selector).await?;
            self.page.execute(FocusParams::builder().backend_node_id(element.backend_node_id).build()).await?;
            Ok(())
        })
        .await
        .with_context(|| format!("{selector} takes no focus"))
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

    /// Waits until a JavaScript expression is true, over a navigation too.
    pub async fn until_true(&self, expression: &str) -> anyhow::Result<()> {
        wait::until(async || {
            ensure!(self.evaluate(expression).await? == Value::Bool(true), "{expression} is not true");
            Ok(())
        })
        .await
    }

    /// Waits until the page is loaded, with its islands awake where it has some.
    pub async fn until_usable(&self) -> anyhow::Result<()> {
        self.until_true(
            "document.readyState === 'complete' && \
             (document.documentElement.dataset.islands === 'awake' || !document.querySelector('leptos-island'))",
        )
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

    /// Checks what other colours can change: that everything can still be read.
    pub async fn check_colours(&self) -> anyhow::Result<()> {
        self.axe("runOnly: ['color-contrast', 'link-in-text-block'],").await
    }

    /// Fails with the rules of axe-core that the page breaks. Looks at nothing where `cargo xtask test` could not get
    /// axe-core, which it has then said.
    pub async fn check_accessibility(&self) -> anyhow::Result<()> {
        self.axe("").await
    }

    async fn axe(&self, options: &str) -> anyhow::Result<()> {
        if self.evaluate("'axe' in window").await? == Value::Bool(false) {
            let Some(axe) = places::axe()? else { return Ok(()) };
            // Half a megabyte: the pages that come after this one have it from the beginning.
            self.page.evaluate_on_new_document(axe.clone()).await?;
            self.page.evaluate(axe).await?;
        }
        // Of what is well, the rules' names are enough. Text, because the protocol cuts deep objects.
        let run = format!(
            "axe.run({{ {options} iframes: false, resultTypes: ['violations'] }}).then(result => JSON.stringify(\
             {{ n_rules: result.passes.length + result.incomplete.length, broken: result.violations }}))"
        );
        let result = self.page.evaluate(run).await?;
        let result: Value = serde_json::from_str(&result.into_value::<String>()?)?;
        let broken = result["broken"].as_array().context("axe gave no result")?;
        let looked = result["n_rules"].as_u64() > Some(0) || !broken.is_empty();
        ensure!(looked, "axe looked at nothing");
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
