//! How many units of a flavour an organisation may hold: read, set by the operator, checked under lock.
//!
//! An instance holds its units from the wish to run until the pod of the wish to stop is gone, a volume its gigabytes
//! as long as anything of it is left.

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{
    FlavourId, InstanceId, List, OrganisationId, OrganisationQuotaView, QuotaUse, QuotaView, SetQuota, Timestamp,
};

use crate::{
    Database, Error, Open, Result, Rule, Tx,
    access::{
        Scope, Survey,
        policy::{ReadOrganisation, SetQuotas},
    },
    audit, volumes,
};

/// The most units that a quota can be.
const MOST_UNITS: u32 = 10_000;

#[derive(FromQueryResult)]
struct QuotaRow {
    flavour_id: FlavourId,
    slug: String,
    name: String,
    units: i32,
    used: i64,
    reason: Option<String>,
    set_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Units {
    units: i64,
}

#[derive(Serialize)]
struct Recorded<'a> {
    flavour: FlavourId,
    units: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// The organisation's quota of every flavour, by name; zero where none was set.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_quotas_in(tx: &Tx, scope: &Scope<ReadOrganisation>) -> Result<List<QuotaView>> {
    tx.admits(scope)?;
    let sql = "SELECT f.id AS flavour_id, f.slug, f.name, coalesce(q.units, 0) AS units, q.reason, q.set_at,
                   (SELECT coalesce(sum(i.units), 0) FROM instance i
                    WHERE i.organisation_id = $1 AND i.flavour_id = f.id
                      AND (i.wish = 'running' OR i.phase = 'stopping'))::bigint
                   + (SELECT coalesce(sum(v.size_gb), 0) FROM volume v
                      WHERE v.organisation_id = $1 AND f.item = 'storage' AND v.phase <> 'deleted')::bigint AS used
               FROM flavour f LEFT JOIN quota q ON q.organisation_id = $1 AND q.flavour_id = f.id
               ORDER BY f.name, f.id LIMIT 1000";
    let rows: Vec<QuotaRow> = tx.all(sql, [tx.organisation.into()]).await?;
    Ok(List { items: rows.into_iter().map(QuotaView::from).collect(), next_cursor: None })
}

impl From<QuotaRow> for QuotaView {
    fn from(row: QuotaRow) -> Self {
        Self {
            flavour: row.flavour_id,
            slug: row.slug,
            name: row.name,
            quota: QuotaUse { units: row.units.unsigned_abs(), used: counted(row.used) },
            reason: row.reason,
            set_at: row.set_at,
        }
    }
}

#[derive(FromQueryResult)]
struct StaffRow {
    organisation_id: OrganisationId,
    organisation_slug: String,
    organisation_name: String,
    flavour_id: FlavourId,
    slug: String,
    name: String,
    units: i32,
    used: i64,
    reason: Option<String>,
    set_at: Option<Timestamp>,
}

/// The quotas of all organisations that were set, by organisation and flavour; at most 2,000.
///
/// # Errors
/// Only the database's own.
pub async fn list_all_quotas(open: &Open, _: &Survey<SetQuotas>) -> Result<List<OrganisationQuotaView>> {
    let sql = "SELECT q.organisation_id, o.slug AS organisation_slug, o.name AS organisation_name, f.id AS flavour_id,
                   f.slug, f.name, q.units, q.reason, q.set_at,
                   (SELECT coalesce(sum(i.units), 0) FROM instance i
                    WHERE i.organisation_id = q.organisation_id AND i.flavour_id = f.id
                      AND (i.wish = 'running' OR i.phase = 'stopping'))::bigint
                   + (SELECT coalesce(sum(v.size_gb), 0) FROM volume v
                      WHERE v.organisation_id = q.organisation_id AND f.item = 'storage'
                        AND v.phase <> 'deleted')::bigint AS used
               FROM quota q JOIN organisation o ON o.id = q.organisation_id JOIN flavour f ON f.id = q.flavour_id
               ORDER BY o.name, o.id, f.name, f.id LIMIT 2000";
    let rows: Vec<StaffRow> = open.all(sql, []).await?;
    Ok(List { items: rows.into_iter().map(StaffRow::view).collect(), next_cursor: None })
}

impl StaffRow {
    fn view(self) -> OrganisationQuotaView {
        let Self { flavour_id, slug, name, units, used, reason, set_at, .. } = self;
        OrganisationQuotaView {
            organisation: self.organisation_id,
            organisation_slug: self.organisation_slug,
            organisation_name: self.organisation_name,
            quota: QuotaRow { flavour_id, slug, name, units, used, reason, set_at }.into(),
        }
    }
}

/// Sets how many units of a flavour the organisation may hold; what it holds already stays.
///
/// # Errors
/// `Invalid` for more than 10,000 units, an unknown flavour or a reason that is missing or too long.
pub async fn set_quota(db: &Database, scope: &Scope<SetQuotas>, ask: SetQuota, now: Timestamp) -> Result<QuotaUse> {
    let reason = checked(&ask)?;
    let tx = db.begin(scope, now).await?;
    let before = lock_in(&tx, ask.flavour).await?;
    write_in(&tx, &ask, &reason).await?;
    raise_namespace_in(&tx).await?;
    let recorded = |units, reason| Recorded { flavour: ask.flavour, units, reason };
    let change = audit::Change {
        verb: "quota.set",
        subject: ask.flavour.to_string(),
        before: before.map(|units| recorded(units, None)),
        after: Some(recorded(ask.units, Some(&reason))),
    };
    audit::record_in(&tx, change).await?;
    let used = used_in(&tx, ask.flavour, None).await?;
    tx.commit().await?;
    Ok(QuotaUse { units: ask.units, used })
}

fn checked(ask: &SetQuota) -> Result<String> {
    if ask.units > MOST_UNITS {
        let rule = Rule::Range { min: 0, max: MOST_UNITS.into() };
        return Err(Error::Invalid { field: "units", rule });
    }
    audit::reason(&ask.reason).map(str::to_owned)
}

async fn write_in(tx: &Tx, ask: &SetQuota, reason: &str) -> Result<()> {
    let sql = "INSERT INTO quota (organisation_id, flavour_id, units, reason, set_by, set_at)
               SELECT $1, id, $3, $4, $5, $6 FROM flavour WHERE id = $2
               ON CONFLICT (organisation_id, flavour_id) DO UPDATE
                   SET units = excluded.units, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at";
    let values = [
        tx.organisation.into(),
        ask.flavour.into(),
        i64::from(ask.units).into(),
        reason.into(),
        tx.principal.user().map(types::UserId::uuid).into(),
        tx.now.into(),
    ];
    match tx.run(sql, values).await? {
        0 => Err(Error::Invalid { field: "flavour", rule: Rule::Known }),
        _ => Ok(()),
    }
}

/// The reconciler copies the quota into every namespace whose wish was raised.
async fn raise_namespace_in(tx: &Tx) -> Result<()> {
    let sql = "UPDATE namespace SET wish_seq = nextval('wish_seq') WHERE organisation_id = $1";
    tx.run(sql, [tx.organisation.into()]).await.map(drop)
}

/// Refuses unless `asked` more units fit beside what the organisation holds; `except` is not counted.
/// The quota stays locked until the transaction ends, so that of many launches at once exactly as many pass as fit.
pub(crate) async fn reserve_in(
    tx: &Tx,
    flavour: FlavourId,
    flavour_name: &str,
    asked: u32,
    except: Option<InstanceId>,
) -> Result<()> {
    let quota = QuotaUse { units: lock_in(tx, flavour).await?.unwrap_or(0), used: used_in(tx, flavour, except).await? };
    check(quota, flavour_name, asked)
}

/// Refuses more units than are left of a quota.
pub(crate) fn check(quota: QuotaUse, flavour_name: &str, asked: u32) -> Result<()> {
    if asked <= quota.left() {
        return Ok(());
    }
    Err(Error::QuotaExceeded { flavour: flavour_name.to_owned(), asked, left: quota.left(), quota: quota.units })
}

/// What the organisation may hold of a flavour and holds, read without locks.
pub(crate) async fn use_in(tx: &Tx, flavour: FlavourId) -> Result<QuotaUse> {
    let sql = "SELECT units::bigint AS units FROM quota WHERE organisation_id = $1 AND flavour_id = $2";
    let row: Option<Units> = tx.one(sql, [tx.organisation.into(), flavour.into()]).await?;
    Ok(QuotaUse { units: row.map_or(0, |row| counted(row.units)), used: used_in(tx, flavour, None).await? })
}

/// The quota in units, if one was set; its row stays locked until the transaction ends.
pub(crate) async fn lock_in(tx: &Tx, flavour: FlavourId) -> Result<Option<u32>> {
    let sql =
        "SELECT units::bigint AS units FROM quota WHERE organisation_id = $1 AND flavour_id = $2 FOR NO KEY UPDATE";
    let row: Option<Units> = tx.one(sql, [tx.organisation.into(), flavour.into()]).await?;
    Ok(row.map(|row| counted(row.units)))
}

async fn used_in(tx: &Tx, flavour: FlavourId, except: Option<InstanceId>) -> Result<u32> {
    if flavour == volumes::STORAGE {
        return stored_in(tx).await;
    }
    let sql = "SELECT coalesce(sum(units), 0)::bigint AS units FROM instance
               WHERE organisation_id = $1 AND flavour_id = $2 AND (wish = 'running' OR phase = 'stopping')
                 AND ($3::uuid IS NULL OR id <> $3)";
    let values = [tx.organisation.into(), flavour.into(), except.map(InstanceId::uuid).into()];
    let row: Option<Units> = tx.one(sql, values).await?;
    Ok(row.map_or(0, |row| counted(row.units)))
}

/// Gigabytes of all volumes of which something is left in the cluster.
async fn stored_in(tx: &Tx) -> Result<u32> {
    let sql = "SELECT coalesce(sum(size_gb), 0)::bigint AS units FROM volume
               WHERE organisation_id = $1 AND phase <> 'deleted'";
    let row: Option<Units> = tx.one(sql, [tx.organisation.into()]).await?;
    Ok(row.map_or(0, |row| counted(row.units)))
}

fn counted(units: i64) -> u32 {
    u32::try_from(units).unwrap_or(0)
}
