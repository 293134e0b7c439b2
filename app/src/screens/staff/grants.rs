//! Where the incubator begins: the organisations, each going to its lots and to a new grant.

use domain::access::policy::{GrantCredits, ReadOrganisation};
use leptos::prelude::*;
use messages::say;
use session::{Query, Refused};

use super::organisations::{self, Asked};
use crate::{Office, Page, StaffWay, components::Heading};

/// The page.
pub(crate) async fn show(office: Office<GrantCredits>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let survey = office.actor.prove::<ReadOrganisation>()?;
    let listed = organisations::load(&office, &survey, StaffWay::Grants.path(), asked).await?;
    let shell = office.shell(StaffWay::Grants).await?;
    let words = office.words();
    let heading = Heading::new(say!(words, "nav-grants")).beneath(say!(words, "staff-grants-beneath"));
    Ok(office.page(shell, StaffWay::Grants, || view! { {heading.view()}{listed.view(words)} }.into_any()))
}
