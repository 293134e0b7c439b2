//! One organisation's quota of one flavour: what it holds, and setting it with a reason.

use axum::response::{IntoResponse, Response};
use domain::{
    access::{
        Seat,
        policy::{ReadOrganisation, SetQuotas},
    },
    quotas,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{FlavourId, QuotaView, SetQuota};

use super::{
    asked::{is_said_here, notice, problem, reason_field, whole},
    organisation::{self, held, reason},
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Field, Form, Heading, facts},
};

/// The most units that the form takes.
const MOST: u32 = 10_000;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    units: String,
    #[serde(default)]
    reason: String,
}

/// A form that came back, and why.
type Returned = Option<(Wanted, Refused)>;

/// The page.
pub(crate) async fn show(
    office: Office<SetQuotas>,
    Allowed(_, seat): Allowed<SetQuotas>,
    Path((_, flavour)): Path<(String, FlavourId)>,
) -> Result<Page, Refused> {
    page(&office, &seat, flavour, None).await
}

/// Sets it.
pub(crate) async fn set(
    office: Office<SetQuotas>,
    Allowed(scope, seat): Allowed<SetQuotas>,
    Path((_, flavour)): Path<(String, FlavourId)>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let outcome = async {
        let ask = SetQuota { flavour, units: whole("units", &sent.units, MOST)?, reason: sent.reason.clone() };
        Ok::<_, Refused>(quotas::set_quota(&office.portal.db, &scope, ask, office.now).await?)
    };
    match outcome.await {
        Ok(quota) => {
            let words = office.words();
            let done = say!(words, "staff-quota-set", units = words.count(quota.units.into()), name = seat.name());
            let href = format!("/staff/organisations/{}", seat.slug());
            Ok(office.redirect(&href, Flash::done(done).then(say!(words, "staff-quota-set-means"))))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, &seat, flavour, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(
    office: &Office<SetQuotas>,
    seat: &Seat,
    flavour: FlavourId,
    returned: Returned,
) -> Result<Page, Refused> {
    let scope = seat.prove::<ReadOrganisation>()?;
    let tx = office.portal.db.look(&scope, office.now).await?;
    let quotas = quotas::list_quotas_in(&tx, &scope).await?.items;
    drop(tx);
    let quota = quotas.into_iter().find(|quota| quota.flavour == flavour).ok_or(domain::Error::NotFound)?;
    let shell = office.shell(StaffWay::Quotas).await?;
    let name = format!("{} · {}", seat.name(), quota.name);
    Ok(office.page_of(shell, StaffWay::Quotas, &name, || view(office, seat, &quota, returned)))
}

fn view(office: &Office<SetQuotas>, seat: &Seat, quota: &QuotaView, returned: Returned) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "staff-quota-of", flavour = quota.name.as_str(), name = seat.name()));
    let now = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "staff-held-of"), held(words, quota)),
        (say!(words, "staff-reason"), reason(words, quota)),
    ];
    view! {
        {heading.view()}
        {notice(words, returned.as_ref().map(|(_, refused)| refused))}
        <div class="split">
            {Card::titled(say!(words, "staff-new-quota")).body(form(office, seat, quota, returned))}
            {Card::titled(say!(words, "staff-now")).body(facts(now))}
        </div>
    }
    .into_any()
}

fn form(office: &Office<SetQuotas>, seat: &Seat, quota: &QuotaView, returned: Returned) -> AnyView {
    let words = office.words();
    let first = Wanted { units: quota.quota.units.to_string(), reason: String::new() };
    let (sent, refused) = returned.map_or((first, None), |(sent, refused)| (sent, Some(refused)));
    let units = Field::amount("units", say!(words, "staff-units"))
        .value(sent.units)
        .hint(say!(words, "staff-units-hint", used = quota.quota.used))
        .error(problem(words, refused.as_ref(), "units"))
        .required();
    let reason = reason_field(words, sent.reason, say!(words, "staff-quota-reason-hint"), refused.as_ref());
    let fields = view! {
        {units.view()}{reason}
        <div>{Button::new(say!(words, "staff-set-quota")).primary().submit()}</div>
    };
    let action = format!("/staff/organisations/{}/quotas/{}", seat.slug(), quota.flavour);
    Form::post(action).around(fields.into_any())
}
