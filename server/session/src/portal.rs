//! What every handler shares: the database, the clock and the settings.

use std::sync::Arc;

use domain::{
    Clock, Database, Error,
    access::{self, Actor, Entry, NewSession, Proof, Recent, Token, factors, factors::RelyingParty},
    secrets::SecretKeys,
};
use openid::Providers;
use types::{Timestamp, UserId};

use crate::{Attempts, Networks, Refused, attempts::Tried};

/// The state that the extractors need; cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal {
    /// The pools of the three roles.
    pub db: Database,
    /// Where each request's one `now` comes from.
    pub clock: Clock,
    /// What was set when the program started.
    pub settings: Arc<Settings>,
    /// Who tried passwords in vain.
    pub attempts: Attempts,
    /// Where people may sign in besides.
    pub providers: Arc<Providers>,
    /// What secrets that have to be read back are sealed with.
    pub keys: SecretKeys,
}

impl Portal {
    /// Lets a person in as far as their password does, unless the account or the address tried too often in vain.
    ///
    /// # Errors
    /// `WrongPassword`, or a refusal that says how long to wait.
    pub async fn sign_in(&self, ask: NewSession, now: Timestamp) -> Result<Entry, Refused> {
        let (email, address) = (ask.email.trim().to_lowercase(), ask.address.clone());
        self.trying(vec![email], address, now, access::sign_in(&self.db, ask, now)).await
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
        self.trying(vec![factor_of(waiting.user)], from.address.clone(), now, work).await
    }

    /// Links the offered identity to an account and lets its person in, unless the account or the address tried too often in
    /// vain.
    ///
    /// # Errors
    /// `WrongPassword`, `NotFound` for an offer that is over, or a refusal that says how long to wait.
    pub async fn link(&self, token: &str, ask: NewSession, now: Timestamp) -> Result<Entry, Refused> {
        let (email, address) = (ask.email.clone(), ask.address.clone());
        self.trying(vec![email], address, now, access::link(&self.db, token, ask, now)).await
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
        let (email, address) = (actor.person().email.clone(), actor.person().address.clone());
        let work = access::change_password(&self.db, actor, present, wanted, language, now);
        self.trying(vec![email], address, now, work).await
    }

    /// Takes a person's password once more, and their second factor where they have set one, unless they tried too often
    /// in vain.
    ///
    /// # Errors
    /// `WrongPassword`, `WrongFactor`, or a refusal that says how long to wait.
    pub async fn prove_again(&self, actor: &Actor, proof: Proof, now: Timestamp) -> Result<Token, Refused> {
        let (person, address) = (actor.person(), actor.person().address.clone());
        let work = access::prove_again(&self.db, &self.keys, actor, proof, now);
        self.trying(vec![person.email.clone(), factor_of(person.id)], address, now, work).await
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
        self.attempts.begin(&asked("reset", email, address), now)?;
        Ok(access::ask_for_reset(&self.db, email, language, now).await?)
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
        let tried = asked("register", email, address);
        self.attempts.begin(&tried, now)?;
        let outcome = access::ask_to_register(&self.db, email, language, now).await;
        if outcome.is_err() {
            self.attempts.take_back(&tried);
        }
        Ok(outcome?)
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
        let tried = asked("address", email, &actor.person().address);
        self.attempts.begin(&tried, now)?;
        let outcome = access::ask_for_address(&self.db, actor, recent, (email, language), now).await;
        if outcome.is_err() {
            self.attempts.take_back(&tried);
        }
        Ok(outcome?)
    }

    /// For what name passkeys are made; nothing where browsers make none.
    #[must_use]
    pub fn party(&self) -> Option<RelyingParty> {
        RelyingParty::at(&self.settings.base_url)
    }

    /// Does what takes a password or a code, unless one of the accounts or the address tried too often in vain.
    async fn trying<T>(
        &self,
        accounts: Vec<String>,
        address: String,
        now: Timestamp,
        work: impl Future<Output = domain::Result<T>>,
    ) -> Result<T, Refused> {
        let mut tried: Vec<_> = accounts.into_iter().map(Tried::Account).collect();
        let n_accounts = tried.len();
        tried.push(Tried::Address(address));
        self.attempts.begin(&tried, now)?;
        let outcome = work.await;
        match &outcome {
            // The address alone: what was typed as an account may be a password.
            Err(Error::WrongPassword) => tracing::warn!(address = ?tried[n_accounts], "a password was wrong"),
            Err(Error::WrongFactor) => tracing::warn!(address = ?tried[n_accounts], "a second factor was wrong"),
            Ok(_) => {
                tried[..n_accounts].iter().for_each(|account| self.attempts.forget(account));
                self.attempts.take_back(&tried[n_accounts..]);
            }
            Err(_) => self.attempts.take_back(&tried),
        }
        Ok(outcome?)
    }
}

/// Codes are counted apart from passwords: whoever knows the password forgets no guess of a code by showing it.
fn factor_of(user: UserId) -> String {
    format!("factor {user}")
}

/// A letter that somebody asked for counts as a try: there is no other end to them.
fn asked(what: &str, email: &str, address: &str) -> [Tried; 2] {
    [Tried::Account(format!("{what} {}", email.trim().to_lowercase())), Tried::Address(address.to_owned())]
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
