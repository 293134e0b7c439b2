//! What two people sign. Above a limit of its kind and currency a command is done only with the signature of somebody else
//! of the hub on exactly its body: who asks names a digest, who signs names the same one, and the command finds it again
//! under its own lock. A signature is good for one command.

mod closes;
mod entity;
mod letters;
mod limits;

use types::{
    InvoiceId, List, Money, OrganisationId, RefuseSignOff, SignBody, SignOffId, SignOffKind, SignOffReview,
    SignOffState, SignOffView, UserId,
};
use uuid::Uuid;

pub(crate) use self::closes::{above_in, ask_to_close_in, latest_of_in, required_to_close_in};
pub use self::{
    closes::{refuse_close, sign_close, withdraw_close},
    limits::{agree_limit, list_sign_off_limits, set_limit, withdraw_limit},
};
use crate::{
    Database, Error, Open, Result, Tx,
    access::{
        Scope, Survey,
        policy::{ReadInvoices, SignOff},
    },
    audit::{self, Change},
    invoices,
};

/// In whose books something is signed: inside an organisation, or the hub's own for what is of no tenant.
#[derive(Clone, Copy)]
enum Books<'a> {
    Of(&'a Tx),
    Hub(&'a Open, OrganisationId),
}

impl<'a> Books<'a> {
    fn open(self) -> &'a Open {
        match self {
            Self::Of(tx) => tx,
            Self::Hub(open, _) => open,
        }
    }

    fn organisation(self) -> OrganisationId {
        match self {
            Self::Of(tx) => tx.organisation,
            Self::Hub(_, hub) => hub,
        }
    }
}

/// What is to be signed.
pub(crate) struct Body<'a> {
    /// For what.
    pub(crate) kind: SignOffKind,
    /// What it is about.
    pub(crate) subject: Uuid,
    /// The digest of exactly what is asked.
    pub(crate) sha256: &'a str,
    /// Of how much.
    pub(crate) amount: Money,
    /// What is asked, where it stands nowhere else.
    pub(crate) body: Option<serde_json::Value>,
}

/// Lets a command go on: its amount is within the limit, or somebody else signed this very body, which is used up by it.
/// To be called under the lock of the subject.
///
/// # Errors
/// `SignOffNeeded` above the limit without a signature on this body.
pub(crate) async fn required(
    tx: &Tx,
    kind: SignOffKind,
    subject: Uuid,
    body_sha256: &str,
    amount: Money,
) -> Result<()> {
    use_in(Books::Of(tx), (kind, subject), body_sha256, amount).await
}

async fn use_in(books: Books<'_>, what: (SignOffKind, Uuid), body_sha256: &str, amount: Money) -> Result<()> {
    let Some(limit) = limits::beyond_in(books.open(), what.0, amount).await? else { return Ok(()) };
    let needed = Error::SignOffNeeded { amount, limit };
    let Some(row) = entity::lock_subject_in(books, what).await? else { return Err(needed) };
    if row.state != SignOffState::Signed || row.body_sha256 != body_sha256 || row.amount() != amount {
        return Err(needed);
    }
    entity::end_in(books, row.id, SignOffState::Used).await
}

/// Asks for a second person's signature. One that was asked for another body of the same subject is void. Who can sign is
/// told by letter.
///
/// # Errors
/// A conflict where one person is enough, and where this very body waits or is signed already.
pub(crate) async fn ask_in(tx: &Tx, ask: Body<'_>) -> Result<SignOffView> {
    ask_of(Books::Of(tx), ask).await
}

async fn ask_of(books: Books<'_>, ask: Body<'_>) -> Result<SignOffView> {
    if limits::beyond_in(books.open(), ask.kind, ask.amount).await?.is_none() {
        return Err(Error::Conflict("sign-off-not-needed"));
    }
    let asker = books.open().principal.user().ok_or(Error::NeedsPerson)?;
    if let Some(before) = entity::lock_subject_in(books, (ask.kind, ask.subject)).await? {
        if before.body_sha256 == ask.sha256 && before.amount() == ask.amount {
            return Err(Error::Conflict("sign-off-asked-already"));
        }
        entity::end_in(books, before.id, SignOffState::Voided).await?;
    }
    let id = entity::insert_in(books, &ask, asker).await?;
    let view = told_in(books, id, "sign_off.asked").await?;
    letters::waits_in(books, &view).await?;
    Ok(view)
}

/// Signs what somebody else asked for.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for who asked, and for one that is not open; `Changed` where what was
/// looked at is not what was asked, or is no longer what it was.
pub async fn sign(
    db: &Database,
    scope: &Scope<SignOff>,
    id: SignOffId,
    seen: &SignBody,
    now: types::Timestamp,
) -> Result<SignOffView> {
    let tx = db.begin(scope, now).await?;
    let row = entity::lock_in(&tx, id).await?;
    second(&tx, &row)?;
    if row.body_sha256 != seen.sha256 || !still_in(&tx, &row).await? {
        return Err(Error::Changed);
    }
    let view = signed_in(Books::Of(&tx), &row, seen).await?;
    tx.commit().await?;
    Ok(view)
}

/// Refuses to sign what somebody else asked for.
///
/// # Errors
/// `Invalid` for a reason that is missing or too long; otherwise those of [`sign`].
pub async fn refuse(
    db: &Database,
    scope: &Scope<SignOff>,
    id: SignOffId,
    ask: &RefuseSignOff,
    now: types::Timestamp,
) -> Result<SignOffView> {
    let tx = db.begin(scope, now).await?;
    let row = entity::lock_in(&tx, id).await?;
    let view = refused_in(Books::Of(&tx), &row, ask).await?;
    tx.commit().await?;
    Ok(view)
}

/// Takes back what one asked for oneself, signed or not.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for somebody else's, and for one that has ended.
pub async fn withdraw(
    db: &Database,
    scope: &Scope<SignOff>,
    id: SignOffId,
    now: types::Timestamp,
) -> Result<SignOffView> {
    let tx = db.begin(scope, now).await?;
    let row = entity::lock_in(&tx, id).await?;
    let view = withdrawn_in(Books::Of(&tx), &row).await?;
    tx.commit().await?;
    Ok(view)
}

async fn signed_in(books: Books<'_>, row: &entity::Row, seen: &SignBody) -> Result<SignOffView> {
    let signer = second(books.open(), row)?;
    if row.body_sha256 != seen.sha256 {
        return Err(Error::Changed);
    }
    entity::sign_in(books, row.id, signer).await?;
    told_in(books, row.id, "sign_off.signed").await
}

async fn refused_in(books: Books<'_>, row: &entity::Row, ask: &RefuseSignOff) -> Result<SignOffView> {
    let reason = audit::reason(&ask.reason)?;
    let second = second(books.open(), row)?;
    entity::refuse_in(books, row.id, second, reason).await?;
    told_in(books, row.id, "sign_off.refused").await
}

async fn withdrawn_in(books: Books<'_>, row: &entity::Row) -> Result<SignOffView> {
    if books.open().principal.user() != Some(row.asked_by) {
        return Err(Error::Conflict("sign-off-not-yours"));
    }
    if !matches!(row.state, SignOffState::Open | SignOffState::Signed) {
        return Err(Error::Conflict("sign-off-decided"));
    }
    entity::end_in(books, row.id, SignOffState::Withdrawn).await?;
    told_in(books, row.id, "sign_off.withdrawn").await
}

/// What waits for a second person, or is signed and not done yet: the earliest first, at most 200.
///
/// # Errors
/// Only the database's own.
pub async fn list_sign_offs(open: &Open, _: &Survey<ReadInvoices>) -> Result<List<SignOffReview>> {
    let rows = entity::waiting(open).await?;
    Ok(List { items: rows.into_iter().map(entity::Review::view).collect::<Result<_>>()?, next_cursor: None })
}

/// One signature of an organisation, whatever has become of it.
///
/// # Errors
/// `NotFound` for one that there is not, and for another organisation's.
pub async fn read(
    open: &Open,
    _: &Survey<ReadInvoices>,
    organisation: OrganisationId,
    id: SignOffId,
) -> Result<SignOffReview> {
    entity::review(open, organisation, id).await?.ok_or(Error::NotFound)?.view()
}

/// What became of the last signature that was asked for an invoice's draft; nothing where none was.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn of_invoice_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId) -> Result<Option<SignOffView>> {
    tx.admits(scope)?;
    let row = entity::latest_in(tx, SignOffKind::Finalise, invoice.uuid()).await?;
    row.map(entity::Row::view).transpose()
}

/// Whether so much needs a second person.
///
/// # Errors
/// Only the database's own.
pub async fn is_needed_in(tx: &Tx, kind: SignOffKind, amount: Money) -> Result<bool> {
    Ok(limits::beyond_in(tx, kind, amount).await?.is_some())
}

/// Who decides: not who asked, and only while nobody has.
fn second(open: &Open, row: &entity::Row) -> Result<UserId> {
    let person = open.principal.user().ok_or(Error::NeedsPerson)?;
    // The database holds it too: a constraint of the table, whoever asks.
    if person == row.asked_by {
        return Err(Error::Conflict("sign-off-own"));
    }
    if row.state == SignOffState::Open { Ok(person) } else { Err(Error::Conflict("sign-off-decided")) }
}

/// Whether what is signed still is what it was; where it stands in the row itself, it cannot change.
async fn still_in(tx: &Tx, row: &entity::Row) -> Result<bool> {
    match row.kind {
        SignOffKind::Finalise => {
            Ok(invoices::digest_in(tx, InvoiceId::from_uuid(row.subject)).await? == row.body_sha256)
        }
        SignOffKind::Refund | SignOffKind::WriteOff | SignOffKind::Close => Ok(true),
    }
}

/// Records what was done with a signature; the view of it.
async fn told_in(books: Books<'_>, id: SignOffId, verb: &'static str) -> Result<SignOffView> {
    let view = entity::one_in(books, id).await?.view()?;
    let after = (view.kind, &view.subject, view.amount, &view.body_sha256, view.asked_by, &view.reason);
    let change = Change { verb, subject: id.to_string(), before: None::<()>, after: Some(after) };
    match books {
        Books::Of(tx) => audit::record_in(tx, change).await?,
        Books::Hub(open, _) => audit::record_installation(open, change).await?,
    }
    Ok(view)
}
