//! When budgets reach their alert and their ceiling: calculated from what zero is calculated from.

use types::{BudgetWindow, LeaseId, OrganisationId, Timestamp};

use super::{
    pieces::{Counted, Piece, rate},
    predict::{Running, zero_at},
    timer::{OrganisationRow, Outlook, outlook_in},
};
use crate::{
    Open, Result, Tx,
    billing::Calendar,
    budgets::{self, Budget, Month},
};

/// A budget, the leases that it counts, and when it reaches what.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) budget: Budget,
    /// Of those that are open or have unrated seconds.
    pub(crate) leases: Vec<LeaseId>,
    /// When usage reaches the alert, unless that was told in this window.
    pub(crate) alert_at: Option<Timestamp>,
    /// When usage reaches the ceiling, if anything is open that can be stopped.
    pub(crate) ceiling_at: Option<Timestamp>,
}

/// The organisations of which a budget is predicted to have reached something; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_at_budgets(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT organisation_id FROM settlement_timer WHERE budget_at <= $1 ORDER BY budget_at LIMIT 1000";
    let rows: Vec<OrganisationRow> = open.all(sql, [now.into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// The budgets of the transaction's organisation that have reached their alert or their ceiling.
pub(crate) async fn budgets_reached_in(tx: &Tx) -> Result<Vec<Standing>> {
    let outlook = outlook_in(tx).await?;
    let calendar = outlook.calendar()?;
    let mut reached = standings_in(tx, &outlook, &calendar).await?;
    let is_over = |at: Option<Timestamp>| at.is_some_and(|at| at <= tx.now);
    reached.retain(|standing| is_over(standing.alert_at) || is_over(standing.ceiling_at));
    Ok(reached)
}

/// When the first of them reaches something.
pub(super) async fn first_reach_in(tx: &Tx, outlook: &Outlook, calendar: &Calendar) -> Result<Option<Timestamp>> {
    let standings = standings_in(tx, outlook, calendar).await?;
    Ok(standings.iter().flat_map(|standing| [standing.alert_at, standing.ceiling_at]).flatten().min())
}

async fn standings_in(tx: &Tx, outlook: &Outlook, calendar: &Calendar) -> Result<Vec<Standing>> {
    if !outlook.purse.has_budgets {
        return Ok(Vec::new());
    }
    let budgets = budgets::without_holds_in(tx).await?;
    if budgets.is_empty() {
        return Ok(Vec::new());
    }
    let month = Month::of(calendar, outlook.now)?;
    let open = outlook.leases.iter().map(|lease| lease.lease);
    let mut leases: Vec<LeaseId> = open.chain(outlook.unrated.iter().map(|stretch| stretch.lease)).collect();
    leases.sort();
    leases.dedup();
    let counted = budgets::counted_in(tx, leases).await?;
    let cuts = [month.started_at];
    let pieces = rate(&outlook.unrated, &outlook.tariff, &cuts, &mut Counted::default())?;
    let standing = |budget: Budget| {
        let leases = counted.iter().filter(|row| row.id == budget.id).map(|row| row.lease_id).collect();
        Ok(standing(outlook, &month, &pieces, budget, leases))
    };
    budgets.into_iter().map(standing).collect()
}

fn standing(outlook: &Outlook, month: &Month, pieces: &[Piece], budget: Budget, leases: Vec<LeaseId>) -> Standing {
    let is_month = budget.span == BudgetWindow::Month;
    // They come in order: an organisation may have thousands.
    let counts = |lease: &LeaseId| leases.binary_search(lease).is_ok();
    let unrated = pieces.iter().filter(|piece| counts(&piece.lease));
    let unrated = unrated.filter(|piece| !is_month || piece.from >= month.started_at);
    let used = budget.spent_in(month) + unrated.map(|piece| piece.slice.gross).sum::<i64>();
    let mine = outlook.leases.iter().filter(|lease| counts(&lease.lease));
    let mut running = Running::new();
    for lease in mine.clone().filter(|lease| lease.billable_since.is_some()) {
        *running.entry((lease.flavour, lease.project)).or_default() += lease.units;
    }
    let reaches = |amount: i64| match amount - used {
        ..=0 => Some(outlook.now),
        left => zero_at(left, &[], &running, &outlook.tariff, outlook.now),
    };
    let in_window = |at: &Timestamp| !is_month || *at < month.ended_at;
    let alert_at = reaches(budget.alert).filter(in_window).filter(|_| !budget.is_alerted(month));
    let ceiling_at = reaches(budget.ceiling).filter(in_window).filter(|_| mine.clone().any(|lease| !lease.is_volume));
    Standing { budget, leases, alert_at, ceiling_at }
}
