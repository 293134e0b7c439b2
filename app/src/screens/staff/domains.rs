//! Domains that organisations ask for: which ones, what the name service has to show, and the answer.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{Seat, policy::ConfirmDomains},
    organisations,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{AnswerDomain, DomainAnswer, DomainId, DomainView, OrganisationDomainView, Timestamp};

use super::asked::{is_said_here, notice, reason_field};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Form, Heading, Row, Table, both, copy_line, cover, facts, ident, text, time,
    },
    screens::{
        anybody::prove,
        claimed::{known, provider_name, published, standing},
    },
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    answer: String,
    #[serde(default)]
    reason: String,
}

type Which = Path<(String, DomainId)>;

/// All that wait, then those that are confirmed.
pub(crate) async fn show(office: Office<ConfirmDomains>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let domains = organisations::list_domains(&open, &office.survey).await?.items;
    drop(open);
    let shell = office.shell(StaffWay::Domains).await?;
    Ok(office.page(shell, StaffWay::Domains, || list(&office, &domains)))
}

/// One of them.
pub(crate) async fn look(
    office: Office<ConfirmDomains>,
    Allowed(scope, seat): Allowed<ConfirmDomains>,
    Path((_, id)): Which,
) -> Result<Response, Refused> {
    let tx = office.portal.db.look(&scope, office.now).await?;
    let domain = organisations::domain_to_confirm_in(&tx, &scope, id).await?;
    drop(tx);
    if office.actor.recent(office.now).is_none() {
        return Ok(prove::first(&address(&seat, id)));
    }
    Ok(page(&office, &seat, &domain, None).await?.into_response())
}

/// Confirms or refuses it.
pub(crate) async fn answer(
    office: Office<ConfirmDomains>,
    Allowed(scope, seat): Allowed<ConfirmDomains>,
    Path((_, id)): Which,
    Sent(sent): Sent<Said>,
) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(&address(&seat, id))) };
    let outcome = async {
        let answer = sent.answer.parse().map_err(|_| Error::Invalid { field: "answer", rule: Rule::Known })?;
        let ask = AnswerDomain { id, answer, reason: sent.reason.clone() };
        let domain = organisations::answer_domain(&office.portal.db, &scope, recent, &ask, office.now).await?;
        Ok::<_, Error>((answer, domain))
    };
    match outcome.await.map_err(Refused::from) {
        Ok((answer, domain)) => {
            let (words, name, domain) = (office.words(), seat.name(), domain.name.as_str());
            let done = match answer {
                DomainAnswer::Confirm => say!(words, "staff-domain-confirmed", domain = domain, name = name),
                DomainAnswer::Refuse => say!(words, "staff-domain-refused", domain = domain, name = name),
            };
            Ok(office.redirect(StaffWay::Domains.path(), Flash::done(done)))
        }
        Err(refused) if is_said_here(&refused) => {
            let tx = office.portal.db.look(&scope, office.now).await?;
            let domain = organisations::domain_to_confirm_in(&tx, &scope, id).await?;
            drop(tx);
            let status = refused.status();
            let page = page(&office, &seat, &domain, Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

fn address(seat: &Seat, id: DomainId) -> String {
    format!("{}/{}/{id}", StaffWay::Domains.path(), seat.slug())
}

fn list(office: &Office<ConfirmDomains>, domains: &[OrganisationDomainView]) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "nav-domains")).beneath(say!(words, "staff-domains-beneath")).view();
    if domains.is_empty() {
        let (title, words) = (say!(words, "staff-no-domains"), say!(words, "staff-no-domains-next"));
        return view! { {heading}{Card::plain().body(Empty { title, words, next: None }.view())} }.into_any();
    }
    let columns = vec![
        Column::new(say!(words, "domain")),
        Column::new(say!(words, "nav-organisation")),
        Column::new(say!(words, "staff-state")),
        Column::end(say!(words, "staff-domain-asked")),
    ];
    let rows = domains.iter().map(|domain| row(words, office.now, domain)).collect();
    let table = Table::new(say!(words, "nav-domains"), columns).rows(rows);
    view! { {heading}{Card::plain().flush(table.view())} }.into_any()
}

fn row(words: &Words, now: Timestamp, listed: &OrganisationDomainView) -> Row {
    let domain = &listed.domain;
    let href = format!("{}/{}/{}", StaffWay::Domains.path(), listed.organisation_slug, domain.id);
    Row::new(vec![
        cover(href, domain.name.clone()),
        both(text(listed.organisation_name.clone()), ident(listed.organisation_slug.clone())),
        standing(words, domain),
        time(domain.claimed_at, words.ago(now, domain.claimed_at)),
    ])
    .goes()
}

async fn page(
    office: &Office<ConfirmDomains>,
    seat: &Seat,
    domain: &DomainView,
    returned: Option<(Said, Refused)>,
) -> Result<Page, Refused> {
    let shell = office.shell(StaffWay::Domains).await?;
    Ok(office.page_of(shell, StaffWay::Domains, &domain.name, || view(office, seat, domain, returned)))
}

fn view(
    office: &Office<ConfirmDomains>,
    seat: &Seat,
    domain: &DomainView,
    returned: Option<(Said, Refused)>,
) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or((Said::default(), None), |(sent, refused)| (sent, Some(refused)));
    let mut of_domain = vec![(say!(words, "nav-organisation"), super::organisation::back(seat))];
    of_domain.extend(known(&office.portal, words, domain));
    let heading = Heading::of(view! { <bdi>{domain.name.clone()}</bdi> }.into_any()).beside(standing(words, domain));
    let form = domain.confirmed_at.is_none().then(|| {
        let form = form(office, seat, domain, (sent, refused.as_ref()));
        Card::titled(say!(words, "staff-domain-answer")).body(form)
    });
    view! {
        {heading.view()}{notice(words, refused.as_ref())}
        <div class="split">
            <div class="stack">{record(words, domain)}{form}</div>
            {Card::titled(say!(words, "staff-facts")).body(facts(of_domain))}
        </div>
    }
    .into_any()
}

fn record(words: &Words, domain: &DomainView) -> AnyView {
    let (host, says) = published(domain);
    let body = view! {
        <div class="stack tight">
            {copy_line(say!(words, "staff-domain-record"), format!("dig +short TXT {host}"))}
            <p class="sm">{say!(words, "staff-domain-record-means", record = says)}</p>
        </div>
    };
    Card::titled(say!(words, "staff-domain-record")).body(body.into_any())
}

fn form(
    office: &Office<ConfirmDomains>,
    seat: &Seat,
    domain: &DomainView,
    (sent, refused): (Said, Option<&Refused>),
) -> AnyView {
    let words = office.words();
    let means = say!(
        words,
        "staff-domain-means",
        provider = provider_name(&office.portal, &domain.provider),
        domain = domain.name.as_str(),
        name = seat.name(),
        role = words.role(domain.role)
    );
    let reason = reason_field(words, sent.reason, say!(words, "staff-domain-reason-hint"), refused);
    let button = |answer: DomainAnswer, says: String| Button::new(says).sends("answer", answer.word());
    let confirm = button(DomainAnswer::Confirm, say!(words, "staff-domain-confirm")).primary().submit();
    let refuse = button(DomainAnswer::Refuse, say!(words, "staff-domain-refuse")).submit();
    let fields = view! { <p>{means}</p>{reason}<div class="row wrap">{confirm}{refuse}</div> };
    Form::post(address(seat, domain.id)).around(fields.into_any())
}
