//! Signing out: here, at the provider that the session came by, and here when the provider says so.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{self, Notice, Origin},
};
use leptos::prelude::*;
use messages::{Words, say};
use openid::Provider;
use serde::Deserialize;
use serde_json::json;
use session::{Form, Now, Path, Portal, Refused, Signed, cookies};

use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Heading},
    flash::{keep, redirect},
};

/// What a provider sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    logout_token: String,
}

/// What is left to do of signing out.
enum Next<'p> {
    Nothing,
    /// To be done at the provider, at this address.
    There(&'p Provider, String),
    /// The provider does not tell where.
    Unknown(&'p Provider),
}

/// Ends the session that the request came with, and leads on to the provider that it came by; without a session there
/// is nothing to end.
pub(crate) async fn sign_out(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    signed: Option<Signed>,
) -> Result<Response, Refused> {
    let origin = match signed {
        Some(Signed(actor)) => access::sign_out(&portal.db, &actor, now).await?,
        None => None,
    };
    let mut response = match next(&portal, origin).await {
        Next::Nothing => redirect(&portal.settings, "/sign-in", done(&visit.words)),
        Next::Unknown(provider) => {
            let title = say!(visit.words, "signed-out-but", provider = provider.settings().label.as_str());
            let flash = Flash::done(title).then(say!(visit.words, "signed-out-but-means"));
            redirect(&portal.settings, "/sign-in", flash)
        }
        Next::There(provider, address) => {
            let mut response = leading_on(&visit, provider, &address).into_response();
            // Not a redirect: what a form's answer leads to must be ours.
            if let Ok(refresh) = HeaderValue::try_from(format!("0; url={address}")) {
                response.headers_mut().insert(header::REFRESH, refresh);
            }
            keep(&portal.settings, response, done(&visit.words))
        }
    };
    response.headers_mut().append(header::SET_COOKIE, cookies::end_session(&portal.settings));
    Ok(response)
}

/// Takes a provider's notice that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): their sessions end.
/// No browser sends it, so that it answers in no page.
pub(crate) async fn told(
    State(portal): State<Portal>,
    Now(now): Now,
    Path(slug): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Refused> {
    let provider = portal.providers.get(&slug).ok_or(Error::NotFound)?;
    let said = match provider.signed_out(&sent.logout_token, now.as_jiff()).await {
        Ok(said) => said,
        Err(error) => {
            tracing::warn!(provider = slug, %error, "a notice of a sign-out was refused");
            return Ok(unheard());
        }
    };
    let notice =
        Notice { issuer: said.issuer, subject: said.subject, sid: said.sid, name: said.jti, until: said.until.into() };
    match access::end_sessions_elsewhere(&portal.db, &notice, now).await? {
        Some(n) => {
            tracing::info!(provider = slug, n, "sessions ended with those at the provider");
            Ok((StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]).into_response())
        }
        None => {
            tracing::warn!(provider = slug, "a notice of a sign-out came again");
            Ok(unheard())
        }
    }
}

async fn next(portal: &Portal, origin: Option<Origin>) -> Next<'_> {
    let Some(origin) = origin else { return Next::Nothing };
    // The operator may offer the provider no longer.
    let Some(provider) = portal.providers.get(&origin.provider) else { return Next::Nothing };
    let Ok(back) = format!("{}/sign-in", portal.settings.base_url).parse() else { return Next::Nothing };
    match provider.sign_out(origin.id_token.as_deref(), &back).await {
        Ok(Some(url)) => Next::There(provider, url.into()),
        Ok(None) => Next::Nothing,
        Err(error) => {
            tracing::warn!(provider = origin.provider, %error, "a provider does not tell where people sign out");
            Next::Unknown(provider)
        }
    }
}

fn done(words: &Words) -> Flash {
    Flash::done(say!(words, "signed-out")).then(say!(words, "signed-out-means"))
}

fn leading_on(visit: &Visit, provider: &Provider, address: &str) -> Page {
    let words = &visit.words;
    let label = provider.settings().label.as_str();
    let title = say!(words, "sign-out-there", provider = label);
    let view = || {
        let heading = Heading::new(title.clone()).beneath(say!(words, "sign-out-there-means", provider = label));
        let way = Button::new(say!(words, "sign-out-there-go", provider = label)).primary().to(address);
        view! { <div class="narrow">{heading.view()}<div class="row">{way}</div></div> }.into_any()
    };
    Page::bare(visit, Bare { end: None }, &title, view).private()
}

fn unheard() -> Response {
    let body = Json(json!({ "error": "invalid_request" }));
    (StatusCode::BAD_REQUEST, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}
