//! Top-ups by card: what people ask for, what the provider says of it, and the money that becomes theirs.
//!
//! A row with its idempotency key is written and committed before the provider is called; the call is made outside of every
//! transaction; what it answered is recorded in another one. Whoever stops in between asks again with the same key. What the
//! provider says may come late, twice and in any order: a payment only goes forward, and its row's lock and its entry's key
//! see that it is credited once, with the amount of our own row. What does not agree is credited to nobody and told to people.

mod advance;
mod ask;
pub mod automatic;
pub mod cards;
mod findings;
mod gateway;
mod inbox;
mod reconcile;
mod record;
mod rules;

use types::{Currency, Money};

pub use self::{
    advance::{advance_payment, take_due_payment},
    ask::{payment_in, top_up_by_card, waiting_payments_in},
    findings::{open_findings, settle_finding},
    gateway::{
        Answer, Checkout, Event, Gateway, Look, NewCheckout, NewCustomer, NewRefund, Reference, RefundLook, RefundSeen,
        RefundsOf, Seen, Trouble,
    },
    inbox::{forget_bytes, receive_event, take_event},
    reconcile::reconcile,
    record::record_look,
};
pub(crate) use self::{findings::tell_in, inbox::Outcome, rules::next_look};
use crate::{Error, Result};

/// The kind of a payment that is made without anybody there.
const SAVED_CARD: &str = "saved_card";
/// Micro-units in one minor unit of a currency with two decimals.
pub(crate) const MICROS_PER_MINOR: i64 = 10_000;

/// Minor units as micro-units.
pub(crate) fn micros(minor: i64) -> Result<i64> {
    minor
        .checked_mul(MICROS_PER_MINOR)
        .ok_or_else(|| Error::Corrupt("an amount is beyond what can be booked".to_owned()))
}

/// Minor units as money.
pub(crate) fn money(minor: i64, currency: Currency) -> Result<Money> {
    Ok(Money { micros: micros(minor)?, currency })
}
