//! What came and can go back: payments by card and transfers of an organisation.

use sea_orm::FromQueryResult;
use types::{AskRefund, BankLineId, PaymentId, RefundRail, RefundableView, Timestamp};
use uuid::Uuid;

use super::rules::most;
use crate::{
    Error, Result, Rule, Tx,
    access::{Scope, policy::ReadInvoices},
    ledger::{self, Purse},
    payments::money,
};

/// All that came to the organisation `$1`.
const CAME: &str =
    "SELECT p.id AS payment, NULL::uuid AS receipt, NULL::uuid AS bank_line, p.ended_at AS came_at, p.amount,
            p.refunded
     FROM payment p WHERE p.organisation_id = $1 AND p.state = 'succeeded' AND p.intent_ref IS NOT NULL
     UNION ALL
     SELECT NULL::uuid, t.id, t.bank_line, t.matched_at, t.amount, t.refunded
     FROM transfer_receipt t WHERE t.organisation_id = $1 AND t.undone_at IS NULL";

/// Something that came, in minor units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Came {
    pub(super) payment: Option<PaymentId>,
    pub(super) receipt: Option<Uuid>,
    pub(super) bank_line: Option<BankLineId>,
    came_at: Timestamp,
    amount: i64,
    refunded: i64,
}

impl Came {
    /// What of it has not gone back.
    pub(super) fn left(&self) -> i64 {
        self.amount - self.refunded
    }

    pub(super) fn rail(&self) -> RefundRail {
        if self.payment.is_some() { RefundRail::Card } else { RefundRail::Transfer }
    }

    pub(super) fn view(&self, purse: &Purse) -> Result<RefundableView> {
        let money = |minor| money(minor, purse.currency);
        Ok(RefundableView {
            payment: self.payment,
            bank_line: self.bank_line,
            rail: self.rail(),
            came_at: self.came_at,
            amount: money(self.amount)?,
            refunded: money(self.refunded)?,
            most: money(most(self.left(), free(purse)))?,
        })
    }
}

/// What of the wallet's own money nothing holds and nobody is owed: never the credit that the organisation has, nor what it
/// owes beside the wallet.
pub(super) fn free(purse: &Purse) -> i64 {
    purse.posted - purse.held - purse.receivable.max(0)
}

/// What came to the organisation and can go back, the latest first; at most 100.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn refundables_in(tx: &Tx, scope: &Scope<ReadInvoices>) -> Result<Vec<RefundableView>> {
    tx.admits(scope)?;
    let purse = ledger::purse_in(tx).await?;
    let sql = format!("SELECT * FROM ({CAME}) c ORDER BY came_at DESC, amount DESC LIMIT 100");
    let rows: Vec<Came> = tx.all(&sql, [tx.organisation.into()]).await?;
    rows.iter().map(|came| came.view(&purse)).collect()
}

/// What a refund is asked of.
pub(super) async fn came_in(tx: &Tx, ask: &AskRefund) -> Result<Came> {
    let one = match (ask.payment, ask.bank_line) {
        (Some(payment), None) => payment.uuid(),
        (None, Some(line)) => line.uuid(),
        _ => return Err(Error::Invalid { field: "payment", rule: Rule::Required }),
    };
    let sql = format!("SELECT * FROM ({CAME}) c WHERE payment = $2 OR bank_line = $2");
    tx.one(&sql, [tx.organisation.into(), one.into()]).await?.ok_or(Error::NotFound)
}

/// Who paid, as the bank said it.
#[derive(Clone, Debug, Default, FromQueryResult)]
pub(super) struct Payee {
    pub(super) name: Option<String>,
    pub(super) account: Option<String>,
}

/// Who is paid; nobody is known for a card.
pub(super) async fn payee_in(tx: &Tx, came: &Came) -> Result<Payee> {
    let Some(line) = came.bank_line else { return Ok(Payee::default()) };
    let row: Option<Payee> = tx.one("SELECT name, account FROM payer_of_bank_line($1)", [line.into()]).await?;
    Ok(row.unwrap_or_default())
}
