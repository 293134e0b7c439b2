//! The table `budget`, and which leases it counts.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{
    BudgetId, BudgetSubject, BudgetView, BudgetWindow, Currency, LeaseId, Money, OrganisationId, ProjectId, SetBudget,
    Timestamp, TokenId, UserId,
};
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    billing::{self, Calendar},
    ledger::as_json,
};

/// A budget as it is stored, and what open holds stand for.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Budget {
    pub(crate) id: BudgetId,
    kind: String,
    subject: Uuid,
    pub(crate) name: String,
    pub(crate) span: BudgetWindow,
    pub(crate) alert: i64,
    pub(crate) ceiling: i64,
    spent: i64,
    spent_since: Timestamp,
    pub(crate) alerted_at: Option<Timestamp>,
    held: i64,
}

/// What the audit keeps of a budget.
#[derive(Serialize)]
pub(crate) struct Recorded<'a> {
    kind: &'a str,
    name: &'a str,
    window: BudgetWindow,
    alert_micros: i64,
    ceiling_micros: i64,
}

/// The month of the hub's calendar in which a transaction lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Month {
    pub(crate) started_at: Timestamp,
    pub(crate) ended_at: Timestamp,
}

impl Month {
    /// By the hub's calendar.
    pub(crate) fn of(calendar: &Calendar, at: Timestamp) -> Result<Self> {
        Ok(Self { started_at: calendar.month_start(at)?, ended_at: calendar.month_end(at)? })
    }

    /// The transaction's.
    pub(crate) async fn of_in(tx: &Tx) -> Result<Self> {
        Self::of(&billing::calendar_in(tx).await?, tx.now)
    }
}

/// What open holds stand for: read where it is asked, not at each change of a timer.
pub(super) const HELD: &str =
    "coalesce((SELECT sum(h.gross) FROM hold h JOIN lease l ON l.organisation_id = $1 AND l.id = h.lease_id
    WHERE h.organisation_id = $1 AND h.state = 'open'
    AND counts(b.kind, b.subject, l.project_id, l.launched_by, l.token_id)), 0)::bigint";
const NOT_ASKED: &str = "0::bigint";

pub(super) fn query(held: &str) -> String {
    format!(
        "SELECT b.id, b.kind, b.subject, b.span, b.alert, b.ceiling, b.spent, b.spent_since, b.alerted_at,
             coalesce(CASE b.kind
                 WHEN 'organisation' THEN (SELECT name FROM organisation WHERE id = $1)
                 WHEN 'project' THEN (SELECT name FROM project WHERE organisation_id = $1 AND id = b.subject)
                 WHEN 'member' THEN (SELECT name FROM person WHERE id = b.subject)
                 ELSE (SELECT name FROM token WHERE organisation_id = $1 AND id = b.subject) END, '') AS name,
             {held} AS held
         FROM budget b WHERE b.organisation_id = $1"
    )
}

impl Budget {
    /// Whose spending it limits.
    pub(crate) fn subject(&self) -> Result<BudgetSubject> {
        Ok(match self.kind.as_str() {
            "organisation" => BudgetSubject::Organisation(OrganisationId::from_uuid(self.subject)),
            "project" => BudgetSubject::Project(ProjectId::from_uuid(self.subject)),
            "member" => BudgetSubject::Member(UserId::from_uuid(self.subject)),
            "token" => BudgetSubject::Token(TokenId::from_uuid(self.subject)),
            other => return Err(Error::Corrupt(format!("a budget of a {other}"))),
        })
    }

    /// What settlements have charged in its window; a month that began since then is at zero.
    pub(crate) fn spent_in(&self, month: &Month) -> i64 {
        match self.span {
            BudgetWindow::Month if self.spent_since < month.started_at => 0,
            BudgetWindow::Month | BudgetWindow::Total => self.spent,
        }
    }

    /// What neither settlements have charged nor open holds stand for; below zero where it is overdrawn.
    pub(super) fn left_in(&self, month: &Month) -> i64 {
        self.ceiling.saturating_sub(self.spent_in(month)).saturating_sub(self.held)
    }

    /// Since when that counts.
    fn since(&self, month: &Month) -> Timestamp {
        match self.span {
            BudgetWindow::Month => self.spent_since.max(month.started_at),
            BudgetWindow::Total => self.spent_since,
        }
    }

    /// Whether its alert was told in this window.
    pub(crate) fn is_alerted(&self, month: &Month) -> bool {
        self.alerted_at.is_some_and(|at| self.span == BudgetWindow::Total || at >= month.started_at)
    }

    pub(crate) fn recorded(&self) -> Recorded<'_> {
        let Self { kind, name, span, alert, ceiling, .. } = self;
        Recorded { kind, name, window: *span, alert_micros: *alert, ceiling_micros: *ceiling }
    }

    pub(crate) fn view(&self, currency: Currency, month: &Month) -> Result<BudgetView> {
        let money = |micros| Money { micros, currency };
        Ok(BudgetView {
            id: self.id,
            subject: self.subject()?,
            name: self.name.clone(),
            window: self.span,
            alert: money(self.alert),
            ceiling: money(self.ceiling),
            spent: money(self.spent_in(month)),
            held: money(self.held),
            since: self.since(month),
        })
    }
}

/// That a budget limits something at $2: a token's does while the token opens something or anything that it launched runs.
const IN_FORCE: &str = "(b.token_id IS NULL
    OR EXISTS (SELECT 1 FROM token t WHERE t.organisation_id = $1 AND t.id = b.token_id AND t.revoked_at IS NULL
               AND t.expires_at > $2)
    OR EXISTS (SELECT 1 FROM lease l WHERE l.organisation_id = $1 AND l.token_id = b.token_id AND l.ended_at IS NULL))";

/// The organisation's that limit something.
pub(super) async fn in_force_in(tx: &Tx) -> Result<Vec<Budget>> {
    all_in(tx, HELD).await
}

/// The same for what is predicted, which counts usage and no holds.
pub(crate) async fn without_holds_in(tx: &Tx) -> Result<Vec<Budget>> {
    all_in(tx, NOT_ASKED).await
}

async fn all_in(tx: &Tx, held: &str) -> Result<Vec<Budget>> {
    let sql = format!("{} AND {IN_FORCE} ORDER BY b.id LIMIT 10000", query(held));
    tx.all(&sql, [tx.organisation.into(), tx.now.into()]).await
}

/// The one of an organisation, a project, a member or a token.
pub(crate) async fn of_subject_in(tx: &Tx, subject: BudgetSubject) -> Result<Option<Budget>> {
    let sql = format!("{} AND b.kind = $2 AND b.subject = $3", query(HELD));
    tx.one(&sql, [tx.organisation.into(), subject.kind().into(), subject.uuid().into()]).await
}

/// That a budget counts a lease.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Counted {
    pub(crate) id: BudgetId,
    span: BudgetWindow,
    spent: i64,
    spent_since: Timestamp,
    pub(crate) lease_id: LeaseId,
}

/// Which of these leases which budgets count.
pub(crate) async fn counted_in(tx: &Tx, leases: Vec<LeaseId>) -> Result<Vec<Counted>> {
    let leases: Vec<Uuid> = leases.into_iter().map(LeaseId::uuid).collect();
    let sql = "SELECT b.id, b.span, b.spent, b.spent_since, l.id AS lease_id FROM budget b
               JOIN lease l ON l.organisation_id = $1 AND l.id = ANY($2)
                    AND counts(b.kind, b.subject, l.project_id, l.launched_by, l.token_id)
               WHERE b.organisation_id = $1 ORDER BY b.id, l.id";
    tx.all(sql, [tx.organisation.into(), leases.into()]).await
}

/// What a settlement charges for seconds of a lease, gross.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Charge {
    pub(crate) lease: LeaseId,
    pub(crate) from: Timestamp,
    pub(crate) gross: i64,
}

#[derive(Serialize)]
struct Spent {
    id: Uuid,
    spent: i64,
    since: Timestamp,
}

/// Adds what a settlement charges to the budgets that count it; charges are cut where months end.
pub(crate) async fn charge_in(tx: &Tx, calendar: &Calendar, charges: &[Charge]) -> Result<()> {
    let mut of_lease: BTreeMap<LeaseId, Vec<&Charge>> = BTreeMap::new();
    for charge in charges {
        of_lease.entry(charge.lease).or_default().push(charge);
    }
    let mut spent = BTreeMap::new();
    for row in counted_in(tx, of_lease.keys().copied().collect()).await? {
        let first = Spent { id: row.id.uuid(), spent: row.spent, since: row.spent_since };
        let budget = spent.entry(row.id).or_insert(first);
        for charge in of_lease.get(&row.lease_id).into_iter().flatten() {
            budget.add(row.span, calendar.month_start(charge.from)?, charge.gross);
        }
    }
    if spent.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE budget b SET spent = t.spent, spent_since = t.since
               FROM jsonb_to_recordset($2) AS t(id uuid, spent bigint, since timestamptz)
               WHERE b.organisation_id = $1 AND b.id = t.id";
    let spent: Vec<Spent> = spent.into_values().collect();
    tx.run(sql, [tx.organisation.into(), as_json(&spent)?.into()]).await.map(drop)
}

impl Spent {
    /// What came late of a month that is over counts in none.
    fn add(&mut self, span: BudgetWindow, month: Timestamp, gross: i64) {
        if span == BudgetWindow::Month && month > self.since {
            (self.spent, self.since) = (0, month);
        }
        if span == BudgetWindow::Total || month == self.since {
            self.spent = self.spent.saturating_add(gross);
        }
    }
}

/// Whether the organisation has it.
pub(super) async fn has_subject_in(tx: &Tx, subject: BudgetSubject) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Has {
        has: bool,
    }
    let sql = "SELECT CASE $2 WHEN 'organisation' THEN $3::uuid = $1
                              WHEN 'project' THEN EXISTS (SELECT 1 FROM project WHERE organisation_id = $1 AND id = $3)
                              WHEN 'member' THEN EXISTS (SELECT 1 FROM member WHERE organisation_id = $1 AND user_id = $3)
                              ELSE EXISTS (SELECT 1 FROM token WHERE organisation_id = $1 AND id = $3) END AS has";
    let values = [tx.organisation.into(), subject.kind().into(), subject.uuid().into()];
    let row: Option<Has> = tx.one(sql, values).await?;
    Ok(row.is_some_and(|row| row.has))
}

/// Writes a budget in place of the one before; a window that stays goes on counting.
pub(super) async fn set_in(tx: &Tx, ask: &SetBudget, month: &Month) -> Result<()> {
    // Locked first: a settlement charges either the old row or the new one.
    let lock = "SELECT 1 FROM budget WHERE organisation_id = $1 ORDER BY id FOR NO KEY UPDATE";
    tx.run(lock, [tx.organisation.into()]).await?;
    let sql = "UPDATE budget SET alert = $4, ceiling = $5, set_by = $6, set_at = $7, alerted_at = NULL
               WHERE organisation_id = $1 AND kind = $2 AND subject = $3 AND span = $8";
    let values = [
        tx.organisation.into(),
        ask.subject.kind().into(),
        ask.subject.uuid().into(),
        super::alert_of(ask).into(),
        ask.ceiling.micros.into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.now.into(),
        ask.window.word().into(),
    ];
    if tx.run(sql, values).await? > 0 {
        return Ok(());
    }
    let sql = "DELETE FROM budget WHERE organisation_id = $1 AND kind = $2 AND subject = $3";
    tx.run(sql, [tx.organisation.into(), ask.subject.kind().into(), ask.subject.uuid().into()]).await?;
    insert_in(tx, ask, month).await
}

/// Writes a new budget; what was spent in the running month counts, whoever set it when.
pub(crate) async fn insert_in(tx: &Tx, ask: &SetBudget, month: &Month) -> Result<()> {
    let sql = "INSERT INTO budget (organisation_id, id, project_id, member_id, token_id, span, alert, ceiling, spent_since, set_by, set_at,
                   spent)
               SELECT $1, $2, CASE $3 WHEN 'project' THEN $4 END, CASE $3 WHEN 'member' THEN $4 END,
                   CASE $3 WHEN 'token' THEN $4 END, $5, $6, $7, $8, $9, $10,
                   CASE $5 WHEN 'month' THEN coalesce((
                       SELECT sum(r.gross) FROM rated_item r JOIN lease l ON l.organisation_id = $1 AND l.id = r.lease_id
                       WHERE r.organisation_id = $1 AND r.started_at >= $8
                       AND counts($3, $4, l.project_id, l.launched_by, l.token_id)), 0)::bigint ELSE 0 END";
    let since = if ask.window == BudgetWindow::Month { month.started_at } else { tx.now };
    let values = [
        tx.organisation.into(),
        BudgetId::new(tx.now).into(),
        ask.subject.kind().into(),
        ask.subject.uuid().into(),
        ask.window.word().into(),
        super::alert_of(ask).into(),
        ask.ceiling.micros.into(),
        since.into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Takes a budget away; what it was, if it was there.
pub(super) async fn remove_in(tx: &Tx, id: BudgetId) -> Result<Option<Budget>> {
    let before: Option<Budget> =
        tx.one(&format!("{} AND b.id = $2", query(HELD)), [tx.organisation.into(), id.into()]).await?;
    let sql = "DELETE FROM budget WHERE organisation_id = $1 AND id = $2";
    tx.run(sql, [tx.organisation.into(), id.into()]).await?;
    Ok(before)
}

/// Remembers that the alert was told.
pub(crate) async fn mark_alerted_in(tx: &Tx, id: BudgetId) -> Result<()> {
    let sql = "UPDATE budget SET alerted_at = $3 WHERE organisation_id = $1 AND id = $2";
    tx.run(sql, [tx.organisation.into(), id.into(), tx.now.into()]).await.map(drop)
}
