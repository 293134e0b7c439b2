//! The table `sign_off`.

use sea_orm::FromQueryResult;
use serde::de::DeserializeOwned;
use types::{
    AskRefund, Currency, InvoiceId, Money, MonthToSign, OrganisationId, PaymentId, SignOffId, SignOffKind,
    SignOffReview, SignOffState, SignOffView, Timestamp, UserId, WriteOffDebt,
};
use uuid::Uuid;

use super::{Body, Books};
use crate::{Error, Open, Result, Tx};

/// The columns of a row, from `sign_off s`.
const COLUMNS: &str =
    "s.organisation_id, s.id, s.kind, s.subject, s.body_sha256, s.body, s.amount, s.currency, s.state,
    s.asked_by, s.asked_at, s.signed_by, s.signed_at, s.reason";

/// What a review of `sign_off s` reads besides.
const REVIEW: &str = "o.name AS organisation_name, o.slug, a.name AS asked_by_name, b.name AS signed_by_name
    FROM sign_off s JOIN organisation o ON o.id = s.organisation_id JOIN person a ON a.id = s.asked_by
    LEFT JOIN person b ON b.id = s.signed_by";

/// A signature that was asked for; the amount in micro-units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    organisation_id: OrganisationId,
    pub(super) id: SignOffId,
    pub(super) kind: SignOffKind,
    pub(super) subject: Uuid,
    pub(super) body_sha256: String,
    body: Option<serde_json::Value>,
    amount: i64,
    currency: Currency,
    pub(super) state: SignOffState,
    pub(super) asked_by: UserId,
    asked_at: Timestamp,
    signed_by: Option<UserId>,
    signed_at: Option<Timestamp>,
    reason: Option<String>,
}

/// The same with the names of those that it names.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Review {
    #[sea_orm(nested)]
    row: Row,
    organisation_name: String,
    slug: String,
    asked_by_name: String,
    signed_by_name: Option<String>,
}

impl Row {
    pub(super) fn amount(&self) -> Money {
        Money { micros: self.amount, currency: self.currency }
    }

    pub(super) fn view(self) -> Result<SignOffView> {
        let amount = self.amount();
        let write_off: Option<WriteOffDebt> = of_kind(self.kind, SignOffKind::WriteOff, self.body.as_ref())?;
        let refund: Option<AskRefund> = of_kind(self.kind, SignOffKind::Refund, self.body.as_ref())?;
        let close: Option<MonthToSign> = of_kind(self.kind, SignOffKind::Close, self.body.as_ref())?;
        let subject = match self.kind {
            SignOffKind::Finalise => InvoiceId::from_uuid(self.subject).to_string(),
            SignOffKind::Refund => match refund.as_ref().and_then(|ask| ask.bank_line) {
                Some(line) => line.to_string(),
                None => PaymentId::from_uuid(self.subject).to_string(),
            },
            SignOffKind::Close => close.as_ref().map_or_else(String::new, |close| close.month.clone()),
            SignOffKind::WriteOff => match write_off.as_ref().and_then(|ask| ask.invoice) {
                Some(invoice) => invoice.to_string(),
                None => self.organisation_id.to_string(),
            },
        };
        Ok(SignOffView {
            id: self.id,
            organisation: self.organisation_id,
            kind: self.kind,
            subject,
            body_sha256: self.body_sha256,
            amount,
            state: self.state,
            asked_by: self.asked_by,
            asked_at: self.asked_at,
            signed_by: self.signed_by,
            signed_at: self.signed_at,
            reason: self.reason,
            write_off,
            refund,
            close,
        })
    }
}

impl Review {
    pub(super) fn view(self) -> Result<SignOffReview> {
        Ok(SignOffReview {
            sign_off: self.row.view()?,
            organisation_name: self.organisation_name,
            slug: self.slug,
            asked_by_name: self.asked_by_name,
            signed_by_name: self.signed_by_name,
        })
    }
}

/// What was asked, where it is of the kind that is wanted.
fn of_kind<T: DeserializeOwned>(
    kind: SignOffKind,
    wanted: SignOffKind,
    body: Option<&serde_json::Value>,
) -> Result<Option<T>> {
    let body = body.filter(|_| kind == wanted).cloned();
    let read = body.map(serde_json::from_value).transpose();
    read.map_err(|error| Error::Corrupt(format!("sign-off: {error}")))
}

/// One of the organisation.
pub(super) async fn one_in(books: Books<'_>, id: SignOffId) -> Result<Row> {
    one(books, id, "").await
}

/// The same, which nobody else decides until the transaction ends.
pub(super) async fn lock_in(tx: &Tx, id: SignOffId) -> Result<Row> {
    one(Books::Of(tx), id, "FOR NO KEY UPDATE").await
}

async fn one(books: Books<'_>, id: SignOffId, lock: &str) -> Result<Row> {
    let sql = format!("SELECT {COLUMNS} FROM sign_off s WHERE s.organisation_id = $1 AND s.id = $2 {lock}");
    let values = [books.organisation().into(), id.into()];
    books.open().one(&sql, values).await?.ok_or(Error::NotFound)
}

/// What is open or signed for a subject, which nobody else decides until the transaction ends.
pub(super) async fn lock_subject_in(books: Books<'_>, (kind, subject): (SignOffKind, Uuid)) -> Result<Option<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sign_off s WHERE s.organisation_id = $1 AND s.kind = $2 AND s.subject = $3
         AND s.state IN ('open', 'signed') FOR NO KEY UPDATE"
    );
    books.open().one(&sql, [books.organisation().into(), kind.word().into(), subject.into()]).await
}

/// What was asked last for a subject.
pub(super) async fn latest_in(tx: &Tx, kind: SignOffKind, subject: Uuid) -> Result<Option<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sign_off s WHERE s.organisation_id = $1 AND s.kind = $2 AND s.subject = $3
         ORDER BY s.asked_at DESC, s.id DESC LIMIT 1"
    );
    tx.one(&sql, [tx.organisation.into(), kind.word().into(), subject.into()]).await
}

/// What waits or is not done yet, of all organisations.
pub(super) async fn waiting(open: &Open) -> Result<Vec<Review>> {
    let sql =
        format!("SELECT {COLUMNS}, {REVIEW} WHERE s.state IN ('open', 'signed') ORDER BY s.asked_at, s.id LIMIT 200");
    open.all(&sql, []).await
}

/// One of an organisation.
pub(super) async fn review(open: &Open, organisation: OrganisationId, id: SignOffId) -> Result<Option<Review>> {
    let sql = format!("SELECT {COLUMNS}, {REVIEW} WHERE s.organisation_id = $1 AND s.id = $2");
    open.one(&sql, [organisation.into(), id.into()]).await
}

/// What was asked last for a subject of an organisation, with the names.
pub(super) async fn latest_review(
    open: &Open,
    organisation: OrganisationId,
    (kind, subject): (SignOffKind, Uuid),
) -> Result<Option<Review>> {
    let sql = format!(
        "SELECT {COLUMNS}, {REVIEW} WHERE s.organisation_id = $1 AND s.kind = $2 AND s.subject = $3
         ORDER BY s.asked_at DESC, s.id DESC LIMIT 1"
    );
    open.one(&sql, [organisation.into(), kind.word().into(), subject.into()]).await
}

pub(super) async fn insert_in(books: Books<'_>, ask: &Body<'_>, asker: UserId) -> Result<SignOffId> {
    let open = books.open();
    let id = SignOffId::new(open.now);
    let sql = "INSERT INTO sign_off (organisation_id, id, kind, subject, body_sha256, body, amount, currency, state,
                   asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10)";
    let values = [
        books.organisation().into(),
        id.into(),
        ask.kind.word().into(),
        ask.subject.into(),
        ask.sha256.into(),
        ask.body.clone().into(),
        ask.amount.micros.into(),
        ask.amount.currency.word().into(),
        asker.into(),
        open.now.into(),
    ];
    open.run(sql, values).await?;
    Ok(id)
}

pub(super) async fn sign_in(books: Books<'_>, id: SignOffId, signer: UserId) -> Result<()> {
    let sql = "UPDATE sign_off SET state = 'signed', signed_by = $3, signed_at = $4
               WHERE organisation_id = $1 AND id = $2";
    let open = books.open();
    open.run(sql, [books.organisation().into(), id.into(), signer.into(), open.now.into()]).await.map(drop)
}

pub(super) async fn refuse_in(books: Books<'_>, id: SignOffId, second: UserId, reason: &str) -> Result<()> {
    let open = books.open();
    let sql = "UPDATE sign_off SET state = 'refused', refused_by = $3, refused_at = $4, ended_at = $4, reason = $5
               WHERE organisation_id = $1 AND id = $2";
    let values = [books.organisation().into(), id.into(), second.into(), open.now.into(), reason.into()];
    open.run(sql, values).await.map(drop)
}

/// Ends one that is open or signed.
pub(super) async fn end_in(books: Books<'_>, id: SignOffId, state: SignOffState) -> Result<()> {
    let sql = "UPDATE sign_off SET state = $3, ended_at = $4 WHERE organisation_id = $1 AND id = $2";
    let open = books.open();
    open.run(sql, [books.organisation().into(), id.into(), state.word().into(), open.now.into()]).await.map(drop)
}
