//! A finalisation of many drafts: a bar that moves, what is left for people, and stopping it.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    invoices,
};
use frontend::Live;
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{FinaliseItemState, FinaliseItemView, FinaliseRunId, FinaliseRunState, FinaliseRunView};

use super::{may_close, reads};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Heading, Mark, Row, Table, Tone, amount, both, cover, facts, hidden, link, live_words,
        pill, text, time,
    },
    live::{ago, bar_width, counts, ended, left_over, run_state},
    screens::asked::{is_said_here, notice},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Stopping {
    idempotency_key: String,
}

type Which = Path<FinaliseRunId>;

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Path(id): Which) -> Result<Page, Refused> {
    page(&office, id, None).await
}

/// Stops it.
pub(crate) async fn stop(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Stopping>,
) -> Result<Response, Refused> {
    let command = Command::new(&sent.idempotency_key, "stop_finalise_run", &id)?;
    let outcome = invoices::stop_finalise_run(&office.portal.db, &office.survey, id, command, office.now).await;
    match outcome.map_err(Refused::from) {
        Ok(_) => {
            let flash = Flash::done(say!(office.words(), "close-run-stopped"));
            Ok(office.redirect(&format!("/staff/finalising/{id}"), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&reads(&office)?, id, Some(&refused)).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(office: &Office<ReadInvoices>, id: FinaliseRunId, refused: Option<&Refused>) -> Result<Page, Refused> {
    let run = invoices::finalise_run(&office.look().await?, &office.survey, id).await?;
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "close-run-of", month = run.month.as_str());
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, &called, &run, refused)))
}

fn view(office: &Office<ReadInvoices>, called: &str, run: &FinaliseRunView, refused: Option<&Refused>) -> AnyView {
    let words = office.words();
    let heading = Heading::new(called).beneath(say!(words, "close-run-beneath"));
    let body = view! {
        {heading.view()}
        {notice(words, refused)}
        {progress(office, run)}
        {for_people(words, run)}
    };
    // What is over does not move any more.
    if run.state != FinaliseRunState::Running {
        return body.into_any();
    }
    let stream = format!("/staff/finalising/{}/events", run.id);
    view! { <Live stream=stream ago=ago(words) ended=ended(words)><div class="stack">{body}</div></Live> }.into_any()
}

fn progress(office: &Office<ReadInvoices>, run: &FinaliseRunView) -> AnyView {
    let words = office.words();
    let mark = |slot: &str| Mark::of(run.id, slot);
    let bar = mark("bar");
    let nobody = || "–".to_owned();
    let asked_by = view! { <bdi>{run.asked_by.clone().unwrap_or_else(nobody)}</bdi> }.into_any();
    let month = link(format!("/staff/close/{}", run.month), run.month.clone());
    let mut pairs = vec![
        (say!(words, "close-month"), month),
        (say!(words, "close-asked-by"), both(asked_by, time(run.asked_at, words.moment(run.asked_at)))),
    ];
    if let Some(currency) = run.currency {
        pairs.push((say!(words, "staff-currency"), text(currency.word())));
    }
    if let Some(at) = run.ended_at {
        pairs.push((say!(words, "close-over-at"), time(at, words.moment(at))));
    }
    let stop = (run.state == FinaliseRunState::Running && may_close(office)).then(|| {
        let key = hidden("idempotency_key", office.key());
        let button = Button::new(say!(words, "close-run-stop")).post(format!("/staff/finalising/{}/stop", run.id), key);
        let place = mark("stop");
        view! { <div data-live=place.id() data-slot=place.slot()>{button}</div> }
    });
    let body = view! {
        <p>{live_words(&mark("counts"), counts(words, run))}" "{live_words(&mark("left"), left_over(words, run))}</p>
        <svg class="meter" aria-hidden="true">
            <rect width=bar_width(run) height="6" data-live=bar.id() data-slot=bar.slot()></rect>
        </svg>
        <p class="xs faint">{live_words(&Mark::of("page", "ago"), "")}</p>
        {facts(pairs)}
        {stop}
    };
    let state = live_words(&mark("state"), run_state(words, run.state));
    Card::titled(say!(words, "close-finalise-all")).end(state).body(body.into_any())
}

fn for_people(words: &Words, run: &FinaliseRunView) -> AnyView {
    let title = say!(words, "close-for-people");
    if run.for_people.is_empty() {
        return Card::titled(title).body(text(say!(words, "close-for-nobody")));
    }
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::new(say!(words, "staff-state")),
        Column::wide(say!(words, "staff-reasons")),
        Column::end(say!(words, "staff-total")),
    ];
    let row = |item: &FinaliseItemView| {
        let href = format!("/staff/billing/{}/invoices/{}", item.slug, item.invoice);
        let tone = if item.state == FinaliseItemState::Failed { Tone::Bad } else { Tone::Warn };
        Row::new(vec![
            both(cover(href, item.organisation_name.clone()), text("")),
            pill(tone, words.say("close-item-state", &[("word", item.state.word().into())])),
            text(why(words, item)),
            amount(words.money(item.total)),
        ])
        .goes()
    };
    let table = Table::new(title.clone(), columns).rows(run.for_people.iter().map(row).collect());
    Card::titled(title).foot(text(say!(words, "close-for-people-means"))).flush(table.view())
}

/// Why it is for people: what refused it with what to do, or the reasons to look.
fn why(words: &Words, item: &FinaliseItemView) -> String {
    if let Some(refusal) = &item.refusal {
        let said = words.refusal(refusal);
        return format!("{} {}", said.message, said.hint);
    }
    let said = item.reasons.iter().map(|reason| words.say("staff-review", &[("word", reason.word().into())]));
    said.collect::<Vec<_>>().join(" · ")
}
