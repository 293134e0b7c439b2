//! Who changed what in the organisation: as a page with its filters in the address, and as a file.

use axum::response::Response;
use domain::{access::policy::ReadAudit, audit};
use leptos::prelude::*;
use messages::say;
use session::{Query, Refused, Ticket};
use types::{AuditView, Cursor, List};

use crate::{
    Page, Room, Way,
    components::{Button, Heading, pages},
    screens::audited::{Asked, Shown, file, table},
};

/// The page.
pub(crate) async fn show(room: Room<ReadAudit>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let filter = asked.filter(room.words())?;
    let tx = room.look().await?;
    let rows = audit::list_in(&tx, &room.scope, &filter, &asked.page()).await?;
    let shell = room.shell_in(&tx, Way::Audit).await?;
    drop(tx);
    Ok(room.page(shell, Way::Audit, || view(&room, &asked, &rows)))
}

/// The same rows, all of them, as a file.
pub(crate) async fn export(
    room: Room<ReadAudit>,
    ticket: Ticket,
    Query(asked): Query<Asked>,
) -> Result<Response, Refused> {
    let (filter, portal, place) = (asked.filter(room.words())?, room.portal.clone(), room.seat.slug().to_owned());
    let read = move |page: Cursor| {
        let (filter, portal, place, ticket) = (filter.clone(), portal.clone(), place.clone(), ticket.clone());
        async move {
            let now = portal.clock.now();
            // The seat is taken anew for each page: who was removed meanwhile reads no further.
            let scope = ticket.enter(&portal, &place, now).await?.prove::<ReadAudit>()?;
            let tx = portal.db.look(&scope, now).await?;
            audit::list_in(&tx, &scope, &filter, &page).await
        }
    };
    file(room.seat.slug(), room.words(), room.now, read).await
}

fn view(room: &Room<ReadAudit>, asked: &Asked, rows: &List<AuditView>) -> AnyView {
    let (words, path) = (room.words(), room.href(Way::Audit.path()));
    let csv = Button::new(say!(words, "audit-csv")).download(asked.href(&room.href("/audit.csv"), &[]));
    let heading = Heading::new(say!(words, "nav-audit"));
    let heading = heading.beneath(say!(words, "audit-beneath", organisation = room.seat.name())).actions(csv);
    let older = rows.next_cursor.as_deref();
    let older = older.map(|cursor| (say!(words, "older"), asked.href(&path, &[("cursor", cursor)])));
    view! {
        {heading.view()}
        {asked.form(words, &path, Shown::Organisation)}
        {table(words, &rows.items, Shown::Organisation)}
        {pages(say!(words, "nav-audit"), None, older)}
    }
    .into_any()
}
