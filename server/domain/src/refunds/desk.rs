//! Refunds as finance sees them across organisations, and what finance says of those that the hub's bank pays.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use types::{
    BankLineId, CallOffRefund, Cursor, DeskRefund, List, OrganisationId, PaidRefund, PayerOrganisation, RefundId,
    RefundRail, RefundState, Timestamp,
};

use super::{
    list::{COLUMNS, Row},
    record::{lock_in, paid_in, undo_in},
};
use crate::{
    Database, Error, Open, Result, Rule, Tx,
    access::{
        Survey,
        policy::{CloseBilling, ReadInvoices},
    },
    audit, billing,
    commands::{self, Command},
    cursor::{Place, paged},
    ledger,
    payments::micros,
    transfers::inside,
};

/// The tables of a row.
const TABLES: &str = "refund r JOIN organisation o ON o.id = r.organisation_id LEFT JOIN person a ON a.id = r.asked_by";

#[derive(FromQueryResult)]
struct DeskRow {
    #[sea_orm(nested)]
    refund: Row,
    organisation_id: OrganisationId,
    slug: String,
    name: String,
    payee_name: Option<String>,
    bank_line: Option<BankLineId>,
}

impl DeskRow {
    fn view(self) -> Result<DeskRefund> {
        let account = self.refund.goes_to.clone().filter(|_| self.refund.rail == RefundRail::Transfer);
        Ok(DeskRefund {
            payee_account: account,
            refund: self.refund.view()?,
            organisation: PayerOrganisation { id: self.organisation_id, slug: self.slug, name: self.name },
            payee_name: self.payee_name,
            bank_line: self.bank_line,
        })
    }
}

/// The refunds of all organisations, the latest first; only those that the hub's bank is to pay where `to_pay`.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_desk_refunds(
    open: &Open,
    _: &Survey<ReadInvoices>,
    to_pay: bool,
    page: &Cursor,
) -> Result<List<DeskRefund>> {
    let only = if to_pay { "AND r.state = 'to_pay'" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS}, r.organisation_id, o.slug, o.name, r.payee_name, r.bank_line FROM {TABLES}
         WHERE ($1::timestamptz IS NULL OR (r.asked_at, r.id) < ($1, $2)) {only}
         ORDER BY r.asked_at DESC, r.id DESC LIMIT $3"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<DeskRow> = open.all(&sql, [at.into(), id.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.refund.asked_at, id: row.refund.id.uuid() });
    Ok(List { items: rows.into_iter().map(DeskRow::view).collect::<Result<_>>()?, next_cursor })
}

/// One refund, whoever's.
///
/// # Errors
/// `NotFound` for an unknown one.
pub async fn desk_refund(open: &Open, _: &Survey<ReadInvoices>, refund: RefundId) -> Result<DeskRefund> {
    let sql = format!(
        "SELECT {COLUMNS}, r.organisation_id, o.slug, o.name, r.payee_name, r.bank_line FROM {TABLES} WHERE r.id = $1"
    );
    let row: Option<DeskRow> = open.one(&sql, [refund.into()]).await?;
    row.ok_or(Error::NotFound)?.view()
}

/// Says that the hub's bank has paid a refund, on which day: it leaves the bank in the books.
///
/// # Errors
/// `NotFound` for an unknown one; `Invalid` for a day that has not come; a conflict for one that the bank is not to pay.
pub async fn record_paid_refund(
    db: &Database,
    survey: &Survey<CloseBilling>,
    refund: RefundId,
    ask: &PaidRefund,
    command: Command,
    now: Timestamp,
) -> Result<()> {
    let open = db.survey(survey, now).await?;
    let organisation = organisation_of(&open, refund).await?;
    let today = billing::day(now, &billing::seller_zone_in(&open).await?);
    drop(open);
    if ask.paid_on > today || ask.paid_on.year() < 2000 {
        return Err(Error::Invalid { field: "paid_on", rule: Rule::Form });
    }
    let tx = inside(db, survey, organisation, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let is_paid = pay_in(tx, refund, ask.paid_on, None).await?;
        if is_paid { Ok(()) } else { Err(Error::Conflict("refund-not-to-pay")) }
    })
    .await
}

/// Calls a refund off that the hub's bank has not paid: its money is back in the wallet.
///
/// # Errors
/// `NotFound` for an unknown one; `Invalid` without a reason; a conflict for one that the bank is not to pay.
pub async fn call_off_refund(
    db: &Database,
    survey: &Survey<CloseBilling>,
    refund: RefundId,
    ask: &CallOffRefund,
    command: Command,
    now: Timestamp,
) -> Result<()> {
    let reason = audit::reason(&ask.reason)?;
    let organisation = organisation_of(&db.survey(survey, now).await?, refund).await?;
    let tx = inside(db, survey, organisation, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let purse = ledger::lock_in(tx).await?;
        let row = lock_in(tx, refund).await?;
        if row.state != RefundState::ToPay {
            return Err(Error::Conflict("refund-not-to-pay"));
        }
        undo_in(tx, &purse, &row, reason).await
    })
    .await
}

#[derive(FromQueryResult)]
struct Whose {
    organisation_id: OrganisationId,
}

async fn organisation_of(open: &Open, refund: RefundId) -> Result<OrganisationId> {
    let row: Option<Whose> = open.one("SELECT organisation_id FROM refund WHERE id = $1", [refund.into()]).await?;
    row.map(|row| row.organisation_id).ok_or(Error::NotFound)
}

/// Books a refund out of the bank that is to pay it, and tells people; false for one that it is not to pay.
pub(super) async fn pay_in(tx: &Tx, refund: RefundId, day: Date, line: Option<BankLineId>) -> Result<bool> {
    let row = lock_in(tx, refund).await?;
    if row.state != RefundState::ToPay {
        return Ok(false);
    }
    let key = format!("refund-paid:{refund}");
    let entry = ledger::refund_paid_in(tx, row.currency.word(), micros(row.amount)?, &key).await?;
    let sql = "UPDATE refund SET state = 'succeeded', paid_entry_id = $3, paid_on = $4::text::date, bank_line = $5,
                   ended_at = $6
               WHERE organisation_id = $1 AND id = $2";
    let values =
        [tx.organisation.into(), refund.into(), entry.into(), day.to_string().into(), line.into(), tx.now.into()];
    tx.run(sql, values).await?;
    paid_in(tx, &row, row.goes_to.as_deref()).await?;
    Ok(true)
}
