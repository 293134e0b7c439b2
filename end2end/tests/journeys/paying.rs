//! A founder's money: topped up by a card whose bank asks who pays, and by a transfer; spent, with a warning while little
//! is left; at its end what runs is stopped and nothing new starts, but storage is safe, until there is money again. A card
//! once more without JavaScript, in Arabic, on a phone.

use std::time::Duration;

use anyhow::{Context, ensure};
use domain::{Clock, volumes::STORAGE};
use end2end::{Journey, Portal, Scheme, Scripts, Setting, Tab, Visitor, Width, peers::Stripe, until_within};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::RIF;

const HOME: &str = "/o/newcomers";
const API: &str = "/api/v1/organisations/newcomers";
/// What runs: an hour of it costs 8.60 MAD and the tax.
const FLAVOUR: &str = "a100-3g.40gb";
/// What an hour of it costs net soon afterwards: what was topped up lasts two minutes and a half then.
const DEAR: i64 = 700_000_000;
/// Until then somebody can launch at the old price.
const DEAR_AFTER_S: i64 = 90;
/// From the launch until nothing is left, and what a loaded machine takes.
const DRY: Duration = Duration::from_secs(400);
/// A payment that nobody tells of is looked at after ten seconds, and a document is drawn within seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// A portal that takes cards.
struct World {
    stripe: Stripe,
    portal: Portal,
}

impl World {
    async fn start() -> anyhow::Result<Self> {
        let stripe = Stripe::start().await?;
        let arguments = stripe.offered();
        let portal = Portal::start_with(&arguments.each_ref().map(String::as_str)).await?;
        stripe.send_events_to(&portal.origin()).await?;
        Ok(Self { stripe, portal })
    }

    /// Asks for a top-up on the page that the wallet leads to, and goes on to where it is paid; the path of its page here.
    async fn ask(&self, tab: &Tab, home: &str, amount: &str) -> anyhow::Result<String> {
        tab.open(&format!("{home}/wallet")).await?;
        tab.click(&format!("main a[href='{home}/wallet/top-up']")).await?;
        tab.until_there("input[name=amount]").await?;
        tab.check_overflow().await?;
        tab.fill("input[name=amount]", amount).await?;
        tab.click("form:has(input[name=amount]) button[type=submit]").await?;
        let pay = format!("main a[href^='{}']", self.stripe.origin());
        tab.until_there(&pay).await?;
        tab.check_overflow().await?;
        let page = tab.path().await?;
        ensure!(page.starts_with(&format!("{home}/wallet/top-ups/")), "{page} leads to the provider");
        tab.click(&pay).await?;
        tab.until_there("input[name=number]").await?;
        Ok(page)
    }

    /// Waits until the provider's pages have led back here.
    async fn until_back(&self, tab: &Tab) -> anyhow::Result<()> {
        let origin = self.portal.origin();
        tab.until_true(&format!("location.origin === '{origin}' && document.readyState === 'complete'")).await
    }

    /// Pays with a card whose bank asks its holder, who may say first that it is not them.
    async fn pay_as_asked(&self, tab: &Tab, errs: bool) -> anyhow::Result<()> {
        let answers = if errs { &["refuse", "accept"][..] } else { &["accept"][..] };
        for answer in answers {
            tab.fill("input[name=number]", Stripe::ASKS).await?;
            tab.click("form button").await?;
            tab.until_contains("h1", "Is it you?").await?;
            tab.click(&format!("button[value={answer}]")).await?;
            if *answer == "refuse" {
                tab.until_contains("[role=alert]", "authentication").await?;
            }
        }
        self.until_back(tab).await
    }
}

/// Opens a page again and again until it says this.
async fn until_said(tab: &Tab, page: &str, said: &str) -> anyhow::Result<()> {
    until_within(PATIENCE, async || {
        tab.open(page).await?;
        // What belongs together on a line is joined by spaces that do not break.
        let text = tab.text("main").await?.replace('\u{a0}', " ");
        ensure!(text.contains(said), "{page} does not say {said:?}: {text}");
        Ok(())
    })
    .await
}

/// The page has a document to keep, and it is a PDF.
async fn keeps_a_pdf(tab: &Tab, page: &str) -> anyhow::Result<()> {
    let bytes = until_within(PATIENCE, async || {
        tab.open(page).await?;
        let file = tab.attribute("main a[download][href$='/pdf']", "href").await?.context("a link to nowhere")?;
        let answer = tab.visitor().await?.open(&file).await?;
        ensure!(answer.status() == StatusCode::OK, "{file} answers {}", answer.status());
        Ok(answer.bytes().await?)
    })
    .await?;
    ensure!(bytes.starts_with(b"%PDF"), "the document of {page} is no PDF");
    Ok(())
}

/// A new organisation with room for one GPU, in a hub that says where to transfer to; the flavour's id.
async fn found(portal: &Portal, founder: &Visitor) -> anyhow::Result<Value> {
    let form = "name=Newcomers&legal_name=Newcomers+SARL&address=Rue+Moulay+Abbas&country=MA&currency=MAD\
                &is_business=yes";
    founder.submit("/organisations/new", form).await?;
    let catalogue = founder.get(&format!("{API}/catalogue")).await?;
    let flavours = catalogue["items"].as_array().context("no catalogue")?;
    let flavour = flavours.iter().find(|flavour| flavour["slug"] == FLAVOUR).context("no such flavour")?["id"].clone();
    let operator = portal.visitor("operator of the hub").await?;
    for (item, units) in [(flavour.clone(), 1), (json!(STORAGE), 5)] {
        let quota = json!({"flavour": item, "units": units, "reason": "their first steps"});
        operator.put(&format!("{API}/quotas"), &quota).await?;
    }
    Ok(flavour)
}

/// Announces a transfer, which the hub's bank has received.
async fn top_up_by_transfer(tab: &Tab, portal: &Portal) -> anyhow::Result<()> {
    tab.open(&format!("{HOME}/wallet")).await?;
    tab.click(&format!("main a[href='{HOME}/transfers']")).await?;
    tab.until_there("input[name=amount]").await?;
    tab.fill("input[name=amount]", "15").await?;
    tab.click("form:has(input[name=amount]) button").await?;
    tab.until_there("article.paper").await?;
    tab.check().await?;
    let pro_forma = tab.path().await?;
    let reference = tab.text("h1").await?;
    let file = format!(
        ":20:S1\n:25:MA64011519000001205000534921\n:28C:1/1\n:60F:C261101MAD0,00\n\
         :61:2611021102C15,00NTRFNONREF//B1\n:86:166?00TRANSFER?20{}?32Payer 1\n:62F:C261102MAD15,00\n-}}\n",
        reference.trim()
    );
    let statement = json!({"file_name": "november.sta", "format": "mt940", "content": file});
    let finance = portal.visitor("finance of the hub").await?;
    finance.post("/api/v1/staff/bank/statements", "statement", &statement).await?;
    until_said(tab, &format!("{HOME}/wallet"), "+15.00 MAD").await?;
    tab.check().await?;
    keeps_a_pdf(tab, &pro_forma).await
}

/// Makes a volume, for which some days are set aside; the path of its page.
async fn make_volume(tab: &Tab) -> anyhow::Result<String> {
    tab.open(&format!("{HOME}/instances")).await?;
    tab.click(&format!("nav a[href='{HOME}/volumes']")).await?;
    tab.until_there("input[name=size_gb]").await?;
    tab.fill("input[name=name]", "datasets").await?;
    tab.fill("input[name=size_gb]", "5").await?;
    tab.click("form:has(input[name=size_gb]) button[type=submit]").await?;
    tab.until_contains("main .banner", "datasets is being made").await?;
    let page = tab.path().await?;
    until_said(tab, &page, "It is there, billed by the second.").await?;
    tab.check().await?;
    Ok(page)
}

/// Launches what becomes dear soon, with the volume, and watches it come up; the path of its page.
async fn launch(tab: &Tab, portal: &Portal, flavour: &Value) -> anyhow::Result<String> {
    let soon = Clock::System.now().plus_seconds(DEAR_AFTER_S).to_string();
    let price = json!({"flavour": flavour, "currency": "MAD", "micros_per_hour": DEAR, "started_at": soon});
    portal.visitor("finance of the hub").await?.post("/api/v1/staff/prices", "dear", &price).await?;
    tab.open(&format!("{HOME}/launch")).await?;
    tab.until_awake().await?;
    tab.click(&format!("[id='flavour-{FLAVOUR}']")).await?;
    tab.until_contains("[data-slot=price]", "8.60").await?;
    tab.fill("input[name=name]", "first-light").await?;
    tab.choose("select[name=volume]", "datasets").await?;
    tab.click("[data-slot=submit]").await?;
    tab.until_there("[data-slot=phase]").await?;
    tab.until_awake().await?;
    tab.until_text(".heading [data-slot=phase]", "Running").await?;
    tab.path().await
}

/// The page says that the money ends, in every look; so does a letter.
async fn is_warned(tab: &Tab, instance: &str) -> anyhow::Result<()> {
    until_said(tab, instance, "of money left").await?;
    tab.until_contains("main", "Everything that runs is stopped then").await?;
    tab.check().await?;
    tab.look(Width::Phone, Scheme::Light).await?;
    tab.check().await?;
    tab.speak("ar").await?;
    tab.open(instance).await?;
    ensure!(tab.attribute("html", "dir").await?.as_deref() == Some("rtl"), "Arabic runs from the left");
    tab.check().await?;
    tab.speak("en").await?;
    tab.look(Width::Desk, Scheme::Light).await?;
    until_said(tab, "/dev/mail", "minutes of money left").await
}

/// What ran is stopped by itself, with the reason; nothing starts, and it is said what to do.
async fn runs_dry(tab: &Tab, (founder, flavour): (&Visitor, &Value), instance: &str) -> anyhow::Result<()> {
    tab.open(instance).await?;
    tab.until_awake().await?;
    until_within(DRY, async || {
        let shown = tab.text(".heading [data-slot=phase]").await?;
        ensure!(shown == "Stopped", "the page says {shown}");
        Ok(())
    })
    .await?;
    until_said(tab, instance, "The money ran out. Top up, then start again.").await?;
    tab.check().await?;
    until_said(tab, "/dev/mail", "The money of Newcomers has run out").await?;

    tab.open(&format!("{HOME}/launch?flavour={}", flavour.as_str().context("no id")?)).await?;
    tab.until_awake().await?;
    tab.until_there("[data-slot=submit][aria-disabled=true]").await?;
    tab.until_contains("[data-slot=verdict]", "Top up").await?;
    tab.check().await?;
    let projects = founder.get(&format!("{API}/projects")).await?;
    let project = &projects["items"][0]["id"];
    let ask = json!({"project": project, "name": "one-more", "flavour": flavour, "units": 1, "template": "ubuntu"});
    let launched = founder.post(&format!("{API}/instances"), "one-more", &ask).await;
    let refused = launched.err().context("it launches without money")?.to_string();
    ensure!(refused.contains("insufficient_credit"), "{refused}");
    Ok(())
}

#[tokio::test]
async fn a_founder_pays_by_card_and_transfer_runs_until_nothing_is_left_and_goes_on_with_more() -> anyhow::Result<()> {
    let world = World::start().await?;
    let founder = world.portal.visitor("owner of Rif Biomed").await?;
    let flavour = found(&world.portal, &founder).await?;
    let journey = Journey::start(&world.portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(world.portal.person("owner of Rif Biomed")?).await?;
    tab.until_there("nav").await?;

    let paid = world.ask(&tab, HOME, "20").await?;
    tab.until_contains("h1", "Pay 20.00 MAD").await?;
    world.pay_as_asked(&tab, true).await?;
    until_said(&tab, &paid, "In the wallet").await?;
    tab.check().await?;
    keeps_a_pdf(&tab, &paid).await?;
    tab.check().await?;
    until_said(&tab, &format!("{HOME}/wallet"), "+20.00 MAD").await?;
    top_up_by_transfer(&tab, &world.portal).await?;

    let volume = make_volume(&tab).await?;
    let instance = launch(&tab, &world.portal, &flavour).await?;
    until_said(&tab, &volume, "first-light").await?;
    is_warned(&tab, &instance).await?;
    runs_dry(&tab, (&founder, &flavour), &instance).await?;
    // It lives from what was set aside for it.
    until_said(&tab, &volume, "Nobody").await?;
    until_said(&tab, &volume, "It is there, billed by the second.").await?;
    tab.check().await?;

    let paid = world.ask(&tab, HOME, "1000").await?;
    tab.fill("input[name=number]", Stripe::CARD).await?;
    tab.click("form button").await?;
    world.until_back(&tab).await?;
    until_said(&tab, &paid, "In the wallet").await?;
    tab.open(&instance).await?;
    tab.until_awake().await?;
    tab.until_true("!document.querySelector('[data-slot=start]').hidden").await?;
    tab.click("form[action$='/start'] button").await?;
    tab.until_contains("main .banner", "starts").await?;
    tab.until_awake().await?;
    tab.until_text(".heading [data-slot=phase]", "Running").await?;
    tab.check().await?;
    until_said(&tab, &volume, "first-light").await?;
    journey.end().await
}

#[tokio::test]
async fn a_card_pays_without_javascript_on_a_phone_in_arabic() -> anyhow::Result<()> {
    let world = World::start().await?;
    let setting = Setting { scripts: Scripts::Off, width: Width::Phone, locale: Some("ar"), ..Setting::default() };
    let journey = Journey::start(&world.portal.origin(), setting).await?;
    let tab = journey.tab().await?;
    tab.sign_in(world.portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;
    let paid = world.ask(&tab, RIF, "250").await?;
    world.pay_as_asked(&tab, false).await?;
    until_said(&tab, &paid, "في المحفظة").await?;
    ensure!(tab.attribute("html", "dir").await?.as_deref() == Some("rtl"), "Arabic runs from the left");
    tab.check_overflow().await?;
    keeps_a_pdf(&tab, &paid).await?;
    journey.end().await
}
