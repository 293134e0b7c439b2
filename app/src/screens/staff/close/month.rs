//! One month: its checklist with how much of it holds, the finalisation of all its drafts, and its close.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    invoices,
    months::{self, MonthSigning},
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{
    CloseCheck, CloseLine, Currency, FinaliseAll, FinaliseRunState, FinaliseRunView, MonthCloseView, MonthState,
};

use super::{may_close, name, opening, reads, signing, standing, who};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Form, Heading, Select, Step, Tone, facts, link, meter, refused as refused_button, steps, text,
    },
    live::{counts, run_state},
    screens::asked::{is_said_here, notice},
};

/// What the forms send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    currency: String,
    idempotency_key: String,
}

/// What one reading found.
struct Found {
    close: MonthCloseView,
    run: Option<FinaliseRunView>,
    signing: MonthSigning,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Path(month): Path<String>) -> Result<Page, Refused> {
    page(&office, &month, (None, "")).await
}

/// Closes the month.
pub(crate) async fn close(
    office: Office<CloseBilling>,
    Path(month): Path<String>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let command = Command::new(&sent.idempotency_key, "close_month", &month)?;
    let outcome = months::close_month(&office.portal.db, &office.survey, &month, command, office.now).await;
    match outcome.map_err(Refused::from) {
        Ok(view) => {
            let flash = Flash::done(say!(office.words(), "close-closed", month = name(office.words(), &view.month)));
            Ok(office.redirect(&format!("/staff/close/{month}"), flash))
        }
        Err(refused) => again(&office, &month, refused).await,
    }
}

/// Has all its drafts finalised.
pub(crate) async fn finalise(
    office: Office<CloseBilling>,
    Path(month): Path<String>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let wrong = |_| Refused::from(domain::Error::Invalid { field: "currency", rule: domain::Rule::Known });
    let currency = match sent.currency.as_str() {
        "" => None,
        word => Some(word.parse::<Currency>().map_err(wrong)?),
    };
    let ask = FinaliseAll { currency };
    let command = Command::new(&sent.idempotency_key, "finalise_all", &(&month, &ask))?;
    let (db, survey) = (&office.portal.db, &office.survey);
    match invoices::finalise_all(db, survey, (month.as_str(), &ask), command, office.now).await.map_err(Refused::from) {
        Ok(run) => {
            let flash = Flash::done(say!(office.words(), "close-run-begun"));
            Ok(office.redirect(&format!("/staff/finalising/{}", run.id), flash))
        }
        Err(refused) => again(&office, &month, refused).await,
    }
}

async fn again(office: &Office<CloseBilling>, month: &str, refused: Refused) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(&reads(office)?, month, (Some(&refused), "")).await?.with_status(status).into_response())
}

/// The page, after a refusal with what was said to refuse a signature.
pub(super) async fn page(
    office: &Office<ReadInvoices>,
    month: &str,
    returned: (Option<&Refused>, &str),
) -> Result<Page, Refused> {
    let open = office.look().await?;
    let found = Found {
        close: months::month(&open, &office.survey, month).await?,
        run: invoices::latest_finalise_run(&open, &office.survey, month).await?,
        signing: months::signing(&open, &office.survey, month).await?,
    };
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "close-of", month = name(office.words(), &found.close.month));
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, &called, &found, returned)))
}

fn view(office: &Office<ReadInvoices>, called: &str, found: &Found, returned: (Option<&Refused>, &str)) -> AnyView {
    let (words, month) = (office.words(), &found.close.month);
    let heading = Heading::new(called).beside(standing(words, month.state));
    let pairs = vec![
        (say!(words, "close-opened-by"), who(words, month.opened_by.as_deref(), month.opened_at)),
        (say!(words, "close-closed-by"), who(words, month.closed_by.as_deref(), month.closed_at)),
    ];
    view! {
        {heading.view()}
        {notice(words, returned.0)}
        <div class="split">
            {checklist(office, &found.close)}
            <aside class="stack">
                {Card::titled(say!(words, "close-close")).body(closing(office, found, returned))}
                {finalising(office, found)}
                {Card::plain().body(facts(pairs))}
            </aside>
        </div>
    }
    .into_any()
}

/// Each line with what it counts and the way to where that is mended, beneath the share that holds.
fn checklist(office: &Office<ReadInvoices>, close: &MonthCloseView) -> AnyView {
    let words = office.words();
    let n_lines = i64::try_from(close.lines.len()).unwrap_or(i64::MAX).max(1);
    let n_done = i64::from(close.n_done);
    let tone = if n_done == n_lines { Tone::Good } else { Tone::Warn };
    let said = say!(words, "close-progress", done = words.count(n_done), all = words.count(n_lines));
    let bar = view! { <p class="sm">{said}</p>{meter(n_done * 1000 / n_lines, tone)} };
    let step = |line: &CloseLine| Step {
        done: line.is_done,
        words: words.say("close-check", &[("word", line.check.word().into())]),
        note: note(office, line),
        href: Some(line.mended_at.clone()),
    };
    let lines = steps(close.lines.iter().map(step).collect(), &say!(words, "close-holds"));
    let body = view! { {bar}{lines} };
    Card::titled(say!(words, "close-checklist")).foot(text(say!(words, "close-checklist-means"))).body(body.into_any())
}

fn note(office: &Office<ReadInvoices>, line: &CloseLine) -> String {
    let words = office.words();
    if line.is_done {
        return say!(words, "close-holds");
    }
    let count = words.count(line.n_open);
    let means = words.say("close-check-open", &[("word", line.check.word().into())]);
    say!(words, "close-stands-in-the-way", count = count, means = means)
}

fn closing(office: &Office<ReadInvoices>, found: &Found, returned: (Option<&Refused>, &str)) -> AnyView {
    let (words, close) = (office.words(), &found.close);
    let open = close.lines.iter().find(|line| !line.is_done);
    let why_not = match (close.month.state, open) {
        (MonthState::Running, _) => say!(words, "close-runs"),
        (MonthState::Closed, _) => return text(say!(words, "close-is-closed")),
        _ if !may_close(office) => say!(words, "close-forbidden"),
        (MonthState::Unopened, _) => return opening(office, &close.month),
        (MonthState::Open, Some(line)) => {
            let check = words.say("close-check", &[("word", line.check.word().into())]);
            say!(words, "close-waits-for", check = check)
        }
        (MonthState::Open, None) if found.signing.is_missing() => {
            return signing::missing(office, &found.signing, returned);
        }
        (MonthState::Open, None) => {
            let fields = view! {
                <p class="sm">{say!(words, "close-close-means")}</p>
                <div>{Button::new(say!(words, "close-close")).primary().submit()}</div>
            };
            let form = Form::post(format!("/staff/close/{}", close.month.month)).once(office.key());
            let form = form.around(fields.into_any());
            return view! { {form}{signing::signed(office, &found.signing)} }.into_any();
        }
    };
    let button = refused_button("no-close", say!(words, "close-close"), why_not.clone());
    view! { <p class="sm">{why_not}</p><div>{button}</div> }.into_any()
}

/// All drafts at once: the run that there is, and the form for another one.
fn finalising(office: &Office<ReadInvoices>, found: &Found) -> AnyView {
    let words = office.words();
    let run = found.run.as_ref().map(|run| {
        let href = format!("/staff/finalising/{}", run.id);
        let state = run_state(words, run.state);
        view! { <p class="sm">{counts(words, run)}" · "{link(href, state)}</p>{meter(run.share(), Tone::Good)} }
    });
    let goes_on = found.run.as_ref().is_some_and(|run| run.state == FinaliseRunState::Running);
    let has_drafts = found.close.lines.iter().any(|line| line.check == CloseCheck::Drafts && !line.is_done);
    let form = (may_close(office) && has_drafts && !goes_on).then(|| form(office, &found.close));
    let none = (!has_drafts && found.run.is_none()).then(|| text(say!(words, "close-no-drafts")));
    let body = view! { {run}{form}{none} };
    Card::titled(say!(words, "close-finalise-all")).body(body.into_any())
}

fn form(office: &Office<ReadInvoices>, close: &MonthCloseView) -> AnyView {
    let words = office.words();
    let named = |currency: &Currency| (currency.word().to_owned(), currency.word().to_owned());
    let all = (String::new(), say!(words, "close-all-currencies"));
    let currencies = Select {
        name: "currency".to_owned(),
        label: say!(words, "staff-currency"),
        options: [all].into_iter().chain(Currency::ALL.iter().map(named)).collect(),
        chosen: String::new(),
        hint: None,
        error: None,
    };
    let fields = view! {
        <p class="sm">{say!(words, "close-finalise-means")}</p>
        {currencies.view()}
        <div>{Button::new(say!(words, "close-finalise-all")).submit()}</div>
    };
    let action = format!("/staff/close/{}/finalise", close.month.month);
    Form::post(action).once(office.key()).around(fields.into_any())
}
