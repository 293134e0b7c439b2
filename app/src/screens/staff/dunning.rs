//! Everybody with something overdue, the longest first.

pub(crate) mod one;

use domain::{access::policy::ReadInvoices, dunning};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{Cursor, DunningCase, List};

use crate::{
    Office, Page, StaffWay,
    components::{Card, Column, Empty, Heading, Row, Table, Tone, amount, both, cover, ident, pages, pill, text, time},
    screens::tenant::{invoice::paper::day, unpaid},
};

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// The list.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let page = Cursor { cursor: asked.cursor, limit: None };
    let list = dunning::list_cases(&open, &office.survey, &page).await?;
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "staff-dunning");
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office.words(), &list)))
}

fn view(words: &Words, list: &List<DunningCase>) -> AnyView {
    let heading = Heading::new(say!(words, "staff-dunning")).beneath(say!(words, "staff-dunning-beneath"));
    let older = list.next_cursor.as_ref().map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "more"), format!("/staff/dunning?{query}"))
    });
    let body = if list.items.is_empty() { none(words) } else { table(words, &list.items) };
    view! { {heading.view()}{Card::plain().flush(body)}{pages(say!(words, "staff-dunning"), None, older)} }.into_any()
}

fn none(words: &Words) -> AnyView {
    let (title, words) = (say!(words, "staff-dunning-none"), say!(words, "staff-dunning-none-next"));
    Empty { title, words, next: None }.view()
}

fn table(words: &Words, cases: &[DunningCase]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::new(say!(words, "staff-dunning-due")),
        Column::wide(say!(words, "staff-dunning-step")),
        Column::new(say!(words, "staff-dunning-next")),
        Column::end(say!(words, "staff-dunning")),
    ];
    let row = |case: &DunningCase| {
        let href = format!("/staff/dunning/{}", case.slug);
        Row::new(vec![
            both(cover(href, case.organisation_name.clone()), ident(case.slug.clone())),
            text(day(words, case.due_on)),
            standing(words, case),
            time(case.next_at, words.moment(case.next_at)),
            amount(words.money(case.amount)),
        ])
        .goes()
    };
    Table::new(say!(words, "staff-dunning"), columns).rows(cases.iter().map(row).collect()).view()
}

/// The last step, and whether it rests.
fn standing(words: &Words, case: &DunningCase) -> AnyView {
    let step = match case.step {
        Some(step) => pill(Tone::Warn, unpaid::name(words, step)),
        None => pill(Tone::Idle, say!(words, "staff-dunning-no-step")),
    };
    let rests = case.paused_until.map(|at| {
        let rests = say!(words, "staff-dunning-rests", at = words.moment(at));
        view! { <span class="sub">{rests}</span> }
    });
    view! { <span>{step}{rests}</span> }.into_any()
}
