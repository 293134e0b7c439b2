//! Somebody who speaks the portal's API as a program does: one cookie, JSON, no browser.

use anyhow::{Context, bail};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::SignIn;

/// A person who is signed in, or nobody yet.
#[derive(Clone, Debug)]
pub struct Visitor {
    client: Client,
    origin: String,
    cookie: String,
}

impl Visitor {
    /// Signs in at the portal at `origin`.
    pub async fn sign_in(origin: &str, person: &SignIn) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().build()?;
        let ask = json!({"email": person.email, "password": person.password});
        let answer = client.post(format!("{origin}/api/v1/session")).json(&ask).send().await?.error_for_status()?;
        let cookie = answer.headers().get(header::SET_COOKIE).context("no cookie")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Self { client, origin: origin.to_owned(), cookie })
    }

    /// Somebody who has not signed in.
    pub fn nobody(origin: &str) -> anyhow::Result<Self> {
        Ok(Self { client: Client::builder().no_proxy().build()?, origin: origin.to_owned(), cookie: String::new() })
    }

    /// Somebody who has signed in in a browser; its session's cookie is `name=value`.
    pub(crate) fn with_session(origin: &str, cookie: String) -> anyhow::Result<Self> {
        Ok(Self { cookie, ..Self::nobody(origin)? })
    }

    /// The session's cookie, its name and its value.
    pub(crate) fn session(&self) -> (&str, &str) {
        self.cookie.split_once('=').unwrap_or((self.cookie.as_str(), ""))
    }

    /// What a path of the API answers.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        answered(self.request(Method::GET, path)).await
    }

    /// Posts a command under its key; the same key does it once, however often it is sent.
    pub async fn post(&self, path: &str, key: &str, body: &Value) -> anyhow::Result<Value> {
        answered(self.request(Method::POST, path).header("idempotency-key", key).json(body)).await
    }

    /// Puts what is to be so; twice is once.
    pub async fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        answered(self.request(Method::PUT, path).json(body)).await
    }

    /// Opens a page or a stream; its body is still to be read.
    pub async fn open(&self, path: &str) -> anyhow::Result<Response> {
        let request = self.request(Method::GET, path).header(header::ACCEPT_LANGUAGE, "en");
        Ok(request.send().await?.error_for_status()?)
    }

    /// Sends a form as a browser does: `name=value&…`.
    pub async fn submit(&self, path: &str, form: &str) -> anyhow::Result<Response> {
        let request = self.request(Method::POST, path);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.to_owned());
        Ok(request.send().await?.error_for_status()?)
    }

    /// What goes with each request, for clients that measure: `name=value`.
    #[must_use]
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Deletes what is at this path.
    pub async fn delete(&self, path: &str) -> anyhow::Result<Value> {
        answered(self.request(Method::DELETE, path)).await
    }

    /// The status of a GET, whatever it is, and after how many seconds to try again, if that is said.
    pub async fn status(&self, path: &str) -> anyhow::Result<(StatusCode, Option<String>)> {
        let answer = self.request(Method::GET, path).send().await?;
        let again = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        Ok((answer.status(), again.map(str::to_owned)))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.origin)).header(header::COOKIE, &self.cookie)
    }
}

async fn answered(request: RequestBuilder) -> anyhow::Result<Value> {
    let answer = request.send().await?;
    let (status, address) = (answer.status(), answer.url().path().to_owned());
    let text = answer.text().await?;
    if !status.is_success() {
        bail!("{address} answers {status}: {text}");
    }
    if text.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_str(&text)?) }
}
