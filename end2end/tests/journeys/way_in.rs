//! The way in: a founder registers, adds a passkey, and lets in a colleague, who comes by an OpenID provider and gives
//! a machine a token that cannot spend more than it was told to; then the founder takes all of it back. The same forms
//! without JavaScript, but for the passkey: only a page's script can ask for one.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Device, Journey, Portal, Scripts, Setting, Tab, Visitor, peers::OpenIdProvider, until_within};
use serde_json::{Value, json};
use tokio::{process::Command, task::JoinHandle, time::timeout};

use crate::factors;

const FOUNDER: &str = "founder@newcomers.example";
/// Of whom the provider says so to who signs in there as `amina`.
const COLLEAGUE: &str = "amina@atlas.example";
const HOME: &str = "/o/newcomers";
const API: &str = "/api/v1/organisations/newcomers";
/// Where a page that follows the cluster says how old its news is.
const AGO: &str = "[data-live=page][data-slot=ago]";
/// An hour of one costs 8.60 MAD and the tax.
const FLAVOUR: &str = "a100-3g.40gb";
/// Enough for an hour, and not for two.
const CEILING: &str = "15";
const PATIENCE: Duration = Duration::from_secs(60);
/// So long may somebody who was removed still hear what happens.
const AT_ONCE: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_founder_lets_in_a_colleague_and_a_machine_and_takes_it_all_back() -> anyhow::Result<()> {
    // By a name: browsers make no passkeys for a number.
    walk("localhost", Scripts::On).await
}

#[tokio::test]
async fn the_same_forms_let_in_and_take_back_without_javascript() -> anyhow::Result<()> {
    // By its number, so that the provider is another site, from which browsers send fewer cookies.
    walk("127.0.0.1", Scripts::Off).await
}

async fn walk(host: &str, scripts: Scripts) -> anyhow::Result<()> {
    let (_provider, portal, origin) = world(host).await?;
    let setting = Setting { scripts, ..Setting::default() };
    let (own, others) = (Journey::start(&origin, setting).await?, Journey::start(&origin, setting).await?);
    let (founder, colleague) = (own.tab().await?, others.tab().await?);
    // Pages that newcomers alone see; axe itself is a script.
    let look = async |tab: &Tab| match scripts {
        Scripts::On => tab.check().await,
        Scripts::Off => tab.check_overflow().await,
    };
    // Held before the first page asks for a passkey by itself.
    let device = founder.hold_device().await?;
    register(&founder).await?;
    look(&founder).await?;
    if scripts == Scripts::On {
        sign_in_with_passkey(&founder, &device).await?;
    }
    invite(&founder).await?;
    look(&founder).await?;
    join(&colleague).await?;
    // What they came by stands among their ways in.
    colleague.open("/factors").await?;
    colleague.until_contains("#identities", "Peer").await?;
    look(&colleague).await?;
    let token = make_token(&colleague).await?;
    look(&colleague).await?;
    let member = colleague.visitor().await?;
    let machine = Machine::with(token, &origin, &member).await?;
    admit(&portal, &machine).await?;
    launch_to_the_ceiling(&machine, &member).await?;
    // Only a script follows what happens.
    let watching = (scripts == Scripts::On).then_some(&colleague);
    if let Some(tab) = watching {
        watch(tab).await?;
    }
    take_back(&founder, &member).await?;
    if let Some(tab) = watching {
        // The browser opens the stream once more after a while, and is refused.
        tab.until_contains(AGO, "Nothing is updated any more").await?;
    }
    let (status, body) = machine.launch("third").await?;
    ensure!(status == 401 && body["code"] == "unauthenticated", "the token still opens: {status} {body}");
    colleague.open(HOME).await?;
    ensure!(colleague.status().await? == 404, "the colleague still sees {HOME}");
    others.forgive("404")?;
    others.end().await?;
    own.end().await
}

/// A provider, a portal under this host's name that offers it, and that portal's address.
async fn world(host: &str) -> anyhow::Result<(OpenIdProvider, Portal, String)> {
    let (provider, mut portal) = (OpenIdProvider::start().await?, Portal::start().await?);
    portal.stop_portal().await?;
    let origin = portal.origin().replace("127.0.0.1", host);
    let offered = provider.offered_at(&origin).await?;
    portal.start_portal_with(&["--base-url", &origin, &offered[0], &offered[1]]).await?;
    Ok((provider, portal, origin))
}

/// Waits until the page at this path is shown and loaded, whatever its query says.
async fn until_at(tab: &Tab, path: &str) -> anyhow::Result<()> {
    tab.until_true(&format!("location.pathname === '{path}' && document.readyState === 'complete'")).await
}

/// Opens the mailbox until there is a letter that leads to this path, and follows it.
async fn follow_letter(tab: &Tab, path: &str) -> anyhow::Result<()> {
    let link = format!("main a[href^='{path}?token=']");
    until_within(PATIENCE, async || {
        tab.open("/dev/mail").await?;
        ensure!(tab.count(&link).await? > 0, "no letter leads to {path}");
        Ok(())
    })
    .await?;
    tab.click(&link).await?;
    until_at(tab, path).await
}

async fn register(tab: &Tab) -> anyhow::Result<()> {
    tab.open("/sign-in").await?;
    tab.click("main a[href='/register']").await?;
    tab.until_path("/register").await?;
    tab.fill("input[name=email]", FOUNDER).await?;
    tab.click("form[action='/register'] button").await?;
    tab.until_path("/sign-in").await?;
    tab.until_contains(".banner", FOUNDER).await?;
    follow_letter(tab, "/register/account").await?;
    tab.fill("input[name=name]", "The founder").await?;
    tab.fill("input[name=password]", "three herons over the lagoon").await?;
    tab.click("form[action='/register/account'] button").await?;
    tab.until_path("/organisations/new").await?;
    tab.fill("input[name=name]", "Newcomers").await?;
    tab.fill("input[name=legal_name]", "Newcomers SARL").await?;
    tab.fill("textarea[name=address]", "Avenue Mohammed V, Tétouan").await?;
    tab.click("form[action='/organisations/new'] button").await?;
    tab.until_path(HOME).await?;
    tab.until_contains(".banner", "Newcomers is open").await
}

async fn sign_in_with_passkey(tab: &Tab, device: &Device) -> anyhow::Result<()> {
    factors::add_first(tab, device).await?;
    tab.send("/sign-out", &[]).await?;
    tab.open("/sign-in").await?;
    factors::show(tab, device, HOME).await
}

async fn invite(tab: &Tab) -> anyhow::Result<()> {
    tab.open(&format!("{HOME}/members")).await?;
    tab.click("main a[href$='/members/invite']").await?;
    tab.fill("input[name=email]", COLLEAGUE).await?;
    tab.click("form[action$='/members/invite'] button").await?;
    tab.until_path(&format!("{HOME}/members")).await?;
    tab.until_contains(".banner", COLLEAGUE).await
}

/// From the letter to the provider, and back into the organisation.
async fn join(tab: &Tab) -> anyhow::Result<()> {
    follow_letter(tab, "/invitation").await?;
    tab.click("main a[href^='/sign-in/with/peer']").await?;
    tab.fill("input[name=login]", "amina").await?;
    tab.click("form button").await?;
    until_at(tab, "/invitation").await?;
    tab.click("form[action='/invitation'] button").await?;
    tab.until_path(HOME).await?;
    tab.until_contains(".banner", "Welcome to Newcomers").await
}

/// Makes a token that may spend up to the ceiling, and gives its secret.
async fn make_token(tab: &Tab) -> anyhow::Result<String> {
    tab.open(&format!("{HOME}/tokens")).await?;
    tab.click("main a[href$='/tokens/new']").await?;
    tab.fill("input[name=name]", "nightly").await?;
    tab.fill("input[name=ceiling]", CEILING).await?;
    tab.click("form[action$='/tokens/new'] button").await?;
    tab.until_contains(".copy code", "tmd_").await?;
    tab.text(".copy code").await
}

/// A machine that has a token and `curl`, and what it asks for at which address.
struct Machine {
    token: String,
    address: String,
    ask: Value,
}

impl Machine {
    async fn with(token: String, origin: &str, member: &Visitor) -> anyhow::Result<Self> {
        let projects = member.get(&format!("{API}/projects")).await?;
        let catalogue = member.get(&format!("{API}/catalogue")).await?;
        let flavours = catalogue["items"].as_array().context("no catalogue")?;
        let flavour = flavours.iter().find(|flavour| flavour["slug"] == FLAVOUR).context("no such flavour")?;
        let project = &projects["items"][0]["id"];
        let ask = json!({"project": project, "flavour": flavour["id"], "units": 1, "template": "ubuntu"});
        Ok(Self { token, address: format!("{origin}{API}/instances"), ask })
    }

    /// Asks for it under this name: the status and the body of the answer, as `curl` prints them.
    async fn launch(&self, name: &str) -> anyhow::Result<(u16, Value)> {
        let mut ask = self.ask.clone();
        ask["name"] = name.into();
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--noproxy", "*", "--max-time", "30", "--write-out", "\n%{http_code}"]);
        curl.arg("--header").arg(format!("Authorization: Bearer {}", self.token));
        curl.args(["--header", "Content-Type: application/json", "--data"]).arg(ask.to_string()).arg(&self.address);
        let done = curl.output().await.context("curl cannot be run: is it installed?")?;
        ensure!(done.status.success(), "curl fails: {}", String::from_utf8_lossy(&done.stderr));
        let printed = String::from_utf8(done.stdout)?;
        let (body, status) = printed.rsplit_once('\n').context("curl prints no status")?;
        Ok((status.parse()?, serde_json::from_str(body).with_context(|| printed.clone())?))
    }
}

/// The hub lets the newcomers start: with credits, and a quota for more than the token may spend.
async fn admit(portal: &Portal, machine: &Machine) -> anyhow::Result<()> {
    let amount = json!({"unit": "money", "micros": 200_000_000, "currency": "MAD"});
    let grant = json!({"kind": "sponsored", "name": "First credits", "amount": amount, "reason": "their first steps"});
    portal.visitor("incubator of the hub").await?.post(&format!("{API}/lots"), "first-credits", &grant).await?;
    let quota = json!({"flavour": machine.ask["flavour"], "units": 2, "reason": "their first steps"});
    portal.visitor("operator of the hub").await?.put(&format!("{API}/quotas"), &quota).await?;
    Ok(())
}

async fn launch_to_the_ceiling(machine: &Machine, member: &Visitor) -> anyhow::Result<()> {
    let (status, launched) = machine.launch("first").await?;
    ensure!(status == 201, "the first launch is answered {status}: {launched}");
    let address = format!("{API}/instances/{}", launched["id"].as_str().context("no id")?);
    until_within(PATIENCE, async || {
        let view = member.get(&address).await?;
        ensure!(view["phase"] == "running", "the first instance is {}", view["phase"]);
        Ok(())
    })
    .await?;
    let (status, refused) = machine.launch("second").await?;
    ensure!(status == 402 && refused["code"] == "budget_exceeded", "the second is answered {status}: {refused}");
    let list = member.get(&format!("{API}/instances")).await?;
    ensure!(list["items"].as_array().map(Vec::len) == Some(1), "a refused launch left something: {list}");
    Ok(())
}

/// Leaves the page of the instances open, which follows what happens.
async fn watch(tab: &Tab) -> anyhow::Result<()> {
    tab.open(&format!("{HOME}/instances")).await?;
    tab.until_awake().await?;
    tab.until_contains(AGO, "s ago").await
}

/// Reads somebody's stream of events from now to its end.
async fn listen(who: &Visitor) -> anyhow::Result<JoinHandle<anyhow::Result<()>>> {
    let mut stream = who.open(&format!("{HOME}/events?topic=instances")).await?;
    ensure!(stream.chunk().await?.is_some(), "the stream says nothing");
    Ok(tokio::spawn(async move {
        while stream.chunk().await?.is_some() {}
        Ok(())
    }))
}

/// Takes somebody out of the organisation. Their stream of events ends once the page says so, and nobody else's does.
async fn take_back(tab: &Tab, member: &Visitor) -> anyhow::Result<()> {
    let (staying, leaving) = (listen(&tab.visitor().await?).await?, listen(member).await?);
    let person = member.get("/api/v1/session").await?;
    let own = format!("{HOME}/members/{}", person["user"].as_str().context("no id")?);
    tab.open(&format!("{HOME}/members")).await?;
    tab.click(&format!("main a[href='{own}']")).await?;
    tab.until_path(&own).await?;
    tab.click("details:has(form[action$='/remove']) > summary").await?;
    ensure!(!leaving.is_finished(), "the stream ended by itself");
    tab.click("form[action$='/remove'] button").await?;
    tab.until_path(&format!("{HOME}/members")).await?;
    tab.until_contains(".banner", "The member is removed").await?;
    timeout(AT_ONCE, leaving).await.context("who was removed still hears what happens")???;
    ensure!(!staying.is_finished(), "who stays hears nothing any more");
    Ok(())
}
