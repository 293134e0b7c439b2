//! One of the hub's people: their roles, and revoking one at once.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{self, policy::AppointStaff},
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{RevokeStaff, StaffView, UserId};

use super::{
    super::asked::{is_said_here, notice, problem, reason_field},
    roles,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Form, Heading, Select, facts, ident, time},
    screens::anybody::prove,
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    role: String,
    #[serde(default)]
    reason: String,
}

/// Where a person's page is.
pub(super) fn address(user: UserId) -> String {
    format!("{}/{user}", StaffWay::People.path())
}

/// The page.
pub(crate) async fn show(office: Office<AppointStaff>, Path(user): Path<UserId>) -> Result<Response, Refused> {
    if office.actor.recent(office.now).is_none() {
        return Ok(prove::first(&address(user)));
    }
    Ok(page(&office, user, None).await?.into_response())
}

/// Revokes one of their roles.
pub(crate) async fn revoke(
    office: Office<AppointStaff>,
    Path(user): Path<UserId>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(&address(user))) };
    let name = of(&office, user).await?.into_iter().next().map(|role| role.name).unwrap_or_default();
    let outcome = async {
        let role = sent.role.parse().map_err(|_| Error::Invalid { field: "role", rule: Rule::Known })?;
        let ask = RevokeStaff { user, role, reason: sent.reason.clone() };
        access::revoke_staff(&office.portal.db, &office.survey, recent, &ask, office.now).await?;
        Ok::<_, Error>(role)
    };
    match outcome.await.map_err(Refused::from) {
        Ok(role) => {
            let words = office.words();
            let done = say!(words, "staff-revoked", name = name, role = words.staff_role(role));
            // Who revoked their own may see the list no more.
            Ok(office.redirect("/home", Flash::done(done)))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, user, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn of(office: &Office<AppointStaff>, user: UserId) -> Result<Vec<StaffView>, Refused> {
    Ok(access::staff_roles(&office.look().await?, &office.survey, user).await?)
}

async fn page(
    office: &Office<AppointStaff>,
    user: UserId,
    returned: Option<(Wanted, Refused)>,
) -> Result<Page, Refused> {
    let held = of(office, user).await?;
    let name = held.first().map(|role| role.name.clone()).unwrap_or_default();
    let shell = office.shell(StaffWay::People).await?;
    Ok(office.page_of(shell, StaffWay::People, &name, || view(office, &held, &name, returned)))
}

fn view(office: &Office<AppointStaff>, held: &[StaffView], name: &str, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or((Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let mut known = vec![(say!(words, "email"), ident(held.first().map(|of| of.email.clone()).unwrap_or_default()))];
    known.extend(held.iter().map(|of| (words.staff_role(of.role), time(of.since, words.date(of.since)))));
    let role = Select {
        name: "role".to_owned(),
        label: say!(words, "staff-propose-role"),
        options: roles(words, &held.iter().map(|of| of.role).collect::<Vec<_>>()),
        chosen: sent.role,
        hint: None,
        error: problem(words, refused.as_ref(), "role"),
    };
    let reason = reason_field(words, sent.reason, say!(words, "staff-revoke-means"), refused.as_ref());
    let fields = view! {
        {role.view()}{reason}
        <div>{Button::new(say!(words, "staff-revoke-it")).danger().primary().submit()}</div>
    };
    let user = held.first().map(|of| address(of.user)).unwrap_or_default();
    let form = Form::post(user).around(fields.into_any());
    view! {
        {Heading::new(name.to_owned()).view()}{notice(words, refused.as_ref())}
        <div class="split">
            {Card::titled(say!(words, "staff-revoke")).body(form)}
            {Card::titled(say!(words, "staff-facts")).body(facts(known))}
        </div>
    }
    .into_any()
}
