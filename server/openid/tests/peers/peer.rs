//! The provider as the tests run it, and a browser that signs in there.

use std::{
    env,
    path::PathBuf,
    process::Stdio,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, bail, ensure};
use jiff::Timestamp;
use oauth2::url::Url;
use openid::{Callback, Error, Identity, Pending, Provider, Providers};
use reqwest::{Client, Method, Response, header, redirect::Policy};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// Where the browser comes back to; nobody listens there.
pub(crate) const CALLBACK: &str = "http://127.0.0.1:1/callback";

/// The provider, and GitHub's double beside it.
pub(crate) struct Peer {
    _child: Child,
    ports: Value,
    client: Client,
}

impl Peer {
    /// Starts it.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        Self::start_with(&[]).await
    }

    /// Starts it with these arguments: none, or the files of a key and a certificate.
    pub(crate) async fn start_with(arguments: &[PathBuf]) -> anyhow::Result<Self> {
        let peers = PathBuf::from(env::var_os("TAMUDA_TEST_PEERS").context("TAMUDA_TEST_PEERS is not set")?);
        let mut command = Command::new("node");
        command
            .arg(peers.join("openid.mjs"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.stderr(Stdio::null()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        let line = lines.next_line().await?.context("it ended before it listened")?;
        let client = Client::builder().no_proxy().redirect(Policy::none()).build()?;
        Ok(Self { _child: child, ports: serde_json::from_str(&line)?, client })
    }

    /// Its address.
    pub(crate) fn issuer(&self) -> String {
        format!("http://localhost:{}", self.ports["openid"])
    }

    /// Its address where it speaks TLS.
    pub(crate) fn encrypted_issuer(&self) -> String {
        format!("https://localhost:{}", self.ports["openid"])
    }

    /// GitHub's.
    pub(crate) fn github(&self) -> String {
        format!("http://localhost:{}", self.ports["github"])
    }

    /// The provider itself, as one that nobody has asked yet.
    pub(crate) fn openid(&self) -> anyhow::Result<Providers> {
        provider(&format!("issuer = '{}'", self.issuer()))
    }

    /// Has something done at the control port; its answer.
    pub(crate) async fn control(&self, path: &str, asked: Value) -> anyhow::Result<Value> {
        let url = format!("http://127.0.0.1:{}{path}", self.ports["control"]);
        let answer = self.client.post(url).json(&asked).send().await?;
        ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
        Ok(answer.json().await?)
    }

    /// From now on exactly this goes wrong.
    pub(crate) async fn fault(&self, asked: Value) -> anyhow::Result<()> {
        self.control("/fault", asked).await.map(drop)
    }

    /// How often it was asked at a path.
    pub(crate) async fn asked(&self, path: &str) -> anyhow::Result<u64> {
        let answer = self.control("/people", json!({})).await?;
        Ok(answer["counts"][path].as_u64().unwrap_or(0))
    }

    /// A whole sign-in.
    pub(crate) async fn sign_in(&self, provider: &Provider, login: &str) -> anyhow::Result<Result<Identity, Error>> {
        let (pending, callback) = begun(provider, login).await?;
        Ok(movable(provider.finish(pending, callback, Timestamp::now())).await)
    }
}

/// A provider of these settings besides the usual ones.
pub(crate) fn provider(lines: &str) -> anyhow::Result<Providers> {
    let folder = tempfile::tempdir()?;
    let (file, secret) = (folder.path().join("providers.toml"), folder.path().join("secret"));
    std::fs::write(&secret, "a secret that is long enough to sign with\n")?;
    let head = "[[provider]]\nslug = 'peer'\nlabel = 'Peer'\nclient_id = 'tamuda'";
    std::fs::write(&file, format!("{head}\nclient_secret_file = '{}'\n{lines}", secret.display()))?;
    Providers::read(&file, true)
}

/// A sign-in up to where the browser comes back.
pub(crate) async fn begun(provider: &Provider, login: &str) -> anyhow::Result<(Pending, Callback)> {
    let callback_url = CALLBACK.parse()?;
    let (url, pending) = movable(provider.begin(&callback_url, Timestamp::now())).await?;
    let back = Browser::new()?.sign_in(url, &format!("login={login}")).await?;
    Ok((pending, callback(&back)))
}

/// What a handler awaits moves between threads.
fn movable<F: Future + Send>(future: F) -> F {
    future
}

/// The query of the address that the browser came back with.
pub(crate) fn callback(back: &Url) -> Callback {
    let take = |name: &str| back.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    Callback { state: take("state"), code: take("code"), iss: take("iss"), error: take("error") }
}

/// A browser: it keeps cookies and follows redirects until one leads away from the provider.
pub(crate) struct Browser {
    client: Client,
    cookies: Mutex<Vec<(String, String)>>,
}

impl Browser {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().redirect(Policy::none()).build()?;
        Ok(Self { client, cookies: Mutex::default() })
    }

    /// Opens an address and sends this form at the first page; where that leads to in the end.
    pub(crate) async fn sign_in(&self, url: Url, form: &str) -> anyhow::Result<Url> {
        match self.follow(Method::GET, url, None).await? {
            Page::Away(url) => Ok(url),
            Page::Here(url, _) => self.send(url, form).await,
        }
    }

    /// Sends a form; where that leads to in the end.
    pub(crate) async fn send(&self, url: Url, form: &str) -> anyhow::Result<Url> {
        match self.follow(Method::POST, url, Some(form)).await? {
            Page::Away(url) => Ok(url),
            Page::Here(url, text) => bail!("still at {url}: {text}"),
        }
    }

    /// The page at an address.
    pub(crate) async fn page(&self, url: Url) -> anyhow::Result<String> {
        match self.follow(Method::GET, url, None).await? {
            Page::Here(_, text) => Ok(text),
            Page::Away(url) => bail!("it led to {url}"),
        }
    }

    async fn follow(&self, method: Method, url: Url, form: Option<&str>) -> anyhow::Result<Page> {
        let (mut url, mut answer) = (url.clone(), self.ask(method, &url, form).await?);
        for _ in 0..10 {
            let Some(location) = answer.headers().get(header::LOCATION) else {
                return Ok(Page::Here(url, answer.text().await?));
            };
            let next = url.join(location.to_str()?)?;
            if next.port() != url.port() {
                return Ok(Page::Away(next));
            }
            url = next;
            answer = self.ask(Method::GET, &url, None).await?;
        }
        bail!("it goes in circles at {url}")
    }

    async fn ask(&self, method: Method, url: &Url, form: Option<&str>) -> anyhow::Result<Response> {
        let jar = || self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let cookies: Vec<_> = jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self.client.request(method, url.clone()).header(header::COOKIE, cookies.join("; "));
        if let Some(form) = form {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.to_owned());
        }
        let answer = request.send().await?;
        let mut jar = jar();
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').context("no cookie")?;
            jar.retain(|(known, _)| known != name);
            if !value.is_empty() {
                jar.push((name.to_owned(), value.to_owned()));
            }
        }
        drop(jar);
        Ok(answer)
    }
}

enum Page {
    Here(Url, String),
    Away(Url),
}
