//! What an ID token must say to be believed (OpenID Connect Core 3.1.3.7), and what of it is the person's.

use jiff::{SignedDuration, Timestamp};
use oauth2::{AccessToken, ClientId};
use openidconnect::Nonce;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Doubt, Kind, SKEW_S, Settings, Tenants, token::Proven};

/// What an ID token says of itself.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    /// Who issued it.
    pub(super) iss: String,
    /// Whom it is about.
    pub(super) sub: String,
    /// The session at the provider.
    #[serde(default, deserialize_with = "text")]
    pub(super) sid: Option<String>,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    at_hash: Option<String>,
    tid: Option<String>,
    /// When the provider asked the person who they are, where it says so.
    #[serde(default, deserialize_with = "instant")]
    auth_time: Option<f64>,
}

/// Whom a token is meant for: one, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// What is said of the person, in an ID token or by the provider's `userinfo`.
#[derive(Debug, Deserialize)]
pub(super) struct Profile {
    /// Their address.
    #[serde(default, deserialize_with = "text")]
    pub(super) email: Option<String>,
    /// Whether it is proven theirs, where that is said: only the boolean says so, words such as "true" do not.
    #[serde(default, deserialize_with = "truth")]
    email_verified: Option<bool>,
    /// Microsoft's word for it: whether who owns the address's domain has verified it.
    #[serde(default, deserialize_with = "edov")]
    xms_edov: bool,
    /// What they are called.
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    /// Their language.
    #[serde(default, deserialize_with = "text")]
    pub(super) locale: Option<String>,
}

impl Claims {
    /// The claims of an ID token that answers a sign-in with this nonce.
    pub(super) fn checked(
        token: &Proven,
        settings: &Settings,
        nonce: &Nonce,
        access_token: &AccessToken,
        now: Timestamp,
    ) -> Result<Self, Doubt> {
        let claims: Self = token.claims()?;
        let issuer = issuer(settings, claims.tid.as_deref())?;
        if claims.iss != issuer || !token.may_speak_for(&issuer, claims.tid.as_deref()) {
            return Err(Doubt::Issuer);
        }
        claims.aud.check(claims.azp.as_deref(), &settings.client_id)?;
        check_times(claims.iat, claims.nbf, Some(claims.exp), now)?;
        if claims.nonce.as_ref() != Some(nonce.secret()) {
            return Err(Doubt::Nonce);
        }
        if claims.at_hash.as_ref().is_some_and(|hash| !token.is_hash_of(hash, access_token)) {
            return Err(Doubt::AccessToken);
        }
        if !is_subject(&claims.sub) {
            return Err(Doubt::Subject);
        }
        Ok(claims)
    }

    /// Whether the provider says that it asked the person who they are after `since`, give or take a minute.
    pub(super) fn check_asked_since(&self, since: Timestamp, now: Timestamp) -> Result<(), Doubt> {
        let is_fresh =
            self.auth_time.is_some_and(|asked| asked >= later(since, -SKEW_S) && asked <= later(now, SKEW_S));
        if is_fresh { Ok(()) } else { Err(Doubt::Stale) }
    }
}

impl Profile {
    /// Whether a provider of this kind vouches for the address.
    pub(super) fn is_address_proven(&self, kind: &Kind) -> bool {
        let is_verified = match (self.email_verified, kind) {
            (Some(said), _) => said,
            // Microsoft says nothing of addresses, which the administrators of any directory may write as they like.
            (None, Kind::Microsoft(_)) => self.xms_edov,
            (None, Kind::Generic | Kind::Google | Kind::GitHub) => false,
        };
        self.email.is_some() && is_verified
    }

    /// This, and what only `other` says of name and language; addresses are not mixed with others' proofs.
    pub(super) fn or(self, other: Self) -> Self {
        Self { name: self.name.or(other.name), locale: self.locale.or(other.locale), ..self }
    }
}

impl Audience {
    /// It must be us, and who else is among them must not have asked for it.
    pub(super) fn check(&self, azp: Option<&str>, own: &ClientId) -> Result<(), Doubt> {
        let own = own.as_str();
        let (is_among, is_alone) = match self {
            Self::One(id) => (id == own, true),
            Self::Many(ids) => (ids.iter().any(|id| id == own), ids.len() == 1),
        };
        let is_asked_by_us = azp.map_or(is_alone, |azp| azp == own);
        if is_among && is_asked_by_us { Ok(()) } else { Err(Doubt::Audience) }
    }
}

/// A token is good from its beginning to its end, give or take a minute.
pub(super) fn check_times(iat: f64, nbf: Option<f64>, exp: Option<f64>, now: Timestamp) -> Result<(), Doubt> {
    // Written so that what is not a number is refused.
    if !exp.is_none_or(|exp| exp > later(now, -SKEW_S)) {
        return Err(Doubt::Expired);
    }
    let begins = later(now, SKEW_S);
    if iat <= begins && nbf.is_none_or(|nbf| nbf <= begins) { Ok(()) } else { Err(Doubt::Early) }
}

/// An instant that is so many seconds later, as tokens count them.
fn later(instant: Timestamp, seconds: i64) -> f64 {
    instant.as_duration().saturating_add(SignedDuration::from_secs(seconds)).as_secs_f64()
}

/// What the standard allows, and a column can hold.
pub(super) fn is_subject(text: &str) -> bool {
    !text.is_empty() && text.len() <= 255
}

/// The issuer that a token must have, which for Microsoft depends on the directory that it comes from.
pub(super) fn issuer(settings: &Settings, tid: Option<&str>) -> Result<String, Doubt> {
    let template = settings.issuer_template();
    let Kind::Microsoft(tenants) = &settings.kind else { return Ok(template) };
    let tid = tid.ok_or(Doubt::Tenant)?;
    let is_allowed = match tenants {
        Tenants::One(id) => id == tid,
        Tenants::Many { allowed, .. } => allowed.is_empty() || allowed.iter().any(|id| id == tid),
    };
    if is_allowed { Ok(template.replace("{tenantid}", tid)) } else { Err(Doubt::Tenant) }
}

/// A text that says something; nothing for whatever else stands there.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    })
}

/// A number of seconds; nothing for whatever else stands there.
fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_f64())
}

fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => None,
        said => Some(said == Value::Bool(true)),
    })
}

/// Microsoft's documentation calls it a boolean; its tokens hold the text "1" as well.
fn edov<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let said = Value::deserialize(deserializer)?;
    Ok(said == Value::Bool(true) || said == Value::String("1".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proven(json: &str, kind: &Kind) -> bool {
        serde_json::from_str::<Profile>(json).unwrap().is_address_proven(kind)
    }

    #[test]
    fn microsoft_proves_an_address_by_its_domain_where_nothing_is_said_of_the_address() {
        let microsoft = Kind::Microsoft(Tenants::Many { through: "organizations".to_owned(), allowed: Vec::new() });
        let said = |more: &str| format!(r#"{{"email": "a@b.example"{more}}}"#);
        for edov in ["true", "\"1\""] {
            let json = said(&format!(r#", "xms_edov": {edov}"#));
            assert!(proven(&json, &microsoft), "{edov}");
            assert!(!proven(&json, &Kind::Generic) && !proven(&json, &Kind::Google), "{edov}: only Microsoft says so");
        }
        for edov in ["false", "null", "\"true\"", "\"0\"", "\"\"", "1", "[true]", "{}"] {
            assert!(!proven(&said(&format!(r#", "xms_edov": {edov}"#)), &microsoft), "{edov}");
        }
        assert!(!proven(&said(""), &microsoft));
        assert!(!proven(r#"{"xms_edov": true}"#, &microsoft), "there is none to prove");
        for verified in ["false", "\"true\"", "1"] {
            let json = said(&format!(r#", "xms_edov": true, "email_verified": {verified}"#));
            assert!(!proven(&json, &microsoft), "{verified}: what is said of the address counts more");
        }
    }

    #[test]
    fn only_the_boolean_proves_an_address() {
        let is_verified = |value: &str| {
            let json = format!(r#"{{"email": "a@b.example", "email_verified": {value}}}"#);
            serde_json::from_str::<Profile>(&json).unwrap().is_address_proven(&Kind::Generic)
        };
        assert!(is_verified("true"));
        for value in ["false", "null", "\"true\"", "1", "\"1\"", "[true]", "{}"] {
            assert!(!is_verified(value), "{value}");
        }
        assert!(!proven(r#"{"email": "a@b.example"}"#, &Kind::Generic));
        assert!(!proven(r#"{"email_verified": true}"#, &Kind::Generic), "there is none to prove");
    }

    #[test]
    fn a_token_for_several_was_asked_for_by_us() {
        let us = ClientId::new("us".to_owned());
        let check = |ids: &[&str], azp| {
            let ids = ids.iter().map(|&id| id.to_owned()).collect();
            Audience::Many(ids).check(azp, &us).is_ok()
        };
        assert!(check(&["us"], None) && check(&["us", "them"], Some("us")));
        assert!(!check(&[], None) && !check(&["them"], None) && !check(&["us", "them"], None));
        assert!(!check(&["us"], Some("them")) && !check(&["them"], Some("us")));
        assert!(Audience::One("us".to_owned()).check(None, &us).is_ok());
        assert_eq!(Audience::One("us ".to_owned()).check(None, &us), Err(Doubt::Audience));
    }

    #[test]
    fn who_was_to_be_asked_anew_was_asked_since_then() {
        let (since, now) = (Timestamp::from_second(1_000_000).unwrap(), Timestamp::from_second(1_000_100).unwrap());
        let check = |more: &str| {
            let json = format!(r#"{{"iss": "i", "sub": "s", "aud": "a", "exp": 1, "iat": 1{more}}}"#);
            serde_json::from_str::<Claims>(&json).unwrap().check_asked_since(since, now)
        };
        for asked in ["999940", "1000000", "1000100.5", "1000160"] {
            assert_eq!(check(&format!(r#", "auth_time": {asked}"#)), Ok(()), "{asked}");
        }
        for asked in ["999939", "1000161", "0", "-1", "null", "\"1000000\"", "true", "[1000000]"] {
            assert_eq!(check(&format!(r#", "auth_time": {asked}"#)), Err(Doubt::Stale), "{asked}");
        }
        assert_eq!(check(""), Err(Doubt::Stale));
    }

    #[test]
    fn clocks_may_differ_by_a_minute() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let check = |iat, nbf, exp| check_times(iat, nbf, exp, now);
        assert_eq!(check(1_000_060.0, Some(1_000_060.0), Some(999_941.0)), Ok(()));
        assert_eq!(check(1_000_000.0, None, Some(999_940.0)), Err(Doubt::Expired));
        assert_eq!(check(1_000_061.0, None, Some(2e9)), Err(Doubt::Early));
        assert_eq!(check(1_000_000.0, Some(1_000_061.0), Some(2e9)), Err(Doubt::Early));
        assert_eq!(check(1_000_000.0, None, Some(f64::NAN)), Err(Doubt::Expired));
    }
}
