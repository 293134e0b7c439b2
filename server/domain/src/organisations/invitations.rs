//! Asking people into an organisation by letter. Accepting stands in `access`, where there is no scope yet.

use sea_orm::FromQueryResult;
use types::{InvitationId, InvitationView, Invite, LetterKind, List, Role, Timestamp, UserId};

use super::members::{check_owner, owners_in};
use crate::{
    Database, Error, Result, Tx,
    access::{Permission, Recent, Scope, Token, hashed, policy::ManageMembers},
    audit,
    commands::{Command, once},
    mail::{self, Letter},
};

/// An invitation can be accepted for this long after its letter was written.
pub const INVITATION_HOURS: i64 = 72;
/// Its letter can be written again after this long.
const AGAIN_S: i64 = 60;
/// As many may be open at once.
const MOST_OPEN: usize = 100;
/// As many may be asked in a day, and as many letters may one of them get: each goes to a stranger.
const MOST_A_DAY: i64 = 200;
const MOST_LETTERS: i32 = 10;

#[derive(FromQueryResult)]
struct Asked {
    id: InvitationId,
}

#[derive(FromQueryResult)]
struct InvitationRow {
    id: InvitationId,
    email: String,
    role: Role,
    invited_by: Option<String>,
    sent_at: Timestamp,
    expires_at: Timestamp,
    n_letters: i32,
}

const OPEN: &str = "SELECT i.id, i.email, i.role, p.name AS invited_by, i.sent_at, i.expires_at,
        i.n_letters
    FROM invitation i LEFT JOIN person p ON p.id = i.invited_by
    WHERE i.organisation_id = $1 AND i.revoked_at IS NULL AND i.accepted_at IS NULL";

impl From<InvitationRow> for InvitationView {
    fn from(InvitationRow { id, email, role, invited_by, sent_at, expires_at, .. }: InvitationRow) -> Self {
        Self { id, email, role, invited_by, sent_at, expires_at }
    }
}

/// The invitations that nobody has answered, the latest first; those that expired stay until they are sent again or
/// revoked.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_invitations_in(tx: &Tx, scope: &Scope<ManageMembers>) -> Result<List<InvitationView>> {
    tx.admits(scope)?;
    let sql = format!("{OPEN} ORDER BY i.sent_at DESC, i.id LIMIT 200");
    let rows: Vec<InvitationRow> = tx.all(&sql, [tx.organisation().into()]).await?;
    Ok(List { items: rows.into_iter().map(InvitationView::from).collect(), next_cursor: None })
}

/// Asks somebody into the organisation, by a letter in `language`.
///
/// # Errors
/// `Invalid` for what is no address; `Forbidden` for an owner's role where the actor is none; a conflict for who is a
/// member or asked already, and for more than a hundred at once.
pub async fn invite(
    db: &Database,
    scope: &Scope<ManageMembers>,
    _: Recent,
    command: Command,
    (ask, language): (Invite, &str),
    now: Timestamp,
) -> Result<InvitationView> {
    let email = mail::address(&ask.email)?;
    let tx = db.begin(scope, now).await?;
    once(tx, command, async |tx| {
        check_owner(tx, &owners_in(tx).await?, [ask.role])?;
        check_wanted_in(tx, &email).await?;
        let id = insert_in(tx, &email, ask.role).await?;
        write_in(tx, id, language).await?;
        let after = Some(serde_json::json!({ "email": email, "role": ask.role }));
        let subject = id.to_string();
        audit::record_in(tx, audit::Change { verb: "member.invited", subject, before: None::<()>, after }).await?;
        open_in(tx, id).await.map(InvitationView::from)
    })
    .await
}

/// Writes the letter once more, with another token: the one before no longer works.
///
/// # Errors
/// `NotFound` for an invitation that was answered or revoked; a conflict within a minute of the letter before.
pub async fn resend_invitation(
    db: &Database,
    scope: &Scope<ManageMembers>,
    _: Recent,
    (id, language): (InvitationId, &str),
    now: Timestamp,
) -> Result<InvitationView> {
    let tx = db.begin(scope, now).await?;
    let row = open_in(&tx, id).await?;
    check_owner(&tx, &owners_in(&tx).await?, [row.role])?;
    if now.seconds_since(row.sent_at) < AGAIN_S {
        return Err(Error::Conflict("invitation-just-sent"));
    }
    if row.n_letters >= MOST_LETTERS {
        return Err(Error::Conflict("invitation-letters-many"));
    }
    write_in(&tx, id, language).await?;
    let change = audit::Change {
        verb: "invitation.resent",
        subject: id.to_string(),
        before: None::<()>,
        after: Some(serde_json::json!({ "email": row.email })),
    };
    audit::record_in(&tx, change).await?;
    let row = open_in(&tx, id).await?;
    tx.commit().await?;
    Ok(row.into())
}

/// Takes an invitation back: its letter no longer works.
///
/// # Errors
/// `NotFound` for an invitation that was answered or revoked.
pub async fn revoke_invitation(
    db: &Database,
    scope: &Scope<ManageMembers>,
    id: InvitationId,
    now: Timestamp,
) -> Result<InvitationView> {
    let tx = db.begin(scope, now).await?;
    let row = open_in(&tx, id).await?;
    revoke_in(&tx, id).await?;
    tx.commit().await?;
    Ok(row.into())
}

async fn open_in(tx: &Tx, id: InvitationId) -> Result<InvitationRow> {
    tx.one(&format!("{OPEN} AND i.id = $2"), [tx.organisation().into(), id.into()]).await?.ok_or(Error::NotFound)
}

async fn revoke_in(tx: &Tx, id: InvitationId) -> Result<()> {
    let sql = "UPDATE invitation SET revoked_at = $3
               WHERE organisation_id = $1 AND id = $2 AND revoked_at IS NULL AND accepted_at IS NULL";
    if tx.run(sql, [tx.organisation().into(), id.into(), tx.now.into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    let (subject, before, after) = (id.to_string(), None::<()>, None::<()>);
    audit::record_in(tx, audit::Change { verb: "invitation.revoked", subject, before, after }).await
}

/// Takes back what a member could not ask any more, now that they have this role or none: otherwise who was removed
/// comes back by a letter of their own.
pub(super) async fn revoke_of_in(tx: &Tx, member: UserId, role: Option<Role>) -> Result<()> {
    let sql = "SELECT i.id FROM invitation i WHERE i.organisation_id = $1 AND i.invited_by = $2
               AND i.revoked_at IS NULL AND i.accepted_at IS NULL AND ($3 OR i.role = 'owner')";
    if role == Some(Role::Owner) {
        return Ok(());
    }
    let may_manage = role.is_some_and(|role| ManageMembers::missing(Some(role), &[]).is_none());
    let rows: Vec<Asked> = tx.all(sql, [tx.organisation().into(), member.into(), (!may_manage).into()]).await?;
    for row in rows {
        revoke_in(tx, row.id).await?;
    }
    Ok(())
}

/// Refuses who is in or asked already; one that expired makes room.
async fn check_wanted_in(tx: &Tx, email: &str) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Counted {
        n: i64,
    }
    let sql = "SELECT count(*) AS n FROM member m JOIN person p ON p.id = m.user_id
               WHERE m.organisation_id = $1 AND p.email = $2";
    let members: Option<Counted> = tx.one(sql, [tx.organisation().into(), email.into()]).await?;
    if members.is_some_and(|members| members.n > 0) {
        return Err(Error::Conflict("member-already"));
    }
    let rows: Vec<InvitationRow> = tx.all(OPEN, [tx.organisation().into()]).await?;
    match rows.iter().find(|row| row.email == email) {
        Some(row) if row.expires_at > tx.now => return Err(Error::Conflict("invited-already")),
        Some(row) => revoke_in(tx, row.id).await?,
        None => {}
    }
    let sql = "SELECT count(*) AS n FROM invitation WHERE organisation_id = $1 AND created_at > $2";
    let today: Option<Counted> = tx.one(sql, [tx.organisation().into(), tx.now.plus_seconds(-86_400).into()]).await?;
    if rows.len() >= MOST_OPEN || today.is_some_and(|today| today.n >= MOST_A_DAY) {
        return Err(Error::Conflict("invitations-many"));
    }
    Ok(())
}

async fn insert_in(tx: &Tx, email: &str, role: Role) -> Result<InvitationId> {
    let id = InvitationId::new(tx.now);
    let sql = "INSERT INTO invitation (organisation_id, id, email, role, token_sha256, invited_by, created_at, sent_at,
                   expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7)";
    let values = [
        tx.organisation().into(),
        id.into(),
        email.into(),
        role.word().into(),
        // Until its letter is written nobody has a token for it.
        hashed(Token::fresh()?.reveal()).into(),
        tx.principal.user().map(types::UserId::uuid).into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    Ok(id)
}

/// Gives the invitation a token and writes the letter that has it.
async fn write_in(tx: &Tx, id: InvitationId, language: &str) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Facts {
        email: String,
        role: Role,
        organisation: String,
        invited_by: String,
    }
    let (token, until) = (Token::fresh()?, tx.now.plus_seconds(INVITATION_HOURS * 3600));
    let sql = "UPDATE invitation i SET token_sha256 = $3, sent_at = $4, expires_at = $5, n_letters = n_letters + 1
               FROM organisation o, person p
               WHERE i.organisation_id = $1 AND i.id = $2 AND o.id = i.organisation_id AND p.id = $6
               RETURNING i.email, i.role, o.name AS organisation, p.name AS invited_by";
    let values = [
        tx.organisation().into(),
        id.into(),
        hashed(token.reveal()).into(),
        tx.now.into(),
        until.into(),
        tx.principal.user().map(types::UserId::uuid).into(),
    ];
    let facts: Facts = tx.one(sql, values).await?.ok_or(Error::NotFound)?;
    let arguments = [
        ("organisation", facts.organisation),
        ("invited_by", facts.invited_by),
        ("role", facts.role.word().to_owned()),
        ("token", token.reveal().to_owned()),
        ("until", until.to_string()),
    ];
    mail::post_in(tx, Letter::new(LetterKind::Invitation, (&facts.email, Some(language)), arguments, until)).await
}
