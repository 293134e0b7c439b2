//! How we ask providers: encrypted, no redirect followed, little patience, short answers. Only here hyper is known.

use std::{pin::Pin, time::Duration};

use anyhow::Context;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use oauth2::{
    AccessToken, AsyncHttpClient, HttpRequest, HttpResponse,
    http::{self, Request, StatusCode, header},
    url::{self, Url},
};
use rustls::crypto::ring;
use serde::de::DeserializeOwned;

use super::{Doubt, Error};

/// How long one request may take, from connecting to the last byte.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest answer that is read; the keys of the largest providers are a tenth of it.
const MAX_BYTES: usize = 256 * 1024;

/// A client that all providers share.
#[derive(Clone, Debug)]
pub(super) struct Http(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Http {
    /// One that trusts the authorities that this machine trusts.
    pub(super) fn new() -> anyhow::Result<Self> {
        let mut tcp = HttpConnector::new();
        // An abandoned request must not leave a connection behind that is still being made.
        tcp.set_connect_timeout(Some(PATIENCE));
        tcp.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(ring::default_provider())
            .context("no certificate authority to trust is installed: providers cannot be reached by https")?
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// What a provider answers, unless it does not work.
    pub(super) async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        tokio::time::timeout(PATIENCE, self.exchange(request)).await.map_err(|_| Error::Slow)?
    }

    /// The JSON at an address.
    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        url: &Url,
        bearer: Option<&AccessToken>,
        what: &'static str,
    ) -> Result<T, Error> {
        let mut request = Request::get(url.as_str()).header(header::ACCEPT, "application/json");
        if let Some(token) = bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", token.secret()));
        }
        let request = request.body(Vec::new()).map_err(|_| Doubt::Unreadable("an address of the provider"))?;
        let response = self.answer(request).await?;
        if response.status() != StatusCode::OK {
            return Err(Error::Down(format!("{what}: the answer is {}", response.status())));
        }
        serde_json::from_slice(response.body()).map_err(|_| Doubt::Unreadable(what).into())
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let mut request = request.map(Full::from);
        // GitHub answers nobody without one.
        request.headers_mut().insert(header::USER_AGENT, header::HeaderValue::from_static("tamuda"));
        let response = self.0.request(request).await.map_err(|error| Error::Down(chain(error)))?;
        let (parts, body) = response.into_parts();
        if parts.status.is_server_error() || parts.status.is_redirection() {
            return Err(Error::Down(format!("the answer is {}", parts.status)));
        }
        let body = Limited::new(body, MAX_BYTES).collect().await.map_err(|error| {
            let is_long = error.is::<LengthLimitError>();
            Error::Down(if is_long { "the answer is too long".to_owned() } else { error.to_string() })
        })?;
        Ok(http::Response::from_parts(parts, body.to_bytes().into()))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Error;
    // Named, so that the compiler sees that it may move between threads.
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.answer(request))
    }
}

/// Whether a provider may have this address: encrypted, or on this machine where that is allowed.
pub(super) fn is_safe(url: &Url, allows_loopback: bool) -> bool {
    let is_loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => url.has_host(),
        "http" => allows_loopback && is_loopback,
        _ => false,
    }
}

/// An error with all that caused it.
fn chain(error: impl std::error::Error + Send + Sync + 'static) -> String {
    format!("{:#}", anyhow::Error::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_may_speak_plainly_and_only_in_development() {
        let safe = |url: &str, allows_loopback| is_safe(&Url::parse(url).unwrap(), allows_loopback);
        assert!(safe("https://id.example.org/", false) && !safe("http://id.example.org/", true));
        for url in ["http://localhost:9/", "http://127.0.0.1/", "http://[::1]/"] {
            assert!(safe(url, true) && !safe(url, false), "{url}");
        }
        for url in
            ["http://localhost.example.org/", "http://10.0.0.1/", "file:///etc/passwd", "http://127.0.0.1.nip.io/"]
        {
            assert!(!safe(url, true), "{url}");
        }
    }
}
