//! The contested lines of all organisations, the one that waits longest first.

use domain::{access::policy::ReadInvoices, disputes};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{Cursor, DisputeDeskView, DisputeState, List};

use crate::{
    Office, Page, StaffWay,
    components::{Card, Empty, Heading, Row, Table, cover, pages, tabs},
    screens::tenant::disputes::{called, columns, row},
};

/// Which of them, and which page of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    state: Option<String>,
    cursor: Option<String>,
}

/// The list.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    // A word that is no state shows all.
    let state = asked.state.as_deref().and_then(|word| word.parse().ok());
    let page = Cursor { cursor: asked.cursor, limit: None };
    let open = office.look().await?;
    let list = disputes::list_all_disputes(&open, &office.survey, state, &page).await?;
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    let title = say!(office.words(), "disputes");
    Ok(office.page_of(shell, StaffWay::Billing, &title, || view(office.words(), &list, state)))
}

fn view(words: &Words, list: &List<DisputeDeskView>, state: Option<DisputeState>) -> AnyView {
    let heading = Heading::new(say!(words, "disputes")).beneath(say!(words, "staff-disputes-beneath"));
    let all = (say!(words, "staff-disputes-all"), address(None, None), state.is_none());
    let tab = |one: &DisputeState| (words.dispute_state(*one), address(Some(*one), None), state == Some(*one));
    let tabs = tabs(say!(words, "disputes"), [all].into_iter().chain(DisputeState::ALL.iter().map(tab)).collect());
    let next = list.next_cursor.as_ref().map(|cursor| (say!(words, "more"), address(state, Some(cursor))));
    let row = |view: &DisputeDeskView| -> Row {
        let href = format!("/staff/disputes/{}/{}", view.slug, view.dispute.id);
        let name = format!("{} · {}", view.organisation_name, called(words, &view.dispute));
        row(words, &view.dispute, cover(href, name))
    };
    let columns = columns(words, say!(words, "nav-organisation"));
    let table = Table::new(say!(words, "disputes"), columns).rows(list.items.iter().map(row).collect());
    let body = if list.items.is_empty() { none(words) } else { table.view() };
    view! { {heading.view()}{tabs}{Card::plain().flush(body)}{pages(say!(words, "disputes"), None, next)} }.into_any()
}

fn address(state: Option<DisputeState>, cursor: Option<&String>) -> String {
    let state = state.map(|state| ("state", state.word()));
    let asked: Vec<_> = state.into_iter().chain(cursor.map(|cursor| ("cursor", cursor.as_str()))).collect();
    match asked.is_empty() {
        true => "/staff/disputes".to_owned(),
        false => format!("/staff/disputes?{}", serde_urlencoded::to_string(asked).unwrap_or_default()),
    }
}

fn none(words: &Words) -> AnyView {
    let (title, words) = (say!(words, "staff-disputes-none"), say!(words, "staff-disputes-none-means"));
    Empty { title, words, next: None }.view()
}
