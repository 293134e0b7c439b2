//! What was used in a month and who paid, by project, member or flavour; what has no invoice yet; and the same as a file.

mod file;
pub(crate) mod focus;
mod month;
mod periods;

use axum::response::Response;
use domain::{
    Error, Rule,
    access::policy::ReadUsage,
    invoices,
    usage::{self, Month},
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Query, Refused, Ticket};
use types::{Cursor, Document, Timestamp, UnbilledLine, UsageBy, UsageDay, UsageMonth};

use crate::{
    Page, Room, Way,
    components::{Button, Heading, pages, tabs},
    sheet,
};

/// The month for cost tools.
const FOCUS: &str = "/usage.focus.csv";

/// Which month, summed by what; the address keeps it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    by: String,
    month: String,
}

impl Asked {
    fn by(&self) -> Result<UsageBy, Refused> {
        match self.by.trim() {
            "" => Ok(UsageBy::Project),
            word => word.parse().map_err(|_| Error::Invalid { field: "by", rule: Rule::Known }.into()),
        }
    }

    fn month(&self) -> Option<&str> {
        Some(self.month.trim()).filter(|month| !month.is_empty())
    }
}

/// What the page shows.
struct Shown {
    usage: UsageMonth,
    days: Vec<UsageDay>,
    /// What has no invoice yet and what is not billed: beside the month that runs.
    documents: Vec<Document>,
    unbilled: Vec<UnbilledLine>,
}

/// The page.
pub(crate) async fn show(room: Room<ReadUsage>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let by = asked.by()?;
    let tx = room.look().await?;
    let month = Month::of_in(&tx, asked.month()).await?;
    let mut shown = Shown {
        usage: usage::usage_of_month_in(&tx, &room.scope, &month, by).await?,
        days: usage::usage_by_day_of_month_in(&tx, &room.scope, &month).await?,
        documents: Vec::new(),
        unbilled: Vec::new(),
    };
    if shown.usage.after.is_none() {
        shown.documents = invoices::previews_in(&tx, &room.scope).await?.items;
        shown.unbilled = invoices::unbilled_in(&tx, &room.scope).await?;
    }
    let shell = room.shell_in(&tx, Way::Usage).await?;
    Ok(room.page(shell, Way::Usage, || view(&room, &shown)))
}

/// Every stretch of the month as a file.
pub(crate) async fn export(
    room: Room<ReadUsage>,
    ticket: Ticket,
    Query(asked): Query<Asked>,
) -> Result<Response, Refused> {
    asked.by()?;
    let tx = room.look().await?;
    let month = Month::of_in(&tx, asked.month()).await?;
    drop(tx);
    let (portal, place) = (room.portal.clone(), room.seat.slug().to_owned());
    let name = format!("usage-{place}-{}.csv", month.word());
    let read = move |page: Cursor| {
        let (month, portal, place, ticket) = (month.clone(), portal.clone(), place.clone(), ticket.clone());
        async move {
            let now = portal.clock.now();
            // The seat is taken anew for each page: who was removed meanwhile reads no further.
            let seat = ticket.actor(&portal, now).await?.enter(&portal.db, &place).await?;
            let scope = seat.prove::<ReadUsage>()?;
            let tx = portal.db.look(&scope, now).await?;
            usage::list_usage_in(&tx, &scope, &month, &page).await
        }
    };
    sheet::paged(&name, file::head()?, read, file::lines).await
}

fn view(room: &Room<ReadUsage>, shown: &Shown) -> AnyView {
    let (words, usage) = (room.words(), &shown.usage);
    let file = |name: String, path: &str| Button::new(name).download(href(room, path, usage.by, &usage.month));
    let (csv, focus) = (file(say!(words, "audit-csv"), "/usage.csv"), file(say!(words, "usage-focus"), FOCUS));
    let heading = Heading::new(say!(words, "nav-usage")).beneath(say!(words, "usage-beneath"));
    let heading = heading.actions(view! { {csv}{focus} }.into_any());
    let periods = shown.documents.iter().map(|document| periods::period(words, document, room.now));
    let periods = periods.collect::<Vec<_>>();
    let unbilled = (!shown.unbilled.is_empty()).then(|| periods::unbilled(words, &shown.unbilled));
    view! {
        {heading.view()}
        {steps(room, usage)}
        {month::by_day(words, usage, &shown.days)}
        {ways(room, usage)}
        {month::groups(words, usage)}
        {periods}{unbilled}
    }
    .into_any()
}

/// The months beside this one.
fn steps(room: &Room<ReadUsage>, usage: &UsageMonth) -> AnyView {
    let words = room.words();
    let step = |word: &str, within: Timestamp| (words.month(within), href(room, "/usage", usage.by, word));
    // Named well inside, so that readers in other zones read the same name.
    let after = usage.after.as_deref().map(|word| step(word, usage.ended_at.plus_seconds(month::INSIDE_MONTH_S)));
    let before = step(&usage.before, usage.started_at.plus_seconds(-month::INSIDE_MONTH_S));
    pages(say!(words, "usage-months"), Some(before), after)
}

/// The three ways to sum.
fn ways(room: &Room<ReadUsage>, usage: &UsageMonth) -> AnyView {
    let words = room.words();
    let way = |by: &UsageBy| (words.usage_by(*by), href(room, "/usage", *by, &usage.month), *by == usage.by);
    tabs(say!(words, "usage-summed"), UsageBy::ALL.iter().map(way).collect())
}

fn href(room: &Room<ReadUsage>, path: &str, by: UsageBy, month: &str) -> String {
    room.href(&format!("{path}?by={by}&month={month}"))
}
