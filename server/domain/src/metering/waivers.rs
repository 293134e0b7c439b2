//! What finance waived: stretches of a cluster that were not confirmed when a period was closed are never billed,
//! whatever is learnt of them later.

use sea_orm::FromQueryResult;
use types::{ClusterId, IntervalReason, LeaseId, Timestamp};

use super::{entity, lease::lock_leases_between_in, record::recut_in, timeline::Span};
use crate::{Result, Tx};

/// From where to where.
pub(super) type Waived = (Timestamp, Timestamp);

#[derive(FromQueryResult)]
struct WaiverRow {
    waived_from: Timestamp,
    waived_through: Timestamp,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// What was waived in the lease's cluster.
pub(super) async fn waivers_in(tx: &Tx, lease: LeaseId) -> Result<Vec<Waived>> {
    let sql = "SELECT w.waived_from, w.waived_through FROM cluster_waiver w
               JOIN lease l ON l.organisation_id = w.organisation_id AND l.cluster_id = w.cluster_id
               WHERE w.organisation_id = $1 AND l.id = $2 ORDER BY w.waived_from";
    let rows: Vec<WaiverRow> = tx.all(sql, [tx.organisation.into(), lease.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.waived_from, row.waived_through)).collect())
}

/// Cuts the organisation's intervals in a cluster after a waiver was stored; how many are waived by it.
pub(crate) async fn apply_waiver_in(tx: &Tx, cluster: ClusterId, (from, through): Waived) -> Result<u64> {
    for lease in lock_leases_between_in(tx, cluster, from, through).await? {
        let facts = entity::facts_in(tx, lease.id).await?;
        recut_in(tx, lease, &facts).await?;
    }
    let sql = "SELECT count(*) AS n FROM usage_interval i
               JOIN lease l ON l.organisation_id = i.organisation_id AND l.id = i.lease_id
               WHERE i.organisation_id = $1 AND l.cluster_id = $2 AND i.reason = 'waived'
               AND i.started_at >= $3 AND i.ended_at <= $4";
    let values = [tx.organisation.into(), cluster.into(), from.into(), through.into()];
    Ok(tx.one(sql, values).await?.map_or(0, |row: Count| row.n.unsigned_abs()))
}

/// A timeline with its billed stretches cut: what lies under a waiver is not billed.
pub(super) fn waived(spans: Vec<Span>, waivers: &[Waived]) -> Vec<Span> {
    waivers.iter().fold(spans, |spans, &waiver| spans.into_iter().flat_map(|span| cut(span, waiver)).collect())
}

fn cut(span: Span, (from, through): Waived) -> Vec<Span> {
    let (starts, ends) = (span.started_at.max(from), span.ended_at.map_or(through, |end| end.min(through)));
    if span.reason.is_some() || starts >= ends {
        return vec![span];
    }
    let reason = Some(IntervalReason::Waived);
    let before = Span { ended_at: Some(starts), ..span.clone() };
    let waived = Span { started_at: starts, ended_at: Some(ends), reason, ..span.clone() };
    let after = Span { started_at: ends, ..span };
    let lasts = |piece: &Span| piece.ended_at.is_none_or(|end| piece.started_at < end);
    [before, waived, after].into_iter().filter(lasts).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_tile_the_stretch_and_only_what_lies_under_the_waiver_is_not_billed(
            start in 0i64..100, length in prop::option::of(1i64..100), from in 0i64..100, length_waived in 1i64..100,
        ) {
            let at = Timestamp::from_second;
            let (end, through) = (length.map(|length| start + length), from + length_waived);
            let span = Span { started_at: at(start), ended_at: end.map(at), reason: None, container_id: None };
            let spans = waived(vec![span.clone()], &[(at(from), at(through))]);
            prop_assert_eq!(spans[0].started_at, span.started_at);
            prop_assert_eq!(spans.last().unwrap().ended_at, span.ended_at);
            for (one, next) in spans.iter().zip(spans.iter().skip(1)) {
                prop_assert_eq!(one.ended_at, Some(next.started_at));
            }
            for second in start..end.unwrap_or(250) {
                let holds = |s: &&Span| s.started_at <= at(second) && s.ended_at.is_none_or(|end| at(second) < end);
                let billed = spans.iter().find(holds).unwrap().reason.is_none();
                prop_assert_eq!(billed, !(from <= second && second < through));
            }
        }
    }
}
