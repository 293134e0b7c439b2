//! A way back for who has lost every second factor: asking, agreeing, taking back.

use axum::response::{IntoResponse, Response};
use domain::{
    Error,
    access::{
        self, RESET_HOURS,
        policy::{ReadStaff, ResetFactors},
    },
    commands::Command,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{AskForFactorReset, FactorResetView, ResetId};

use super::super::asked::{is_said_here, notice, problem, reason_field};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Column, Field, Form, Heading, Row, Table, both, ident, text, time},
    screens::anybody::prove,
};

/// Where the form is.
pub(super) const FORM: &str = "/staff/people/factors";

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    idempotency_key: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    reason: String,
}

/// The form.
pub(crate) async fn show(office: Office<ResetFactors>) -> Result<Response, Refused> {
    if office.actor.recent(office.now).is_none() {
        return Ok(prove::first(FORM));
    }
    Ok(page(&office, None).await?.into_response())
}

/// Asks for it.
pub(crate) async fn ask(office: Office<ResetFactors>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(FORM)) };
    let outcome = async {
        let ask = AskForFactorReset { email: sent.email.clone(), reason: sent.reason.clone() };
        let command = Command::new(&sent.idempotency_key, "ask_for_factor_reset", &ask)?;
        access::ask_for_factor_reset(&office.portal.db, &office.survey, recent, command, &ask, office.now).await
    };
    match outcome.await.map_err(Refused::from) {
        Ok(reset) => {
            let done = Flash::done(say!(office.words(), "staff-reset-asked", name = reset.name.as_str()));
            let flash = done.then(say!(office.words(), "staff-reset-asked-means", n = RESET_HOURS));
            Ok(office.redirect(StaffWay::People.path(), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Agrees to it.
pub(crate) async fn confirm(office: Office<ResetFactors>, Path(id): Path<ResetId>) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(StaffWay::People.path())) };
    let words = office.words();
    let flash = match access::confirm_factor_reset(&office.portal.db, &office.survey, recent, id, office.now).await {
        Ok(reset) => {
            let done = Flash::done(say!(words, "staff-reset-done", name = reset.name.as_str()));
            done.then(say!(words, "staff-reset-done-means"))
        }
        Err(error @ Error::Conflict(_)) => {
            let said = words.refusal(&Refused::from(error).refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(office.redirect(StaffWay::People.path(), flash))
}

/// Takes it back.
pub(crate) async fn withdraw(office: Office<ResetFactors>, Path(id): Path<ResetId>) -> Result<Response, Refused> {
    access::withdraw_factor_reset(&office.portal.db, &office.survey, id, office.now).await?;
    let flash = Flash::done(say!(office.words(), "staff-reset-withdrawn"));
    Ok(office.redirect(StaffWay::People.path(), flash))
}

/// What waits for a second person.
pub(super) fn waiting(office: &Office<ReadStaff>, resets: Vec<FactorResetView>) -> AnyView {
    let words = office.words();
    let resets_them = office.actor.prove::<ResetFactors>().is_ok();
    let columns = vec![
        Column::new(say!(words, "staff-person")),
        Column::wide(say!(words, "staff-reason")),
        Column::new(say!(words, "staff-proposal-until")),
        Column::unseen(say!(words, "staff-proposal-acts")),
    ];
    let row = |reset: FactorResetView| {
        let acts = resets_them.then(|| acts(office, &reset));
        let by = say!(words, "staff-proposal-by", name = reset.asked_by_name.as_str());
        Row::new(vec![
            both(view! { <bdi class="strong">{reset.name}</bdi> }.into_any(), ident(reset.email)),
            both(view! { <bdi class="sm">{reset.reason}</bdi> }.into_any(), text(by)),
            time(reset.expires_at, words.ahead(office.now, reset.expires_at)),
            view! { <div class="row">{acts}</div> }.into_any(),
        ])
    };
    let rows = resets.into_iter().map(row).collect();
    let table = Table::new(say!(words, "staff-resets"), columns).rows(rows);
    Card::titled(say!(words, "staff-resets")).flush(table.view())
}

/// Who asked for it and whom it is about cannot agree, but may take it back.
fn acts(office: &Office<ReadStaff>, reset: &FactorResetView) -> AnyView {
    let (words, own) = (office.words(), office.actor.person().id);
    let href = |verb: &str| format!("{FORM}/{}/{verb}", reset.id);
    let agree = (own != reset.asked_by && own != reset.user)
        .then(|| Button::new(say!(words, "staff-agree")).small().danger().post(href("confirm"), ().into_any()));
    let withdraw = Button::new(say!(words, "staff-proposal-withdraw")).small().post(href("withdraw"), ().into_any());
    view! { {agree}{withdraw} }.into_any()
}

async fn page(office: &Office<ResetFactors>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let shell = office.shell(StaffWay::People).await?;
    let title = say!(office.words(), "staff-reset");
    Ok(office.page_of(shell, StaffWay::People, &title, || form(office, returned)))
}

fn form(office: &Office<ResetFactors>, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or((Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let email = Field::email("email", say!(words, "staff-propose-email"))
        .value(sent.email)
        .error(problem(words, refused.as_ref(), "email"))
        .autocomplete("off")
        .required();
    let reason = reason_field(words, sent.reason, say!(words, "staff-reset-reason-hint"), refused.as_ref());
    let fields = view! {
        {email.view()}{reason}
        <p class="sm soft">{say!(words, "staff-reset-means")}</p>
        <div>{Button::new(say!(words, "staff-reset-send")).danger().primary().submit()}</div>
    };
    let heading = Heading::new(say!(words, "staff-reset")).beneath(say!(words, "staff-reset-beneath"));
    let form = Form::post(FORM).once(office.key()).around(fields.into_any());
    view! { {heading.view()}{notice(words, refused.as_ref())}{Card::plain().body(form)} }.into_any()
}
