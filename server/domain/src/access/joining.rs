//! Coming into an organisation by invitation, with an account or with a new one. Inviting stands in `organisations`.

use sea_orm::FromQueryResult;
use types::{InvitationId, OrganisationId, Role, Timestamp, UserId};

use super::{
    Actor, Principal,
    password::hash_password,
    sessions::{Token, hashed, open_session_in},
};
use crate::{Database, Error, Open, Result, Rule, audit, database::statement};

/// An invitation as whoever has its letter sees it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Invited {
    /// Where to.
    pub organisation: String,
    /// The address that it was sent to.
    pub email: String,
    /// As what.
    pub role: Role,
    /// Who asks.
    pub invited_by: String,
    /// Whether somebody signs in with that address already.
    pub is_known: bool,
}

/// Who comes in without an account.
#[derive(Clone)]
pub struct NewPerson {
    /// What they are called.
    pub name: String,
    /// What they will sign in with.
    pub password: String,
    /// What the browser says it is.
    pub device: String,
    /// Where the request came from.
    pub address: String,
    /// The language of the screen: en, fr or ar.
    pub language: String,
}

#[derive(FromQueryResult)]
struct Joined {
    organisation_id: OrganisationId,
    invitation_id: InvitationId,
    slug: String,
    role: Role,
}

/// The invitation that a token answers; nothing for one that is unknown, used, revoked or too old.
///
/// # Errors
/// Only the database's own.
pub async fn invitation_of(db: &Database, token: &str, now: Timestamp) -> Result<Option<Invited>> {
    let query = statement("SELECT * FROM invitation_of($1, $2)", [hashed(token).into(), now.into()]);
    Ok(Invited::find_by_statement(query).one(db.before_scope()).await?)
}

/// Makes the actor a member; the organisation's word in addresses.
///
/// # Errors
/// `NotFound` for an invitation that is unknown, used, revoked, too old, or another address's.
pub async fn join(db: &Database, actor: &Actor, token: &str, now: Timestamp) -> Result<String> {
    let open = db.public_writing(Principal::Nobody, now).await?.by(actor.principal(None)).await?;
    join_in(open, actor.person().id, token).await
}

/// Makes an account of the address that the invitation was sent to, signs it in and makes it a member.
///
/// # Errors
/// `Invalid` for a name or a password that may not be; `NotFound` for an invitation that is unknown, used, revoked or
/// too old, and for an address that somebody signs in with already.
pub async fn join_as_new(db: &Database, token: &str, mut who: NewPerson, now: Timestamp) -> Result<(Token, String)> {
    let name = person_name(&who.name)?.to_owned();
    // Looked up first: hashing is dear, and a stranger could ask for it again and again.
    invitation_of(db, token, now).await?.filter(|invited| !invited.is_known).ok_or(Error::NotFound)?;
    let (id, hash) = (UserId::new(now), hash_password(std::mem::take(&mut who.password)).await?);
    let open = db.public_writing(Principal::Nobody, now).await?;
    let sql = "SELECT * FROM register_invited($1, $2, $3, $4, $5, $6)";
    let values = [hashed(token).into(), id.into(), name.into(), hash.into(), who.language.as_str().into(), now.into()];
    if open.run(sql, values).await? == 0 {
        return Err(Error::NotFound);
    }
    let (open, session) = begin_in(open, id, &who).await?;
    let slug = join_in(open, id, token).await?;
    Ok((session, slug))
}

/// What every new account begins with: a row of the audit, and its first session.
pub(super) async fn begin_in(open: Open, id: UserId, who: &NewPerson) -> Result<(Open, Token)> {
    let open = open.by(Principal::Recipient { user: id, address: who.address.clone() }).await?;
    let (before, after, subject) = (None::<()>, None::<()>, id.to_string());
    audit::record_installation(&open, audit::Change { verb: "person.registered", subject, before, after }).await?;
    let device: String = who.device.chars().take(200).collect();
    let (_, session) = open_session_in(&open, id, &device, &who.address).await?;
    Ok((open, session))
}

async fn join_in(open: Open, who: UserId, token: &str) -> Result<String> {
    let values = [hashed(token).into(), who.into(), open.now.into()];
    let joined: Option<Joined> = open.one("SELECT * FROM join_organisation($1, $2, $3)", values).await?;
    let Joined { organisation_id, invitation_id, slug, role } = joined.ok_or(Error::NotFound)?;
    let tx = open.enter(organisation_id).await?;
    let after = Some(serde_json::json!({ "role": role, "invitation": invitation_id }));
    let change = audit::Change { verb: "member.joined", subject: who.to_string(), before: None::<()>, after };
    audit::record_in(&tx, change).await?;
    tx.commit().await?;
    Ok(slug)
}

/// What a person may be called.
pub(super) fn person_name(name: &str) -> Result<&str> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Error::Invalid { field: "name", rule: Rule::Required }),
        1..=100 => Ok(name),
        _ => Err(Error::Invalid { field: "name", rule: Rule::Length { min: 1, max: 100 } }),
    }
}
