//! The credit notes of all organisations.

use domain::{access::policy::ReadInvoices, invoices};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Query, Refused};
use types::{CreditReviewView, Cursor, List};

use crate::{
    Office, Page, StaffWay,
    components::{Card, Heading, Row, Table, both, cover, pages},
    screens::tenant::credit_notes::{columns, none, row},
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
    let list = invoices::list_all_credit_notes(&open, &office.survey, &page).await?;
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "credit-notes");
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(&office, &list)))
}

fn view(office: &Office<ReadInvoices>, list: &List<CreditReviewView>) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "credit-notes")).beneath(say!(words, "staff-credit-notes-beneath"));
    let older = list.next_cursor.as_ref().map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), format!("/staff/credit-notes?{query}"))
    });
    let row = |view: &CreditReviewView| -> Row {
        let href = format!("/staff/billing/{}/credit-notes/{}", view.slug, view.note.id);
        let number = view! { <bdi>{view.note.number.clone()}</bdi> }.into_any();
        row(words, &view.note, both(cover(href, view.organisation_name.clone()), number))
    };
    let columns = columns(words, say!(words, "nav-organisation"));
    let table = Table::new(say!(words, "credit-notes"), columns).rows(list.items.iter().map(row).collect());
    let body = if list.items.is_empty() { none(words) } else { table.view() };
    view! { {heading.view()}{Card::plain().flush(body)}{pages(say!(words, "credit-notes"), None, older)} }.into_any()
}
