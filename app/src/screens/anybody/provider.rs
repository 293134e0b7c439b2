//! Signing in with an account at a provider: going there, and coming back.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Error,
    access::{self, Arrival, Foreigner, Origin},
};
use leptos::prelude::*;
use messages::{Words, say};
use openid::{Callback, Identity, Pending, Provider};
use serde::{Deserialize, Serialize};
use session::{Client, Now, Path, Portal, Query, Refused, Settings, Signed, cookies};

use super::{
    entered::{Came, lead_in, session},
    linking::{self, Offer},
};
use crate::{
    Page, Visit,
    components::{Bare, Button, Heading},
    flash::{own_address, see_other},
};

/// What the browser keeps while it is away; nobody else can show it.
const AWAY: &str = "tamuda-away";
/// As long as a sign-in may take.
const AWAY_SECONDS: i64 = 600;

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    r#return: Option<String>,
}

/// What is kept while the browser is away.
#[derive(Serialize, Deserialize)]
struct Away {
    pending: Pending,
    back: Option<String>,
}

/// Goes to the provider. A link and not a form: what a form's answer leads to must be ours.
pub(crate) async fn begin(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Path(slug): Path<String>,
    Query(back): Query<Back>,
) -> Result<Response, Refused> {
    let provider = portal.providers.get(&slug).ok_or(Error::NotFound)?;
    let back = own_address(back.r#return.as_deref()).map(str::to_owned);
    let home = return_address(&portal.settings, &slug).parse().map_err(|_| Error::NotFound)?;
    let (url, pending) = match provider.begin(&home, now.as_jiff()).await {
        Ok(begun) => begun,
        Err(error) => return Ok(failed(&visit, provider, &error).into_response()),
    };
    let mut response = see_other(url.as_str());
    let kept = kept(&Away { pending, back })?;
    let cookie = cookies::set(&portal.settings, AWAY, &kept, AWAY_SECONDS);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Comes back from the provider.
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn finish(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    client: Client,
    headers: HeaderMap,
    Path(slug): Path<String>,
    Query(callback): Query<Callback>,
) -> Result<Response, Refused> {
    let provider = portal.providers.get(&slug).ok_or(Error::NotFound)?;
    let Some(away) = brought(&portal.settings, &headers) else {
        return Ok(failed(&visit, provider, &openid::Error::Expired).into_response());
    };
    let mut response = match provider.finish(away.pending, callback, now.as_jiff()).await {
        Ok(identity) => {
            let who = foreigner(slug, identity);
            let from = session(&visit, client, String::new(), String::new());
            let came = Came { back: away.back.as_deref(), address: &from.address, before, now };
            match access::arrive(&portal.db, &who, &from, now).await? {
                Arrival::Known(entry) => lead_in(&portal, entry, came, None).await?,
                arrival => unknown(&portal, &visit, provider, arrival, came.back),
            }
        }
        Err(error) => failed(&visit, provider, &error).into_response(),
    };
    // What was kept is good for one return.
    let gone = cookies::forget(&portal.settings, AWAY);
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}

/// Buttons to every provider, and the word between them and the form beneath.
pub(super) fn buttons(words: &Words, portal: &Portal, back: Option<&str>) -> Option<AnyView> {
    let query = back.and_then(|back| serde_urlencoded::to_string([("return", back)]).ok());
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let ways = portal.providers.iter().map(|provider| {
        let settings = provider.settings();
        let label = say!(words, "provider-continue", provider = settings.label.as_str());
        Button::new(label).big().to(format!("/sign-in/with/{}{query}", settings.slug))
    });
    let ways = ways.collect::<Vec<_>>();
    (!ways.is_empty()).then(|| {
        view! { <div class="stack tight">{ways}</div><p class="sm faint">{say!(words, "provider-or")}</p> }.into_any()
    })
}

fn foreigner(provider: String, identity: Identity) -> Foreigner {
    Foreigner {
        issuer: identity.issuer,
        subject: identity.subject,
        proven_email: identity.email.filter(|_| identity.email_is_verified),
        name: identity.name,
        origin: Origin { provider, sid: identity.sid, id_token: identity.id_token },
    }
}

/// Whom nobody knows here yet.
fn unknown(portal: &Portal, visit: &Visit, provider: &Provider, arrival: Arrival, back: Option<&str>) -> Response {
    if let Arrival::Offered { token, email } = arrival {
        let offer = Offer { provider, email: &email, token: token.reveal(), back };
        return linking::page(portal, visit, &offer, None).into_response();
    }
    let title = say!(visit.words, "provider-unproven", provider = provider.settings().label.as_str());
    told(visit, &title, say!(visit.words, "provider-unproven-means"), StatusCode::FORBIDDEN).into_response()
}

/// What went wrong at the provider, in words; why in detail stands in the log.
pub(super) fn failed(visit: &Visit, provider: &Provider, error: &openid::Error) -> Page {
    let words = &visit.words;
    let label = provider.settings().label.as_str();
    tracing::warn!(provider = provider.settings().slug, %error, "a sign-in at a provider failed");
    let (title, means, status) = match error {
        openid::Error::Down(_) | openid::Error::Slow => (
            say!(words, "provider-away", provider = label),
            say!(words, "provider-away-means"),
            StatusCode::BAD_GATEWAY,
        ),
        openid::Error::Refused(code) => (
            say!(words, "provider-refused", provider = label),
            say!(words, "provider-refused-means", code = code.as_str()),
            StatusCode::FORBIDDEN,
        ),
        openid::Error::Untrusted(_) => (
            say!(words, "provider-untrusted", provider = label),
            say!(words, "provider-untrusted-means"),
            StatusCode::FORBIDDEN,
        ),
        openid::Error::Expired => (say!(words, "provider-late"), say!(words, "provider-late-means"), StatusCode::GONE),
    };
    told(visit, &title, means, status)
}

fn told(visit: &Visit, title: &str, means: String, status: StatusCode) -> Page {
    let view = || {
        let heading = Heading::new(title).beneath(means);
        let way = Button::new(say!(visit.words, "nav-sign-in")).primary().to("/sign-in");
        view! { <div class="narrow">{heading.view()}<div class="row">{way}</div></div> }.into_any()
    };
    Page::bare(visit, Bare { end: None }, title, view).private().with_status(status)
}

fn return_address(settings: &Settings, slug: &str) -> String {
    format!("{}/sign-in/with/{slug}/back", settings.base_url)
}

fn kept(away: &Away) -> Result<String, Error> {
    let text = serde_json::to_vec(away).map_err(|error| Error::Corrupt(format!("a sign-in: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(text))
}

fn brought(settings: &Settings, headers: &HeaderMap) -> Option<Away> {
    let text = URL_SAFE_NO_PAD.decode(cookies::read(settings, headers, AWAY)?).ok()?;
    serde_json::from_slice(&text).ok()
}
