//! Signing in with an account at a provider, or showing once more who one is: going there, and coming back.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Error,
    access::{
        self, Actor, Arrival, Foreigner, Origin,
        factors::{self, Factors},
    },
};
use leptos::prelude::*;
use messages::{Words, say};
use openid::{Callback, Doubt, Identity, Pending, Provider};
use serde::{Deserialize, Serialize};
use session::{Client, Now, Path, Portal, Query, Refused, Settings, Signed, cookies};
use types::Timestamp;

use super::{
    entered::{Came, lead_in, session},
    linking::{self, Offer},
    prove,
};
use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Heading},
    flash::{keep, own_address, see_other},
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
    leave(&portal, &visit, provider, (back, false), now).await
}

/// Goes there to show once more who one is.
pub(crate) async fn begin_proof(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Path(slug): Path<String>,
    Query(back): Query<Back>,
) -> Result<Response, Refused> {
    let set = factors::factors(&portal.db, &actor, now).await?;
    let own = for_proof(&portal, &actor, &set, now).await?;
    let provider = own.into_iter().find(|provider| provider.settings().slug == slug).ok_or(Error::NotFound)?;
    leave(&portal, &visit, provider, (back, true), now).await
}

/// The providers that may ask a person once more who they are. What they say stands for the password and not for the factor:
/// none where one is set.
pub(super) async fn for_proof<'a>(
    portal: &'a Portal,
    actor: &Actor,
    set: &Factors,
    now: Timestamp,
) -> Result<Vec<&'a Provider>, Error> {
    if set.is_any() {
        return Ok(Vec::new());
    }
    let own = access::list_identities(&portal.db, actor, now).await?;
    let knows = |provider: &&Provider| own.iter().any(|identity| provider.settings().may_issue(&identity.issuer));
    Ok(portal.providers.iter().filter(|provider| provider.asks_again()).filter(knows).collect())
}

async fn leave(
    portal: &Portal,
    visit: &Visit,
    provider: &Provider,
    (back, again): (Back, bool),
    now: Timestamp,
) -> Result<Response, Refused> {
    let back = own_address(back.r#return.as_deref()).map(str::to_owned);
    // One address for both: providers send people back only to those that they were told.
    let home = return_address(&portal.settings, &provider.settings().slug).parse().map_err(|_| Error::NotFound)?;
    let begun = match again {
        true => provider.begin_again(&home, now.as_jiff()).await,
        false => provider.begin(&home, now.as_jiff()).await,
    };
    let (url, pending) = match begun {
        Ok(begun) => begun,
        Err(error) => return Ok(failed(visit, provider, &error).into_response()),
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
    let Some(Away { pending, back }) = brought(&portal.settings, &headers) else {
        return Ok(failed(&visit, provider, &openid::Error::Expired).into_response());
    };
    let (is_proof, back) = (pending.again, back.as_deref());
    let mut response = match provider.finish(pending, callback, now.as_jiff()).await {
        Ok(identity) if is_proof => proved(&portal, &visit, provider, (before, &identity), back, now).await?,
        Ok(identity) => {
            let who = foreigner(slug, identity);
            let from = session(&visit, client, String::new(), String::new());
            let came = Came { back, address: &from.address, before, now };
            match access::arrive(&portal.db, &who, &from, now).await? {
                Arrival::Known(entry) => lead_in(&portal, entry, came, None).await?,
                arrival => unknown(&portal, &visit, provider, arrival, back),
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

/// On with what they were about, if it was themselves who signed in there.
async fn proved(
    portal: &Portal,
    visit: &Visit,
    provider: &Provider,
    (before, identity): (Option<Signed>, &Identity),
    back: Option<&str>,
    now: Timestamp,
) -> Result<Response, Refused> {
    // Whoever has signed out here in between begins anew.
    let Some(Signed(actor)) = before else {
        return Ok(failed(visit, provider, &openid::Error::Expired).into_response());
    };
    let back = back.unwrap_or("/home");
    let named = (identity.issuer.as_str(), identity.subject.as_str());
    match access::prove_with_identity(&portal.db, &actor, named, now).await {
        Ok(token) => Ok(prove::on(portal, &token, back)),
        Err(Error::NotFound) => {
            let label = provider.settings().label.as_str();
            let flash = Flash::refused(say!(visit.words, "provider-proof-another", provider = label));
            let flash = flash.then(say!(visit.words, "provider-proof-another-means"));
            Ok(keep(&portal.settings, prove::first(back), flash))
        }
        Err(error) => Err(error.into()),
    }
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
        openid::Error::Untrusted(Doubt::Stale) => (
            say!(words, "provider-stale", provider = label),
            say!(words, "provider-stale-means"),
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
