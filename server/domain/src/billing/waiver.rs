//! The table `cluster_waiver`: which cluster's word finance does not wait for. Metering cuts the intervals.

use types::{ClusterId, PeriodId, Timestamp};

use crate::{Result, Tx, metering, settlement};

/// A stretch that is waived in one cluster.
#[derive(Clone, Debug)]
pub(super) struct Waiver {
    pub(super) period: PeriodId,
    pub(super) cluster: ClusterId,
    pub(super) from: Timestamp,
    pub(super) through: Timestamp,
    pub(super) reason: String,
}

/// Stores the waiver and cuts the billable intervals under it; how many are no longer billed.
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
    let n_intervals = metering::apply_waiver_in(tx, waiver.cluster, (waiver.from, waiver.through)).await?;
    settlement::recalculate_timer_in(tx).await?;
    Ok(n_intervals)
}
