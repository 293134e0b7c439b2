//! The end of a month: finance imports the bank's statement, opens the close and sees what stands in its way, decides the
//! line that names nobody, has a second person sign what is above the limit, and has all drafts finalised; opens a line
//! down to its seconds, refuses one that is contested, credits an invoice, gives up a debt, takes the journal away, and
//! closes the month.

mod company;

use std::{env, time::Duration};

use anyhow::{Context, ensure};
use end2end::{Hub, Journey, Portal, Scheme, Setting, SignIn, Tab, Visitor, Width, until_within};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use self::company::Held;
use crate::{RIF, RIF_API};

const CLOSE: &str = "/staff/close";
/// The organisation whose draft is above the limit, and the one that has no tax id.
const LARGE: &str = "/staff/billing/rif-biomed";
const UNLOOKED: &str = "/staff/billing/atlas-robotics";
/// One that has paid nothing.
const DEBTOR: &str = "/staff/billing/company-1";
/// Closes that are under way at a time.
const AT_ONCE: usize = 4;
/// What of a month is settled and known by itself takes this long.
const SETTLED: Duration = Duration::from_secs(120);

/// So many companies' drafts are finalised at once.
fn n_companies() -> usize {
    if env::var_os("TAMUDA_DEEP").is_some() { 500 } else { 25 }
}

/// However many drafts there are, each takes a moment.
fn patience() -> Duration {
    SETTLED + Duration::from_millis(500) * u32::try_from(n_companies()).unwrap_or(u32::MAX)
}

/// Somebody with a browser of their own.
struct Seat {
    journey: Journey,
    tab: Tab,
}

impl Seat {
    async fn take(portal: &Portal, person: &SignIn) -> anyhow::Result<Self> {
        let journey = Journey::start(&portal.origin(), Setting::default()).await?;
        let tab = journey.tab().await?;
        tab.sign_in(person).await?;
        tab.until_there("nav").await?;
        Ok(Self { journey, tab })
    }
}

/// The month that is over, from the list of months, whose page is open then: `2026-10`.
async fn find_month(tab: &Tab) -> anyhow::Result<String> {
    tab.open("/staff/billing").await?;
    tab.click(&format!("main a[href='{CLOSE}']")).await?;
    tab.until_path(CLOSE).await?;
    tab.check().await?;
    let way = format!("main tbody a[href^='{CLOSE}/']");
    let page = tab.attribute(&way, "href").await?.context("a month without a page")?;
    tab.click(&way).await?;
    tab.until_path(&page).await?;
    Ok(page.rsplit('/').next().unwrap_or_default().to_owned())
}

/// A file of that month with a line that pays what was announced, and one that names nobody.
fn statement(month: &str, reference: &str) -> String {
    let (year, month) = (month.get(2..4).unwrap_or_default(), month.get(5..7).unwrap_or_default());
    format!(
        ":20:S1\n:25:MA64011519000001205000534921\n:28C:1/1\n:60F:C{year}{month}01MAD0,00\n\
         :61:{year}{month}02{month}02C250,00NTRFNONREF//B1\n:86:166?00TRANSFER?20{reference}?32Payer 1\n\
         :61:{year}{month}02{month}02C99,00NTRFNONREF//B2\n:86:166?00TRANSFER?20thank you?32Payer 2\n\
         :62F:C{year}{month}02MAD349,00\n-}}\n"
    )
}

/// The owner has announced a transfer; finance pastes the statement, looks, and books.
async fn import(tab: &Tab, owner: &Visitor, month: &str) -> anyhow::Result<()> {
    let ask = json!({"amount": {"micros": 250_000_000, "currency": "MAD"}});
    let announced = owner.post(&format!("{RIF_API}/transfers"), "announce", &ask).await?;
    let content = Value::from(statement(month, announced["reference"].as_str().context("no reference")?));
    tab.open("/staff/bank/import").await?;
    tab.fill("input[name=file_name]", "month.sta").await?;
    tab.choose("select[name=format]", "MT940").await?;
    tab.evaluate(&format!("document.querySelector('textarea[name=content]').value = {content}")).await?;
    tab.click("form:has(textarea[name=content]) button").await?;
    tab.until_there("form[action='/staff/bank/import'] button").await?;
    tab.check().await?;
    tab.click("form[action='/staff/bank/import'] button").await?;
    tab.until_contains("main", "The statement is booked").await
}

/// The checklist shows what is open and leads there; the month cannot be closed, whatever is sent.
async fn sees_what_is_open(tab: &Tab, month: &str) -> anyhow::Result<()> {
    let page = format!("{CLOSE}/{month}");
    tab.open(&page).await?;
    tab.click(&format!("form[action='{CLOSE}'] button")).await?;
    tab.until_contains("main", "is open").await?;
    for way in ["/staff/billing", "/staff/bank"] {
        let line = format!("ol.steps li:not(.done) a[href='{way}']");
        ensure!(tab.count(&line).await? > 0, "no open line leads to {way}: {}", tab.text("main").await?);
    }
    ensure!(tab.count("button[aria-describedby=no-close]").await? == 1, "nothing says why it cannot be closed");
    ensure!(tab.count(&format!("form[action='{page}']")).await? == 0, "there is a form that closes it");
    tab.check().await?;
    tab.look(Width::Phone, Scheme::Light).await?;
    tab.check().await?;
    tab.look(Width::Desk, Scheme::Light).await?;
    tab.send(&page, &[("idempotency_key", "too-early".to_owned())]).await?;
    ensure!(tab.status().await? == 409, "a month with open lines is closed");
    tab.until_there(".banner[role=alert]").await
}

/// The line that names nobody is Rif's.
async fn decide_line(tab: &Tab) -> anyhow::Result<()> {
    tab.click("ol.steps li:not(.done) a[href='/staff/bank']").await?;
    tab.click("main a[href^='/staff/bank/lines/']").await?;
    tab.until_there("input[name=organisation]").await?;
    tab.fill("input[name=organisation]", "rif-biomed").await?;
    tab.click("form[action$='/match'] button").await?;
    tab.until_contains("main", "The line is credited").await?;
    tab.check().await
}

/// One person alone finalises up to a thousand dirhams.
async fn set_limit(tab: &Tab) -> anyhow::Result<()> {
    tab.open("/staff/sign-offs").await?;
    tab.choose("select[name=kind]", "Finalise").await?;
    tab.choose("select[name=currency]", "MAD").await?;
    tab.fill("input[name=amount]", "1000").await?;
    tab.check().await?;
    tab.click("form[action='/staff/sign-offs/limits'] button").await?;
    tab.until_contains("main", "The limit holds").await
}

/// Closes the period of one whose draft is above the limit, and asks for a signature; the draft's page.
async fn close_large(tab: &Tab) -> anyhow::Result<String> {
    tab.open(LARGE).await?;
    until_within(SETTLED, async || {
        if tab.count("form[action$='/close'] button").await? == 0 {
            tab.open(LARGE).await?;
        }
        ensure!(tab.count("form[action$='/close'] button").await? == 1, "{}", tab.text("main").await?);
        Ok(())
    })
    .await?;
    tab.click("form[action$='/close'] button").await?;
    tab.until_there("article.paper.draft").await?;
    let draft = tab.path().await?;
    tab.check().await?;
    tab.click("form[action$='/sign-off'] button").await?;
    tab.until_contains("main", "A second signature is asked for").await?;
    tab.check().await?;
    // Whoever asked does not sign.
    tab.open("/staff/sign-offs").await?;
    tab.click("main tbody a[href*='/sign-offs/']").await?;
    tab.until_contains("main", "somebody else of finance signs").await?;
    ensure!(tab.count("form[action$='/sign']").await? == 0, "whoever asked can sign");
    Ok(draft)
}

/// A second person signs what they see, in Arabic.
async fn sign(tab: &Tab) -> anyhow::Result<()> {
    tab.speak("ar").await?;
    tab.open("/staff/sign-offs").await?;
    tab.click("main tbody a[href*='/sign-offs/']").await?;
    tab.until_there("form[action$='/sign'] button").await?;
    ensure!(tab.attribute("html", "dir").await?.as_deref() == Some("rtl"), "Arabic runs from the left");
    tab.check().await?;
    tab.speak("en").await?;
    tab.click("form[action$='/sign'] button").await?;
    tab.until_contains("main", "What it is for can be done now").await?;
    tab.check().await
}

/// Finalises the draft whose page is open; its number.
async fn finalise(tab: &Tab) -> anyhow::Result<String> {
    tab.click("form:has(input[name=sha256]) button").await?;
    tab.until_there("article.paper:not(.draft)").await?;
    tab.until_contains("h1", "TM-").await?;
    tab.text("h1").await
}

/// Closes the periods of all the others, which is one press for each.
async fn close_others(finance: &Visitor) -> anyhow::Result<()> {
    let (mut running, mut next) = (Vec::new(), String::new());
    loop {
        let page = finance.get(&format!("/api/v1/staff/periods?limit=200{next}")).await?;
        running.extend(page["items"].as_array().context("no periods")?.clone());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    // Rif's next one runs.
    running.retain(|period| period["slug"] != "rif-biomed");
    ensure!(running.len() > n_companies(), "only {} periods run", running.len());
    let closes = stream::iter(&running).map(|period| close_one(finance, period));
    closes.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await.map(drop)
}

async fn close_one(finance: &Visitor, period: &Value) -> anyhow::Result<()> {
    let [slug, id] = ["slug", "period"].map(|key| period[key].as_str().unwrap_or_default());
    let path = format!("/api/v1/organisations/{slug}/periods/{id}/close");
    finance.post(&path, &format!("close-{slug}"), &json!({})).await.map(drop)
}

/// How far the bar has come, asked at once: what moves it puts another one in its place.
async fn bar(tab: &Tab) -> anyhow::Result<String> {
    let width = tab.evaluate("document.querySelector('[data-slot=bar]').getAttribute('width')").await?;
    width.as_str().map(str::to_owned).context("the bar has no width")
}

/// All drafts at once: the bar stands while one is held, and moves to its end on the same page when it is let go. What
/// needs a look is left.
async fn finalise_all(tab: &Tab, portal: &Portal, month: &str) -> anyhow::Result<()> {
    let n = n_companies();
    let held = Held::middle_draft(portal, n / 2).await?;
    tab.open(&format!("{CLOSE}/{month}")).await?;
    tab.click("form[action$='/finalise'] button").await?;
    tab.until_there("[data-slot=bar]").await?;
    tab.until_awake().await?;
    tab.evaluate("document.documentElement.dataset.loaded = 'once'").await?;
    tab.until_true("parseFloat(document.querySelector('[data-slot=bar]').getAttribute('width')) > 0").await?;
    let before = bar(tab).await?;
    ensure!(before != "100.0%", "it went on past a draft that somebody holds");
    held.let_go().await?;
    until_within(patience(), async || {
        let width = bar(tab).await?;
        ensure!(width == "100.0%", "the bar stands at {width}, after {before}");
        Ok(())
    })
    .await?;
    tab.until_contains("[data-slot=counts]", &format!("{n} of {} are final", n + 1)).await?;
    ensure!(tab.attribute("html", "data-loaded").await?.is_some(), "the page was loaded again");
    tab.check().await
}

/// What the run left is looked at, with a note, and finalised by itself.
async fn look_at_what_is_left(tab: &Tab) -> anyhow::Result<()> {
    tab.click(&format!("main a[href^='{UNLOOKED}/invoices/']")).await?;
    tab.until_there("form[action$='/look'] textarea[name=reason]").await?;
    tab.check().await?;
    tab.fill("form[action$='/look'] textarea[name=reason]", "They sell abroad and have none").await?;
    tab.click("form[action$='/look'] button").await?;
    tab.until_contains("main", "Noted").await?;
    finalise(tab).await.map(drop)
}

/// A line opens to its seconds, and the whole recalculates to itself.
async fn open_a_line(tab: &Tab, invoice: &str) -> anyhow::Result<()> {
    tab.open(invoice).await?;
    tab.click("article.paper a[href*='line=1']").await?;
    tab.until_there("#proof .proof li").await?;
    tab.until_contains("#proof", "rounded once").await?;
    tab.check().await?;
    tab.click("main a[href*='recalculate=1']").await?;
    tab.until_contains("#proof", "Replay equal").await
}

/// The owner contests a line; finance says no in writing, and why.
async fn answer_a_contested_line(tab: &Tab, owner: &Visitor, invoice: &str) -> anyhow::Result<()> {
    let id = invoice.rsplit('/').next().unwrap_or_default();
    let objection = json!({"line": 1, "reason": "It did not run that long"});
    owner.post(&format!("{RIF_API}/invoices/{id}/disputes"), "contest", &objection).await?;
    tab.open("/staff/disputes").await?;
    tab.check().await?;
    tab.click("main tbody a[href^='/staff/disputes/rif-biomed/']").await?;
    tab.until_there("textarea[name=reason]").await?;
    tab.check().await?;
    tab.fill("textarea[name=reason]", "Its log has an entry each minute").await?;
    tab.click("button[name=answer][value=refuse]").await?;
    tab.until_contains("main", "The line stays as it was billed").await?;
    tab.check().await?;
    let page = owner.open(&format!("{RIF}/disputes")).await?.text().await?;
    ensure!(page.contains("/disputes/dsp_"), "the owner does not find it");
    Ok(())
}

/// One invoice is taken back by a credit note that says what its preview said.
async fn credit(tab: &Tab, invoice: &str) -> anyhow::Result<()> {
    tab.open(invoice).await?;
    tab.fill("form[action$='/credit/preview'] textarea[name=reason]", "a node fault").await?;
    tab.click("form[action$='/credit/preview'] button").await?;
    tab.until_there("article.paper.draft").await?;
    let total = tab.text("article.paper .grand").await?;
    tab.click("form[action$='/credit'] button").await?;
    tab.until_contains("h1", "TMC-").await?;
    ensure!(tab.text("article.paper .grand").await? == total, "the note says another total than its preview");
    Ok(())
}

/// A part of what nobody will pay is owed no longer.
async fn write_off(tab: &Tab) -> anyhow::Result<()> {
    tab.open(DEBTOR).await?;
    tab.click(&format!("main a[href='{DEBTOR}/write-offs']")).await?;
    tab.until_there("input[name=amount]").await?;
    tab.check().await?;
    tab.fill("input[name=amount]", "5").await?;
    tab.fill("textarea[name=reason]", "They have ceased to trade").await?;
    tab.click("form:has(input[name=amount]) button").await?;
    tab.until_contains("main", "is written off").await?;
    tab.until_contains("main tbody", "They have ceased to trade").await?;
    tab.check().await
}

/// The journal is a file with a line for each posting.
async fn export_journal(tab: &Tab) -> anyhow::Result<()> {
    tab.open("/staff/books").await?;
    tab.check().await?;
    let file = tab.attribute("main a[download][href$='journal.csv']", "href").await?.context("no journal")?;
    let journal = tab.visitor().await?.open(&file).await?.text().await?;
    ensure!(journal.contains("entry,line,booked_at,kind"), "the journal begins: {journal:.80}");
    for told in ["company-1,", "write_off", "credit_note"] {
        ensure!(journal.contains(told), "the journal has no {told}");
    }
    Ok(())
}

/// Every line holds, so the month is closed, and stays so.
async fn close_month(tab: &Tab, month: &str) -> anyhow::Result<()> {
    let page = format!("{CLOSE}/{month}");
    let form = format!("form[action='{page}'] button");
    // What is being booked at this moment is counted at the next look.
    until_within(SETTLED, async || {
        tab.open(&page).await?;
        ensure!(tab.count(&form).await? == 1, "{}", tab.text("main").await?);
        Ok(())
    })
    .await?;
    tab.check().await?;
    tab.click(&form).await?;
    tab.until_contains("main", "The month is closed").await?;
    ensure!(tab.count(&format!("form[action='{page}']")).await? == 0, "it can be closed again");
    tab.check().await
}

#[tokio::test]
async fn finance_imports_signs_finalises_corrects_and_closes_the_month() -> anyhow::Result<()> {
    let mut portal = Portal::before_start(Hub::Ordinary).await?;
    let colleague = company::prepare(&portal, n_companies()).await?;
    portal.start_portal().await?;
    let (finance, owner) = (portal.visitor("finance of the hub").await?, portal.visitor("owner of Rif Biomed").await?);
    let first = Seat::take(&portal, portal.person("finance of the hub")?).await?;
    let second = Seat::take(&portal, &colleague).await?;
    let tab = &first.tab;

    let month = find_month(tab).await?;
    import(tab, &owner, &month).await?;
    sees_what_is_open(tab, &month).await?;
    decide_line(tab).await?;
    set_limit(tab).await?;
    let invoice = close_large(tab).await?;
    sign(&second.tab).await?;
    tab.open(&invoice).await?;
    finalise(tab).await?;
    close_others(&finance).await?;
    finalise_all(tab, &portal, &month).await?;
    look_at_what_is_left(tab).await?;
    open_a_line(tab, &invoice).await?;
    answer_a_contested_line(tab, &owner, &invoice).await?;
    credit(tab, &invoice).await?;
    write_off(tab).await?;
    export_journal(tab).await?;
    close_month(tab, &month).await?;
    first.journey.forgive("409")?;
    first.journey.end().await?;
    second.journey.end().await
}
