//! The timer of an organisation: when its next settlement falls due, when its money is predicted to end, when it is to be
//! warned of that, and when the first of its budgets reaches something.

use std::collections::HashSet;

use sea_orm::FromQueryResult;
use types::{FlavourId, LeaseId, OrganisationId, Timestamp};

use super::{
    pieces::{Counted, rate},
    predict::{Running, zero_at},
    reach::first_reach_in,
    tariff::{Buyer, Tariff, tariff_in},
};
use crate::{
    Database, Error, Open, Result, Tx,
    access::Job,
    billing::{self, Calendar},
    dunning,
    ledger::{self, Lot, OpenHold, Purse, Terms, burn},
    metering::{RunningLease, SETTLING_DELAY_S, UnratedStretch, open_leases_in, unrated_in},
    volumes::STORAGE,
    warnings::Told,
};

/// A hold is renewed when it covers less than this.
const RENEW_BELOW_S: i64 = ledger::COVER_S / 2;
/// Prices are read this far ahead.
const AHEAD_S: i64 = 367 * 24 * 3600;

#[derive(FromQueryResult)]
struct TimerRow {
    settled_through: Timestamp,
    zero_at: Option<Timestamp>,
    episode: i64,
    warned: Option<String>,
    lots_told_at: Option<Timestamp>,
    time_zone: Option<String>,
    lifeboat_days: i32,
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
    told: Told,
    /// The seller's zone.
    time_zone: Option<String>,
    /// Seconds of each volume's price that nothing else may use up.
    lifeboat_s: i64,
    pub(crate) now: Timestamp,
}

/// What says when an organisation's books must be touched, beside its outlook.
pub(super) struct Timetable {
    pub(super) holds: Vec<OpenHold>,
    pub(super) calendar: Calendar,
}

impl Timetable {
    pub(super) async fn read(tx: &Tx, outlook: &Outlook) -> Result<Self> {
        let holds = if outlook.purse.has_holds { ledger::open_holds_in(tx).await? } else { Vec::new() };
        Ok(Self { holds, calendar: outlook.calendar()? })
    }
}

#[derive(FromQueryResult)]
pub(super) struct OrganisationRow {
    pub(super) organisation_id: OrganisationId,
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

/// Calculates the four instants of the transaction's organisation again, and whether it owes anything. Every transaction that changes rates, lots,
/// balance or billable leases calls it last.
///
/// # Errors
/// Only the database's own.
pub async fn recalculate_timer_in(tx: &Tx) -> Result<()> {
    // Locked before anything else is read: who calculates later has seen what the other one changed. Only then is asked, with
    // the purse, what of holds, budgets and debts there is to read at all.
    let row = timer_in(tx, "FOR NO KEY UPDATE").await?;
    let outlook = read_in(tx, row, ledger::purse_in(tx).await?, &[]).await?;
    let timetable = Timetable::read(tx, &outlook).await?;
    let zero_at = outlook.empty_at(&[])?.map(|zero| outlook.first_zero(zero));
    let boundary = outlook.first_boundary(&timetable, zero_at)?;
    let due_at = boundary.into_iter().chain(outlook.first_renewal(&timetable)).min();
    let budget_at = first_reach_in(tx, &outlook, &timetable.calendar).await?;
    // Of volumes alone there is nothing that stops at zero: what becomes of them has letters of its own.
    let stops_at = zero_at.filter(|_| outlook.runs_compute());
    let told = outlook.told.with_zero(stops_at, tx.now);
    let notice_at = told.next_at(stops_at, &outlook.purse.lots, tx.now);
    let (episode, warned) = told.episode();
    let sql =
        "UPDATE settlement_timer SET due_at = $2, zero_at = $3, budget_at = $4, notice_at = $5, episode = $6, warned = $7
         WHERE organisation_id = $1 AND (due_at, zero_at, budget_at, notice_at, episode, warned)
             IS DISTINCT FROM ($2, $3, $4, $5, $6, $7)";
    let values = [
        tx.organisation.into(),
        due_at.into(),
        zero_at.into(),
        budget_at.into(),
        notice_at.into(),
        episode.into(),
        warned.into(),
    ];
    tx.run(sql, values).await?;
    dunning::watch_in(tx, &outlook.purse).await
}

/// Notes that the organisation's rates change, for [`follow_rates`] soon after.
///
/// Facts of the cluster come by the thousand and wait for no money: if each calculated by itself, each would read all that
/// runs.
pub(crate) async fn note_rates_in(tx: &Tx) -> Result<()> {
    tx.run("INSERT INTO rates_change (organisation_id) VALUES ($1)", [tx.organisation.into()]).await.map(drop)
}

/// The organisations whose rates changed since their timers were calculated; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_with_new_rates(open: &Open) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT DISTINCT organisation_id FROM rates_change LIMIT 1000";
    let rows: Vec<OrganisationRow> = open.all(sql, []).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// Calculates an organisation's timer after all the changes that were noted so far, at once.
///
/// Neither a stop nor a fact of the cluster fails because money cannot be predicted: a timer that stays early is calculated
/// again before it stops anything.
///
/// # Errors
/// Only the database's own.
pub async fn follow_rates(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, organisation, now).await?;
    // First: what is deleted was committed with its change, which is then read.
    tx.run("DELETE FROM rates_change WHERE organisation_id = $1", [organisation.into()]).await?;
    predicted(&tx, recalculate_timer_in(&tx).await)?;
    tx.commit().await
}

/// The same outcome, unless money cannot be predicted.
pub(crate) fn predicted(tx: &Tx, outcome: Result<()>) -> Result<()> {
    match outcome {
        Err(error) if error.refusal().is_some() => {
            tracing::warn!(organisation = %tx.organisation, %error, "a timer waits for its next change");
            Ok(())
        }
        outcome => outcome,
    }
}

/// Lets the timer wake before a new hold runs short. What else its lease makes due is calculated when it is billed.
pub(crate) async fn renew_in_time_in(tx: &Tx, cover_until: Timestamp) -> Result<()> {
    let sql = "UPDATE settlement_timer SET due_at = $2
               WHERE organisation_id = $1 AND (due_at IS NULL OR due_at > $2)";
    tx.run(sql, [tx.organisation.into(), cover_until.plus_seconds(-RENEW_BELOW_S).into()]).await.map(drop)
}

/// When everything that `purse` has would be used up if leases with these terms ran too.
pub(crate) async fn lasts_with_in(tx: &Tx, purse: Purse, terms: &[Terms]) -> Result<Option<Timestamp>> {
    read_in(tx, timer_in(tx, "").await?, purse, terms).await?.empty_at(terms)
}

/// Reads it all; without locks, so callers that write have locked before.
pub(crate) async fn outlook_in(tx: &Tx) -> Result<Outlook> {
    outlook_of_in(tx, ledger::purse_in(tx).await?).await
}

/// The same around a purse that was read.
pub(super) async fn outlook_of_in(tx: &Tx, purse: Purse) -> Result<Outlook> {
    read_in(tx, timer_in(tx, "").await?, purse, &[]).await
}

async fn timer_in(tx: &Tx, lock: &str) -> Result<TimerRow> {
    let sql = format!(
        "SELECT t.settled_through, t.zero_at, t.episode, t.warned, t.lots_told_at,
                (SELECT s.lifeboat_days FROM storage_policy s) AS lifeboat_days,
                (SELECT h.time_zone FROM organisation h WHERE h.kind = 'hub') AS time_zone
         FROM settlement_timer t WHERE t.organisation_id = $1 {lock}"
    );
    tx.one(&sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)
}

async fn read_in(tx: &Tx, row: TimerRow, purse: Purse, more: &[Terms]) -> Result<Outlook> {
    let now = tx.now.floor();
    let told = Told::of_row(row.episode, row.warned.as_deref(), row.lots_told_at)?;
    let (leases, unrated) = (open_leases_in(tx).await?, unrated_in(tx, now).await?);
    let more = more.iter().map(|terms| terms.flavour);
    let mut flavours: Vec<FlavourId> = leases.iter().map(|lease| lease.flavour).chain(more).collect();
    flavours.extend(unrated.iter().map(|stretch| stretch.flavour));
    flavours.sort();
    flavours.dedup();
    let from = unrated.iter().map(|stretch| stretch.started_at).min().unwrap_or(now).min(row.settled_through);
    let buyer = Buyer { currency: purse.currency, country: purse.country.clone(), is_business: purse.is_business };
    Ok(Outlook {
        tariff: tariff_in(tx, &buyer, &flavours, from, now.plus_seconds(AHEAD_S)).await?,
        purse,
        leases,
        unrated,
        settled_through: row.settled_through,
        zero_at: row.zero_at,
        told,
        time_zone: row.time_zone,
        lifeboat_s: i64::from(row.lifeboat_days) * 24 * 3600,
        now,
    })
}

impl Outlook {
    /// The seller's calendar.
    pub(super) fn calendar(&self) -> Result<Calendar> {
        let zone = self.time_zone.as_deref().ok_or_else(|| Error::Corrupt("there is no hub".to_owned()))?;
        Ok(Calendar { zone: billing::zone(zone)? })
    }

    /// When lots and wallet are used up: first by what is not booked yet, then by what runs, and `more` with it. Where
    /// something runs beside volumes, it is when that would need what is set aside for them.
    pub(crate) fn empty_at(&self, more: &[Terms]) -> Result<Option<Timestamp>> {
        let mut purse = self.after_unrated()?;
        let mut running = Running::new();
        for lease in self.leases.iter().filter(|lease| lease.billable_since.is_some()) {
            *running.entry((lease.flavour, lease.project)).or_default() += lease.units;
        }
        for terms in more {
            *running.entry((terms.flavour, terms.project)).or_default() += terms.units;
        }
        if !more.is_empty() || self.runs_compute() {
            self.set_lifeboats_aside(&mut purse, more)?;
        }
        Ok(zero_at(purse.left, &purse.lots, &running, &self.tariff, self.now))
    }

    /// Whether anything is billed now that is no volume.
    pub(crate) fn runs_compute(&self) -> bool {
        self.leases.iter().any(|lease| lease.billable_since.is_some() && !lease.is_volume)
    }

    /// Takes what the lifeboats of all volumes cost, and of those among `more`, out of what is left, as their holds do.
    fn set_lifeboats_aside(&self, purse: &mut Purse, more: &[Terms]) -> Result<()> {
        let volumes = self.leases.iter().filter(|lease| lease.is_volume).filter_map(|lease| self.terms_of(lease));
        for terms in volumes.chain(more.iter().copied().filter(|terms| terms.flavour == STORAGE)) {
            for slice in ledger::ahead(purse, &terms, self.now)? {
                purse.left -= burn(&mut purse.lots, &slice).gross;
            }
        }
        Ok(())
    }

    /// Seconds that a lease sets aside ahead of itself.
    pub(super) fn cover_s(&self, lease: &RunningLease) -> i64 {
        if lease.is_volume { self.lifeboat_s } else { ledger::COVER_S }
    }

    /// What a lease costs now; nothing while it has no price or no tax.
    pub(super) fn terms_of(&self, lease: &RunningLease) -> Option<Terms> {
        let holding = self.tariff.at(lease.flavour, self.now)?;
        Some(Terms {
            lease: lease.lease,
            project: lease.project,
            flavour: lease.flavour,
            units: lease.units,
            currency: self.purse.currency,
            micros_per_hour: holding.micros_per_hour,
            rate_ppm: holding.rate_ppm,
            seconds: self.cover_s(lease),
        })
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
    fn can_hold_more(&self) -> bool {
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

    /// The first instant after the last settlement at which one falls due, if any is known.
    fn first_boundary(&self, timetable: &Timetable, zero_at: Option<Timestamp>) -> Result<Option<Timestamp>> {
        let from = self.settled_through;
        let mut boundaries: Vec<Timestamp> = timetable.holds.iter().filter_map(|hold| hold.lease_ended_at).collect();
        boundaries.extend(self.purse.lots.iter().filter_map(|lot| lot.expires_at));
        // Seconds that a settlement has passed over: they came late, or had no price before.
        let late = |stretch: &&UnratedStretch| {
            self.tariff.prices_within(stretch.flavour, stretch.started_at, stretch.ended_at.min(from))
        };
        boundaries.extend(self.unrated.iter().find(late).map(|_| from));
        if let Some(since) = self.busy_since() {
            boundaries.extend(zero_at.filter(|&zero| zero > from));
            boundaries.extend(self.purse.lots.iter().map(|lot| lot.effective_at).filter(|&at| at > since));
            boundaries.push(timetable.calendar.day_end(since)?);
            let far = since.plus_seconds(AHEAD_S);
            let rates = self.tariff.prices.keys().flat_map(|&flavour| self.tariff.boundaries(flavour, since, far));
            boundaries.extend(rates.min());
        }
        Ok(boundaries.into_iter().min())
    }

    /// Whether a settlement through `through` is due: a known boundary, or the predicted zero of before, was passed.
    pub(super) fn is_due(&self, timetable: &Timetable, through: Timestamp) -> Result<bool> {
        Ok(self.first_boundary(timetable, self.zero_at)?.is_some_and(|boundary| boundary <= through))
    }

    /// When the first hold of a lease that goes on must be renewed.
    pub(super) fn first_renewal(&self, timetable: &Timetable) -> Option<Timestamp> {
        let running: HashSet<LeaseId> = self.leases.iter().map(|lease| lease.lease).collect();
        let goes_on = |hold: &&OpenHold| running.contains(&hold.lease_id);
        let covered = timetable.holds.iter().filter(goes_on).map(|hold| hold.cover_until).min();
        covered.filter(|_| self.can_hold_more()).map(|until| until.plus_seconds(-RENEW_BELOW_S))
    }
}
