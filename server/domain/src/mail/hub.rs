//! Letters to people of the hub: whoever may do what is to be done. Who writes them does not learn who that is.

use sea_orm::FromQueryResult;
use serde_json::Value;
use types::{LetterKind, StaffRole, UserId};

use super::NOTICE_S;
use crate::{Error, Open, Result, Tx, access::Permission};

/// What an organisation is called, and its word in addresses.
#[derive(FromQueryResult)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) slug: String,
}

/// How letters to the hub name the organisation that they are about.
pub(crate) async fn named_in(tx: &Tx) -> Result<Named> {
    let sql = "SELECT name, slug FROM organisation WHERE id = $1";
    tx.one(sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)
}

/// Writes to everybody of the hub who may do `P`, but not to who acts; their name and the actor's (`by`) are added.
pub(crate) async fn post_to_staff_in<P: Permission>(open: &Open, kind: LetterKind, facts: Value) -> Result<()> {
    let roles = StaffRole::ALL.iter().filter(|role| P::missing(None, &[**role]).is_none());
    let roles: Vec<String> = roles.map(|role| role.word().to_owned()).collect();
    let actor = open.principal.user().map(UserId::uuid);
    let values = [
        roles.into(),
        actor.into(),
        kind.word().into(),
        facts.into(),
        open.now.into(),
        open.now.plus_seconds(NOTICE_S).into(),
    ];
    open.run("SELECT write_to_staff($1, $2, $3, $4, $5, $6)", values).await.map(drop)
}
