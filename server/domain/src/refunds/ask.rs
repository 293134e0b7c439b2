//! Asking for a refund: what it would do, and its row with its entry, written at once.

use sea_orm::Value;
use types::{AskRefund, Money, RefundId, RefundPreview, RefundRail, RefundView, Timestamp};

use super::{
    list::view_in,
    rules::most,
    signing,
    source::{Came, Payee, came_in, free, payee_in},
};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{Scope, policy::CloseBilling},
    audit::{self, Change},
    commands::{self, Command},
    ledger::{self, House, Purse},
    payments::{MICROS_PER_MINOR, micros, money},
};

/// What goes back, whereto, and how much of it in minor units.
pub(super) struct Asked<'a> {
    pub(super) came: Came,
    payee: Payee,
    pub(super) minor: i64,
    pub(super) reason: &'a str,
}

/// Asks for a refund of what came by card or by transfer, whole or in part: the money leaves the wallet at once.
///
/// # Errors
/// `NotFound` for what did not come to the organisation; `Invalid` without a reason, and for an amount in another currency,
/// not in whole minor units or beyond what can go back; a conflict where all of it went back before or the wallet has
/// nothing free; `SignOffNeeded` above the limit.
pub async fn ask_refund(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: AskRefund,
    command: Command,
    now: Timestamp,
) -> Result<RefundView> {
    audit::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| ask_in(tx, &ask).await).await
}

/// What a refund would do, by the function that asks for it; nothing is stored.
///
/// # Errors
/// Those of [`ask_refund`].
pub async fn preview_refund(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: &AskRefund,
    now: Timestamp,
) -> Result<RefundPreview> {
    let tx = db.look(scope, now).await?;
    let purse = ledger::purse_in(&tx).await?;
    let Asked { came, payee, minor, .. } = asked_in(&tx, &purse, ask).await?;
    let micros = micros(minor)?;
    Ok(RefundPreview {
        source: came.view(&purse)?,
        amount: purse.money(micros),
        payee_name: payee.name,
        payee_account: payee.account,
        balance_after: purse.money(purse.posted - micros),
        free_after: purse.money(free(&purse) - micros),
    })
}

async fn ask_in(tx: &Tx, ask: &AskRefund) -> Result<RefundView> {
    let purse = ledger::lock_in(tx).await?;
    let asked = asked_in(tx, &purse, ask).await?;
    signing::required_in(tx, &asked, purse.currency).await?;
    let id = RefundId::new(tx.now);
    let house = house_of(asked.came.rail());
    let key = format!("refund:{id}");
    let entry = ledger::refund_in(tx, &purse, house, micros(asked.minor)?, &key, asked.reason).await?;
    insert_in(tx, &purse, (id, key, entry), &asked).await?;
    let view = view_in(tx, id).await?;
    let told = Some((view.rail, view.amount, &view.reason));
    let change = Change { verb: "payment.refund_asked", subject: id.to_string(), before: None::<()>, after: told };
    audit::record_in(tx, change).await?;
    Ok(view)
}

/// From which account of the house a refund is paid.
pub(super) const fn house_of(rail: RefundRail) -> House {
    match rail {
        RefundRail::Card => House::Clearing,
        RefundRail::Transfer => House::Refunds,
    }
}

/// What is asked for, where it can go back.
pub(super) async fn asked_in<'a>(tx: &Tx, purse: &Purse, ask: &'a AskRefund) -> Result<Asked<'a>> {
    let reason = audit::reason(&ask.reason)?;
    let came = came_in(tx, ask).await?;
    if came.left() == 0 {
        return Err(Error::Conflict("refund-all"));
    }
    let most = most(came.left(), free(purse));
    if most == 0 {
        return Err(Error::Conflict("refund-not-free"));
    }
    let minor = match ask.amount {
        Some(amount) => checked(amount, purse, most)?,
        None => most,
    };
    let payee = payee_in(tx, &came).await?;
    Ok(Asked { came, payee, minor, reason })
}

fn checked(amount: Money, purse: &Purse, most: i64) -> Result<i64> {
    let invalid = |rule| Err(Error::Invalid { field: "amount", rule });
    if amount.currency != purse.currency {
        return invalid(Rule::Currency);
    }
    ledger::bookable(amount.micros, "amount")?;
    if amount.micros % MICROS_PER_MINOR != 0 {
        return invalid(Rule::PositiveAmount);
    }
    let minor = amount.micros / MICROS_PER_MINOR;
    if minor > most {
        let rule = Rule::Within { least: money(1, purse.currency)?, most: money(most, purse.currency)? };
        return invalid(rule);
    }
    Ok(minor)
}

async fn insert_in(
    tx: &Tx,
    purse: &Purse,
    (id, key, entry): (RefundId, String, uuid::Uuid),
    asked: &Asked<'_>,
) -> Result<()> {
    let rail = asked.came.rail();
    // The same reference as customers get for transfers: it has a check digit, and statements are read for it.
    let reference = ::payments::Reference::of(id.uuid()).as_str().to_owned();
    let (state, reference, next_at) = match rail {
        RefundRail::Card => ("wanted", None, Some(tx.now)),
        RefundRail::Transfer => ("to_pay", Some(reference), None),
    };
    let sql = "INSERT INTO refund (organisation_id, id, rail, payment_id, receipt_id, amount, currency, reason,
                   idempotency_key, reference, goes_to, payee_name, state, entry_id, asked_by, asked_at, next_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    let values: [Value; 17] = [
        tx.organisation.into(),
        id.into(),
        rail.word().into(),
        asked.came.payment.map(types::PaymentId::uuid).into(),
        asked.came.receipt.into(),
        asked.minor.into(),
        purse.currency.word().into(),
        asked.reason.into(),
        key.into(),
        reference.into(),
        asked.payee.account.clone().into(),
        asked.payee.name.clone().into(),
        state.into(),
        entry.into(),
        tx.principal.user().into(),
        tx.now.into(),
        next_at.into(),
    ];
    tx.run(sql, values).await.map(drop)
}
