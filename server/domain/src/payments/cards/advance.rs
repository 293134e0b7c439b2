//! One step of a card: the provider is asked for its page, asked what became of it, or told to forget it. Two who do so at
//! once ask with the same key.

use sea_orm::FromQueryResult;
use types::{CardState, Currency, OrganisationId, PaymentId, PaymentState, SavedCardId, Timestamp};

use super::port::{CardSeen, Forget, Kept, NewSetup};
use crate::{
    Database, Error, Result, Tx,
    access::Job,
    audit::{self, Change},
    payments::{
        advance::{KEY_HOLDS_S, TAKEN_S, customer},
        gateway::{Checkout, Gateway, Trouble},
        rules::next_look,
    },
};

/// Who calls whom, and when.
#[derive(Clone, Copy)]
struct At<'a> {
    db: &'a Database,
    job: Job,
    gateway: &'a dyn Gateway,
    place: (OrganisationId, SavedCardId),
    now: Timestamp,
}

#[derive(FromQueryResult)]
struct Due {
    organisation_id: OrganisationId,
    id: SavedCardId,
}

/// A card as the provider is to know it.
#[derive(FromQueryResult)]
struct Row {
    state: CardState,
    payment_id: Option<PaymentId>,
    /// How far the top-up is beside which it is kept, and its page.
    paid: Option<PaymentState>,
    paid_at_page: Option<String>,
    idempotency_key: String,
    session_ref: Option<String>,
    method_ref: Option<String>,
    asked_at: Timestamp,
    attempts: i32,
    payer: String,
    currency: Currency,
    customer: Option<String>,
}

/// Takes the card that has waited longest; nobody else has it for two minutes, also where the taker dies.
///
/// # Errors
/// Only the database's own.
pub async fn take_due_card(db: &Database, job: Job, now: Timestamp) -> Result<Option<(OrganisationId, SavedCardId)>> {
    let sql = "SELECT organisation_id, id FROM saved_card WHERE next_at <= $1 ORDER BY next_at LIMIT 20";
    let due: Vec<Due> = db.work(job, now).await?.all(sql, [now.into()]).await?;
    let take = "UPDATE saved_card SET next_at = $3, attempts = attempts + 1
                WHERE organisation_id = $1 AND id = $2 AND next_at <= $4";
    for Due { organisation_id, id } in due {
        let tx = db.work_in(job, organisation_id, now).await?;
        let values = [organisation_id.into(), id.into(), now.plus_seconds(TAKEN_S).into(), now.into()];
        if tx.run(take, values).await? == 1 {
            tx.commit().await?;
            return Ok(Some((organisation_id, id)));
        }
    }
    Ok(None)
}

/// Does the next step of a card. A provider that does not answer is asked again later.
///
/// # Errors
/// `NotFound` for a card that the organisation does not have.
pub async fn advance_card(
    db: &Database,
    job: Job,
    gateway: &dyn Gateway,
    place: (OrganisationId, SavedCardId),
    now: Timestamp,
) -> Result<()> {
    let at = At { db, job, gateway, place, now };
    let row = at.begin().await?;
    match (row.state, &row.method_ref) {
        (CardState::Removing, Some(method)) => at.forget(&row, method).await,
        (CardState::Wanted | CardState::Sent | CardState::NeedsPerson, _) => match &row.session_ref {
            _ if row.payment_id.is_some() => at.of_payment(&row).await,
            Some(session) => at.look(&row, session).await,
            None => at.open(&row).await,
        },
        _ => Ok(()),
    }
}

/// Lets the card of a page be looked at at once; whether it is the page of one.
pub(in crate::payments) async fn hear(db: &Database, job: Job, session: Option<&str>, now: Timestamp) -> Result<bool> {
    let Some(session) = session else { return Ok(false) };
    let sql = "SELECT organisation_id, id FROM saved_card WHERE session_ref = $1";
    let ours: Option<Due> = db.work(job, now).await?.one(sql, [session.into()]).await?;
    let Some(Due { organisation_id, id }) = ours else { return Ok(false) };
    let tx = db.work_in(job, organisation_id, now).await?;
    let sql = "UPDATE saved_card SET next_at = $3 WHERE organisation_id = $1 AND id = $2 AND next_at > $3";
    tx.run(sql, [organisation_id.into(), id.into(), now.into()]).await?;
    tx.commit().await.map(|()| true)
}

impl At<'_> {
    /// Notes that the provider is told from now on, before it is.
    async fn begin(&self) -> Result<Row> {
        let (organisation, card) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "SELECT s.state, s.payment_id, p.state AS paid, p.session_ref AS paid_at_page, s.idempotency_key,
                          s.session_ref, s.method_ref, s.asked_at, s.attempts, o.name AS payer, o.currency,
                          c.reference AS customer
                   FROM saved_card s JOIN organisation o ON o.id = s.organisation_id
                   LEFT JOIN payment p ON p.organisation_id = s.organisation_id AND p.id = s.payment_id
                   LEFT JOIN provider_customer c ON c.organisation_id = s.organisation_id AND c.provider = s.provider
                   WHERE s.organisation_id = $1 AND s.id = $2 FOR NO KEY UPDATE OF s";
        let row: Option<Row> = tx.one(sql, [organisation.into(), card.into()]).await?;
        let row = row.ok_or(Error::NotFound)?;
        if row.state == CardState::Wanted {
            let sql = "UPDATE saved_card SET state = 'sent' WHERE organisation_id = $1 AND id = $2";
            tx.run(sql, [organisation.into(), card.into()]).await?;
        }
        tx.commit().await?;
        Ok(row)
    }

    async fn open(&self, row: &Row) -> Result<()> {
        if self.now.seconds_since(row.asked_at) > KEY_HOLDS_S {
            return self.ended(CardState::Expired, None).await;
        }
        let (organisation, card) = self.place;
        let customer = match &row.customer {
            Some(customer) => customer.clone(),
            None => {
                match customer(self.db, self.job, self.gateway, (organisation, row.payer.as_str()), self.now).await? {
                    Ok(customer) => customer,
                    Err(trouble) => return self.troubled(row, trouble).await,
                }
            }
        };
        let ask = NewSetup { key: row.idempotency_key.clone(), card, organisation, customer, currency: row.currency };
        match self.gateway.open_setup(&ask).await {
            Ok(page) => self.opened(row, &page).await,
            Err(trouble) => self.troubled(row, trouble).await,
        }
    }

    async fn opened(&self, row: &Row, page: &Checkout) -> Result<()> {
        let (organisation, card) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "UPDATE saved_card SET state = 'needs_person', session_ref = $3, save_at = $4, next_at = $5
                   WHERE organisation_id = $1 AND id = $2 AND state = 'sent' AND session_ref IS NULL";
        let values = [
            organisation.into(),
            card.into(),
            page.session.clone().into(),
            page.pay_at.clone().into(),
            next_look(row.attempts, self.now).into(),
        ];
        tx.run(sql, values).await?;
        tx.commit().await
    }

    /// A card that is kept beside a top-up is there once that is paid.
    async fn of_payment(&self, row: &Row) -> Result<()> {
        match (row.paid, &row.paid_at_page) {
            (Some(PaymentState::Succeeded), Some(session)) => self.look(row, session).await,
            (Some(state), _) if state.is_over() => self.ended(CardState::Expired, None).await,
            _ => self.later(row).await,
        }
    }

    async fn look(&self, row: &Row, session: &str) -> Result<()> {
        match self.gateway.kept_card(session).await {
            Ok(Kept::Open) => self.later(row).await,
            Ok(Kept::Expired) => self.ended(CardState::Expired, None).await,
            Ok(Kept::Nothing) => self.ended(CardState::Failed, None).await,
            Ok(Kept::Card(seen)) => self.saved(&seen).await,
            Err(trouble) => self.troubled(row, trouble).await,
        }
    }

    /// The first card of an organisation is its usual one.
    async fn saved(&self, seen: &CardSeen) -> Result<()> {
        let (organisation, card) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        // Who counts cards and who changes the usual one wait for each other.
        tx.run(
            "SELECT 1 FROM saved_card WHERE organisation_id = $1 ORDER BY id FOR NO KEY UPDATE",
            [organisation.into()],
        )
        .await?;
        if is_known_in(&tx, card, &seen.method).await? {
            end_in(&tx, card, CardState::Failed, Some("known")).await?;
            return tx.commit().await;
        }
        let sql = "UPDATE saved_card SET state = 'saved', method_ref = $3, brand = $4, last4 = $5, exp_month = $6,
                       exp_year = $7, next_at = NULL, is_default = NOT EXISTS (SELECT 1 FROM saved_card o
                           WHERE o.organisation_id = $1 AND o.is_default)
                   WHERE organisation_id = $1 AND id = $2 AND state IN ('sent', 'needs_person')";
        let values = [
            organisation.into(),
            card.into(),
            seen.method.clone().into(),
            seen.brand.clone().into(),
            seen.last4.clone().into(),
            seen.exp_month.into(),
            seen.exp_year.into(),
        ];
        if tx.run(sql, values).await? > 0 {
            let told = Some((seen.brand.as_str(), seen.last4.as_str()));
            let change = Change { verb: "card.saved", subject: card.to_string(), before: None::<()>, after: told };
            audit::record_in(&tx, change).await?;
        }
        tx.commit().await
    }

    /// A provider that does not know the card does not keep it either.
    async fn forget(&self, row: &Row, method: &str) -> Result<()> {
        let ask = Forget { key: format!("{}:removed", row.idempotency_key), method: method.to_owned() };
        match self.gateway.forget_card(&ask).await {
            Ok(()) => self.ended(CardState::Removed, None).await,
            Err(Trouble::Refused(said)) => self.ended(CardState::Removed, Some(&said)).await,
            Err(Trouble::Unsure(_)) => self.later(row).await,
        }
    }

    async fn troubled(&self, row: &Row, trouble: Trouble) -> Result<()> {
        match trouble {
            Trouble::Refused(said) => self.ended(CardState::Failed, Some(&said)).await,
            Trouble::Unsure(said) => {
                tracing::warn!(card = %self.place.1, said, "the provider of payments did not answer");
                self.later(row).await
            }
        }
    }

    async fn ended(&self, to: CardState, failure: Option<&str>) -> Result<()> {
        let (organisation, card) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        end_in(&tx, card, to, failure).await?;
        tx.commit().await
    }

    async fn later(&self, row: &Row) -> Result<()> {
        let (organisation, card) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "UPDATE saved_card SET next_at = $3 WHERE organisation_id = $1 AND id = $2 AND next_at IS NOT NULL";
        tx.run(sql, [organisation.into(), card.into(), next_look(row.attempts, self.now).into()]).await?;
        tx.commit().await
    }
}

/// Whether another row is the same card.
async fn is_known_in(tx: &Tx, card: SavedCardId, method: &str) -> Result<bool> {
    let sql = "SELECT organisation_id, id FROM saved_card WHERE method_ref = $1 AND id <> $2";
    Ok(tx.one::<Due, _>(sql, [method.into(), card.into()]).await?.is_some())
}

async fn end_in(tx: &Tx, card: SavedCardId, to: CardState, failure: Option<&str>) -> Result<()> {
    let sql = "UPDATE saved_card SET state = $3, failure = $4, ended_at = $5, next_at = NULL
               WHERE organisation_id = $1 AND id = $2 AND ended_at IS NULL
               AND saved_card_rank($3) > saved_card_rank(state)";
    let values = [tx.organisation.into(), card.into(), to.word().into(), failure.into(), tx.now.into()];
    tx.run(sql, values).await.map(drop)
}
