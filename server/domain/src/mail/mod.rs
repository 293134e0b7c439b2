//! Letters to people: written in the transaction of what they tell of, sent by a worker of any replica, tried again
//! until they are of no use, then given up in sight of the operator. What a letter says in words stands in the messages.

mod address;
mod hub;
mod rules;

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use types::{LetterId, LetterKind, LetterState, LetterView, List, Timestamp};

pub(crate) use self::{
    address::address,
    hub::{named_in, post_to_staff_in},
};
use crate::{
    Database, Error, Open, Result,
    access::{Job, Survey, policy::MaintainMail},
    audit,
};

/// How long a notice is worth being sent.
pub(crate) const NOTICE_S: i64 = 2 * 86_400;
/// How long a letter belongs to who took it: longer than sending it may take.
const TAKEN_S: i64 = 120;
/// How long a letter may wait untouched before the operator sees it: longer than a worker that is there takes.
const UNTOUCHED_S: i64 = 5 * 60;
/// How long a letter that was sent is remembered, so that its key stays used.
const REMEMBERED_S: i64 = 30 * 86_400;

/// What fills a letter, by the names of its sentences' placeholders.
pub type Arguments = BTreeMap<String, String>;

/// A letter to be written.
#[derive(Clone, Debug)]
pub(crate) struct Letter<'a> {
    pub(crate) kind: LetterKind,
    /// Says what must not be sent twice.
    pub(crate) key: String,
    pub(crate) recipient: &'a str,
    /// The language of the account, else the one that the request was made in.
    pub(crate) locale: Option<&'a str>,
    pub(crate) arguments: Arguments,
    pub(crate) useful_until: Timestamp,
}

impl<'a> Letter<'a> {
    /// One that is sent as often as it is written.
    pub(crate) fn new<const N: usize>(
        kind: LetterKind,
        (recipient, locale): (&'a str, Option<&'a str>),
        facts: [(&str, String); N],
        useful_until: Timestamp,
    ) -> Self {
        let key = format!("{}/{}", kind.word(), types::new_uuid(useful_until));
        let arguments = facts.map(|(name, fact)| (name.to_owned(), fact)).into();
        Self { kind, key, recipient, locale, arguments, useful_until }
    }
}

/// A letter that is to be sent now, by who took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Its id.
    pub id: LetterId,
    /// What it says.
    pub kind: LetterKind,
    /// To whom.
    pub recipient: String,
    /// In which language.
    pub locale: Option<String>,
    /// What fills it.
    pub arguments: Arguments,
    n_attempts: i32,
    useful_until: Timestamp,
}

/// Why a letter did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// What the mail server or the network said.
    pub said: String,
    /// Whether it would say the same again.
    pub is_final: bool,
}

#[derive(FromQueryResult)]
struct DueRow {
    id: LetterId,
    kind: LetterKind,
    recipient: String,
    locale: Option<String>,
    payload: serde_json::Value,
    attempts: i32,
    useful_until: Timestamp,
}

impl DueRow {
    fn letter(self) -> Result<Due> {
        let arguments = serde_json::from_value(self.payload);
        Ok(Due {
            id: self.id,
            kind: self.kind,
            recipient: self.recipient,
            locale: self.locale,
            arguments: arguments.map_err(|error| Error::Corrupt(format!("a letter's arguments: {error}")))?,
            n_attempts: self.attempts,
            useful_until: self.useful_until,
        })
    }
}

/// Writes a letter, once for its key.
pub(crate) async fn post_in(open: &Open, letter: Letter<'_>) -> Result<()> {
    let payload = serde_json::to_value(&letter.arguments);
    let payload = payload.map_err(|error| Error::Corrupt(format!("a letter's arguments: {error}")))?;
    let sql = "INSERT INTO outbox (id, topic, key, kind, recipient, locale, payload, created_at, useful_until, next_at)
               VALUES ($1, 'mail', $2, $3, $4, $5, $6, $7, $8, $7) ON CONFLICT DO NOTHING";
    let values = [
        LetterId::new(open.now).into(),
        letter.key.into(),
        letter.kind.word().into(),
        letter.recipient.into(),
        letter.locale.into(),
        payload.into(),
        open.now.into(),
        letter.useful_until.into(),
    ];
    open.run(sql, values).await.map(drop)
}

/// Takes the letter that has waited longest; nobody else has it for two minutes, also where the taker dies.
///
/// # Errors
/// Only the database's own.
pub async fn take_due(db: &Database, job: Job, now: Timestamp) -> Result<Option<Due>> {
    let open = db.work(job, now).await?;
    let sql = "UPDATE outbox SET attempts = attempts + 1, next_at = $2
               WHERE id = (SELECT id FROM outbox WHERE topic = 'mail' AND next_at <= $1 AND useful_until > $1
                           ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
               RETURNING id, kind, recipient, locale, payload, attempts, useful_until";
    let row: Option<DueRow> = open.one(sql, [now.into(), now.plus_seconds(TAKEN_S).into()]).await?;
    open.commit().await?;
    row.map(DueRow::letter).transpose()
}

/// Notes that a letter has left, and forgets what it said.
///
/// # Errors
/// Only the database's own.
pub async fn record_sent(db: &Database, job: Job, letter: &Due, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    let sql = "UPDATE outbox SET sent_at = $2, next_at = NULL, payload = '{}', failure = NULL
               WHERE id = $1 AND next_at IS NOT NULL";
    open.run(sql, [letter.id.into(), now.into()]).await?;
    open.commit().await
}

/// Gives up what waits and is of no use any more, and forgets what left long ago.
///
/// # Errors
/// Only the database's own.
pub async fn tidy(db: &Database, job: Job, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    // Who took one may still be at it.
    let late = "UPDATE outbox SET next_at = NULL, given_up_at = $1 WHERE next_at <= $1 AND useful_until <= $1";
    open.run(late, [now.into()]).await?;
    open.run("DELETE FROM outbox WHERE sent_at < $1", [now.plus_seconds(-REMEMBERED_S).into()]).await?;
    open.commit().await
}

/// Keeps a letter that nobody sends, to be read where it was written; for development.
///
/// # Errors
/// Only the database's own.
pub async fn keep(db: &Database, job: Job, letter: &Due, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    let sql = "UPDATE outbox SET sent_at = $2, next_at = NULL WHERE id = $1 AND next_at IS NOT NULL";
    open.run(sql, [letter.id.into(), now.into()]).await?;
    open.commit().await
}

/// The letters that were kept, the latest first; at most 100.
///
/// # Errors
/// Only the database's own.
pub async fn list_kept(db: &Database, job: Job, now: Timestamp) -> Result<Vec<(Due, Timestamp)>> {
    #[derive(FromQueryResult)]
    struct Kept {
        #[sea_orm(nested)]
        letter: DueRow,
        sent_at: Timestamp,
    }
    let open = db.work(job, now).await?;
    let sql = "SELECT id, kind, recipient, locale, payload, attempts, useful_until, sent_at FROM outbox
               WHERE topic = 'mail' AND sent_at IS NOT NULL AND payload <> '{}' ORDER BY sent_at DESC, id DESC LIMIT 100";
    let rows: Vec<Kept> = open.all(sql, []).await?;
    rows.into_iter().map(|row| Ok((row.letter.letter()?, row.sent_at))).collect()
}

/// Notes that a letter did not leave: it is tried again, or given up when that helps nobody.
///
/// # Errors
/// Only the database's own.
pub async fn record_failure(
    db: &Database,
    job: Job,
    letter: &Due,
    failure: &Undelivered,
    now: Timestamp,
) -> Result<()> {
    let again = rules::next_try(letter.n_attempts, letter.useful_until, now).filter(|_| !failure.is_final);
    let open = db.work(job, now).await?;
    let sql =
        "UPDATE outbox SET next_at = $2, given_up_at = CASE WHEN $2::timestamptz IS NULL THEN $3 END, failure = $4
               WHERE id = $1 AND next_at IS NOT NULL";
    let said: String = failure.said.chars().take(500).collect();
    open.run(sql, [letter.id.into(), again.into(), now.into(), said.into()]).await?;
    open.commit().await
}

#[derive(FromQueryResult)]
struct LetterRow {
    id: LetterId,
    kind: LetterKind,
    recipient: String,
    attempts: i32,
    failure: Option<String>,
    created_at: Timestamp,
    next_at: Option<Timestamp>,
    useful_until: Timestamp,
}

impl From<LetterRow> for LetterView {
    fn from(row: LetterRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            recipient: row.recipient,
            state: if row.next_at.is_some() { LetterState::Waits } else { LetterState::GivenUp },
            n_attempts: row.attempts,
            failure: row.failure,
            created_at: row.created_at,
            next_at: row.next_at,
            useful_until: row.useful_until,
        }
    }
}

/// The letters that did not leave at the first try or that nobody sends, the latest first; at most 200.
///
/// # Errors
/// Only the database's own.
pub async fn list_letters(open: &Open, _: &Survey<MaintainMail>) -> Result<List<LetterView>> {
    let sql = "SELECT id, kind, recipient, attempts, failure, created_at, next_at, useful_until FROM outbox
               WHERE topic = 'mail' AND sent_at IS NULL AND (failure IS NOT NULL OR created_at <= $1)
               ORDER BY created_at DESC, id LIMIT 200";
    let rows: Vec<LetterRow> = open.all(sql, [open.now.plus_seconds(-UNTOUCHED_S).into()]).await?;
    Ok(List { items: rows.into_iter().map(LetterView::from).collect(), next_cursor: None })
}

/// Lets a letter be tried at once, whether it waits or was given up.
///
/// # Errors
/// `NotFound` for a letter that has left or that there is not; a conflict for one that nobody can use any more.
pub async fn retry_letter(db: &Database, survey: &Survey<MaintainMail>, id: LetterId, now: Timestamp) -> Result<()> {
    let open = db.govern(survey, now).await?;
    let row: Option<LetterRow> = open.one(UNSENT, [id.into()]).await?;
    let row = row.ok_or(Error::NotFound)?;
    if row.useful_until <= now {
        return Err(Error::Conflict("letter-expired"));
    }
    let sql = "UPDATE outbox SET next_at = $2, attempts = 0, given_up_at = NULL WHERE id = $1 AND sent_at IS NULL";
    open.run(sql, [id.into(), now.into()]).await?;
    record(&open, "letter.retried", &row).await?;
    open.commit().await
}

/// Throws a letter away that did not leave.
///
/// # Errors
/// `NotFound` for a letter that has left or that there is not.
pub async fn discard_letter(db: &Database, survey: &Survey<MaintainMail>, id: LetterId, now: Timestamp) -> Result<()> {
    let open = db.govern(survey, now).await?;
    let row: Option<LetterRow> = open.one(UNSENT, [id.into()]).await?;
    let row = row.ok_or(Error::NotFound)?;
    open.run("DELETE FROM outbox WHERE id = $1 AND sent_at IS NULL", [id.into()]).await?;
    record(&open, "letter.discarded", &row).await?;
    open.commit().await
}

/// PostgreSQL lets only who may update every column lock a row: what races with a worker is decided by the write.
const UNSENT: &str = "SELECT id, kind, recipient, attempts, failure, created_at, next_at, useful_until FROM outbox
                      WHERE id = $1 AND topic = 'mail' AND sent_at IS NULL";

async fn record(open: &Open, verb: &'static str, row: &LetterRow) -> Result<()> {
    let subject = row.id.to_string();
    let before = Some((row.kind, row.recipient.as_str()));
    audit::record_installation(open, audit::Change { verb, subject, before, after: None::<()> }).await
}
