//! All organisations, and looking for one.

use domain::{
    access::{Survey, policy::ReadOrganisation},
    organisations,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{Cursor, List, OrganisationStanding, OrganisationView};

use crate::{
    Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Field, Heading, Row, Table, Tone, both, cover, filters, ident, number, pages,
        pill, text, time,
    },
};

/// What the list is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    search: Option<String>,
    cursor: Option<String>,
}

/// A page of organisations, each going to its page under `base`.
pub(super) struct Listed {
    pub(super) base: &'static str,
    asked: Asked,
    page: List<OrganisationView>,
}

/// The page.
pub(crate) async fn show(office: Office<ReadOrganisation>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let listed = load(&office, &office.survey, StaffWay::Organisations.path(), asked).await?;
    let shell = office.shell(StaffWay::Organisations).await?;
    let words = office.words();
    let heading = Heading::new(say!(words, "nav-organisations")).beneath(say!(words, "staff-organisations-beneath"));
    Ok(office.page(shell, StaffWay::Organisations, || view! { {heading.view()}{listed.view(words)} }.into_any()))
}

/// Reads the page that was asked for.
pub(super) async fn load<P: domain::access::Permission>(
    office: &Office<P>,
    survey: &Survey<ReadOrganisation>,
    base: &'static str,
    asked: Asked,
) -> Result<Listed, Refused> {
    let page = Cursor { cursor: asked.cursor.clone(), limit: None };
    let page = organisations::list_organisations(&office.look().await?, survey, asked.search.as_deref(), &page).await?;
    Ok(Listed { base, asked, page })
}

impl Listed {
    /// Search, table and the way to older ones.
    pub(super) fn view(&self, words: &Words) -> AnyView {
        let search = Field::text("search", say!(words, "staff-search"))
            .value(self.asked.search.clone().unwrap_or_default())
            .placeholder(say!(words, "staff-search-example"));
        let fields = view! { {search.view()}{Button::new(say!(words, "filter")).submit()} };
        let older = self.page.next_cursor.as_ref().map(|cursor| (say!(words, "older"), self.older(cursor)));
        view! {
            {filters(self.base, fields.into_any())}
            {self.card(words)}
            {pages(say!(words, "nav-organisations"), None, older)}
        }
        .into_any()
    }

    fn older(&self, cursor: &str) -> String {
        let asked = [("search", self.asked.search.as_deref().unwrap_or_default()), ("cursor", cursor)];
        format!("{}?{}", self.base, serde_urlencoded::to_string(asked).unwrap_or_default())
    }

    fn card(&self, words: &Words) -> AnyView {
        if self.page.items.is_empty() {
            let (title, words) = (say!(words, "staff-no-organisations"), say!(words, "staff-no-organisations-next"));
            return Card::plain().body(Empty { title, words, next: None }.view());
        }
        let columns = vec![
            Column::new(say!(words, "nav-organisation")),
            Column::new(say!(words, "staff-state")),
            Column::new(say!(words, "staff-country")),
            Column::new(say!(words, "staff-currency")),
            Column::end(say!(words, "nav-members")),
            Column::end(say!(words, "staff-running")),
            Column::end(say!(words, "staff-since")),
        ];
        let rows = self.page.items.iter().map(|organisation| self.row(words, organisation)).collect();
        Card::plain().flush(Table::new(say!(words, "nav-organisations"), columns).rows(rows).view())
    }

    fn row(&self, words: &Words, organisation: &OrganisationView) -> Row {
        let href = format!("{}/{}", self.base, organisation.slug);
        Row::new(vec![
            both(cover(href, organisation.name.clone()), ident(organisation.slug.clone())),
            standing(words, organisation.standing),
            text(organisation.country.clone()),
            text(organisation.currency.word()),
            number(words.count(organisation.n_members)),
            number(words.count(organisation.n_running)),
            time(organisation.created_at, words.date(organisation.created_at)),
        ])
        .goes()
    }
}

/// Whether it may begin something.
pub(super) fn standing(words: &Words, standing: OrganisationStanding) -> AnyView {
    match standing {
        OrganisationStanding::Active => pill(Tone::Good, say!(words, "staff-active")),
        OrganisationStanding::Suspended => pill(Tone::Bad, say!(words, "staff-suspended")),
        OrganisationStanding::Closing => pill(Tone::Warn, say!(words, "staff-standing-closing")),
        OrganisationStanding::Closed => pill(Tone::Idle, say!(words, "staff-standing-closed")),
    }
}
