//! Looking at an organisation as one of its members would: as whom, why, and ending it.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{self, Seat, VIEW_MINUTES, policy::ViewAsMember},
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Refused};
use types::{BeginView, Role};

use super::asked::{is_said_here, notice, problem, reason_field};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Form, Heading, Select},
    flash::see_other,
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    role: String,
    #[serde(default)]
    reason: String,
}

/// The form.
pub(crate) async fn show(
    office: Office<ViewAsMember>,
    Allowed(_, seat): Allowed<ViewAsMember>,
) -> Result<Page, Refused> {
    page(&office, &seat, None).await
}

/// Begins, and goes to the organisation.
pub(crate) async fn begin(
    office: Office<ViewAsMember>,
    Allowed(scope, seat): Allowed<ViewAsMember>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let outcome = async {
        let role = sent.role.parse().map_err(|_| Error::Invalid { field: "role", rule: Rule::Known })?;
        let ask = BeginView { role, reason: sent.reason.clone() };
        access::begin_view(&office.portal.db, &scope, &ask, office.now).await
    };
    match outcome.await.map_err(Refused::from) {
        Ok(()) => Ok(see_other(&format!("/o/{}", seat.slug()))),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, &seat, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Ends it, and goes back to what staff see of the organisation.
pub(crate) async fn end(
    office: Office<ViewAsMember>,
    Allowed(scope, seat): Allowed<ViewAsMember>,
) -> Result<Response, Refused> {
    access::end_view(&office.portal.db, &scope, office.now).await?;
    let flash = Flash::done(say!(office.words(), "view-ended", organisation = seat.name()));
    Ok(office.redirect(&format!("{}/{}", StaffWay::Organisations.path(), seat.slug()), flash))
}

async fn page(
    office: &Office<ViewAsMember>,
    seat: &Seat,
    returned: Option<(Wanted, Refused)>,
) -> Result<Page, Refused> {
    let shell = office.shell(StaffWay::Organisations).await?;
    Ok(office.page_of(shell, StaffWay::Organisations, seat.name(), || view(office, seat, returned)))
}

fn view(office: &Office<ViewAsMember>, seat: &Seat, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or((Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let role = Select {
        name: "role".to_owned(),
        label: say!(words, "member-role"),
        options: Role::ALL.iter().map(|role| (role.word().to_owned(), words.role(*role))).collect(),
        chosen: sent.role,
        hint: None,
        error: problem(words, refused.as_ref(), "role"),
    };
    let reason = reason_field(words, sent.reason, say!(words, "view-reason-hint"), refused.as_ref());
    let fields = view! {
        {role.view()}{reason}
        <div>{Button::new(say!(words, "view-begin")).primary().submit()}</div>
    };
    let heading = Heading::new(say!(words, "view-title", organisation = seat.name()));
    let heading = heading.beneath(say!(words, "view-beneath", n = VIEW_MINUTES));
    let form = Form::post(format!("{}/{}/view", StaffWay::Organisations.path(), seat.slug()));
    let form = form.around(fields.into_any());
    view! { {heading.view()}{notice(words, refused.as_ref())}{Card::plain().body(form)} }.into_any()
}
