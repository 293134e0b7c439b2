//! The hub's books: the trial balance, and what its pages share. The ledger's own postings, summed up by the domain.

pub(crate) mod account;
pub(crate) mod ageing;
pub(crate) mod journal;
pub(crate) mod revenue;
pub(crate) mod vat;

use std::str::FromStr;

use domain::{Error, Rule, access::policy::ReadInvoices, books};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{AccountBalance, AskBooks, Currency, Timestamp, TrialBalance};

use crate::{
    Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Field, Heading, Icon, Row, Select, Table, Tone, amount, both, cover, filters,
        hidden, pill, tabs, text,
    },
};

/// Which books are wanted, as the filters send it and the address keeps it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    currency: String,
    day: String,
    cursor: Option<String>,
}

/// A page of the books.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Balance,
    Ageing,
    Revenue,
    Vat,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let ask = asked.books()?;
    let balance = books::trial_balance(&office.look().await?, &office.survey, &ask).await?;
    let shell = office.shell(StaffWay::Books).await?;
    Ok(office.page(shell, StaffWay::Books, || view(office.words(), &asked, &balance)))
}

fn view(words: &Words, asked: &Asked, balance: &TrialBalance) -> AnyView {
    let head = head(words, asked, Sheet::Balance, (balance.currency, balance.at));
    let table = if balance.accounts.is_empty() { nothing_booked(words) } else { table(words, asked, balance) };
    view! { {head}{table}{export(words, balance.currency)} }.into_any()
}

fn table(words: &Words, asked: &Asked, balance: &TrialBalance) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "books-account")),
        Column::end(say!(words, "books-debit")),
        Column::end(say!(words, "books-credit")),
        Column::end(say!(words, "books-difference")),
    ];
    let row = |of: &AccountBalance| {
        let href = asked.href(&format!("{}/accounts/{}", StaffWay::Books.path(), of.account), None);
        let name = both(cover(href, words.account_kind(of.account)), text(words.account_means(of.account)));
        let figures = [of.debit, of.credit, of.balance].map(|money| amount(words.amount_exact(money)));
        Row::new([name].into_iter().chain(figures).collect()).goes()
    };
    let sums = [balance.debit, balance.credit, balance.difference].map(|money| amount(words.amount_exact(money)));
    let sum = [text(say!(words, "books-sum"))].into_iter().chain(sums).collect();
    let is_balanced = balance.difference.micros == 0;
    let verdict = match is_balanced {
        true => pill(Tone::Good, say!(words, "books-balanced")),
        false => pill(Tone::Bad, say!(words, "books-not-balanced")),
    };
    let title = say!(words, "books-in", sheet = say!(words, "books-trial-balance"), currency = balance.currency.word());
    let table = Table::new(title.clone(), columns).rows(balance.accounts.iter().map(row).collect()).sum(sum);
    Card::titled(title).end(verdict).foot(text(say!(words, "books-signs"))).flush(table.view())
}

/// The journal of these books as a file.
fn export(words: &Words, currency: Currency) -> AnyView {
    let fields = view! {
        {Field::day("from", say!(words, "books-from")).view()}
        {Field::day("to", say!(words, "books-to")).view()}
        {hidden("currency", currency.word())}
        {Button::new(say!(words, "books-journal-csv", currency = currency.word())).icon(Icon::Download).submit()}
    };
    let form = filters(JOURNAL, fields.into_any());
    Card::titled(say!(words, "books-journal")).foot(text(say!(words, "books-journal-means"))).body(form)
}

/// Where the journal is.
const JOURNAL: &str = "/staff/books/journal.csv";

/// The top of each page: what it is, the others, and which books are shown.
fn head(words: &Words, asked: &Asked, here: Sheet, (currency, at): (Currency, Timestamp)) -> AnyView {
    let until = say!(words, "books-until", date = words.date(at), time = words.clock(at));
    let whole = Button::new(say!(words, "books-journal-whole")).icon(Icon::Download).download(JOURNAL);
    let heading = Heading::new(here.words(words)).beneath(until).actions(whole);
    let tabs = sheets(words, asked, here);
    let named = |currency: &Currency| (currency.word().to_owned(), currency.word().to_owned());
    let currencies = Select {
        name: "currency".to_owned(),
        label: say!(words, "staff-currency"),
        options: Currency::ALL.iter().map(named).collect(),
        chosen: currency.word().to_owned(),
        hint: None,
        error: None,
    };
    let day = Field::day("day", say!(words, "books-day")).value(&asked.day);
    let fields = view! { {currencies.view()}{day.view()}{Button::new(say!(words, "filter")).submit()} };
    view! { {heading.view()}{tabs}{filters(here.path(), fields.into_any())} }.into_any()
}

/// The pages of the books, from one to the others.
fn sheets(words: &Words, asked: &Asked, here: Sheet) -> AnyView {
    let tab = |sheet: Sheet| (sheet.words(words), asked.href(sheet.path(), None), sheet == here);
    tabs(say!(words, "nav-books"), [Sheet::Balance, Sheet::Ageing, Sheet::Revenue, Sheet::Vat].map(tab).to_vec())
}

/// Nothing stands in these books.
fn nothing_booked(words: &Words) -> AnyView {
    let (title, means) = (say!(words, "books-empty"), say!(words, "books-empty-means"));
    Card::plain().flush(Empty { title, words: means, next: None }.view())
}

impl Sheet {
    fn path(self) -> &'static str {
        match self {
            Self::Balance => StaffWay::Books.path(),
            Self::Ageing => "/staff/books/ageing",
            Self::Revenue => "/staff/books/revenue",
            Self::Vat => "/staff/books/vat",
        }
    }

    fn words(self, words: &Words) -> String {
        match self {
            Self::Balance => say!(words, "books-trial-balance"),
            Self::Ageing => say!(words, "books-ageing"),
            Self::Revenue => say!(words, "books-revenue"),
            Self::Vat => say!(words, "books-vat"),
        }
    }
}

impl Asked {
    fn books(&self) -> Result<AskBooks, Refused> {
        Ok(AskBooks { currency: said("currency", &self.currency)?, day: said("day", &self.day)? })
    }

    /// The address at `path` that asks for the same books, from a place in their list on.
    fn href(&self, path: &str, cursor: Option<&str>) -> String {
        let asked = [("currency", self.currency.as_str()), ("day", self.day.as_str())];
        let asked = asked.into_iter().filter(|(_, value)| !value.is_empty());
        let asked = asked.chain(cursor.map(|cursor| ("cursor", cursor))).collect::<Vec<_>>();
        match serde_urlencoded::to_string(asked).unwrap_or_default() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// What a field says; nothing where it is empty.
fn said<T: FromStr>(field: &'static str, text: &str) -> Result<Option<T>, Refused> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Error::Invalid { field, rule: Rule::Form }.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_keeps_the_books_and_says_what_it_cannot_read() {
        let asked = Asked { currency: "EUR".to_owned(), day: "2026-10-31".to_owned(), cursor: None };
        assert_eq!(asked.href("/a", Some("x_1")), "/a?currency=EUR&day=2026-10-31&cursor=x_1");
        assert_eq!(Asked::default().href("/a", None), "/a");
        let ask = asked.books().unwrap();
        assert_eq!((ask.currency, ask.day), (Some(Currency::Eur), Some(jiff::civil::date(2026, 10, 31))));
        assert_eq!(Asked::default().books().unwrap(), AskBooks::default());
        for (currency, day) in [("DEM", ""), ("", "31/10/2026"), ("", "2026-02-30")] {
            let asked = Asked { currency: currency.to_owned(), day: day.to_owned(), cursor: None };
            assert!(asked.books().is_err(), "{asked:?}");
        }
    }
}
