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
mod tariff;
mod timer;

use std::collections::BTreeMap;

use types::{LeaseId, OrganisationId, Timestamp};

pub use self::timer::{due, organisations_at_zero, recalculate_timer_in};
pub(crate) use self::timer::{lasts_with_in, outlook_in};
use self::{
    facts::rated_before_in,
    pieces::{Counted, Piece, rate, unpriced},
    timer::{Outlook, RENEW_BELOW_S, is_due_in},
};
use crate::{
    Database, Result, Tx,
    access::Job,
    billing,
    ledger::{self, Demand, Slice, Terms},
    metering::{RunningLease, UnratedStretch, mark_unpriced_in, unrated_in, watermark_in},
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
    ledger::lock_in(tx).await?;
    let outlook = outlook_in(tx).await?;
    let through = watermark_in(tx, tx.organisation).await?;
    let settles = through > outlook.settled_through && is_due_in(tx, &outlook, through).await?;
    if settles {
        ledger::free_holds_in(tx).await?;
        charge_in(tx, &outlook, through).await?;
        ledger::close_holds_in(tx, through).await?;
    } else if !runs_short_in(tx, &outlook).await? {
        return Ok(false);
    } else {
        ledger::free_holds_in(tx).await?;
    }
    set_holds_in(tx).await?;
    Ok(settles)
}

/// Sets all holds of the transaction's organisation again, after lots or balance changed; its rows must be locked.
pub(crate) async fn reset_holds_in(tx: &Tx) -> Result<()> {
    ledger::free_holds_in(tx).await?;
    set_holds_in(tx).await
}

async fn charge_in(tx: &Tx, outlook: &Outlook, through: Timestamp) -> Result<()> {
    let from = outlook.settled_through;
    let mut purse = ledger::purse_in(tx).await?;
    let mut cuts = ledger::boundaries(&purse.lots);
    cuts.extend(period_ends_in(tx, through).await?);
    let stretches = unrated_in(tx, through).await?;
    let pieces = rate(&stretches, &outlook.tariff, &cuts, &mut counted_in(tx, &stretches).await?)?;
    book::book_settlement_in(tx, &mut purse, &pieces, from, through).await?;
    mark_unpriced_in(tx, &unpriced(&stretches, &outlook.tariff)).await?;
    book::book_expiries_in(tx, &mut purse, through).await?;
    let sql = "UPDATE settlement_timer SET settled_through = $2 WHERE organisation_id = $1";
    tx.run(sql, [tx.organisation.into(), through.into()]).await.map(drop)
}

async fn counted_in(tx: &Tx, stretches: &[UnratedStretch]) -> Result<Counted> {
    let mut leases: Vec<_> = stretches.iter().map(|stretch| stretch.lease.uuid()).collect();
    leases.sort();
    leases.dedup();
    Ok(Counted::from_rows(&rated_before_in(tx, leases).await?))
}

/// Where the running period and those after it end: no rated item lies on both sides of one.
async fn period_ends_in(tx: &Tx, through: Timestamp) -> Result<Vec<Timestamp>> {
    let zone = billing::seller_zone_in(tx).await?;
    let mut ends = vec![billing::running_period_end_in(tx).await?];
    while let Some(&end) = ends.last().filter(|&&end| end < through) {
        ends.push(billing::period_end(end, &zone)?);
    }
    Ok(ends)
}

async fn runs_short_in(tx: &Tx, outlook: &Outlook) -> Result<bool> {
    if !outlook.can_hold_more() {
        return Ok(false);
    }
    let until = tx.now.plus_seconds(RENEW_BELOW_S);
    let goes_on = |lease: LeaseId| outlook.leases.iter().any(|open| open.lease == lease);
    Ok(ledger::open_holds_in(tx).await?.iter().any(|hold| hold.cover_until <= until && goes_on(hold.lease)))
}

/// Each open hold to the gross of `[W, now)` of its lease and, while the lease goes on, the time ahead.
async fn set_holds_in(tx: &Tx) -> Result<()> {
    let outlook = outlook_in(tx).await?;
    let mut purse = outlook.purse.clone();
    let cuts = ledger::boundaries(&purse.lots);
    let mut counted = counted_in(tx, &outlook.unrated).await?;
    let mut dues: BTreeMap<LeaseId, Vec<Slice>> = BTreeMap::new();
    for Piece { lease, slice, .. } in rate(&outlook.unrated, &outlook.tariff, &cuts, &mut counted)? {
        dues.entry(lease).or_default().push(slice);
    }
    let mut demands = Vec::new();
    for hold in ledger::open_holds_in(tx).await? {
        let lease = outlook.leases.iter().find(|lease| lease.lease == hold.lease);
        let ahead = lease.map(|lease| ahead(&outlook, lease)).transpose()?.unwrap_or_default();
        demands.push(Demand { hold: hold.id, due: dues.remove(&hold.lease).unwrap_or_default(), ahead });
    }
    ledger::set_holds_in(tx, &mut purse, &demands).await
}

/// The time ahead of a lease at the price that holds now.
fn ahead(outlook: &Outlook, lease: &RunningLease) -> Result<Vec<Slice>> {
    let Some(holding) = outlook.tariff.at(lease.flavour, outlook.now) else { return Ok(Vec::new()) };
    let terms = Terms {
        lease: lease.lease,
        project: lease.project,
        flavour: lease.flavour,
        units: lease.units,
        currency: outlook.purse.currency,
        micros_per_hour: holding.micros_per_hour,
        rate_ppm: holding.rate_ppm,
    };
    ledger::ahead(&outlook.purse, &terms, outlook.now, ledger::COVER_S)
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
