//! One's own accounts at providers: those that one signs in with, and taking one away.

use axum::{extract::State, response::Response};
use domain::access::{self, IdentityView};
use leptos::prelude::*;
use messages::{Words, say};
use openid::{Provider, Providers};
use serde::Deserialize;
use session::{Form, Now, Portal, Refused, Signed};

use super::{HERE, answer};
use crate::{
    Flash, Visit,
    components::{Button, Card, Column, Row, Table, both, hidden, ident, text, time},
    screens::anybody::prove,
};

/// Which one.
#[derive(Deserialize)]
pub(crate) struct Which {
    issuer: String,
    subject: String,
}

/// Takes it away.
pub(crate) async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(which): Form<Which>,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    let words = &visit.words;
    let named = (which.issuer.as_str(), which.subject.as_str(), words.locale().tag());
    let outcome = access::unlink_identity(&portal.db, &actor, recent, named, now).await;
    let done = Flash::done(say!(words, "identity-removed")).then(say!(words, "identity-removed-means"));
    answer(&portal, words, outcome.map(|()| done))
}

/// The list; nothing where there is none and no provider is offered.
pub(super) fn card(words: &Words, identities: Vec<IdentityView>, providers: &Providers) -> Option<AnyView> {
    let is_any = !identities.is_empty();
    let is_offered = providers.iter().next().is_some();
    (is_any || is_offered).then(|| {
        let list = is_any.then(|| table(words, identities, providers));
        let body = view! { <div class="stack"><p class="soft">{say!(words, "identities-means")}</p>{list}</div> };
        Card::titled(say!(words, "identities")).id("identities").body(body.into_any())
    })
}

fn table(words: &Words, identities: Vec<IdentityView>, providers: &Providers) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "identity-at")),
        Column::new(say!(words, "identity-linked-at")),
        Column::unseen(say!(words, "identity-remove")),
    ];
    let row = |identity: IdentityView| {
        let known = providers.iter().map(Provider::settings).find(|settings| settings.may_issue(&identity.issuer));
        let issuer = ident(identity.issuer.clone());
        let at = match known {
            Some(settings) => both(text(settings.label.clone()), issuer),
            None => issuer,
        };
        let which = view! { {hidden("issuer", identity.issuer)}{hidden("subject", identity.subject)} };
        let remove = Button::new(say!(words, "identity-remove")).small();
        Row::new(vec![
            at,
            time(identity.linked_at, words.moment(identity.linked_at)),
            remove.post("/factors/identities/remove", which.into_any()),
        ])
    };
    Table::new(say!(words, "identities"), columns).rows(identities.into_iter().map(row).collect()).view()
}
