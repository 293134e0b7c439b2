//! A database restored from a backup meets a cluster that has gone on: nothing is deleted, the operator is asked, and
//! the answer counts.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Portal, until_within};
use serde_json::{Value, json};

use crate::story::{PATIENCE, RIF, insist, launch_of, until_phase};

#[tokio::test]
async fn after_a_restore_nothing_in_the_cluster_is_deleted_before_the_operator_has_decided() -> anyhow::Result<()> {
    let mut world = Portal::start().await?;
    world.crash_portal().await?;
    let backup = world.database().copy().await?;
    world.start_portal().await?;
    let founder = world.visitor("developer of Rif Biomed").await?;
    let body = launch_of(&founder, "after-the-backup").await?;
    let launched = insist(&founder, &format!("{RIF}/instances"), "after-the-backup", &body).await?;
    let instance = launched["id"].as_str().context("no id")?.to_owned();
    until_phase(&founder, &instance, "running").await?;
    ensure!(world.pods(&instance).await?.len() == 1, "a running instance has not one pod");

    world.crash_portal().await?;
    world.database().restore(&backup).await?;
    world.start_portal().await?;
    let operator = world.visitor("operator of the hub").await?;
    let question = until_within(PATIENCE, async || {
        let questions = operator.get("/api/v1/staff/questions").await?;
        let open = |question: &&Value| question["question"] == "restored_database" && question["answer"].is_null();
        questions["items"].as_array().into_iter().flatten().find(open).cloned().context("the operator is not asked")
    })
    .await?;
    // Long enough for every worker to have had its chance.
    tokio::time::sleep(Duration::from_secs(5)).await;
    ensure!(world.pods(&instance).await?.len() == 1, "a pod that the backup does not know was deleted");

    let answer = format!("/api/v1/staff/questions/{}/answer", question["id"].as_str().context("no id")?);
    insist(&operator, &answer, "keep", &json!({"answer": "keep"})).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    ensure!(world.pods(&instance).await?.len() == 1, "a pod was deleted although the operator keeps it");
    Ok(())
}
