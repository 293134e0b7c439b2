//! A wallet that tops itself up with a card that is kept: who agreed to what, when one begins, and what becomes of it.
//!
//! `start` decides under the purse's lock, so that a month's limit holds however many workers decide at once; that at most one
//! begins in an hour is a constraint of the database. What it asks for is a payment like any other, which `charge` advances and
//! the same function credits. What the provider says of it comes to `outcome` in the transaction that records it.

mod charge;
mod letters;
mod outcome;
mod rules;
mod start;

use sea_orm::FromQueryResult;
use types::{
    AutoTopUpState, AutoTopUpView, CardState, Currency, Money, PaymentId, SavedCardId, SetAutoTopUp, Timestamp, UserId,
};

pub use self::start::{organisations_to_top_up, start_auto_top_up};
pub(super) use self::{charge::charge, outcome::told_in};
use super::{
    MICROS_PER_MINOR,
    ask::{LEAST, MOST},
    money,
};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{
        Scope,
        policy::{ReadBalance, TopUpWallet},
    },
    audit::{self, Change},
    budgets::Month,
    ledger,
};

/// What counts in a month's limit and in the next one: what was refused or called off does not, nor a page on which nobody
/// paid. What nobody knows of does.
const COUNTS: &str = "p.state NOT IN ('failed', 'cancelled') AND NOT (p.state = 'expired' AND p.kind = 'checkout')";

#[derive(FromQueryResult)]
struct Row {
    state: AutoTopUpState,
    currency: Currency,
    below: i64,
    amount: i64,
    monthly_limit: i64,
    card_id: SavedCardId,
    consented_by: Option<String>,
    consented_at: Timestamp,
    waits_for_person: Option<PaymentId>,
}

#[derive(FromQueryResult)]
struct Sum {
    spent: i64,
}

#[derive(FromQueryResult)]
struct Card {
    state: CardState,
}

/// How the wallet tops itself up; nothing where nobody ever agreed to it.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn auto_top_up_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<Option<AutoTopUpView>> {
    tx.admits(scope)?;
    view_in(tx).await
}

/// Agrees that the wallet tops itself up, as its person says and from now on; this begins anew what was paused.
///
/// # Errors
/// `Invalid` for amounts that no payment takes, in another currency or not in whole minor units, for a limit below one of
/// them, for a card that is not kept, and where nobody agrees; `NeedsPerson` for a program, which cannot agree.
pub async fn set_auto_top_up(
    db: &Database,
    scope: &Scope<TopUpWallet>,
    ask: &SetAutoTopUp,
    now: Timestamp,
) -> Result<AutoTopUpView> {
    checked(ask)?;
    let tx = db.begin(scope, now).await?;
    if tx.principal.token().is_some() {
        return Err(Error::NeedsPerson);
    }
    let person = tx.principal.user().ok_or(Error::NeedsPerson)?;
    let currency = ledger::purse_in(&tx).await?.currency;
    for (field, of) in amounts(ask) {
        if of.currency != currency {
            return Err(Error::Invalid { field, rule: Rule::Currency });
        }
    }
    // Who takes the card away waits, and ends this too.
    let sql = "SELECT state FROM saved_card WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE";
    let card: Option<Card> = tx.one(sql, [tx.organisation.into(), ask.card.into()]).await?;
    if card.is_none_or(|card| card.state != CardState::Saved) {
        return Err(Error::Invalid { field: "card", rule: Rule::Known });
    }
    let before = view_in(&tx).await?;
    store_in(&tx, ask, person).await?;
    let view = view_in(&tx).await?.ok_or(Error::NotFound)?;
    let subject = tx.organisation().to_string();
    audit::record_in(&tx, Change { verb: "auto_top_up.set", subject, before, after: Some(&view) }).await?;
    tx.commit().await?;
    Ok(view)
}

/// Ends it, where somebody had agreed to it. What has begun goes on.
///
/// # Errors
/// Only the database's own.
pub async fn end_auto_top_up(db: &Database, scope: &Scope<TopUpWallet>, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let before = view_in(&tx).await?;
    let sql = "UPDATE auto_top_up SET state = 'off' WHERE organisation_id = $1 AND state <> 'off'";
    if tx.run(sql, [tx.organisation.into()]).await? > 0 {
        let subject = tx.organisation().to_string();
        audit::record_in(&tx, Change { verb: "auto_top_up.ended", subject, before, after: None::<()> }).await?;
    }
    tx.commit().await
}

fn amounts(ask: &SetAutoTopUp) -> [(&'static str, Money); 3] {
    [("below", ask.below), ("amount", ask.amount), ("monthly_limit", ask.monthly_limit)]
}

fn checked(ask: &SetAutoTopUp) -> Result<()> {
    for (field, of) in amounts(ask) {
        ledger::bookable(of.micros, field)?;
        if of.micros % MICROS_PER_MINOR != 0 {
            return Err(Error::Invalid { field, rule: Rule::PositiveAmount });
        }
    }
    let money = |micros| Money { micros, currency: ask.amount.currency };
    if !(LEAST..=MOST).contains(&ask.amount.micros) {
        return Err(Error::Invalid { field: "amount", rule: Rule::Within { least: money(LEAST), most: money(MOST) } });
    }
    if ask.monthly_limit.micros < ask.amount.micros {
        let most = money(ledger::MAX_BOOKING);
        return Err(Error::Invalid { field: "monthly_limit", rule: Rule::Within { least: ask.amount, most } });
    }
    if ask.consents { Ok(()) } else { Err(Error::Invalid { field: "consents", rule: Rule::Required }) }
}

async fn store_in(tx: &Tx, ask: &SetAutoTopUp, person: UserId) -> Result<()> {
    let sql = "INSERT INTO auto_top_up (organisation_id, state, currency, below, amount, monthly_limit, card_id,
                   consented_by, consented_at, look_at)
               VALUES ($1, 'on', $2, $3, $4, $5, $6, $7, $8, $8)
               ON CONFLICT (organisation_id) DO UPDATE SET state = 'on', currency = $2, below = $3, amount = $4,
                   monthly_limit = $5, card_id = $6, consented_by = $7, consented_at = $8, look_at = $8, declines = 0";
    let values = [
        tx.organisation.into(),
        ask.amount.currency.word().into(),
        ask.below.micros.into(),
        (ask.amount.micros / MICROS_PER_MINOR).into(),
        (ask.monthly_limit.micros / MICROS_PER_MINOR).into(),
        ask.card.into(),
        person.into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

async fn view_in(tx: &Tx) -> Result<Option<AutoTopUpView>> {
    let sql = "SELECT a.state, a.currency, a.below, a.amount, a.monthly_limit, a.card_id, n.name AS consented_by,
                      a.consented_at,
                      (SELECT p.id FROM auto_top_up_try t JOIN payment p ON p.organisation_id = t.organisation_id
                           AND p.id IN (t.payment_id, t.person_payment_id)
                       WHERE t.organisation_id = $1 AND p.state = 'needs_person' AND p.next_at IS NOT NULL
                       ORDER BY t.started_at DESC LIMIT 1) AS waits_for_person
               FROM auto_top_up a LEFT JOIN person n ON n.id = a.consented_by WHERE a.organisation_id = $1";
    let row: Option<Row> = tx.one(sql, [tx.organisation.into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let left = (row.monthly_limit - spent_in(tx).await?).max(0);
    Ok(Some(AutoTopUpView {
        state: row.state,
        below: Money { micros: row.below, currency: row.currency },
        amount: money(row.amount, row.currency)?,
        monthly_limit: money(row.monthly_limit, row.currency)?,
        left: money(left, row.currency)?,
        card: row.card_id,
        consented_by: row.consented_by,
        consented_at: row.consented_at,
        waits_for_person: row.waits_for_person,
    }))
}

/// What the running month has taken, in minor units; who decides by it has the purse's lock.
async fn spent_in(tx: &Tx) -> Result<i64> {
    let month = Month::of_in(tx).await?;
    let sql = format!(
        "SELECT coalesce(sum(p.amount), 0)::bigint AS spent
         FROM auto_top_up_try t JOIN payment p ON p.organisation_id = t.organisation_id
             AND p.id IN (t.payment_id, t.person_payment_id)
         WHERE t.organisation_id = $1 AND t.started_at >= $2 AND {COUNTS}"
    );
    let row: Option<Sum> = tx.one(&sql, [tx.organisation.into(), month.started_at.into()]).await?;
    Ok(row.map_or(0, |row| row.spent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(below: i64, amount: i64, monthly_limit: i64, consents: bool) -> SetAutoTopUp {
        let money = |units: i64| Money { micros: units * 1_000_000, currency: Currency::Mad };
        let card = SavedCardId::from_uuid(uuid::Uuid::nil());
        SetAutoTopUp { below: money(below), amount: money(amount), monthly_limit: money(monthly_limit), card, consents }
    }

    #[test]
    fn only_what_somebody_agreed_to_and_a_month_can_take_is_stored() {
        assert!(checked(&ask(1, 10, 10, true)).is_ok());
        for (wrong, of) in [
            (ask(0, 10, 10, true), "below"),
            (ask(1, 9, 10, true), "amount"),
            (ask(1, 100_001, 200_000, true), "amount"),
            (ask(1, 10, 9, true), "monthly_limit"),
            (ask(1, 10, 10, false), "consents"),
        ] {
            assert!(matches!(checked(&wrong), Err(Error::Invalid { field, .. }) if field == of), "{of}");
        }
    }
}
