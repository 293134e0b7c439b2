//! What may be tried only so often: passwords, codes, letters and questions for passkeys. The counts are the domain's.

use domain::{
    Error,
    access::{Tried, begin_tries, forgive_tries},
};
use types::{Timestamp, UserId};

use crate::{Portal, Refused};

impl Portal {
    /// Does what takes a password or a code, unless one of the accounts or the address tried too often in vain.
    pub(crate) async fn trying<T>(
        &self,
        accounts: &[Tried],
        address: &str,
        now: Timestamp,
        work: impl Future<Output = domain::Result<T>>,
    ) -> Result<T, Refused> {
        let tried: Vec<_> = accounts.iter().cloned().chain([Tried::address(address)]).collect();
        begin_tries(&self.db, &tried, now).await?;
        let outcome = work.await;
        match &outcome {
            // The address alone: what was typed as an account may be a password.
            Err(Error::WrongPassword) => tracing::warn!(address, "a password was wrong"),
            Err(Error::WrongFactor) => tracing::warn!(address, "a second factor was wrong"),
            Ok(_) => self.forgive(accounts, &[Tried::address(address)]).await,
            Err(_) => self.forgive(&[], &tried).await,
        }
        Ok(outcome?)
    }

    /// Does what counts as a try when it is done, since nothing tells when it was in vain, unless a name did it too often.
    pub(crate) async fn asking<T>(
        &self,
        tried: &[Tried],
        now: Timestamp,
        work: impl Future<Output = domain::Result<T>>,
    ) -> Result<T, Refused> {
        begin_tries(&self.db, tried, now).await?;
        let outcome = work.await;
        if outcome.is_err() {
            self.forgive(&[], tried).await;
        }
        Ok(outcome?)
    }

    /// What stays counted slows its people down and keeps nobody's answer from them.
    pub(crate) async fn forgive(&self, wholly: &[Tried], one: &[Tried]) {
        if let Err(error) = forgive_tries(&self.db, wholly, one).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "tries stay counted");
        }
    }
}

/// Codes are counted apart from passwords: whoever knows the password forgets no guess of a code by showing it.
pub(crate) fn factor_of(user: UserId) -> Tried {
    Tried::account(&format!("factor {user}"))
}

/// A letter that somebody asked for counts as a try: there is no other end to them.
pub(crate) fn asked(what: &str, email: &str, address: &str) -> [Tried; 2] {
    [Tried::account(&format!("{what} {}", email.trim())), Tried::address(address)]
}
