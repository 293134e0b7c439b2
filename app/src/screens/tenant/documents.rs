//! Everything that was issued to the organisation, as files to keep, and asking for a statement of account.

pub(crate) mod file;

use axum::response::{IntoResponse, Response};
use domain::{Error, Rule, access::policy::ReadInvoices, commands::Command, papers};
use jiff::civil::Date;
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Query, Refused};
use types::{ArtifactKind, AskStatement, Cursor, List, PaperFile, PaperView};

use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Column, Empty, Field, Form, Heading, Icon, Row, Table, both, pages, text, time},
    screens::asked::{is_said_here, notice, problem},
};

/// Where it is, inside the organisation.
pub(crate) const HERE: &str = "/documents";

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    from: String,
    through: String,
    idempotency_key: String,
}

/// The list with the form.
pub(crate) async fn show(room: Room<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    page(&room, asked, None).await
}

/// Asks for a statement, which then stands first in the list.
pub(crate) async fn ask(room: Room<ReadInvoices>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    match wanted(&room, &sent).await {
        Ok(_) => {
            let words = room.words();
            let flash = Flash::done(say!(words, "account-statement-asked"));
            Ok(room.redirect(HERE, flash.then(say!(words, "account-statement-asked-means"))))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = page(&room, Asked::default(), Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// The buttons that fetch a document's files, for whoever is at `place`, an organisation's address; while it is drawn, that it
/// is; nothing for what is no document yet.
pub(crate) fn downloads(words: &Words, place: &str, paper: Option<&PaperView>) -> Option<AnyView> {
    let paper = paper?;
    let button = |file: &PaperFile| {
        let (label, end) = match file.form {
            ArtifactKind::Pdf => (say!(words, "paper-pdf"), "pdf"),
            ArtifactKind::Ubl => (say!(words, "paper-xml"), "xml"),
        };
        Button::new(label).icon(Icon::Download).download(format!("{place}{HERE}/{}/{end}", paper.id))
    };
    let waits = || view! { <span class="sm soft">{say!(words, "paper-waits")}</span> }.into_any();
    let lacks = || view! { <span class="sm soft">{say!(words, "paper-lacks")}</span> }.into_any();
    let said = match (paper.lacks, paper.drawn_at) {
        (true, _) => Some(lacks()),
        (false, None) => Some(waits()),
        (false, Some(_)) => None,
    };
    Some(view! { {paper.files.iter().map(button).collect_view()}{said} }.into_any())
}

async fn wanted(room: &Room<ReadInvoices>, sent: &Wanted) -> Result<PaperView, Refused> {
    let ask = AskStatement { from: day("from", &sent.from)?, through: day("through", &sent.through)? };
    let command = Command::new(&sent.idempotency_key, "ask_for_statement", &ask)?;
    Ok(papers::ask_for_statement(&room.portal.db, &room.scope, ask, command, room.now).await?)
}

fn day(field: &'static str, text: &str) -> Result<Date, Refused> {
    text.trim().parse().map_err(|_| Error::Invalid { field, rule: Rule::Form }.into())
}

async fn page(room: &Room<ReadInvoices>, asked: Asked, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let is_first = asked.cursor.is_none();
    let page = Cursor { cursor: asked.cursor, limit: None };
    let list = papers::list_papers_in(&tx, &room.scope, &page).await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    let called = say!(room.words(), "papers");
    Ok(room.page_of(shell, Way::Invoices, &called, || view(room, list, is_first, returned)))
}

fn view(
    room: &Room<ReadInvoices>,
    list: List<PaperView>,
    is_first: bool,
    returned: Option<(Wanted, Refused)>,
) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "papers")).beneath(say!(words, "papers-beneath"));
    view! {
        {heading.view()}
        {notice(words, returned.as_ref().map(|(_, refused)| refused))}
        <div class="split">{table(room, list, is_first)}<aside>{form(room, returned)}</aside></div>
    }
    .into_any()
}

fn form(room: &Room<ReadInvoices>, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = room.words();
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let from = Field::day("from", say!(words, "account-statement-from"))
        .value(sent.from)
        .hint(say!(words, "account-statement-from-hint"))
        .error(problem(words, refused.as_ref(), "from"))
        .required();
    let through = Field::day("through", say!(words, "account-statement-through"))
        .value(sent.through)
        .hint(say!(words, "account-statement-through-hint"))
        .error(problem(words, refused.as_ref(), "through"))
        .required();
    let fields = view! {
        <p class="sm soft">{say!(words, "account-statement-means")}</p>
        {from.view()}{through.view()}
        <div>{Button::new(say!(words, "account-statement-ask")).primary().submit()}</div>
    };
    let form = Form::post(room.href(HERE)).once(room.key()).around(fields.into_any());
    Card::titled(say!(words, "account-statement")).body(form)
}

fn table(room: &Room<ReadInvoices>, list: List<PaperView>, is_first: bool) -> AnyView {
    let words = room.words();
    if list.items.is_empty() {
        let (title, words) = (say!(words, "papers-none"), say!(words, "papers-none-means"));
        return Card::plain().flush(Empty { title, words, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "paper-what")),
        Column::new(say!(words, "paper-made")),
        Column::new(say!(words, "paper-files")),
    ];
    let older = list.next_cursor.map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), room.href(&format!("{HERE}?{query}")))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), room.href(HERE)));
    let more = older.is_some() || newer.is_some();
    let rows = list.items.iter().map(|paper| row(room, paper)).collect();
    let pages = pages(say!(words, "papers"), newer, older);
    let card = if more { Card::plain().foot(pages) } else { Card::plain() };
    card.flush(Table::new(say!(words, "papers"), columns).rows(rows).view())
}

fn row(room: &Room<ReadInvoices>, paper: &PaperView) -> Row {
    let words = room.words();
    let files = downloads(words, &room.href(""), Some(paper));
    Row::new(vec![
        what(words, paper),
        time(paper.asked_at, words.date(paper.asked_at)),
        view! { <span class="row wrap">{files}</span> }.into_any(),
    ])
}

/// What it is, with its number or its days beneath.
fn what(words: &Words, paper: &PaperView) -> AnyView {
    let kind = view! { <span class="strong">{kind(words, paper.kind)}</span> }.into_any();
    let days = paper.from.zip(paper.through);
    let beneath = paper.number.clone().or_else(|| days.map(|(from, through)| format!("{from} – {through}")));
    match beneath {
        Some(beneath) => both(kind, view! { <bdi class="num">{beneath}</bdi> }.into_any()),
        None => both(kind, text("–")),
    }
}

/// What kind of document it is.
pub(crate) fn kind(words: &Words, kind: types::PaperKind) -> String {
    say!(words, "paper-kind", word = kind.word())
}
