//! A month's charges of all organisations as a FOCUS file.

use axum::response::Response;
use domain::{
    access::policy::ReadInvoices,
    usage::{self, Month},
};
use serde::Deserialize;
use session::{Query, Refused, Ticket};
use types::Cursor;

use crate::{Office, screens::focus, sheet};

/// Which month.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    month: String,
}

/// The file.
pub(crate) async fn export(
    office: Office<ReadInvoices>,
    ticket: Ticket,
    Query(asked): Query<Asked>,
) -> Result<Response, Refused> {
    let open = office.look().await?;
    let month = Month::of_in(&open, Some(asked.month.trim()).filter(|month| !month.is_empty())).await?;
    drop(open);
    let portal = office.portal.clone();
    let name = format!("focus-{}.csv", month.word());
    let read = move |page: Cursor| {
        let (month, portal, ticket) = (month.clone(), portal.clone(), ticket.clone());
        async move {
            let now = portal.clock.now();
            // Proved anew for each page: who is staff no more reads no further.
            let survey = ticket.actor(&portal, now).await?.prove::<ReadInvoices>()?;
            let open = portal.db.survey(&survey, now).await?;
            usage::list_all_focus_charges(&open, &survey, &month, &page).await
        }
    };
    sheet::paged(&name, focus::head()?, read, focus::lines).await
}
