//! One organisation's overdue amount: how far it stands, letting the steps rest, and letting them go on.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{
        Seat,
        policy::{CloseBilling, ReadBalance, ReadInvoices},
    },
    commands::Command,
    dunning,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Refused};
use types::{DunningCase, DunningView, PauseDunning, ResumeDunning};

use super::super::{
    asked::{is_said_here, notice, problem, reason_field, told},
    organisation,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Empty, Field, Form, Heading, amount, facts, refused as refused_button, text, time},
    screens::tenant::{invoice::paper::day, unpaid},
};

/// What both forms send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    until: String,
    reason: String,
    idempotency_key: String,
}

/// A refusal, and what was sent with it.
type Returned = Option<(Wanted, Refused)>;

/// What one reading found.
struct Found {
    case: Option<DunningCase>,
    dunning: DunningView,
}

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(_, seat): Allowed<ReadInvoices>,
) -> Result<Page, Refused> {
    page(&office, &seat, None).await
}

/// Lets the steps rest.
pub(crate) async fn pause(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let wrong = || Refused::from(Error::Invalid { field: "until", rule: Rule::Form });
    let outcome = match sent.until.trim().parse() {
        Ok(until) => {
            let ask = PauseDunning { until, reason: sent.reason.clone() };
            let command = Command::new(&sent.idempotency_key, "pause_dunning", &ask)?;
            dunning::pause_dunning(&office.portal.db, &scope, &ask, command, office.now).await.map_err(Refused::from)
        }
        Err(_) => Err(wrong()),
    };
    let words = office.words();
    match outcome {
        Ok(view) => {
            let until = view.overdue.and_then(|overdue| overdue.paused_until).unwrap_or(office.now);
            let said = say!(words, "staff-dunning-rested", name = seat.name(), at = words.moment(until));
            Ok(office.redirect(&format!("/staff/dunning/{}", seat.slug()), Flash::done(said)))
        }
        Err(refused) => again(&office, &seat, sent, refused).await,
    }
}

/// Lets them go on.
pub(crate) async fn resume(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let ask = ResumeDunning { reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "resume_dunning", &ask)?;
    match dunning::resume_dunning(&office.portal.db, &scope, &ask, command, office.now).await.map_err(Refused::from) {
        Ok(_) => {
            let said = say!(office.words(), "staff-dunning-going", name = seat.name());
            Ok(office.redirect(&format!("/staff/dunning/{}", seat.slug()), Flash::done(said)))
        }
        Err(refused) => again(&office, &seat, sent, refused).await,
    }
}

async fn again(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    sent: Wanted,
    refused: Refused,
) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, seat, Some((sent, refused))).await?.with_status(status).into_response())
}

async fn page(office: &Office<ReadInvoices>, seat: &Seat, returned: Returned) -> Result<Page, Refused> {
    let open = office.look().await?;
    let case = dunning::case(&open, &office.survey, seat.organisation()).await?;
    drop(open);
    let scope = seat.prove::<ReadBalance>()?;
    let tx = office.portal.db.look(&scope, office.now).await?;
    let found = Found { case, dunning: dunning::dunning_in(&tx, &scope).await? };
    drop(tx);
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "staff-dunning-case", name = seat.name());
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, seat, &found, returned)))
}

fn view(office: &Office<ReadInvoices>, seat: &Seat, found: &Found, returned: Returned) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "staff-dunning-case", name = seat.name()));
    let refused = returned.as_ref().map(|(_, refused)| refused);
    let Some(overdue) = &found.dunning.overdue else {
        let (title, next) = (say!(words, "staff-dunning-none"), say!(words, "staff-dunning-none-next"));
        let refused = refused.map(|refused| told(words, refused));
        let empty = Card::plain().body(Empty { title, words: next, next: None }.view());
        return view! { {heading.view()}{refused}{empty} }.into_any();
    };
    let mut pairs = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "staff-dunning"), amount(words.money(overdue.amount))),
        (say!(words, "staff-dunning-due"), text(day(words, overdue.due_on))),
    ];
    if let Some(case) = &found.case {
        pairs.push((say!(words, "staff-dunning-next"), time(case.next_at, words.moment(case.next_at))));
        let why = case.pause_reason.clone().map(|why| (say!(words, "staff-dunning-why"), text(why)));
        pairs.extend(why);
        pairs.extend(case.paused_by.clone().map(|by| (say!(words, "staff-dunning-by"), text(by))));
    }
    let rests = overdue.paused_until.map(|at| say!(words, "staff-dunning-rests", at = words.moment(at)));
    pairs.extend(rests.map(|rests| (say!(words, "staff-state"), text(rests))));
    let notice = notice(words, refused);
    let form = form(office, seat, overdue.paused_until.is_some(), returned);
    view! {
        {heading.view()}
        {notice}
        <div class="split">
            <div class="stack">
                {Card::titled(say!(words, "staff-now")).body(facts(pairs))}
                {unpaid::ladder(words, &found.dunning)}
            </div>
            {form}
        </div>
    }
    .into_any()
}

/// The one form that there is something to do with: rest, or going on.
fn form(office: &Office<ReadInvoices>, seat: &Seat, rests: bool, returned: Returned) -> AnyView {
    let words = office.words();
    let (title, means, action) = match rests {
        true => (say!(words, "staff-dunning-go-on"), say!(words, "staff-dunning-go-on-means"), "/resume"),
        false => (say!(words, "staff-dunning-rest"), say!(words, "staff-dunning-rest-means"), ""),
    };
    let card = Card::titled(title.clone());
    if !seat.may::<CloseBilling>() {
        let why = say!(words, "staff-dunning-forbidden");
        let button = refused_button("no-rest", title, why.clone());
        return card.body(view! { <p class="sm">{why}</p><div>{button}</div> }.into_any());
    }
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let until = (!rests).then(|| {
        let field = Field::day("until", say!(words, "staff-dunning-until")).value(sent.until.clone());
        let field = field.hint(say!(words, "staff-dunning-until-hint"));
        field.error(problem(words, refused.as_ref(), "until")).view()
    });
    let reason = reason_field(words, sent.reason, say!(words, "staff-dunning-hint"), refused.as_ref());
    let fields = view! {
        <p class="sm">{means}</p>
        {until}
        {reason}
        <div>{Button::new(title).primary().submit()}</div>
    };
    let action = format!("/staff/dunning/{}{action}", seat.slug());
    card.body(Form::post(action).once(office.key()).around(fields.into_any()))
}
