//! One row for each change, written in the change's own transaction. Sealing and reading them stand beside.

mod list;
mod seal;
mod sealed;
mod verify;

use serde::Serialize;
use types::Timestamp;
use uuid::Uuid;

pub use self::{
    list::{list_in, list_installation, list_own},
    seal::{Head, head, seal},
    verify::{Broken, Fault, Verdict, verify},
};
use crate::{Error, Open, Result, Rule, Tx, access::Principal};

/// The areas that verbs have, the word before the dot.
pub const AREAS: [&str; 36] = [
    "account",
    "auto_top_up",
    "bank",
    "budget",
    "card",
    "cluster",
    "domain",
    "dunning",
    "factor",
    "identity",
    "instance",
    "invitation",
    "invoice",
    "letter",
    "lot",
    "member",
    "month",
    "organisation",
    "password",
    "payment",
    "period",
    "person",
    "price",
    "project",
    "question",
    "quota",
    "session",
    "sign_off",
    "staff",
    "tax_rule",
    "token",
    "transfer",
    "usage",
    "view",
    "volume",
    "wallet",
];

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
    write(tx, &tx.principal, Some(tx.organisation.uuid()), change).await
}

/// Records a change of what belongs to the installation.
pub(crate) async fn record_installation(open: &Open, change: Change<'_, impl Serialize, impl Serialize>) -> Result<()> {
    write(open, &open.principal, None, change).await
}

/// Records what concerns a person alone, by who they turned out to be within the transaction.
pub(crate) async fn record_as(
    open: &Open,
    principal: &Principal,
    change: Change<'_, impl Serialize, impl Serialize>,
) -> Result<()> {
    write(open, principal, None, change).await
}

async fn write(
    open: &Open,
    principal: &Principal,
    organisation: Option<Uuid>,
    change: Change<'_, impl Serialize, impl Serialize>,
) -> Result<()> {
    let (address, request, staff) = match principal {
        Principal::Person { address, request, staff, .. } => (Some(address), request.as_ref(), *staff),
        Principal::Token { address, request, .. } => (Some(address), request.as_ref(), None),
        Principal::Recipient { address, .. } => (Some(address), None, None),
        Principal::Worker(_) | Principal::Nobody => (None, None, None),
    };
    open.run(
        "INSERT INTO audit (id, organisation_id, principal, user_id, staff_role, verb, subject, before, after, address,
             request_id, at, salt)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        [
            row_id(open.now).into(),
            organisation.into(),
            principal.name().into(),
            principal.user().map(types::UserId::uuid).into(),
            staff.map(|role| role.word()).into(),
            change.verb.into(),
            change.subject.into(),
            change.before.map(as_json).transpose()?.into(),
            change.after.map(as_json).transpose()?.into(),
            address.cloned().into(),
            request.cloned().into(),
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
