//! The close of months: which were opened, and opening the close of one that is over.

pub(crate) mod findings;
pub(crate) mod look;
pub(crate) mod month;
pub(crate) mod run;
pub(crate) mod signing;

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    months,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Refused};
use types::{MonthState, MonthSummary, OpenMonth, Timestamp};

use super::asked::{is_said_here, told};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Form, Heading, Row, Table, Tone, both, cover, hidden, nothing, pill, text, time,
    },
};

/// To a month's middle: its first instant can be another month's where the reader is.
const MIDDLE_S: i64 = 14 * 86_400;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Opening {
    month: String,
    idempotency_key: String,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>) -> Result<Page, Refused> {
    page(&office, None).await
}

/// Opens the close of a month.
pub(crate) async fn open(office: Office<CloseBilling>, Sent(sent): Sent<Opening>) -> Result<Response, Refused> {
    let ask = OpenMonth { month: sent.month };
    let command = Command::new(&sent.idempotency_key, "open_month", &ask)?;
    let outcome = months::open_month(&office.portal.db, &office.survey, &ask, command, office.now).await;
    match outcome.map_err(Refused::from) {
        Ok(view) => {
            let flash = Flash::done(say!(office.words(), "close-opened", month = name(office.words(), &view.month)));
            Ok(office.redirect(&format!("/staff/close/{}", view.month.month), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&reads(&office)?, Some(&refused)).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// The same person's office for reading.
fn reads(office: &Office<CloseBilling>) -> Result<Office<ReadInvoices>, Refused> {
    Ok(Office {
        portal: office.portal.clone(),
        now: office.now,
        visit: office.visit.clone(),
        actor: office.actor.clone(),
        survey: office.actor.prove::<ReadInvoices>()?,
    })
}

/// Whether the reader may close, or only looks.
fn may_close(office: &Office<ReadInvoices>) -> bool {
    office.actor.prove::<CloseBilling>().is_ok()
}

async fn page(office: &Office<ReadInvoices>, refused: Option<&Refused>) -> Result<Page, Refused> {
    let months = months::months(&office.look().await?, &office.survey).await?;
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "close-months");
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, &months, refused)))
}

fn view(office: &Office<ReadInvoices>, months: &[MonthSummary], refused: Option<&Refused>) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "close-months")).beneath(say!(words, "close-months-beneath"));
    view! {
        {heading.view()}
        {refused.map(|refused| told(words, refused))}
        {table(office, months)}
    }
    .into_any()
}

fn table(office: &Office<ReadInvoices>, months: &[MonthSummary]) -> AnyView {
    let words = office.words();
    let columns = vec![
        Column::new(say!(words, "close-month")),
        Column::new(say!(words, "staff-state")),
        Column::new(say!(words, "close-opened-by")),
        Column::new(say!(words, "close-closed-by")),
    ];
    let row = |month: &MonthSummary| {
        let href = format!("/staff/close/{}", month.month);
        Row::new(vec![
            both(cover(href, name(words, month)), nothing()),
            standing(words, month.state),
            who(words, month.opened_by.as_deref(), month.opened_at),
            who(words, month.closed_by.as_deref(), month.closed_at),
        ])
        .goes()
    };
    let table = Table::new(say!(words, "close-months"), columns).rows(months.iter().map(row).collect());
    Card::plain().flush(table.view())
}

/// Who did it, and when beneath.
fn who(words: &Words, name: Option<&str>, at: Option<Timestamp>) -> AnyView {
    let Some(at) = at else { return text("–") };
    let name = name.unwrap_or("–").to_owned();
    both(view! { <bdi>{name}</bdi> }.into_any(), time(at, words.moment(at)))
}

/// What a month is called.
fn name(words: &Words, month: &MonthSummary) -> String {
    words.month(month.started_at.plus_seconds(MIDDLE_S))
}

/// How a month stands.
fn standing(words: &Words, state: MonthState) -> AnyView {
    let tone = match state {
        MonthState::Running | MonthState::Unopened => Tone::Idle,
        MonthState::Open => Tone::Warn,
        MonthState::Closed => Tone::Good,
    };
    pill(tone, words.say("close-month-state", &[("word", state.word().into())]))
}

/// The form that opens a month's close.
fn opening(office: &Office<ReadInvoices>, month: &MonthSummary) -> AnyView {
    let words = office.words();
    let fields = view! {
        {hidden("month", month.month.clone())}
        <p class="sm">{say!(words, "close-open-means")}</p>
        <div>{Button::new(say!(words, "close-open")).primary().submit()}</div>
    };
    Form::post("/staff/close").once(office.key()).around(fields.into_any())
}
