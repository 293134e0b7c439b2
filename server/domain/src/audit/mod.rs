//! One row for each change, written in the change's own transaction. Sealing and reading them stand beside.

mod list;
mod seal;
mod sealed;
mod verify;

use serde::Serialize;
use types::Timestamp;
use uuid::Uuid;

pub use self::{
    list::{list_in, list_installation},
    seal::{Head, seal},
    verify::{Broken, Fault, Verdict, verify},
};
use crate::{Error, Open, Result, Rule, Tx, access::Principal};

/// What was done to what, before and after.
pub(crate) struct Change<'a, B, A> {
    /// The verb in the past, with its area: `instance.launched`.
    pub(crate) verb: &'a str,
    /// The id of the thing.
    pub(crate) subject: String,
    /// The thing before; nothing where it is new.
    pub(crate) before: Option<B>,
    /// The thing after; nothing where it is gone.
    pub(crate) after: Option<A>,
}

/// Why something is done, as whoever does it says.
///
/// # Errors
/// `Invalid` for one that is missing or longer than 500 characters.
pub(crate) fn reason(text: &str) -> Result<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::Invalid { field: "reason", rule: Rule::Required }),
        1..=500 => Ok(text),
        _ => Err(Error::Invalid { field: "reason", rule: Rule::Length { min: 1, max: 500 } }),
    }
}

/// Records a change inside an organisation.
pub(crate) async fn record_in(tx: &Tx, change: Change<'_, impl Serialize, impl Serialize>) -> Result<()> {
    write(tx, Some(tx.organisation.uuid()), change).await
}

/// Records a change of what belongs to the installation.
pub(crate) async fn record_installation(open: &Open, change: Change<'_, impl Serialize, impl Serialize>) -> Result<()> {
    write(open, None, change).await
}

async fn write(
    open: &Open,
    organisation: Option<Uuid>,
    change: Change<'_, impl Serialize, impl Serialize>,
) -> Result<()> {
    let (address, staff) = match &open.principal {
        Principal::Person { address, staff, .. } => (Some(address.clone()), staff.map(|role| role.word())),
        Principal::Recipient { address, .. } => (Some(address.clone()), None),
        Principal::Worker(_) | Principal::Nobody => (None, None),
    };
    open.run(
        "INSERT INTO audit (id, organisation_id, principal, user_id, staff_role, verb, subject, before, after, address, at, salt)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [
            row_id(open.now).into(),
            organisation.into(),
            open.principal.name().into(),
            open.principal.user().map(types::UserId::uuid).into(),
            staff.into(),
            change.verb.into(),
            change.subject.into(),
            change.before.map(as_json).transpose()?.into(),
            change.after.map(as_json).transpose()?.into(),
            address.into(),
            open.now.into(),
            salt()?.into(),
        ],
    )
    .await
    .map(drop)
}

/// A row's own id; rows of one instant differ by chance.
fn row_id(now: Timestamp) -> Uuid {
    types::new_uuid(now)
}

/// Sixteen random bytes, so that a digest of an erased row tells nothing.
pub(crate) fn salt() -> Result<Vec<u8>> {
    let mut bytes = vec![0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::Corrupt(format!("no randomness: {error}")))?;
    Ok(bytes)
}

fn as_json(thing: impl Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(thing).map_err(|error| Error::Corrupt(format!("audit: {error}")))
}
