//! Every quota that was set, by organisation.

use domain::{access::policy::SetQuotas, quotas};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::OrganisationQuotaView;

use super::organisation::{held, reason};
use crate::{
    Office, Page, StaffWay,
    components::{Button, Card, Column, Empty, Heading, Row, Table, both, cover},
};

/// The page.
pub(crate) async fn show(office: Office<SetQuotas>) -> Result<Page, Refused> {
    let quotas = quotas::list_all_quotas(&office.look().await?, &office.survey).await?.items;
    let shell = office.shell(StaffWay::Quotas).await?;
    Ok(office.page(shell, StaffWay::Quotas, || view(office.words(), &quotas)))
}

fn view(words: &Words, quotas: &[OrganisationQuotaView]) -> AnyView {
    let heading = Heading::new(say!(words, "nav-quotas")).beneath(say!(words, "staff-quotas-beneath"));
    let list = if quotas.is_empty() { none(words) } else { table(words, quotas) };
    view! { {heading.view()}{Card::plain().flush(list)} }.into_any()
}

fn none(words: &Words) -> AnyView {
    let next = Button::new(say!(words, "nav-organisations")).to(StaffWay::Organisations.path());
    Empty { title: say!(words, "staff-no-quotas"), words: say!(words, "staff-no-quotas-next"), next: Some(next) }.view()
}

fn table(words: &Words, quotas: &[OrganisationQuotaView]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::end(say!(words, "staff-held-of")),
        Column::wide(say!(words, "staff-reason")),
    ];
    let row = |view: &OrganisationQuotaView| {
        let href = format!("/staff/organisations/{}/quotas/{}", view.organisation_slug, view.quota.flavour);
        let flavour = view! { <bdi>{view.quota.name.clone()}</bdi> }.into_any();
        let name = both(cover(href, view.organisation_name.clone()), flavour);
        Row::new(vec![name, held(words, &view.quota), reason(words, &view.quota)]).goes()
    };
    Table::new(say!(words, "nav-quotas"), columns).rows(quotas.iter().map(row).collect()).view()
}
