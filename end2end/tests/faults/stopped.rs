//! A portal that is asked to stop leaves nothing for the next one to wait for.

use end2end::Portal;

#[tokio::test]
async fn a_leader_that_is_asked_to_stop_gives_its_lead_up_before_it_ends() -> anyhow::Result<()> {
    let mut world = Portal::start().await?;
    let held = "SELECT count(*) AS n FROM leader WHERE until > now() + interval '1 second'";
    end2end::until_within(std::time::Duration::from_secs(20), async || {
        anyhow::ensure!(world.database().rows(held).await?[0]["n"] == 1, "nobody leads");
        Ok(())
    })
    .await?;
    world.stop_portal().await?;
    anyhow::ensure!(world.database().rows(held).await?[0]["n"] == 0, "the lead is held by a portal that has ended");
    Ok(())
}
