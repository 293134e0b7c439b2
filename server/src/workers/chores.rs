//! What the leader does beside the cluster: following rates, settling, stopping at zero and warning of it, freezing
//! volumes, minding budgets, reminding of debts, sealing, tidying letters, ending organisations that were closed,
//! erasing accounts that were, forgetting how sessions came and who tried in vain. Each tick has one `now`, and what
//! fails is done at the next.

use std::time::{Duration, Instant};

use domain::{
    Clock, Database,
    access::{self, Job},
    audit, dunning, instances, mail, organisations, settlement, volumes, warnings,
};
use futures_util::future::join_all;
use types::OrganisationId;

const FOLLOW_RATES: Job = Job::of("follow-rates");
const SETTLE: Job = Job::of("settle");
const STOP_AT_ZERO: Job = Job::of("stop-at-zero");
const KEEP_VOLUMES: Job = Job::of("keep-volumes");
const WARN: Job = Job::of("warn-of-money");
const MIND_BUDGETS: Job = Job::of("mind-budgets");
const REMIND: Job = Job::of("remind-of-debts");
const SEAL: Job = Job::of("seal");
const TIDY_MAIL: Job = Job::of("tidy-mail");
const END_ORGANISATIONS: Job = Job::of("end-organisations");
const ERASE: Job = Job::of("erase");
const FORGET_ORIGINS: Job = Job::of("forget-origins");
const FORGET_TRIES: Job = Job::of("forget-tries");
const TICK: Duration = Duration::from_secs(1);
/// A round that takes long is followed by a pause of so many times its length, up to the longest: who runs ten thousand
/// instances has more to calculate after each change than a second is for.
const REST: u32 = 3;
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Ticks between two looks at frozen volumes: each look tries to bring all of them back, mostly in vain.
const TICKS_FROZEN: u32 = 10;
/// So many organisations are settled at once: at a day's end all that used anything are due.
const AT_ONCE: usize = 4;

/// Does all of it each second, where it takes no longer than a part of one, until it is dropped.
pub(super) async fn tend(db: Database, clock: Clock) {
    let mut ticks = 0;
    loop {
        let start = Instant::now();
        log("follow rates", follow_rates(&db, &clock).await);
        log("settle", settle(&db, &clock).await);
        log("stop at zero", stop_at_zero(&db, &clock).await);
        log("release volumes", volumes::release_due(&db, KEEP_VOLUMES, clock.now()).await.map(drop));
        log("freeze volumes", freeze_volumes(&db, &clock).await);
        if ticks == 0 {
            log("tend frozen volumes", tend_frozen(&db, &clock).await);
        }
        log("warn of money", warn_of_money(&db, &clock).await);
        log("mind budgets", mind_budgets(&db, &clock).await);
        log("remind of debts", remind_of_debts(&db, &clock).await);
        log("seal", seal(&db, &clock).await);
        log("end organisations", end_organisations(&db, &clock).await);
        log("erase accounts", access::erase_due(&db, ERASE, clock.now()).await.map(drop));
        log("tidy mail", mail::tidy(&db, TIDY_MAIL, clock.now()).await);
        log("forget origins", access::forget_origins(&db, FORGET_ORIGINS, clock.now()).await);
        log("forget tries", access::forget_tries(&db, FORGET_TRIES, clock.now()).await);
        ticks = (ticks + 1) % TICKS_FROZEN;
        tokio::time::sleep(TICK.max(LONGEST_PAUSE.min(start.elapsed() * REST))).await;
    }
}

/// First, since all that follows goes by the timers.
async fn follow_rates(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let changed = settlement::organisations_with_new_rates(&db.work(FOLLOW_RATES, now).await?).await?;
    for organisation in changed {
        one(organisation, settlement::follow_rates(db, FOLLOW_RATES, organisation, now).await);
    }
    Ok(())
}

async fn settle(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let due = settlement::due(&db.work(SETTLE, now).await?, now).await?;
    for several in due.chunks(AT_ONCE) {
        let settling = several.iter().map(|organisation| settlement::settle(db, SETTLE, *organisation, now));
        for (organisation, outcome) in several.iter().zip(join_all(settling).await) {
            one(*organisation, outcome.map(drop));
        }
    }
    Ok(())
}

/// Zero is calculated, so compute is stopped in the round after the second that was predicted, not at the next settlement.
async fn stop_at_zero(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let empty = settlement::organisations_at_zero(&db.work(STOP_AT_ZERO, now).await?, now).await?;
    for organisation in empty {
        one(organisation, instances::stop_for_credit(db, STOP_AT_ZERO, organisation, now).await.map(drop));
    }
    Ok(())
}

/// After the stop: what ends with compute is over, and what volumes have left is certain.
async fn freeze_volumes(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let empty = volumes::organisations_to_freeze(&db.work(KEEP_VOLUMES, now).await?, now).await?;
    for organisation in empty {
        one(organisation, volumes::freeze_for_credit(db, KEEP_VOLUMES, organisation, now).await.map(drop));
    }
    Ok(())
}

/// Brings back what is paid for again, tells of the rest what is due, and ends what was told of three times.
async fn tend_frozen(db: &Database, clock: &Clock) -> domain::Result<()> {
    let (now, mut last) = (clock.now(), None);
    loop {
        let frozen = volumes::organisations_with_frozen(&db.work(KEEP_VOLUMES, now).await?, last).await?;
        for organisation in &frozen {
            one(*organisation, volumes::tend_frozen(db, KEEP_VOLUMES, *organisation, now).await.map(drop));
        }
        last = frozen.last().copied();
        if last.is_none() {
            return Ok(());
        }
    }
}

/// After the stop, so that nobody is warned of a zero that has passed.
async fn warn_of_money(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let near = warnings::organisations_to_warn(&db.work(WARN, now).await?, now).await?;
    for organisation in near {
        one(organisation, warnings::warn(db, WARN, organisation, now).await.map(drop));
    }
    Ok(())
}

/// As at zero, for what a project, a member or a token may spend.
async fn mind_budgets(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let reached = settlement::organisations_at_budgets(&db.work(MIND_BUDGETS, now).await?, now).await?;
    for organisation in reached {
        one(organisation, instances::mind_budgets(db, MIND_BUDGETS, organisation, now).await.map(drop));
    }
    Ok(())
}

/// Each step of the ladder on its day; what is overdue is read again in the step's own transaction.
async fn remind_of_debts(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let due = dunning::organisations_to_remind(&db.work(REMIND, now).await?, now).await?;
    for organisation in due {
        one(organisation, dunning::remind(db, REMIND, organisation, now).await.map(drop));
    }
    Ok(())
}

async fn end_organisations(db: &Database, clock: &Clock) -> domain::Result<()> {
    let now = clock.now();
    let due = organisations::due_to_end(&db.work(END_ORGANISATIONS, now).await?, now).await?;
    for organisation in due {
        one(organisation, organisations::end_organisation(db, END_ORGANISATIONS, organisation, now).await.map(drop));
    }
    Ok(())
}

async fn seal(db: &Database, clock: &Clock) -> domain::Result<()> {
    audit::seal(db, SEAL, clock.now()).await.map(drop)
}

/// One organisation's trouble does not keep the others waiting.
fn one(organisation: OrganisationId, outcome: domain::Result<()>) {
    if let Err(error) = outcome {
        tracing::warn!(%organisation, error = &error as &dyn std::error::Error, "an organisation's chore waits");
    }
}

fn log(chore: &'static str, outcome: domain::Result<()>) {
    if let Err(error) = outcome {
        tracing::warn!(chore, error = &error as &dyn std::error::Error, "a chore waits for the next tick");
    }
}
