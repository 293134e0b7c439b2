//! Holds: what a lease sets aside, part by part. One per lease, set again with each settlement, closed exactly once.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{Amount, CoverView, Currency, FlavourId, LeaseId, PayerView, ProjectId, Timestamp};
use uuid::Uuid;

use super::{
    burn::{Burnt, Slice, Take, Unit, boundaries, burn},
    purse::{Purse, lock_in, purse_in},
    rate::{Charge, Rate, share},
};
use crate::{Error, Result, Tx, budgets};

/// Seconds that the lease of a pod sets aside ahead of itself.
pub const COVER_S: i64 = 3600;

/// What is to run, and what it costs.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The lease that it is set aside for.
    pub lease: LeaseId,
    /// Whose budget.
    pub project: ProjectId,
    /// What runs.
    pub flavour: FlavourId,
    /// Units of it.
    pub units: u32,
    /// The currency of the price.
    pub currency: Currency,
    /// Net price of one unit for one hour, in 10⁻⁶ of the currency.
    pub micros_per_hour: i64,
    /// Tax in millionths of the net price.
    pub rate_ppm: i32,
    /// Seconds of it that are set aside: [`COVER_S`] of what runs, the lifeboat of a volume.
    pub seconds: i64,
}

impl Terms {
    /// What one hour costs.
    pub(crate) fn hour(&self) -> Result<Charge> {
        self.rate().charge(0, 3600)
    }

    fn rate(&self) -> Rate {
        Rate { micros_per_hour: self.micros_per_hour, rate_ppm: self.rate_ppm, units: self.units }
    }
}

/// A part of a hold: how much of which account, and of which lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Part {
    pub(crate) hold_id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) lot_id: Option<Uuid>,
    pub(crate) amount: i64,
}

/// An open hold and what its lease still has to pay and to set aside.
#[derive(Clone, Debug)]
pub(crate) struct Demand {
    pub(crate) hold: Uuid,
    /// Seconds of which `ahead` is made.
    pub(crate) seconds: i64,
    /// Usage that is not booked yet.
    pub(crate) due: Vec<Slice>,
    /// The time ahead; empty once the lease has ended.
    pub(crate) ahead: Vec<Slice>,
}

/// Sets aside an hour of the lease's gross price, of a volume its lifeboat: lots first and the wallet last. The lease still
/// waits: nothing of it is billed, so of the timer only the hold's renewal can come earlier.
///
/// # Errors
/// `InsufficientCredit` when lots and wallet do not cover it, or a receivable is open; `BudgetExceeded` where a budget
/// that counts the lease has less left; `Invalid` for a price in another currency than the organisation's.
pub async fn open_hold_in(tx: &Tx, terms: &Terms) -> Result<CoverView> {
    let mut purse = lock_in(tx).await?.without_held();
    let cover = cover(&mut purse, terms, tx.now.floor())?;
    if cover.view.missing.micros > 0 || cover.view.receivable.micros > 0 {
        return Err(insufficient(&purse, &cover.view));
    }
    budgets::lefts_of_lease_in(tx, terms.lease).await?.check(cover.view.reserved)?;
    let (hold, until) = (types::new_uuid(tx.now), tx.now.floor().plus_seconds(terms.seconds));
    let sql = format!(
        "WITH opened AS (
             INSERT INTO hold (id, organisation_id, lease_id, state, cover_until, opened_at, gross)
             VALUES ($3, $1, $4, 'open', $5, $6, $7)), {WRITE_PARTS}"
    );
    let parts = parts(&purse, hold, &cover.takes, cover.from_wallet)?;
    let values = [
        tx.organisation.into(),
        super::as_json(&parts)?.into(),
        hold.into(),
        terms.lease.into(),
        until.into(),
        tx.now.into(),
        cover.view.reserved.micros.into(),
    ];
    tx.run(&sql, values).await?;
    crate::settlement::renew_in_time_in(tx, until).await?;
    Ok(cover.view)
}

/// What a start would set aside, and who would pay: the launch page's own numbers, from the rule that the start uses.
///
/// # Errors
/// `Invalid` for a price in another currency than the organisation's.
pub async fn cover_of_in(tx: &Tx, terms: &Terms) -> Result<CoverView> {
    let cover = covers_of_in(tx, std::slice::from_ref(terms)).await?.pop();
    cover.ok_or_else(|| Error::Corrupt("terms without a cover".to_owned()))
}

/// The same of several leases that begin at once, each paid from what those before it leave; how long the money lasts
/// is told of all together.
///
/// # Errors
/// As for one.
pub(crate) async fn covers_of_in(tx: &Tx, terms: &[Terms]) -> Result<Vec<CoverView>> {
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let purse = purse_in(tx).await?;
    let mut left = purse.clone().without_held();
    let covers = terms.iter().map(|terms| cover(&mut left, terms, tx.now.floor())).collect::<Result<Vec<_>>>()?;
    let lasts_until = crate::settlement::lasts_with_in(tx, purse, terms).await?;
    Ok(covers.into_iter().map(|cover| CoverView { lasts_until, ..cover.view }).collect())
}

/// What is set aside, and from whom.
struct Cover {
    view: CoverView,
    takes: Vec<Take>,
    from_wallet: i64,
}

fn cover(purse: &mut Purse, terms: &Terms, from: Timestamp) -> Result<Cover> {
    if terms.currency != purse.currency {
        return Err(Error::Invalid { field: "currency", rule: crate::Rule::Currency });
    }
    let slices = ahead(purse, terms, from)?;
    let burnt: Vec<Burnt> = slices.iter().map(|slice| burn(&mut purse.lots, slice)).collect();
    let wanted: i64 = burnt.iter().map(|burnt| burnt.gross).sum();
    let takes: Vec<Take> = burnt.into_iter().flat_map(|burnt| burnt.takes).collect();
    let from_wallet = purse.take(wanted);
    let view = CoverView {
        reserved: purse.money(slices.iter().map(|slice| slice.gross).sum()),
        seconds: terms.seconds,
        paid_by: payers(purse, &takes, from_wallet),
        missing: purse.money(wanted - from_wallet),
        receivable: purse.money(purse.receivable),
        lasts_until: None,
    };
    Ok(Cover { view, takes, from_wallet })
}

/// The next seconds of a lease that are to be set aside, cut where a lot begins or expires.
pub(crate) fn ahead(purse: &Purse, terms: &Terms, from: Timestamp) -> Result<Vec<Slice>> {
    let to = from.plus_seconds(terms.seconds);
    let mut edges = boundaries(&purse.lots);
    edges.retain(|&edge| from < edge && edge < to);
    edges.extend([from, to]);
    edges.sort();
    edges.dedup();
    let rate = terms.rate();
    let slice = |pair: &[Timestamp]| {
        let (before, seconds) = (pair[0].seconds_since(from), pair[1].seconds_since(pair[0]));
        let charge = rate.charge(before, seconds)?;
        Ok(Slice {
            from: pair[0],
            flavour: terms.flavour,
            project: terms.project,
            unit_seconds: seconds * i64::from(terms.units),
            net: charge.net,
            gross: charge.gross,
        })
    };
    edges.windows(2).map(slice).collect()
}

fn insufficient(purse: &Purse, view: &CoverView) -> Error {
    let (reserved, owed) = (view.reserved.micros, view.receivable.micros);
    Error::InsufficientCredit {
        needed: purse.money(reserved.saturating_add(owed)),
        available: purse.money(reserved - view.missing.micros),
    }
}

fn payers(purse: &Purse, takes: &[Take], from_wallet: i64) -> Vec<PayerView> {
    let mut payers: Vec<PayerView> = Vec::new();
    for (place, lot) in purse.lots.iter().enumerate() {
        let amount = taken_from(place, takes);
        if amount > 0 {
            let amount = match lot.unit {
                Unit::Micros => Amount::Money(purse.money(amount)),
                Unit::GpuSeconds(flavour) => Amount::GpuSeconds { flavour, seconds: amount },
            };
            payers.push(PayerView { lot: Some(lot.id), name: Some(lot.name.clone()), amount });
        }
    }
    if from_wallet > 0 {
        payers.push(PayerView { lot: None, name: None, amount: Amount::Money(purse.money(from_wallet)) });
    }
    payers
}

fn taken_from(place: usize, takes: &[Take]) -> i64 {
    takes.iter().filter(|take| take.place == place).map(|take| take.amount).sum()
}

/// The parts of a hold from what lots and the wallet give.
fn parts(purse: &Purse, hold: Uuid, takes: &[Take], from_wallet: i64) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for (place, lot) in purse.lots.iter().enumerate() {
        let amount = taken_from(place, takes);
        if amount > 0 {
            parts.push(Part { hold_id: hold, account_id: lot.account, lot_id: Some(lot.id.uuid()), amount });
        }
    }
    if from_wallet > 0 {
        parts.push(Part { hold_id: hold, account_id: purse.wallet()?, lot_id: None, amount: from_wallet });
    }
    Ok(parts)
}

/// Frees everything that the organisation's open holds set aside; [`set_holds_in`] follows in the same transaction.
pub(crate) async fn free_holds_in(tx: &Tx) -> Result<()> {
    let sql = "WITH freed AS (DELETE FROM hold_part WHERE organisation_id = $1),
               lots AS (UPDATE lot SET held = 0 WHERE organisation_id = $1 AND held <> 0)
               UPDATE account SET held = 0 WHERE organisation_id = $1 AND held <> 0";
    tx.run(sql, [tx.organisation.into()]).await.map(drop)
}

/// Sets every open hold to what its lease owes already, then to the time ahead, as far as lots and wallet go.
///
/// `purse` is whole: nothing of it is held.
pub(crate) async fn set_holds_in(tx: &Tx, purse: &mut Purse, demands: &[Demand]) -> Result<()> {
    let (mut parts, mut covered) = (Vec::new(), Vec::new());
    let dues = demands.iter().flat_map(|demand| demand.due.iter().map(|slice| (demand.hold, *slice)));
    let mut dues: Vec<(Uuid, Slice)> = dues.collect();
    dues.sort_by_key(|(_, slice)| slice.from);
    for (hold, slice) in dues {
        parts.extend(pay(purse, hold, &slice)?.0);
    }
    for demand in demands {
        let (mut wanted, mut missing) = (0, 0);
        for slice in &demand.ahead {
            let (more, short) = pay(purse, demand.hold, slice)?;
            parts.extend(more);
            (wanted, missing) = (wanted + slice.gross, missing + short);
        }
        let all = demand.seconds;
        let seconds = if wanted == 0 { all } else { share(all, wanted - missing, wanted) };
        let seconds = (!demand.ahead.is_empty()).then_some(seconds);
        let gross = demand.due.iter().chain(&demand.ahead).map(|slice| slice.gross).sum();
        covered.push(Covered { hold_id: demand.hold, seconds, gross });
    }
    write_parts(tx, &merged(parts)).await?;
    write_covers(tx, &covered).await
}

/// How far ahead a hold reaches, and what it stands for.
#[derive(Serialize)]
struct Covered {
    hold_id: Uuid,
    /// Nothing where the lease has ended.
    seconds: Option<i64>,
    gross: i64,
}

/// Lets the purse set aside a slice; the parts, and what is missing.
fn pay(purse: &mut Purse, hold: Uuid, slice: &Slice) -> Result<(Vec<Part>, i64)> {
    let burnt = burn(&mut purse.lots, slice);
    let from_wallet = purse.take(burnt.gross);
    Ok((parts(purse, hold, &burnt.takes, from_wallet)?, burnt.gross - from_wallet))
}

fn merged(parts: Vec<Part>) -> Vec<Part> {
    let mut merged: BTreeMap<(Uuid, Uuid, Option<Uuid>), Part> = BTreeMap::new();
    for part in parts {
        let key = (part.hold_id, part.account_id, part.lot_id);
        merged.entry(key).and_modify(|known| known.amount += part.amount).or_insert(part);
    }
    merged.into_values().collect()
}

/// Adds the parts $2 to holds of the organisation $1 that have none, and what they set aside to their accounts and lots.
const WRITE_PARTS: &str = "
    part AS (SELECT * FROM jsonb_to_recordset($2) AS t(hold_id uuid, account_id uuid, lot_id uuid, amount bigint)),
    written AS (
        INSERT INTO hold_part (organisation_id, hold_id, line, account_id, lot_id, amount)
        SELECT $1, hold_id, row_number() OVER (PARTITION BY hold_id), account_id, lot_id, amount FROM part),
    lots AS (
        UPDATE lot SET held = held + s.amount
        FROM (SELECT lot_id, sum(amount)::bigint AS amount FROM part GROUP BY lot_id) s
        WHERE lot.organisation_id = $1 AND lot.id = s.lot_id)
    UPDATE account SET held = held + s.amount
    FROM (SELECT account_id, sum(amount)::bigint AS amount FROM part GROUP BY account_id) s
    WHERE account.organisation_id = $1 AND account.id = s.account_id";

async fn write_parts(tx: &Tx, parts: &[Part]) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let sql = format!("WITH {WRITE_PARTS}");
    tx.run(&sql, [tx.organisation.into(), super::as_json(&parts)?.into()]).await.map(drop)
}

async fn write_covers(tx: &Tx, covered: &[Covered]) -> Result<()> {
    if covered.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE hold SET gross = t.gross, cover_until =
                   coalesce(date_trunc('second', $3::timestamptz) + make_interval(secs => t.seconds), cover_until)
               FROM jsonb_to_recordset($2) AS t(hold_id uuid, seconds bigint, gross bigint)
               WHERE hold.organisation_id = $1 AND hold.id = t.hold_id";
    tx.run(sql, [tx.organisation.into(), super::as_json(&covered)?.into(), tx.now.into()]).await.map(drop)
}

/// Closes the holds of leases that ended at or before `through`; the transaction has freed their parts.
pub(crate) async fn close_holds_in(tx: &Tx, through: Timestamp) -> Result<()> {
    let sql = "UPDATE hold SET state = 'closed', closed_at = $3 FROM lease l
               WHERE hold.organisation_id = $1 AND hold.state = 'open'
               AND l.organisation_id = $1 AND l.id = hold.lease_id AND l.ended_at <= $2";
    tx.run(sql, [tx.organisation.into(), through.into(), tx.now.into()]).await.map(drop)
}

/// An open hold of the organisation.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct OpenHold {
    pub(crate) id: Uuid,
    pub(crate) lease_id: LeaseId,
    /// When its lease ended; nothing while that goes on.
    pub(crate) lease_ended_at: Option<Timestamp>,
    pub(crate) cover_until: Timestamp,
}

/// The open holds, in the order of their opening.
pub(crate) async fn open_holds_in(tx: &Tx) -> Result<Vec<OpenHold>> {
    let sql = "SELECT h.id, h.lease_id, l.ended_at AS lease_ended_at, h.cover_until FROM hold h
               LEFT JOIN lease l ON l.organisation_id = h.organisation_id AND l.id = h.lease_id
               WHERE h.organisation_id = $1 AND h.state = 'open' ORDER BY h.opened_at, h.id";
    tx.all(sql, [tx.organisation.into()]).await
}
