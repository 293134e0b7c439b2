//! One's own settings: name, language, time zone and colours, and the ways to what else is one's own.

pub(crate) mod closing;
pub(crate) mod email;
pub(crate) mod export;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::access::{self, Actor};
use jiff::tz::TimeZoneDatabase;
use leptos::prelude::*;
use messages::{Locale, Words, say};
use serde::Deserialize;
use session::{Form, Now, Portal, Refused, Signed, cookies};
use types::{AccountSettings, Timestamp};

use self::closing::Closing;
use super::preferences;
use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, Icon, Select, Theme, facts, ident},
    flash::redirect,
    screens::asked::{is_said_here, notice, problem},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    name: String,
    locale: String,
    time_zone: String,
    theme: String,
}

/// The page.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Page, Refused> {
    let shown = Shown { wanted: kept(&visit, access::settings_of(&actor)), refused: None, typed: None };
    page(&portal, &visit, &actor, shown, now).await
}

/// Keeps what is the account's there and the colours in this browser, which follows the account's language from now on.
pub(crate) async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refused> {
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let ask =
        AccountSettings { name: wanted.name.clone(), locale: said(&wanted.locale), time_zone: said(&wanted.time_zone) };
    match access::change_settings(&portal.db, &actor, &ask, now).await.map_err(Refused::from) {
        Ok(()) => {}
        Err(refused) if is_said_here(&refused) => {
            let (status, shown) = (refused.status(), Shown { wanted, refused: Some(refused), typed: None });
            return Ok(page(&portal, &visit, &actor, shown, now).await?.with_status(status).into_response());
        }
        Err(refused) => return Err(refused),
    }
    let words = Words::new(ask.locale.as_deref().and_then(Locale::of_tag).unwrap_or(visit.words.locale()), "UTC");
    let mut response = redirect(&portal.settings, "/settings", Flash::done(say!(words, "settings-saved")));
    let theme = Theme::of_word(&wanted.theme);
    for cookie in [cookies::forget(&portal.settings, cookies::LOCALE), preferences::theme(&portal.settings, theme)] {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn kept(visit: &Visit, settings: AccountSettings) -> Wanted {
    Wanted {
        name: settings.name,
        locale: settings.locale.unwrap_or_default(),
        time_zone: settings.time_zone.unwrap_or_default(),
        theme: visit.theme.word().to_owned(),
    }
}

/// What the page shows: what is kept, or what came back and why.
struct Shown {
    wanted: Wanted,
    refused: Option<Refused>,
    /// What was typed to close the account, and is not its address.
    typed: Option<String>,
}

/// The page as it comes back where what was typed to close the account is not its address.
async fn again(portal: &Portal, visit: &Visit, actor: &Actor, typed: String, now: Timestamp) -> Result<Page, Refused> {
    let shown = Shown { wanted: kept(visit, access::settings_of(actor)), refused: None, typed: Some(typed) };
    Ok(page(portal, visit, actor, shown, now).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY))
}

async fn page(portal: &Portal, visit: &Visit, actor: &Actor, shown: Shown, now: Timestamp) -> Result<Page, Refused> {
    let erase_at = access::closing_at(&portal.db, actor, now).await?;
    let words = &visit.words;
    let bare = Bare::of_person(words, Some(Button::new(say!(words, "back-home")).small().to("/home")));
    let closing = Closing { erase_at, typed: shown.typed.clone(), key: types::new_uuid(now).to_string() };
    let view = || view(words, &actor.person().email, shown, closing);
    Ok(Page::bare(visit, bare, &say!(words, "nav-settings"), view).private())
}

fn view(words: &Words, email: &str, shown: Shown, closing: Closing) -> AnyView {
    let refused = shown.refused.as_ref();
    let heading = Heading::new(say!(words, "nav-settings")).beneath(say!(words, "settings-beneath"));
    let profile = Card::titled(say!(words, "settings-profile")).body(profile(words, shown.wanted, refused));
    view! {
        <div class="narrow stack">
            {heading.view()}{notice(words, refused)}{profile}{ways(words, email)}{taking(words)}
            {closing::view(words, email, closing)}
        </div>
    }
    .into_any()
}

fn profile(words: &Words, shown: Wanted, refused: Option<&Refused>) -> AnyView {
    let error = |field: &str| problem(words, refused, field);
    let name = Field::text("name", say!(words, "person-name")).value(shown.name).error(error("name"));
    let languages = Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.own_name().to_owned()));
    let locale = Select {
        name: "locale".to_owned(),
        label: say!(words, "language"),
        options: [(String::new(), say!(words, "settings-language-browser"))].into_iter().chain(languages).collect(),
        chosen: shown.locale,
        hint: Some(say!(words, "settings-language-hint")),
        error: error("locale"),
    };
    let zone = Select {
        name: "time_zone".to_owned(),
        label: say!(words, "settings-zone"),
        options: zones(words),
        chosen: shown.time_zone,
        hint: Some(say!(words, "settings-zone-hint")),
        error: error("time_zone"),
    };
    let theme = Select {
        name: "theme".to_owned(),
        label: say!(words, "theme"),
        options: Theme::ALL.map(|theme| (theme.word().to_owned(), theme.name(words))).into(),
        chosen: shown.theme,
        hint: Some(say!(words, "settings-theme-hint")),
        error: None,
    };
    let fields = view! {
        {name.autocomplete("name").required().view()}
        {locale.view()}{zone.view()}{theme.view()}
        {Button::new(say!(words, "save")).primary().submit()}
    };
    FormView::post("/settings").around(fields.into_any())
}

/// The zones of the world by their names, the hub's own first.
fn zones(words: &Words) -> Vec<(String, String)> {
    let known = TimeZoneDatabase::bundled();
    let names = known.available().map(|name| name.as_str().to_owned());
    let named = names.filter(|name| name.contains('/') && !name.starts_with("Etc/")).map(|name| (name.clone(), name));
    [(String::new(), say!(words, "settings-zone-hub"))].into_iter().chain(named).collect()
}

fn ways(words: &Words, email: &str) -> AnyView {
    let known = facts(vec![(say!(words, "email"), ident(email.to_owned()))]);
    let to = |label: String, href: &str| Button::new(label).small().to(href.to_owned());
    let body = view! {
        {known}
        <div class="row wrap">
            {to(say!(words, "settings-email-change"), "/settings/email")}
            {to(say!(words, "password-title"), "/password")}
            {to(say!(words, "factors"), "/factors")}
            {to(say!(words, "nav-sessions"), "/sessions")}
            {to(say!(words, "nav-activity"), "/activity")}
        </div>
    };
    Card::titled(say!(words, "settings-ways")).body(body.into_any())
}

/// What is kept of oneself, to be taken along.
fn taking(words: &Words) -> AnyView {
    let form = Button::new(say!(words, "settings-export")).icon(Icon::Download).post("/settings/export", ().into_any());
    let body = view! { <p class="sm soft">{say!(words, "settings-export-means")}</p>{form} };
    Card::titled(say!(words, "settings-export-title")).body(body.into_any())
}
