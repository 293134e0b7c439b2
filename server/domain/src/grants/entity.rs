//! The table `lot`, always inside one organisation.

use sea_orm::FromQueryResult;
use types::{Currency, FlavourId, GrantCredits, LotId, LotKind, LotView, ProjectId, Timestamp};
use uuid::Uuid;

use super::rules::Checked;
use crate::{
    Error, Result, Rule, Tx,
    ledger::{Lot, Unit},
    organisations,
};

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

#[derive(FromQueryResult)]
struct Slug {
    slug: String,
}

#[derive(FromQueryResult)]
struct LotRow {
    id: LotId,
    kind: LotKind,
    flavour_id: Option<FlavourId>,
    currency: Currency,
    name: String,
    granted: i64,
    used: i64,
    expired: i64,
    voided: i64,
    paid: i64,
    priority: i16,
    scope_flavours: Option<Vec<Uuid>>,
    scope_projects: Option<Vec<Uuid>>,
    effective_at: Timestamp,
    expires_at: Option<Timestamp>,
    reason: String,
    granted_by: Option<String>,
    granted_at: Timestamp,
}

/// The lot that a grant would give, once everything that it names is known to exist.
pub(super) async fn known(tx: &Tx, checked: &Checked) -> Result<Lot> {
    let flavours = "SELECT count(*) AS n FROM flavour WHERE id = ANY($1)";
    exist(tx, flavours, checked.flavours.iter().map(|id| id.uuid()).collect(), "flavours").await?;
    let projects = "SELECT count(*) AS n FROM project WHERE id = ANY($1)";
    exist(tx, projects, checked.projects.iter().map(|id| id.uuid()).collect(), "projects").await?;
    for project in &checked.projects {
        organisations::check_open_in(tx, *project).await?;
    }
    Ok(Lot {
        id: LotId::new(tx.now),
        account: Uuid::nil(),
        name: checked.name.clone(),
        kind: checked.kind,
        unit: checked.unit,
        unit_word: unit_word(tx, checked.unit).await?,
        left: checked.amount,
        priority: checked.priority,
        effective_at: checked.effective_at,
        expires_at: checked.expires_at,
        flavours: checked.flavours.clone(),
        projects: checked.projects.clone(),
    })
}

/// Row-level security leaves only the organisation's own projects to be found.
async fn exist(tx: &Tx, sql: &str, mut ids: Vec<Uuid>, field: &'static str) -> Result<()> {
    ids.sort();
    ids.dedup();
    let wanted = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let found = tx.one(sql, [ids.into()]).await?.map_or(0, |row: Count| row.n);
    if found == wanted { Ok(()) } else { Err(Error::Invalid { field, rule: Rule::Known }) }
}

async fn unit_word(tx: &Tx, unit: Unit) -> Result<String> {
    match unit {
        Unit::Micros => {
            let sql = "SELECT currency AS slug FROM organisation WHERE id = $1";
            let row: Slug = tx.one(sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)?;
            Ok(row.slug)
        }
        Unit::GpuSeconds(flavour) => {
            let sql = "SELECT slug FROM flavour WHERE id = $1 AND item = 'gpu'";
            let row: Option<Slug> = tx.one(sql, [flavour.into()]).await?;
            let row = row.ok_or(Error::Invalid { field: "amount", rule: Rule::Known })?;
            Ok(format!("gpu_s:{}", row.slug))
        }
    }
}

pub(super) async fn insert(tx: &Tx, lot: &Lot, ask: &GrantCredits, checked: &Checked) -> Result<()> {
    let sql =
        "INSERT INTO lot (id, organisation_id, kind, unit, name, granted, priority, scope_flavours, scope_projects,
                   effective_at, expires_at, reason, granted_by, granted_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, '{}'::uuid[]), nullif($9, '{}'::uuid[]), $10, $11, $12,
                   $13, $14)";
    let ids = |ids: Vec<Uuid>| ids;
    let values = [
        lot.id.into(),
        tx.organisation.into(),
        lot.kind.word().into(),
        lot.unit_word.clone().into(),
        lot.name.clone().into(),
        checked.amount.into(),
        checked.priority.into(),
        ids(lot.flavours.iter().map(|id| id.uuid()).collect()).into(),
        ids(lot.projects.iter().map(|id| id.uuid()).collect()).into(),
        lot.effective_at.into(),
        lot.expires_at.into(),
        ask.reason.trim().into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Takes back `amount` of a lot, which pays nothing from now on; it may keep what usage before now still needs.
pub(super) async fn void(tx: &Tx, lot: LotId, entry: Uuid, amount: i64) -> Result<()> {
    let sql = "UPDATE lot SET voided = voided + $3,
                   expires_at = CASE WHEN effective_at < $4 THEN least(expires_at, $4) ELSE expires_at END
               WHERE organisation_id = $1 AND id = $2";
    let now = tx.now.floor();
    tx.run(sql, [tx.organisation.into(), lot.into(), amount.into(), now.into()]).await?;
    let sql = "INSERT INTO lot_use (organisation_id, id, lot_id, entry_id, kind, amount, at)
               VALUES ($1, $2, $3, $4, 'void', $5, $6)";
    let id = types::new_uuid(tx.now);
    let values = [tx.organisation.into(), id.into(), lot.into(), entry.into(), amount.into(), tx.now.into()];
    tx.run(sql, values).await.map(drop)
}

/// One lot, with what it has paid.
pub(super) async fn view(tx: &Tx, lot: LotId) -> Result<LotView> {
    views(tx, Some(lot)).await?.pop().ok_or(Error::NotFound)
}

/// All lots, or one, the latest first.
pub(super) async fn views(tx: &Tx, lot: Option<LotId>) -> Result<Vec<LotView>> {
    let sql = "SELECT l.id, l.kind, f.id AS flavour_id, o.currency, l.name, l.granted, l.used, l.expired, l.voided,
                      coalesce((SELECT sum(CASE u.kind WHEN 'restore' THEN -1 ELSE 1 END
                                           * CASE WHEN l.kind = 'promo' THEN u.net ELSE u.gross END) FROM lot_use u
                                WHERE u.organisation_id = l.organisation_id AND u.lot_id = l.id
                                AND u.kind IN ('burn', 'restore')), 0)::bigint AS paid,
                      l.priority, l.scope_flavours, l.scope_projects, l.effective_at, l.expires_at, l.reason,
                      person.name AS granted_by, l.granted_at
               FROM lot l JOIN organisation o ON o.id = l.organisation_id
               LEFT JOIN flavour f ON l.unit = 'gpu_s:' || f.slug
               LEFT JOIN person ON person.id = l.granted_by
               WHERE l.organisation_id = $1 AND ($2::uuid IS NULL OR l.id = $2)
               ORDER BY l.granted_at DESC, l.id DESC LIMIT 1000";
    let rows: Vec<LotRow> = tx.all(sql, [tx.organisation.into(), lot.map(LotId::uuid).into()]).await?;
    Ok(rows.into_iter().map(LotRow::view).collect())
}

impl LotRow {
    fn view(self) -> LotView {
        let (currency, flavour_id) = (self.currency, self.flavour_id);
        let amount = |number| match flavour_id {
            Some(flavour) => types::Amount::GpuSeconds { flavour, seconds: number },
            None => types::Amount::Money(types::Money { micros: number, currency }),
        };
        LotView {
            id: self.id,
            kind: self.kind,
            name: self.name,
            granted: amount(self.granted),
            used: amount(self.used),
            expired: amount(self.expired),
            voided: amount(self.voided),
            left: amount(self.granted - self.used - self.expired - self.voided),
            paid: types::Money { micros: self.paid, currency },
            flavours: self.scope_flavours.unwrap_or_default().into_iter().map(FlavourId::from_uuid).collect(),
            projects: self.scope_projects.unwrap_or_default().into_iter().map(ProjectId::from_uuid).collect(),
            priority: self.priority,
            effective_at: self.effective_at,
            expires_at: self.expires_at,
            reason: self.reason,
            granted_by: self.granted_by,
            granted_at: self.granted_at,
        }
    }
}
