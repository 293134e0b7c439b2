//! Importing a bank's file: pasting it, seeing what it says and what booking it would do, and booking it.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Request},
    response::{IntoResponse, Response},
};
use domain::{access::policy::CloseBilling, commands::Command, transfers};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Refused};
use types::{
    Currency, LinePlan, PreviewedLine, PreviewedStatement, StatementFormat, StatementPreview, UploadStatement,
};

use super::{mapping::Sheet, reasons};
use crate::{
    Flash, Office, Page, Screens, StaffWay,
    components::{
        Banner, Button, Card, Column, Field, Form, Heading, Row, Select, Table, TextArea, Tone, amount, banner, both,
        facts, hidden, link, number, pill, text,
    },
    screens::{
        asked::{is_said_here, notice, problem},
        tenant::invoice::paper::day,
    },
};

/// A bank's file may have eight MiB; as a form's field it can have three times as many.
const MOST_FILE_BYTES: usize = 24 * 1024 * 1024;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    file_name: String,
    format: String,
    currency: String,
    content: String,
    idempotency_key: String,
    #[serde(flatten)]
    sheet: Sheet,
}

impl Wanted {
    fn ask(&self) -> Result<UploadStatement, Refused> {
        let unknown = |field| Refused::from(domain::Error::Invalid { field, rule: domain::Rule::Known });
        let format: StatementFormat = self.format.parse().map_err(|_| unknown("format"))?;
        // Only a sheet does not say what its account is kept in, and how it is read.
        let (currency, mapping) = match format {
            StatementFormat::Csv => {
                let currency = self.currency.parse::<Currency>().map_err(|_| unknown("currency"))?;
                (Some(currency), self.sheet.mapping()?)
            }
            StatementFormat::Camt053 | StatementFormat::Mt940 => (None, None),
        };
        let (file_name, content) = (self.file_name.clone(), self.content.clone());
        Ok(UploadStatement { file_name, format, content, currency, mapping })
    }
}

/// A form with a file in it, which may be larger than others.
#[derive(Debug)]
pub(crate) struct Upload(Wanted);

impl FromRequest<Screens> for Upload {
    type Rejection = Refused;

    async fn from_request(mut request: Request, screens: &Screens) -> Result<Self, Refused> {
        DefaultBodyLimit::max(MOST_FILE_BYTES).apply(&mut request);
        let read = <Sent<Wanted> as FromRequest<Screens>>::from_request(request, screens).await;
        read.map(|Sent(wanted)| Self(wanted))
    }
}

/// The form.
pub(crate) async fn show(office: Office<CloseBilling>) -> Result<Page, Refused> {
    page(&office, &Wanted::default(), None).await
}

/// What the file says, and what booking it would do.
pub(crate) async fn preview(office: Office<CloseBilling>, Upload(wanted): Upload) -> Result<Response, Refused> {
    let outcome = async {
        let ask = wanted.ask()?;
        Ok::<_, Refused>(transfers::preview_statement(&office.portal.db, &office.survey, &ask, office.now).await?)
    };
    match outcome.await {
        Ok(preview) => {
            let shell = office.shell(StaffWay::Bank).await?;
            let called = say!(office.words(), "bank-import");
            let view = || previewed(&office, &wanted, &preview);
            Ok(office.page_of(shell, StaffWay::Bank, &called, view).into_response())
        }
        Err(refused) => again(&office, &wanted, refused).await,
    }
}

/// Books it.
pub(crate) async fn import(office: Office<CloseBilling>, Upload(wanted): Upload) -> Result<Response, Refused> {
    let outcome = async {
        let ask = wanted.ask()?;
        let command = Command::new(&wanted.idempotency_key, "import_statement", &ask)?;
        let (db, survey) = (&office.portal.db, &office.survey);
        Ok::<_, Refused>(transfers::import_statement(db, survey, &ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(statements) => {
            let words = office.words();
            let n_waiting = statements.iter().map(|statement| i64::from(statement.n_unmatched)).sum::<i64>();
            let flash = Flash::done(say!(words, "bank-booked")).then(say!(words, "bank-booked-waits", n = n_waiting));
            let href = match &statements[..] {
                [one] => format!("/staff/bank/statements/{}", one.id),
                _ => StaffWay::Bank.path().to_owned(),
            };
            Ok(office.redirect(&href, flash))
        }
        Err(refused) => again(&office, &wanted, refused).await,
    }
}

async fn again(office: &Office<CloseBilling>, wanted: &Wanted, refused: Refused) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, wanted, Some(&refused)).await?.with_status(status).into_response())
}

async fn page(office: &Office<CloseBilling>, wanted: &Wanted, refused: Option<&Refused>) -> Result<Page, Refused> {
    let shell = office.shell(StaffWay::Bank).await?;
    let called = say!(office.words(), "bank-import");
    Ok(office.page_of(shell, StaffWay::Bank, &called, || form(office.words(), wanted, refused)))
}

fn form(words: &Words, wanted: &Wanted, refused: Option<&Refused>) -> AnyView {
    let formats = StatementFormat::ALL.iter().map(|format| (format.word().to_owned(), words.statement_format(*format)));
    let format = Select {
        name: "format".to_owned(),
        label: say!(words, "bank-format"),
        options: formats.collect(),
        chosen: wanted.format.clone(),
        hint: None,
        error: problem(words, refused, "format"),
    };
    let currency = Select {
        name: "currency".to_owned(),
        label: say!(words, "bank-currency"),
        options: Currency::ALL.iter().map(|one| (one.word().to_owned(), one.word().to_owned())).collect(),
        chosen: wanted.currency.clone(),
        hint: Some(say!(words, "bank-currency-hint")),
        error: problem(words, refused, "currency"),
    };
    let content = TextArea {
        name: "content".to_owned(),
        label: say!(words, "bank-content"),
        value: wanted.content.clone(),
        hint: Some(say!(words, "bank-content-hint")),
        error: problem(words, refused, "content").map(|said| with_hint(words, said, refused)),
    };
    let name = Field::text("file_name", say!(words, "bank-file-name"))
        .value(&wanted.file_name)
        .hint(say!(words, "bank-file-name-hint"))
        .error(problem(words, refused, "file_name"));
    // Where a mapping was refused it is there to be mended; a first look has none.
    let sheet = wanted.sheet.is_said().then(|| wanted.sheet.view(words));
    let fields = view! {
        <p class="sm">{say!(words, "bank-import-means")}</p>
        {name.view()}{format.view()}{currency.view()}{content.view()}
        {sheet}
        <div>{Button::new(say!(words, "bank-look")).primary().submit()}</div>
    };
    let form = Form::post("/staff/bank/import/preview").around(fields.into_any());
    view! {
        {Heading::new(say!(words, "bank-import")).view()}
        {notice(words, refused)}
        {Card::titled(say!(words, "bank-file")).body(form)}
    }
    .into_any()
}

/// What is wrong with a file, with what to do about it.
fn with_hint(words: &Words, said: String, refused: Option<&Refused>) -> String {
    let hint = refused.map(|refused| words.refusal(&refused.refusal()).hint).unwrap_or_default();
    format!("{said} {hint}")
}

fn previewed(office: &Office<CloseBilling>, wanted: &Wanted, preview: &StatementPreview) -> AnyView {
    let words = office.words();
    let known = preview.is_known.then(|| {
        banner(Banner {
            tone: Tone::Warn,
            title: say!(words, "bank-known"),
            words: Some(say!(words, "bank-known-means")),
            action: None,
        })
    });
    let sheet = preview.mapping.as_ref().map(Sheet::of);
    let columns = sheet.iter().flat_map(Sheet::pairs).map(|(name, value)| hidden(name, value)).collect_view();
    let buttons = view! {
        {along(wanted)}{columns}
        <p class="sm">{say!(words, "bank-book-means")}</p>
        <div class="row wrap">
            {Button::new(say!(words, "bank-book")).primary().submit()}
            {Button::new(say!(words, "staff-change")).to("/staff/bank/import")}
        </div>
    };
    let form = Form::post("/staff/bank/import").once(office.key()).around(buttons.into_any());
    let statements = preview.statements.iter().map(|statement| statement_card(words, statement)).collect_view();
    view! {
        {Heading::new(say!(words, "bank-import")).beneath(say!(words, "bank-nothing-yet")).view()}
        {known}
        <div class="stack">
            {statements}
            {Card::titled(say!(words, "bank-book")).body(form)}
            {sheet.map(|sheet| read_again(words, wanted, &sheet))}
        </div>
    }
    .into_any()
}

/// The file itself, which goes along unseen.
fn along(wanted: &Wanted) -> AnyView {
    let fields = [
        ("file_name", &wanted.file_name),
        ("format", &wanted.format),
        ("currency", &wanted.currency),
        ("content", &wanted.content),
    ];
    fields.map(|(name, value)| hidden(name, value)).collect_view().into_any()
}

/// How a sheet was read, to be changed and looked at again.
fn read_again(words: &Words, wanted: &Wanted, sheet: &Sheet) -> AnyView {
    let fields = view! {
        {along(wanted)}
        <p class="sm">{say!(words, "sheet-means")}</p>
        {sheet.view(words)}
        <div>{Button::new(say!(words, "sheet-again")).submit()}</div>
    };
    let form = Form::post("/staff/bank/import/preview").around(fields.into_any());
    Card::titled(say!(words, "sheet-title")).body(form)
}

fn statement_card(words: &Words, statement: &PreviewedStatement) -> AnyView {
    let balance = |balance: Option<types::Money>| balance.map_or_else(|| text("–"), |money| amount(words.money(money)));
    let sums = facts(vec![
        (say!(words, "bank-opening"), balance(statement.opening)),
        (say!(words, "bank-closing"), balance(statement.closing)),
        (say!(words, "bank-credited"), amount(words.money(statement.credited))),
        (say!(words, "bank-waits"), amount(words.money(statement.waiting))),
    ]);
    let columns = vec![
        Column::new(say!(words, "bank-payer")),
        Column::new(say!(words, "bank-day")),
        Column::wide(say!(words, "bank-written")),
        Column::new(say!(words, "bank-plan")),
        Column::end(say!(words, "bank-score")),
        Column::end(say!(words, "bank-amount")),
    ];
    let rows = statement.lines.iter().map(|line| row(words, line)).collect();
    let title = say!(words, "bank-statement-of", iban = statement.account.iban.as_str());
    let table = Table::new(title.clone(), columns).rows(rows).view();
    Card::titled(title).flush(view! { <div class="body">{sums}</div>{table} }.into_any())
}

fn row(words: &Words, line: &PreviewedLine) -> Row {
    let tone = match line.plan {
        LinePlan::Credit | LinePlan::Refund => Tone::Good,
        LinePlan::Wait => Tone::Warn,
        LinePlan::Known | LinePlan::Keep => Tone::Idle,
    };
    let whom = line.organisation.as_ref().map(|organisation| organisation.name.clone());
    let why = match line.refund {
        Some(refund) => link(format!("/staff/refunds/{refund}"), whom.unwrap_or_default()),
        None => text([whom, Some(reasons(words, &line.reasons))].into_iter().flatten().collect::<Vec<_>>().join(": ")),
    };
    let payer = line.payer_name.clone().unwrap_or_else(|| say!(words, "bank-payer-unknown"));
    let place = text(say!(words, "bank-place", n = i64::from(line.place)));
    Row::new(vec![
        both(view! { <bdi>{payer}</bdi> }.into_any(), place),
        text(day(words, line.booked_on)),
        view! { <bdi>{line.remittance.clone()}</bdi> }.into_any(),
        both(pill(tone, words.line_plan(line.plan)), why),
        number(line.score.to_string()),
        amount(words.money(line.amount)),
    ])
}
