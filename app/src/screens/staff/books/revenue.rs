//! Revenue by month, and what was paid in advance or granted and not used at each month's end.

use domain::{access::policy::ReadInvoices, books};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Query, Refused};
use types::{Money, Revenue, RevenueMonth};

use super::{Asked, Sheet, head};
use crate::{
    Office, Page, StaffWay,
    components::{Card, Column, Row, Table, amount, text, time},
};

/// To a month's middle: its first instant can be another month's where the reader is.
const MIDDLE_S: i64 = 14 * 86_400;

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let ask = asked.books()?;
    let revenue = books::revenue(&office.look().await?, &office.survey, &ask).await?;
    let shell = office.shell(StaffWay::Books).await?;
    let name = say!(office.words(), "books-revenue");
    Ok(office.page_of(shell, StaffWay::Books, &name, || view(office.words(), &asked, &revenue)))
}

fn view(words: &Words, asked: &Asked, revenue: &Revenue) -> AnyView {
    let head = head(words, asked, Sheet::Revenue, (revenue.currency, revenue.at));
    let earned = earned(words, revenue);
    view! { {head}{earned}{deferred(words, revenue)} }.into_any()
}

/// What was earned, the latest month first, with the sum of all.
fn earned(words: &Words, revenue: &Revenue) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "books-month")),
        Column::end(say!(words, "books-invoiced")),
        Column::end(say!(words, "books-credited")),
        Column::end(say!(words, "books-revenue")),
        Column::end(say!(words, "books-accrued")),
    ];
    let figures = |month: &RevenueMonth| [month.invoiced, month.credited, month.revenue, month.accrued];
    let mut sums = [Money::zero(revenue.currency); 4];
    for month in &revenue.months {
        sums.iter_mut().zip(figures(month)).for_each(|(sum, money)| sum.micros += money.micros);
    }
    let row = |month: &RevenueMonth| cells(words, month, &figures(month));
    let rows = revenue.months.iter().rev().map(row).collect();
    let sums = sums.map(|money| amount(words.amount(money)));
    let sum = [text(say!(words, "books-sum"))].into_iter().chain(sums).collect();
    let title = say!(words, "books-in", sheet = say!(words, "books-revenue"), currency = revenue.currency.word());
    let table = Table::new(title.clone(), columns).rows(rows).sum(sum);
    Card::titled(title).foot(text(say!(words, "books-revenue-means"))).flush(table.view())
}

/// What stood at each month's end for later, prepayments and grants apart.
fn deferred(words: &Words, revenue: &Revenue) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "books-month")),
        Column::end(say!(words, "books-prepaid")),
        Column::end(say!(words, "books-sponsored")),
        Column::end(say!(words, "books-promo")),
    ];
    let row = |month: &RevenueMonth| cells(words, month, &[month.prepaid, month.sponsored, month.promo]);
    let rows = revenue.months.iter().rev().map(row).collect();
    let title = say!(words, "books-in", sheet = say!(words, "books-deferred"), currency = revenue.currency.word());
    let table = Table::new(title.clone(), columns).rows(rows);
    Card::titled(title).foot(text(say!(words, "books-deferred-means"))).flush(table.view())
}

fn cells(words: &Words, month: &RevenueMonth, figures: &[Money]) -> Row {
    let name = time(month.started_at, words.month(month.started_at.plus_seconds(MIDDLE_S)));
    let figures = figures.iter().map(|money| amount(words.amount(*money)));
    Row::new([name].into_iter().chain(figures).collect())
}
