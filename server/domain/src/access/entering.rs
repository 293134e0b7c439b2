//! From a first proof of who somebody is to a session: at once, or by way of the second factor that they have set. No
//! session comes to be before it is shown.

use types::{Timestamp, UserId};

use super::{
    Foreigner, NewSession, Principal,
    checking::check_password,
    domains,
    factors::is_any_set_in,
    identities::link_in,
    origins,
    sessions::{Token, hashed, notice_in, open_session_in},
};
use crate::{Database, Error, Open, Result};

/// How long a sign-in waits for the second factor.
pub const PENDING_MINUTES: i64 = 5;

/// What a first proof leads to.
#[derive(Debug)]
pub enum Entry {
    /// They are signed in.
    In(Token),
    /// They are asked for their second factor: this names the sign-in that waits for it.
    Pending(Token),
}

impl Entry {
    /// The session's token.
    ///
    /// # Errors
    /// `FactorNeeded` where there is none yet.
    pub fn session(self) -> Result<Token> {
        match self {
            Self::In(token) => Ok(token),
            Self::Pending(_) => Err(Error::FactorNeeded),
        }
    }
}

/// Lets a person in who knows their password; the token is told once.
///
/// # Errors
/// `WrongPassword` for an unknown address as for a wrong password, after the same time.
pub async fn sign_in(db: &Database, mut ask: NewSession, now: Timestamp) -> Result<Entry> {
    let password = std::mem::take(&mut ask.password);
    let user = check_password(db, &ask, password, now).await?;
    let open = db.public_writing(Principal::Nobody, now).await?;
    let open = open.by(Principal::Recipient { user, address: ask.address.clone() }).await?;
    enter(open, user, &ask, Then::default()).await
}

/// What is done once they are in.
#[derive(Debug, Default)]
pub(super) struct Then {
    /// The hash of an offer: the identity behind it is linked.
    pub(super) offer: Option<Vec<u8>>,
    /// Who they are at the provider that they came by.
    pub(super) came_by: Option<Foreigner>,
}

impl Then {
    pub(super) fn came_by(who: &Foreigner) -> Self {
        Self { offer: None, came_by: Some(who.clone()) }
    }

    /// Links what this token offers.
    pub(super) fn linking(token: &str) -> Self {
        Self { offer: Some(hashed(token)), came_by: None }
    }
}

/// Opens the session of a person with one proof, or lets it wait for their second factor; makes all of it true.
pub(super) async fn enter(open: Open, user: UserId, from: &NewSession, then: Then) -> Result<Entry> {
    if is_any_set_in(&open, user).await? {
        return wait(open, user, then).await.map(Entry::Pending);
    }
    begin(open, user, from, then).await.map(Entry::In)
}

/// Opens the session of a person who has shown all that is asked of them, and makes it true.
pub(super) async fn begin(open: Open, user: UserId, from: &NewSession, then: Then) -> Result<Token> {
    let mut came_by = then.came_by;
    if let Some(offer) = then.offer {
        came_by = Some(link_in(&open, user, offer, from).await?);
    }
    let device: String = from.device.chars().take(200).collect();
    let (session, token) = open_session_in(&open, user, &device, &from.address).await?;
    notice_in(&open, (user, session), &device, from).await?;
    match came_by {
        Some(who) => {
            origins::keep_in(&open, (user, session), &who).await?;
            domains::admit(open, user, &who, &from.address).await?;
        }
        None => open.commit().await?,
    }
    Ok(token)
}

async fn wait(open: Open, user: UserId, then: Then) -> Result<Token> {
    let over = "DELETE FROM pending_sign_in WHERE user_id = $1 AND expires_at < $2";
    open.run(over, [user.into(), open.now.into()]).await?;
    let token = Token::fresh()?;
    let sql = "INSERT INTO pending_sign_in (token_sha256, user_id, offer_sha256, came_by, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let came_by = then.came_by.map(serde_json::to_value).transpose();
    let values = [
        hashed(token.reveal()).into(),
        user.into(),
        then.offer.into(),
        came_by.map_err(|error| Error::Corrupt(format!("a sign-in that waits: {error}")))?.into(),
        open.now.into(),
        open.now.plus_seconds(PENDING_MINUTES * 60).into(),
    ];
    open.run(sql, values).await?;
    open.commit().await?;
    Ok(token)
}
