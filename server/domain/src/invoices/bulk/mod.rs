//! Finalising all drafts of a month at once. What is asked for is a durable run with a row for each draft; a worker takes
//! each draft in a transaction of its own and by the use case that people finalise by. Whoever is killed in between has
//! changed nothing, and the next one takes the draft again.
//!
//! A draft with reasons that nobody has looked at is left, and one that no longer comes to what the list showed fails:
//! people open both.

mod entity;
mod looks;
mod work;

use sea_orm::FromQueryResult;
use types::{FinaliseAll, FinaliseRunId, FinaliseRunView, ReviewView, Timestamp, UserId};

pub use self::{
    looks::{look_at_draft, looks_in},
    work::finalise_some,
};
use super::{
    entity::{COLUMNS, Row, TABLES},
    review,
};
use crate::{
    Database, Error, Open, Result,
    access::{
        Survey,
        policy::{CloseBilling, ReadInvoices},
    },
    audit::{self, Change},
    commands::{self, Command, Installation},
    usage::Month,
};

/// A draft, with the reasons to look at it.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) review: ReviewView,
    /// Whether somebody looked at all of its reasons.
    pub(crate) is_looked_at: bool,
    /// Net, tax and total in minor units, as the list shows them.
    amounts: [i64; 3],
}

/// The drafts of all periods that ended by an instant, the earliest first.
pub(crate) async fn drafts_through(open: &Open, ended_at: Timestamp) -> Result<Vec<Draft>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE v.status = 'draft' AND p.ended_at <= $1
         ORDER BY p.started_at, v.organisation_id, v.id"
    );
    let rows: Vec<Row> = open.all(&sql, [ended_at.into()]).await?;
    let mut looks = looks::reasons_looked_at(open, &rows).await?;
    let reviews = review::of_rows(open, &rows).await?;
    let draft = |(row, review): (&Row, ReviewView)| {
        let looked = looks.remove(&row.id).unwrap_or_default();
        let is_looked_at = review.reasons.iter().all(|reason| looked.contains(reason));
        Draft { review, is_looked_at, amounts: [row.net, row.tax, row.total] }
    };
    Ok(rows.iter().zip(reviews).map(draft).collect())
}

/// Has all drafts of a month, and those of months before it, finalised by a worker.
///
/// # Errors
/// `Invalid` for a month that no calendar has; a conflict where there is no draft, and while a run of the month goes on.
pub async fn finalise_all(
    db: &Database,
    survey: &Survey<CloseBilling>,
    (month, ask): (&str, &FinaliseAll),
    command: Command,
    now: Timestamp,
) -> Result<FinaliseRunView> {
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| begin_in(tx, month, ask).await).await
}

async fn begin_in(open: &Open, month: &str, ask: &FinaliseAll) -> Result<FinaliseRunView> {
    let month = Month::of_in(open, Some(month)).await?;
    let mut drafts = drafts_through(open, month.ended_at).await?;
    if let Some(currency) = ask.currency {
        drafts.retain(|draft| draft.review.invoice.total.currency == currency);
    }
    if drafts.is_empty() {
        return Err(Error::Conflict("no-drafts"));
    }
    let id = entity::insert_run_in(open, &month.word(), ask).await?;
    entity::insert_items_in(open, id, &drafts).await?;
    let view = entity::run_in(open, id).await?;
    let after = Some((&view.month, view.n_drafts, view.n_left));
    let change = Change { verb: "invoice.all_asked", subject: id.to_string(), before: None::<()>, after };
    audit::record_installation(open, change).await?;
    Ok(view)
}

/// A run, with the drafts that people have to look at.
///
/// # Errors
/// `NotFound` for an unknown one.
pub async fn finalise_run(open: &Open, _: &Survey<ReadInvoices>, id: FinaliseRunId) -> Result<FinaliseRunView> {
    entity::run_in(open, id).await
}

#[derive(FromQueryResult)]
struct Latest {
    id: FinaliseRunId,
}

/// The run of a month that was asked for last.
///
/// # Errors
/// Only the database's own.
pub async fn latest_finalise_run(
    open: &Open,
    _: &Survey<ReadInvoices>,
    month: &str,
) -> Result<Option<FinaliseRunView>> {
    let sql = "SELECT id FROM finalise_run WHERE month = $1 ORDER BY asked_at DESC, id DESC LIMIT 1";
    let latest: Option<Latest> = open.one(sql, [month.into()]).await?;
    match latest {
        Some(latest) => entity::run_in(open, latest.id).await.map(Some),
        None => Ok(None),
    }
}

/// Stops a run: a draft that is being numbered is finished, and no other is begun.
///
/// # Errors
/// `NotFound` for an unknown run; a conflict for one that is over.
pub async fn stop_finalise_run(
    db: &Database,
    survey: &Survey<CloseBilling>,
    id: FinaliseRunId,
    command: Command,
    now: Timestamp,
) -> Result<FinaliseRunView> {
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| stop_in(tx, id).await).await
}

async fn stop_in(open: &Open, id: FinaliseRunId) -> Result<FinaliseRunView> {
    let sql = "UPDATE finalise_run SET state = 'stopped', stopped_by = $2, ended_at = $3
               WHERE id = $1 AND state = 'running'";
    let by = open.principal.user().map(UserId::uuid);
    let n_stopped = open.run(sql, [id.into(), by.into(), open.now.into()]).await?;
    let view = entity::run_in(open, id).await?;
    if n_stopped == 0 {
        return Err(Error::Conflict("run-over"));
    }
    let after = Some((&view.month, view.n_done, view.n_waiting));
    let change = Change { verb: "invoice.all_stopped", subject: id.to_string(), before: None::<()>, after };
    audit::record_installation(open, change).await?;
    Ok(view)
}
