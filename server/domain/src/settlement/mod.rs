//! Settlement: what one organisation owes for the seconds of one stretch of time, booked in one transaction.
//!
//! Facts come first and commit alone. A settlement over `[W_prev, W)` rates every billable second below W that has no
//! rated item yet, lets lots and then the wallet pay in the order of usage, posts one entry with its rated items,
//! moves the watermark, books lots whose time is over, sets the holds of leases that go on and closes the others.
//! It runs when W has passed a boundary (`timer`); between boundaries only holds that run short are renewed.

mod book;
mod facts;
mod pieces;
mod predict;
mod reach;
mod tariff;
mod timer;

use std::collections::{BTreeMap, BTreeSet};

use types::{LeaseId, OrganisationId, Timestamp};

pub(crate) use self::reach::budgets_reached_in;
pub(crate) use self::timer::{lasts_with_in, note_rates_in, outlook_in, predicted, renew_in_time_in};
use self::{
    facts::rated_before_in,
    pieces::{Counted, Piece, rate, unpriced},
    timer::{Outlook, Timetable, outlook_of_in},
};
pub use self::{
    reach::organisations_at_budgets,
    timer::{due, follow_rates, organisations_at_zero, organisations_with_new_rates, recalculate_timer_in},
};
use crate::{
    Database, Result, Tx,
    access::Job,
    billing::Calendar,
    budgets::{self, Charge},
    ledger::{self, Demand, OpenHold, Purse, Slice},
    metering::{RunningLease, UnratedStretch, mark_settled_in, watermark_in},
};

/// Settles an organisation through its watermark where a boundary was passed, else renews holds that run short.
///
/// True when something was settled.
///
/// # Errors
/// Only the database's own.
pub async fn settle(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<bool> {
    let tx = db.work_in(job, organisation, now).await?;
    let settled = settle_in(&tx).await?;
    recalculate_timer_in(&tx).await?;
    tx.commit().await?;
    Ok(settled)
}

async fn settle_in(tx: &Tx) -> Result<bool> {
    let purse = ledger::lock_in(tx).await?;
    // Before usage is read: what the watermark promises to be known is seen then.
    let through = watermark_in(tx, tx.organisation).await?;
    let outlook = outlook_of_in(tx, purse).await?;
    let timetable = Timetable::read(tx, &outlook).await?;
    let settles = through > outlook.settled_through && outlook.is_due(&timetable, through)?;
    let runs_short = outlook.first_renewal(&timetable).is_some_and(|at| at <= tx.now);
    if !settles && !runs_short {
        return Ok(false);
    }
    let Timetable { holds, calendar } = timetable;
    // Under the purse's lock nobody opens one.
    let has_holds = !holds.is_empty();
    if has_holds {
        ledger::free_holds_in(tx).await?;
    }
    let mut books = Books::of(tx, &outlook, holds).await?;
    if settles {
        charge_in(tx, &outlook, &calendar, &mut books, through).await?;
        if has_holds {
            ledger::close_holds_in(tx, through).await?;
        }
        books.holds.retain(|hold| hold.lease_ended_at.is_none_or(|end| end > through));
    }
    set_holds_in(tx, &outlook, books).await?;
    Ok(settles)
}

/// Sets all holds of the transaction's organisation again, after lots or balance changed; its rows must be locked.
pub(crate) async fn reset_holds_in(tx: &Tx) -> Result<()> {
    ledger::free_holds_in(tx).await?;
    let outlook = outlook_in(tx).await?;
    let books = Books::of(tx, &outlook, ledger::open_holds_in(tx).await?).await?;
    set_holds_in(tx, &outlook, books).await
}

/// What a settlement changes of an outlook, as far as it has come.
struct Books {
    purse: Purse,
    holds: Vec<OpenHold>,
    unrated: Vec<UnratedStretch>,
    counted: Counted,
}

impl Books {
    /// As they were read; nothing of the purse is held.
    async fn of(tx: &Tx, outlook: &Outlook, holds: Vec<OpenHold>) -> Result<Self> {
        let mut leases: Vec<_> = outlook.unrated.iter().map(|stretch| stretch.lease.uuid()).collect();
        leases.sort();
        leases.dedup();
        let counted = Counted::from_rows(&rated_before_in(tx, leases).await?);
        Ok(Self { purse: outlook.purse.clone(), holds, unrated: outlook.unrated.clone(), counted })
    }

    /// What is to be rated before `through`.
    fn before(&self, through: Timestamp) -> Vec<UnratedStretch> {
        let before = self.unrated.iter().filter(|stretch| stretch.started_at < through);
        before.map(|stretch| UnratedStretch { ended_at: stretch.ended_at.min(through), ..stretch.clone() }).collect()
    }

    /// Takes what these pieces rate out of what is to be rated.
    fn remove(&mut self, pieces: &[Piece]) {
        let rated = |stretch: &UnratedStretch| {
            let within = |piece: &&Piece| {
                piece.interval == stretch.interval && stretch.started_at <= piece.from && piece.to <= stretch.ended_at
            };
            stretch.without(pieces.iter().filter(within).map(|piece| (piece.from, piece.to)))
        };
        self.unrated = self.unrated.iter().flat_map(rated).collect();
    }
}

async fn charge_in(
    tx: &Tx,
    outlook: &Outlook,
    calendar: &Calendar,
    books: &mut Books,
    through: Timestamp,
) -> Result<()> {
    let mut cuts = ledger::boundaries(&books.purse.lots);
    let stretches = books.before(through);
    // What is learnt late may lie in periods that have ended, some of them with drafts that wait.
    let first = stretches.iter().map(|stretch| stretch.started_at).min().unwrap_or(through);
    cuts.extend(calendar.period_ends(first, through)?);
    let pieces = rate(&stretches, &outlook.tariff, &cuts, &mut books.counted)?;
    book::book_settlement_in(tx, calendar, &mut books.purse, &pieces, (outlook.settled_through, through)).await?;
    let charge = |piece: &Piece| Charge { lease: piece.lease, from: piece.from, gross: piece.slice.gross };
    budgets::charge_in(tx, calendar, &pieces.iter().map(charge).collect::<Vec<_>>()).await?;
    book::book_expiries_in(tx, &mut books.purse, through).await?;
    books.purse.lots.retain(|lot| lot.left > 0);
    books.remove(&pieces);
    mark_settled_in(tx, through, &unpriced(&stretches, &outlook.tariff)).await
}

/// Each open hold to the gross of `[W, now)` of its lease and, while the lease goes on, the time ahead.
async fn set_holds_in(tx: &Tx, outlook: &Outlook, books: Books) -> Result<()> {
    let Books { mut purse, mut holds, unrated, mut counted } = books;
    // Lifeboats first: when money is short, what runs has what they leave.
    let volumes = outlook.leases.iter().filter(|lease| lease.is_volume).map(|lease| lease.lease);
    let volumes: BTreeSet<LeaseId> = volumes.collect();
    holds.sort_by_key(|hold| !volumes.contains(&hold.lease_id));
    let cuts = ledger::boundaries(&purse.lots);
    let mut dues: BTreeMap<LeaseId, Vec<Slice>> = BTreeMap::new();
    for Piece { lease, slice, .. } in rate(&unrated, &outlook.tariff, &cuts, &mut counted)? {
        dues.entry(lease).or_default().push(slice);
    }
    let mut demands = Vec::new();
    for hold in holds {
        let lease = outlook.leases.iter().find(|lease| lease.lease == hold.lease_id);
        let ahead = lease.map(|lease| ahead(outlook, &purse, lease)).transpose()?.unwrap_or_default();
        let seconds = lease.map_or(ledger::COVER_S, |lease| outlook.cover_s(lease));
        let due = dues.remove(&hold.lease_id).unwrap_or_default();
        demands.push(Demand { hold: hold.id, seconds, due, ahead });
    }
    ledger::set_holds_in(tx, &mut purse, &demands).await
}

/// The time ahead of a lease at the price that holds now.
fn ahead(outlook: &Outlook, purse: &Purse, lease: &RunningLease) -> Result<Vec<Slice>> {
    let Some(terms) = outlook.terms_of(lease) else { return Ok(Vec::new()) };
    ledger::ahead(purse, &terms, outlook.now)
}

/// Calculates an organisation's timer again, for whoever changed facts without money's own use cases.
///
/// # Errors
/// Only the database's own.
pub async fn recalculate_timer(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, organisation, now).await?;
    recalculate_timer_in(&tx).await?;
    tx.commit().await
}
