//! What finance does at a month's end over the API: all drafts are finalised by one run, and workers draw their files.

use anyhow::{Context, ensure};
use end2end::{Visitor, until_within};
use serde_json::{Value, json};

use crate::story::{PATIENCE, insist};

/// Those of the demonstration, in the order in which their drafts are made.
const TENANTS: [&str; 2] = ["rif-biomed", "atlas-robotics"];

/// Closes last month and looks at its drafts, which a run leaves otherwise; and waits until what was final before is drawn, so
/// that whatever is drawn later is the story's.
pub(crate) async fn make_drafts(finance: &Visitor) -> anyhow::Result<()> {
    for slug in TENANTS {
        let period = until_within(PATIENCE, async || {
            let periods = finance.get("/api/v1/staff/periods").await?;
            let is_its = |row: &&Value| row["slug"] == slug;
            let period = periods["items"].as_array().into_iter().flatten().find(is_its).context("no period runs")?;
            ensure!(period["state"] == "ready", "the period is not ready: {period:#}");
            period["period"].as_str().map(str::to_owned).context("a period without an id")
        })
        .await?;
        let close = format!("/api/v1/organisations/{slug}/periods/{period}/close");
        insist(finance, &close, "close", &json!({})).await?;
    }
    let drafts = finance.get("/api/v1/staff/invoices?status=draft").await?;
    let drafts: Vec<_> = drafts["items"].as_array().into_iter().flatten().collect();
    ensure!(drafts.len() == TENANTS.len(), "not a draft of each: {drafts:#?}");
    for draft in drafts {
        if draft["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()) {
            let slug = draft["slug"].as_str().context("a draft of nobody")?;
            let id = draft["invoice"]["id"].as_str().context("a draft without an id")?;
            let look = format!("/api/v1/organisations/{slug}/invoices/{id}/look");
            insist(finance, &look, "look", &json!({"reason": "as it should be"})).await?;
        }
    }
    until_drawn(finance).await
}

/// Has all drafts finalised, waits until they are and their files are drawn.
pub(crate) async fn finalise_all(finance: &Visitor) -> anyhow::Result<()> {
    let months = until_within(PATIENCE, async || finance.get("/api/v1/staff/months").await).await?;
    let month = months["items"][0]["month"].as_str().context("no month is over")?;
    let path = format!("/api/v1/staff/months/{month}/finalise");
    let run = insist(finance, &path, "finalise-all", &json!({})).await?;
    let one = format!("/api/v1/staff/finalise-runs/{}", run["id"].as_str().context("a run without an id")?);
    let run = until_within(PATIENCE, async || {
        let run = finance.get(&one).await?;
        ensure!(run["state"] == "ended", "the run goes on: {run:#}");
        Ok(run)
    })
    .await?;
    let counts = (&run["n_drafts"], &run["n_done"]);
    ensure!(counts == (&json!(TENANTS.len()), &json!(TENANTS.len())), "not all are final: {run:#}");
    until_drawn(finance).await
}

/// Waits until no document lacks its files.
async fn until_drawn(finance: &Visitor) -> anyhow::Result<()> {
    until_within(PATIENCE, async || {
        for slug in TENANTS {
            let papers = finance.get(&format!("/api/v1/organisations/{slug}/documents")).await?;
            let papers: Vec<_> = papers["items"].as_array().into_iter().flatten().collect();
            let are_drawn = papers.iter().all(|paper| !paper["drawn_at"].is_null());
            ensure!(are_drawn && !papers.is_empty(), "{slug} waits for documents: {papers:#?}");
        }
        Ok(())
    })
    .await
}
