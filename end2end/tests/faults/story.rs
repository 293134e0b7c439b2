//! What a founder does over the API, told again and again with the same keys until it is done, and what must be true
//! of the books and the cluster afterwards.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Portal, Visitor, until_within};
use serde_json::{Value, json};

pub(crate) const RIF: &str = "/api/v1/organisations/rif-biomed";

/// A new leader waits until the lease of a killed one has run out.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Long enough that whole seconds of it are billed.
pub(crate) const BILLED: Duration = Duration::from_secs(3);

/// The body of a launch of one L40S.
pub(crate) async fn launch_of(founder: &Visitor, name: &str) -> anyhow::Result<Value> {
    let projects = founder.get(&format!("{RIF}/projects")).await?;
    let flavours = founder.get(&format!("{RIF}/catalogue")).await?;
    let flavours = flavours["items"].as_array().context("no catalogue")?;
    let flavour = flavours.iter().find(|flavour| flavour["slug"] == "l40s").context("no l40s")?;
    let (project, flavour) = (&projects["items"][0]["id"], &flavour["id"]);
    Ok(json!({"project": project, "name": name, "flavour": flavour, "units": 1, "template": "ubuntu"}))
}

/// Sends a command until it was answered: a killed portal answers nothing, and the key makes it one command.
pub(crate) async fn insist(founder: &Visitor, path: &str, key: &str, body: &Value) -> anyhow::Result<Value> {
    until_within(PATIENCE, async || founder.post(path, key, body).await).await
}

/// Waits until the API shows an instance in this phase; the whole view.
pub(crate) async fn until_phase(founder: &Visitor, instance: &str, phase: &str) -> anyhow::Result<Value> {
    until_within(PATIENCE, async || {
        let view = founder.get(&format!("{RIF}/instances/{instance}")).await?;
        ensure!(view["phase"] == phase, "{instance} is {}, not {phase}: {view:#}", view["phase"]);
        Ok(view)
    })
    .await
}

/// Launches, waits until it runs, stops, waits until it has stopped: the instance's id.
pub(crate) async fn launch_run_stop(founder: &Visitor, name: &str) -> anyhow::Result<String> {
    let body = until_within(PATIENCE, async || launch_of(founder, name).await).await?;
    let launched = insist(founder, &format!("{RIF}/instances"), &format!("launch-{name}"), &body).await?;
    let instance = launched["id"].as_str().context("a launch without an id")?.to_owned();
    // Told again after its stop was wished, it never runs again.
    let view = until_within(PATIENCE, async || founder.get(&format!("{RIF}/instances/{instance}")).await).await?;
    if view["wish"] == "running" {
        until_phase(founder, &instance, "running").await?;
        tokio::time::sleep(BILLED).await;
    }
    let stop = format!("{RIF}/instances/{instance}/stop");
    insist(founder, &stop, &format!("stop-{name}"), &json!({})).await?;
    until_phase(founder, &instance, "stopped").await?;
    Ok(instance)
}

/// Closes the period that is ready, finalises its invoice, and finds that it recalculates to itself.
pub(crate) async fn close_and_finalise(finance: &Visitor) -> anyhow::Result<()> {
    let periods = until_within(PATIENCE, async || finance.get("/api/v1/staff/periods").await).await?;
    let of_rif = |row: &&Value| row["slug"] == "rif-biomed";
    let period = periods["items"].as_array().into_iter().flatten().find(of_rif).context("no period runs")?;
    // Told again after a crash, the period may be closed already: then another one runs.
    if period["state"] == "ready" {
        let period = period["period"].as_str().context("a period without an id")?;
        insist(finance, &format!("{RIF}/periods/{period}/close"), &format!("close-{period}"), &json!({})).await?;
    }
    let drafts = finance.get("/api/v1/staff/invoices?status=draft").await?;
    if let Some(draft) = drafts["items"].as_array().into_iter().flatten().find(of_rif) {
        let draft = draft["invoice"]["id"].as_str().context("a draft without an id")?;
        let view = finance.get(&format!("{RIF}/invoices/{draft}")).await?;
        let reviewed = json!({"sha256": view["sha256"]});
        insist(finance, &format!("{RIF}/invoices/{draft}/finalise"), &format!("finalise-{draft}"), &reviewed).await?;
    }
    let invoices = finance.get("/api/v1/staff/invoices?status=finalised").await?;
    let invoices: Vec<_> = invoices["items"].as_array().into_iter().flatten().filter(of_rif).collect();
    ensure!(invoices.len() == 2, "the organisation has not two invoices: {invoices:#?}");
    for invoice in invoices {
        let id = invoice["invoice"]["id"].as_str().context("an invoice without an id")?;
        let again = finance.get(&format!("{RIF}/invoices/{id}/recalculation")).await?;
        ensure!(again["is_equal"] == true, "{id} does not recalculate to itself: {again:#}");
    }
    Ok(())
}

/// Takes the final invoice back, first a minute of its first line and then the rest, and finds that nothing is left.
pub(crate) async fn credit_in_two_parts(finance: &Visitor) -> anyhow::Result<()> {
    let of_rif = |row: &&Value| row["slug"] == "rif-biomed";
    let finals = "/api/v1/staff/invoices?status=finalised";
    let invoices = until_within(PATIENCE, async || finance.get(finals).await).await?;
    let invoice = invoices["items"].as_array().into_iter().flatten().find(of_rif).context("no invoice")?;
    let invoice = invoice["invoice"]["id"].as_str().context("an invoice without an id")?;
    let path = format!("{RIF}/invoices/{invoice}/credit-notes");
    let minute = json!({"lines": [{"line": 1, "unit_seconds": 60}], "reason": "a node fault"});
    insist(finance, &path, "credit-a-minute", &minute).await?;
    insist(finance, &path, "credit-the-rest", &json!({"reason": "all of it"})).await?;
    let outcome = until_within(PATIENCE, async || finance.get(&path).await).await?;
    let n_notes = outcome["notes"].as_array().map_or(0, Vec::len);
    ensure!((n_notes, &outcome["left"]["micros"]) == (2, &json!(0)), "the invoice is not undone by two: {outcome:#}");
    Ok(())
}

/// A statement with a line that pays what was announced, and one that nobody knows: each is booked once.
pub(crate) async fn import_a_statement(owner: &Visitor, finance: &Visitor) -> anyhow::Result<()> {
    let account =
        json!({"currency": "MAD", "beneficiary": "Hub", "bank": "Bank", "iban": "MA64011519000001205000534921"});
    insist(finance, "/api/v1/staff/bank/accounts", "account", &account).await?;
    let ask = json!({"amount": {"micros": 250_000_000, "currency": "MAD"}});
    let transfer = insist(owner, &format!("{RIF}/transfers"), "announce", &ask).await?;
    let (id, reference) = (transfer["id"].as_str().context("no id")?, transfer["reference"].as_str().context("none")?);
    let line = |place: u8, written: &str| {
        format!(":61:2611021102C250,00NTRFNONREF//B{place}\n:86:166?00TRANSFER?20{written}?32Payer {place}\n")
    };
    let content = format!(
        ":20:S1\n:25:MA64011519000001205000534921\n:28C:1/1\n:60F:C261101MAD0,00\n{}{}:62F:C261102MAD500,00\n-}}\n",
        line(1, reference),
        line(2, "thank you")
    );
    let file = json!({"file_name": "november.sta", "format": "mt940", "content": content});
    insist(finance, "/api/v1/staff/bank/statements", "import", &file).await?;
    // Another key: the file is known by then, and what a crash left of it is booked.
    let again = insist(finance, "/api/v1/staff/bank/statements", "import-again", &file).await?;
    let statement = &again["items"][0];
    let booked = (&statement["n_lines"], &statement["n_new"], &statement["n_unmatched"]);
    ensure!(booked == (&json!(2), &json!(0), &json!(1)), "the statement is not booked: {statement:#}");
    let paid = until_within(PATIENCE, async || owner.get(&format!("{RIF}/transfers/{id}")).await).await?;
    ensure!(paid["state"] == "paid", "what was announced is not paid: {paid:#}");
    let entries = owner.get(&format!("{RIF}/wallet/entries")).await?;
    let written = reference.replace(' ', "");
    let of_transfer = |entry: &&Value| entry["note"] == written.as_str();
    let n_entries = entries["items"].as_array().into_iter().flatten().filter(of_transfer).count();
    ensure!(n_entries == 1, "the transfer was credited {n_entries} times: {entries:#}");
    Ok(())
}

/// Books what arrived at the bank, and finds it in the wallet once, though it is told of again.
pub(crate) async fn book_transfer(finance: &Visitor) -> anyhow::Result<()> {
    let (path, reference) = (format!("{RIF}/wallet/transfers"), "BMCE 4711");
    let ask = json!({"reference": reference, "amount": {"micros": 250_000_000, "currency": "MAD"}});
    insist(finance, &path, "transfer", &ask).await?;
    let again = finance.post(&path, "transfer-again", &ask).await;
    let refusal = again.err().context("one reference was booked twice")?.to_string();
    ensure!(refusal.contains("booked-before"), "the transfer is refused for another reason: {refusal}");
    let entries = finance.get(&format!("{RIF}/wallet/entries")).await?;
    let entries = entries["items"].as_array().into_iter().flatten();
    let amounts: Vec<_> = entries.filter(|entry| entry["note"] == reference).map(|entry| &entry["amount"]).collect();
    ensure!(amounts == [&ask["amount"]], "the transfer is not booked once: {amounts:#?}");
    Ok(())
}

/// A stopped instance has no pod; its one attempt has one lease, whose seconds are covered without gap or overlap.
pub(crate) async fn check_instance(world: &Portal, instance: &str) -> anyhow::Result<()> {
    ensure!(world.pods(instance).await?.is_empty(), "a stopped instance has a pod");
    let leases = world.database().rows(&leases_of(instance)?).await?;
    ensure!(leases.len() == 1, "one attempt has not one lease: {leases:#?}");
    let lease = &leases[0];
    ensure!(lease["covered"] == lease["lasted"], "its intervals do not cover the lease: {lease:#}");
    // What ended while nobody looked is never billed, and stands on the operator's screen instead.
    ensure!(lease["proved_or_shown"].as_f64() >= Some(2.0), "seconds are neither billed nor shown: {lease:#}");
    Ok(())
}

/// Documents are numbered 1, 2, 3 … in each series, and the doctor finds nothing wrong.
pub(crate) async fn check_books(world: &Portal) -> anyhow::Result<()> {
    let numbers = "SELECT series, array_agg(substring(number FROM '[0-9]+$')::int ORDER BY number) AS numbers
                   FROM (SELECT series, number FROM invoice WHERE number IS NOT NULL
                         UNION ALL SELECT series, number FROM credit_note) d GROUP BY series";
    for series in world.database().rows(numbers).await? {
        let numbers: Vec<_> = series["numbers"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        let expected: Vec<_> = (1..).take(numbers.len()).collect();
        ensure!(numbers == expected, "the numbers have gaps: {series:#}");
    }
    // A story may be told before the portal has looked at its cluster for the first time.
    until_within(PATIENCE, async || {
        let report = world.doctor().await?;
        let wrong = |finding: &&Value| finding["ok"] == false;
        let wrong: Vec<_> = report["findings"].as_array().into_iter().flatten().filter(wrong).collect();
        ensure!(wrong.is_empty(), "the doctor finds: {wrong:#?}");
        Ok(())
    })
    .await
}

fn leases_of(instance: &str) -> anyhow::Result<String> {
    let id: types::InstanceId = instance.parse().context("no id of an instance")?;
    Ok(format!(
        "SELECT l.id, extract(epoch FROM date_trunc('second', l.ended_at) - date_trunc('second', l.started_at)) AS lasted,
             sum(extract(epoch FROM u.ended_at - u.started_at)) AS covered,
             sum(extract(epoch FROM u.ended_at - u.started_at)) FILTER (WHERE u.billable OR u.reason = 'unconfirmed')
                 AS proved_or_shown,
             json_agg(json_build_array(u.started_at, u.ended_at, u.billable, u.reason) ORDER BY u.started_at) AS intervals
         FROM lease l LEFT JOIN usage_interval u ON u.lease_id = l.id WHERE l.subject_id = '{}' GROUP BY l.id",
        id.uuid()
    ))
}
