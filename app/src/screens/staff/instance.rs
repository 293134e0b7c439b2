//! One instance as the operator sees it, and stopping it with a reason that the customer reads.

use axum::response::{IntoResponse, Response};
use domain::{
    access::{
        Seat,
        policy::{ReadInstances, StopInstances},
    },
    instances,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{AttemptView, InstanceDetail, InstanceId, StopInstance};

use super::{
    asked::{is_said_here, notice, reason_field},
    organisation, waiting,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Form, Heading, Icon, Mark, Row, Table, amount, facts, hidden, ident, number, phase,
        refused as refused_button, text, time,
    },
};

/// What the form of a stop sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Stop {
    #[serde(default)]
    reason: String,
    version: Option<i64>,
}

/// A form that came back, and why.
type Returned = Option<(Stop, Refused)>;

/// The page.
pub(crate) async fn show(
    office: Office<ReadInstances>,
    Allowed(scope, seat): Allowed<ReadInstances>,
    Path((_, id)): Path<(String, InstanceId)>,
) -> Result<Page, Refused> {
    let tx = office.portal.db.look(&scope, office.now).await?;
    let detail = instances::instance_in(&tx, &scope, id).await?;
    drop(tx);
    page(&office, &seat, &detail, None).await
}

/// Stops it.
pub(crate) async fn stop(
    office: Office<ReadInstances>,
    Allowed(scope, seat): Allowed<StopInstances>,
    Path((_, instance)): Path<(String, InstanceId)>,
    Sent(sent): Sent<Stop>,
) -> Result<Response, Refused> {
    let ask = StopInstance { instance, version: sent.version, reason: Some(sent.reason.clone()) };
    let words = office.words();
    match instances::stop_instance(&office.portal.db, &scope, &ask, office.now).await.map_err(Refused::from) {
        Ok(view) => {
            let done = Flash::done(say!(words, "staff-stopped", name = view.name.as_str()));
            let href = format!("/staff/organisations/{}/instances/{instance}", seat.slug());
            Ok(office.redirect(&href, done.then(say!(words, "staff-stop-means"))))
        }
        Err(refused) if is_said_here(&refused) => again(&office, &seat, instance, (sent, refused)).await,
        Err(refused) => Err(refused),
    }
}

async fn again(
    office: &Office<ReadInstances>,
    seat: &Seat,
    id: InstanceId,
    returned: (Stop, Refused),
) -> Result<Response, Refused> {
    let (scope, status) = (seat.prove::<ReadInstances>()?, returned.1.status());
    let tx = office.portal.db.look(&scope, office.now).await?;
    let detail = instances::instance_in(&tx, &scope, id).await?;
    drop(tx);
    Ok(page(office, seat, &detail, Some(returned)).await?.with_status(status).into_response())
}

async fn page(
    office: &Office<ReadInstances>,
    seat: &Seat,
    detail: &InstanceDetail,
    returned: Returned,
) -> Result<Page, Refused> {
    let shell = office.shell(StaffWay::Waiting).await?;
    let name = detail.instance.name.clone();
    Ok(office.page_of(shell, StaffWay::Waiting, &name, || view(office, seat, detail, returned)))
}

fn view(office: &Office<ReadInstances>, seat: &Seat, detail: &InstanceDetail, returned: Returned) -> AnyView {
    let (words, instance) = (office.words(), &detail.instance);
    let reason = instance.reason.map(|reason| words.instance_reason(reason)).unwrap_or_default();
    let heading = Heading::of(view! { <bdi>{instance.name.clone()}</bdi> }.into_any())
        .beside(phase(words, instance.phase, &Mark::still()))
        .beneath(reason);
    view! {
        {heading.view()}
        {notice(words, returned.as_ref().map(|(_, refused)| refused))}
        <div class="split">
            <div class="stack">{about(office, seat, detail)}{attempts(office, &detail.attempts)}</div>
            <div class="stack">{stopping(office, seat, detail, returned)}</div>
        </div>
    }
    .into_any()
}

fn about(office: &Office<ReadInstances>, seat: &Seat, detail: &InstanceDetail) -> AnyView {
    let (words, instance) = (office.words(), &detail.instance);
    let said = match &instance.event {
        Some(event) => view! { <bdi class="id">{format!("{}: {}", event.reason, event.message)}</bdi> }.into_any(),
        None => text(say!(words, "none")),
    };
    let since = words.span_brief(office.now.seconds_since(instance.phase_at));
    let gives_up = instance.deadline_at.map_or_else(|| text("–"), |at| time(at, words.moment(at)));
    let mut pairs = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "staff-project"), view! { <bdi>{instance.project_name.clone()}</bdi> }.into_any()),
        (say!(words, "staff-identifier"), ident(instance.id.to_string())),
        (say!(words, "staff-asked-for"), amount(format!("{} ×{}", instance.flavour_name, instance.units))),
        (say!(words, "staff-image"), ident(detail.image.clone())),
        (say!(words, "staff-launched-by"), view! { <bdi>{detail.launched_by.clone()}</bdi> }.into_any()),
        (say!(words, "staff-in-phase"), amount(since)),
        (say!(words, "staff-deadline"), gives_up),
        (say!(words, "staff-restarts"), number(words.count(instance.n_restarts.into()))),
        (say!(words, "staff-last-event"), said),
    ];
    let answered = waiting::answer(&instance.reason_arguments);
    pairs.extend(answered.map(|answer| (say!(words, "staff-answer"), answer)));
    Card::titled(say!(words, "staff-facts")).body(facts(pairs))
}

fn attempts(office: &Office<ReadInstances>, attempts: &[AttemptView]) -> AnyView {
    let words = office.words();
    let columns = vec![
        Column::new(say!(words, "staff-attempt")),
        Column::new(say!(words, "staff-node")),
        Column::new(say!(words, "staff-from")),
        Column::new(say!(words, "staff-until")),
    ];
    let row = |attempt: &AttemptView| {
        let until =
            attempt.ended_at.map_or_else(|| text(say!(words, "staff-goes-on")), |at| time(at, words.moment(at)));
        Row::new(vec![
            number(words.count(attempt.attempt.into())),
            attempt.node.clone().map_or_else(|| text(say!(words, "none")), ident),
            time(attempt.started_at, words.moment(attempt.started_at)),
            until,
        ])
    };
    let table = Table::new(say!(words, "staff-attempts"), columns).rows(attempts.iter().map(row).collect());
    Card::titled(say!(words, "staff-attempts")).flush(table.view())
}

fn stopping(office: &Office<ReadInstances>, seat: &Seat, detail: &InstanceDetail, returned: Returned) -> AnyView {
    let (words, instance) = (office.words(), &detail.instance);
    let card = Card::titled(say!(words, "staff-stop"));
    let button = say!(words, "staff-stop");
    if instance.phase.rests() {
        return card.body(refused_button("stop-rests", button, say!(words, "staff-stop-rests")));
    }
    if !seat.may::<StopInstances>() {
        return card.body(refused_button("stop-forbidden", button, say!(words, "staff-stop-forbidden")));
    }
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let reason = reason_field(words, sent.reason, say!(words, "staff-stop-hint"), refused.as_ref());
    let fields = view! {
        <p class="sm soft">{say!(words, "staff-stop-means")}</p>
        {hidden("version", instance.version.to_string())}
        {reason}
        <div>{Button::new(button).danger().icon(Icon::Stop).submit()}</div>
    };
    let action = format!("/staff/organisations/{}/instances/{}", seat.slug(), instance.id);
    card.body(Form::post(action).around(fields.into_any()))
}
