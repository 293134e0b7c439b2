//! The leader's lease: one row with an epoch. Whoever holds it watches the cluster and writes what it sees; each such
//! write checks the epoch in its own transaction, so a leader that was overtaken writes nothing more.

use sea_orm::FromQueryResult;
use types::Timestamp;

use crate::{Database, Error, Open, Result, access::Job};

/// Seconds that a lease lasts without being renewed.
pub const LEASE_S: i64 = 15;

/// The one lease of an installation.
const NAME: &str = "workers";

/// The right to lead, until it runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Lead {
    /// Raised with each new leader.
    pub epoch: i64,
    /// Nothing may be begun in the cluster that could last longer.
    pub until: Timestamp,
}

/// Takes the lead when nobody has it at `now`.
///
/// # Errors
/// Only the database's own.
pub async fn take_lead(db: &Database, job: Job, holder: &str, now: Timestamp) -> Result<Option<Lead>> {
    let open = db.work(job, now).await?;
    let sql = "INSERT INTO leader AS l (name, holder, epoch, until) VALUES ($1, $2, 1, $3)
               ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, epoch = l.epoch + 1, until = excluded.until
                   WHERE l.until <= $4
               RETURNING epoch, until";
    let lead = open.one(sql, [NAME.into(), holder.into(), now.plus_seconds(LEASE_S).into(), now.into()]).await?;
    open.commit().await?;
    Ok(lead)
}

/// Renews the lead; nothing when it has run out or another took it.
///
/// # Errors
/// Only the database's own.
pub async fn renew_lead(db: &Database, job: Job, lead: Lead, now: Timestamp) -> Result<Option<Lead>> {
    let open = db.work(job, now).await?;
    let sql = "UPDATE leader SET until = $3 WHERE name = $1 AND epoch = $2 AND until > $4 RETURNING epoch, until";
    let values = [NAME.into(), lead.epoch.into(), now.plus_seconds(LEASE_S).into(), now.into()];
    let lead = open.one(sql, values).await?;
    open.commit().await?;
    Ok(lead)
}

/// Gives the lead up, so that another need not wait for it to run out.
///
/// # Errors
/// Only the database's own.
pub async fn give_up_lead(db: &Database, job: Job, lead: Lead, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    let sql = "UPDATE leader SET until = $3 WHERE name = $1 AND epoch = $2 AND until > $3";
    open.run(sql, [NAME.into(), lead.epoch.into(), now.into()]).await?;
    open.commit().await
}

#[derive(FromQueryResult)]
struct Held {
    epoch: i64,
}

/// Refuses unless `epoch` leads; nobody can take the lead until the transaction ends.
pub(crate) async fn fence_in(open: &Open, epoch: i64) -> Result<()> {
    let sql = "SELECT epoch FROM leader WHERE name = $1 AND until > $2 FOR SHARE";
    let held: Option<Held> = open.one(sql, [NAME.into(), open.now.into()]).await?;
    if held.is_some_and(|held| held.epoch == epoch) { Ok(()) } else { Err(Error::NotLeading) }
}
