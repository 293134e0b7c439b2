//! Top-ups that customers announce: what they are told to transfer, where to and with which reference.

use payments::{Instruction, Reference};
use sea_orm::FromQueryResult;
use types::{AnnounceTransfer, Currency, Cursor, List, Timestamp, TransferId, TransferState, TransferView};

use super::{
    MICROS_PER_MINOR,
    accounts::{self, rib_of, stored},
    money,
};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{
        Scope,
        policy::{ReadBalance, TopUpWallet},
    },
    audit::{self, Change},
    commands::{self, Command},
    cursor::{Place, paged},
    ledger,
};

/// So long does anybody count on a transfer; what comes later is credited all the same.
const DAYS: i64 = 30;
/// So many may be awaited at once.
const MOST_OPEN: i64 = 20;

/// The columns of a row; `$1` is now.
const COLUMNS: &str =
    "t.id, t.reference, CASE WHEN t.state = 'open' AND t.expires_at <= $1 THEN 'expired' ELSE t.state END AS state,
     t.currency, t.amount, t.paid, p.name AS asked_by, t.asked_at, t.expires_at, a.beneficiary, a.bank, a.iban";

/// The tables of a row.
const TABLES: &str = "transfer_order t JOIN receiving_account a ON a.id = t.account_id
     LEFT JOIN person p ON p.id = t.asked_by";

#[derive(FromQueryResult)]
struct Row {
    id: TransferId,
    reference: String,
    state: TransferState,
    currency: Currency,
    amount: i64,
    paid: i64,
    asked_by: Option<String>,
    asked_at: Timestamp,
    expires_at: Timestamp,
    beneficiary: String,
    bank: String,
    iban: String,
}

impl Row {
    fn view(self) -> Result<TransferView> {
        let iban = stored(&self.iban)?;
        let rib = rib_of(&iban);
        let reference: Reference =
            self.reference.parse().map_err(|error| Error::Corrupt(format!("{}: {error}", self.reference)))?;
        let missing = self.amount - self.paid;
        let instruction = Instruction {
            beneficiary: self.beneficiary.clone(),
            iban: iban.clone(),
            rib: rib.clone(),
            currency: self.currency,
            amount: missing,
            reference: reference.clone(),
        };
        let is_open = self.state == TransferState::Open;
        Ok(TransferView {
            id: self.id,
            reference: reference.to_string(),
            state: self.state,
            amount: money(self.amount, self.currency)?,
            paid: money(self.paid, self.currency)?,
            missing: money(missing, self.currency)?,
            beneficiary: self.beneficiary,
            bank: self.bank,
            iban: iban.to_string(),
            rib: rib.map(|rib| rib.to_string()),
            code: instruction.payload().ok().filter(|_| is_open),
            asked_by: self.asked_by,
            asked_at: self.asked_at,
            expires_at: self.expires_at,
        })
    }
}

/// Announces a top-up by bank transfer: gives it a reference, and says where the money is to go.
///
/// # Errors
/// `Invalid` for an amount that is not above zero, in another currency or not in whole minor units; a conflict where the
/// hub has no account in the currency, and where twenty are awaited already.
pub async fn announce_transfer(
    db: &Database,
    scope: &Scope<TopUpWallet>,
    ask: AnnounceTransfer,
    command: Command,
    now: Timestamp,
) -> Result<TransferView> {
    ledger::bookable(ask.amount.micros, "amount")?;
    if ask.amount.micros % MICROS_PER_MINOR != 0 {
        return Err(Error::Invalid { field: "amount", rule: Rule::PositiveAmount });
    }
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| announce_in(tx, &ask).await).await
}

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

async fn announce_in(tx: &Tx, ask: &AnnounceTransfer) -> Result<TransferView> {
    let currency = ledger::purse_in(tx).await?.currency;
    if ask.amount.currency != currency {
        return Err(Error::Invalid { field: "amount", rule: Rule::Currency });
    }
    let account = accounts::receiving(tx, currency).await?.ok_or(Error::Conflict("no-receiving-account"))?;
    let open = "SELECT count(*) AS n FROM transfer_order
                WHERE organisation_id = $1 AND state = 'open' AND expires_at > $2";
    let open: Option<Number> = tx.one(open, [tx.organisation.into(), tx.now.into()]).await?;
    if open.is_some_and(|open| open.n >= MOST_OPEN) {
        return Err(Error::Conflict("transfers-many"));
    }
    let id = TransferId::new(tx.now);
    let sql = "INSERT INTO transfer_order
                   (organisation_id, id, account_id, reference, currency, amount, state, asked_by, asked_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9)";
    let values = [
        tx.organisation.into(),
        id.into(),
        account.id.into(),
        Reference::of(id.uuid()).as_str().into(),
        currency.word().into(),
        (ask.amount.micros / MICROS_PER_MINOR).into(),
        tx.principal.user().into(),
        tx.now.into(),
        tx.now.plus_seconds(DAYS * 86_400).into(),
    ];
    tx.run(sql, values).await?;
    let view = view_in(tx, id).await?;
    let told = Some((&view.reference, view.amount));
    let change = Change { verb: "transfer.announced", subject: id.to_string(), before: None::<()>, after: told };
    audit::record_in(tx, change).await?;
    Ok(view)
}

/// Calls an announced transfer off. Money that comes with its reference all the same reaches the wallet.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for one that is paid or cancelled.
pub async fn cancel_transfer(
    db: &Database,
    scope: &Scope<TopUpWallet>,
    transfer: TransferId,
    command: Command,
    now: Timestamp,
) -> Result<TransferView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| cancel_in(tx, transfer).await).await
}

async fn cancel_in(tx: &Tx, transfer: TransferId) -> Result<TransferView> {
    let before = view_in(tx, transfer).await?.state;
    let sql = "UPDATE transfer_order SET state = 'cancelled' WHERE organisation_id = $1 AND id = $2 AND state = 'open'";
    if tx.run(sql, [tx.organisation.into(), transfer.into()]).await? == 0 {
        return Err(Error::Conflict("transfer-not-open"));
    }
    let view = view_in(tx, transfer).await?;
    let change = Change {
        verb: "transfer.cancelled",
        subject: transfer.to_string(),
        before: Some(before),
        after: Some(view.state),
    };
    audit::record_in(tx, change).await?;
    Ok(view)
}

/// The transfers that the organisation announced, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_transfers_in(tx: &Tx, scope: &Scope<ReadBalance>, page: &Cursor) -> Result<List<TransferView>> {
    tx.admits(scope)?;
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE t.organisation_id = $2 AND ($3::timestamptz IS NULL OR (t.asked_at, t.id) < ($3, $4))
         ORDER BY t.asked_at DESC, t.id DESC LIMIT $5"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let values = [tx.now.into(), tx.organisation.into(), at.into(), id.into(), limit.into()];
    let rows: Vec<Row> = tx.all(&sql, values).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.asked_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(Row::view).collect::<Result<_>>()?, next_cursor })
}

/// One announced transfer: what its pro-forma says.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn transfer_in(tx: &Tx, scope: &Scope<ReadBalance>, transfer: TransferId) -> Result<TransferView> {
    tx.admits(scope)?;
    view_in(tx, transfer).await
}

async fn view_in(tx: &Tx, transfer: TransferId) -> Result<TransferView> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE t.organisation_id = $2 AND t.id = $3");
    let row: Option<Row> = tx.one(&sql, [tx.now.into(), tx.organisation.into(), transfer.into()]).await?;
    row.ok_or(Error::NotFound)?.view()
}

/// What was announced, and what of it has come.
#[derive(Clone, Copy, FromQueryResult)]
pub(super) struct Order {
    pub(super) id: TransferId,
    pub(super) amount: i64,
    pub(super) paid: i64,
}

/// A transfer of the organisation, which nobody else pays until the transaction ends; after the purse's locks.
pub(super) async fn lock_in(tx: &Tx, transfer: TransferId) -> Result<Order> {
    let sql = "SELECT id, amount, paid FROM transfer_order WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE";
    tx.one(sql, [tx.organisation.into(), transfer.into()]).await?.ok_or(Error::NotFound)
}

/// Counts what came, or takes it back where `applied` is below zero. One that was called off stays so unless all of it
/// has come.
pub(super) async fn count_in(tx: &Tx, transfer: TransferId, applied: i64) -> Result<()> {
    let sql = "UPDATE transfer_order SET paid = paid + $3, state = CASE WHEN paid + $3 = amount THEN 'paid'
                   WHEN state = 'cancelled' THEN 'cancelled' ELSE 'open' END
               WHERE organisation_id = $1 AND id = $2";
    tx.run(sql, [tx.organisation.into(), transfer.into(), applied.into()]).await.map(drop)
}
