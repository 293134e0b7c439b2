//! The tables `finalise_run` and `finalise_item`.

use sea_orm::FromQueryResult;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use types::{
    Currency, FinaliseAll, FinaliseItemState, FinaliseItemView, FinaliseRunId, FinaliseRunState, FinaliseRunView,
    InvoiceId, OrganisationId, Refusal, ReviewReason, Timestamp, UserId,
};
use uuid::Uuid;

use super::Draft;
use crate::{
    Error, Open, Result, Tx,
    invoices::{entity::as_json, rounding::money},
};

/// So many drafts are told one by one.
const SHOWN: i64 = 200;
/// So often is a draft tried that fails by no rule; then people are told.
const MOST_TRIES: i32 = 5;

/// Begins a run.
pub(super) async fn insert_run_in(open: &Open, month: &str, ask: &FinaliseAll) -> Result<FinaliseRunId> {
    let id = FinaliseRunId::new(open.now);
    let sql = "INSERT INTO finalise_run (id, month, currency, state, asked_by, asked_at)
               VALUES ($1, $2, $3, 'running', $4, $5)";
    let values = [
        id.into(),
        month.into(),
        ask.currency.map(Currency::word).into(),
        open.principal.user().map(UserId::uuid).into(),
        open.now.into(),
    ];
    open.run(sql, values).await?;
    Ok(id)
}

#[derive(Serialize)]
struct NewItem {
    organisation_id: Uuid,
    invoice_id: Uuid,
    place: usize,
    state: FinaliseItemState,
    net: i64,
    tax: i64,
    total: i64,
    reasons: Vec<ReviewReason>,
}

/// Stores what a run is about, in one statement.
pub(super) async fn insert_items_in(open: &Open, run: FinaliseRunId, drafts: &[Draft]) -> Result<()> {
    let item = |(place, draft): (usize, &Draft)| {
        let [net, tax, total] = draft.amounts;
        NewItem {
            organisation_id: draft.review.invoice.organisation.uuid(),
            invoice_id: draft.review.invoice.id.uuid(),
            place,
            state: if draft.is_looked_at { FinaliseItemState::Waiting } else { FinaliseItemState::Left },
            net,
            tax,
            total,
            reasons: draft.review.reasons.clone(),
        }
    };
    let items: Vec<_> = drafts.iter().enumerate().map(item).collect();
    let sql = "INSERT INTO finalise_item (run_id, organisation_id, invoice_id, place, state, net, tax, total, reasons)
               SELECT $1, x.* FROM jsonb_to_recordset($2) AS x (organisation_id uuid, invoice_id uuid, place integer,
                   state text, net bigint, tax bigint, total bigint, reasons jsonb)";
    open.run(sql, [run.into(), as_json(&items)?.into()]).await.map(drop)
}

#[derive(FromQueryResult)]
struct RunRow {
    id: FinaliseRunId,
    month: String,
    currency: Option<Currency>,
    state: FinaliseRunState,
    asked_by: Option<String>,
    asked_at: Timestamp,
    stopped_by: Option<String>,
    ended_at: Option<Timestamp>,
    n_drafts: i64,
    n_done: i64,
    n_failed: i64,
    n_left: i64,
    n_waiting: i64,
}

#[derive(FromQueryResult)]
struct ItemRow {
    invoice_id: InvoiceId,
    organisation_id: OrganisationId,
    name: String,
    slug: String,
    state: FinaliseItemState,
    total: i64,
    currency: Currency,
    reasons: Value,
    refusal: Option<Value>,
}

/// A run with what of it is for people.
pub(super) async fn run_in(open: &Open, id: FinaliseRunId) -> Result<FinaliseRunView> {
    let sql = "SELECT r.id, r.month, r.currency, r.state, a.name AS asked_by, r.asked_at, s.name AS stopped_by,
                      r.ended_at, n.*
               FROM finalise_run r
               LEFT JOIN person a ON a.id = r.asked_by LEFT JOIN person s ON s.id = r.stopped_by
               CROSS JOIN LATERAL (
                   SELECT count(*) AS n_drafts, count(*) FILTER (WHERE i.state = 'done') AS n_done,
                          count(*) FILTER (WHERE i.state = 'failed') AS n_failed,
                          count(*) FILTER (WHERE i.state = 'left') AS n_left,
                          count(*) FILTER (WHERE i.state = 'waiting') AS n_waiting
                   FROM finalise_item i WHERE i.run_id = r.id) n
               WHERE r.id = $1";
    let row: Option<RunRow> = open.one(sql, [id.into()]).await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(FinaliseRunView {
        id: row.id,
        month: row.month,
        currency: row.currency,
        state: row.state,
        n_drafts: row.n_drafts,
        n_done: row.n_done,
        n_failed: row.n_failed,
        n_left: row.n_left,
        n_waiting: row.n_waiting,
        asked_by: row.asked_by,
        asked_at: row.asked_at,
        stopped_by: row.stopped_by,
        ended_at: row.ended_at,
        for_people: for_people_in(open, id).await?,
    })
}

async fn for_people_in(open: &Open, id: FinaliseRunId) -> Result<Vec<FinaliseItemView>> {
    let sql = "SELECT i.invoice_id, i.organisation_id, o.name, o.slug, i.state, i.total, v.currency, i.reasons,
                      i.refusal
               FROM finalise_item i
               JOIN invoice v ON v.organisation_id = i.organisation_id AND v.id = i.invoice_id
               JOIN organisation o ON o.id = i.organisation_id
               WHERE i.run_id = $1 AND i.state IN ('failed', 'left') ORDER BY i.place LIMIT $2";
    let rows: Vec<ItemRow> = open.all(sql, [id.into(), SHOWN.into()]).await?;
    rows.into_iter().map(ItemRow::view).collect()
}

impl ItemRow {
    fn view(self) -> Result<FinaliseItemView> {
        Ok(FinaliseItemView {
            invoice: self.invoice_id,
            organisation: self.organisation_id,
            organisation_name: self.name,
            slug: self.slug,
            state: self.state,
            total: money(self.total, self.currency)?,
            reasons: read(self.reasons)?,
            refusal: self.refusal.map(read).transpose()?,
        })
    }
}

/// What was stored as a document.
pub(super) fn read<T: DeserializeOwned>(stored: Value) -> Result<T> {
    serde_json::from_value(stored).map_err(|error| Error::Corrupt(format!("finalisation: {error}")))
}

/// A draft that a worker may take; amounts in minor units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Item {
    pub(super) run_id: FinaliseRunId,
    pub(super) organisation_id: OrganisationId,
    pub(super) invoice_id: InvoiceId,
    pub(super) currency: Currency,
    net: i64,
    tax: i64,
    total: i64,
    attempts: i32,
}

impl Item {
    /// Net, tax and total, as the list showed them.
    pub(super) fn amounts(&self) -> [i64; 3] {
        [self.net, self.tax, self.total]
    }
}

/// The next drafts of runs that go on: those that failed least often, in their order; none of an organisation before an earlier
/// one that failed.
pub(super) async fn next_in(open: &Open, most: usize) -> Result<Vec<Item>> {
    let sql = "SELECT i.run_id, i.organisation_id, i.invoice_id, v.currency, i.net, i.tax, i.total, i.attempts
               FROM finalise_run r JOIN finalise_item i ON i.run_id = r.id
               JOIN invoice v ON v.organisation_id = i.organisation_id AND v.id = i.invoice_id
               WHERE r.state = 'running' AND i.state = 'waiting'
               AND NOT EXISTS (SELECT 1 FROM finalise_item e
                               WHERE e.run_id = i.run_id AND e.organisation_id = i.organisation_id
                               AND e.state = 'waiting' AND e.place < i.place AND e.attempts > i.attempts)
               ORDER BY i.attempts, r.asked_at, i.place LIMIT $1";
    open.all(sql, [i64::try_from(most).unwrap_or(i64::MAX).into()]).await
}

#[derive(FromQueryResult)]
struct GoesOn {
    goes_on: bool,
}

/// Whether a run goes on; any, where none is named.
pub(super) async fn goes_on_in(open: &Open, run: Option<FinaliseRunId>) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM finalise_run WHERE state = 'running' AND ($1::uuid IS NULL OR id = $1)) AS goes_on";
    Ok(open.one(sql, [run.map(FinaliseRunId::uuid).into()]).await?.is_some_and(|row: GoesOn| row.goes_on))
}

/// Ends the runs in which no draft waits any more.
pub(super) async fn end_in(open: &Open) -> Result<u64> {
    let sql = "UPDATE finalise_run r SET state = 'ended', ended_at = $1
               WHERE r.state = 'running'
               AND NOT EXISTS (SELECT 1 FROM finalise_item i WHERE i.run_id = r.id AND i.state = 'waiting')";
    open.run(sql, [open.now.into()]).await
}

#[derive(FromQueryResult)]
struct Taken {
    taken: bool,
}

/// Takes a draft until the transaction ends, and waits for who has it; not where somebody else had it or tried it, or the run
/// was stopped, nor while an earlier one of the organisation waits, which somebody may be at.
pub(super) async fn take_in(tx: &Tx, item: &Item) -> Result<bool> {
    let sql = "SELECT true AS taken FROM finalise_item i
               WHERE i.organisation_id = $1 AND i.run_id = $2 AND i.invoice_id = $3 AND i.state = 'waiting'
               AND i.attempts = $4
               AND EXISTS (SELECT 1 FROM finalise_run r WHERE r.id = i.run_id AND r.state = 'running')
               AND NOT EXISTS (SELECT 1 FROM finalise_item e
                               WHERE e.organisation_id = $1 AND e.run_id = $2 AND e.place < i.place
                               AND e.state = 'waiting')
               FOR UPDATE OF i";
    let values = [tx.organisation.into(), item.run_id.into(), item.invoice_id.into(), item.attempts.into()];
    Ok(tx.one(sql, values).await?.is_some_and(|row: Taken| row.taken))
}

/// Notes what became of a draft that was taken.
pub(super) async fn note_in(tx: &Tx, item: &Item, refusal: Option<&Refusal>) -> Result<()> {
    let state = if refusal.is_some() { FinaliseItemState::Failed } else { FinaliseItemState::Done };
    let sql = "UPDATE finalise_item SET state = $4, refusal = $5, at = $6, attempts = attempts + 1
               WHERE organisation_id = $1 AND run_id = $2 AND invoice_id = $3";
    let values = [
        tx.organisation.into(),
        item.run_id.into(),
        item.invoice_id.into(),
        state.word().into(),
        refusal.map(as_json).transpose()?.into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Puts a draft behind the others, or tells people after so many tries.
pub(super) async fn put_off_in(tx: &Tx, item: &Item, refusal: &Refusal) -> Result<()> {
    let sql = "UPDATE finalise_item SET attempts = attempts + 1,
                   state = CASE WHEN attempts + 1 < $4 THEN state ELSE 'failed' END,
                   refusal = CASE WHEN attempts + 1 < $4 THEN NULL ELSE $5::jsonb END,
                   at = CASE WHEN attempts + 1 < $4 THEN NULL ELSE $6::timestamptz END
               WHERE organisation_id = $1 AND run_id = $2 AND invoice_id = $3 AND state = 'waiting'";
    let values = [
        tx.organisation.into(),
        item.run_id.into(),
        item.invoice_id.into(),
        MOST_TRIES.into(),
        as_json(refusal)?.into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}
