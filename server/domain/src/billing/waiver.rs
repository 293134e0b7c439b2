//! Waiving a cluster: what it has not confirmed of a period is classed as not billed, for ever.

use sea_orm::FromQueryResult;
use types::{ClusterId, IntervalId, LeaseId, PeriodId, Timestamp};

use crate::{Result, Tx};

/// A stretch that is waived in one cluster.
#[derive(Clone, Debug)]
pub(super) struct Waiver {
    pub(super) period: PeriodId,
    pub(super) cluster: ClusterId,
    pub(super) from: Timestamp,
    pub(super) through: Timestamp,
    pub(super) reason: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: IntervalId,
    lease_id: LeaseId,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    container_id: Option<String>,
}

/// A part of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    billable: bool,
}

/// Stores the waiver and cuts the billable intervals under it; how many there were.
pub(super) async fn waive_in(tx: &Tx, waiver: &Waiver) -> Result<u64> {
    let sql = "INSERT INTO cluster_waiver (organisation_id, period_id, cluster_id, waived_from, waived_through, reason,
                   waived_by, waived_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        tx.organisation.into(),
        waiver.period.into(),
        waiver.cluster.into(),
        waiver.from.into(),
        waiver.through.into(),
        waiver.reason.clone().into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    let rows = intervals_in(tx, waiver).await?;
    for row in &rows {
        cut_in(tx, row, waiver).await?;
    }
    Ok(rows.len() as u64)
}

async fn intervals_in(tx: &Tx, waiver: &Waiver) -> Result<Vec<Row>> {
    let sql = "SELECT i.id, i.lease_id, i.started_at, i.ended_at, i.container_id FROM usage_interval i
               JOIN lease l ON l.organisation_id = i.organisation_id AND l.id = i.lease_id
               WHERE i.organisation_id = $1 AND l.cluster_id = $2 AND i.billable AND i.started_at < $4
               AND (i.ended_at IS NULL OR i.ended_at > $3) ORDER BY i.id FOR NO KEY UPDATE OF i";
    tx.all(sql, [tx.organisation.into(), waiver.cluster.into(), waiver.from.into(), waiver.through.into()]).await
}

/// The interval keeps its first piece, so that what was rated of it stays inside it.
async fn cut_in(tx: &Tx, row: &Row, waiver: &Waiver) -> Result<()> {
    let mut pieces = pieces(row, waiver).into_iter();
    if let Some(first) = pieces.next() {
        let sql = "UPDATE usage_interval SET ended_at = $3, billable = $4, reason = $5
                   WHERE organisation_id = $1 AND id = $2";
        let values =
            [tx.organisation.into(), row.id.into(), first.ended_at.into(), first.billable.into(), reason(first).into()];
        tx.run(sql, values).await?;
    }
    for piece in pieces {
        let sql = "INSERT INTO usage_interval (organisation_id, id, lease_id, started_at, ended_at, billable, reason,
                       container_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = [
            tx.organisation.into(),
            IntervalId::new(tx.now).into(),
            row.lease_id.into(),
            piece.started_at.into(),
            piece.ended_at.into(),
            piece.billable.into(),
            reason(piece).into(),
            row.container_id.clone().into(),
        ];
        tx.run(sql, values).await?;
    }
    Ok(())
}

fn reason(piece: Piece) -> Option<&'static str> {
    (!piece.billable).then_some(types::IntervalReason::Waived.word())
}

/// Billable before the waiver, waived under it, billable again after it.
fn pieces(row: &Row, waiver: &Waiver) -> Vec<Piece> {
    let from = row.started_at.max(waiver.from);
    let through = row.ended_at.map_or(waiver.through, |end| end.min(waiver.through));
    let before = Piece { started_at: row.started_at, ended_at: Some(from), billable: true };
    let waived = Piece { started_at: from, ended_at: Some(through), billable: false };
    let after = Piece { started_at: through, ended_at: row.ended_at, billable: true };
    [before, waived, after]
        .into_iter()
        .filter(|piece| piece.ended_at.is_none_or(|end| piece.started_at < end))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_tile_the_interval_and_only_what_lies_under_the_waiver_is_not_billed(
            start in 0i64..100, length in prop::option::of(1i64..100), from in 0i64..100, waived in 1i64..100,
        ) {
            let at = Timestamp::from_second;
            let (end, through) = (length.map(|length| start + length), from + waived);
            prop_assume!(start < through && end.is_none_or(|end| end > from));
            let row = Row {
                id: IntervalId::from_uuid(uuid::Uuid::nil()),
                lease_id: LeaseId::from_uuid(uuid::Uuid::nil()),
                started_at: at(start),
                ended_at: end.map(at),
                container_id: None,
            };
            let waiver = Waiver {
                period: PeriodId::from_uuid(uuid::Uuid::nil()),
                cluster: ClusterId::from_uuid(uuid::Uuid::nil()),
                from: at(from),
                through: at(through),
                reason: String::new(),
            };
            let pieces = pieces(&row, &waiver);
            prop_assert_eq!(pieces[0].started_at, row.started_at);
            prop_assert_eq!(pieces.last().unwrap().ended_at, row.ended_at);
            for (one, next) in pieces.iter().zip(pieces.iter().skip(1)) {
                prop_assert_eq!(one.ended_at, Some(next.started_at));
            }
            for second in start..end.unwrap_or(250) {
                let holds = |p: &&Piece| p.started_at <= at(second) && p.ended_at.is_none_or(|end| at(second) < end);
                let billable = pieces.iter().find(holds).unwrap().billable;
                prop_assert_eq!(billable, !(from <= second && second < through));
            }
        }
    }
}
