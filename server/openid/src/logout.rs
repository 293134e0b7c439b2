//! Signing out: at the provider by the browser (RP-Initiated Logout 1.0), and here by a notice that the provider sends
//! without one (Back-Channel Logout 1.0).

use jiff::{SignedDuration, Timestamp};
use oauth2::url::Url;
use openidconnect::{LogoutRequest, PostLogoutRedirectUrl};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Doubt, Error, Kind, Provider, SKEW_S,
    claims::{Audience, check_times, is_subject, issuer, text},
};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How old a notice may be, in seconds, before the skew of clocks.
const NOTICE_S: i64 = 300;

/// A provider's notice that somebody signed out there. One of `subject` and `sid` is always said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedOut {
    /// Who says so.
    pub issuer: String,
    /// Who signed out; of all their sessions when `sid` is not said.
    pub subject: Option<String>,
    /// The session at the provider that ended.
    pub sid: Option<String>,
    /// What names the notice: one that came before must be refused.
    pub jti: String,
    /// When `jti` may be forgotten, because the notice is too old by then.
    pub until: Timestamp,
}

#[derive(Deserialize)]
struct Notice {
    iss: String,
    aud: Audience,
    azp: Option<String>,
    iat: f64,
    nbf: Option<f64>,
    exp: Option<f64>,
    jti: String,
    #[serde(default, deserialize_with = "text")]
    sub: Option<String>,
    #[serde(default, deserialize_with = "text")]
    sid: Option<String>,
    tid: Option<String>,
    events: Map<String, Value>,
}

impl Provider {
    /// Where to send the browser so that the provider signs the person out too, and it comes back to `back_to`; nothing
    /// when the provider has no such place. The ID token spares the person the provider's question, where it is known.
    ///
    /// # Errors
    /// When the provider does not tell.
    pub async fn sign_out(&self, id_token: Option<&str>, back_to: &Url) -> Result<Option<Url>, Error> {
        if self.settings().kind == Kind::GitHub {
            return Ok(None);
        }
        let metadata = self.directory.metadata().await?;
        let Some(endpoint) = metadata.additional_metadata().end_session_endpoint.clone() else { return Ok(None) };
        let mut url = LogoutRequest::from(endpoint)
            .set_client_id(self.settings().client_id.clone())
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::from_url(back_to.clone()))
            .http_get_url();
        if let Some(id_token) = id_token {
            url.query_pairs_mut().append_pair("id_token_hint", id_token);
        }
        Ok(Some(url))
    }

    /// Who signed out at the provider, by the logout token that it sent.
    ///
    /// # Errors
    /// When the token is not the provider's, not for us, not of now, or no logout token.
    pub async fn signed_out(&self, logout_token: &str, now: Timestamp) -> Result<SignedOut, Error> {
        if self.settings().kind == Kind::GitHub {
            return Err(Doubt::Event.into());
        }
        let token = self.directory.proven(logout_token).await?;
        let says: Map<String, Value> = token.claims()?;
        let notice: Notice = token.claims()?;
        if !is_logout(token.kind.as_deref(), &says, &notice.events) {
            return Err(Doubt::Event.into());
        }
        let issuer = issuer(self.settings(), notice.tid.as_deref())?;
        if notice.iss != issuer || !token.may_speak_for(&issuer, notice.tid.as_deref()) {
            return Err(Doubt::Issuer.into());
        }
        notice.aud.check(notice.azp.as_deref(), &self.settings().client_id)?;
        let until = notice.until(now)?;
        if notice.sub.is_none() && notice.sid.is_none() || !notice.sub.as_deref().is_none_or(is_subject) {
            return Err(Doubt::Subject.into());
        }
        Ok(SignedOut { issuer, subject: notice.sub, sid: notice.sid, jti: notice.jti, until })
    }
}

impl Notice {
    /// Until when it is good, if it still is.
    fn until(&self, now: Timestamp) -> Result<Timestamp, Doubt> {
        // Old providers say no end, and one that says a late end would have its notice remembered as long.
        let end = self.iat + SignedDuration::from_secs(NOTICE_S).as_secs_f64();
        check_times(self.iat, self.nbf, Some(self.exp.map_or(end, |exp| exp.min(end))), now)?;
        now.checked_add(SignedDuration::from_secs(NOTICE_S + 2 * SKEW_S)).map_err(|_| Doubt::Expired)
    }
}

/// Whether a token says that it is a notice, and nothing of what would make it an ID token.
fn is_logout(kind: Option<&str>, says: &Map<String, Value>, events: &Map<String, Value>) -> bool {
    let is_kind = kind.is_none_or(|kind| ["JWT", "logout+jwt"].iter().any(|own| own.eq_ignore_ascii_case(kind)));
    is_kind && events.get(EVENT).is_some_and(Value::is_object) && !says.contains_key("nonce")
}
