//! One organisation's running period: what blocks its close, waiving a cluster with its consequence, and closing.

use axum::response::{IntoResponse, Response};
use domain::{
    access::{
        Seat,
        policy::{CloseBilling, ReadInvoices},
    },
    billing,
    commands::Command,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Refused};
use types::{CloseBlocker, ClosePeriod, ClusterId, PeriodId, PeriodState, RunningPeriodView, WaiveCluster};

use super::{
    asked::{is_said_here, notice, reason_field, told},
    billing::{blocker_said, blocks, standing},
    organisation,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Form, Heading, facts, hidden, refused as refused_button, text, time},
};

/// What the form of a close sends.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Close {
    period: PeriodId,
    #[serde(default)]
    idempotency_key: String,
}

/// What the form of a waiver sends.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Waive {
    period: PeriodId,
    cluster: ClusterId,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    idempotency_key: String,
}

/// A refusal, and the waiver that came back with it.
type Returned = Option<(Refused, Option<Waive>)>;

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(_, seat): Allowed<ReadInvoices>,
) -> Result<Page, Refused> {
    page(&office, &seat, None).await
}

/// Closes the period.
pub(crate) async fn close(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Sent(sent): Sent<Close>,
) -> Result<Response, Refused> {
    let ask = ClosePeriod { period: sent.period };
    let command = Command::new(&sent.idempotency_key, "close_period", &ask)?;
    match billing::close_period(&office.portal.db, &scope, ask, command, office.now).await.map_err(Refused::from) {
        Ok(closed) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "staff-closed", month = words.month(closed.started_at)));
            let (href, next) = match closed.invoice {
                Some(id) => {
                    (format!("/staff/billing/{}/invoices/{id}", seat.slug()), say!(words, "staff-closed-draft"))
                }
                None => (StaffWay::Billing.path().to_owned(), say!(words, "staff-closed-nothing")),
            };
            Ok(office.redirect(&href, flash.then(next)))
        }
        Err(refused) => again(&office, &seat, refused, None).await,
    }
}

/// Stops waiting for a cluster.
pub(crate) async fn waive(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Sent(sent): Sent<Waive>,
) -> Result<Response, Refused> {
    let ask = WaiveCluster { period: sent.period, cluster: sent.cluster, reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "waive_cluster", &ask)?;
    match billing::waive_cluster(&office.portal.db, &scope, ask, command, office.now).await.map_err(Refused::from) {
        Ok(waived) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "staff-waived", n = waived.n_intervals));
            let next = say!(words, "staff-waived-next", from = words.moment(waived.waived_from));
            Ok(office.redirect(&format!("/staff/billing/{}", seat.slug()), flash.then(next)))
        }
        Err(refused) => again(&office, &seat, refused, Some(sent)).await,
    }
}

async fn again(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    refused: Refused,
    sent: Option<Waive>,
) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, seat, Some((refused, sent))).await?.with_status(status).into_response())
}

async fn page(office: &Office<ReadInvoices>, seat: &Seat, returned: Returned) -> Result<Page, Refused> {
    let open = office.look().await?;
    let period = billing::running_period(&open, &office.survey, seat.organisation()).await?;
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    Ok(office.page_of(shell, StaffWay::Billing, seat.name(), || view(office, seat, &period, returned)))
}

fn view(office: &Office<ReadInvoices>, seat: &Seat, period: &RunningPeriodView, returned: Returned) -> AnyView {
    let words = office.words();
    let title = say!(words, "staff-period-of", month = words.month(period.started_at), name = seat.name());
    let debts = Button::new(say!(words, "write-offs")).to(format!("/staff/billing/{}/write-offs", seat.slug()));
    let heading = Heading::new(title).beside(standing(words, period.state)).actions(debts);
    let pairs = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "staff-begins"), time(period.started_at, words.moment(period.started_at))),
        (say!(words, "staff-ends"), time(period.ends_at, words.moment(period.ends_at))),
        (say!(words, "staff-settled"), time(period.settled_through, words.moment(period.settled_through))),
        (say!(words, "staff-what-blocks"), blocks(words, period)),
    ];
    let told = match &returned {
        Some((refused, Some(sent))) if !asks_for(seat, period, sent.cluster) => Some(told(words, refused)),
        returned => notice(words, returned.as_ref().map(|(refused, _)| refused)),
    };
    // One cluster after the other: each waiver is a decision of its own.
    let first = period.blockers.first().map(|blocker| waiver(office, seat, period, blocker, returned.as_ref()));
    view! {
        {heading.view()}
        {told}
        <div class="split">
            <div class="stack">
                {Card::titled(say!(words, "staff-period")).body(facts(pairs))}
                {first}
            </div>
            {Card::titled(say!(words, "staff-close")).body(closing(office, seat, period))}
        </div>
    }
    .into_any()
}

/// Whether the page has the form of a waiver of this cluster.
fn asks_for(seat: &Seat, period: &RunningPeriodView, cluster: ClusterId) -> bool {
    seat.may::<CloseBilling>() && period.blockers.first().is_some_and(|blocker| blocker.cluster == cluster)
}

fn closing(office: &Office<ReadInvoices>, seat: &Seat, period: &RunningPeriodView) -> AnyView {
    let words = office.words();
    let why_not = match period.state {
        _ if !seat.may::<CloseBilling>() => Some(say!(words, "staff-close-forbidden")),
        PeriodState::Running => Some(say!(words, "staff-ends-on", at = words.moment(period.ends_at))),
        PeriodState::Waiting if period.blockers.is_empty() => Some(say!(words, "staff-still-settling")),
        PeriodState::Waiting => Some(say!(words, "staff-close-blocked")),
        PeriodState::Ready => None,
    };
    let means = view! { <p class="sm soft">{say!(words, "staff-close-means")}</p> };
    let button = match why_not {
        Some(reason) => {
            let button = refused_button("no-close", say!(words, "staff-close"), reason.clone());
            view! { <p class="sm">{reason}</p><div>{button}</div> }.into_any()
        }
        None => {
            let fields = view! {
                {hidden("period", period.period.to_string())}
                <div>{Button::new(say!(words, "staff-close")).primary().submit()}</div>
            };
            let action = format!("/staff/billing/{}/close", seat.slug());
            Form::post(action).once(office.key()).around(fields.into_any())
        }
    };
    view! { {means}{button} }.into_any()
}

/// No longer waiting for a cluster: what that costs the hub, said before.
fn waiver(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    period: &RunningPeriodView,
    blocker: &CloseBlocker,
    returned: Option<&(Refused, Option<Waive>)>,
) -> AnyView {
    let words = office.words();
    let card = Card::titled(blocker_said(words, blocker));
    if !seat.may::<CloseBilling>() {
        return card.body(text(say!(words, "staff-waive-waits")));
    }
    let own = returned.filter(|(_, sent)| sent.as_ref().is_some_and(|sent| sent.cluster == blocker.cluster));
    let reason = reason_field(
        words,
        own.and_then(|(_, sent)| sent.as_ref()).map(|sent| sent.reason.clone()).unwrap_or_default(),
        say!(words, "staff-waive-hint"),
        own.map(|(refused, _)| refused),
    );
    let from = words.moment(blocker.known_through.max(period.started_at));
    let means = say!(words, "staff-waive-means", from = from, to = words.moment(period.ends_at));
    let fields = view! {
        {hidden("period", period.period.to_string())}
        {hidden("cluster", blocker.cluster.to_string())}
        <p class="sm">{means}</p>
        {reason}
        <div>{Button::new(say!(words, "staff-waive", cluster = blocker.name.as_str())).danger().submit()}</div>
    };
    let form = Form::post(format!("/staff/billing/{}/waive", seat.slug())).once(office.key());
    let form = form.around(fields.into_any());
    let body = view! {
        <p class="sm soft">{say!(words, "staff-waive-waits")}</p>
        {form}
    };
    card.body(body.into_any())
}
