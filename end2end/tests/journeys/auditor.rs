//! The auditor: reads every page that finance works on, without JavaScript, and finds nothing to send on any of them; where
//! finance has a button there is one that cannot be pressed, and says why. Whatever is sent all the same is refused, and
//! changes nothing.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, ensure};
use app::ROUTES;
use end2end::{Journey, Portal, Scripts, Setting, Tab, Visitor, Width, until_within};
use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};
use types::{DisputeId, InvoiceId};

use crate::RIF_API;

const PATIENCE: Duration = Duration::from_secs(120);

/// What finance works on, with `{words}` for what there is.
const PAGES: [&str; 29] = [
    "/staff/billing",
    "/staff/billing/rif-biomed",
    "/staff/billing/rif-biomed/invoices/{invoice}",
    "/staff/billing/rif-biomed/invoices/{final}?line=1&recalculate=1",
    "/staff/billing/rif-biomed/sign-offs/{sign_off}",
    "/staff/billing/rif-biomed/write-offs",
    "/staff/billing/rif-biomed/refunds",
    "/staff/billing/rif-biomed/credit-notes/{credit_note}",
    "/staff/sign-offs",
    "/staff/close",
    "/staff/close/{month}",
    "/staff/finalising/{run}",
    "/staff/findings",
    "/staff/credit-notes",
    "/staff/documents",
    "/staff/disputes",
    "/staff/disputes/rif-biomed/{dispute}",
    "/staff/dunning",
    "/staff/dunning/rif-biomed",
    "/staff/refunds",
    "/staff/books",
    "/staff/books/accounts/wallet",
    "/staff/books/ageing",
    "/staff/books/revenue",
    "/staff/books/vat",
    "/staff/bank",
    "/staff/bank/statements/{statement}",
    "/staff/bank/lines/{bank_line}",
    "/staff/audit",
];

/// Pages where finance has a button, with the id of the reason why others do not.
const REFUSED: [(&str, &str); 6] = [
    ("/staff/billing/rif-biomed", "no-close"),
    ("/staff/billing/rif-biomed/invoices/{invoice}", "no-finalise"),
    ("/staff/billing/rif-biomed/sign-offs/{sign_off}", "no-sign"),
    ("/staff/billing/rif-biomed/write-offs", "no-write-off"),
    ("/staff/close/{month}", "no-close"),
    ("/staff/disputes/rif-biomed/{dispute}", "no-answer"),
];

/// A line that names nobody.
const STATEMENT: &str = ":20:S1\n:25:MA64011519000001205000534921\n:28C:1/1\n:60F:C261101MAD0,00\n\
    :61:2611021102C250,00NTRFNONREF//B1\n:86:166?00TRANSFER?20thank you?32Payer 1\n:62F:C261102MAD250,00\n-}\n";

/// Everything that the forms of finance change.
const ALL_OF_IT: &str = "SELECT
    (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) FROM bank_line t) AS bank_lines,
    (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) FROM sign_off t) AS sign_offs,
    (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) FROM dispute t) AS disputes,
    (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.month) FROM month_close t) AS months,
    (SELECT jsonb_agg(jsonb_build_array(t.id, t.status) ORDER BY t.id) FROM invoice t) AS invoices,
    (SELECT jsonb_agg(jsonb_build_array(t.id, t.ended_at) ORDER BY t.id) FROM billing_period t) AS periods,
    (SELECT count(*) FROM credit_note) AS credit_notes, (SELECT count(*) FROM write_off) AS write_offs,
    (SELECT count(*) FROM price) AS prices, (SELECT count(*) FROM lot) AS lots, (SELECT count(*) FROM staff) AS staff,
    (SELECT count(*) FROM receiving_account) AS accounts, (SELECT count(*) FROM bank_statement) AS statements,
    (SELECT count(*) FROM finalise_run) AS runs, (SELECT count(*) FROM invoice_look) AS looks";

type Words = BTreeMap<&'static str, String>;

fn word(value: &Value) -> anyhow::Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("{value} is no text"))
}

fn find<'a>(list: &'a Value, key: &str, value: &str) -> anyhow::Result<&'a Value> {
    let items = list["items"].as_array().context("no list")?;
    items.iter().find(|item| item[key] == value).with_context(|| format!("nothing has {value} as {key}"))
}

/// The address with what its `{words}` stand for; what stands for nothing is not there.
fn filled(address: &str, words: &Words) -> String {
    let filled =
        words.iter().fold(address.to_owned(), |text, (word, value)| text.replace(&format!("{{{word}}}"), value));
    let parts = filled.split('/').map(|part| if part.starts_with('{') { "nothing" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// A month that finance is at: a line that waits, a draft above the limit with a signature asked for, a correction, a line
/// that is contested, and a close with a run.
async fn at_work(portal: &Portal, finance: &Visitor) -> anyhow::Result<Words> {
    let file = json!({"file_name": "november.sta", "format": "mt940", "content": STATEMENT});
    let imported = finance.post("/api/v1/staff/bank/statements", "import", &file).await?;
    let waiting = finance.get("/api/v1/staff/bank/lines").await?;
    let ready = until_within(PATIENCE, async || {
        let periods = finance.get("/api/v1/staff/periods").await?;
        let period = find(&periods, "slug", "rif-biomed")?;
        ensure!(period["state"] == "ready", "the period is {}", period["state"]);
        word(&period["period"])
    })
    .await?;
    finance.post(&format!("{RIF_API}/periods/{ready}/close"), "close", &json!({})).await?;
    let invoices = finance.get(&format!("{RIF_API}/invoices")).await?;
    let (draft, last) = (find(&invoices, "status", "draft")?, find(&invoices, "status", "finalised")?);
    let (draft, last) = (word(&draft["id"])?, word(&last["id"])?);
    let correction = json!({"lines": [{"line": 1, "unit_seconds": 60}], "reason": "a node fault"});
    let note = finance.post(&format!("{RIF_API}/invoices/{last}/credit-notes"), "credit", &correction).await?;
    let strict = json!({"kind": "finalise", "currency": "MAD", "micros": 0});
    finance.put("/api/v1/staff/sign-off-limits", &strict).await?;
    let seen = json!({"sha256": finance.get(&format!("{RIF_API}/invoices/{draft}")).await?["sha256"]});
    let asked = finance.post(&format!("{RIF_API}/invoices/{draft}/sign-off"), "sign-off", &seen).await?;
    let months = finance.get("/api/v1/staff/months").await?;
    let month = word(&months["items"][0]["month"])?;
    finance.post("/api/v1/staff/months", "open", &json!({"month": month})).await?;
    let run = finance.post(&format!("/api/v1/staff/months/{month}/finalise"), "all", &json!({})).await?;
    Ok(BTreeMap::from([
        ("organisation", "rif-biomed".to_owned()),
        ("currency", "MAD".to_owned()),
        ("kind", "finalise".to_owned()),
        ("statement", word(&imported["items"][0]["id"])?),
        ("bank_line", word(&waiting["items"][0]["id"])?),
        ("sign_off", word(&asked["id"])?),
        ("credit_note", word(&note["note"]["id"])?),
        ("run", word(&run["id"])?),
        ("dispute", contested(portal, &last).await?),
        ("month", month),
        ("invoice", draft),
        ("final", last),
    ]))
}

/// A line that is contested, whatever day it is: the days to contest one of that invoice can be over.
async fn contested(portal: &Portal, invoice: &str) -> anyhow::Result<String> {
    let dispute: DisputeId = "dsp_01ka4c2d00000000000000000y".parse()?;
    let (id, invoice) = (dispute.uuid(), invoice.parse::<InvoiceId>()?.uuid());
    let contest = format!(
        "INSERT INTO dispute (organisation_id, id, invoice_id, line, flavour_name, project_name, amount, total,
             is_whole, reason, state, opened_at)
         SELECT organisation_id, '{id}', id, 1, 'L40S', 'Imaging', 100, 120, false, 'a node fault', 'open', finalised_at
         FROM invoice WHERE id = '{invoice}'"
    );
    let owner = Database::connect(portal.database().owner_url()).await?;
    owner.execute_unprepared(&contest).await?;
    owner.close().await?;
    Ok(dispute.to_string())
}

/// Reads a page, on which nothing can be sent.
async fn only_reads(tab: &Tab, page: &str) -> anyhow::Result<()> {
    tab.open(page).await?;
    tab.until_true("document.readyState === 'complete'").await?;
    let status = tab.status().await?;
    ensure!(status == 200, "{page} answers {status}");
    ensure!(tab.count("main form[method=post]").await? == 0, "{page} has a form: {}", tab.text("main").await?);
    let pressed = "[...document.querySelectorAll('main button:not([aria-disabled=true])')]\
                   .filter(button => button.type === 'submit' && button.form?.method !== 'get').length";
    ensure!(tab.evaluate(pressed).await? == 0, "{page} has a button: {}", tab.text("main").await?);
    tab.check_overflow().await.with_context(|| page.to_owned())
}

/// Sends what the form there would, and is refused: 403, before anything is read of it.
async fn is_refused(auditor: &Visitor, address: &str) -> anyhow::Result<()> {
    let form = "reason=because&idempotency_key=auditor";
    let error = auditor.submit(address, form).await.err().with_context(|| format!("{address} takes it"))?;
    let status = error.downcast_ref::<reqwest::Error>().and_then(reqwest::Error::status);
    ensure!(status == Some(StatusCode::FORBIDDEN), "{address} answers {status:?}: {error:#}");
    Ok(())
}

#[tokio::test]
async fn an_auditor_reads_all_that_finance_works_on_and_can_change_nothing() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let finance = portal.visitor("finance of the hub").await?;
    let words = at_work(&portal, &finance).await?;
    let setting = Setting { scripts: Scripts::Off, width: Width::Phone, ..Setting::default() };
    let journey = Journey::start(&portal.origin(), setting).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("auditor of the hub")?).await?;
    tab.until_there("nav").await?;
    // What the run cannot do alone, it has left by now.
    let run = format!("/api/v1/staff/finalise-runs/{}", words["run"]);
    until_within(PATIENCE, async || {
        let state = finance.get(&run).await?["state"].clone();
        ensure!(state == "ended", "the run is {state}");
        Ok(())
    })
    .await?;
    for page in PAGES {
        only_reads(&tab, &filled(page, &words)).await?;
    }
    for (page, reason) in REFUSED {
        tab.open(&filled(page, &words)).await?;
        let button = format!("main button[aria-disabled=true][aria-describedby={reason}]");
        ensure!(tab.count(&button).await? == 1, "{page} says no {reason}");
        ensure!(!tab.text(&format!("#{reason}")).await?.trim().is_empty(), "{page} says nothing under {reason}");
    }

    let auditor = tab.visitor().await?;
    let journal = auditor.open("/staff/books/journal.csv").await?.text().await?;
    ensure!(journal.contains("entry,line,booked_at,kind"), "the journal begins: {journal:.80}");
    let before = portal.database().rows(ALL_OF_IT).await?;
    // Whoever looks as a member does changes nothing either, and says so first.
    let forms = ROUTES.iter().filter(|(method, path)| *method == "post" && path.starts_with("/staff/"));
    let forms: Vec<_> = forms.filter(|(_, path)| !path.contains("/view")).collect();
    ensure!(forms.len() > 50, "only {} forms", forms.len());
    for (_, path) in forms {
        is_refused(&auditor, &filled(path, &words)).await?;
    }
    ensure!(portal.database().rows(ALL_OF_IT).await? == before, "something is not as it was");
    journey.end().await
}
