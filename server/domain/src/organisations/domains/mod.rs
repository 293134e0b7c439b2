//! The domain whose people come into an organisation by themselves: its owner claims it, and the hub's staff confirm what
//! the name service shows, which the portal itself never asks. Coming in stands in `access`.

mod rules;

use sea_orm::FromQueryResult;
use types::{
    AnswerDomain, ClaimDomain, DomainAnswer, DomainId, DomainView, LetterKind, List, OrganisationDomainView, Role,
    Timestamp,
};

pub(crate) use self::rules::domain_of;
use super::owners::tell_owners_in;
use crate::{
    Database, Error, Open, Result, Rule, Tx,
    access::{
        Recent, Scope, Survey,
        policy::{ConfirmDomains, ManageDomain, ReadMembers},
    },
    audit,
    commands::{Command, once},
};

#[derive(FromQueryResult)]
struct DomainRow {
    id: DomainId,
    name: String,
    provider: String,
    role: Role,
    claimed_by: Option<String>,
    claimed_at: Timestamp,
    confirmed_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct ListedRow {
    organisation_slug: String,
    organisation_name: String,
    #[sea_orm(nested)]
    domain: DomainRow,
}

const LIVING: &str = "SELECT c.id, c.name, c.provider, c.role, p.name AS claimed_by, c.claimed_at, c.confirmed_at
    FROM domain_claim c LEFT JOIN person p ON p.id = c.claimed_by
    WHERE c.organisation_id = $1 AND c.ended_at IS NULL";

impl From<DomainRow> for DomainView {
    fn from(row: DomainRow) -> Self {
        let DomainRow { id, name, provider, role, claimed_by, claimed_at, confirmed_at } = row;
        Self { id, name, provider, role, claimed_by, claimed_at, confirmed_at }
    }
}

/// The organisation's domain, confirmed or not; nothing where it has claimed none.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn domain_in(tx: &Tx, scope: &Scope<ReadMembers>) -> Result<Option<DomainView>> {
    tx.admits(scope)?;
    let row: Option<DomainRow> = tx.one(LIVING, [tx.organisation().into()]).await?;
    Ok(row.map(DomainView::from))
}

/// Asks the hub to let people in by a domain; until its staff have confirmed it, nobody comes in.
///
/// # Errors
/// `Invalid` for what is no domain of one's own, and for the owner's role; a conflict for a second domain.
pub async fn claim_domain(
    db: &Database,
    scope: &Scope<ManageDomain>,
    _: Recent,
    command: Command,
    ask: ClaimDomain,
    now: Timestamp,
) -> Result<DomainView> {
    let name = rules::claimed(&ask.name)?;
    if ask.role == Role::Owner {
        return Err(Error::Invalid { field: "role", rule: Rule::Known });
    }
    let tx = db.begin(scope, now).await?;
    once(tx, command, async |tx| {
        let id = DomainId::new(tx.now);
        let sql = "INSERT INTO domain_claim (organisation_id, id, name, provider, role, claimed_by, claimed_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = [
            tx.organisation().into(),
            id.into(),
            name.as_str().into(),
            ask.provider.as_str().into(),
            ask.role.word().into(),
            tx.principal.user().map(types::UserId::uuid).into(),
            tx.now.into(),
        ];
        tx.run(sql, values).await?;
        let view = living_in(tx, id).await?;
        record_in(tx, "domain.claimed", &view, None).await?;
        Ok(view)
    })
    .await
}

/// Takes the organisation's domain back: from then on nobody comes in by it, and who is a member stays.
///
/// # Errors
/// `NotFound` for one that is taken back or refused already.
pub async fn give_up_domain(
    db: &Database,
    scope: &Scope<ManageDomain>,
    id: DomainId,
    now: Timestamp,
) -> Result<DomainView> {
    let tx = db.begin(scope, now).await?;
    let view = living_in(&tx, id).await?;
    end_in(&tx, id).await?;
    record_in(&tx, "domain.removed", &view, None).await?;
    tx.commit().await?;
    Ok(view)
}

/// Every domain that waits for the hub, the latest first, then those that are confirmed; at most 200.
///
/// # Errors
/// Only the database's own.
pub async fn list_domains(open: &Open, _: &Survey<ConfirmDomains>) -> Result<List<OrganisationDomainView>> {
    let sql = "SELECT c.id, c.name, c.provider, c.role, p.name AS claimed_by, c.claimed_at, c.confirmed_at,
                   o.slug AS organisation_slug, o.name AS organisation_name
               FROM domain_claim c JOIN organisation o ON o.id = c.organisation_id
                   LEFT JOIN person p ON p.id = c.claimed_by
               WHERE c.ended_at IS NULL ORDER BY c.confirmed_at IS NOT NULL, c.claimed_at DESC, c.id LIMIT 200";
    let rows: Vec<ListedRow> = open.all(sql, []).await?;
    let view = |row: ListedRow| OrganisationDomainView {
        organisation_slug: row.organisation_slug,
        organisation_name: row.organisation_name,
        domain: row.domain.into(),
    };
    Ok(List { items: rows.into_iter().map(view).collect(), next_cursor: None })
}

/// One of an organisation's, as staff look at it.
///
/// # Errors
/// `NotFound` for one of another organisation, and for one that is taken back or refused.
pub async fn domain_to_confirm_in(tx: &Tx, scope: &Scope<ConfirmDomains>, id: DomainId) -> Result<DomainView> {
    tx.admits(scope)?;
    living_in(tx, id).await
}

/// Confirms that a domain is the organisation's, or refuses it; its owners get a letter.
///
/// # Errors
/// `Invalid` for a reason that is missing or too long; `NotFound` as above; a conflict for one that is confirmed
/// already, and for a domain that another organisation has.
pub async fn answer_domain(
    db: &Database,
    scope: &Scope<ConfirmDomains>,
    _: Recent,
    ask: &AnswerDomain,
    now: Timestamp,
) -> Result<DomainView> {
    let reason = audit::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    let view = living_in(&tx, ask.id).await?;
    if view.confirmed_at.is_some() {
        return Err(Error::Conflict("domain-confirmed"));
    }
    match ask.answer {
        DomainAnswer::Confirm => {
            let sql = "UPDATE domain_claim SET confirmed_by = $3, confirmed_at = $4
                       WHERE organisation_id = $1 AND id = $2 AND confirmed_at IS NULL AND ended_at IS NULL";
            let by = tx.principal.user().map(types::UserId::uuid);
            let values = [tx.organisation().into(), ask.id.into(), by.into(), tx.now.into()];
            if tx.run(sql, values).await? == 0 {
                return Err(Error::Conflict("domain-confirmed"));
            }
            record_in(&tx, "domain.confirmed", &view, Some(reason)).await?;
        }
        DomainAnswer::Refuse => {
            end_in(&tx, ask.id).await?;
            record_in(&tx, "domain.refused", &view, Some(reason)).await?;
        }
    }
    let facts = [
        ("change", ask.answer.word().to_owned()),
        ("domain", view.name.clone()),
        ("role", view.role.word().to_owned()),
        ("reason", reason.to_owned()),
    ];
    tell_owners_in(&tx, LetterKind::DomainAnswered, facts).await?;
    tx.commit().await?;
    Ok(view)
}

async fn living_in(tx: &Tx, id: DomainId) -> Result<DomainView> {
    let sql = format!("{LIVING} AND c.id = $2");
    let row: Option<DomainRow> = tx.one(&sql, [tx.organisation().into(), id.into()]).await?;
    row.map(DomainView::from).ok_or(Error::NotFound)
}

async fn end_in(tx: &Tx, id: DomainId) -> Result<()> {
    let sql = "UPDATE domain_claim SET ended_at = $3 WHERE organisation_id = $1 AND id = $2 AND ended_at IS NULL";
    let n = tx.run(sql, [tx.organisation().into(), id.into(), tx.now.into()]).await?;
    if n == 0 { Err(Error::NotFound) } else { Ok(()) }
}

async fn record_in(tx: &Tx, verb: &'static str, view: &DomainView, reason: Option<&str>) -> Result<()> {
    let after = serde_json::json!({
        "domain": view.name, "provider": view.provider, "role": view.role, "reason": reason,
    });
    let (subject, before) = (view.id.to_string(), None::<()>);
    audit::record_in(tx, audit::Change { verb, subject, before, after: Some(after) }).await
}
