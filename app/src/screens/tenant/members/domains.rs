//! The domain whose people come in by themselves: what became of it, asking the hub for one, taking it back.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::policy::{ManageDomain, ReadMembers},
    commands::Command,
    organisations,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Portal, Refused};
use types::{ClaimDomain, DomainId, DomainView, Role};

use super::one::sheet;
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Field, Form, Heading, Icon, Select, copy_line, facts, refused},
    screens::{
        asked::{is_said_here, notice, problem},
        claimed::{known, published, standing},
    },
};

const FORM: &str = "/domains/new";

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    idempotency_key: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    provider: String,
    #[serde(default)]
    role: String,
}

/// The form.
pub(crate) async fn show(room: Room<ManageDomain>) -> Result<Response, Refused> {
    if room.actor.recent(room.now).is_none() {
        return Ok(room.prove_first(FORM));
    }
    Ok(page(&room, None).await?.into_response())
}

/// Asks the hub.
pub(crate) async fn claim(room: Room<ManageDomain>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first(FORM)) };
    let outcome = async {
        let ask = asked(&room.portal, &sent)?;
        let command = Command::new(&sent.idempotency_key, "claim_domain", &ask)?;
        organisations::claim_domain(&room.portal.db, &room.scope, recent, command, ask, room.now).await
    };
    match outcome.await.map_err(Refused::from) {
        Ok(domain) => {
            let done = say!(room.words(), "domain-claimed", domain = domain.name.as_str());
            let flash = Flash::done(done).then(say!(room.words(), "domain-claimed-means"));
            Ok(room.redirect(Way::Members.path(), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&room, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Takes it back.
pub(crate) async fn remove(
    room: Room<ManageDomain>,
    Path((_, domain)): Path<(String, DomainId)>,
) -> Result<Response, Refused> {
    let domain = organisations::give_up_domain(&room.portal.db, &room.scope, domain, room.now).await?;
    let done = say!(room.words(), "domain-removed", domain = domain.name.as_str());
    let flash = Flash::done(done).then(say!(room.words(), "domain-removed-means"));
    Ok(room.redirect(Way::Members.path(), flash))
}

/// What stands on the members' page; nothing where there is neither a domain nor somebody who may ask for one.
pub(super) fn card(room: &Room<ReadMembers>, domain: Option<DomainView>) -> Option<AnyView> {
    let words = room.words();
    let manages = room.seat.may::<ManageDomain>();
    let Some(domain) = domain else {
        return manages.then(|| {
            let claim = Button::new(say!(words, "domain-claim")).icon(Icon::Globe).to(room.href(FORM));
            let body = view! { <p class="soft">{say!(words, "domain-none-means")}</p><div>{claim}</div> };
            Card::titled(say!(words, "domain")).body(view! { <div class="stack tight">{body}</div> }.into_any())
        });
    };
    let remove = manages.then(|| {
        let means = say!(words, "domain-remove-means", domain = domain.name.as_str());
        sheet(say!(words, "domain-remove"), means, room.href(&format!("/domains/{}/remove", domain.id)))
    });
    let body = view! {
        <div class="stack tight">
            {facts(known(&room.portal, words, &domain))}
            {domain.confirmed_at.is_none().then(|| record(words, &domain))}
            <p class="sm soft">{say!(words, "domain-means")}</p>
            {remove}
        </div>
    };
    Some(Card::titled(say!(words, "domain")).end(standing(words, &domain)).body(body.into_any()))
}

fn record(words: &Words, domain: &DomainView) -> AnyView {
    let (host, says) = published(domain);
    view! {
        <p class="sm">{say!(words, "domain-record", domain = domain.name.as_str())}</p>
        {copy_line(say!(words, "domain-record-label"), format!("{host} TXT \"{says}\""))}
    }
    .into_any()
}

fn asked(portal: &Portal, sent: &Wanted) -> domain::Result<ClaimDomain> {
    let unknown = |field| Error::Invalid { field, rule: Rule::Known };
    let provider = portal.providers.get(&sent.provider).ok_or_else(|| unknown("provider"))?.settings().slug.clone();
    let role = sent.role.parse().map_err(|_| unknown("role"))?;
    Ok(ClaimDomain { name: sent.name.clone(), provider, role })
}

async fn page(room: &Room<ManageDomain>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shell = room.shell_in(&tx, Way::Members).await?;
    drop(tx);
    let title = say!(room.words(), "domain-claim");
    Ok(room.page_of(shell, Way::Members, &title, || view(room, returned)))
}

fn view(room: &Room<ManageDomain>, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = room.words();
    let first = Wanted { role: Role::Developer.word().to_owned(), ..Wanted::default() };
    let (sent, refusal) = returned.map_or((first, None), |(sent, refused)| (sent, Some(refused)));
    let name = Field::text("name", say!(words, "domain"))
        .value(sent.name.clone())
        .hint(say!(words, "domain-name-hint"))
        .error(problem(words, refusal.as_ref(), "name"))
        .autocomplete("off")
        .required();
    let providers = room.portal.providers.iter().map(|provider| {
        let settings = provider.settings();
        (settings.slug.clone(), settings.label.clone())
    });
    let providers = providers.collect::<Vec<_>>();
    let send = match providers.is_empty() {
        true => refused("no-provider", say!(words, "domain-send"), say!(words, "domain-no-provider")),
        false => Button::new(say!(words, "domain-send")).primary().submit(),
    };
    let provider =
        select(words, "provider", (say!(words, "domain-provider"), providers), &sent.provider, refusal.as_ref());
    let roles = Role::ALL.iter().filter(|role| **role != Role::Owner);
    let roles = roles.map(|role| (role.word().to_owned(), words.role(*role))).collect();
    let role = select(words, "role", (say!(words, "domain-role"), roles), &sent.role, refusal.as_ref());
    let fields = view! { {name.view()}{provider}{role}<div>{send}</div> };
    let beneath = say!(words, "domain-beneath", organisation = room.seat.name());
    let form = Form::post(room.href(FORM)).once(room.key()).around(fields.into_any());
    view! {
        {Heading::new(say!(words, "domain-claim")).beneath(beneath).view()}{notice(words, refusal.as_ref())}
        <div class="split even">{Card::plain().body(form)}{super::matrix::card(words)}</div>
    }
    .into_any()
}

fn select(
    words: &Words,
    name: &str,
    (label, options): (String, Vec<(String, String)>),
    chosen: &str,
    refused: Option<&Refused>,
) -> AnyView {
    let error = problem(words, refused, name);
    Select { name: name.to_owned(), label, options, chosen: chosen.to_owned(), hint: None, error }.view()
}
