//! What budgets do to what runs: a letter at the alert, and a stop at the ceiling.

use types::{InstanceReason, LeaseId, OrganisationId, Timestamp};

use super::{
    change::stop_in,
    entity::{self, Instance},
    settle_wish,
};
use crate::{
    Database, Result, Tx,
    access::Job,
    budgets::{self, Told},
    settlement,
};

/// Writes the letters of budgets that reached their alert, and stops what those count that reached their ceiling; how
/// many instances that were.
///
/// Whether it was reached is calculated again in the same transaction: a ceiling raised in between has moved the instant.
///
/// # Errors
/// Only the database's own.
pub async fn mind_budgets(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<usize> {
    let tx = db.work_in(job, organisation, now).await?;
    settlement::recalculate_timer_in(&tx).await?;
    let mut stopped = 0;
    for standing in settlement::budgets_reached_in(&tx).await? {
        let is_over = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        if is_over(standing.alert_at) {
            budgets::mark_alerted_in(&tx, standing.budget.id).await?;
            budgets::tell_in(&tx, &standing.budget, Told::Alert).await?;
        }
        if is_over(standing.ceiling_at) {
            let n = stop_leases_in(&tx, &standing.leases).await?;
            if n > 0 {
                budgets::tell_in(&tx, &standing.budget, Told::Ceiling(n)).await?;
            }
            stopped += n;
        }
    }
    settle_wish::move_timers_in(&tx).await?;
    tx.commit().await?;
    Ok(stopped)
}

async fn stop_leases_in(tx: &Tx, leases: &[LeaseId]) -> Result<usize> {
    let sql = format!(
        "SELECT {} FROM instance i WHERE organisation_id = $1 AND wish = 'running' AND EXISTS (
             SELECT 1 FROM lease l WHERE l.organisation_id = $1 AND l.id = ANY($2) AND l.subject_id = i.id
             AND l.attempt = i.attempt) ORDER BY id FOR NO KEY UPDATE",
        entity::COLUMNS
    );
    let leases: Vec<uuid::Uuid> = leases.iter().map(|lease| lease.uuid()).collect();
    let running: Vec<Instance> = tx.all(&sql, [tx.organisation.into(), leases.into()]).await?;
    for instance in &running {
        stop_in(tx, instance, InstanceReason::BudgetReached, None).await?;
    }
    Ok(running.len())
}
