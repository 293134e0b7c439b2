//! Cards that are kept at the provider: what people ask for and see. What the provider is told and says stands in `advance`.
//!
//! Like a payment, a card is a row with a key before anybody is called, and only goes forward. Its number never comes here.

mod advance;
mod port;

use sea_orm::FromQueryResult;
use types::{CardState, PaymentId, PaymentProvider, SavedCardId, SavedCardView, Timestamp};

pub(super) use self::advance::hear;
pub use self::{
    advance::{advance_card, take_due_card},
    port::{CardSeen, Charged, Forget, KeepsCards, Kept, NewCharge, NewSetup},
};
use super::gateway::Gateway;
use crate::{
    Database, Error, Result, Tx,
    access::{
        Job, Scope,
        policy::{ReadBalance, TopUpWallet},
    },
    audit::{self, Change},
    commands::{self, Command},
    ledger,
};

/// Who calls the provider while the person waits.
const JOB: Job = Job::of("save-card");
/// So many cards may be kept or awaited at once.
const MOST_CARDS: i64 = 10;
/// So many are shown: those that came to nothing among them.
const MOST_SHOWN: i64 = 30;

const COLUMNS: &str = "c.id, c.state, c.brand, c.last4, c.exp_month, c.exp_year, c.is_default, c.save_at, c.failure,
     n.name AS asked_by, c.asked_at
     FROM saved_card c LEFT JOIN person n ON n.id = c.asked_by";

#[derive(FromQueryResult)]
struct Row {
    id: SavedCardId,
    state: CardState,
    brand: Option<String>,
    last4: Option<String>,
    exp_month: Option<i16>,
    exp_year: Option<i16>,
    is_default: bool,
    save_at: Option<String>,
    failure: Option<String>,
    asked_by: Option<String>,
    asked_at: Timestamp,
}

impl From<Row> for SavedCardView {
    fn from(row: Row) -> Self {
        let needs_person = row.state == CardState::NeedsPerson;
        Self {
            id: row.id,
            state: row.state,
            brand: row.brand,
            last4: row.last4,
            exp_month: row.exp_month,
            exp_year: row.exp_year,
            is_default: row.is_default,
            save_at: row.save_at.filter(|_| needs_person),
            failure: row.failure,
            asked_by: row.asked_by,
            asked_at: row.asked_at,
        }
    }
}

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

/// The cards that are kept or awaited, the usual one first, then the latest; those that came to nothing within a day too.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_cards_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<Vec<SavedCardView>> {
    tx.admits(scope)?;
    // A card that is kept beside a top-up is awaited there.
    let sql = format!(
        "SELECT {COLUMNS} WHERE c.organisation_id = $1
         AND (c.state = 'saved' OR (c.payment_id IS NULL AND c.state IN ('wanted', 'sent', 'needs_person'))
              OR (c.state IN ('failed', 'expired') AND c.payment_id IS NULL AND c.ended_at >= $2))
         ORDER BY c.is_default DESC, c.asked_at DESC, c.id LIMIT $3"
    );
    let since = tx.now.plus_seconds(-86_400);
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), since.into(), MOST_SHOWN.into()]).await?;
    Ok(rows.into_iter().map(SavedCardView::from).collect())
}

/// Asks for a card to be kept, and opens the provider's page for it. Where the provider does not answer, the card waits and a
/// worker asks again.
///
/// # Errors
/// A conflict where ten are kept or awaited already.
pub async fn save_card(
    db: &Database,
    gateway: &dyn Gateway,
    scope: &Scope<TopUpWallet>,
    command: Command,
    now: Timestamp,
) -> Result<SavedCardView> {
    let tx = db.begin(scope, now).await?;
    let provider = gateway.provider();
    let asked = commands::once(tx, command, async |tx: &Tx| ask_in(tx, provider).await).await?;
    // Nobody at the provider's is asked for what does not stay.
    if db.is_rehearsing() {
        return Ok(asked);
    }
    advance_card(db, JOB, gateway, (scope.organisation(), asked.id), now).await?;
    view_in(&db.look(scope, now).await?, asked.id).await
}

/// Makes a card the usual one.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for one that is not kept.
pub async fn choose_card(
    db: &Database,
    scope: &Scope<TopUpWallet>,
    card: SavedCardId,
    now: Timestamp,
) -> Result<SavedCardView> {
    let tx = db.begin(scope, now).await?;
    // Of two who choose at once the second sees what the first chose.
    let lock = "SELECT 1 FROM saved_card WHERE organisation_id = $1 ORDER BY id FOR NO KEY UPDATE";
    tx.run(lock, [tx.organisation.into()]).await?;
    if view_in(&tx, card).await?.state != CardState::Saved {
        return Err(Error::Conflict("card-not-kept"));
    }
    let others = "UPDATE saved_card SET is_default = false WHERE organisation_id = $1 AND is_default AND id <> $2";
    tx.run(others, [tx.organisation.into(), card.into()]).await?;
    let sql = "UPDATE saved_card SET is_default = true WHERE organisation_id = $1 AND id = $2 AND state = 'saved'";
    if tx.run(sql, [tx.organisation.into(), card.into()]).await? == 0 {
        return Err(Error::Conflict("card-not-kept"));
    }
    let view = view_in(&tx, card).await?;
    record_in(&tx, "card.chosen", &view).await?;
    tx.commit().await?;
    Ok(view)
}

/// Takes a card away: nothing is paid with it from now on, and a worker tells the provider. A wallet that topped itself up with
/// it does so no more.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for one that is not kept.
pub async fn remove_card(db: &Database, scope: &Scope<TopUpWallet>, card: SavedCardId, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let before = view_in(&tx, card).await?;
    let sql = "UPDATE saved_card SET state = 'removing', is_default = false, next_at = $3, attempts = 0
               WHERE organisation_id = $1 AND id = $2 AND state = 'saved'";
    if tx.run(sql, [tx.organisation.into(), card.into(), now.into()]).await? == 0 {
        return Err(Error::Conflict("card-not-kept"));
    }
    // Behind the card, as who agrees takes them: what they agreed to with it just before ends too.
    let off = "UPDATE auto_top_up SET state = 'off' WHERE organisation_id = $1 AND card_id = $2 AND state <> 'off'";
    let n_off = tx.run(off, [tx.organisation.into(), card.into()]).await?;
    record_in(&tx, "card.removed", &before).await?;
    if n_off > 0 {
        let subject = tx.organisation().to_string();
        let change = Change { verb: "auto_top_up.ended", subject, before: None::<()>, after: Some(card) };
        audit::record_in(&tx, change).await?;
    }
    tx.commit().await
}

async fn ask_in(tx: &Tx, provider: PaymentProvider) -> Result<SavedCardView> {
    // Of those who ask at once each counts the others.
    ledger::lock_in(tx).await?;
    may_keep_another_in(tx).await?;
    let card = insert_in(tx, provider, None).await?;
    let view = view_in(tx, card).await?;
    record_in(tx, "card.asked", &view).await?;
    Ok(view)
}

/// Lets the card of a top-up be kept once it is paid. Who asks for it has locked the purse.
pub(super) async fn keep_in(tx: &Tx, provider: PaymentProvider, payment: PaymentId) -> Result<()> {
    may_keep_another_in(tx).await?;
    insert_in(tx, provider, Some(payment)).await.map(drop)
}

async fn may_keep_another_in(tx: &Tx) -> Result<()> {
    let sql = "SELECT count(*) AS n FROM saved_card
               WHERE organisation_id = $1 AND state IN ('wanted', 'sent', 'needs_person', 'saved')";
    let kept: Option<Number> = tx.one(sql, [tx.organisation.into()]).await?;
    if kept.is_some_and(|row| row.n >= MOST_CARDS) { Err(Error::Conflict("cards-many")) } else { Ok(()) }
}

async fn insert_in(tx: &Tx, provider: PaymentProvider, payment: Option<PaymentId>) -> Result<SavedCardId> {
    let card = SavedCardId::new(tx.now);
    let sql = "INSERT INTO saved_card (organisation_id, id, provider, payment_id, idempotency_key, state, asked_by,
                   asked_at, next_at)
               VALUES ($1, $2, $3, $4, $5, 'wanted', $6, $7, $7)";
    let values = [
        tx.organisation.into(),
        card.into(),
        provider.word().into(),
        payment.map(PaymentId::uuid).into(),
        format!("card:{card}").into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    Ok(card)
}

async fn record_in(tx: &Tx, verb: &'static str, card: &SavedCardView) -> Result<()> {
    let told = Some((card.brand.as_deref(), card.last4.as_deref()));
    audit::record_in(tx, Change { verb, subject: card.id.to_string(), before: None::<()>, after: told }).await
}

async fn view_in(tx: &Tx, card: SavedCardId) -> Result<SavedCardView> {
    let sql = format!("SELECT {COLUMNS} WHERE c.organisation_id = $1 AND c.id = $2");
    let row: Option<Row> = tx.one(&sql, [tx.organisation.into(), card.into()]).await?;
    row.map(SavedCardView::from).ok_or(Error::NotFound)
}
