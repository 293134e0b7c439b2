//! What organisations have not paid, by age.

use domain::{access::policy::ReadInvoices, books};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Query, Refused};
use types::{Ageing, AgeingBuckets, OrganisationAgeing};

use super::{Asked, Sheet, head};
use crate::{
    Office, Page, StaffWay,
    components::{Card, Column, Empty, Row, Table, amount, both, cover, text},
};

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let ask = asked.books()?;
    let ageing = books::ageing(&office.look().await?, &office.survey, &ask).await?;
    let shell = office.shell(StaffWay::Books).await?;
    let name = say!(office.words(), "books-ageing");
    Ok(office.page_of(shell, StaffWay::Books, &name, || view(office.words(), &asked, &ageing)))
}

fn view(words: &Words, asked: &Asked, ageing: &Ageing) -> AnyView {
    let head = head(words, asked, Sheet::Ageing, (ageing.currency, ageing.at));
    let body = if ageing.organisations.is_empty() { nobody(words) } else { table(words, ageing) };
    view! { {head}{body} }.into_any()
}

fn nobody(words: &Words) -> AnyView {
    let (title, means) = (say!(words, "books-nothing-owed"), say!(words, "books-nothing-owed-means"));
    Card::plain().flush(Empty { title, words: means, next: None }.view())
}

fn table(words: &Words, ageing: &Ageing) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::end(say!(words, "books-to-30")),
        Column::end(say!(words, "books-to-60")),
        Column::end(say!(words, "books-to-90")),
        Column::end(say!(words, "books-older")),
        Column::end(say!(words, "books-unpaid")),
    ];
    let row = |of: &OrganisationAgeing| {
        let name = cover(format!("/staff/organisations/{}", of.slug), of.organisation_name.clone());
        let since = text(say!(words, "books-since", date = words.date(of.oldest_at)));
        Row::new([both(name, since)].into_iter().chain(figures(words, &of.unpaid)).collect()).goes()
    };
    let n_rest = usize::try_from(ageing.n_organisations).unwrap_or(usize::MAX) - ageing.organisations.len();
    let said = match n_rest {
        0 => say!(words, "books-ageing-means"),
        _ => say!(words, "books-ageing-rest", n = n_rest),
    };
    let sum = [text(say!(words, "books-sum"))].into_iter().chain(figures(words, &ageing.unpaid)).collect();
    let title = say!(words, "books-in", sheet = say!(words, "books-ageing"), currency = ageing.currency.word());
    let table = Table::new(title.clone(), columns).rows(ageing.organisations.iter().map(row).collect()).sum(sum);
    Card::titled(title).foot(text(said)).flush(table.view())
}

fn figures(words: &Words, of: &AgeingBuckets) -> [AnyView; 5] {
    [of.to_30, of.to_60, of.to_90, of.older, of.total].map(|money| amount(words.amount(money)))
}
