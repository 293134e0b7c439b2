//! The table `overbilled`: seconds that a settlement has rated and that, as was learnt later, are not billable. They stay
//! billed, since what was rated is never cut away; finance sees their invoice in review, and the audit says it.

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{IntervalReason, LeaseId, Timestamp};

use super::timeline::Span;
use crate::{
    Result, Tx,
    audit::{self, Change},
    ledger,
};

/// Rated seconds with the reason for which they should not have been; in order, disjoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromQueryResult)]
pub(super) struct Overbilled {
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
    pub(super) reason: IntervalReason,
}

/// What of the `rated` seconds the `spans`, which are the truth, do not bill.
pub(super) fn overbilled(spans: &[Span], rated: &[(Timestamp, Timestamp)]) -> Vec<Overbilled> {
    let mut found: Vec<Overbilled> = Vec::new();
    for &(from, to) in rated {
        let mut at = from;
        for span in spans {
            let (started_at, ended_at) = (span.started_at.max(at), span.ended_at.map_or(to, |end| end.min(to)));
            if started_at < ended_at {
                found.extend(span.reason.map(|reason| Overbilled { started_at, ended_at, reason }));
                at = ended_at;
            }
        }
        // Behind the lease's end nothing was held.
        if at < to {
            found.push(Overbilled { started_at: at, ended_at: to, reason: IntervalReason::Stopping });
        }
    }
    found.sort_by_key(|stretch| stretch.started_at);
    found
}

/// Keeps what is overbilled of a lease, and says in the audit where that changed.
pub(super) async fn keep_in(tx: &Tx, lease: LeaseId, after: &[Overbilled]) -> Result<()> {
    let sql = "SELECT started_at, ended_at, reason FROM overbilled WHERE organisation_id = $1 AND lease_id = $2
               ORDER BY started_at";
    let before: Vec<Overbilled> = tx.all(sql, [tx.organisation.into(), lease.into()]).await?;
    if before == after {
        return Ok(());
    }
    let sql = "DELETE FROM overbilled WHERE organisation_id = $1 AND lease_id = $2";
    tx.run(sql, [tx.organisation.into(), lease.into()]).await?;
    let sql = "INSERT INTO overbilled (organisation_id, lease_id, started_at, ended_at, reason, learnt_at)
               SELECT $1, $2, x.started_at, x.ended_at, x.reason, $4
               FROM jsonb_to_recordset($3) AS x (started_at timestamptz, ended_at timestamptz, reason text)";
    let rows = ledger::as_json(&after)?;
    tx.run(sql, [tx.organisation.into(), lease.into(), rows.into(), tx.now.into()]).await?;
    let change =
        Change { verb: "usage.overbilled", subject: lease.to_string(), before: Some(before), after: Some(after) };
    audit::record_in(tx, change).await
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second)
    }

    proptest! {
        #[test]
        fn each_rated_second_is_either_billable_or_overbilled_and_no_other_second_is_either(
            lengths in prop::collection::vec((1..20_i64, any::<bool>()), 1..8), is_open: bool,
            rated in prop::collection::vec((0..15_i64, 1..30_i64), 0..4),
        ) {
            let mut second = 0;
            let mut spans: Vec<Span> = lengths.iter().map(|&(length, is_billed)| {
                second += length;
                let reason = (!is_billed).then_some(IntervalReason::NodeFault);
                Span { started_at: at(second - length), ended_at: Some(at(second)), reason, container_id: None }
            }).collect();
            if let (true, Some(last)) = (is_open, spans.last_mut()) {
                last.ended_at = None;
            }
            let mut second = 0;
            let rated: Vec<_> = rated.into_iter().map(|(gap, length)| {
                second += gap + length;
                (at(second - length), at(second))
            }).collect();
            let found = overbilled(&spans, &rated);
            for second in (0..300).map(at) {
                let is_rated = rated.iter().any(|&(from, to)| from <= second && second < to);
                let holds = |span: &&Span| span.started_at <= second && span.ended_at.is_none_or(|end| second < end);
                let is_billable = spans.iter().find(holds).is_some_and(|span| span.reason.is_none());
                let n_found = found.iter().filter(|s| s.started_at <= second && second < s.ended_at).count();
                prop_assert_eq!(n_found, usize::from(is_rated && !is_billable));
            }
        }
    }
}
