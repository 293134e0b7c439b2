//! Passkeys that are shown: after the password, alone, and to prove once more who one is.

use sea_orm::FromQueryResult;
use types::{Timestamp, UserId};
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyAuthentication, PublicKeyCredential};

use super::{
    ceremony::{self, Answered, Asked, Asker, Purpose, RelyingParty, broken, refused},
    passkeys::{Kept, asker, of_person_in, used_in},
    second::{finish, resume},
};
use crate::{
    Database, Error, Open, Result,
    access::{
        Actor, NewSession, Principal, Token,
        entering::{Then, begin},
        proving::renew,
    },
    database::statement,
};

/// Asks for a passkey of the person whose sign-in waits.
///
/// # Errors
/// `NotFound` for a sign-in that is over, and for who has no passkey.
pub async fn begin_second(db: &Database, party: &RelyingParty, pending: &str, now: Timestamp) -> Result<Asked> {
    let user = super::waiting(db, pending, now).await?.ok_or(Error::NotFound)?.user;
    let open = db.myself(user, now).await?;
    ask(db, party, Purpose::Second, Asker { user: Some(user), session: None }, (open, user)).await
}

/// Finishes a sign-in that waits with a passkey. Of `from` only device, address and language count.
///
/// # Errors
/// `WrongFactor` for an answer that does not hold; `NotFound` for a sign-in that is over.
pub async fn finish_with_passkey(
    db: &Database,
    party: &RelyingParty,
    (pending, answered): (&str, Answered<'_>),
    from: &NewSession,
    now: Timestamp,
) -> Result<Token> {
    let user = super::waiting(db, pending, now).await?.ok_or(Error::NotFound)?.user;
    let of = Asker { user: Some(user), session: None };
    // Ended before a transaction is open: one request waits for one connection at a time.
    let ended = ceremony::end(db, Purpose::Second, of, answered, now).await?;
    let (open, user) = resume(db, pending, from, now).await?;
    check_in(&open, party, ended).await?;
    finish(open, pending, user, from).await
}

/// Asks a person who is signed in for a passkey of theirs.
///
/// # Errors
/// `NotFound` for who has none.
pub async fn begin_proof(db: &Database, party: &RelyingParty, actor: &Actor, now: Timestamp) -> Result<Asked> {
    let user = actor.person().id;
    let open = db.myself(user, now).await?;
    ask(db, party, Purpose::Prove, asker(actor), (open, user)).await
}

/// Notes that the person proved once more who they are, by a passkey alone: it is both of two factors. The session goes on
/// with another token.
///
/// # Errors
/// `WrongFactor` for an answer that does not hold.
pub async fn prove_with_passkey(
    db: &Database,
    party: &RelyingParty,
    actor: &Actor,
    answered: Answered<'_>,
    now: Timestamp,
) -> Result<Token> {
    let ended = ceremony::end(db, Purpose::Prove, asker(actor), answered, now).await?;
    let open = db.myself(actor.person().id, now).await?.by(actor.principal(None)).await?;
    check_in(&open, party, ended).await?;
    renew(open, actor).await
}

/// Asks a browser for any passkey that it has for us; which one says whose it is.
///
/// # Errors
/// Only the database's own.
pub async fn begin_alone(db: &Database, party: &RelyingParty, now: Timestamp) -> Result<Asked> {
    let begun = party.0.start_discoverable_authentication().map_err(broken)?;
    ceremony::begin(db, Purpose::Alone, Asker::default(), begun, now).await
}

/// Opens a session for the person whose passkey answers. Of `from` only device, address and language count.
///
/// # Errors
/// `WrongFactor` for an answer that does not hold.
pub async fn sign_in_with_passkey(
    db: &Database,
    party: &RelyingParty,
    answered: Answered<'_>,
    from: &NewSession,
    now: Timestamp,
) -> Result<Token> {
    enter_alone(db, party, answered, (from, Then::default()), now).await
}

/// Links the offered identity to the account of the person whose passkey answers, and opens a session for them. Of `from`
/// only device, address and language count.
///
/// # Errors
/// `WrongFactor` for an answer that does not hold; `NotFound` for an offer that is unknown, used, too old, or another
/// account's.
pub async fn link_with_passkey(
    db: &Database,
    party: &RelyingParty,
    (offer, answered): (&str, Answered<'_>),
    from: &NewSession,
    now: Timestamp,
) -> Result<Token> {
    enter_alone(db, party, answered, (from, Then::linking(offer)), now).await
}

async fn enter_alone(
    db: &Database,
    party: &RelyingParty,
    answered: Answered<'_>,
    (from, then): (&NewSession, Then),
    now: Timestamp,
) -> Result<Token> {
    let ended = ceremony::end(db, Purpose::Alone, Asker::default(), answered, now).await?;
    let (state, credential): (DiscoverableAuthentication, PublicKeyCredential) = ended;
    let (user, id) = party.0.identify_discoverable_authentication(&credential).map_err(refused)?;
    let user = UserId::from_uuid(user);
    let query = statement("SELECT * FROM passkey_of($1, $2)", [id.to_vec().into(), user.into()]);
    let kept = Kept::find_by_statement(query).one(db.before_scope()).await?.ok_or(Error::WrongFactor)?;
    let checked = party.0.finish_discoverable_authentication_v2(&credential, state, &kept.key()?).map_err(refused)?;
    let open = db.public_writing(Principal::Nobody, now).await?;
    let open = open.by(Principal::Recipient { user, address: from.address.clone() }).await?;
    used_in(&open, &checked).await?;
    begin(open, user, from, then).await
}

async fn ask(
    db: &Database,
    party: &RelyingParty,
    purpose: Purpose,
    of: Asker,
    (open, user): (Open, UserId),
) -> Result<Asked> {
    let (passkeys, now) = (of_person_in(&open, user).await?, open.now);
    drop(open);
    if passkeys.is_empty() {
        return Err(Error::NotFound);
    }
    let begun = party.0.start_passkey_authentication(&passkeys).map_err(broken)?;
    ceremony::begin(db, purpose, of, begun, now).await
}

async fn check_in(
    open: &Open,
    party: &RelyingParty,
    (state, credential): (PasskeyAuthentication, PublicKeyCredential),
) -> Result<()> {
    let checked = party.0.finish_passkey_authentication(&credential, &state).map_err(refused)?;
    used_in(open, &checked).await
}
