//! Coming into an organisation by the domain of an address that a provider vouches for. Claiming and confirming a domain
//! stands in `organisations`.

use sea_orm::FromQueryResult;
use types::{DomainId, LetterKind, OrganisationId, Role, UserId};

use super::{Foreigner, Principal};
use crate::{Open, Result, Tx, audit, organisations};

#[derive(FromQueryResult)]
struct Joined {
    organisation_id: OrganisationId,
    domain_id: DomainId,
    role: Role,
}

#[derive(FromQueryResult)]
struct Newcomer {
    email: String,
    name: String,
}

/// Makes a person a member where their domain lets them in, and makes all of it true. Who was removed or left stays out
/// until somebody invites them.
pub(super) async fn admit(open: Open, user: UserId, who: &Foreigner, address: &str) -> Result<()> {
    let host = who.proven_email.as_deref().and_then(organisations::domain_of);
    let Some(host) = host else { return open.commit().await };
    let values = [user.into(), who.origin.provider.as_str().into(), host.as_str().into(), open.now.into()];
    let joined: Option<Joined> = open.one("SELECT * FROM join_by_domain($1, $2, $3, $4)", values).await?;
    let Some(joined) = joined else { return open.commit().await };
    let open = open.by(Principal::Recipient { user, address: address.to_owned() }).await?;
    let tx = open.enter(joined.organisation_id).await?;
    let after = Some(serde_json::json!({ "role": joined.role, "domain": host, "claim": joined.domain_id }));
    let change = audit::Change { verb: "member.joined", subject: user.to_string(), before: None::<()>, after };
    audit::record_in(&tx, change).await?;
    tell_owners_in(&tx, user, &joined, &host).await?;
    tx.commit().await
}

async fn tell_owners_in(tx: &Tx, user: UserId, joined: &Joined, host: &str) -> Result<()> {
    let person = "SELECT email, name FROM person WHERE id = $1";
    let Some(newcomer) = tx.one::<Newcomer, 1>(person, [user.into()]).await? else { return Ok(()) };
    let facts = [
        ("member", newcomer.name),
        ("email", newcomer.email),
        ("domain", host.to_owned()),
        ("role", joined.role.word().to_owned()),
    ];
    organisations::tell_owners_in(tx, LetterKind::MemberJoined, facts).await
}
