//! Budgets: what an organisation, a project, a member or a token may spend, gross, in a month or in all.
//!
//! A lease says who launched it in which project by which token, and so which budgets count it. A budget has `spent`,
//! which settlements raise, and what open holds stand for, which is read where it is asked. A launch is refused where
//! both and its first hour are beyond the ceiling, under the locks that every change of an organisation's money takes;
//! what runs is stopped at the instant at which usage is predicted to reach it, like at zero.

mod entity;
mod left;
mod letters;
mod limit;

use types::{BudgetId, BudgetSubject, BudgetView, List, ProjectId, SetBudget, Timestamp};

pub use self::limit::{remove_spending_limit, set_spending_limit, spending_limit_in};
pub(crate) use self::{
    entity::{Budget, Charge, Month, charge_in, counted_in, insert_in, mark_alerted_in, without_holds_in},
    left::{Lefts, lefts_of_launch_in, lefts_of_lease_in},
    letters::{Told, tell_in},
};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{
        Scope,
        policy::{ManageProjects, ReadBalance},
    },
    audit,
    ledger::MAX_BOOKING,
    organisations, settlement,
};

/// The organisation's budgets that limit something: its own limit, then projects, members and tokens, each by name. One of
/// a token that has ended is told for as long as something runs that the token launched.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_budgets_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<List<BudgetView>> {
    tx.admits(scope)?;
    let currency = organisations::buyer_in(tx).await?.currency;
    let month = Month::of_in(tx).await?;
    let mut items: Vec<BudgetView> = Vec::new();
    for budget in entity::in_force_in(tx).await? {
        items.push(budget.view(currency, &month)?);
    }
    items.sort_by(|a, b| (order(a.subject), &a.name, a.id).cmp(&(order(b.subject), &b.name, b.id)));
    Ok(List { items, next_cursor: None })
}

/// The budget of a project, a member or a token, if it has one.
///
/// # Errors
/// `NotFound` for another organisation's, as for one that never was.
pub async fn budget_of_in(tx: &Tx, scope: &Scope<ReadBalance>, subject: BudgetSubject) -> Result<Option<BudgetView>> {
    tx.admits(scope)?;
    if !entity::has_subject_in(tx, subject).await? {
        return Err(Error::NotFound);
    }
    let currency = organisations::buyer_in(tx).await?.currency;
    let month = Month::of_in(tx).await?;
    entity::of_subject_in(tx, subject).await?.map(|budget| budget.view(currency, &month)).transpose()
}

const fn order(subject: BudgetSubject) -> u8 {
    match subject {
        BudgetSubject::Organisation(_) => 0,
        BudgetSubject::Project(_) => 1,
        BudgetSubject::Member(_) => 2,
        BudgetSubject::Token(_) => 3,
    }
}

/// Limits what a project or a member may spend. What they spent in the running month counts already; a budget without
/// an end begins at zero. Below what was spent, it stops what runs.
///
/// # Errors
/// `Invalid` for a subject that is not there, a token's or the organisation's, for amounts that are not above zero or in another currency,
/// and for an alert above the ceiling; a conflict for a project that is closed.
pub async fn set_budget(
    db: &Database,
    scope: &Scope<ManageProjects>,
    ask: SetBudget,
    now: Timestamp,
) -> Result<BudgetView> {
    let tx = db.begin(scope, now).await?;
    let currency = organisations::buyer_in(&tx).await?.currency;
    check(&ask, currency)?;
    let is_there = entity::has_subject_in(&tx, ask.subject).await?;
    if matches!(ask.subject, BudgetSubject::Token(_) | BudgetSubject::Organisation(_)) || !is_there {
        return Err(Error::Invalid { field: "subject", rule: Rule::Known });
    }
    if let BudgetSubject::Project(project) = ask.subject {
        organisations::hold_open_in(&tx, project).await?;
    }
    let view = written_in(&tx, &ask, currency).await?;
    tx.commit().await?;
    Ok(view)
}

/// Writes what was checked, and moves the timers by it.
async fn written_in(tx: &Tx, ask: &SetBudget, currency: types::Currency) -> Result<BudgetView> {
    let month = Month::of_in(tx).await?;
    let before = entity::of_subject_in(tx, ask.subject).await?;
    entity::set_in(tx, ask, &month).await?;
    let after = entity::of_subject_in(tx, ask.subject).await?.ok_or(Error::NotFound)?;
    let change = audit::Change {
        verb: "budget.set",
        subject: after.id.to_string(),
        before: before.as_ref().map(Budget::recorded),
        after: Some(after.recorded()),
    };
    audit::record_in(tx, change).await?;
    settlement::recalculate_timer_in(tx).await?;
    after.view(currency, &month)
}

/// Takes a budget away: nothing limits its project or member any more.
///
/// # Errors
/// `NotFound` for another organisation's budget; a conflict for a token's, which lasts as long as the token, and for the
/// organisation's own, which is its spending limit.
pub async fn remove_budget(
    db: &Database,
    scope: &Scope<ManageProjects>,
    budget: BudgetId,
    now: Timestamp,
) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let before = entity::remove_in(&tx, budget).await?.ok_or(Error::NotFound)?;
    match before.subject()? {
        BudgetSubject::Token(_) => return Err(Error::Conflict("budget-of-token")),
        BudgetSubject::Organisation(_) => return Err(Error::Conflict("budget-of-organisation")),
        BudgetSubject::Project(_) | BudgetSubject::Member(_) => {}
    }
    record_removed_in(&tx, &before).await?;
    settlement::recalculate_timer_in(&tx).await?;
    tx.commit().await
}

/// Ends the budget of a project that closes, if it has one; timers move afterwards.
pub(crate) async fn end_of_project_in(tx: &Tx, project: ProjectId) -> Result<()> {
    let Some(budget) = entity::of_subject_in(tx, BudgetSubject::Project(project)).await? else { return Ok(()) };
    entity::remove_in(tx, budget.id).await?;
    record_removed_in(tx, &budget).await
}

async fn record_removed_in(tx: &Tx, budget: &Budget) -> Result<()> {
    let change = audit::Change {
        verb: "budget.removed",
        subject: budget.id.to_string(),
        before: Some(budget.recorded()),
        after: None::<()>,
    };
    audit::record_in(tx, change).await
}

/// Four fifths, where nothing is said.
pub(crate) fn alert_of(ask: &SetBudget) -> i64 {
    ask.alert.map_or_else(|| (ask.ceiling.micros / 5 * 4).max(1), |alert| alert.micros)
}

/// Refuses amounts that no budget can have.
pub(crate) fn check(ask: &SetBudget, currency: types::Currency) -> Result<()> {
    let invalid = |field, rule| Err(Error::Invalid { field, rule });
    let amounts = std::iter::once(("ceiling", ask.ceiling)).chain(ask.alert.map(|alert| ("alert", alert)));
    for (field, amount) in amounts {
        if amount.currency != currency {
            return invalid(field, Rule::Currency);
        }
        if !(1..=MAX_BOOKING).contains(&amount.micros) {
            return invalid(field, Rule::PositiveAmount);
        }
    }
    if ask.alert.is_some_and(|alert| alert.micros > ask.ceiling.micros) {
        return invalid("alert", Rule::AtMostCeiling);
    }
    Ok(())
}
