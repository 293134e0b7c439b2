//! What a month of the seller's waits for: clusters whose word is missing, periods that run on, and drafts that nobody made.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use types::{OrganisationId, Timestamp};

use super::blockers::{Closing, blockers_in};
use crate::{Open, Result};

#[derive(FromQueryResult)]
struct Running {
    organisation_id: OrganisationId,
    started_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// How much a month waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting {
    /// Clusters that are not known up to its end and are not waived, for somebody whose period runs.
    pub(crate) n_clusters: i64,
    /// Periods that began before its end and are not closed.
    pub(crate) n_periods: i64,
    /// Closed periods of the month with something to bill and without an invoice.
    pub(crate) n_without_draft: i64,
}

/// What the month between two instants waits for. What was settled after a period was closed is not its own any more: it
/// stands on the next invoice.
pub(crate) async fn waiting_in(open: &Open, (started_at, ended_at): (Timestamp, Timestamp)) -> Result<Waiting> {
    let sql = "SELECT organisation_id, started_at FROM billing_period WHERE ended_at IS NULL AND started_at < $1";
    let running: Vec<Running> = open.all(sql, [ended_at.into()]).await?;
    let closing = running.iter().map(|row| Closing {
        organisation_id: row.organisation_id.uuid(),
        started_at: row.started_at,
        ended_at,
    });
    let blockers = blockers_in(open, &closing.collect::<Vec<_>>()).await?;
    let clusters: BTreeSet<_> = blockers.iter().map(|(_, blocker)| blocker.cluster).collect();
    let sql = "SELECT count(*) AS n FROM billing_period p
               WHERE p.ended_at > $1 AND p.ended_at <= $2
               AND NOT EXISTS (SELECT 1 FROM invoice v
                               WHERE v.organisation_id = p.organisation_id AND v.period_id = p.id)
               AND EXISTS (SELECT 1 FROM rated_item r
                           JOIN settlement s ON s.organisation_id = r.organisation_id AND s.id = r.settlement_id
                           WHERE r.organisation_id = p.organisation_id AND s.invoice_id IS NULL
                           AND r.started_at >= p.started_at AND r.ended_at <= p.ended_at AND s.at <= p.closed_at)";
    let undrafted: Option<Count> = open.one(sql, [started_at.into(), ended_at.into()]).await?;
    Ok(Waiting {
        n_clusters: count(clusters.len()),
        n_periods: count(running.len()),
        n_without_draft: undrafted.map_or(0, |row| row.n),
    })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
