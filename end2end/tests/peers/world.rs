//! A portal that offers a real provider, and a browser that goes there and back.

use std::{cell::RefCell, collections::BTreeMap};

use anyhow::{Context, bail, ensure};
use end2end::{Portal, peers::OpenIdProvider};
use reqwest::{Client, Method, Response, Url, header, redirect::Policy};

/// Where signing in with the provider begins.
pub(crate) const GO: &str = "/sign-in/with/peer";

/// A provider, and a portal that offers it and has not asked it anything yet.
pub(crate) async fn world() -> anyhow::Result<(OpenIdProvider, Portal)> {
    let provider = OpenIdProvider::start().await?;
    let mut portal = Portal::start().await?;
    portal.stop_portal().await?;
    let arguments = provider.offered_at(&portal.origin()).await?;
    portal.start_portal_with(&[&arguments[0], &arguments[1]]).await?;
    Ok((provider, portal))
}

/// The same with a portal that is reached by a name, since browsers make no passkeys for a number; and its address.
pub(crate) async fn named_world() -> anyhow::Result<(OpenIdProvider, Portal, Url)> {
    let provider = OpenIdProvider::start().await?;
    let mut portal = Portal::start().await?;
    portal.stop_portal().await?;
    let origin = portal.origin().replace("127.0.0.1", "localhost");
    let arguments = provider.offered_at(&origin).await?;
    portal.start_portal_with(&[&arguments[0], &arguments[1], "--base-url", &origin]).await?;
    Ok((provider, portal, origin.parse()?))
}

/// A browser without scripts: it keeps each server's cookies and follows every redirect.
pub(crate) struct Browser {
    pub(crate) client: Client,
    pub(crate) portal: Url,
    cookies: RefCell<BTreeMap<(String, String), String>>,
}

/// A page, where it is.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) url: Url,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new(portal: &Portal) -> anyhow::Result<Self> {
        Self::at(portal.origin().parse()?)
    }

    /// One that reaches the portal at this address.
    pub(crate) fn at(portal: Url) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().redirect(Policy::none()).build()?;
        Ok(Self { client, portal, cookies: RefCell::default() })
    }

    pub(crate) async fn open(&self, path: &str) -> anyhow::Result<Page> {
        self.follow(Method::GET, self.portal.join(path)?, None).await
    }

    pub(crate) async fn send(&self, path: &str, form: &str) -> anyhow::Result<Page> {
        self.follow(Method::POST, self.portal.join(path)?, Some(form)).await
    }

    /// Is nobody anywhere but at the portal: the provider would tell it of whoever leaves there for somebody else.
    pub(crate) fn forget_others(&self) {
        self.cookies.borrow_mut().retain(|(server, _), _| server == self.portal.authority());
    }

    /// Goes to the provider, names a login there, and comes back.
    pub(crate) async fn sign_in(&self, path: &str, login: &str) -> anyhow::Result<Page> {
        let page = self.open(path).await?;
        ensure!(page.url.port() != self.portal.port(), "not at the provider: {} {}", page.status, page.text);
        self.follow(Method::POST, page.url, Some(&format!("login={login}"))).await
    }

    /// Goes to the provider to sign in, and names a login there; the way back to the portal, which it does not open.
    pub(crate) async fn answer_unopened(&self, login: &str) -> anyhow::Result<Url> {
        self.answer_unopened_at(GO, login).await
    }

    /// The same by another way to the provider.
    pub(crate) async fn answer_unopened_at(&self, path: &str, login: &str) -> anyhow::Result<Url> {
        let mut url = self.open(path).await?.url;
        ensure!(url.port() != self.portal.port(), "not at the provider: {url}");
        let mut answer = self.ask(Method::POST, &url, Some(&format!("login={login}"))).await?;
        for _ in 0..15 {
            let location = answer.headers().get(header::LOCATION).context("it leads nowhere")?;
            url = url.join(location.to_str()?)?;
            if url.port() == self.portal.port() {
                return Ok(url);
            }
            answer = self.ask(Method::GET, &url, None).await?;
        }
        bail!("it goes in circles at {url}")
    }

    /// Whether the portal knows who it is.
    pub(crate) async fn is_signed_in(&self) -> anyhow::Result<bool> {
        Ok(self.open("/home").await?.url.path() != "/sign-in")
    }

    pub(crate) async fn follow(&self, method: Method, mut url: Url, form: Option<&str>) -> anyhow::Result<Page> {
        let mut answer = self.ask(method, &url, form).await?;
        for _ in 0..15 {
            let Some(location) = answer.headers().get(header::LOCATION) else {
                return Ok(Page { status: answer.status().as_u16(), url, text: answer.text().await? });
            };
            url = url.join(location.to_str()?)?;
            answer = self.ask(Method::GET, &url, None).await?;
        }
        bail!("it goes in circles at {url}")
    }

    pub(crate) async fn ask(&self, method: Method, url: &Url, form: Option<&str>) -> anyhow::Result<Response> {
        let server = url.authority().to_owned();
        let kept = self
            .cookies
            .borrow()
            .iter()
            .filter(|((of, _), _)| *of == server)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect::<Vec<_>>();
        let mut request = self.client.request(method, url.clone()).header(header::ACCEPT_LANGUAGE, "en");
        request = request.header(header::COOKIE, kept.join("; "));
        if let Some(form) = form {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.to_owned());
        }
        let answer = request.send().await?;
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').context("no cookie")?;
            self.cookies.borrow_mut().insert((server.clone(), name.to_owned()), value.to_owned());
        }
        Ok(answer)
    }
}

/// The `n` of a query.
pub(crate) async fn number(portal: &Portal, sql: &str) -> anyhow::Result<i64> {
    portal.database().rows(sql).await?[0]["n"].as_i64().context("no number")
}
