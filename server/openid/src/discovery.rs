//! What a provider says of itself, and its keys: fetched when needed, kept, and asked again when a key is unknown.

use std::sync::Arc;

use oauth2::{AuthType, url::Url};
use openidconnect::{
    AdditionalProviderMetadata, LogoutProviderMetadata, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
        CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Doubt, Error, Settings,
    http::{Http, is_safe},
    kept::Kept,
    token::{Key, Proven, Token, is_asymmetric},
};

/// What a provider says of itself.
pub(super) type Metadata = ProviderMetadata<
    LogoutProviderMetadata<More>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What it may say besides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct More {
    /// Whether its answers name it (RFC 9207).
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

/// A provider's description and keys.
#[derive(Debug)]
pub(super) struct Directory {
    address: String,
    issuer: String,
    allows_loopback: bool,
    http: Http,
    metadata: Kept<Metadata>,
    keys: Kept<Vec<Key>>,
}

impl Directory {
    /// Nothing fetched yet.
    pub(super) fn new(settings: &Settings, http: Http) -> Self {
        Self {
            address: settings.discovery(),
            issuer: settings.issuer_template(),
            allows_loopback: settings.is_plain(),
            http,
            metadata: Kept::new(),
            keys: Kept::new(),
        }
    }

    /// What the provider says of itself.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, Error> {
        self.metadata.get(self.fetch_metadata()).await
    }

    /// What a token says, once a key of the provider proves that the provider says it.
    pub(super) async fn proven(&self, token: &str) -> Result<Proven, Error> {
        let token = Token::read(token)?;
        let metadata = self.metadata().await?;
        let announced = metadata.id_token_signing_alg_values_supported();
        // The secret that HS256 and its kin sign with is no more the provider's than ours.
        if !is_asymmetric(token.algorithm()) || !announced.contains(token.algorithm()) {
            return Err(Doubt::Algorithm.into());
        }
        let url = metadata.jwks_uri().url();
        let mut keys = self.keys.get(self.fetch_keys(url)).await?;
        if !token.has_key_among(&keys) {
            keys = self.keys.newer(&keys, self.fetch_keys(url)).await?;
        }
        Ok(token.proven(&keys)?)
    }

    async fn fetch_metadata(&self) -> Result<Metadata, Error> {
        const WHAT: &str = "the provider's description";
        let address = Url::parse(&self.address).map_err(|_| Doubt::Unreadable("the provider's address"))?;
        let metadata: Metadata = self.http.json(&address, None, WHAT).await?;
        if metadata.issuer().as_str() != self.issuer {
            return Err(Doubt::Issuer.into());
        }
        let endpoints = [
            Some(metadata.authorization_endpoint().url()),
            metadata.token_endpoint().map(|endpoint| endpoint.url()),
            metadata.userinfo_endpoint().map(|endpoint| endpoint.url()),
            Some(metadata.jwks_uri().url()),
            metadata.additional_metadata().end_session_endpoint.as_ref().map(|endpoint| endpoint.url()),
        ];
        if !endpoints.into_iter().flatten().all(|url| is_safe(url, self.allows_loopback)) {
            return Err(Doubt::Plain("an address in the provider's description").into());
        }
        Ok(metadata)
    }

    async fn fetch_keys(&self, url: &Url) -> Result<Vec<Key>, Error> {
        #[derive(Deserialize)]
        struct KeySet {
            keys: Vec<Value>,
        }
        let KeySet { keys } = self.http.json(url, None, "the provider's keys").await?;
        // Those of a kind that we do not know sign nothing that we would believe.
        Ok(keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect())
    }
}

/// How the provider wants to be told our secret.
pub(super) fn auth_type(metadata: &Metadata) -> AuthType {
    let takes = |method| metadata.token_endpoint_auth_methods_supported().is_none_or(|all| all.contains(&method));
    let is_body_only = !takes(CoreClientAuthMethod::ClientSecretBasic) && takes(CoreClientAuthMethod::ClientSecretPost);
    if is_body_only { AuthType::RequestBody } else { AuthType::BasicAuth }
}
