//! Accepting an invitation: as who one is signed in as, or with an account made on the way.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{self, Invited, NewPerson},
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Client, Form, Now, Portal, Query, Refused, Signed, cookies};
use types::Code;

use super::{person, provider, sheet::Brought};
use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Card, Form as FormView, Heading, hidden, whose},
    flash::redirect,
};

/// The token, and who comes with it.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    token: String,
    name: String,
    password: String,
}

/// The invitation, and the way in that fits the reader; looking at it uses nothing up.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    signed: Option<Signed>,
    Query(brought): Query<Brought>,
) -> Result<Page, Refused> {
    let Some(invited) = access::invitation_of(&portal.db, &brought.token, now).await? else {
        return Ok(spent(&visit));
    };
    let reader = signed.as_ref().map(|Signed(actor)| actor.person().email.as_str());
    Ok(page(&portal, &visit, &invited, &brought.token, reader, None))
}

/// Makes the reader a member.
pub(crate) async fn join(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(brought): Form<Brought>,
) -> Result<Response, Refused> {
    let Some(invited) = access::invitation_of(&portal.db, &brought.token, now).await? else {
        return Ok(spent(&visit).into_response());
    };
    match access::join(&portal.db, &actor, &brought.token, now).await {
        Ok(slug) => Ok(redirect(&portal.settings, &format!("/o/{slug}"), welcome(&visit.words, &invited))),
        // Another address's, or somebody was faster: the page says which.
        Err(Error::NotFound) => {
            let reader = Some(actor.person().email.as_str());
            let page = page(&portal, &visit, &invited, &brought.token, reader, None);
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes an account, signs it in and makes it a member.
pub(crate) async fn register(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Client { address, device }: Client,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refused> {
    let Some(invited) = access::invitation_of(&portal.db, &wanted.token, now).await? else {
        return Ok(spent(&visit).into_response());
    };
    let who = NewPerson {
        name: wanted.name.clone(),
        password: wanted.password,
        device,
        address: address.to_string(),
        language: visit.words.locale().tag().to_owned(),
    };
    match access::join_as_new(&portal.db, &wanted.token, who, now).await {
        Ok((session, slug)) => {
            let mut response = redirect(&portal.settings, &format!("/o/{slug}"), welcome(&visit.words, &invited));
            response.headers_mut().append(header::SET_COOKIE, cookies::give_session(&portal.settings, &session));
            Ok(response)
        }
        Err(Error::NotFound) => Ok(page(&portal, &visit, &invited, &wanted.token, None, None).into_response()),
        Err(error) => {
            let refused = Refused::from(error);
            if refused.refusal().code != Code::Invalid {
                return Err(refused);
            }
            let returned = Some((wanted.name.as_str(), &refused));
            Ok(page(&portal, &visit, &invited, &wanted.token, None, returned)
                .with_status(refused.status())
                .into_response())
        }
    }
}

fn welcome(words: &Words, invited: &Invited) -> Flash {
    let title = say!(words, "joined", organisation = invited.organisation.as_str());
    Flash::done(title).then(say!(words, "joined-means", role = words.role(invited.role)))
}

fn page(
    portal: &Portal,
    visit: &Visit,
    invited: &Invited,
    token: &str,
    reader: Option<&str>,
    returned: Option<(&str, &Refused)>,
) -> Page {
    let words = &visit.words;
    let title = say!(words, "invitation-title", organisation = invited.organisation.as_str());
    let view = || {
        let (by, role) = (invited.invited_by.as_str(), words.role(invited.role));
        let heading = Heading::new(title.clone()).beneath(say!(words, "invitation-beneath", by = by, role = role));
        let body = match reader {
            Some(reader) if reader == invited.email => accept(words, invited, token),
            Some(reader) => other_address(words, invited, reader),
            None if invited.is_known => sign_in_first(words, invited, token),
            None => new_account(portal, words, invited, token, returned),
        };
        view! { <div class="narrow">{heading.view()}{Card::plain().body(body)}</div> }.into_any()
    };
    Page::bare(visit, Bare { end: None }, &title, view).private()
}

fn accept(words: &Words, invited: &Invited, token: &str) -> AnyView {
    let fields = view! {
        {hidden("token", token)}
        <p>{say!(words, "invitation-as", email = invited.email.as_str())}</p>
        {Button::new(say!(words, "invitation-accept")).primary().big().submit()}
    };
    FormView::post("/invitation").around(fields.into_any())
}

fn other_address(words: &Words, invited: &Invited, reader: &str) -> AnyView {
    let said = say!(words, "invitation-other", email = invited.email.as_str(), reader = reader);
    let out = Button::new(say!(words, "nav-sign-out")).primary().post("/sign-out", ().into_any());
    view! { <div class="stack"><p>{said}</p><div class="row">{out}</div></div> }.into_any()
}

fn sign_in_first(words: &Words, invited: &Invited, token: &str) -> AnyView {
    let back = serde_urlencoded::to_string([("return", format!("/invitation?token={token}"))]).unwrap_or_default();
    let said = say!(words, "invitation-known", email = invited.email.as_str());
    let way = Button::new(say!(words, "nav-sign-in")).primary().to(format!("/sign-in?{back}"));
    view! { <div class="stack"><p>{said}</p><div class="row">{way}</div></div> }.into_any()
}

fn new_account(
    portal: &Portal,
    words: &Words,
    invited: &Invited,
    token: &str,
    returned: Option<(&str, &Refused)>,
) -> AnyView {
    let fields = view! {
        {hidden("token", token)}{whose(&invited.email)}
        <p>{say!(words, "invitation-new", email = invited.email.as_str())}</p>
        {person::fields(words, returned)}
        {Button::new(say!(words, "invitation-register")).primary().big().submit()}
    };
    let elsewhere = provider::buttons(words, portal, Some(&format!("/invitation?token={token}")));
    let form = FormView::post("/invitation/register").around(fields.into_any());
    view! { <div class="stack">{elsewhere}{form}</div> }.into_any()
}

/// The invitation is unknown, used, revoked or too old: which one is nobody's business.
fn spent(visit: &Visit) -> Page {
    let words = &visit.words;
    let title = say!(words, "invitation-spent");
    let view = || {
        let heading = Heading::new(title.clone()).beneath(say!(words, "invitation-spent-means"));
        let home = Button::new(say!(words, "back-home")).to("/home");
        view! { <div class="narrow">{heading.view()}<div class="row">{home}</div></div> }.into_any()
    };
    Page::bare(visit, Bare { end: None }, &title, view).private().with_status(StatusCode::GONE)
}
