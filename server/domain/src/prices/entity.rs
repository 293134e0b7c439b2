//! The table `price`, which belongs to the installation: everybody may read it.

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{Currency, FlavourId, Money, PriceId, PriceView, Timestamp};
use uuid::Uuid;

use super::rules::Checked;
use crate::{Error, Open, Result};

/// What one unit of a flavour costs for one hour, net, while the version holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct PriceVersion {
    /// The version's id.
    pub id: PriceId,
    /// What is sold.
    pub flavour_id: FlavourId,
    /// In which currency.
    pub currency: Currency,
    /// 1 for the first of the flavour in the currency.
    pub version: i32,
    /// Of one unit for one hour, net, in 10⁻⁶ of the currency.
    pub micros_per_hour: i64,
    /// The first second at which it holds.
    pub started_at: Timestamp,
    /// The first second at which it no longer holds.
    pub ended_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
pub(super) struct FlavourRow {
    pub(super) id: FlavourId,
    pub(super) slug: String,
    pub(super) name: String,
}

#[derive(FromQueryResult)]
pub(super) struct PriceRow {
    pub(super) id: PriceId,
    pub(super) flavour_id: FlavourId,
    pub(super) currency: Currency,
    pub(super) version: i32,
    pub(super) micros_per_hour: i64,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) set_by: Option<String>,
    pub(super) set_at: Timestamp,
}

/// What a flavour costs at an instant; nothing where it is not for sale then.
///
/// # Errors
/// Only the database's own.
pub async fn price_at_in(
    open: &Open,
    flavour: FlavourId,
    currency: Currency,
    at: Timestamp,
) -> Result<Option<PriceVersion>> {
    let sql = "SELECT id, flavour_id, currency, version, micros_per_hour, started_at, ended_at FROM price
               WHERE flavour_id = $1 AND currency = $2 AND started_at <= $3 AND (ended_at IS NULL OR ended_at > $3)";
    open.one(sql, [flavour.into(), currency.word().into(), at.into()]).await
}

/// What every flavour that is for sale in the currency costs at an instant.
///
/// # Errors
/// Only the database's own.
pub async fn prices_at_in(open: &Open, currency: Currency, at: Timestamp) -> Result<Vec<PriceVersion>> {
    let sql = "SELECT id, flavour_id, currency, version, micros_per_hour, started_at, ended_at FROM price
               WHERE currency = $1 AND started_at <= $2 AND (ended_at IS NULL OR ended_at > $2)";
    open.all(sql, [currency.word().into(), at.into()]).await
}

/// The versions of some flavours that hold at some second of `[from, to)`, the earliest first.
///
/// # Errors
/// Only the database's own.
pub async fn versions_between_in(
    open: &Open,
    flavours: &[FlavourId],
    currency: Currency,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<PriceVersion>> {
    let sql = "SELECT id, flavour_id, currency, version, micros_per_hour, started_at, ended_at FROM price
               WHERE flavour_id = ANY($1) AND currency = $2 AND started_at < $4 AND (ended_at IS NULL OR ended_at > $3)
               ORDER BY started_at";
    let flavours: Vec<Uuid> = flavours.iter().map(|flavour| flavour.uuid()).collect();
    open.all(sql, [flavours.into(), currency.word().into(), from.into(), to.into()]).await
}

/// All versions of a flavour in a currency, which nobody else changes until the transaction ends.
pub(super) async fn lock_versions(open: &Open, flavour: FlavourId, currency: Currency) -> Result<Vec<PriceVersion>> {
    let values = || [flavour.into(), currency.word().into()];
    let lock = "SELECT 1 FROM price WHERE flavour_id = $1 AND currency = $2 ORDER BY id FOR NO KEY UPDATE";
    open.run(lock, values()).await?;
    // Read again: what another transaction added while this one waited is not in the first statement's snapshot.
    let sql = "SELECT id, flavour_id, currency, version, micros_per_hour, started_at, ended_at FROM price
               WHERE flavour_id = $1 AND currency = $2 ORDER BY started_at";
    open.all(sql, values()).await
}

pub(super) async fn version(open: &Open, price: PriceId) -> Result<Option<PriceVersion>> {
    let sql =
        "SELECT id, flavour_id, currency, version, micros_per_hour, started_at, ended_at FROM price WHERE id = $1";
    open.one(sql, [price.into()]).await
}

pub(super) async fn end(open: &Open, price: PriceId, at: Option<Timestamp>) -> Result<()> {
    open.run("UPDATE price SET ended_at = $2 WHERE id = $1", [price.into(), at.into()]).await.map(drop)
}

pub(super) async fn delete(open: &Open, price: PriceId) -> Result<()> {
    open.run("DELETE FROM price WHERE id = $1", [price.into()]).await.map(drop)
}

pub(super) async fn insert(open: &Open, ask: &Checked, version: i32) -> Result<PriceView> {
    let sql = "INSERT INTO price (id, flavour_id, currency, version, micros_per_hour, started_at, set_by, set_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
               RETURNING (SELECT name FROM person WHERE person.id = set_by) AS name";
    let (id, user) = (PriceId::new(open.now), open.principal.user());
    let values = [
        id.into(),
        ask.flavour.into(),
        ask.currency.word().into(),
        version.into(),
        ask.micros_per_hour.into(),
        ask.started_at.into(),
        user.into(),
        open.now.into(),
    ];
    let row: Setter = open.one(sql, values).await?.ok_or_else(|| Error::Corrupt("a price is not stored".to_owned()))?;
    Ok(PriceView {
        id,
        version,
        per_hour: Money { micros: ask.micros_per_hour, currency: ask.currency },
        started_at: ask.started_at,
        ended_at: None,
        set_by: row.name,
        set_at: open.now,
        is_scheduled: ask.started_at > open.now,
    })
}

#[derive(FromQueryResult)]
struct Setter {
    name: Option<String>,
}

#[derive(FromQueryResult)]
struct Known {
    known: bool,
}

pub(super) async fn flavour_is_known(open: &Open, flavour: FlavourId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM flavour WHERE id = $1) AS known";
    Ok(open.one(sql, [flavour.into()]).await?.is_some_and(|row: Known| row.known))
}

pub(super) async fn flavours(open: &Open) -> Result<Vec<FlavourRow>> {
    open.all("SELECT id, slug, name FROM flavour ORDER BY item, name, id LIMIT 1000", []).await
}

/// The fifty latest versions of each flavour in each currency, the latest first.
pub(super) async fn latest(open: &Open) -> Result<Vec<PriceRow>> {
    let sql = "SELECT p.id, p.flavour_id, p.currency, p.version, p.micros_per_hour, p.started_at, p.ended_at,
                      person.name AS set_by, p.set_at
               FROM (SELECT *, row_number() OVER (PARTITION BY flavour_id, currency ORDER BY started_at DESC) AS place
                     FROM price) p
               LEFT JOIN person ON person.id = p.set_by
               WHERE p.place <= 50 ORDER BY p.started_at DESC";
    open.all(sql, []).await
}
