//! What an organisation can pay with, read under the locks that every change of it takes.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use types::{Currency, FlavourId, LotId, LotKind, Money, ProjectId, Timestamp};
use uuid::Uuid;

use super::{
    account::wallet_account,
    burn::{Lot, Unit, put_in_order},
};
use crate::{Error, Result, Tx};

/// Wallet and lots of an organisation.
#[derive(Clone, Debug)]
pub(crate) struct Purse {
    pub(crate) currency: Currency,
    /// Where the organisation buys.
    pub(crate) country: String,
    /// Whether it buys as a business.
    pub(crate) is_business: bool,
    /// The wallet's account; nothing before the first use of it.
    pub(crate) wallet: Option<Uuid>,
    /// What is booked in the wallet.
    pub(crate) posted: i64,
    /// What holds set aside from it.
    pub(crate) held: i64,
    /// How far below zero it may go.
    pub(crate) limit: i64,
    /// What the wallet can still pay; paying lowers it.
    pub(crate) left: i64,
    /// What usage cost beyond the floor and nobody has paid yet.
    pub(crate) receivable: i64,
    /// Whether any lease sets something aside.
    pub(crate) has_holds: bool,
    /// Whether anything may limit its spending beside the purse itself.
    pub(crate) has_budgets: bool,
    /// Whether somebody looks after what it owes, or owed.
    pub(crate) is_reminded: bool,
    /// In the order of burning.
    pub(crate) lots: Vec<Lot>,
    /// Of each lot, what holds set aside from it.
    lots_held: BTreeMap<LotId, i64>,
}

impl Purse {
    /// The same, with what is not held by anybody as all that is left.
    pub(crate) fn without_held(mut self) -> Self {
        self.left -= self.held;
        for lot in &mut self.lots {
            lot.left -= self.lots_held.get(&lot.id).copied().unwrap_or(0);
        }
        self
    }

    /// An amount in the organisation's currency.
    pub(crate) fn money(&self, micros: i64) -> Money {
        Money { micros, currency: self.currency }
    }

    /// The wallet's account, which locking has made.
    pub(crate) fn wallet(&self) -> Result<Uuid> {
        self.wallet.ok_or_else(|| Error::Corrupt("a wallet without an account".to_owned()))
    }

    /// Takes up to `amount` from what is left in the wallet; how much it was.
    pub(crate) fn take(&mut self, amount: i64) -> i64 {
        let taken = amount.min(self.left.max(0));
        self.left -= taken;
        taken
    }
}

#[derive(FromQueryResult)]
struct WalletRow {
    currency: Currency,
    country: String,
    is_business: bool,
    credit_limit_micros: i64,
    account_id: Option<Uuid>,
    posted: Option<i64>,
    held: Option<i64>,
    receivable: i64,
    has_lots: bool,
    has_holds: bool,
    has_budgets: bool,
    is_reminded: bool,
}

#[derive(FromQueryResult)]
struct LotRow {
    id: LotId,
    account_id: Uuid,
    name: String,
    kind: LotKind,
    unit: String,
    flavour_id: Option<FlavourId>,
    left: i64,
    held: i64,
    priority: i16,
    effective_at: Timestamp,
    expires_at: Option<Timestamp>,
    scope_flavours: Option<Vec<Uuid>>,
    scope_projects: Option<Vec<Uuid>>,
}

/// Locks accounts, then lots, then holds, each by id, and reads what they allow. Call it before the first insert.
pub(crate) async fn lock_in(tx: &Tx) -> Result<Purse> {
    let purse = locked(tx).await?;
    if purse.wallet.is_some() {
        return Ok(purse);
    }
    wallet_account(tx, purse.currency.word(), -purse.limit).await?;
    locked(tx).await
}

async fn locked(tx: &Tx) -> Result<Purse> {
    tx.run("SELECT lock_purse($1)", [tx.organisation.into()]).await?;
    purse_in(tx).await
}

/// Reads without locks: for pages.
pub(crate) async fn purse_in(tx: &Tx) -> Result<Purse> {
    // Counted: where all that is wanted is a first row, a table of others' rows seems quick to read from its beginning.
    let sql =
        "SELECT o.currency, o.country, o.is_business, o.credit_limit_micros, a.id AS account_id, a.posted, a.held,
                      coalesce((SELECT -sum(p.amount) FROM posting p JOIN account r ON r.id = p.account_id
                                WHERE p.organisation_id = $1 AND r.organisation_id IS NULL
                                AND r.kind = 'receivable' AND r.unit = o.currency), 0)::bigint AS receivable,
                      (SELECT count(*) > 0 FROM lot l WHERE l.organisation_id = $1
                       AND l.used + l.expired + l.voided < l.granted) AS has_lots,
                      (SELECT count(*) > 0 FROM hold h WHERE h.organisation_id = $1 AND h.state = 'open') AS has_holds,
                      (SELECT count(*) > 0 FROM budget b WHERE b.organisation_id = $1) AS has_budgets,
                      (SELECT count(*) > 0 FROM dunning d WHERE d.organisation_id = $1) AS is_reminded
               FROM organisation o
               LEFT JOIN account a ON a.organisation_id = o.id AND a.kind = 'wallet' AND a.unit = o.currency
               WHERE o.id = $1";
    let row: WalletRow = tx.one(sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)?;
    let rows = if row.has_lots { lot_rows(tx).await? } else { Vec::new() };
    let lots_held = rows.iter().map(|row| (row.id, row.held)).collect();
    let mut lots: Vec<Lot> = rows.into_iter().map(LotRow::lot).collect();
    put_in_order(&mut lots);
    let posted = row.posted.unwrap_or(0);
    Ok(Purse {
        currency: row.currency,
        country: row.country,
        is_business: row.is_business,
        wallet: row.account_id,
        posted,
        held: row.held.unwrap_or(0),
        limit: row.credit_limit_micros,
        left: posted + row.credit_limit_micros,
        receivable: row.receivable,
        has_holds: row.has_holds,
        has_budgets: row.has_budgets,
        is_reminded: row.is_reminded,
        lots_held,
        lots,
    })
}

/// Lots with something left.
async fn lot_rows(tx: &Tx) -> Result<Vec<LotRow>> {
    let sql = "SELECT l.id, a.id AS account_id, l.name, l.kind, l.unit, f.id AS flavour_id,
                      l.granted - l.used - l.expired - l.voided AS left, l.held, l.priority,
                      l.effective_at, l.expires_at, l.scope_flavours, l.scope_projects
               FROM lot l
               JOIN account a ON a.organisation_id = l.organisation_id AND a.kind = 'lots_' || l.kind AND a.unit = l.unit
               LEFT JOIN flavour f ON l.unit = 'gpu_s:' || f.slug
               WHERE l.organisation_id = $1 AND l.used + l.expired + l.voided < l.granted";
    tx.all(sql, [tx.organisation.into()]).await
}

impl LotRow {
    fn lot(self) -> Lot {
        Lot {
            id: self.id,
            account: self.account_id,
            name: self.name,
            kind: self.kind,
            unit: self.flavour_id.map_or(Unit::Micros, Unit::GpuSeconds),
            unit_word: self.unit,
            left: self.left,
            priority: self.priority,
            effective_at: self.effective_at,
            expires_at: self.expires_at,
            flavours: self.scope_flavours.unwrap_or_default().into_iter().map(FlavourId::from_uuid).collect(),
            projects: self.scope_projects.unwrap_or_default().into_iter().map(ProjectId::from_uuid).collect(),
        }
    }
}
