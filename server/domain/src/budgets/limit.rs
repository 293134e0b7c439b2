//! The spending limit: the budget of a whole organisation in each month of the hub's calendar, by whoever minds its money.

use types::{BudgetSubject, BudgetView, BudgetWindow, SetBudget, SetSpendingLimit, SpendingLimit, Timestamp};

use super::{Month, check, entity, record_removed_in, written_in};
use crate::{
    Database, Result, Tx,
    access::{
        Scope,
        policy::{LimitSpending, ReadBalance},
    },
    organisations, settlement,
};

/// What the organisation may spend in a month, if it has said so, and how far that is used.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn spending_limit_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<SpendingLimit> {
    tx.admits(scope)?;
    let currency = organisations::buyer_in(tx).await?.currency;
    let month = Month::of_in(tx).await?;
    let budget = entity::of_subject_in(tx, BudgetSubject::Organisation(tx.organisation())).await?;
    Ok(SpendingLimit { limit: budget.map(|budget| budget.view(currency, &month)).transpose()? })
}

/// Limits what the organisation may spend in a month, whoever launches what. What it spent in the running month counts
/// already; below that, it stops what runs.
///
/// # Errors
/// `Invalid` for amounts that are not above zero or in another currency, and for an alert above the ceiling.
pub async fn set_spending_limit(
    db: &Database,
    scope: &Scope<LimitSpending>,
    ask: SetSpendingLimit,
    now: Timestamp,
) -> Result<BudgetView> {
    let tx = db.begin(scope, now).await?;
    let currency = organisations::buyer_in(&tx).await?.currency;
    let SetSpendingLimit { ceiling, alert } = ask;
    let subject = BudgetSubject::Organisation(tx.organisation());
    let ask = SetBudget { subject, window: BudgetWindow::Month, ceiling, alert };
    check(&ask, currency)?;
    let view = written_in(&tx, &ask, currency).await?;
    tx.commit().await?;
    Ok(view)
}

/// Takes the limit away: only the wallet and other budgets limit the organisation. Where there is none, nothing changes.
///
/// # Errors
/// Only the database's own.
pub async fn remove_spending_limit(db: &Database, scope: &Scope<LimitSpending>, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let subject = BudgetSubject::Organisation(tx.organisation());
    let Some(budget) = entity::of_subject_in(&tx, subject).await? else { return Ok(()) };
    entity::remove_in(&tx, budget.id).await?;
    record_removed_in(&tx, &budget).await?;
    settlement::recalculate_timer_in(&tx).await?;
    tx.commit().await
}
