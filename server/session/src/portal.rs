//! What every handler shares: the database, the clock and the settings.

use std::{fmt, sync::Arc};

use domain::{
    Clock, Database, Error,
    access::{
        self, Actor, Entry, NewSession, Proof, Recent, Token, Tried,
        factors::{self, Answered, Asked, RelyingParty},
    },
    payments::Gateway,
    secrets::SecretKeys,
};
use openid::Providers;
use types::Timestamp;

use crate::{
    Networks, Refused,
    tries::{asked, factor_of},
};

/// The state that the extractors need; cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal {
    /// The pools of the three roles.
    pub db: Database,
    /// Where each request's one `now` comes from.
    pub clock: Clock,
    /// What was set when the program started.
    pub settings: Arc<Settings>,
    /// Where people may sign in besides.
    pub providers: Arc<Providers>,
    /// What secrets that have to be read back are sealed with.
    pub keys: SecretKeys,
    /// Who takes cards; nothing where the hub takes none.
    pub cards: Option<Cards>,
}

/// The port to who takes cards; cheap to clone.
#[derive(Clone)]
pub struct Cards(pub Arc<dyn Gateway>);

impl fmt::Debug for Cards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cards(…)")
    }
}

impl Portal {
    /// Lets a person in as far as their password does, unless the account or the address tried too often in vain.
    ///
    /// # Errors
    /// `WrongPassword`, or a refusal that says how long to wait.
    pub async fn sign_in(&self, ask: NewSession, now: Timestamp) -> Result<Entry, Refused> {
        let (account, address) = (Tried::account(&ask.email), ask.address.clone());
        self.trying(&[account], &address, now, access::sign_in(&self.db, ask, now)).await
    }

    /// Opens a session for a program, which brings the code of a second factor with the password.
    ///
    /// # Errors
    /// `WrongPassword`, `FactorNeeded` or `WrongFactor`, or a refusal that says how long to wait.
    pub async fn sign_in_at_once(&self, ask: NewSession, code: Option<&str>, now: Timestamp) -> Result<Token, Refused> {
        let from = NewSession { password: String::new(), ..ask.clone() };
        match (self.sign_in(ask, now).await?, code) {
            (Entry::Pending(pending), Some(code)) => self.finish_sign_in(pending.reveal(), code, &from, now).await,
            (entry, _) => Ok(entry.session()?),
        }
    }

    /// Finishes a sign-in with the code of a second factor, unless its person or the address tried too often in vain.
    ///
    /// # Errors
    /// `WrongFactor`, `NotFound` for a sign-in that is over, or a refusal that says how long to wait.
    pub async fn finish_sign_in(
        &self,
        pending: &str,
        code: &str,
        from: &NewSession,
        now: Timestamp,
    ) -> Result<Token, Refused> {
        let waiting = factors::waiting(&self.db, pending, now).await?.ok_or(Error::NotFound)?;
        let work = factors::finish_with_code(&self.db, &self.keys, (pending, code), from, now);
        self.trying(&[factor_of(waiting.user)], &from.address, now, work).await
    }

    /// Links the offered identity to an account and lets its person in, unless the account or the address tried too often in
    /// vain.
    ///
    /// # Errors
    /// `WrongPassword`, `NotFound` for an offer that is over, or a refusal that says how long to wait.
    pub async fn link(&self, token: &str, ask: NewSession, now: Timestamp) -> Result<Entry, Refused> {
        let (account, address) = (Tried::account(&ask.email), ask.address.clone());
        self.trying(&[account], &address, now, access::link(&self.db, token, ask, now)).await
    }

    /// Sets another password of a person's own, unless they tried too often in vain.
    ///
    /// # Errors
    /// `WrongPassword`, `Invalid`, or a refusal that says how long to wait.
    pub async fn change_password(
        &self,
        actor: &Actor,
        present: String,
        wanted: String,
        language: &str,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let person = actor.person();
        let work = access::change_password(&self.db, actor, present, wanted, language, now);
        self.trying(&[Tried::account(&person.email)], &person.address, now, work).await
    }

    /// Takes a person's password once more, and their second factor where they have set one, unless they tried too often
    /// in vain.
    ///
    /// # Errors
    /// `WrongPassword`, `WrongFactor`, or a refusal that says how long to wait.
    pub async fn prove_again(&self, actor: &Actor, proof: Proof, now: Timestamp) -> Result<Token, Refused> {
        let person = actor.person();
        let work = access::prove_again(&self.db, &self.keys, actor, proof, now);
        self.trying(&[Tried::account(&person.email), factor_of(person.id)], &person.address, now, work).await
    }

    /// Sends the way to a new password, unless the account or the address asked too often.
    ///
    /// # Errors
    /// A refusal that says how long to wait.
    pub async fn ask_for_reset(
        &self,
        email: &str,
        (address, language): (&str, &str),
        now: Timestamp,
    ) -> Result<(), Refused> {
        let work = access::ask_for_reset(&self.db, email, language, now);
        self.asking(&asked("reset", email, address), now, work).await
    }

    /// Sends the way to an account, unless the account or the address asked too often.
    ///
    /// # Errors
    /// `Invalid` for what is no address, or a refusal that says how long to wait.
    pub async fn ask_to_register(
        &self,
        email: &str,
        (address, language): (&str, &str),
        now: Timestamp,
    ) -> Result<(), Refused> {
        let work = access::ask_to_register(&self.db, email, language, now);
        self.asking(&asked("register", email, address), now, work).await
    }

    /// Sends a letter to the address that a person wants to sign in with, unless they or the address asked too often.
    ///
    /// # Errors
    /// `Invalid` for what is no address, a conflict for the one that they have, or a refusal that says how long to wait.
    pub async fn ask_for_address(
        &self,
        actor: &Actor,
        recent: Recent,
        (email, language): (&str, &str),
        now: Timestamp,
    ) -> Result<(), Refused> {
        let work = access::ask_for_address(&self.db, actor, recent, (email, language), now);
        self.asking(&asked("address", email, &actor.person().address), now, work).await
    }

    /// For what name passkeys are made; nothing where browsers make none.
    #[must_use]
    pub fn party(&self) -> Option<RelyingParty> {
        RelyingParty::at(&self.settings.base_url)
    }

    /// Asks a browser for any passkey that it has for us, unless its address left too many such questions without an answer.
    ///
    /// # Errors
    /// `NotFound` where browsers make no passkeys, or a refusal that says how long to wait.
    pub async fn ask_for_passkey(&self, address: &str, now: Timestamp) -> Result<Asked, Refused> {
        let party = self.party().ok_or(Error::NotFound)?;
        let work = factors::begin_alone(&self.db, &party, now);
        self.asking(&[Tried::question(address)], now, work).await
    }

    /// Opens a session for the person whose passkey answers. Nothing of it can be guessed, so no answer is counted.
    ///
    /// # Errors
    /// `WrongFactor` for an answer that does not hold; `NotFound` where browsers make no passkeys.
    pub async fn sign_in_with_passkey(
        &self,
        answered: Answered<'_>,
        from: &NewSession,
        now: Timestamp,
    ) -> domain::Result<Token> {
        let party = self.party().ok_or(Error::NotFound)?;
        let token = factors::sign_in_with_passkey(&self.db, &party, answered, from, now).await?;
        self.forgive(&[], &[Tried::question(&from.address)]).await;
        Ok(token)
    }

    /// Links the offered identity to the account of the person whose passkey answers, and opens a session for them.
    ///
    /// # Errors
    /// `WrongFactor` for an answer that does not hold; `NotFound` for an offer that is over or another account's, and where
    /// browsers make no passkeys.
    pub async fn link_with_passkey(
        &self,
        offer: &str,
        answered: Answered<'_>,
        from: &NewSession,
        now: Timestamp,
    ) -> domain::Result<Token> {
        let party = self.party().ok_or(Error::NotFound)?;
        let token = factors::link_with_passkey(&self.db, &party, (offer, answered), from, now).await?;
        self.forgive(&[], &[Tried::question(&from.address)]).await;
        Ok(token)
    }
}

/// What handlers need to know of the installation's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address under which people reach the portal, without a slash at the end: `https://gpu.example.org`.
    pub base_url: String,
    /// Proxies whose word on the client's address counts.
    pub trusted_proxies: Networks,
    /// Whether the cluster is simulated, which every page says.
    pub simulated: bool,
    /// Whether staff act for the hub only with a second factor.
    pub staff_need_factor: bool,
    /// Whether letters stay where the portal runs, to be read at `/dev/mail`.
    pub mailbox: bool,
}

impl Settings {
    /// Whether browsers reach the portal over TLS, so that its cookies are for TLS alone.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}
