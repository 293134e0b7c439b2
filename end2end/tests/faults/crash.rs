//! `kill -9` of the portal right before and right after each commit of a story: a rehearsal tells which commits there
//! are, by the tables that they write, and then the story is told once for each side of each of them.

use std::env;

use anyhow::{Context, ensure};
use end2end::{Moment, Portal, Writes};
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::story::{
    check_books, check_instance, close_and_finalise, credit_in_two_parts, import_a_statement, launch_run_stop,
};

/// Worlds at once: most of a crash's time is spent waiting for the killed leader's lease to run out.
const AT_ONCE: usize = 6;

#[derive(Clone, Copy, Debug)]
enum Story {
    /// A founder's: launch, run, stop.
    Launch,
    /// Finance's: close last month, finalise its invoice.
    Close,
    /// Finance's: take an invoice back in two parts.
    Credit,
    /// Finance's: import a statement of the bank.
    Import,
}

impl Story {
    /// Tells it to its end, from wherever an earlier telling was cut off.
    async fn tell(self, world: &Portal) -> anyhow::Result<()> {
        match self {
            Self::Launch => {
                let founder = world.visitor("developer of Rif Biomed").await?;
                check_instance(world, &launch_run_stop(&founder, "crashing").await?).await
            }
            Self::Close => close_and_finalise(&world.visitor("finance of the hub").await?).await,
            Self::Credit => credit_in_two_parts(&world.visitor("finance of the hub").await?).await,
            Self::Import => {
                let (owner, finance) = (world.visitor("owner of Rif Biomed"), world.visitor("finance of the hub"));
                import_a_statement(&owner.await?, &finance.await?).await
            }
        }
    }
}

/// Tells the story in a world of its own, with a crash at the mark, if one is given: what its transactions wrote, and
/// whether it crashed.
async fn told(story: Story, mark: Option<(&Writes, Moment)>) -> anyhow::Result<(Vec<Writes>, bool)> {
    let mut world = Portal::start_on_a_wire().await?;
    world.wire()?.forget();
    if let Some((writes, moment)) = mark {
        world.wire()?.stop_at(writes, moment);
    }
    let crashed = tokio::select! {
        outcome = story.tell(&world) => outcome.map(|()| false)?,
        () = world.wire()?.stopped() => true,
    };
    if crashed {
        world.crash_portal().await?;
        world.start_portal().await?;
        story.tell(&world).await?;
    }
    check_books(&world).await?;
    Ok((world.wire()?.seen(), crashed))
}

/// Which of the rehearsal's commits to crash at: those of the story itself, in the deep version all of them.
fn marks(seen: Vec<Writes>, core: &[&str]) -> Vec<(Writes, Moment)> {
    let deep = env::var_os("TAMUDA_DEEP").is_some();
    let chosen = seen.into_iter().filter(|writes| deep || core.iter().any(|table| writes.contains(*table)));
    chosen.flat_map(|writes| [(writes.clone(), Moment::Before), (writes, Moment::After)]).collect()
}

async fn crash_everywhere(story: Story, core: &[&str]) -> anyhow::Result<()> {
    let marks = marks(told(story, None).await?.0, core);
    ensure!(!marks.is_empty(), "{story:?} writes nothing");
    let crashes = stream::iter(&marks).map(async |(writes, moment)| {
        let told = told(story, Some((writes, *moment))).await;
        told.map(|(_, crashed)| crashed)
            .with_context(|| format!("a crash {moment:?} the commit that writes {writes:?}"))
    });
    let crashed: Vec<bool> = crashes.buffer_unordered(AT_ONCE).try_collect().await?;
    // Some commits are the workers' own and need not come again; those of the story do.
    let n_crashed = crashed.iter().filter(|crashed| **crashed).count();
    ensure!(n_crashed * 10 >= marks.len() * 8, "only {n_crashed} of {} marks were met", marks.len());
    Ok(())
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_launch_leaves_one_pod_one_lease_and_whole_seconds() -> anyhow::Result<()> {
    crash_everywhere(Story::Launch, &["instance", "lease_fact"]).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_close_leaves_one_invoice_and_no_gap_in_its_numbers() -> anyhow::Result<()> {
    crash_everywhere(Story::Close, &["billing_period", "invoice"]).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_credit_leaves_two_notes_that_are_the_invoice() -> anyhow::Result<()> {
    crash_everywhere(Story::Credit, &["credit_note"]).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_an_import_credits_each_line_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Import, &["bank_statement", "bank_line", "transfer_receipt"]).await
}
