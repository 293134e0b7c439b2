//! Documents that are not drawn as they should be, of all organisations: what was tried in vain, and what nobody came to.

use domain::{access::policy::ReadInvoices, papers};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Query, Refused};
use types::{Cursor, List, WaitingPaperView};

use crate::{
    Office, Page, StaffWay,
    components::{Card, Column, Empty, Heading, Row, Table, both, number, pages, text, time},
    screens::tenant::documents::kind,
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
    let list = papers::list_waiting_papers(&open, &office.survey, &page).await?;
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "staff-papers");
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(&office, &list)))
}

fn view(office: &Office<ReadInvoices>, list: &List<WaitingPaperView>) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "staff-papers")).beneath(say!(words, "staff-papers-beneath"));
    if list.items.is_empty() {
        let (title, means) = (say!(words, "staff-papers-none"), say!(words, "staff-papers-none-means"));
        let empty = Empty { title, words: means, next: None }.view();
        return view! { {heading.view()}{Card::plain().flush(empty)} }.into_any();
    }
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::new(say!(words, "paper-what")),
        Column::new(say!(words, "paper-made")),
        Column::end(say!(words, "staff-paper-tries")),
        Column::new(say!(words, "staff-paper-trouble")),
    ];
    let older = list.next_cursor.as_ref().map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), format!("/staff/documents?{query}"))
    });
    let rows = list.items.iter().map(|paper| row(office, paper)).collect();
    let table = Table::new(say!(words, "staff-papers"), columns).scrolls().rows(rows).view();
    view! { {heading.view()}{Card::plain().flush(table)}{pages(say!(words, "staff-papers"), None, older)} }.into_any()
}

fn row(office: &Office<ReadInvoices>, paper: &WaitingPaperView) -> Row {
    let words = office.words();
    let called = paper.number.clone().unwrap_or_else(|| paper.id.to_string());
    let trouble = match &paper.trouble {
        // As the program says it, in English: it is for those who run it.
        Some(trouble) => view! { <bdi lang="en" dir="ltr">{trouble.clone()}</bdi> }.into_any(),
        None => text(say!(words, "staff-paper-untouched")),
    };
    Row::new(vec![
        view! { <bdi>{paper.organisation_name.clone()}</bdi> }.into_any(),
        both(text(kind(words, paper.kind)), view! { <bdi class="num">{called}</bdi> }.into_any()),
        time(paper.asked_at, words.moment(paper.asked_at)),
        number(words.count(paper.attempts.into())),
        trouble,
    ])
}
