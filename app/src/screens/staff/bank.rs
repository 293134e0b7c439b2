//! The hub's bank: what waits for a person, the statements, and the accounts at which the hub is paid.

pub(crate) mod account;
pub(crate) mod import;
pub(crate) mod line;
mod mapping;
pub(crate) mod statement;

use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    transfers,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{BankLineState, BankLineView, Currency, Cursor, List, MatchReason, ReceivingAccountView, StatementView};

use crate::{
    Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Heading, Row, Table, Tone, amount, both, cover, ident, number, pages, pill, text,
        time,
    },
    screens::tenant::invoice::paper::day,
};

/// Which page of the statements, and which of what waits.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
    waiting: Option<String>,
}

/// What the page shows.
struct Shown {
    waiting: List<BankLineView>,
    statements: List<StatementView>,
    accounts: Vec<ReceivingAccountView>,
    is_first: bool,
    waits_first: bool,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let (is_first, waits_first) = (asked.cursor.is_none(), asked.waiting.is_none());
    let waiting = Cursor { cursor: asked.waiting, limit: None };
    let page = Cursor { cursor: asked.cursor, limit: None };
    let shown = Shown {
        waiting: transfers::list_waiting_lines(&open, &office.survey, &waiting).await?,
        statements: transfers::list_statements(&open, &office.survey, &page).await?,
        accounts: transfers::list_receiving_accounts(&open, &office.survey).await?.items,
        is_first,
        waits_first,
    };
    drop(open);
    let shell = office.shell(StaffWay::Bank).await?;
    Ok(office.page(shell, StaffWay::Bank, || view(&office, &shown)))
}

fn view(office: &Office<ReadInvoices>, shown: &Shown) -> AnyView {
    let words = office.words();
    let changes = may_change(office);
    let import = Button::new(say!(words, "bank-import")).primary();
    let import = changes.then(|| import.to("/staff/bank/import"));
    let heading = Heading::new(say!(words, "nav-bank"))
        .beneath(say!(words, "bank-beneath"))
        .actions(view! { {Button::new(say!(words, "refunds")).to("/staff/refunds")}{import} }.into_any());
    view! {
        {heading.view()}
        <div class="stack">
            {waiting(words, &shown.waiting, shown.waits_first)}
            {statements(words, shown)}
            {accounts(words, &shown.accounts, changes)}
        </div>
    }
    .into_any()
}

/// Whether the reader may book, or only looks.
fn may_change(office: &Office<ReadInvoices>) -> bool {
    office.actor.prove::<CloseBilling>().is_ok()
}

fn waiting(words: &Words, list: &List<BankLineView>, is_first: bool) -> AnyView {
    let title = say!(words, "bank-waiting");
    if list.items.is_empty() {
        let (empty, means) = (say!(words, "bank-waiting-none"), say!(words, "bank-waiting-none-means"));
        return Card::titled(title).flush(Empty { title: empty, words: means, next: None }.view());
    }
    let older = list.next_cursor.as_ref().map(|cursor| {
        let query = serde_urlencoded::to_string([("waiting", cursor)]).unwrap_or_default();
        (say!(words, "older"), format!("/staff/bank?{query}"))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), "/staff/bank".to_owned()));
    let more = older.is_some() || newer.is_some();
    let rows = list.items.iter().map(|line| row(words, line)).collect();
    let pages = pages(title.clone(), newer, older);
    let card = Card::titled(title.clone());
    let card = if more { card.foot(pages) } else { card };
    card.flush(Table::new(title, columns(words)).rows(rows).view())
}

/// The columns of a list of lines.
fn columns(words: &Words) -> Vec<Column> {
    vec![
        Column::new(say!(words, "bank-payer")),
        Column::new(say!(words, "bank-day")),
        Column::wide(say!(words, "bank-written")),
        Column::new(say!(words, "bank-state")),
        Column::end(say!(words, "bank-amount")),
    ]
}

/// A line that leads to its page.
fn row(words: &Words, line: &BankLineView) -> Row {
    let payer = line.payer_name.clone().unwrap_or_else(|| say!(words, "bank-payer-unknown"));
    let payer = cover(format!("/staff/bank/lines/{}", line.id), payer);
    let whom = line.organisation.as_ref().map(|organisation| organisation.name.clone());
    let why = whom.unwrap_or_else(|| reasons(words, &line.reasons));
    let account = line.payer_account.clone().map(ident);
    Row::new(vec![
        both(payer, view! { {account} }.into_any()),
        text(day(words, line.booked_on)),
        view! { <bdi>{line.remittance.clone()}</bdi> }.into_any(),
        both(state(words, line.state), text(why)),
        amount(words.money(line.amount)),
    ])
    .goes()
}

/// What has become of a line, as a pill.
fn state(words: &Words, state: BankLineState) -> AnyView {
    let tone = match state {
        BankLineState::New | BankLineState::Unmatched => Tone::Warn,
        BankLineState::Matched => Tone::Good,
        BankLineState::Ignored | BankLineState::Outgoing => Tone::Idle,
    };
    pill(tone, words.bank_line_state(state))
}

/// Why a line is matched as it is, in words.
fn reasons(words: &Words, reasons: &[MatchReason]) -> String {
    let said = reasons.iter().map(|reason| match &reason.about {
        Some(about) => say!(words, "match-about", reason = words.match_word(reason.word), about = about.as_str()),
        None => words.match_word(reason.word),
    });
    said.collect::<Vec<_>>().join(" · ")
}

fn statements(words: &Words, shown: &Shown) -> AnyView {
    let title = say!(words, "bank-statements");
    let list = &shown.statements;
    if list.items.is_empty() {
        let (empty, means) = (say!(words, "bank-statements-none"), say!(words, "bank-statements-none-means"));
        return Card::titled(title).flush(Empty { title: empty, words: means, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "bank-statement")),
        Column::new(say!(words, "bank-days")),
        Column::end(say!(words, "bank-lines")),
        Column::end(say!(words, "bank-credited")),
        Column::end(say!(words, "bank-waits")),
        Column::new(say!(words, "bank-imported")),
    ];
    let older = list.next_cursor.as_ref().map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), format!("/staff/bank?{query}"))
    });
    let newer = (!shown.is_first).then(|| (say!(words, "newer"), "/staff/bank".to_owned()));
    let more = older.is_some() || newer.is_some();
    let rows = list.items.iter().map(|statement| statement_row(words, statement)).collect();
    let pages = pages(title.clone(), newer, older);
    let card = Card::titled(title.clone());
    let card = if more { card.foot(pages) } else { card };
    card.flush(Table::new(title, columns).rows(rows).view())
}

fn statement_row(words: &Words, statement: &StatementView) -> Row {
    let name = cover(format!("/staff/bank/statements/{}", statement.id), statement.file_name.clone());
    Row::new(vec![
        both(name, ident(statement.iban.clone())),
        text(days(words, statement)),
        number(statement.n_lines.to_string()),
        amount(words.money(statement.credited)),
        amount(words.money(statement.waiting)),
        time(statement.imported_at, words.date(statement.imported_at)),
    ])
    .goes()
}

/// The days of a statement's lines.
fn days(words: &Words, statement: &StatementView) -> String {
    match (statement.from_on, statement.to_on) {
        (Some(from), Some(to)) if from != to => format!("{} – {}", day(words, from), day(words, to)),
        (Some(from), _) => day(words, from),
        _ => "–".to_owned(),
    }
}

fn accounts(words: &Words, accounts: &[ReceivingAccountView], changes: bool) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "bank-currency")),
        Column::new(say!(words, "bank-iban")),
        Column::new(say!(words, "bank-beneficiary")),
        Column::new(say!(words, "bank-name")),
    ];
    let row = |currency: &Currency| {
        let account = accounts.iter().find(|account| account.currency == *currency);
        let name = currency.word();
        let first = match changes {
            true => cover(format!("/staff/bank/accounts/{name}"), name),
            false => text(name),
        };
        let cells = match account {
            Some(account) => {
                [ident(account.iban.clone()), text(account.beneficiary.clone()), text(account.bank.clone())]
            }
            None => [text(say!(words, "bank-account-none")), text("–"), text("–")],
        };
        let row = Row::new([first].into_iter().chain(cells).collect());
        if changes { row.goes() } else { row }
    };
    let rows = Currency::ALL.iter().map(row).collect();
    let title = say!(words, "bank-accounts");
    Card::titled(title.clone()).flush(Table::new(title, columns).rows(rows).view())
}
