//! Anybody's account: found by its address, signed out everywhere, stopped, opened again.

use axum::response::{IntoResponse, Response};
use domain::access::{self, policy::StopAccounts};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{AccountView, UserId};

use super::super::asked::{is_said_here, notice, problem, reason_field};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Field, Form, Heading, facts, ident, text, time},
    flash::see_other,
    screens::anybody::prove,
};

/// Where an account is looked for.
pub(super) const FORM: &str = "/staff/people/accounts";

/// What the form that looks for one sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    email: String,
}

/// What the form that stops or opens one sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    reason: String,
}

fn address(user: UserId) -> String {
    format!("{FORM}/{user}")
}

/// The form that looks for one.
pub(crate) async fn ask(office: Office<StopAccounts>) -> Result<Response, Refused> {
    if office.actor.recent(office.now).is_none() {
        return Ok(prove::first(FORM));
    }
    Ok(search(&office, None).await?.into_response())
}

/// Looks for one, and leads on to its page. What is looked for is sent by a form, so that no log keeps the address.
pub(crate) async fn find(office: Office<StopAccounts>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    if office.actor.recent(office.now).is_none() {
        return Ok(prove::first(FORM));
    }
    let found = access::find_account(&office.look().await?, &office.survey, &sent.email).await;
    match found.map_err(Refused::from) {
        Ok(user) => Ok(see_other(&address(user))),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(search(&office, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// The account's page.
pub(crate) async fn show(office: Office<StopAccounts>, Path(user): Path<UserId>) -> Result<Response, Refused> {
    if office.actor.recent(office.now).is_none() {
        return Ok(prove::first(&address(user)));
    }
    Ok(page(&office, user, None).await?.into_response())
}

/// Ends all its sessions.
pub(crate) async fn sign_out(office: Office<StopAccounts>, Path(user): Path<UserId>) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(&address(user))) };
    let done = access::sign_account_out(&office.portal.db, &office.survey, recent, user, office.now).await;
    let words = office.words();
    let flash = done.map(|account| {
        let done = Flash::done(say!(words, "staff-account-signed-out", name = account.name.as_str()));
        done.then(say!(words, "staff-account-signed-out-means"))
    });
    answer(&office, (user, Said::default()), flash).await
}

/// Stops it.
pub(crate) async fn stop(
    office: Office<StopAccounts>,
    Path(user): Path<UserId>,
    Sent(sent): Sent<Said>,
) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(&address(user))) };
    let ask = (user, sent.reason.as_str());
    let done = access::stop_account(&office.portal.db, &office.survey, recent, ask, office.now).await;
    let words = office.words();
    let flash = done.map(|account| {
        let done = Flash::done(say!(words, "staff-account-stopped", name = account.name.as_str()));
        done.then(say!(words, "staff-account-stopped-means"))
    });
    answer(&office, (user, sent), flash).await
}

/// Opens it again.
pub(crate) async fn open(
    office: Office<StopAccounts>,
    Path(user): Path<UserId>,
    Sent(sent): Sent<Said>,
) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(&address(user))) };
    let ask = (user, sent.reason.as_str());
    let done = access::open_account(&office.portal.db, &office.survey, recent, ask, office.now).await;
    let words = office.words();
    let flash = done.map(|account| {
        let done = Flash::done(say!(words, "staff-account-opened", name = account.name.as_str()));
        done.then(say!(words, "staff-account-opened-means"))
    });
    answer(&office, (user, sent), flash).await
}

/// Back to the page with what was done, or the page with why not.
async fn answer(
    office: &Office<StopAccounts>,
    (user, sent): (UserId, Said),
    outcome: domain::Result<Flash>,
) -> Result<Response, Refused> {
    match outcome.map_err(Refused::from) {
        Ok(flash) => Ok(office.redirect(&address(user), flash)),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(office, user, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn search(office: &Office<StopAccounts>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let shell = office.shell(StaffWay::People).await?;
    let title = say!(office.words(), "staff-account");
    Ok(office.page_of(shell, StaffWay::People, &title, || form(office, returned)))
}

fn form(office: &Office<StopAccounts>, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or((Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let email = Field::email("email", say!(words, "staff-propose-email"))
        .value(sent.email)
        .error(problem(words, refused.as_ref(), "email"))
        .autocomplete("off")
        .required();
    let fields = view! {
        {email.view()}
        <div>{Button::new(say!(words, "staff-account-find")).primary().submit()}</div>
    };
    let heading = Heading::new(say!(words, "staff-account")).beneath(say!(words, "staff-account-beneath"));
    let form = Form::post(FORM).around(fields.into_any());
    view! { {heading.view()}{notice(words, refused.as_ref())}{Card::plain().body(form)} }.into_any()
}

async fn page(office: &Office<StopAccounts>, user: UserId, returned: Option<(Said, Refused)>) -> Result<Page, Refused> {
    let account = access::account_of(&office.look().await?, &office.survey, user).await?;
    let shell = office.shell(StaffWay::People).await?;
    Ok(office.page_of(shell, StaffWay::People, &account.name, || view(office, &account, returned)))
}

fn view(office: &Office<StopAccounts>, account: &AccountView, returned: Option<(Said, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or((Said::default(), None), |(sent, refused)| (sent, Some(refused)));
    let (title, means, verb) = match account.stopped_at {
        None => (say!(words, "staff-account-stop"), say!(words, "staff-account-stop-means"), "stop"),
        Some(_) => (say!(words, "staff-account-reopen"), say!(words, "staff-account-reopen-means"), "open"),
    };
    let button = Button::new(title.clone());
    let button = if account.stopped_at.is_none() { button.danger() } else { button };
    let fields = view! {
        {reason_field(words, sent.reason, means, refused.as_ref())}
        <div>{button.primary().submit()}</div>
    };
    let form = Form::post(format!("{}/{verb}", address(account.user))).around(fields.into_any());
    view! {
        {Heading::new(account.name.clone()).view()}{notice(words, refused.as_ref())}
        <div class="split">
            {Card::titled(title).body(form)}
            {Card::titled(say!(words, "staff-facts")).body(known(office, account))}
        </div>
    }
    .into_any()
}

/// What is known of it, and the way to end its sessions where there are some.
fn known(office: &Office<StopAccounts>, account: &AccountView) -> AnyView {
    let words = office.words();
    let state = match account.stopped_at {
        None => text(say!(words, "staff-account-open")),
        Some(at) => time(at, say!(words, "staff-account-stopped-since", at = words.moment(at))),
    };
    let roles = account.roles.iter().map(|role| words.staff_role(*role)).collect();
    let none = || say!(words, "staff-account-none");
    let known = vec![
        (say!(words, "email"), ident(account.email.clone())),
        (say!(words, "staff-account-state"), state),
        (say!(words, "staff-account-roles"), several(roles, none())),
        (say!(words, "staff-account-organisations"), several(account.organisations.clone(), none())),
        (say!(words, "staff-account-sessions"), text(words.count(account.n_sessions))),
    ];
    let end = (account.n_sessions > 0).then(|| {
        let button = Button::new(say!(words, "staff-account-sign-out"));
        button.post(format!("{}/sign-out", address(account.user)), ().into_any())
    });
    view! { {facts(known)}{end} }.into_any()
}

/// Names beside each other, each in its own direction of writing.
fn several(names: Vec<String>, none: String) -> AnyView {
    if names.is_empty() {
        return text(none);
    }
    let names = names.into_iter().map(|name| view! { <bdi class="tag">{name}</bdi> }).collect_view();
    view! { <span class="row wrap">{names}</span> }.into_any()
}
