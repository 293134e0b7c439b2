//! One step of a payment: the provider is told of it, or asked how far it is. Two who do so at once ask with the same key.

use sea_orm::FromQueryResult;
use types::{Currency, OrganisationId, PaymentId, PaymentState, Timestamp};

use super::{
    SAVED_CARD, automatic,
    gateway::{Gateway, NewCheckout, NewCustomer, Reference, Trouble},
    record::{ended_in, lost_in, opened_in, record_look},
    rules::next_look,
};
use crate::{Database, Error, Result, access::Job};

/// How long a payment belongs to who took it: longer than calling the provider may take.
pub(super) const TAKEN_S: i64 = 120;
/// How long a provider surely knows a key again; what it was not told by then is given up, since nobody has seen where to pay.
pub(super) const KEY_HOLDS_S: i64 = 23 * 3600;

/// A payment of an organisation.
type Place = (OrganisationId, PaymentId);

/// Who calls whom, and when.
#[derive(Clone, Copy)]
struct At<'a> {
    db: &'a Database,
    job: Job,
    gateway: &'a dyn Gateway,
    place: Place,
    now: Timestamp,
}

#[derive(FromQueryResult)]
struct Due {
    organisation_id: OrganisationId,
    id: PaymentId,
}

/// A payment as the provider is to know it.
#[derive(FromQueryResult)]
struct Row {
    state: PaymentState,
    amount: i64,
    currency: Currency,
    idempotency_key: String,
    session_ref: Option<String>,
    asked_at: Timestamp,
    attempts: i32,
    kind: String,
    payer: String,
    seller: String,
    customer: Option<String>,
    keeps_card: bool,
}

/// Takes the payment that has waited longest; nobody else has it for two minutes, also where the taker dies.
///
/// # Errors
/// Only the database's own.
pub async fn take_due_payment(db: &Database, job: Job, now: Timestamp) -> Result<Option<(OrganisationId, PaymentId)>> {
    let sql = "SELECT organisation_id, id FROM payment WHERE next_at <= $1 ORDER BY next_at LIMIT 20";
    let due: Vec<Due> = db.work(job, now).await?.all(sql, [now.into()]).await?;
    let take = "UPDATE payment SET next_at = $3, attempts = attempts + 1
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

/// Does the next step of a payment. A provider that does not answer is asked again later.
///
/// # Errors
/// `NotFound` for a payment that the organisation does not have.
pub async fn advance_payment(
    db: &Database,
    job: Job,
    gateway: &dyn Gateway,
    place: (OrganisationId, PaymentId),
    now: Timestamp,
) -> Result<()> {
    let at = At { db, job, gateway, place, now };
    let row = at.begin().await?;
    if row.kind == SAVED_CARD {
        return automatic::charge(db, job, gateway, place, now).await;
    }
    match &row.session_ref {
        _ if row.state == PaymentState::Succeeded => Ok(()),
        Some(session) => at.look(&row, session).await,
        None if row.state.is_over() => Ok(()),
        None => at.open(&row).await,
    }
}

impl At<'_> {
    /// Notes that the provider is told from now on, before it is.
    async fn begin(&self) -> Result<Row> {
        let (organisation, payment) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "SELECT p.state, p.amount, p.currency, p.idempotency_key, p.session_ref, p.asked_at, p.attempts,
                          o.name AS payer, (SELECT h.name FROM organisation h WHERE h.kind = 'hub') AS seller,
                          c.reference AS customer, p.kind,
                          EXISTS (SELECT 1 FROM saved_card s WHERE s.organisation_id = p.organisation_id
                                  AND s.payment_id = p.id) AS keeps_card
                   FROM payment p JOIN organisation o ON o.id = p.organisation_id
                   LEFT JOIN provider_customer c ON c.organisation_id = p.organisation_id AND c.provider = p.provider
                   WHERE p.organisation_id = $1 AND p.id = $2 FOR NO KEY UPDATE OF p";
        let row: Option<Row> = tx.one(sql, [organisation.into(), payment.into()]).await?;
        let row = row.ok_or(Error::NotFound)?;
        if row.state == PaymentState::Wanted {
            let sql = "UPDATE payment SET state = 'sent' WHERE organisation_id = $1 AND id = $2";
            tx.run(sql, [organisation.into(), payment.into()]).await?;
        }
        tx.commit().await?;
        Ok(row)
    }

    async fn open(&self, row: &Row) -> Result<()> {
        if self.now.seconds_since(row.asked_at) > KEY_HOLDS_S {
            return self.ended(PaymentState::Expired, None).await;
        }
        let customer = match &row.customer {
            Some(customer) => customer.clone(),
            None => {
                match customer(self.db, self.job, self.gateway, (self.place.0, row.payer.as_str()), self.now).await? {
                    Ok(customer) => customer,
                    Err(trouble) => return self.troubled(row, trouble).await,
                }
            }
        };
        let (organisation, payment) = self.place;
        let ask = NewCheckout {
            key: row.idempotency_key.clone(),
            payment,
            organisation,
            customer,
            amount: row.amount,
            currency: row.currency,
            title: row.seller.clone(),
            keeps_card: row.keeps_card,
        };
        let checkout = match self.gateway.open_checkout(&ask).await {
            Ok(checkout) => checkout,
            Err(trouble) => return self.troubled(row, trouble).await,
        };
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        opened_in(&tx, payment, &checkout).await?;
        tx.commit().await
    }

    async fn look(&self, row: &Row, session: &str) -> Result<()> {
        match self.gateway.look(&Reference::Session(session.to_owned())).await {
            Ok(look) => record_look(self.db, self.job, self.place, &look, self.now).await.map(drop),
            Err(Trouble::Unsure(said)) => self.later(row, &said).await,
            Err(Trouble::Refused(said)) => {
                let (organisation, payment) = self.place;
                let tx = self.db.work_in(self.job, organisation, self.now).await?;
                lost_in(&tx, payment, session, &said).await?;
                tx.commit().await
            }
        }
    }

    async fn troubled(&self, row: &Row, trouble: Trouble) -> Result<()> {
        match trouble {
            Trouble::Refused(said) => self.ended(PaymentState::Failed, Some(&said)).await,
            Trouble::Unsure(said) => self.later(row, &said).await,
        }
    }

    async fn ended(&self, to: PaymentState, failure: Option<&str>) -> Result<()> {
        let (organisation, payment) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        ended_in(&tx, payment, to, failure).await?;
        tx.commit().await
    }

    /// Nobody knows what the provider did: it is asked again.
    async fn later(&self, row: &Row, said: &str) -> Result<()> {
        let (organisation, payment) = self.place;
        tracing::warn!(%payment, said, "the provider of payments did not answer");
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "UPDATE payment SET next_at = $3 WHERE organisation_id = $1 AND id = $2 AND next_at IS NOT NULL";
        let at = next_look(row.attempts, self.now);
        tx.run(sql, [organisation.into(), payment.into(), at.into()]).await?;
        tx.commit().await
    }
}

/// What the provider calls an organisation from now on.
pub(super) async fn customer(
    db: &Database,
    job: Job,
    gateway: &dyn Gateway,
    (organisation, name): (OrganisationId, &str),
    now: Timestamp,
) -> Result<std::result::Result<String, Trouble>> {
    let key = format!("customer:{organisation}");
    let ask = NewCustomer { key, organisation, name: name.to_owned() };
    let reference = match gateway.make_customer(&ask).await {
        Ok(reference) => reference,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let tx = db.work_in(job, organisation, now).await?;
    // Whoever asked at the same time was told the same name.
    let sql = "INSERT INTO provider_customer (organisation_id, provider, reference, made_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (organisation_id, provider) DO NOTHING";
    let provider = gateway.provider().word();
    tx.run(sql, [organisation.into(), provider.into(), reference.clone().into(), now.into()]).await?;
    tx.commit().await?;
    Ok(Ok(reference))
}
