//! What happened to one's own account: how one came in, from where, and what was changed.

use axum::extract::State;
use domain::audit;
use leptos::prelude::*;
use messages::{Words, say};
use session::{Now, Portal, Query, Refused, Signed};
use types::{AuditView, Cursor, List};

use crate::{
    Page, Visit,
    components::{Bare, Button, Heading, pages},
    screens::audited::{Shown, table},
};

const HERE: &str = "/activity";

/// The latest first, page by page.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Query(page): Query<Cursor>,
) -> Result<Page, Refused> {
    let rows = audit::list_own(&portal.db, &actor, &page, now).await?;
    let words = &visit.words;
    let bare = Bare::of_person(words, Some(Button::new(say!(words, "nav-sessions")).small().to("/sessions")));
    Ok(Page::bare(&visit, bare, &say!(words, "nav-activity"), || view(words, &rows)).private())
}

fn view(words: &Words, rows: &List<AuditView>) -> AnyView {
    let heading = Heading::new(say!(words, "nav-activity")).beneath(say!(words, "activity-beneath"));
    let older = rows.next_cursor.as_ref().and_then(|cursor| serde_urlencoded::to_string([("cursor", cursor)]).ok());
    let older = older.map(|query| (say!(words, "older"), format!("{HERE}?{query}")));
    view! {
        {heading.view()}
        {table(words, &rows.items, Shown::Person)}
        {pages(say!(words, "nav-activity"), None, older)}
    }
    .into_any()
}
