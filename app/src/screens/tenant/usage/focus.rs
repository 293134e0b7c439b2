//! A month's charges as a FOCUS file, for the organisation's own cost tools.

use axum::response::Response;
use domain::{
    access::policy::ReadUsage,
    usage::{self, Month},
};
use session::{Query, Refused, Ticket};
use types::Cursor;

use super::Asked;
use crate::{Room, screens::focus, sheet};

/// The file.
pub(crate) async fn export(
    room: Room<ReadUsage>,
    ticket: Ticket,
    Query(asked): Query<Asked>,
) -> Result<Response, Refused> {
    let tx = room.look().await?;
    let month = Month::of_in(&tx, asked.month()).await?;
    drop(tx);
    let (portal, place) = (room.portal.clone(), room.seat.slug().to_owned());
    let name = format!("focus-{place}-{}.csv", month.word());
    let read = move |page: Cursor| {
        let (month, portal, place, ticket) = (month.clone(), portal.clone(), place.clone(), ticket.clone());
        async move {
            let now = portal.clock.now();
            // The seat is taken anew for each page: who was removed meanwhile reads no further.
            let scope = ticket.enter(&portal, &place, now).await?.prove::<ReadUsage>()?;
            let tx = portal.db.look(&scope, now).await?;
            usage::list_focus_charges_in(&tx, &scope, &month, &page).await
        }
    };
    sheet::paged(&name, focus::head()?, read, focus::lines).await
}
