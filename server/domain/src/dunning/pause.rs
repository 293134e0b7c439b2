//! Finance lets an organisation's ladder rest, because somebody promised to pay, and lets it go on.

use jiff::ToSpan;
use serde::Serialize;
use types::{DunningView, PauseDunning, ResumeDunning, Timestamp};

use super::{entity, owed::overdue_in, rules::morning, stands, view_in};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{Scope, policy::CloseBilling},
    audit::{self, Change},
    billing,
    commands::{self, Command},
    ledger,
};

/// How many days a rest may last.
pub const MOST_PAUSE_DAYS: i64 = 90;

#[derive(Serialize)]
struct Pause<'a> {
    until: Timestamp,
    reason: &'a str,
}

/// Lets the organisation's ladder rest up to a day: no step is taken, and no start is refused because of it.
///
/// # Errors
/// `Invalid` for a day that is not later than today, or without a reason; a conflict for a day that is too far, and where
/// nothing is overdue.
pub async fn pause_dunning(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: &PauseDunning,
    command: Command,
    now: Timestamp,
) -> Result<DunningView> {
    let reason = audit::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let zone = billing::seller_zone_in(tx).await?;
        let today = billing::day(tx.now, &zone);
        if ask.until <= today {
            return Err(Error::Invalid { field: "until", rule: Rule::Future });
        }
        if ask.until > today.saturating_add(MOST_PAUSE_DAYS.days()) {
            return Err(Error::Conflict("pause-too-long"));
        }
        let until = morning(ask.until, &zone)?;
        set_in(tx, Some((until, reason))).await?;
        let after = Some(Pause { until, reason });
        let subject = tx.organisation.to_string();
        audit::record_in(tx, Change { verb: "dunning.paused", subject, before: None::<()>, after }).await?;
        view_in(tx).await
    })
    .await
}

/// Lets it go on before the end of its rest.
///
/// # Errors
/// `Invalid` without a reason; a conflict where it does not rest.
pub async fn resume_dunning(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: &ResumeDunning,
    command: Command,
    now: Timestamp,
) -> Result<DunningView> {
    let reason = audit::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let rests = entity::row_in(tx).await?.and_then(|row| row.rests_until(tx.now));
        if rests.is_none() {
            return Err(Error::Conflict("dunning-not-paused"));
        }
        set_in(tx, None).await?;
        let subject = tx.organisation.to_string();
        let change = Change { verb: "dunning.resumed", subject, before: rests, after: Some(reason) };
        audit::record_in(tx, change).await?;
        view_in(tx).await
    })
    .await
}

/// Stores the rest, or its end, where something is overdue. The purse is locked as for a step: of both at once the second
/// sees the first.
async fn set_in(tx: &Tx, pause: Option<(Timestamp, &str)>) -> Result<()> {
    let purse = ledger::lock_in(tx).await?;
    let zone = billing::seller_zone_in(tx).await?;
    let (row, overdue) = (entity::row_in(tx).await?, overdue_in(tx, &purse, &zone).await?);
    let (Some(row), Some(overdue)) = (row, overdue) else { return Err(Error::Conflict("nothing-overdue")) };
    let ladder = stands(row.ladder.as_ref(), &overdue, tx.now, &zone).rested();
    entity::save_in(tx, &ladder, &overdue, tx.now).await?;
    entity::pause_in(tx, pause).await
}
