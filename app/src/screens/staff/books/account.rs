//! The organisations that a row of the trial balance consists of.

use domain::{access::policy::ReadInvoices, books};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Path, Query, Refused};
use types::{AccountKind, Cursor, List, OrganisationBalance};

use super::{Asked, nothing_booked};
use crate::{
    Office, Page, StaffWay,
    components::{Card, Column, Heading, Row, Table, amount, cover, pages},
};

/// The list.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Path(account): Path<AccountKind>,
    Query(asked): Query<Asked>,
) -> Result<Page, Refused> {
    let (ask, page) = (asked.books()?, Cursor { cursor: asked.cursor.clone(), limit: None });
    let open = office.look().await?;
    let parts = books::list_account_organisations(&open, &office.survey, account, &ask, &page).await?;
    drop(open);
    let shell = office.shell(StaffWay::Books).await?;
    let name = office.words().account_kind(account);
    Ok(office.page_of(shell, StaffWay::Books, &name, || view(office.words(), &asked, account, &parts)))
}

fn view(words: &Words, asked: &Asked, account: AccountKind, parts: &List<OrganisationBalance>) -> AnyView {
    let heading = Heading::new(words.account_kind(account)).beneath(words.account_means(account)).view();
    let Some(first) = parts.items.first() else {
        return view! { {heading}{nothing_booked(words)} }.into_any();
    };
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::end(say!(words, "books-debit")),
        Column::end(say!(words, "books-credit")),
        Column::end(say!(words, "books-difference")),
    ];
    let row = |of: &OrganisationBalance| {
        let name = cover(format!("/staff/organisations/{}", of.slug), of.organisation_name.clone());
        let figures = [of.part.debit, of.part.credit, of.part.balance];
        let figures = figures.map(|money| amount(words.amount_exact(money)));
        Row::new([name].into_iter().chain(figures).collect()).goes()
    };
    let currency = first.part.balance.currency.word();
    let title = say!(words, "books-in", sheet = words.account_kind(account), currency = currency);
    let table = Table::new(title.clone(), columns).rows(parts.items.iter().map(row).collect());
    let path = format!("{}/accounts/{account}", StaffWay::Books.path());
    let older = parts.next_cursor.as_deref().map(|cursor| (say!(words, "more"), asked.href(&path, Some(cursor))));
    view! { {heading}{Card::titled(title.clone()).flush(table.view())}{pages(title, None, older)} }.into_any()
}
