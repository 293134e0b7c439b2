//! Money that comes by bank transfer: what customers announce, what the bank's statements say, and which line of a
//! statement paid whom.
//!
//! What a file says, whether a reference is right and which line pays what, the pure crate `payments` decides. Here
//! its answers meet the rows: every line is booked once for ever, to the wallet of the organisation that its reference
//! names or among what is unmatched, each in a transaction of its own. Whoever stops half-way books again, and the rest
//! follows. Statements and lines are rows of the hub's own organisation; what they paid are rows of who was paid.

mod accounts;
mod decide;
mod file;
mod items;
mod lines;
mod orders;
mod receive;
mod sheet;
mod statements;
mod store;
mod words;

use sea_orm::FromQueryResult;
use types::{Currency, Money, OrganisationId, Timestamp};

pub use self::{
    accounts::{list_receiving_accounts, set_receiving_account},
    decide::{ignore_line, match_line, reopen_line, undo_match},
    lines::{line, list_statement_lines, list_waiting_lines},
    orders::{announce_transfer, cancel_transfer, list_transfers_in, transfer_in},
    statements::{list_statements, statement},
    store::{book_statement, import_statement, preview_statement},
};

use crate::{
    Database, Error, Open, Result, Tx,
    access::{Survey, policy::CloseBilling},
};

/// Micro-units in one minor unit of a currency with two decimals.
const MICROS_PER_MINOR: i64 = 10_000;

#[derive(FromQueryResult)]
struct Id {
    id: OrganisationId,
}

/// The hub itself, whose rows statements are.
pub(crate) async fn hub(open: &Open) -> Result<OrganisationId> {
    let row: Option<Id> = open.one("SELECT id FROM organisation WHERE kind = 'hub'", []).await?;
    row.map(|row| row.id).ok_or_else(|| Error::Corrupt("an installation without a hub".to_owned()))
}

/// Goes inside an organisation, the hub's own or any other: who closes billing may book in all of them.
pub(crate) async fn inside(
    db: &Database,
    survey: &Survey<CloseBilling>,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<Tx> {
    db.public_writing(survey.principal().clone(), now).await?.enter(organisation).await
}

/// Minor units as micro-units.
fn micros(minor: i64) -> Result<i64> {
    minor
        .checked_mul(MICROS_PER_MINOR)
        .ok_or_else(|| Error::Corrupt("an amount is beyond what can be booked".to_owned()))
}

/// Minor units as money.
fn money(minor: i64, currency: Currency) -> Result<Money> {
    Ok(Money { micros: micros(minor)?, currency })
}

/// A day as the database writes it.
fn day(text: &str) -> Result<jiff::civil::Date> {
    text.parse().map_err(|error| Error::Corrupt(format!("date: {error}")))
}

/// A count that the database keeps.
fn count(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Corrupt("a count below zero".to_owned()))
}
