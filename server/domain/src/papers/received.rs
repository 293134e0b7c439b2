//! What the papers around a payment say: the pro-forma of an announced transfer, and the receipt for money that came.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use types::{
    Currency, ItemUnit, Money, PaperId, ProForma, ProFormaItem, Receipt, ReceiptMeans, SettledDocument, Timestamp,
};

use super::{
    entity::day,
    freeze::{Composed, pay_to},
};
use crate::{Error, Result, Tx, billing, invoices};

/// Micro-units in one minor unit of a currency with two decimals.
pub(super) const MICROS_PER_MINOR: i64 = 10_000;
/// One, in millionths.
const ONE: i64 = 1_000_000;

#[derive(FromQueryResult)]
struct OrderRow {
    reference: String,
    currency: Currency,
    amount: i64,
    asked_at: Timestamp,
    expires_at: Timestamp,
    beneficiary: String,
    bank: String,
    iban: String,
}

/// What an announced transfer asks for. No tax falls on it yet: it is a top-up.
pub(super) async fn pro_forma_in(tx: &Tx, paper: PaperId) -> Result<Composed> {
    let sql = "SELECT t.reference, t.currency, t.amount, t.asked_at, t.expires_at, a.beneficiary, a.bank, a.iban
               FROM transfer_order t JOIN receiving_account a ON a.id = t.account_id
               WHERE t.organisation_id = $1 AND t.id = $2";
    let row: Option<OrderRow> = tx.one(sql, [tx.organisation.into(), paper.into()]).await?;
    let row = row.ok_or(Error::NotFound)?;
    let around = invoices::standing_in(tx).await?;
    let (number, total) = (format!("PF-{}", row.reference), money(row.amount, row.currency)?);
    let item = ProFormaItem { what: None, quantity_micros: ONE, unit: ItemUnit::Piece, price: total, net: total };
    let said = ProForma {
        number: number.clone(),
        issued_on: billing::day(row.asked_at, &around.zone),
        valid_until: Some(billing::day(row.expires_at, &around.zone)),
        language: around.language.clone(),
        currency: row.currency,
        seller: around.seller,
        buyer: around.buyer,
        items: vec![item],
        taxes: Vec::new(),
        net: total,
        tax: Money::zero(row.currency),
        total,
        pay_to: Some(pay_to(row.beneficiary, row.bank, row.iban, Some(row.reference))),
    };
    Composed::new(Some(number), around.language, &said)
}

/// Money that came, whichever way.
#[derive(FromQueryResult)]
struct ArrivalRow {
    amount: i64,
    currency: Currency,
    /// The instant at which a card paid, or the day that the bank booked a transfer.
    paid_at: Option<Timestamp>,
    booked_on: Option<String>,
    payer: Option<String>,
    reference: Option<String>,
    is_undone: bool,
    owed: i64,
}

/// By card: the provider's name of the movement is what both sides find it by.
const BY_CARD: &str =
    "SELECT p.amount, p.currency, p.ended_at AS paid_at, NULL::text AS booked_on, NULL::text AS payer,
    p.intent_ref AS reference, false AS is_undone, coalesce((
        SELECT sum(s.amount) FROM posting s JOIN account a ON a.id = s.account_id
        WHERE s.organisation_id = p.organisation_id AND s.entry_id = p.entry_id
        AND a.organisation_id IS NULL AND a.kind = 'receivable'), 0)::bigint AS owed
    FROM payment p WHERE p.organisation_id = $1 AND p.id = $2 AND p.state = 'succeeded'";

/// By transfer: its line of the bank's statement is a row of the hub's own.
const BY_TRANSFER: &str = "SELECT r.amount, a.currency, NULL::timestamptz AS paid_at, l.booked_on::text AS booked_on,
    l.payer_name AS payer, coalesce(t.reference, l.bank_reference) AS reference, r.undone_at IS NOT NULL AS is_undone,
    r.owed
    FROM transfer_receipt r JOIN bank_line l ON l.id = r.bank_line JOIN receiving_account a ON a.id = l.account_id
    LEFT JOIN transfer_order t ON t.organisation_id = r.organisation_id AND t.id = r.transfer_id
    WHERE r.organisation_id = $1 AND r.id = $2";

/// What came of a payment by card or of a transfer; nothing where it turned out to be somebody else's.
pub(super) async fn receipt_in(tx: &Tx, paper: PaperId) -> Result<Option<Composed>> {
    let card: Option<ArrivalRow> = tx.one(BY_CARD, [tx.organisation.into(), paper.into()]).await?;
    let (means, row) = match card {
        Some(row) => (ReceiptMeans::Card, row),
        None => {
            let transfer: Option<ArrivalRow> = tx.one(BY_TRANSFER, [tx.organisation.into(), paper.into()]).await?;
            (ReceiptMeans::Transfer, transfer.ok_or(Error::NotFound)?)
        }
    };
    if row.is_undone {
        return Ok(None);
    }
    let around = invoices::standing_in(tx).await?;
    let received_on = received_on(&row, &around.zone)?;
    let number = invoices::receipt_number_in(tx, &around).await?;
    let said = Receipt {
        number: number.clone(),
        received_on,
        language: around.language.clone(),
        currency: row.currency,
        seller: around.seller,
        buyer: around.buyer,
        means,
        payer: row.payer.filter(|payer| !payer.trim().is_empty()),
        reference: row.reference.filter(|reference| !reference.trim().is_empty()),
        amount: money(row.amount, row.currency)?,
        withheld: None,
        settled: settled(row.owed, row.currency),
        balance: None,
    };
    Composed::new(Some(number), around.language, &said).map(Some)
}

fn received_on(row: &ArrivalRow, zone: &jiff::tz::TimeZone) -> Result<Date> {
    let booked_on = day(row.booked_on.as_deref())?;
    let paid_on = row.paid_at.map(|at| billing::day(at, zone));
    booked_on.or(paid_on).ok_or_else(|| Error::Corrupt("money that came on no day".to_owned()))
}

/// What was owed, in whole minor units: the wallet takes the remainder.
fn settled(owed: i64, currency: Currency) -> Vec<SettledDocument> {
    let micros = owed.max(0) / MICROS_PER_MINOR * MICROS_PER_MINOR;
    let line = SettledDocument { number: None, amount: Money { micros, currency } };
    (micros > 0).then_some(line).into_iter().collect()
}

/// Minor units as money.
fn money(minor: i64, currency: Currency) -> Result<Money> {
    let micros = minor.checked_mul(MICROS_PER_MINOR);
    let micros = micros.ok_or_else(|| Error::Corrupt("an amount is beyond what can be booked".to_owned()))?;
    Ok(Money { micros, currency })
}
