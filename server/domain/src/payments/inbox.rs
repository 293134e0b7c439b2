//! What a provider tells: stored byte for byte, once, before it is answered; taken up later, when the thing it speaks of is
//! fetched. Nothing in it is believed but the names.

use sea_orm::FromQueryResult;
use serde_json::json;
use sha2::{Digest, Sha256};
use types::{OrganisationId, PaymentFinding, PaymentId, PaymentProvider, Timestamp};
use uuid::Uuid;

use super::{
    findings::tell_in,
    gateway::{Event, Gateway, Look, Reference, Seen, Trouble},
    record::record_look,
    rules::next_look,
};
use crate::{Database, Open, Result, access::Job, refunds};

/// How long an event belongs to who took it: longer than calling the provider may take.
const TAKEN_S: i64 = 120;
/// How long the bytes of an event are kept: as long as a payment is commonly disputed.
const REMEMBERED_S: i64 = 120 * 86_400;

/// How an event came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The provider called.
    Sent,
    /// It stands in the provider's list, and we had not heard of it.
    Listed,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A payment of ours was looked at.
    Counted,
    /// It is about nothing of ours, and no money.
    Ignored,
    /// It is of a kind that we do not know, or about money of which we know nothing.
    Unknown,
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Ignored => "ignored",
            Self::Unknown => "unknown",
        }
    }
}

#[derive(FromQueryResult)]
struct Due {
    id: Uuid,
    event_id: String,
    kind: Option<String>,
    object_ref: Option<String>,
    attempts: i32,
}

#[derive(FromQueryResult)]
struct Ours {
    organisation_id: OrganisationId,
    id: PaymentId,
}

/// Keeps what a provider sent, once it is known to be genuine; what it sent before is kept once. `event` is nothing where the
/// body cannot be read, which is kept all the same and told to people.
///
/// # Errors
/// Only the database's own: the provider then sends it again.
pub async fn receive_event(
    db: &Database,
    job: Job,
    provider: PaymentProvider,
    (event, raw): (Option<&Event>, &[u8]),
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    keep_in(&open, provider, Source::Sent, event, raw).await?;
    open.commit().await
}

/// Stores an event where it is new.
pub(super) async fn keep_in(
    open: &Open,
    provider: PaymentProvider,
    source: Source,
    event: Option<&Event>,
    raw: &[u8],
) -> Result<()> {
    let digest = Sha256::digest(raw).to_vec();
    let hexadecimal: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = event.map_or_else(|| format!("unreadable:{hexadecimal}"), |event| event.id.clone());
    let sql =
        "INSERT INTO webhook_event (id, provider, event_id, kind, object_ref, source, raw, raw_sha256, received_at,
                   next_at, outcome)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
               ON CONFLICT ON CONSTRAINT event_is_stored_once DO NOTHING";
    let source = match source {
        Source::Sent => "sent",
        Source::Listed => "listed",
    };
    let values = [
        types::new_uuid(open.now).into(),
        provider.word().into(),
        id.clone().into(),
        event.map(|event| event.kind.clone()).into(),
        event.and_then(|event| event.object.clone()).into(),
        source.into(),
        raw.to_vec().into(),
        digest.into(),
        open.now.into(),
        event.map(|_| open.now).into(),
        event.is_none().then(|| Outcome::Unknown.word()).into(),
    ];
    open.run(sql, values).await?;
    if event.is_none() {
        let details = json!({ "bytes": raw.len() });
        tell_in(open, provider, PaymentFinding::UnreadableEvent, (id.as_str(), None), details).await?;
    }
    Ok(())
}

/// Takes up the event that has waited longest; whether there was one. Where the provider does not answer it waits, and where
/// the taker dies somebody else takes it up after two minutes.
///
/// # Errors
/// Only the database's own.
pub async fn take_event(db: &Database, job: Job, gateway: &dyn Gateway, now: Timestamp) -> Result<bool> {
    let Some(due) = take(db, job, gateway.provider(), now).await? else { return Ok(false) };
    if let Some(named) = refunds::named(due.kind.as_deref(), due.object_ref.as_deref()) {
        return match refunds::count_event(db, job, gateway, (due.event_id.as_str(), &named), now).await? {
            Some(outcome) => done(db, job, &due, outcome, now).await.map(|()| true),
            None => later(db, job, &due, now).await.map(|()| true),
        };
    }
    let outcome = match (reference(&due), taken_back(&due)) {
        (Some(at), _) => match gateway.look(&at).await {
            Ok(look) => count(db, job, gateway.provider(), &look, now).await?,
            Err(Trouble::Unsure(said)) => {
                tracing::warn!(event = due.event_id, said, "the provider of payments did not answer");
                return later(db, job, &due, now).await.map(|()| true);
            }
            Err(Trouble::Refused(said)) => {
                let open = db.work(job, now).await?;
                let details = json!({ "said": said, "event": due.event_id });
                tell_in(&open, gateway.provider(), PaymentFinding::NotAtProvider, (at.text(), None), details).await?;
                open.commit().await?;
                Outcome::Unknown
            }
        },
        (None, Some(dispute)) => {
            let details = json!({ "event": due.event_id, "said": due.kind });
            let open = db.work(job, now).await?;
            tell_in(&open, gateway.provider(), PaymentFinding::UnknownRefund, (dispute, None), details).await?;
            open.commit().await?;
            Outcome::Unknown
        }
        (None, None) => {
            tracing::warn!(event = due.event_id, kind = due.kind, "an event of a kind that nobody asked for");
            Outcome::Unknown
        }
    };
    done(db, job, &due, outcome, now).await.map(|()| true)
}

async fn done(db: &Database, job: Job, due: &Due, outcome: Outcome, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    open.run(
        "UPDATE webhook_event SET next_at = NULL, outcome = $2 WHERE id = $1",
        [due.id.into(), outcome.word().into()],
    )
    .await?;
    open.commit().await
}

async fn take(db: &Database, job: Job, provider: PaymentProvider, now: Timestamp) -> Result<Option<Due>> {
    let open = db.work(job, now).await?;
    let sql = "UPDATE webhook_event SET attempts = attempts + 1, next_at = $2
               WHERE id = (SELECT id FROM webhook_event WHERE next_at <= $1 AND provider = $3
                           ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
               RETURNING id, event_id, kind, object_ref, attempts";
    let values = [now.into(), now.plus_seconds(TAKEN_S).into(), provider.word().into()];
    let due: Option<Due> = open.one(sql, values).await?;
    open.commit().await?;
    Ok(due)
}

async fn later(db: &Database, job: Job, due: &Due, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    let at = next_look(due.attempts, now);
    open.run("UPDATE webhook_event SET next_at = $2 WHERE id = $1", [due.id.into(), at.into()]).await?;
    open.commit().await
}

/// Forgets the bytes of what was taken up long ago: they name people. What they hash to stays.
///
/// # Errors
/// Only the database's own.
pub async fn forget_bytes(db: &Database, job: Job, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    let sql = "UPDATE webhook_event SET raw = '' WHERE received_at < $1 AND raw <> '' AND outcome IS NOT NULL";
    open.run(sql, [now.plus_seconds(-REMEMBERED_S).into()]).await?;
    open.commit().await
}

/// What an event is about; nothing where it is no payment.
pub(super) fn about(kind: &str, object: &str) -> Option<Reference> {
    match kind.split('.').collect::<Vec<_>>()[..] {
        ["checkout", "session", ..] => Some(Reference::Session(object.to_owned())),
        ["payment_intent", ..] => Some(Reference::Intent(object.to_owned())),
        _ => None,
    }
}

/// Whether an event says that a card's holder disputes what was paid, so that the provider takes it back, whatever we say.
pub(super) fn is_dispute(kind: &str) -> bool {
    kind.starts_with("charge.dispute.")
}

/// What the provider calls the dispute that an event is about: the wallet has that money still, and people decide.
fn taken_back(due: &Due) -> Option<&str> {
    due.kind.as_deref().filter(|kind| is_dispute(kind))?;
    due.object_ref.as_deref()
}

fn reference(due: &Due) -> Option<Reference> {
    about(due.kind.as_deref()?, due.object_ref.as_deref()?)
}

/// Records what the provider says of the payment, if it is one of ours. Money for anything else is told to people.
async fn count(db: &Database, job: Job, provider: PaymentProvider, look: &Look, now: Timestamp) -> Result<Outcome> {
    let open = db.work(job, now).await?;
    let sql = "SELECT organisation_id, id FROM payment
               WHERE provider = $1 AND (session_ref = $2 OR intent_ref = $3 OR id = $4) LIMIT 1";
    let values = [
        provider.word().into(),
        look.session.clone().into(),
        look.intent.clone().into(),
        look.payment.map(PaymentId::uuid).into(),
    ];
    let ours: Option<Ours> = open.one(sql, values).await?;
    if ours.is_none() && super::cards::hear(db, job, look.session.as_deref(), now).await? {
        return Ok(Outcome::Counted);
    }
    match ours {
        Some(Ours { organisation_id, id }) => {
            drop(open);
            record_look(db, job, (organisation_id, id), look, now).await?;
            Ok(Outcome::Counted)
        }
        None if look.seen == Seen::Paid => {
            let named = look.intent.as_deref().or(look.session.as_deref()).unwrap_or_default();
            let details = json!({ "taken": look.amount, "taken_currency": look.currency, "payment": look.payment });
            tell_in(&open, provider, PaymentFinding::UnknownPayment, (named, None), details).await?;
            open.commit().await?;
            Ok(Outcome::Unknown)
        }
        None => Ok(Outcome::Ignored),
    }
}
