//! `kill -9` of the portal right before and right after the commits of a story, and the calls that it makes at Stripe's: a
//! rehearsal tells which there are, by what they write, and then the story is told once for each mark. What it leaves must
//! be what it leaves undisturbed.

use std::{
    collections::BTreeMap,
    env,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    io::Write,
};

use anyhow::{Context, ensure};
use end2end::{Mark, Moment, Visitor, Writes};
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{
    automatic::keep_top_up_and_refund,
    cards::top_up_by_card,
    debts::{make_debt, settle_an_invoice},
    fingerprint::{Fingerprint, differences, files, fingerprint},
    month::{finalise_all, make_drafts},
    refunded::refund_a_transfer,
    signed::{make_two, refund_by_two, second},
    story::{
        book_transfer, check_books, check_instance, close_and_finalise, credit_in_two_parts, import_a_statement,
        launch_run_stop,
    },
    world::World,
};

/// Worlds at once: most of a crash's time is spent waiting for the killed leader's lease to run out.
const AT_ONCE: usize = 3;

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
    /// An owner's and finance's: keep a card, let the wallet top itself up with it, give a part of that back.
    Automatic,
    /// Finance's: finalise all drafts of a month, of which files are drawn.
    Month,
    /// An owner's and finance's: a line contested and credited, a part withheld, a part written off.
    Debts,
    /// Finance's, who are two: a refund above the limit is asked for, signed by the second person and done.
    Signed,
}

impl Story {
    /// Does the portal take cards in it?
    fn takes_cards(self) -> bool {
        matches!(self, Self::TopUp | Self::Automatic)
    }

    /// Does it wait until its documents are drawn?
    fn draws(self) -> bool {
        matches!(self, Self::Month)
    }

    /// What the story is about that comes with no key, by tables that such a commit writes all of: what a worker does because
    /// somebody asked for it, the money that it books or asks for, the document that it makes or draws; what a second person
    /// signs.
    fn without_a_key(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::TopUp => &[&["journal_entry", "payment"]],
            Self::Automatic => &[&["auto_top_up_try"], &["journal_entry", "payment"]],
            Self::Month => &[&["finalise_item"], &["document_artifact"]],
            Self::Signed => &[&["sign_off"]],
            _ => &[],
        }
    }

    /// Makes what it begins with; nobody is killed meanwhile.
    async fn prepare(self, world: &World) -> anyhow::Result<()> {
        match self {
            Self::Month => make_drafts(&world.portal.visitor("finance of the hub").await?).await,
            Self::Debts => make_debt(&world.portal, &world.portal.visitor("finance of the hub").await?).await,
            Self::Signed => {
                let (owner, finance) =
                    (world.portal.visitor("owner of Rif Biomed"), world.portal.visitor("finance of the hub"));
                make_two(&world.portal, &owner.await?, &finance.await?).await
            }
            _ => Ok(()),
        }
    }

    /// Tells it to its end, from wherever an earlier telling was cut off.
    async fn tell(self, all: &World) -> anyhow::Result<()> {
        let world = &all.portal;
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
            Self::TopUp => top_up_by_card(all.stripe()?, &world.visitor("owner of Rif Biomed").await?).await,
            Self::Refund => {
                let (owner, finance) = (world.visitor("owner of Rif Biomed"), world.visitor("finance of the hub"));
                refund_a_transfer(&owner.await?, &finance.await?).await
            }
            Self::Automatic => {
                let (owner, finance) = (world.visitor("owner of Rif Biomed"), world.visitor("finance of the hub"));
                keep_top_up_and_refund(all.stripe()?, &owner.await?, &finance.await?).await
            }
            Self::Month => finalise_all(&world.visitor("finance of the hub").await?).await,
            Self::Debts => {
                let (owner, finance) = (world.visitor("owner of Rif Biomed"), world.visitor("finance of the hub"));
                settle_an_invoice(&owner.await?, &finance.await?).await
            }
            Self::Signed => {
                let second = Visitor::sign_in(&world.origin(), &second()).await?;
                refund_by_two(&world.visitor("finance of the hub").await?, &second).await
            }
        }
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
    let mut world = World::start(story.takes_cards()).await?;
    if !matches!(story, Story::Month) {
        world.draw_nothing_earlier().await?;
    }
    story.prepare(&world).await.context("preparing")?;
    world.watch(mark).await?;
    let mut crashed = tokio::select! {
        outcome = story.tell(&world) => outcome.map(|()| false)?,
        outcome = world.stopped() => outcome.map(|()| true)?,
    };
    // A worker that came to the mark once the story was over would stand still for good.
    crashed |= mark.is_some() && !world.portal.wire()?.let_pass();
    if crashed {
        world.crash().await?;
        story.tell(&world).await.with_context(|| world.portal.last_words())?;
    }
    check_books(&world.portal).await.with_context(|| world.portal.last_words())?;
    let mut left = fingerprint(&world.portal).await?;
    if story.draws() {
        left.append(&mut files(&world.portal).await?);
    }
    Ok(Told { seen: world.seen().await?, crashed, left })
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
/// somebody else to make something or to move money? Or is it what the story is about, and comes with no key?
fn is_core(story: Story, mark: &Mark) -> bool {
    let writes_all = |tables: &&[&str]| tables.iter().all(|table| mark.writes.contains(*table));
    mark.writes.iter().any(|write| write == "idempotency" || write.starts_with("POST "))
        || story.without_a_key().iter().any(writes_all)
}

/// Which marks to crash at: all in the deep version, else the core and so many of the others that the seed draws.
fn chosen(story: Story, marks: Vec<Mark>, seed: u64, deep: bool) -> Vec<Mark> {
    if deep {
        return marks;
    }
    let n_wanted = marks.len().div_ceil(10).max(AT_LEAST);
    let (mut chosen, mut others): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(|mark| is_core(story, mark));
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
    ensure!(all.iter().any(|mark| is_core(story, mark)), "{story:?} writes nothing that anybody asked for");
    let (n_all, marks) = (all.len(), chosen(story, all, seed, deep));
    say(&format!("{story:?}: {} of {n_all} marks, TAMUDA_SEED={seed}", marks.len()))?;
    let crashes = stream::iter(&marks).map(async |mark| {
        let place = || format!("TAMUDA_SEED={seed}: a crash {}", named(mark));
        let told = told(story, Some(mark)).await.with_context(place)?;
        let mut differences = differences(&undisturbed.left, &told.left);
        if matches!(story, Story::Debts) {
            // It also says how much of the note lowers a debt, which goes by what runs meanwhile.
            differences.retain(|line| !line.starts_with("wording of credit note"));
        }
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
    let missed = unmet.iter().filter(|mark| is_core(story, mark));
    let missed: Vec<_> = missed.map(named).collect();
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
    let drawn = |seed| chosen(Story::Credit, all.clone(), seed, false);
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    assert_eq!((drawn(1).len(), drawn(1).iter().filter(|mark| is_core(Story::Credit, mark)).count()), (20, 2));
    assert_eq!(chosen(Story::Credit, marks(&seen[97..]), 1, false).len(), AT_LEAST);
    assert_eq!(chosen(Story::Credit, all.clone(), 1, true), all);
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_an_import_credits_each_line_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Import).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_refund_gives_its_money_back_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Refund).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_or_call_of_what_comes_and_goes_back_by_card_moves_each_once() -> anyhow::Result<()>
{
    crash_everywhere(Story::Automatic).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_month_finalises_each_draft_once_and_draws_the_same_bytes()
-> anyhow::Result<()> {
    crash_everywhere(Story::Month).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_about_a_debt_credits_withholds_and_writes_off_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Debts).await
}

#[tokio::test]
async fn a_portal_killed_at_any_write_of_a_refund_that_two_sign_gives_it_back_once() -> anyhow::Result<()> {
    crash_everywhere(Story::Signed).await
}

#[test]
fn what_a_worker_books_is_core_where_the_story_is_about_it_and_a_settlement_is_not() {
    let mark = |tables: &[&str]| Mark { writes: set(tables), nth: 1, moment: Moment::Before };
    let credit = mark(&["account", "journal_entry", "payment", "posting"]);
    let settled = mark(&["account", "journal_entry", "posting", "settlement"]);
    assert!(is_core(Story::Automatic, &credit) && is_core(Story::Automatic, &mark(&["auto_top_up_try"])));
    assert!(is_core(Story::Month, &mark(&["document_artifact", "paper"])));
    assert!(!is_core(Story::Launch, &credit) && !is_core(Story::Automatic, &settled));
}
