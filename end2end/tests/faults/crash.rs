//! `kill -9` of the portal right before and right after the commits of a story, and the calls that it makes at Stripe's: a
//! rehearsal tells which there are, by what they write, and then the story is told once for each mark. What it leaves must
//! be what it leaves undisturbed.

use std::{
    collections::BTreeMap,
    env,
    future::pending,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    io::Write,
};

use anyhow::{Context, ensure};
use end2end::{Mark, Moment, Portal, Writes, peers::Stripe};
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{
    cards::top_up_by_card,
    fingerprint::{Fingerprint, differences, fingerprint},
    refunded::refund_a_transfer,
    story::{
        book_transfer, check_books, check_instance, close_and_finalise, credit_in_two_parts, import_a_statement,
        launch_run_stop,
    },
};

/// Worlds at once: most of a crash's time is spent waiting for the killed leader's lease to run out.
const AT_ONCE: usize = 6;

/// At so many marks each story is killed, where it has as many, and at a tenth of them.
const AT_LEAST: usize = 6;

/// The choice of a run that is given no `TAMUDA_SEED`.
const SEED: u64 = 0x7E70_0A11;

/// What the portal writes again and again whether anything happens or not; what it only reads at Stripe's is like it.
const BEATS: [&str; 9] = [
    "leader",
    "cluster_observation",
    "seal",
    "outbox",
    "session_origin",
    "logout_notice",
    "touch_session()",
    "forget_tries()",
    "erase_due()",
];

/// So many of a beat stand for all that come after.
const N_BEATS: usize = 2;

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
    /// Finance's: book what arrived at the bank.
    Transfer,
    /// An owner's: top up by card.
    TopUp,
    /// Finance's: give a part of a transfer back.
    Refund,
}

impl Story {
    /// Does the portal take cards in it?
    fn takes_cards(self) -> bool {
        matches!(self, Self::TopUp)
    }

    /// Tells it to its end, from wherever an earlier telling was cut off.
    async fn tell(self, World { portal: world, stripe }: &World) -> anyhow::Result<()> {
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
            Self::Transfer => book_transfer(&world.visitor("finance of the hub").await?).await,
            Self::TopUp => {
                let stripe = stripe.as_ref().context("nobody takes cards")?;
                top_up_by_card(stripe, &world.visitor("owner of Rif Biomed").await?).await
            }
            Self::Refund => {
                let (owner, finance) = (world.visitor("owner of Rif Biomed"), world.visitor("finance of the hub"));
                refund_a_transfer(&owner.await?, &finance.await?).await
            }
        }
    }
}

/// What a story is told in.
struct World {
    portal: Portal,
    /// The double of it, where the portal takes cards.
    stripe: Option<Stripe>,
}

impl World {
    async fn of(story: Story) -> anyhow::Result<Self> {
        if !story.takes_cards() {
            return Ok(Self { portal: Portal::start_on_a_wire(&[]).await?, stripe: None });
        }
        let stripe = Stripe::start().await?;
        let portal = Portal::start_on_a_wire(&stripe.offered().each_ref().map(String::as_str)).await?;
        stripe.send_events_to(&portal.origin()).await?;
        Ok(Self { portal, stripe: Some(stripe) })
    }

    /// Counts what the portal writes and calls from here on, and stops at the mark, if one is given.
    async fn watch(&self, mark: Option<&Mark>) -> anyhow::Result<()> {
        self.portal.wire()?.watch(mark);
        match &self.stripe {
            Some(stripe) => stripe.watch(mark).await,
            None => Ok(()),
        }
    }

    /// Waits until the mark was reached.
    async fn stopped(&self) -> anyhow::Result<()> {
        let called = async {
            match &self.stripe {
                Some(stripe) => stripe.stopped().await,
                None => pending().await,
            }
        };
        tokio::select! {
            () = self.portal.wire()?.stopped() => Ok(()),
            outcome = called => outcome,
        }
    }

    async fn crash(&mut self) -> anyhow::Result<()> {
        self.portal.crash_portal().await?;
        let arguments = self.stripe.as_ref().map(Stripe::offered);
        let arguments: Vec<&str> = arguments.iter().flatten().map(String::as_str).collect();
        self.portal.start_portal_with(&arguments).await
    }

    /// What was written and called since the watch began.
    async fn seen(&self) -> anyhow::Result<Vec<Writes>> {
        let mut seen = self.portal.wire()?.seen();
        if let Some(stripe) = &self.stripe {
            seen.append(&mut stripe.watched().await?);
        }
        Ok(seen)
    }
}

/// What came of a telling.
struct Told {
    /// What each commit wrote.
    seen: Vec<Writes>,
    /// Whether its mark was met.
    crashed: bool,
    left: Fingerprint,
}

/// Tells the story in a world of its own, with a crash at the mark, if one is given.
async fn told(story: Story, mark: Option<&Mark>) -> anyhow::Result<Told> {
    let mut world = World::of(story).await?;
    world.watch(mark).await?;
    let crashed = tokio::select! {
        outcome = story.tell(&world) => outcome.map(|()| false)?,
        outcome = world.stopped() => outcome.map(|()| true)?,
    };
    if crashed {
        world.crash().await?;
        story.tell(&world).await?;
    }
    check_books(&world.portal).await?;
    Ok(Told { seen: world.seen().await?, crashed, left: fingerprint(&world.portal).await? })
}

/// Both sides of each commit and call.
fn marks(seen: &[Writes]) -> Vec<Mark> {
    let mut counts: BTreeMap<&Writes, usize> = BTreeMap::new();
    let mut marks = Vec::new();
    for writes in seen {
        let nth = counts.entry(writes).or_default();
        *nth += 1;
        let is_beat = writes.iter().all(|write| BEATS.contains(&write.as_str()) || write.starts_with("GET "));
        if !is_beat || *nth <= N_BEATS {
            let mark = |moment| Mark { writes: writes.clone(), nth: *nth, moment };
            marks.extend([Moment::Before, Moment::After].map(mark));
        }
    }
    marks
}

/// Is this the commit of what a person asked for? It writes the money or the document, and its key with them. Or does it ask
/// somebody else to make something or to move money?
fn is_core(mark: &Mark) -> bool {
    mark.writes.iter().any(|write| write == "idempotency" || write.starts_with("POST "))
}

/// Which marks to crash at: all in the deep version, else the core and so many of the others that the seed draws.
fn chosen(marks: Vec<Mark>, seed: u64, deep: bool) -> Vec<Mark> {
    if deep {
        return marks;
    }
    let n_wanted = marks.len().div_ceil(10).max(AT_LEAST);
    let (mut chosen, mut others): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(is_core);
    // Drawn by itself, a mark is drawn again by the same seed whatever else a rehearsal sees.
    let draw = BuildHasherDefault::<DefaultHasher>::default();
    others.sort_by_cached_key(|mark| draw.hash_one((seed, mark)));
    others.truncate(n_wanted.saturating_sub(chosen.len()));
    chosen.append(&mut others);
    chosen
}

fn seed() -> anyhow::Result<u64> {
    env::var("TAMUDA_SEED").map_or(Ok(SEED), |seed| seed.parse::<u64>().context("TAMUDA_SEED is no number"))
}

fn named(mark: &Mark) -> String {
    format!("{:?} number {} of those that write {:?}", mark.moment, mark.nth, mark.writes)
}

/// What is said of a run that passes too, past the harness, which keeps what such a test prints.
fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stderr(), "{line}")?;
    Ok(())
}

async fn crash_everywhere(story: Story) -> anyhow::Result<()> {
    let (seed, deep) = (seed()?, env::var_os("TAMUDA_DEEP").is_some());
    let undisturbed = told(story, None).await.context("undisturbed")?;
    let all = marks(&undisturbed.seen);
    ensure!(all.iter().any(is_core), "{story:?} writes nothing that anybody asked for");
    let (n_all, marks) = (all.len(), chosen(all, seed, deep));
    say(&format!("{story:?}: {} of {n_all} marks, TAMUDA_SEED={seed}", marks.len()))?;
    let crashes = stream::iter(&marks).map(async |mark| {
        let place = || format!("TAMUDA_SEED={seed}: a crash {}", named(mark));
        let told = told(story, Some(mark)).await.with_context(place)?;
        let differences = differences(&undisturbed.left, &told.left);
        ensure!(differences.is_empty(), "{}: {differences:#?}", place());
        anyhow::Ok((!told.crashed).then(|| mark.clone()))
    });
    let unmet: Vec<Option<Mark>> = crashes.buffer_unordered(AT_ONCE).try_collect().await?;
    let unmet: Vec<Mark> = unmet.into_iter().flatten().collect();
    if !unmet.is_empty() {
        let names: Vec<_> = unmet.iter().map(named).collect();
        say(&format!("{story:?}: {} of {} marks were not met: {names:#?}", unmet.len(), marks.len()))?;
    }
    // Workers write in their own time, and need not write again what they wrote in the rehearsal; the story does.
    let missed: Vec<_> = unmet.iter().filter(|mark| is_core(mark)).map(named).collect();
    ensure!(missed.is_empty(), "the story did not come to its own commits: {missed:#?}");
    Ok(())
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_launch_leaves_one_pod_one_lease_and_whole_seconds() -> anyhow::Result<()> {
    crash_everywhere(Story::Launch).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_close_leaves_one_invoice_and_no_gap_in_its_numbers() -> anyhow::Result<()> {
    crash_everywhere(Story::Close).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_credit_leaves_two_notes_that_are_the_invoice() -> anyhow::Result<()> {
    crash_everywhere(Story::Credit).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_transfer_has_booked_it_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Transfer).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_or_call_of_a_top_up_by_card_credits_it_once() -> anyhow::Result<()> {
    crash_everywhere(Story::TopUp).await
}

fn set(tables: &[&str]) -> Writes {
    tables.iter().map(|table| (*table).to_owned()).collect()
}

#[test]
fn each_commit_is_a_mark_by_itself_and_a_beat_is_two() {
    let (note, beat) = (set(&["credit_note", "idempotency"]), set(&["leader"]));
    let marks = marks(&[&note, &beat, &note, &beat, &beat].map(Clone::clone));
    let places = |writes: &Writes| -> Vec<(usize, Moment)> {
        marks.iter().filter(|mark| mark.writes == *writes).map(|mark| (mark.nth, mark.moment)).collect()
    };
    let both = [(1, Moment::Before), (1, Moment::After), (2, Moment::Before), (2, Moment::After)];
    assert_eq!((places(&note), places(&beat)), (both.to_vec(), both.to_vec()));
}

#[test]
fn a_seed_draws_a_tenth_and_the_core_with_it_and_the_deep_run_takes_all() {
    let mut seen: Vec<Writes> = (0..99).map(|n| set(&[format!("table_{n}").as_str()])).collect();
    seen.push(set(&["idempotency", "invoice"]));
    let all = marks(&seen);
    let drawn = |seed| chosen(all.clone(), seed, false);
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    assert_eq!((drawn(1).len(), drawn(1).iter().filter(|mark| is_core(mark)).count()), (20, 2));
    assert_eq!(chosen(marks(&seen[97..]), 1, false).len(), AT_LEAST);
    assert_eq!(chosen(all.clone(), 1, true), all);
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_an_import_credits_each_line_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Import).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_refund_gives_its_money_back_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Refund).await
}
