//! The table `token`, always inside one organisation.

use sea_orm::FromQueryResult;
use types::{
    BudgetWindow, Currency, FlavourId, List, MakeToken, Money, ProjectId, Role, Timestamp, TokenId, TokenView, UserId,
};
use uuid::Uuid;

use crate::{Error, Result, Rule, Tx, budgets::Month, organisations};

#[derive(FromQueryResult)]
struct TokenRow {
    id: TokenId,
    name: String,
    person: Option<String>,
    role: Option<Role>,
    permissions: Vec<String>,
    projects: Vec<Uuid>,
    flavours: Vec<Uuid>,
    networks: Vec<String>,
    most_units: Option<i32>,
    ceiling: Option<i64>,
    span: Option<BudgetWindow>,
    spent: Option<i64>,
    spent_since: Option<Timestamp>,
    created_by: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    used_at: Option<Timestamp>,
    used_from: Option<String>,
}

/// Those that open something at the instant $2.
const QUERY: &str = "SELECT t.id, t.name, p.name AS person, t.role, t.permissions, t.projects, t.flavours,
        ARRAY(SELECT abbrev(network) FROM unnest(t.networks) AS network) AS networks, t.most_units, b.ceiling, b.span,
        b.spent, b.spent_since, coalesce(m.name, '') AS created_by, t.created_at, t.expires_at, t.used_at, t.used_from
    FROM token t LEFT JOIN person p ON p.id = t.held_by LEFT JOIN person m ON m.id = t.created_by
    LEFT JOIN budget b ON b.organisation_id = t.organisation_id AND b.token_id = t.id
    WHERE t.organisation_id = $1 AND t.revoked_at IS NULL AND t.expires_at > $2";

/// The tokens of a member, or all; the latest first, at most 500.
pub(super) async fn list_in(tx: &Tx, of: Option<UserId>) -> Result<List<TokenView>> {
    let sql = format!("{QUERY} AND ($3::uuid IS NULL OR t.held_by = $3) ORDER BY t.created_at DESC, t.id LIMIT 500");
    let values = [tx.organisation.into(), tx.now.into(), of.map(UserId::uuid).into()];
    let rows: Vec<TokenRow> = tx.all(&sql, values).await?;
    let (month, currency) = (Month::of_in(tx).await?, organisations::buyer_in(tx).await?.currency);
    Ok(List { items: rows.into_iter().map(|row| row.view(&month, currency)).collect(), next_cursor: None })
}

/// One that opens something.
pub(super) async fn find_in(tx: &Tx, id: TokenId) -> Result<Option<TokenView>> {
    let sql = format!("{QUERY} AND t.id = $3");
    let row: Option<TokenRow> = tx.one(&sql, [tx.organisation.into(), tx.now.into(), id.into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let (month, currency) = (Month::of_in(tx).await?, organisations::buyer_in(tx).await?.currency);
    Ok(Some(row.view(&month, currency)))
}

impl TokenRow {
    fn view(self, month: &Month, currency: Currency) -> TokenView {
        let money = |micros| Money { micros, currency };
        let is_over = self.span == Some(BudgetWindow::Month) && self.spent_since < Some(month.started_at);
        TokenView {
            id: self.id,
            name: self.name,
            person: self.person,
            role: self.role,
            permissions: self.permissions,
            projects: self.projects.into_iter().map(ProjectId::from_uuid).collect(),
            flavours: self.flavours.into_iter().map(FlavourId::from_uuid).collect(),
            networks: self.networks,
            most_units: self.most_units.map(i32::unsigned_abs),
            ceiling: self.ceiling.map(money),
            window: self.span,
            spent: self.spent.map(|spent| money(if is_over { 0 } else { spent })),
            created_by: self.created_by,
            created_at: self.created_at,
            expires_at: self.expires_at,
            used_at: self.used_at,
            used_from: self.used_from,
        }
    }
}

#[derive(FromQueryResult)]
struct Counted {
    n: i64,
}

/// How many open something.
pub(super) async fn count_in(tx: &Tx) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM token WHERE organisation_id = $1 AND revoked_at IS NULL AND expires_at > $2";
    let row: Option<Counted> = tx.one(sql, [tx.organisation.into(), tx.now.into()]).await?;
    Ok(row.map_or(0, |row| row.n))
}

/// Refuses projects that are not the organisation's or are closed, and flavours that there are not.
pub(super) async fn check_reach_in(tx: &Tx, ask: &MakeToken) -> Result<()> {
    let projects: Vec<Uuid> = ask.projects.iter().map(|id| id.uuid()).collect();
    let flavours: Vec<Uuid> = ask.flavours.iter().map(|id| id.uuid()).collect();
    let sql = "SELECT count(*) AS n FROM unnest($2::uuid[]) AS asked(id)
               WHERE NOT EXISTS (SELECT 1 FROM project p WHERE p.organisation_id = $1 AND p.id = asked.id)";
    let strange: Option<Counted> = tx.one(sql, [tx.organisation.into(), projects.into()]).await?;
    if strange.is_some_and(|row| row.n > 0) {
        return Err(Error::Invalid { field: "projects", rule: Rule::Known });
    }
    for project in &ask.projects {
        organisations::check_open_in(tx, *project).await?;
    }
    let sql = "SELECT count(*) AS n FROM unnest($1::uuid[]) AS asked(id)
               WHERE NOT EXISTS (SELECT 1 FROM flavour f WHERE f.id = asked.id)";
    let strange: Option<Counted> = tx.one(sql, [flavours.into()]).await?;
    if strange.is_some_and(|row| row.n > 0) {
        return Err(Error::Invalid { field: "flavours", rule: Rule::Known });
    }
    Ok(())
}

/// Writes a token: a service account's where a role is asked for, else the principal's own.
pub(super) async fn insert_in(tx: &Tx, id: TokenId, secret: &[u8], ask: &MakeToken) -> Result<()> {
    let maker = tx.principal.user().ok_or(Error::Forbidden("HoldTokens"))?;
    let sql =
        "INSERT INTO token (organisation_id, id, held_by, role, name, secret_sha256, permissions, projects, flavours,
                   networks, most_units, created_by, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[]::inet[], $11, $12, $13, $14)";
    let values = [
        tx.organisation.into(),
        id.into(),
        ask.role.is_none().then_some(maker.uuid()).into(),
        ask.role.map(Role::word).into(),
        ask.name.clone().into(),
        secret.to_vec().into(),
        ask.permissions.clone().into(),
        ask.projects.iter().map(|id| id.uuid()).collect::<Vec<_>>().into(),
        ask.flavours.iter().map(|id| id.uuid()).collect::<Vec<_>>().into(),
        ask.networks.clone().into(),
        ask.most_units.and_then(|units| i32::try_from(units).ok()).into(),
        maker.into(),
        tx.now.into(),
        tx.now.plus_seconds(i64::from(ask.days) * 86_400).into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Revokes a token, of this member if one is named; whether it opened something.
pub(super) async fn revoke_in(tx: &Tx, id: TokenId, of: Option<UserId>) -> Result<bool> {
    let sql = "UPDATE token SET revoked_at = $3 WHERE organisation_id = $1 AND id = $2 AND revoked_at IS NULL
               AND ($4::uuid IS NULL OR held_by = $4)";
    let values = [tx.organisation.into(), id.into(), tx.now.into(), of.map(UserId::uuid).into()];
    Ok(tx.run(sql, values).await? == 1)
}
