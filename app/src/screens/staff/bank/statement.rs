//! One statement: how far it is booked, and its lines in the order of its file.

use axum::response::Response;
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    transfers,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Path, Query, Refused};
use types::{BankLineView, Cursor, List, StatementId, StatementView};

use super::{columns, days, may_change, row};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Banner, Button, Card, Heading, Table, Tone, amount, banner, facts, ident, number, pages, text},
};

/// Which page of the lines.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Path(id): Path<StatementId>,
    Query(asked): Query<Asked>,
) -> Result<Page, Refused> {
    let open = office.look().await?;
    let statement = transfers::statement(&open, &office.survey, id).await?;
    let is_first = asked.cursor.is_none();
    let page = Cursor { cursor: asked.cursor, limit: Some(100) };
    let lines = transfers::list_statement_lines(&open, &office.survey, id, &page).await?;
    drop(open);
    let shell = office.shell(StaffWay::Bank).await?;
    let called = statement.file_name.clone();
    Ok(office.page_of(shell, StaffWay::Bank, &called, || view(&office, &statement, &lines, is_first)))
}

/// Books what of it is stored and not booked: where an import was cut off.
pub(crate) async fn book(office: Office<CloseBilling>, Path(id): Path<StatementId>) -> Result<Response, Refused> {
    let words = office.words();
    let statement = transfers::book_statement(&office.portal.db, &office.survey, id, office.now).await?;
    let next = say!(words, "bank-booked-waits", n = i64::from(statement.n_unmatched));
    let flash = Flash::done(say!(words, "bank-booked")).then(next);
    Ok(office.redirect(&format!("/staff/bank/statements/{id}"), flash))
}

fn view(
    office: &Office<ReadInvoices>,
    statement: &StatementView,
    lines: &List<BankLineView>,
    is_first: bool,
) -> AnyView {
    let words = office.words();
    let heading = Heading::of(view! { <bdi>{statement.file_name.clone()}</bdi> }.into_any());
    let heading = heading.beneath(say!(words, "bank-statement-beneath"));
    let base = format!("/staff/bank/statements/{}", statement.id);
    let rest = (statement.n_new > 0).then(|| {
        let button = Button::new(say!(words, "bank-book-rest")).small();
        let action = may_change(office).then(|| button.post(format!("{base}/book"), ().into_any()));
        banner(Banner {
            tone: Tone::Warn,
            title: say!(words, "bank-rest", n = i64::from(statement.n_new)),
            words: Some(say!(words, "bank-rest-means")),
            action,
        })
    });
    let older = lines.next_cursor.as_ref().map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "bank-onward"), format!("{base}?{query}"))
    });
    let newer = (!is_first).then(|| (say!(words, "bank-back"), base.clone()));
    let more = older.is_some() || newer.is_some();
    let title = say!(words, "bank-lines");
    let rows = lines.items.iter().map(|line| row(words, line)).collect();
    let pages = pages(title.clone(), newer, older);
    let card = Card::titled(title.clone());
    let card = if more { card.foot(pages) } else { card };
    let table = card.flush(Table::new(title, columns(words)).rows(rows).view());
    view! {
        {heading.view()}{rest}
        <div class="split">{table}<aside>{sums(office, statement)}</aside></div>
    }
    .into_any()
}

fn sums(office: &Office<ReadInvoices>, statement: &StatementView) -> AnyView {
    let words = office.words();
    let balance = |balance: Option<types::Money>| balance.map_or_else(|| text("–"), |money| amount(words.money(money)));
    let by = statement.imported_by.clone().unwrap_or_else(|| "–".to_owned());
    let pairs = vec![
        (say!(words, "bank-iban"), ident(statement.iban.clone())),
        (say!(words, "bank-format"), text(words.statement_format(statement.format))),
        (say!(words, "bank-days"), text(days(words, statement))),
        (say!(words, "bank-opening"), balance(statement.opening)),
        (say!(words, "bank-closing"), balance(statement.closing)),
        (say!(words, "bank-lines"), number(statement.n_lines.to_string())),
        (say!(words, "bank-known-before"), number(statement.n_known.to_string())),
        (say!(words, "bank-credited"), amount(words.money(statement.credited))),
        (say!(words, "bank-waits"), amount(words.money(statement.waiting))),
        (say!(words, "bank-imported"), text(format!("{by} · {}", words.moment(statement.imported_at)))),
    ];
    Card::titled(say!(words, "bank-statement")).body(facts(pairs))
}
