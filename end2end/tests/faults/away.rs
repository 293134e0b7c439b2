//! The database or the cluster goes away and comes back while the portal goes on.

use std::{env, time::Duration};

use anyhow::{Context, ensure};
use end2end::{Mark, Moment, Portal, until_within};
use serde_json::json;

use crate::{
    replicas::epoch,
    story::{BILLED, PATIENCE, RIF, check_books, check_instance, insist, launch_of, launch_run_stop, until_phase},
    world::change,
};

#[tokio::test]
async fn a_database_that_is_stopped_and_started_is_a_503_meanwhile_and_heals_by_itself() -> anyhow::Result<()> {
    let world = Portal::start().await?;
    let founder = world.visitor("developer of Rif Biomed").await?;
    world.database().allow_connections(false).await?;
    for path in [format!("{RIF}/instances"), "/".to_owned(), "/o/rif-biomed".to_owned(), "/readyz".to_owned()] {
        let (status, again) = founder.status(&path).await?;
        ensure!(status == 503, "{path} answers {status} without a database");
        ensure!(path == "/readyz" || again.is_some(), "{path} does not say when to try again");
    }
    ensure!(founder.status("/livez").await?.0 == 200, "a portal without its database seems dead");
    world.database().allow_connections(true).await?;
    let instance = launch_run_stop(&founder, "after-the-database").await?;
    check_instance(&world, &instance).await?;
    check_books(&world).await
}

#[tokio::test]
async fn a_leader_whose_renewal_is_never_answered_leads_again_once_its_lease_is_over() -> anyhow::Result<()> {
    let world = Portal::start_on_a_wire(&[]).await?;
    let founder = world.visitor("developer of Rif Biomed").await?;
    let body = launch_of(&founder, "before").await?;
    let before = insist(&founder, &format!("{RIF}/instances"), "before", &body).await?;
    let before = before["id"].as_str().context("no id")?.to_owned();
    until_phase(&founder, &before, "running").await?;
    let led = epoch(&world).await?;
    let renewal = Mark { writes: ["leader".to_owned()].into(), nth: 1, moment: Moment::After };
    world.wire()?.watch(Some(&renewal));
    world.wire()?.stopped().await;
    until_within(PATIENCE, async || {
        ensure!(epoch(&world).await? > led, "nobody asked for the lead again");
        Ok(())
    })
    .await
    .with_context(|| world.last_words())?;
    let after = launch_run_stop(&founder, "after").await?;
    insist(&founder, &format!("{RIF}/instances/{before}/stop"), "stop", &json!({})).await?;
    until_phase(&founder, &before, "stopped").await?;
    for instance in [&before, &after] {
        check_instance(&world, instance).await?;
    }
    check_books(&world).await
}

#[tokio::test]
async fn while_the_cluster_is_away_launches_wait_and_say_so_and_what_ran_on_is_billed_by_evidence() -> anyhow::Result<()>
{
    let mut world = Portal::start().await?;
    let founder = world.visitor("developer of Rif Biomed").await?;
    let body = launch_of(&founder, "runs-on").await?;
    let running = insist(&founder, &format!("{RIF}/instances"), "runs-on", &body).await?;
    let running = running["id"].as_str().context("no id")?.to_owned();
    until_phase(&founder, &running, "running").await?;

    world.crash_simulator().await?;
    let body = launch_of(&founder, "waits").await?;
    let waiting = insist(&founder, &format!("{RIF}/instances"), "waits", &body).await?;
    let waiting = waiting["id"].as_str().context("no id")?.to_owned();
    until_within(PATIENCE, async || {
        let view = founder.get(&format!("{RIF}/instances/{waiting}")).await?;
        ensure!(view["reason"] == "cluster_unreachable", "it waits for {}", view["reason"]);
        Ok(())
    })
    .await?;
    tokio::time::sleep(away()).await;
    world.start_simulator().await?;
    until_phase(&founder, &waiting, "running").await?;
    until_phase(&founder, &running, "running").await?;
    tokio::time::sleep(BILLED).await;

    for instance in [&running, &waiting] {
        insist(&founder, &format!("{RIF}/instances/{instance}/stop"), instance, &json!({})).await?;
        until_phase(&founder, instance, "stopped").await?;
    }
    check_instance(&world, &running).await?;
    check_instance(&world, &waiting).await?;
    ensure!(billable_s(&world, &running).await? >= away().as_secs_f64(), "seconds that the pod proves are not billed");
    check_books(&world).await
}

/// A fault of ours, in place of any rule that a report breaks: no fact of that instance can be stored.
const REFUSE: &str = "
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM lease l JOIN instance i ON i.id = l.subject_id
                   WHERE l.id = NEW.lease_id AND i.name = 'refused')
        THEN RAISE EXCEPTION 'a fault'; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER fault BEFORE INSERT ON lease_fact FOR EACH ROW EXECUTE FUNCTION refuse()";

#[tokio::test]
async fn a_report_that_cannot_be_recorded_keeps_nothing_else_waiting_and_is_recorded_once_it_can_be()
-> anyhow::Result<()> {
    let world = Portal::start().await?;
    let founder = world.visitor("developer of Rif Biomed").await?;
    change(&world, REFUSE).await?;
    let body = launch_of(&founder, "refused").await?;
    let refused = insist(&founder, &format!("{RIF}/instances"), "refused", &body).await?;
    let refused = refused["id"].as_str().context("no id")?.to_owned();
    let beside = launch_run_stop(&founder, "beside").await?;
    let view = founder.get(&format!("{RIF}/instances/{refused}")).await?;
    ensure!(view["phase"] != "running", "what cannot be recorded is shown");
    ensure!(world.pods(&refused).await?.len() == 1, "its pod is not in the cluster");
    let known = until_within(PATIENCE, async || known_through(&world).await).await?;
    tokio::time::sleep(FRESH_WORDS).await;
    ensure!(known_through(&world).await? == known, "something counts as known after what cannot be recorded");
    change(&world, "DROP TRIGGER fault ON lease_fact").await?;
    until_phase(&founder, &refused, "running").await?;
    tokio::time::sleep(BILLED).await;
    insist(&founder, &format!("{RIF}/instances/{refused}/stop"), "stop", &json!({})).await?;
    until_phase(&founder, &refused, "stopped").await?;
    for instance in [&refused, &beside] {
        check_instance(&world, instance).await?;
    }
    check_books(&world).await
}

/// Time in which the watch says more than once how fresh it is.
const FRESH_WORDS: Duration = Duration::from_secs(12);

/// Until when all is known, while something that was seen is refused.
async fn known_through(world: &Portal) -> anyhow::Result<String> {
    let query = "SELECT observed_through::text AS through, trouble FROM cluster_observation";
    let row = &world.database().rows(query).await?[0];
    ensure!(row["trouble"] == "report_refused", "the trouble is {}", row["trouble"]);
    Ok(row["through"].as_str().context("no time")?.to_owned())
}

/// How long the cluster is away: ten minutes in the deep version.
fn away() -> Duration {
    Duration::from_secs(if env::var_os("TAMUDA_DEEP").is_some() { 600 } else { 15 })
}

async fn billable_s(world: &Portal, instance: &str) -> anyhow::Result<f64> {
    let id: types::InstanceId = instance.parse()?;
    let query = format!(
        "SELECT coalesce(sum(extract(epoch FROM u.ended_at - u.started_at)), 0)::float8 AS billable
         FROM usage_interval u JOIN lease l ON l.id = u.lease_id WHERE u.billable AND l.subject_id = '{}'",
        id.uuid()
    );
    world.database().rows(&query).await?[0]["billable"].as_f64().context("no number")
}
