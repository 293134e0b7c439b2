//! Changing a wish: the one place that gives it its number, ends the attempt that it ends and opens the one it opens.

use types::{FlavourId, InstanceReason, Phase, Timestamp, Wish};

use super::entity::{self, Instance};
use crate::{
    Error, Result, Tx, audit, catalogue, ledger,
    metering::{self, NewLease},
    organisations::{self, Buyer},
    quotas, settlement, tokens, volumes,
};

/// Ends the attempt, if one runs, at the transaction's instant: the customer's clock stops with the wish.
pub(super) async fn end_attempt_in(tx: &Tx, instance: &Instance) -> Result<()> {
    if let Some(lease) = metering::lock_lease_in(tx, instance.id, instance.attempt).await? {
        metering::end_lease_in(tx, lease, tx.now).await?;
    }
    Ok(())
}

/// Wishes that nothing of the instance runs: `wish` is `Stopped` or `Deleted`, `phase` where it goes on from.
pub(super) async fn rest_in(
    tx: &Tx,
    instance: &mut Instance,
    wish: Wish,
    phase: Phase,
    reason: Option<InstanceReason>,
) -> Result<()> {
    if instance.wish == Wish::Running {
        end_attempt_in(tx, instance).await?;
    }
    instance.wish = wish;
    instance.wish_seq = entity::next_wish_seq_in(tx).await?;
    instance.enter(phase, reason, tx.now);
    Ok(())
}

/// Gives an attempt up: it failed for `reason`, and the cluster takes its pod away.
pub(super) async fn give_up_in(tx: &Tx, instance: &mut Instance, reason: InstanceReason) -> Result<()> {
    rest_in(tx, instance, Wish::Stopped, Phase::Failed, Some(reason)).await
}

/// What a refusal calls the flavour.
async fn flavour_name_in(tx: &Tx, flavour: FlavourId) -> Result<String> {
    #[derive(sea_orm::FromQueryResult)]
    struct Named {
        name: String,
    }
    let row: Option<Named> = tx.one("SELECT name FROM flavour WHERE id = $1", [flavour.into()]).await?;
    row.map(|row| row.name).ok_or(Error::NotFound)
}

/// Refuses unless the instance's units fit into the quota beside all others.
pub(super) async fn reserve_in(tx: &Tx, instance: &Instance) -> Result<()> {
    let (flavour, name) = (instance.flavour_id, flavour_name_in(tx, instance.flavour_id).await?);
    quotas::reserve_in(tx, flavour, &name, instance.units.unsigned_abs(), Some(instance.id)).await
}

/// Begins the next attempt, with price and cover as at a launch; its units are reserved.
pub(super) async fn begin_attempt_in(tx: &Tx, instance: &mut Instance) -> Result<()> {
    let buyer = organisations::buyer_in(tx).await?;
    buyer.check_active()?;
    tx.principal.check_reach(instance.project_id, instance.flavour_id)?;
    organisations::check_member_in(tx, instance.project_id).await?;
    volumes::check_free_in(tx, instance.id).await?;
    let flavour_name = flavour_name_in(tx, instance.flavour_id).await?;
    instance.attempt += 1;
    instance.wish = Wish::Running;
    instance.wish_seq = entity::next_wish_seq_in(tx).await?;
    instance.stop_note = None;
    instance.n_restarts = 0;
    instance.enter(Phase::Requested, None, tx.now);
    let lease = NewLease {
        instance: instance.id,
        project: instance.project_id,
        cluster: instance.cluster_id,
        flavour: instance.flavour_id,
        units: instance.units,
        attempt: instance.attempt,
    };
    open_attempt_in(tx, &buyer, &lease, &flavour_name).await
}

/// Opens the lease of an attempt, at the price and the tax of now, and sets its cover aside.
pub(super) async fn open_attempt_in(tx: &Tx, buyer: &Buyer, new: &NewLease, flavour_name: &str) -> Result<()> {
    let flavour = (new.flavour, flavour_name);
    let mut terms = catalogue::terms_in(tx, buyer, flavour, new.units.unsigned_abs(), new.project).await?;
    terms.lease = metering::open_lease_in(tx, new).await?;
    ledger::open_hold_in(tx, &terms).await?;
    // The purse is locked: of a start and a close at once, of the organisation or of the project, the second sees the
    // first.
    organisations::buyer_in(tx).await?.check_active()?;
    organisations::check_open_in(tx, new.project).await?;
    check_units_in(tx).await
}

/// Refuses more units at once than a token may run. The purse is locked: of many launches at once as many pass as fit.
async fn check_units_in(tx: &Tx) -> Result<()> {
    // The lease that was just opened is among them.
    tokens::running_in(tx).await?.map_or(Ok(()), |running| running.check(0))
}

/// Writes the change of a wish with its audit row.
pub(super) async fn save_in(tx: &Tx, verb: &'static str, before: &Instance, after: &Instance) -> Result<()> {
    entity::save_in(tx, before, after).await?;
    let change = audit::Change {
        verb,
        subject: after.id.to_string(),
        before: Some(before.recorded()),
        after: Some(after.recorded()),
    };
    audit::record_in(tx, change).await
}

/// Moves the organisation's timers after much of it changed at once.
pub(crate) async fn move_timers_in(tx: &Tx) -> Result<()> {
    settlement::predicted(tx, settlement::recalculate_timer_in(tx).await)
}

/// Refuses when the caller saw another version.
pub(super) fn check_version(instance: &Instance, seen: Option<i64>) -> Result<()> {
    if seen.is_none_or(|seen| seen == instance.version) { Ok(()) } else { Err(Error::Changed) }
}

/// Until when a deletion at `now` can be undone.
pub(super) fn undo_until(now: Timestamp) -> Timestamp {
    now.plus_seconds(24 * 3600)
}
