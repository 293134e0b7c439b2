//! Signing in with an account that people have elsewhere: OpenID Connect, and GitHub's OAuth. It speaks to providers
//! and judges what they say; who the person is here, cookies and sessions are its caller's, and what must outlive the
//! process stands in `Pending`. In the order of a sign-in: `settings`, `provider`, `exchange`, `token`, `claims`.

mod claims;
mod discovery;
mod error;
mod exchange;
mod github;
mod http;
mod kept;
mod logout;
mod provider;
mod settings;
mod token;

use std::path::Path;

use self::http::Http;
pub use self::{
    error::{Doubt, Error},
    logout::SignedOut,
    provider::{Callback, Identity, Pending, Provider},
    settings::{Kind, Settings, Tenants},
};

/// How far a provider's clock may be from ours, in seconds.
const SKEW_S: i64 = 60;

/// The providers that people may sign in with, in the order of the file that names them.
#[derive(Debug, Default)]
pub struct Providers(Vec<Provider>);

impl Providers {
    /// As a file says; `allows_loopback` lets them be plain HTTP on this machine, for development.
    ///
    /// # Errors
    /// When the file or a secret's file cannot be read, or says what cannot be.
    pub fn read(path: &Path, allows_loopback: bool) -> anyhow::Result<Self> {
        Self::new(settings::read(path, allows_loopback)?)
    }

    /// These.
    ///
    /// # Errors
    /// When this machine names no certificate authority to trust.
    pub fn new(all: Vec<Settings>) -> anyhow::Result<Self> {
        if all.is_empty() {
            return Ok(Self::default());
        }
        let http = Http::new()?;
        Ok(Self(all.into_iter().map(|settings| Provider::new(settings, http.clone())).collect()))
    }

    /// The one with this word in its addresses.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&Provider> {
        self.0.iter().find(|provider| provider.settings().slug == slug)
    }

    /// All, as they are offered.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter()
    }
}
