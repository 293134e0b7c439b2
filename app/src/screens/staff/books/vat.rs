//! The declaration of VAT: a month's taxable bases and taxes by treatment, beside what the ledger booked; and as a file.

use axum::response::Response;
use domain::{Result as Done, access::policy::ReadInvoices, books};
use futures_util::stream;
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{AskVat, Currency, Money, Timestamp, VatRow, VatSheet};

use super::{Asked as AskedBooks, Sheet, said, sheets};
use crate::{
    Office, Page, StaffWay,
    components::{
        Button, Card, Column, Heading, Icon, Row, Select, Table, Tone, amount, both, filters, hidden, ident, number,
        pages, pill, text,
    },
    sheet,
};

/// Where the file is.
const FILE: &str = "/staff/books/vat.csv";
/// To a month's middle: its first instant can be another month's where the reader is.
const MIDDLE_S: i64 = 14 * 86_400;
const MICROS: u8 = 6;

/// The names of the columns; programs read them, so they are the same in every language.
const COLUMNS: [&str; 11] = [
    "month",
    "currency",
    "category",
    "rate",
    "reason",
    "invoiced_taxable",
    "invoiced_tax",
    "credited_taxable",
    "credited_tax",
    "taxable",
    "tax",
];

/// Which sheet is wanted, as the filters send it and the address keeps it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    month: String,
    currency: String,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let ask = asked.vat()?;
    let found = books::vat_sheet(&office.look().await?, &office.survey, &ask).await?;
    let shell = office.shell(StaffWay::Books).await?;
    let name = say!(office.words(), "books-vat");
    Ok(office.page_of(shell, StaffWay::Books, &name, || view(office.words(), &asked, &found)))
}

/// The file.
pub(crate) async fn export(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Response, Refused> {
    let ask = asked.vat()?;
    let found = books::vat_sheet(&office.look().await?, &office.survey, &ask).await?;
    let name = format!("vat-{}-{}.csv", found.month, found.currency.word());
    Ok(sheet::file(&name, lines(&found)?, stream::empty()))
}

fn lines(found: &VatSheet) -> Done<String> {
    let rows = found.rows.iter().map(|row| cells(found, row));
    sheet::lines([COLUMNS.map(str::to_owned)].into_iter().chain(rows))
}

fn cells(found: &VatSheet, row: &VatRow) -> [String; 11] {
    let exact = |money: Money| sheet::decimal(money.micros.into(), MICROS);
    [
        found.month.clone(),
        found.currency.word().to_owned(),
        row.category.word().to_owned(),
        // In percent.
        sheet::decimal(row.rate_ppm.into(), 4),
        row.reason_code.clone().unwrap_or_default(),
        exact(row.invoiced.taxable),
        exact(row.invoiced.tax),
        exact(row.credited.taxable),
        exact(row.credited.tax),
        exact(row.sum.taxable),
        exact(row.sum.tax),
    ]
}

fn view(words: &Words, asked: &Asked, found: &VatSheet) -> AnyView {
    let csv = asked.href(FILE, &found.month);
    let csv = Button::new(say!(words, "audit-csv")).icon(Icon::Download).download(csv);
    let usage = format!("/staff/usage.focus.csv?month={}", found.month);
    let usage = Button::new(say!(words, "usage-focus")).icon(Icon::Download).download(usage);
    let heading = Heading::new(say!(words, "books-vat")).beneath(name(words, found.started_at));
    let heading = heading.actions(view! { {csv}{usage} }.into_any());
    let books = AskedBooks { currency: asked.currency.clone(), ..AskedBooks::default() };
    let named = |currency: &Currency| (currency.word().to_owned(), currency.word().to_owned());
    let currencies = Select {
        name: "currency".to_owned(),
        label: say!(words, "staff-currency"),
        options: Currency::ALL.iter().map(named).collect(),
        chosen: found.currency.word().to_owned(),
        hint: None,
        error: None,
    };
    let month = hidden("month", found.month.clone());
    let fields = view! { {currencies.view()}{month}{Button::new(say!(words, "filter")).submit()} };
    view! {
        {heading.view()}
        {sheets(words, &books, Sheet::Vat)}
        {filters(Sheet::Vat.path(), fields.into_any())}
        {months(words, asked, found)}
        {table(words, found)}
    }
    .into_any()
}

/// What the month is called.
fn name(words: &Words, started_at: Timestamp) -> String {
    words.month(started_at.plus_seconds(MIDDLE_S))
}

/// The months beside this one.
fn months(words: &Words, asked: &Asked, found: &VatSheet) -> AnyView {
    let step = |month: &str, within: Timestamp| (words.month(within), asked.href(Sheet::Vat.path(), month));
    let before = step(&found.before, found.started_at.plus_seconds(-MIDDLE_S));
    let after = found.after.as_deref().map(|month| step(month, found.ended_at.plus_seconds(MIDDLE_S)));
    pages(say!(words, "usage-months"), Some(before), after)
}

fn table(words: &Words, found: &VatSheet) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "staff-tax-category")),
        Column::end(say!(words, "staff-tax-rate")),
        Column::new(say!(words, "staff-tax-reason")),
        Column::end(say!(words, "books-invoiced")),
        Column::end(say!(words, "books-credited")),
        Column::end(say!(words, "books-taxable")),
        Column::end(say!(words, "books-tax")),
    ];
    let money = |money: Money| amount(words.amount(money));
    let row = |row: &VatRow| {
        let category = words.say("staff-tax", &[("word", row.category.word().into())]);
        Row::new(vec![
            both(text(category), ident(row.category.word())),
            number(words.percent(row.rate_ppm.into())),
            row.reason_code.clone().map_or_else(|| text("–"), ident),
            money(row.invoiced.taxable),
            money(row.credited.taxable),
            money(row.sum.taxable),
            money(row.sum.tax),
        ])
    };
    let sum = |part: fn(&VatRow) -> Money| {
        let micros = found.rows.iter().map(|row| part(row).micros).sum();
        money(Money { micros, currency: found.currency })
    };
    let sums = vec![
        text(say!(words, "books-sum")),
        text(""),
        text(""),
        sum(|row| row.invoiced.taxable),
        sum(|row| row.credited.taxable),
        money(found.sum.taxable),
        money(found.sum.tax),
    ];
    let verdict = match found.sum.tax == found.booked {
        true => pill(Tone::Good, say!(words, "books-vat-is-booked")),
        false => pill(Tone::Bad, say!(words, "books-not-balanced")),
    };
    let withheld = say!(words, "books-vat-withheld", amount = words.money(found.withheld));
    let means = format!("{} {withheld}", say!(words, "books-vat-means"));
    let title = say!(words, "books-in", sheet = say!(words, "books-vat"), currency = found.currency.word());
    let table = Table::new(title.clone(), columns).rows(found.rows.iter().map(row).collect()).sum(sums);
    Card::titled(title).end(verdict).foot(text(means)).flush(table.view())
}

impl Asked {
    fn vat(&self) -> Result<AskVat, Refused> {
        let month = Some(self.month.trim()).filter(|month| !month.is_empty()).map(str::to_owned);
        Ok(AskVat { month, currency: said("currency", &self.currency)? })
    }

    /// The address at `path` of another month of the same books.
    fn href(&self, path: &str, month: &str) -> String {
        let asked = [("month", month), ("currency", self.currency.as_str())];
        let asked = asked.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        format!("{path}?{}", serde_urlencoded::to_string(asked).unwrap_or_default())
    }
}
