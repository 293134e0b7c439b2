//! A signed token (JWS), whoever it is about: read, and believed only through a key. What its claims mean is elsewhere.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use oauth2::AccessToken;
use openidconnect::{
    AccessTokenHash, JsonWebKey, JsonWebKeyAlgorithm, JsonWebKeyId, JsonWebKeyUse, JwsSigningAlgorithm,
    core::{CoreJsonWebKey, CoreJwsSigningAlgorithm},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::Doubt;

/// A key that a provider published.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Key {
    #[serde(flatten)]
    jwk: CoreJsonWebKey,
    /// Microsoft says whose tokens a key may sign.
    issuer: Option<String>,
}

/// A token that nobody has vouched for yet.
#[derive(Debug)]
pub(super) struct Token<'a> {
    header: Header,
    signed: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// What a token says, signed by the provider.
#[derive(Debug)]
pub(super) struct Proven {
    payload: Vec<u8>,
    algorithm: CoreJwsSigningAlgorithm,
    key: Key,
    /// What kind of token its header calls it.
    pub(super) kind: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<JsonWebKeyId>,
    typ: Option<String>,
    crit: Option<Value>,
}

impl<'a> Token<'a> {
    /// Its parts.
    pub(super) fn read(text: &'a str) -> Result<Self, Doubt> {
        const UNREADABLE: Doubt = Doubt::Unreadable("the token");
        let (signed, signature) = text.rsplit_once('.').ok_or(UNREADABLE)?;
        let (header, payload) = signed.split_once('.').ok_or(UNREADABLE)?;
        let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| UNREADABLE);
        let header: Value = serde_json::from_slice(&decoded(header)?).map_err(|_| UNREADABLE)?;
        // An algorithm that nobody knows is one that is not allowed, not a broken token.
        let header: Header = serde_json::from_value(header).map_err(|_| Doubt::Algorithm)?;
        // Extensions that must be understood, and are not.
        if header.crit.is_some() {
            return Err(UNREADABLE);
        }
        Ok(Self { header, signed, payload: decoded(payload)?, signature: decoded(signature)? })
    }

    /// How it says that it is signed.
    pub(super) fn algorithm(&self) -> &CoreJwsSigningAlgorithm {
        &self.header.alg
    }

    /// Whether one of the keys may have signed it.
    pub(super) fn has_key_among(&self, keys: &[Key]) -> bool {
        !self.candidates(keys).is_empty()
    }

    /// What it says, when one of the keys has signed it.
    pub(super) fn proven(self, keys: &[Key]) -> Result<Proven, Doubt> {
        let candidates = self.candidates(keys);
        // Which of several keys is not to be found out by trying, when the token does not say.
        if candidates.is_empty() || (self.header.kid.is_none() && candidates.len() > 1) {
            return Err(Doubt::Key);
        }
        let fits =
            |key: &&&Key| key.jwk.verify_signature(&self.header.alg, self.signed.as_bytes(), &self.signature).is_ok();
        let key = (*candidates.iter().find(fits).ok_or(Doubt::Signature)?).clone();
        Ok(Proven { payload: self.payload, algorithm: self.header.alg, key, kind: self.header.typ })
    }

    /// The keys of its name and kind.
    fn candidates<'k>(&self, keys: &'k [Key]) -> Vec<&'k Key> {
        let Header { alg, kid, .. } = &self.header;
        let is_named = |jwk: &CoreJsonWebKey| kid.is_none() || jwk.key_id() == kid.as_ref();
        keys.iter().filter(|key| is_named(&key.jwk) && can_sign(&key.jwk, alg)).collect()
    }
}

impl Proven {
    /// Its claims.
    pub(super) fn claims<T: DeserializeOwned>(&self) -> Result<T, Doubt> {
        serde_json::from_slice(&self.payload).map_err(|_| Doubt::Unreadable("what the token says"))
    }

    /// Whether its key may sign for this issuer.
    pub(super) fn may_speak_for(&self, issuer: &str, tenant: Option<&str>) -> bool {
        let Some(own) = &self.key.issuer else { return true };
        tenant.map_or_else(|| own == issuer, |tenant| own.replace("{tenantid}", tenant) == issuer)
    }

    /// Whether this is the hash of that access token.
    pub(super) fn is_hash_of(&self, hash: &str, token: &AccessToken) -> bool {
        AccessTokenHash::from_token(token, &self.algorithm, &self.key.jwk).is_ok_and(|own| own.as_str() == hash)
    }
}

/// Whether only who holds the private key can sign so.
pub(super) fn is_asymmetric(algorithm: &CoreJwsSigningAlgorithm) -> bool {
    !matches!(algorithm, CoreJwsSigningAlgorithm::None) && !algorithm.uses_shared_secret()
}

fn can_sign(jwk: &CoreJsonWebKey, algorithm: &CoreJwsSigningAlgorithm) -> bool {
    let is_meant_for_it = match jwk.signing_alg() {
        JsonWebKeyAlgorithm::Algorithm(own) => own == algorithm,
        JsonWebKeyAlgorithm::Unspecified => true,
        JsonWebKeyAlgorithm::Unsupported => false,
    };
    is_meant_for_it
        && jwk.key_use().is_none_or(JsonWebKeyUse::allows_signature)
        && algorithm.key_type().as_ref() == Some(jwk.key_type())
}
