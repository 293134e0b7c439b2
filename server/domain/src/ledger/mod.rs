//! The ledger: double entry in whole micro-units, append only.
//!
//! Every entry sums to zero in each unit and names the organisation it was made for. An organisation's own accounts
//! carry `posted` (the sum of their postings) and `held` (the sum of what open holds set aside), and the database
//! refuses to let `posted - held` fall below an account's floor; the house's accounts carry no balance. All changes of
//! one organisation take the same locks in the same order ([`lock_in`]).
//!
//! Amounts are positive where the hub owes or has earned, negative where it is owed: a wallet's balance is positive, a
//! receivable is negative.

mod account;
mod burn;
pub mod checks;
mod entry;
mod hold;
mod purse;
mod rate;
mod refund;
mod subject;

use types::{Amount, EntryKind, LeftView, LotKind, RecordTransfer, Timestamp, WalletView};

pub(crate) use self::{
    account::{House, lots_account, open_house_accounts_in},
    burn::{Burnt, Lot, Slice, Take, Unit, boundaries, burn, put_in_order},
    entry::{Posting, book_in},
    hold::{Demand, OpenHold, ahead, close_holds_in, covers_of_in, free_holds_in, open_holds_in, set_holds_in},
    purse::{Purse, lock_in, purse_in},
    rate::{Rate, share},
    refund::{refund_in, refund_paid_in, refund_undone_in},
};
pub use self::{
    entry::list_entries_in,
    hold::{COVER_S, Terms, cover_of_in, open_hold_in},
};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{
        Scope,
        policy::{CloseBilling, ReadBalance},
    },
    audit::{self, Change},
    commands::{self, Command},
    settlement,
};

/// The largest amount that one booking can have: a thousand million of the currency, or as many GPU-seconds.
pub(crate) const MAX_BOOKING: i64 = 1_000_000_000_000_000;

/// Books money that arrived at the bank: first to what is owed, the rest to the wallet. A liability, never a lot.
///
/// # Errors
/// `Invalid` for an amount that is not above zero or in another currency, or an empty reference; a conflict when the
/// reference was booked before.
pub async fn record_transfer(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: RecordTransfer,
    command: Command,
    now: Timestamp,
) -> Result<WalletView> {
    checked(&ask)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        top_up_in(tx, &ask).await?;
        let change = Change {
            verb: "wallet.topped_up",
            subject: tx.organisation().to_string(),
            before: None::<()>,
            after: Some(&ask),
        };
        audit::record_in(tx, change).await?;
        view_in(tx).await
    })
    .await
}

/// Books money that arrived, inside a transaction.
pub(crate) async fn top_up_in(tx: &Tx, ask: &RecordTransfer) -> Result<()> {
    let purse = lock_in(tx).await?;
    if ask.amount.currency != purse.currency {
        return Err(Error::Invalid { field: "amount", rule: Rule::Currency });
    }
    let key = format!("transfer:{}", ask.reference.trim());
    let arrival = Arrival { from: House::Bank, micros: ask.amount.micros, key: &key, note: &ask.reference };
    credit_in(tx, &purse, &arrival).await.map(drop)
}

/// Money that becomes an organisation's.
pub(crate) struct Arrival<'a> {
    /// Where it is: at the bank, or booked among what is unmatched.
    pub(crate) from: House,
    /// How much.
    pub(crate) micros: i64,
    /// What it is booked once by.
    pub(crate) key: &'a str,
    /// What the wallet's entry says.
    pub(crate) note: &'a str,
}

/// What a credit did.
pub(crate) struct Credited {
    /// The entry.
    pub(crate) entry: uuid::Uuid,
    /// What of it paid what was owed; the rest went to the wallet.
    pub(crate) owed: i64,
}

/// Books money for the organisation, whose purse is locked: first to what is owed, the rest to the wallet.
pub(crate) async fn credit_in(tx: &Tx, purse: &Purse, arrival: &Arrival<'_>) -> Result<Credited> {
    let unit = purse.currency.word();
    let owed = purse.receivable.clamp(0, arrival.micros);
    let postings = [
        Posting::house(arrival.from, unit, -arrival.micros),
        Posting::house(House::Receivable, unit, owed),
        Posting::own(purse.wallet()?, arrival.micros - owed),
    ];
    let memo = serde_json::json!({ "note": arrival.note });
    let entry = book_in(tx, arrival.key, EntryKind::TopUp, memo, &postings).await?;
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    Ok(Credited { entry, owed })
}

/// Takes back what a credit gave, whoever's money it was: out of the wallet as far as nothing holds it, and what is
/// missing there is owed. The money lies among what is unmatched then.
pub(crate) async fn take_back_in(
    tx: &Tx,
    purse: &Purse,
    micros: i64,
    owed: i64,
    key: &str,
    reason: &str,
) -> Result<uuid::Uuid> {
    let unit = purse.currency.word();
    let free = (purse.posted + purse.limit - purse.held).max(0);
    let from_wallet = (micros - owed).min(free);
    let postings = [
        Posting::house(House::Unmatched, unit, micros),
        Posting::house(House::Receivable, unit, from_wallet - micros),
        Posting::own(purse.wallet()?, -from_wallet),
    ];
    let memo = serde_json::json!({ "note": reason });
    let entry = book_in(tx, key, EntryKind::TransferUndone, memo, &postings).await?;
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    Ok(entry)
}

/// Books money that came and nobody knows yet whose it is, or takes that back where `micros` is below zero; inside the
/// hub's own organisation.
pub(crate) async fn keep_unmatched_in(tx: &Tx, unit: &str, micros: i64, key: &str) -> Result<()> {
    let postings = [Posting::house(House::Bank, unit, -micros), Posting::house(House::Unmatched, unit, micros)];
    book_in(tx, key, EntryKind::Unmatched, serde_json::json!({}), &postings).await.map(drop)
}

/// What the organisation has, and how long it lasts.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn wallet_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<WalletView> {
    tx.admits(scope)?;
    view_in(tx).await
}

/// Whether an amount can be booked: above zero, and not beyond the largest booking.
pub(crate) fn bookable(amount: i64, field: &'static str) -> Result<()> {
    let rule = Rule::PositiveAmount;
    if (1..=MAX_BOOKING).contains(&amount) { Ok(()) } else { Err(Error::Invalid { field, rule }) }
}

fn checked(ask: &RecordTransfer) -> Result<()> {
    bookable(ask.amount.micros, "amount")?;
    let length = ask.reference.trim().chars().count();
    let rule = Rule::Length { min: 3, max: 100 };
    if (3..=100).contains(&length) { Ok(()) } else { Err(Error::Invalid { field: "reference", rule }) }
}

async fn view_in(tx: &Tx) -> Result<WalletView> {
    let outlook = settlement::outlook_in(tx).await?;
    let purse = &outlook.purse;
    Ok(WalletView {
        currency: purse.currency,
        balance: purse.money(purse.posted),
        held: purse.money(purse.held),
        free: purse.money(purse.posted + purse.limit - purse.held),
        credit_limit: purse.money(purse.limit),
        receivable: purse.money(purse.receivable),
        lots: lefts(purse, tx.now),
        per_hour: purse.money(outlook.per_hour()?),
        empty_at: outlook.empty_at(&[])?,
        settled_through: outlook.settled_through,
    })
}

/// What is left of the lots that can pay now, by kind and unit, in the order of burning.
pub(crate) fn lefts(purse: &Purse, now: Timestamp) -> Vec<LeftView> {
    let mut lefts: Vec<(LotKind, Unit, i64)> = Vec::new();
    let pays = |lot: &&Lot| lot.effective_at <= now && lot.expires_at.is_none_or(|end| now < end);
    for lot in purse.lots.iter().filter(pays) {
        match lefts.iter_mut().find(|(kind, unit, _)| (*kind, *unit) == (lot.kind, lot.unit)) {
            Some((_, _, left)) => *left += lot.left,
            None => lefts.push((lot.kind, lot.unit, lot.left)),
        }
    }
    lefts.into_iter().map(|(kind, unit, left)| LeftView { kind, left: amount(purse, unit, left) }).collect()
}

/// A number of a lot's unit, with the unit.
pub(crate) fn amount(purse: &Purse, unit: Unit, number: i64) -> Amount {
    match unit {
        Unit::Micros => Amount::Money(purse.money(number)),
        Unit::GpuSeconds(flavour) => Amount::GpuSeconds { flavour, seconds: number },
    }
}

pub(crate) fn as_json(rows: &impl serde::Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(rows).map_err(|error| Error::Corrupt(format!("ledger: {error}")))
}
