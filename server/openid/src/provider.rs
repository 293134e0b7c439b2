//! One provider at work: a sign-in begins with an address to send the browser to, and is finished by what the browser
//! brings back.

use std::{borrow::Cow, fmt};

use jiff::{SignedDuration, Timestamp};
use oauth2::{
    AccessToken, AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, TokenResponse,
    url::Url,
};
use openidconnect::Nonce;
use serde::{Deserialize, Serialize};

use super::{
    Doubt, Error, Kind, SKEW_S, Settings,
    claims::{Claims, Profile, text},
    discovery::{Directory, Metadata},
    exchange::printable,
    github,
    http::Http,
};

/// How long a person may be away at the provider, in seconds.
const PENDING_S: i64 = 600;

/// A provider that people may sign in with.
#[derive(Debug)]
pub struct Provider {
    pub(super) settings: Settings,
    pub(super) http: Http,
    pub(super) directory: Directory,
}

/// A sign-in that was begun, to be kept where only the browser that began it can show it again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pending {
    /// The provider's slug.
    pub provider: String,
    /// Where the browser comes back to.
    pub redirect_uri: RedirectUrl,
    /// What the provider repeats to the browser.
    pub state: CsrfToken,
    /// What the provider repeats in the ID token.
    pub nonce: Nonce,
    /// What proves at the provider that who began finishes.
    pub verifier: PkceCodeVerifier,
    /// When it was begun.
    pub at: Timestamp,
    /// Whether the provider is to ask anew who they are, and to say that it did.
    #[serde(default)]
    pub again: bool,
}

/// The query that the browser brings back.
#[derive(Deserialize)]
pub struct Callback {
    /// What we gave the browser to take along.
    pub state: Option<String>,
    /// What is exchanged for the person's identity, once.
    pub code: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Who somebody is at a provider. The key is `issuer` and `subject`, never an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who says so.
    pub issuer: String,
    /// Whom they mean: for ever the same, within the issuer.
    pub subject: String,
    /// An address, theirs only if it is verified.
    pub email: Option<String>,
    /// Whether the provider vouches for the address: with the boolean, or for its domain where it is Microsoft.
    pub email_is_verified: bool,
    /// What they are called.
    pub name: Option<String>,
    /// Their language, as the provider writes it.
    pub locale: Option<String>,
    /// The ID token, which signing out at the provider takes as a hint.
    pub id_token: Option<String>,
    /// The session at the provider, which a back-channel logout may name.
    pub sid: Option<String>,
}

impl Provider {
    /// One that nobody has asked yet.
    pub(super) fn new(settings: Settings, http: Http) -> Self {
        let directory = Directory::new(&settings, http.clone());
        Self { settings, http, directory }
    }

    /// What was said of it.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where to send the browser, and what to keep for when it comes back to `redirect_uri`.
    ///
    /// # Errors
    /// When the provider does not tell where it signs people in.
    pub async fn begin(&self, redirect_uri: &Url, now: Timestamp) -> Result<(Url, Pending), Error> {
        self.ask(redirect_uri, false, now).await
    }

    /// The same for who shows once more who they are: the provider asks them, though they may be signed in there.
    ///
    /// # Errors
    /// The same, and `Stale` where the provider cannot be asked to.
    pub async fn begin_again(&self, redirect_uri: &Url, now: Timestamp) -> Result<(Url, Pending), Error> {
        if !self.asks_again() {
            return Err(Doubt::Stale.into());
        }
        self.ask(redirect_uri, true, now).await
    }

    /// Whether it can be asked to ask anew who somebody is, and says when it did: Google and GitHub do neither.
    #[must_use]
    pub fn asks_again(&self) -> bool {
        matches!(self.settings.kind, Kind::Generic | Kind::Microsoft(_))
    }

    async fn ask(&self, redirect_uri: &Url, again: bool, now: Timestamp) -> Result<(Url, Pending), Error> {
        let redirect_uri = RedirectUrl::from_url(redirect_uri.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = Nonce::new_random();
        let exchange = self.exchange().await?;
        let mut request = exchange
            .authorize_url(CsrfToken::new_random)
            .add_scopes(self.settings.scopes.iter().cloned())
            .set_redirect_uri(Cow::Borrowed(&redirect_uri))
            .set_pkce_challenge(challenge);
        if self.settings.kind != Kind::GitHub {
            request = request.add_extra_param("nonce", nonce.secret().clone());
        }
        if again {
            request = request.add_extra_param("prompt", "login").add_extra_param("max_age", "0");
        }
        let (url, state) = request.url();
        let provider = self.settings.slug.clone();
        Ok((url, Pending { provider, redirect_uri, state, nonce, verifier, at: now, again }))
    }

    /// Who somebody is, by what their browser brought back. The code in it works once.
    ///
    /// # Errors
    /// When the provider refuses or does not work, or when anything about the answer is not as it must be.
    pub async fn finish(&self, pending: Pending, callback: Callback, now: Timestamp) -> Result<Identity, Error> {
        pending.check(&self.settings, &callback, now)?;
        self.check_who_answers(&callback).await?;
        if let Some(code) = callback.error {
            return Err(Error::Refused(printable(&code)));
        }
        if pending.again && !self.asks_again() {
            return Err(Doubt::Stale.into());
        }
        // What is asked for in an address can be left out on the way: the token has to say it.
        let since = pending.again.then_some(pending.at);
        let code = AuthorizationCode::new(callback.code.ok_or(Doubt::Unreadable("the provider's answer"))?);
        let tokens = self.tokens(code, pending.verifier, &pending.redirect_uri).await?;
        let access = tokens.access_token();
        if self.settings.kind == Kind::GitHub {
            return github::identity(&self.http, &self.settings, access).await;
        }
        let id_token = tokens.extra_fields().id_token.clone().ok_or(Doubt::Unreadable("the token"))?;
        self.identity(id_token, (&pending.nonce, since), access, now).await
    }

    /// Whether who answers is who was asked, where the provider says who it is.
    async fn check_who_answers(&self, callback: &Callback) -> Result<(), Error> {
        let is_right = match &self.settings.kind {
            Kind::GitHub => callback.iss.as_ref().is_none_or(|iss| github::is_issuer(&self.settings, iss)),
            // It has many issuers, and the ID token says which.
            Kind::Microsoft(_) => true,
            Kind::Generic | Kind::Google => {
                let metadata = self.directory.metadata().await?;
                let says = &metadata.additional_metadata().additional_metadata;
                let is_optional = !says.authorization_response_iss_parameter_supported;
                callback.iss.as_ref().map_or(is_optional, |iss| iss == metadata.issuer().as_str())
            }
        };
        if is_right { Ok(()) } else { Err(Doubt::Issuer.into()) }
    }

    async fn identity(
        &self,
        id_token: String,
        (nonce, since): (&Nonce, Option<Timestamp>),
        access: &AccessToken,
        now: Timestamp,
    ) -> Result<Identity, Error> {
        let token = self.directory.proven(&id_token).await?;
        let claims = Claims::checked(&token, &self.settings, nonce, access, now)?;
        if let Some(since) = since {
            claims.check_asked_since(since, now)?;
        }
        let mut profile: Profile = token.claims()?;
        let metadata = self.directory.metadata().await?;
        if profile.email.is_none()
            && let Some(said) = self.userinfo(&metadata, access, &claims.sub).await?
        {
            profile = said.or(profile);
        }
        Ok(Identity {
            issuer: claims.iss,
            subject: claims.sub,
            email_is_verified: profile.is_address_proven(&self.settings.kind),
            email: profile.email,
            name: profile.name,
            locale: profile.locale,
            id_token: Some(id_token),
            sid: claims.sid,
        })
    }

    /// What the provider says of a person to who shows their access token.
    async fn userinfo(
        &self,
        metadata: &Metadata,
        access: &AccessToken,
        subject: &str,
    ) -> Result<Option<Profile>, Error> {
        #[derive(Deserialize)]
        struct Said {
            #[serde(default, deserialize_with = "text")]
            sub: Option<String>,
            #[serde(flatten)]
            profile: Profile,
        }
        let Some(endpoint) = metadata.userinfo_endpoint() else { return Ok(None) };
        let said: Said = self.http.json(endpoint.url(), Some(access), "what the provider says of the person").await?;
        // Else somebody else's access token would bring somebody else's address.
        if said.sub.as_deref() != Some(subject) {
            return Err(Doubt::Subject.into());
        }
        Ok(Some(said.profile))
    }
}

impl Pending {
    /// Whether this is what the browser was sent away with, not too long ago.
    fn check(&self, settings: &Settings, callback: &Callback, now: Timestamp) -> Result<(), Error> {
        if self.provider != settings.slug {
            return Err(Doubt::Provider.into());
        }
        if callback.state.as_ref() != Some(self.state.secret()) {
            return Err(Doubt::State.into());
        }
        let age = now.duration_since(self.at);
        let is_recent = age <= SignedDuration::from_secs(PENDING_S) && age >= SignedDuration::from_secs(-SKEW_S);
        if is_recent { Ok(()) } else { Err(Error::Expired) }
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").field("iss", &self.iss).field("error", &self.error).finish_non_exhaustive()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("issuer", &self.issuer).field("subject", &self.subject).finish_non_exhaustive()
    }
}
