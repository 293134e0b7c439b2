//! The table `dunning`, always inside one organisation.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{DunningStep, Money, Timestamp};

use super::{owed::Overdue, rules::Ladder};
use crate::{Error, Result, Tx, audit};

/// How far an organisation that owes something stands.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Nothing while nothing is overdue.
    pub(super) ladder: Option<Ladder>,
    pub(super) paused_until: Option<Timestamp>,
}

impl Row {
    /// Until when it rests, where it does at `now`.
    pub(super) fn rests_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.paused_until.filter(|until| *until > now)
    }
}

#[derive(FromQueryResult)]
struct Stored {
    due_on: Option<String>,
    taken_at: serde_json::Value,
    paused_until: Option<Timestamp>,
}

/// The organisation's row; nothing where it owes nothing.
pub(super) async fn row_in(tx: &Tx) -> Result<Option<Row>> {
    let sql = "SELECT due_on::text AS due_on, taken_at, paused_until FROM dunning WHERE organisation_id = $1";
    let stored: Option<Stored> = tx.one(sql, [tx.organisation.into()]).await?;
    let Some(Stored { due_on, taken_at, paused_until }) = stored else { return Ok(None) };
    let ladder = match due_on {
        Some(text) => {
            let due_on = text.parse::<Date>().map_err(|error| Error::Corrupt(format!("date: {error}")))?;
            let taken = serde_json::from_value::<Vec<Timestamp>>(taken_at);
            let taken = taken.map_err(|error| Error::Corrupt(format!("steps of a ladder: {error}")))?;
            Some(Ladder { due_on, taken })
        }
        None => None,
    };
    Ok(Some(Row { ladder, paused_until }))
}

/// Stores how far the organisation stands, and when it is looked at next.
pub(super) async fn save_in(tx: &Tx, ladder: &Ladder, overdue: &Overdue, next_at: Timestamp) -> Result<()> {
    let taken = serde_json::to_value(&ladder.taken);
    let taken = taken.map_err(|error| Error::Corrupt(format!("steps of a ladder: {error}")))?;
    let sql = "UPDATE dunning SET due_on = $2::text::date, overdue_micros = $3, step = $4, taken_at = $5, next_at = $6
               WHERE organisation_id = $1";
    let values = [
        tx.organisation.into(),
        ladder.due_on.to_string().into(),
        overdue.amount.micros.into(),
        ladder.step().map(DunningStep::word).into(),
        taken.into(),
        next_at.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Stores that nothing is overdue, and when it is looked at next; with it ends a rest.
pub(super) async fn clear_in(tx: &Tx, before: &Row, next_at: Timestamp) -> Result<()> {
    let sql = "UPDATE dunning SET due_on = NULL, overdue_micros = 0, step = NULL, taken_at = '[]', next_at = $2,
                   paused_until = NULL, pause_reason = NULL, paused_by = NULL, paused_at = NULL
               WHERE organisation_id = $1";
    tx.run(sql, [tx.organisation.into(), next_at.into()]).await?;
    record_end_in(tx, before.ladder.as_ref().and_then(Ladder::step)).await
}

#[derive(FromQueryResult)]
struct Removed {
    step: Option<DunningStep>,
}

/// Forgets an organisation that owes nothing any more: whatever was refused is not, from this transaction on.
pub(super) async fn remove_in(tx: &Tx) -> Result<()> {
    let sql = "DELETE FROM dunning WHERE organisation_id = $1 RETURNING step";
    let removed: Option<Removed> = tx.one(sql, [tx.organisation.into()]).await?;
    record_end_in(tx, removed.and_then(|removed| removed.step)).await
}

/// Has the worker look at an organisation that owes something: at once where it is new here or something was overdue.
pub(super) async fn watch_in(tx: &Tx) -> Result<()> {
    let sql = "INSERT INTO dunning AS d (organisation_id, since, next_at) VALUES ($1, $2, $2)
               ON CONFLICT (organisation_id) DO UPDATE SET next_at = $2 WHERE d.due_on IS NOT NULL AND d.next_at > $2";
    tx.run(sql, [tx.organisation.into(), tx.now.into()]).await.map(drop)
}

/// Stores until when the ladder rests, and why; nothing ends the rest.
pub(super) async fn pause_in(tx: &Tx, pause: Option<(Timestamp, &str)>) -> Result<()> {
    let (until, reason) = pause.unzip();
    let by = pause.and_then(|_| tx.principal.user());
    let at = pause.map(|_| tx.now);
    let sql = "UPDATE dunning SET paused_until = $2, pause_reason = $3, paused_by = $4, paused_at = $5
               WHERE organisation_id = $1";
    let values = [tx.organisation.into(), until.into(), reason.into(), by.into(), at.into()];
    tx.run(sql, values).await.map(drop)
}

/// What the audit keeps of a step.
#[derive(Serialize)]
struct Taken<'a> {
    step: DunningStep,
    overdue: Money,
    due_on: String,
    invoices: &'a [String],
    stopped: usize,
}

/// Records a step that was taken, and how many instances it stopped.
pub(super) async fn record_step_in(tx: &Tx, step: DunningStep, overdue: &Overdue, stopped: usize) -> Result<()> {
    let (due_on, invoices) = (overdue.due_on.to_string(), overdue.numbers.as_slice());
    let after = Some(Taken { step, overdue: overdue.amount, due_on, invoices, stopped });
    let subject = tx.organisation.to_string();
    audit::record_in(tx, audit::Change { verb: "dunning.step_taken", subject, before: None::<()>, after }).await
}

/// Records that what was overdue is paid, where a step had been taken.
async fn record_end_in(tx: &Tx, step: Option<DunningStep>) -> Result<()> {
    let Some(step) = step else { return Ok(()) };
    let subject = tx.organisation.to_string();
    audit::record_in(tx, audit::Change { verb: "dunning.ended", subject, before: Some(step), after: None::<()> }).await
}
