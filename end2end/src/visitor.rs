//! Somebody who speaks the portal's API as a program does: one cookie, JSON, no browser.

use anyhow::{Context, bail};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::{SignIn, wait};

/// A person who is signed in, or nobody yet.
#[derive(Clone, Debug)]
pub struct Visitor {
    client: Client,
    origin: String,
    cookie: String,
}

impl Visitor {
    /// Signs in at the portal at `origin`, once it answers: one that was just killed is away, and may still hold locks until
    /// its database notices. What it refuses, it would refuse again.
    pub async fn sign_in(origin: &str, person: &SignIn) -> anyhow::Result<Self> {
        let decided = wait::until(async || match Self::try_sign_in(origin, person).await {
            Err(error) if !may_pass(&error) => Ok(Err(error)),
            outcome => outcome.map(Ok),
        });
        decided.await?
    }

    async fn try_sign_in(origin: &str, person: &SignIn) -> anyhow::Result<Self> {
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

/// Whether the same may be answered otherwise in a while: nobody answers, or who does cannot now (5xx, 429).
fn may_pass(error: &anyhow::Error) -> bool {
    let away = |status: StatusCode| status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    error.downcast_ref::<reqwest::Error>().is_some_and(|error| error.status().is_none_or(away))
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        time::Duration,
    };

    use axum::{Router, routing::post};
    use tokio::{net::TcpListener, time::sleep};

    use super::*;
    use crate::portal::free_address;

    #[tokio::test]
    async fn a_portal_that_cannot_answer_is_asked_again_and_one_that_says_no_is_not() -> anyhow::Result<()> {
        // The last would be no refusal.
        let answers = [503, 500, 429, 401, 204];
        let (address, n_asked) = (free_address().await?, Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&n_asked);
        let answer = move || {
            let place = counted.fetch_add(1, Ordering::Relaxed).min(answers.len() - 1);
            async move { axum::http::StatusCode::from_u16(answers[place]).unwrap() }
        };
        let serving = tokio::spawn(async move {
            // Nobody listens at first.
            sleep(Duration::from_millis(200)).await;
            let listener = TcpListener::bind(address).await?;
            axum::serve(listener, Router::new().route("/api/v1/session", post(answer))).await
        });
        let [email, password, role] = ["owner@else.test", "wrong", "owner"].map(str::to_owned);
        let entered = Visitor::sign_in(&format!("http://{address}"), &SignIn { email, password, role }).await;
        serving.abort();
        let refusal = entered.err().context("a wrong password lets somebody in")?.to_string();
        assert!(refusal.contains("401"), "{refusal}");
        assert_eq!(n_asked.load(Ordering::Relaxed), 4);
        Ok(())
    }
}
