//! Making a volume: the wish for it with its quota, price, lease and lifeboat in one transaction.

use sea_orm::FromQueryResult;
use types::{ClusterId, MakeVolume, TokenId, UserId, VolumeId, VolumePhase, VolumeView};

use super::{
    STORAGE, STORAGE_NAME,
    entity::{self, Volume},
    lease, read, rules,
};
use crate::{
    Database, Error, Result, Tx,
    access::{Scope, policy::LaunchInstances},
    audit,
    commands::{self, Command},
    dunning, organisations, quotas,
};

/// Writes the wish for a volume; the reconciler makes it true.
///
/// # Errors
/// `Invalid` for a field that cannot be; `NameTaken`; `QuotaExceeded` in gigabytes; `NotForSale` while storage has no
/// price; `InsufficientCredit` when balance and grants do not cover the lifeboat; `BudgetExceeded`; `PaymentOverdue`
/// where what was due long ago is not paid; a conflict for a project that is closed and while there is no cluster.
pub async fn make_volume(
    db: &Database,
    scope: &Scope<LaunchInstances>,
    ask: MakeVolume,
    command: Command,
    now: types::Timestamp,
) -> Result<VolumeView> {
    let ask = rules::checked(ask)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        dunning::check_in(tx).await?;
        organisations::check_member_in(tx, ask.project).await?;
        let cluster = cluster_in(tx).await?;
        let volume = make_in(tx, cluster, &ask).await?;
        read::view_in(tx, volume).await
    })
    .await
}

/// Makes a volume in a cluster, within the transaction; the project is the caller's.
pub(super) async fn make_in(tx: &Tx, cluster: ClusterId, ask: &MakeVolume) -> Result<VolumeId> {
    check_project_in(tx, ask).await?;
    rules::check_reach(&tx.principal, ask.project)?;
    quotas::reserve_in(tx, STORAGE, STORAGE_NAME, ask.size_gb, None).await?;
    let id = VolumeId::new(tx.now);
    insert_in(tx, id, cluster, ask).await?;
    let volume: Volume = entity::lock_in(tx, id).await?.ok_or(Error::NotFound)?;
    lease::open_in(tx, &volume).await?;
    let change = audit::Change {
        verb: "volume.made",
        subject: id.to_string(),
        before: None::<entity::Recorded<'_>>,
        after: Some(volume.recorded()),
    };
    audit::record_in(tx, change).await?;
    Ok(id)
}

/// The project is in the request's body, so it must be of the path's organisation.
async fn check_project_in(tx: &Tx, ask: &MakeVolume) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Known {
        is_known: bool,
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM project WHERE organisation_id = $1 AND id = $2) AS is_known";
    let row: Option<Known> = tx.one(sql, [tx.organisation.into(), ask.project.into()]).await?;
    match row.is_some_and(|row| row.is_known) {
        true => Ok(()),
        false => Err(Error::Invalid { field: "project", rule: crate::Rule::Known }),
    }
}

/// Where a volume is made that no launch places: the cluster that has the organisation's namespace.
async fn cluster_in(tx: &Tx) -> Result<ClusterId> {
    #[derive(FromQueryResult)]
    struct Place {
        id: ClusterId,
    }
    let sql = "SELECT c.id FROM cluster c LEFT JOIN namespace n ON n.organisation_id = $1 AND n.cluster_id = c.id
               ORDER BY n.cluster_id IS NULL, c.name, c.id LIMIT 1";
    let row: Option<Place> = tx.one(sql, [tx.organisation.into()]).await?;
    row.map(|row| row.id).ok_or(Error::Conflict("volume-is-nowhere"))
}

async fn insert_in(tx: &Tx, id: VolumeId, cluster: ClusterId, ask: &MakeVolume) -> Result<()> {
    let sql = "INSERT INTO volume (organisation_id, id, project_id, cluster_id, name, size_gb, wish, wish_seq, attempt,
                   phase, phase_at, made_by, token_id, made_at)
               VALUES ($1, $2, $3, $4, $5, $6, 'kept', nextval('wish_seq'), 1, $7, $8, $9, $10, $8)";
    let values = [
        tx.organisation.into(),
        id.into(),
        ask.project.into(),
        cluster.into(),
        ask.name.clone().into(),
        i32::try_from(ask.size_gb).unwrap_or(i32::MAX).into(),
        VolumePhase::Requested.word().into(),
        tx.now.into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.principal.token().map(TokenId::uuid).into(),
    ];
    entity::named(tx.run(sql, values).await, &ask.name)
}
