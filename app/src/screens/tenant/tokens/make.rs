//! Making a token: what it may do, where, and what it may spend. Its secret is shown once.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use domain::{
    access::{
        Recent, Seat,
        policy::{self, HoldTokens, ManageTokens, ReadBalance, ReadOrganisation},
    },
    catalogue,
    commands::Command,
    ledger, organisations, tokens,
};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Form as Sent, Refused};
use types::{Currency, FlavourView, MakeToken, Money, NewTokenView, ProjectView, Role};

use super::super::budget;
use crate::{
    Page, Room, Way,
    components::{Banner, Button, Card, Field, Form, Heading, Select, Tone, banner, check, copy_line},
    screens::asked::{is_said_here, micros, notice, problem, whole},
};

/// What stands before the name of a permission's tick.
const TICK: &str = "may-";

/// What the form sends: its fields, and one for each tick.
type Wanted = BTreeMap<String, String>;

/// The form.
pub(crate) async fn show(room: Room<HoldTokens>) -> Result<Response, Refused> {
    if room.actor.recent(room.now).is_none() {
        return Ok(room.prove_first("/tokens/new"));
    }
    let ticked = ["ReadInstances", "LaunchInstances", "ChangeInstances", "StopInstances"];
    let ticked = ticked.iter().map(|name| (format!("{TICK}{name}"), "yes".to_owned()));
    let days = ("days".to_owned(), "90".to_owned());
    Ok(page(&room, ticked.chain([days]).collect(), None).await?.into_response())
}

/// Makes it, and shows the secret.
pub(crate) async fn make(room: Room<HoldTokens>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first("/tokens/new")) };
    match made(&room, recent, &sent).await {
        Ok(made) => Ok(done(&room, made).await?.into_response()),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&room, sent, Some(refused)).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn made(room: &Room<HoldTokens>, recent: Recent, sent: &Wanted) -> Result<NewTokenView, Refused> {
    let tx = room.look().await?;
    let currency = Found::read_in(room, &tx).await?.currency;
    drop(tx);
    let ask = ask(sent, currency)?;
    let command = Command::new(said(sent, "idempotency_key"), "make_token", &ask)?;
    let db = &room.portal.db;
    Ok(match ask.role {
        Some(_) => {
            let scope = room.seat.prove::<ManageTokens>()?;
            tokens::make_service_token(db, &scope, recent, (ask, command), room.now).await?
        }
        None => tokens::make_own_token(db, &room.scope, recent, (ask, command), room.now).await?,
    })
}

fn said<'a>(sent: &'a Wanted, name: &str) -> &'a str {
    sent.get(name).map_or("", |value| value.trim())
}

/// The request, or the field that cannot be read.
fn ask(sent: &Wanted, currency: Option<Currency>) -> Result<MakeToken, Refused> {
    let chosen = |name: &str| Some(said(sent, name)).filter(|value| !value.is_empty());
    let unknown = |field| move |_| domain::Error::Invalid { field, rule: domain::Rule::Known };
    Ok(MakeToken {
        name: said(sent, "name").to_owned(),
        role: chosen("role").map(str::parse::<Role>).transpose().map_err(|_| unknown("role")(()))?,
        permissions: sent.keys().filter_map(|name| name.strip_prefix(TICK)).map(str::to_owned).collect(),
        projects: chosen("projects")
            .map(str::parse)
            .transpose()
            .map_err(|_| unknown("projects")(()))?
            .into_iter()
            .collect(),
        flavours: chosen("flavours")
            .map(str::parse)
            .transpose()
            .map_err(|_| unknown("flavours")(()))?
            .into_iter()
            .collect(),
        networks: said(sent, "networks").split([',', ' ']).filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        most_units: chosen("most_units").map(|units| whole("most_units", units, 1024)).transpose()?,
        ceiling: match chosen("ceiling").zip(currency) {
            Some((ceiling, currency)) => Some(Money { micros: micros("ceiling", ceiling)?, currency }),
            None => None,
        },
        window: chosen("window").map(str::parse).transpose().map_err(|_| unknown("window")(()))?,
        days: u16::try_from(whole("days", said(sent, "days"), 365)?).unwrap_or(0),
    })
}

/// What the form lets choose.
struct Found {
    projects: Vec<ProjectView>,
    flavours: Vec<FlavourView>,
    /// Nothing for who can give no token what spends money.
    currency: Option<Currency>,
}

impl Found {
    async fn read_in(room: &Room<HoldTokens>, tx: &domain::Tx) -> Result<Self, Refused> {
        let scope = room.seat.prove::<ReadOrganisation>()?;
        let spends = policy::SPENDING.iter().any(|permission| can_give(&room.seat, permission));
        let currency = match room.seat.prove::<ReadBalance>() {
            Ok(scope) if spends => Some(ledger::wallet_in(tx, &scope).await?.currency),
            _ => None,
        };
        let mut projects = organisations::list_projects_in(tx, &scope).await?.items;
        projects.retain(|project| project.closed_at.is_none());
        Ok(Self { projects, flavours: catalogue::list_flavours_in(tx, &scope).await?.items, currency })
    }
}

async fn page(room: &Room<HoldTokens>, sent: Wanted, refused: Option<Refused>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let found = Found::read_in(room, &tx).await?;
    let shell = room.shell_in(&tx, Way::Tokens).await?;
    drop(tx);
    let title = say!(room.words(), "token-new");
    Ok(room.page_of(shell, Way::Tokens, &title, || view(room, &found, &sent, refused.as_ref())))
}

fn view(room: &Room<HoldTokens>, found: &Found, sent: &Wanted, refused: Option<&Refused>) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "token-new")).beneath(say!(words, "token-new-beneath"));
    let fields = view! {
        {Card::titled(say!(words, "token-what")).step(1).body(what(room, sent, refused))}
        {Card::titled(say!(words, "token-where")).step(2).body(reach(words, found, sent, refused))}
        {Card::titled(say!(words, "token-how-much")).step(3).body(limits(words, found, sent, refused))}
        <div>{Button::new(say!(words, "token-make")).primary().big().submit()}</div>
    };
    let form = Form::post(room.href("/tokens/new")).once(room.key()).unstyled("stack").around(fields.into_any());
    view! { <div class="narrow">{heading.view()}{notice(words, refused)}{form}</div> }.into_any()
}

/// Its name, whose it is, and its permissions.
fn what(room: &Room<HoldTokens>, sent: &Wanted, refused: Option<&Refused>) -> AnyView {
    let words = room.words();
    let name = Field::text("name", say!(words, "token-name")).value(said(sent, "name")).required().autocomplete("off");
    let name = name.hint(say!(words, "token-name-hint")).error(problem(words, refused, "name"));
    let whose = room.seat.may::<ManageTokens>().then(|| {
        let service = |role: &Role| (role.word().to_owned(), say!(words, "token-service", role = words.role(*role)));
        let roles = Role::ALL.iter().filter(|role| **role != Role::Owner).map(service);
        let own = (String::new(), say!(words, "token-own"));
        let select = Select {
            name: "role".to_owned(),
            label: say!(words, "token-whose"),
            options: std::iter::once(own).chain(roles).collect(),
            chosen: said(sent, "role").to_owned(),
            hint: Some(say!(words, "token-whose-hint")),
            error: problem(words, refused, "role"),
        };
        select.view()
    });
    let error = problem(words, refused, "permissions").map(|error| view! { <p class="error" role="alert">{error}</p> });
    view! {
        <div class="form">
            {name.view()}{whose}
            <fieldset class="field" id="field-permissions"><legend>{say!(words, "token-may")}</legend>{error}{ticks(words, &room.seat, sent)}</fieldset>
        </div>
    }
    .into_any()
}

/// Whether the reader's role has a permission, and so can give it.
fn can_give(seat: &Seat, permission: &str) -> bool {
    let row = policy::holders(permission).zip(seat.role());
    row.is_some_and(|(row, role)| row.roles.contains(&role))
}

/// A tick for each permission that the reader could give.
fn ticks(words: &Words, seat: &Seat, sent: &Wanted) -> AnyView {
    let tick = |name: &&str| {
        let field = format!("{TICK}{name}");
        let ticked = sent.contains_key(&field);
        check(&field, words.say("permission", &[("word", (*name).into())]), ticked)
    };
    policy::OF_TOKENS.iter().filter(|name| can_give(seat, name)).map(tick).collect_view().into_any()
}

fn reach(words: &Words, found: &Found, sent: &Wanted, refused: Option<&Refused>) -> AnyView {
    let all = |said: String| std::iter::once((String::new(), said));
    let projects = Select {
        name: "projects".to_owned(),
        label: say!(words, "token-projects"),
        options: all(say!(words, "token-every-project"))
            .chain(found.projects.iter().map(|project| (project.id.to_string(), project.name.clone())))
            .collect(),
        chosen: said(sent, "projects").to_owned(),
        hint: Some(say!(words, "token-projects-hint")),
        error: problem(words, refused, "projects"),
    };
    let flavours = Select {
        name: "flavours".to_owned(),
        label: say!(words, "token-flavours"),
        options: all(say!(words, "token-every-flavour"))
            .chain(found.flavours.iter().map(|flavour| (flavour.id.to_string(), flavour.name.clone())))
            .collect(),
        chosen: said(sent, "flavours").to_owned(),
        hint: None,
        error: problem(words, refused, "flavours"),
    };
    let networks = Field::text("networks", say!(words, "token-networks")).value(said(sent, "networks"));
    let networks = networks.hint(say!(words, "token-networks-hint")).error(problem(words, refused, "networks"));
    view! { <div class="form">{projects.view()}{flavours.view()}{networks.autocomplete("off").view()}</div> }.into_any()
}

fn limits(words: &Words, found: &Found, sent: &Wanted, refused: Option<&Refused>) -> AnyView {
    let spends = found.currency.map(|currency| {
        let ceiling = Field::amount("ceiling", say!(words, "budget-ceiling")).value(said(sent, "ceiling"));
        let ceiling = ceiling.unit(currency.word()).hint(say!(words, "token-ceiling-hint"));
        let ceiling = ceiling.error(problem(words, refused, "ceiling"));
        view! { {ceiling.view()}{budget::window(words, said(sent, "window").to_owned()).view()} }
    });
    let units = Field::amount("most_units", say!(words, "token-most-units")).value(said(sent, "most_units"));
    let units = units.hint(say!(words, "token-most-units-hint")).error(problem(words, refused, "most_units"));
    let days = Field::amount("days", say!(words, "token-days")).value(said(sent, "days")).required();
    let days = days.hint(say!(words, "token-days-hint")).error(problem(words, refused, "days"));
    view! {
        <div class="form">
            {spends}
            {units.view()}{days.view()}
        </div>
    }
    .into_any()
}

/// The page that shows the secret; a browser keeps no copy of it.
async fn done(room: &Room<HoldTokens>, made: NewTokenView) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shell = room.shell_in(&tx, Way::Tokens).await?;
    drop(tx);
    let words = room.words();
    let title = say!(words, "token-made", name = made.token.name.as_str());
    let view = || {
        let warning = Banner {
            tone: Tone::Warn,
            title: say!(words, "token-shown-once"),
            words: Some(say!(words, "token-shown-once-means")),
            action: None,
        };
        let body = view! {
            <div class="stack">
                {copy_line(say!(words, "token-secret"), made.secret)}
                <div>{Button::new(say!(words, "token-kept")).primary().to(room.href(Way::Tokens.path()))}</div>
            </div>
        };
        let card = Card::titled(say!(words, "token-secret")).body(body.into_any());
        view! { <div class="narrow">{Heading::new(title.clone()).view()}{banner(warning)}{card}</div> }.into_any()
    };
    Ok(room.page_of(shell, Way::Tokens, &title, view))
}
