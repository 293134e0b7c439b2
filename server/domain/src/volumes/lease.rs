//! The lease of a volume: opened with its cover at the price of now, billed while the claim is bound, ended with the
//! wish.

use sea_orm::FromQueryResult;
use types::{ProjectId, Timestamp};
use uuid::Uuid;

use super::{STORAGE, STORAGE_NAME, entity::Volume};
use crate::{
    Error, Open, Result, Tx, catalogue,
    ledger::{self, Terms},
    metering::{self, NewVolumeLease},
    organisations,
};

const DAY_S: i64 = 24 * 3600;

/// Seconds of a volume's price that are set aside for it.
pub(super) async fn lifeboat_s_in(open: &Open) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Policy {
        lifeboat_days: i32,
    }
    let row: Option<Policy> = open.one("SELECT lifeboat_days FROM storage_policy", []).await?;
    let row = row.ok_or_else(|| Error::Corrupt("no policy of storage".to_owned()))?;
    Ok(i64::from(row.lifeboat_days) * DAY_S)
}

/// What so many gigabytes in a project cost now; the lease is still to be made.
pub(super) async fn terms_in(tx: &Tx, project: ProjectId, gigabytes: u32) -> Result<Terms> {
    let buyer = organisations::buyer_in(tx).await?;
    let item = (STORAGE, STORAGE_NAME);
    let terms = catalogue::terms_in(tx, &buyer, item, gigabytes, project).await?;
    Ok(Terms { seconds: lifeboat_s_in(tx).await?, ..terms })
}

/// Opens the volume's lease at the price of now and sets its lifeboat aside; what a bound claim has is billed from now
/// on.
pub(super) async fn open_in(tx: &Tx, volume: &Volume) -> Result<()> {
    organisations::buyer_in(tx).await?.check_active()?;
    let mut terms = terms_in(tx, volume.project_id, volume.billed_gb().unsigned_abs()).await?;
    terms.lease = metering::open_volume_lease_in(tx, &new_lease(volume)).await?;
    ledger::open_hold_in(tx, &terms).await?;
    // The purse is locked: of a volume and a close at once the second sees the first.
    organisations::buyer_in(tx).await?.check_active()?;
    organisations::check_open_in(tx, volume.project_id).await?;
    bill_in(tx, volume, tx.now).await
}

/// The same for gigabytes that have come by now, which is never refused. A fact waits for no money: the hold is empty,
/// and its renewal, which is due at once, sets as much aside as there is.
pub(super) async fn reopen_in(tx: &Tx, volume: &Volume) -> Result<()> {
    let lease = metering::open_volume_lease_in(tx, &new_lease(volume)).await?;
    let sql = "INSERT INTO hold (id, organisation_id, lease_id, state, cover_until, opened_at, gross)
               VALUES ($2, $1, $3, 'open', $4, $4, 0)";
    let id: Uuid = types::new_uuid(tx.now);
    tx.run(sql, [tx.organisation.into(), id.into(), lease.into(), tx.now.floor().into()]).await?;
    bill_in(tx, volume, tx.now).await
}

fn new_lease(volume: &Volume) -> NewVolumeLease {
    NewVolumeLease {
        volume: volume.id,
        project: volume.project_id,
        cluster: volume.cluster_id,
        item: STORAGE,
        gigabytes: volume.billed_gb(),
        attempt: volume.attempt,
    }
}

/// Bills the volume's lease from `since` on, where its claim is bound.
pub(super) async fn bill_in(tx: &Tx, volume: &Volume, since: Timestamp) -> Result<()> {
    let bound = volume.bound_at.and(volume.claim_made_at);
    let Some(made_at) = bound else { return Ok(()) };
    let subject = metering::of_volume(volume.id);
    if let Some(lease) = metering::lock_lease_in(tx, subject, volume.attempt).await? {
        metering::record_bound_in(tx, lease, made_at, since).await?;
    }
    Ok(())
}

/// Ends the volume's lease, if one runs, at the transaction's instant: the customer's clock stops with the wish.
pub(super) async fn end_in(tx: &Tx, volume: &Volume) -> Result<()> {
    let subject = metering::of_volume(volume.id);
    if let Some(lease) = metering::lock_lease_in(tx, subject, volume.attempt).await? {
        metering::end_lease_in(tx, lease, tx.now).await?;
    }
    Ok(())
}
