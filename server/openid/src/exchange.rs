//! What of a sign-in is OAuth 2: the client as the crate has it, and a code exchanged for tokens.

use std::borrow::Cow;

use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, EndpointNotSet, EndpointSet, ExtraTokenFields, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, StandardRevocableToken, StandardTokenResponse, TokenUrl,
    basic::{
        BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
        BasicTokenType,
    },
};
use serde::{Deserialize, Serialize};

use super::{Doubt, Error, Provider, discovery::auth_type, github::GitHub};

/// What a token endpoint answers.
pub(super) type Tokens = StandardTokenResponse<WithIdToken, BasicTokenType>;

/// A client with the two addresses that a sign-in needs.
pub(super) type Exchange = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What comes with an access token, as it stands there.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WithIdToken {
    /// Absent where only OAuth 2 is spoken.
    pub(super) id_token: Option<String>,
}

impl ExtraTokenFields for WithIdToken {}

impl Provider {
    /// The client for this provider.
    pub(super) async fn exchange(&self) -> Result<Exchange, Error> {
        let (authorize, token, auth_type) = match GitHub::of(&self.settings) {
            Some(github) => (github.authorize, github.token, AuthType::RequestBody),
            None => {
                let metadata = self.directory.metadata().await?;
                let token = metadata.token_endpoint().ok_or(Doubt::Unreadable("the provider's description"))?;
                let (authorize, token) = (metadata.authorization_endpoint().url(), token.url());
                (authorize.clone(), token.clone(), auth_type(&metadata))
            }
        };
        Ok(oauth2::Client::new(self.settings.client_id.clone())
            .set_client_secret(self.settings.client_secret.clone())
            .set_auth_type(auth_type)
            .set_auth_uri(AuthUrl::from_url(authorize))
            .set_token_uri(TokenUrl::from_url(token)))
    }

    /// What a code is worth, once.
    pub(super) async fn tokens(
        &self,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
        redirect_uri: &RedirectUrl,
    ) -> Result<Tokens, Error> {
        let exchange = self.exchange().await?;
        let request = exchange.exchange_code(code).set_pkce_verifier(verifier);
        request.set_redirect_uri(Cow::Borrowed(redirect_uri)).request_async(&self.http).await.map_err(why)
    }
}

fn why(error: RequestTokenError<Error, BasicErrorResponse>) -> Error {
    match error {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(said) => refused(&said),
        // GitHub refuses with status 200.
        RequestTokenError::Parse(_, body) => serde_json::from_slice(&body)
            .map_or_else(|_| Doubt::Unreadable("the answer to the code").into(), |said| refused(&said)),
        RequestTokenError::Other(_) => Doubt::Unreadable("the answer to the code").into(),
    }
}

fn refused(said: &BasicErrorResponse) -> Error {
    let code: &BasicErrorResponseType = said.error();
    Error::Refused(printable(code.as_ref()))
}

/// A provider's error code as it may be shown: what stands in it comes from outside.
pub(super) fn printable(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_code_from_outside_holds_no_markup_and_is_short() {
        assert_eq!(printable("access_denied"), "access_denied");
        assert_eq!(printable("<b>a\n\u{202e}b</b>"), "babb");
        assert_eq!(printable(&"a".repeat(1000)).len(), 64);
    }
}
