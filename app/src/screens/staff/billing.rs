//! Billing: the running periods with what blocks their close, and the invoices with the reasons to look at them.

use domain::{access::policy::ReadInvoices, billing, invoices};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{CloseBlocker, Cursor, InvoiceStatus, List, PeriodState, ReviewView, RunningPeriodView};

use super::sign_offs;
use crate::{
    Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Heading, Row, Stat, Table, Tone, amount, both, cover, nothing, number, pages,
        pill, strip, tabs, text, time,
    },
};

/// What the page is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    status: Option<String>,
    cursor: Option<String>,
    periods: Option<String>,
}

/// What one reading found.
struct Found {
    periods: List<RunningPeriodView>,
    review: List<ReviewView>,
    status: InvoiceStatus,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let status = asked.status.as_deref().and_then(|word| word.parse().ok()).unwrap_or(InvoiceStatus::Draft);
    let page = |cursor: Option<String>| Cursor { cursor, limit: None };
    let open = office.look().await?;
    let found = Found {
        periods: billing::list_running_periods(&open, &office.survey, &page(asked.periods)).await?,
        review: invoices::list_for_review(&open, &office.survey, Some(status), &page(asked.cursor)).await?,
        status,
    };
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    Ok(office.page(shell, StaffWay::Billing, || view(&office, &found)))
}

fn view(office: &Office<ReadInvoices>, found: &Found) -> AnyView {
    let words = office.words();
    let credits = Button::new(say!(words, "credit-notes")).to("/staff/credit-notes");
    let contested = Button::new(say!(words, "disputes")).to("/staff/disputes?state=open");
    let overdue = Button::new(say!(words, "staff-dunning")).to("/staff/dunning");
    let papers = Button::new(say!(words, "staff-papers")).to("/staff/documents");
    let signs = Button::new(say!(words, "sign-offs")).to(sign_offs::LIST);
    let usage = Button::new(say!(words, "usage-focus")).download("/staff/usage.focus.csv");
    let close = Button::new(say!(words, "close-months")).to("/staff/close");
    let heading = Heading::new(say!(words, "nav-billing"))
        .beneath(say!(words, "staff-billing-beneath"))
        .actions(view! { {close}{signs}{overdue}{contested}{credits}{papers}{usage} }.into_any());
    view! { {heading.view()}{figures(words, found)}{periods(office, &found.periods)}{review(words, found)} }.into_any()
}

fn figures(words: &Words, found: &Found) -> AnyView {
    let of = |state| found.periods.items.iter().filter(|period| period.state == state).count();
    let stat = |label, n: usize, note| Stat {
        label,
        value: words.count(i64::try_from(n).unwrap_or(i64::MAX)),
        unit: String::new(),
        note: Some(note),
    };
    let (mean_ready, mean_waits) = (say!(words, "staff-ready-means"), say!(words, "staff-blocked-means"));
    let looked = found.review.items.iter().filter(|review| !review.reasons.is_empty()).count();
    strip(vec![
        stat(say!(words, "staff-ready-to-close"), of(PeriodState::Ready), mean_ready),
        stat(say!(words, "staff-blocked"), of(PeriodState::Waiting), mean_waits),
        stat(say!(words, "staff-running-periods"), of(PeriodState::Running), say!(words, "staff-running-means")),
        stat(say!(words, "staff-to-look-at"), looked, say!(words, "staff-look-means")),
    ])
}

fn periods(office: &Office<ReadInvoices>, periods: &List<RunningPeriodView>) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "staff-periods"));
    if periods.items.is_empty() {
        let (title, next) = (say!(words, "staff-no-periods"), say!(words, "staff-no-organisations-next"));
        return card.body(Empty { title, words: next, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::new(say!(words, "staff-period")),
        Column::new(say!(words, "staff-state")),
        Column::wide(say!(words, "staff-what-blocks")),
        Column::end(say!(words, "staff-settled")),
    ];
    let row = |period: &RunningPeriodView| {
        let href = format!("/staff/billing/{}", period.slug);
        Row::new(vec![
            both(cover(href, period.organisation_name.clone()), nothing()),
            time(period.started_at, words.month(period.started_at)),
            standing(words, period.state),
            blocks(words, period),
            time(period.settled_through, words.moment(period.settled_through)),
        ])
        .goes()
    };
    let table = Table::new(say!(words, "staff-periods"), columns).rows(periods.items.iter().map(row).collect());
    let older = periods.next_cursor.as_ref().map(|cursor| (say!(words, "more"), link_to("periods", cursor, None)));
    view! { {card.flush(table.view())}{pages(say!(words, "staff-periods"), None, older)} }.into_any()
}

fn link_to(name: &str, cursor: &str, status: Option<InvoiceStatus>) -> String {
    let asked = [(name, cursor)].into_iter().chain(status.map(|status| ("status", status.word())));
    let query = serde_urlencoded::to_string(asked.collect::<Vec<_>>()).unwrap_or_default();
    format!("{}?{query}", StaffWay::Billing.path())
}

/// How near a period is to its close.
pub(super) fn standing(words: &Words, state: PeriodState) -> AnyView {
    match state {
        PeriodState::Running => pill(Tone::Idle, say!(words, "staff-state-running")),
        PeriodState::Waiting => pill(Tone::Warn, say!(words, "staff-state-waiting")),
        PeriodState::Ready => pill(Tone::Good, say!(words, "staff-state-ready")),
    }
}

/// What stands in the way of the close, in sentences.
pub(super) fn blocks(words: &Words, period: &RunningPeriodView) -> AnyView {
    if period.state == PeriodState::Running {
        return text(say!(words, "staff-ends-on", at = words.moment(period.ends_at)));
    }
    if period.blockers.is_empty() {
        let settling = period.state == PeriodState::Waiting;
        return text(if settling { say!(words, "staff-still-settling") } else { say!(words, "staff-nothing-blocks") });
    }
    let lines = period.blockers.iter().map(|blocker| view! { <span class="sub">{blocker_said(words, blocker)}</span> });
    view! { <span>{lines.collect_view()}</span> }.into_any()
}

/// "tetouan-1 is known up to 30 Nov, 23:12:00".
pub(super) fn blocker_said(words: &Words, blocker: &CloseBlocker) -> String {
    let known = words.moment(blocker.known_through);
    say!(words, "staff-known-through", cluster = blocker.name.as_str(), at = known)
}

fn review(words: &Words, found: &Found) -> AnyView {
    let tab = |status: InvoiceStatus| {
        let href = format!("{}?status={status}", StaffWay::Billing.path());
        (words.invoice_status(status), href, found.status == status)
    };
    let tabs = tabs(say!(words, "nav-invoices"), vec![tab(InvoiceStatus::Draft), tab(InvoiceStatus::Finalised)]);
    let older = found.review.next_cursor.as_ref();
    let older = older.map(|cursor| (say!(words, "older"), link_to("cursor", cursor, Some(found.status))));
    let list = if found.review.items.is_empty() { no_invoice(words) } else { table(words, &found.review.items) };
    view! { {tabs}{Card::plain().flush(list)}{pages(say!(words, "nav-invoices"), None, older)} }.into_any()
}

fn no_invoice(words: &Words) -> AnyView {
    let (title, words) = (say!(words, "staff-no-drafts"), say!(words, "staff-no-drafts-next"));
    Empty { title, words, next: None }.view()
}

fn table(words: &Words, invoices: &[ReviewView]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::new(say!(words, "staff-period")),
        Column::wide(say!(words, "staff-reasons")),
        Column::end(say!(words, "staff-total")),
        Column::end(say!(words, "staff-before")),
    ];
    let row = |view: &ReviewView| {
        let href = format!("/staff/billing/{}/invoices/{}", view.slug, view.invoice.id);
        let number_of = view.invoice.number.clone().unwrap_or_else(|| words.invoice_status(view.invoice.status));
        Row::new(vec![
            both(cover(href, view.organisation_name.clone()), view! { <bdi>{number_of}</bdi> }.into_any()),
            time(view.invoice.period_started_at, words.month(view.invoice.period_started_at)),
            reasons(words, view),
            amount(words.money(view.invoice.total)),
            number(view.total_before.map_or_else(|| "–".to_owned(), |before| words.money(before))),
        ])
        .goes()
    };
    Table::new(say!(words, "nav-invoices"), columns).rows(invoices.iter().map(row).collect()).view()
}

/// Why to look at an invoice; "as expected" where there is no reason to.
pub(super) fn reasons(words: &Words, view: &ReviewView) -> AnyView {
    if view.reasons.is_empty() {
        let expected = pill(Tone::Good, say!(words, "staff-as-expected"));
        return view! { <span class="row wrap">{expected}</span> }.into_any();
    }
    let said = view.reasons.iter().map(|reason| {
        let word = words.say("staff-review", &[("word", reason.word().into())]);
        pill(Tone::Warn, word)
    });
    let unbilled = (view.unbilled_unit_seconds > 0)
        .then(|| say!(words, "staff-unbilled", span = words.span(view.unbilled_unit_seconds)));
    let unbilled = unbilled.map(|said| view! { <span class="sub">{said}</span> });
    view! { <span><span class="row wrap">{said.collect_view()}</span>{unbilled}</span> }.into_any()
}
