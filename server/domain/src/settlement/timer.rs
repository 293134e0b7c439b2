//! The timer of an organisation: when its next settlement falls due, and when its money is predicted to end.

use sea_orm::FromQueryResult;
use types::{FlavourId, OrganisationId, Timestamp};

use super::{
    facts::first_end_in,
    pieces::{Counted, rate},
    predict::{Running, zero_at},
    tariff::{Tariff, tariff_in},
};
use crate::{
    Error, Open, Result, Tx, billing,
    ledger::{self, Lot, Purse, Terms, burn},
    metering::{RunningLease, SETTLING_DELAY_S, UnratedStretch, open_leases_in, unrated_in},
};

/// A hold is renewed when it covers less than this.
pub(crate) const RENEW_BELOW_S: i64 = ledger::COVER_S / 2;
/// Prices are read this far ahead.
const AHEAD_S: i64 = 367 * 24 * 3600;

#[derive(FromQueryResult)]
struct TimerRow {
    settled_through: Timestamp,
    zero_at: Option<Timestamp>,
}

/// Everything that says what runs, what it costs, and what pays for it.
#[derive(Clone)]
pub(crate) struct Outlook {
    pub(crate) purse: Purse,
    pub(crate) leases: Vec<RunningLease>,
    /// Billable seconds up to now that are not booked.
    pub(crate) unrated: Vec<UnratedStretch>,
    pub(crate) tariff: Tariff,
    pub(crate) settled_through: Timestamp,
    zero_at: Option<Timestamp>,
    pub(crate) now: Timestamp,
}

#[derive(FromQueryResult)]
struct OrganisationRow {
    organisation_id: OrganisationId,
}

/// The organisations whose settlement is due and can be made by now, the longest waiting first; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn due(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT organisation_id FROM settlement_timer WHERE due_at <= $1 ORDER BY due_at LIMIT 1000";
    let rows: Vec<OrganisationRow> = open.all(sql, [now.plus_seconds(-SETTLING_DELAY_S).into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// The organisations whose money is predicted to have ended, with something that runs; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_at_zero(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT organisation_id FROM settlement_timer WHERE zero_at <= $1 ORDER BY zero_at LIMIT 1000";
    let rows: Vec<OrganisationRow> = open.all(sql, [now.into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// Calculates both instants of the transaction's organisation again. Every transaction that changes rates, lots,
/// balance or billable leases calls it last.
///
/// # Errors
/// Only the database's own.
pub async fn recalculate_timer_in(tx: &Tx) -> Result<()> {
    // Locked before anything is read: who calculates later has seen what the other one changed.
    let lock = "SELECT 1 FROM settlement_timer WHERE organisation_id = $1 FOR NO KEY UPDATE";
    tx.run(lock, [tx.organisation.into()]).await?;
    let outlook = outlook_in(tx).await?;
    let zero_at = outlook.empty_at(None)?.map(|zero| outlook.first_zero(zero));
    let boundary = first_boundary_in(tx, &outlook, zero_at).await?;
    let due_at = boundary.into_iter().chain(renewal_in(tx, &outlook).await?).min();
    let sql = "UPDATE settlement_timer SET due_at = $2, zero_at = $3 WHERE organisation_id = $1
               AND (due_at IS DISTINCT FROM $2 OR zero_at IS DISTINCT FROM $3)";
    tx.run(sql, [tx.organisation.into(), due_at.into(), zero_at.into()]).await.map(drop)
}

/// When everything would be used up if a lease with these terms ran too.
pub(crate) async fn lasts_with_in(tx: &Tx, terms: &Terms) -> Result<Option<Timestamp>> {
    let mut outlook = outlook_in(tx).await?;
    if !outlook.tariff.prices.contains_key(&terms.flavour) {
        let tariff = tariff_in(tx, &[terms.flavour], tx.now.floor(), tx.now.plus_seconds(AHEAD_S)).await?;
        outlook.tariff.prices.extend(tariff.prices);
    }
    outlook.empty_at(Some(terms))
}

/// Reads it all; without locks, so callers that write have locked before.
pub(crate) async fn outlook_in(tx: &Tx) -> Result<Outlook> {
    let sql = "SELECT settled_through, zero_at FROM settlement_timer WHERE organisation_id = $1";
    let row: TimerRow = tx.one(sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)?;
    let now = tx.now.floor();
    let (leases, unrated) = (open_leases_in(tx).await?, unrated_in(tx, now).await?);
    let mut flavours: Vec<FlavourId> = leases.iter().map(|lease| lease.flavour).collect();
    flavours.extend(unrated.iter().map(|stretch| stretch.flavour));
    flavours.sort();
    flavours.dedup();
    let from = unrated.iter().map(|stretch| stretch.started_at).min().unwrap_or(now).min(row.settled_through);
    Ok(Outlook {
        purse: ledger::purse_in(tx).await?,
        tariff: tariff_in(tx, &flavours, from, now.plus_seconds(AHEAD_S)).await?,
        leases,
        unrated,
        settled_through: row.settled_through,
        zero_at: row.zero_at,
        now,
    })
}

impl Outlook {
    /// When lots and wallet are used up: first by what is not booked yet, then by what runs, and `more` with it.
    pub(crate) fn empty_at(&self, more: Option<&Terms>) -> Result<Option<Timestamp>> {
        let purse = self.after_unrated()?;
        let mut running = Running::new();
        for lease in self.leases.iter().filter(|lease| lease.billable_since.is_some()) {
            *running.entry((lease.flavour, lease.project)).or_default() += lease.units;
        }
        if let Some(terms) = more {
            *running.entry((terms.flavour, terms.project)).or_default() += terms.units;
        }
        Ok(zero_at(purse.left, &purse.lots, &running, &self.tariff, self.now))
    }

    /// What lots and wallet have left once usage up to now is paid; the wallet may be overdrawn.
    pub(crate) fn after_unrated(&self) -> Result<Purse> {
        let mut purse = self.purse.clone();
        let cuts = ledger::boundaries(&purse.lots);
        // Each lease is counted from its first unrated second: a prediction may be a micro-unit off.
        for piece in rate(&self.unrated, &self.tariff, &cuts, &mut Counted::default())? {
            purse.left -= burn(&mut purse.lots, &piece.slice).gross;
        }
        Ok(purse)
    }

    /// The same with another lot.
    pub(crate) fn with_lot(&self, lot: Lot) -> Self {
        let mut with = self.clone();
        with.purse.lots.push(lot);
        ledger::put_in_order(&mut with.purse.lots);
        with
    }

    /// The gross price of an hour of all that is billed now, before lots pay.
    pub(crate) fn per_hour(&self) -> Result<i64> {
        let burning = self.leases.iter().filter(|lease| lease.billable_since.is_some());
        let rates = burning.filter_map(|lease| {
            let holding = self.tariff.at(lease.flavour, self.now)?;
            Some(holding.rate(lease.units).charge(0, 3600))
        });
        rates.map(|charge| Ok(charge?.gross)).sum()
    }

    /// A zero that has passed stays where it was first: it is settled once, however long the stop takes.
    fn first_zero(&self, zero: Timestamp) -> Timestamp {
        self.zero_at.filter(|&first| first <= zero && zero <= self.now).unwrap_or(zero)
    }

    /// Whether anything is left that a hold could set aside; where all is held already, renewing changes nothing.
    pub(crate) fn can_hold_more(&self) -> bool {
        let purse = self.purse.clone().without_held();
        let pays = |lot: &Lot| {
            lot.left > 0 && self.leases.iter().any(|lease| lot.pays_for(lease.flavour, lease.project, self.now))
        };
        purse.left > 0 || purse.lots.iter().any(pays)
    }

    /// Since when anything is, or may come to be, charged that is not settled; an idle organisation has no boundaries.
    fn busy_since(&self) -> Option<Timestamp> {
        let leases = self.leases.iter().map(|lease| lease.started_at);
        let unrated = self.unrated.iter().map(|stretch| stretch.started_at);
        leases.chain(unrated).min().map(|start| start.max(self.settled_through))
    }
}

/// The first instant after the last settlement at which one falls due, if any is known.
pub(crate) async fn first_boundary_in(
    tx: &Tx,
    outlook: &Outlook,
    zero_at: Option<Timestamp>,
) -> Result<Option<Timestamp>> {
    let from = outlook.settled_through;
    let mut boundaries: Vec<Timestamp> = Vec::new();
    boundaries.extend(first_end_in(tx).await?);
    boundaries.extend(outlook.purse.lots.iter().filter_map(|lot| lot.expires_at));
    // Seconds that a settlement has passed over: they came late, or had no price before.
    let late = |stretch: &&UnratedStretch| {
        outlook.tariff.prices_within(stretch.flavour, stretch.started_at, stretch.ended_at.min(from))
    };
    boundaries.extend(outlook.unrated.iter().find(late).map(|_| from));
    if let Some(since) = outlook.busy_since() {
        boundaries.extend(zero_at.filter(|&zero| zero > from));
        boundaries.extend(outlook.purse.lots.iter().map(|lot| lot.effective_at).filter(|&at| at > since));
        boundaries.push(day_end_in(tx, since).await?);
        let far = since.plus_seconds(AHEAD_S);
        let rates = outlook.tariff.prices.keys().flat_map(|&flavour| outlook.tariff.boundaries(flavour, since, far));
        boundaries.extend(rates.min());
    }
    Ok(boundaries.into_iter().min())
}

/// Whether a settlement through `through` is due: a known boundary, or the predicted zero of before, has been passed.
pub(crate) async fn is_due_in(tx: &Tx, outlook: &Outlook, through: Timestamp) -> Result<bool> {
    Ok(first_boundary_in(tx, outlook, outlook.zero_at).await?.is_some_and(|boundary| boundary <= through))
}

/// When the first hold of a lease that goes on must be renewed.
async fn renewal_in(tx: &Tx, outlook: &Outlook) -> Result<Option<Timestamp>> {
    if !outlook.can_hold_more() {
        return Ok(None);
    }
    let open = |hold: &ledger::OpenHold| outlook.leases.iter().any(|lease| lease.lease == hold.lease);
    let holds = ledger::open_holds_in(tx).await?;
    Ok(holds.iter().filter(|hold| open(hold)).map(|hold| hold.cover_until.plus_seconds(-RENEW_BELOW_S)).min())
}

/// The end of the day of `from` on the seller's calendar; the end of a period is one of them.
async fn day_end_in(tx: &Tx, from: Timestamp) -> Result<Timestamp> {
    let zone = billing::seller_zone_in(tx).await?;
    let beyond = |error| Error::Corrupt(format!("calendar: {error}"));
    let next = from.as_jiff().to_zoned(zone).tomorrow().and_then(|day| day.start_of_day()).map_err(beyond)?;
    Ok(next.timestamp().into())
}
