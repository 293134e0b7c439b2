//! The signature for the close of a month: it stands in the hub's own books, and staff ask for it, give it and use it
//! outside of all organisations.

use types::{Money, MonthToSign, OrganisationId, RefuseSignOff, SignBody, SignOffKind, SignOffReview, SignOffView};
use uuid::Uuid;

use super::{Body, Books, ask_of, entity, limits, refused_in, signed_in, use_in, withdrawn_in};
use crate::{
    Database, Error, Open, Result,
    access::{Survey, policy::SignOff},
    canonical, ledger, transfers,
};

/// Signs what somebody else asked for of a month.
///
/// # Errors
/// `NotFound` where nothing waits; a conflict for who asked, and where it is signed; `Changed` where what was looked at is
/// not what was asked.
pub async fn sign_close(
    db: &Database,
    survey: &Survey<SignOff>,
    month: &str,
    seen: &SignBody,
    now: types::Timestamp,
) -> Result<SignOffView> {
    let open = db.govern(survey, now).await?;
    let (books, row) = waiting_in(&open, month).await?;
    let view = signed_in(books, &row, seen).await?;
    open.commit().await?;
    Ok(view)
}

/// Refuses to sign what somebody else asked for of a month.
///
/// # Errors
/// `Invalid` for a reason that is missing or too long; otherwise those of [`sign_close`].
pub async fn refuse_close(
    db: &Database,
    survey: &Survey<SignOff>,
    month: &str,
    ask: &RefuseSignOff,
    now: types::Timestamp,
) -> Result<SignOffView> {
    let open = db.govern(survey, now).await?;
    let (books, row) = waiting_in(&open, month).await?;
    let view = refused_in(books, &row, ask).await?;
    open.commit().await?;
    Ok(view)
}

/// Takes back what one asked for oneself of a month, signed or not.
///
/// # Errors
/// `NotFound` where nothing waits; a conflict for somebody else's.
pub async fn withdraw_close(
    db: &Database,
    survey: &Survey<SignOff>,
    month: &str,
    now: types::Timestamp,
) -> Result<SignOffView> {
    let open = db.govern(survey, now).await?;
    let (books, row) = waiting_in(&open, month).await?;
    let view = withdrawn_in(books, &row).await?;
    open.commit().await?;
    Ok(view)
}

/// The first sum of a month that is above its limit.
pub(crate) async fn above_in(open: &Open, month: &MonthToSign) -> Result<Option<Money>> {
    for sum in &month.invoiced {
        if limits::beyond_in(open, SignOffKind::Close, *sum).await?.is_some() {
            return Ok(Some(*sum));
        }
    }
    Ok(None)
}

/// Lets a month be closed that is within the limits, or that somebody else signed as it is. To be called under its lock.
pub(crate) async fn required_to_close_in(open: &Open, month: &MonthToSign) -> Result<()> {
    let Some(amount) = above_in(open, month).await? else { return Ok(()) };
    let hub = transfers::hub(open).await?;
    use_in(Books::Hub(open, hub), what(&month.month), &digest(hub, month)?, amount).await
}

/// Asks for the signature that closing a month needs. To be called under its lock.
pub(crate) async fn ask_to_close_in(open: &Open, month: &MonthToSign) -> Result<SignOffView> {
    let amount = above_in(open, month).await?.ok_or(Error::Conflict("sign-off-not-needed"))?;
    let hub = transfers::hub(open).await?;
    let (kind, subject) = what(&month.month);
    let (sha256, body) = (digest(hub, month)?, Some(ledger::as_json(month)?));
    ask_of(Books::Hub(open, hub), Body { kind, subject, sha256: &sha256, amount, body }).await
}

/// What was asked last for a month, and what became of it.
pub(crate) async fn latest_of_in(open: &Open, month: &str) -> Result<Option<SignOffReview>> {
    let hub = transfers::hub(open).await?;
    entity::latest_review(open, hub, what(month)).await?.map(entity::Review::view).transpose()
}

async fn waiting_in<'a>(open: &'a Open, month: &str) -> Result<(Books<'a>, entity::Row)> {
    let books = Books::Hub(open, transfers::hub(open).await?);
    let row = entity::lock_subject_in(books, what(month)).await?.ok_or(Error::NotFound)?;
    // Other words have the same digits.
    if row.clone().view()?.subject != month {
        return Err(Error::NotFound);
    }
    Ok((books, row))
}

/// A month has no id: its digits are one.
fn what(month: &str) -> (SignOffKind, Uuid) {
    let digits = month.bytes().filter(u8::is_ascii_digit).take(6);
    (SignOffKind::Close, Uuid::from_u128(digits.fold(0, |number, digit| number * 10 + u128::from(digit - b'0'))))
}

/// The digest of the month with what was invoiced of it.
fn digest(hub: OrganisationId, month: &MonthToSign) -> Result<String> {
    Ok(canonical::sha256_hex(&canonical::bytes(&(hub, month))?))
}
