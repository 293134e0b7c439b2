//! Who works for the hub, and who is proposed to: looking, proposing, agreeing, taking back.

pub(crate) mod account;
pub(crate) mod factors;
pub(crate) mod one;

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{
        self, PROPOSAL_DAYS,
        policy::{AppointStaff, ReadStaff, ResetFactors, StopAccounts},
    },
    commands::Command,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{FactorResetView, ProposalId, ProposalView, ProposeStaff, StaffRole, StaffView};

use super::asked::{is_said_here, notice, problem, reason_field};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Field, Form, Heading, Icon, Row, Select, Table, both, cover, ident, tag, text, time,
    },
    screens::anybody::prove,
};

const FORM: &str = "/staff/people/new";

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    idempotency_key: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    reason: String,
}

/// Everybody, and what waits.
pub(crate) async fn show(office: Office<ReadStaff>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let people = access::list_staff(&open, &office.survey).await?.items;
    let proposals = access::list_proposals(&open, &office.survey).await?.items;
    let resets = access::list_factor_resets(&open, &office.survey).await?.items;
    drop(open);
    let shell = office.shell(StaffWay::People).await?;
    Ok(office.page(shell, StaffWay::People, || view(&office, people, (proposals, resets))))
}

/// The form.
pub(crate) async fn ask(office: Office<AppointStaff>) -> Result<Response, Refused> {
    if office.actor.recent(office.now).is_none() {
        return Ok(prove::first(FORM));
    }
    Ok(page(&office, None).await?.into_response())
}

/// Proposes somebody.
pub(crate) async fn propose(office: Office<AppointStaff>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(FORM)) };
    let words = office.words();
    let outcome = async {
        let role = sent.role.parse().map_err(|_| Error::Invalid { field: "role", rule: Rule::Known })?;
        let ask = ProposeStaff { email: sent.email.clone(), role, reason: sent.reason.clone() };
        let command = Command::new(&sent.idempotency_key, "propose_staff", &ask)?;
        access::propose_staff(&office.portal.db, &office.survey, recent, command, &ask, office.now).await
    };
    match outcome.await.map_err(Refused::from) {
        Ok(proposal) => {
            let role = words.staff_role(proposal.role);
            let done = Flash::done(say!(words, "staff-proposed", name = proposal.name.as_str(), role = role));
            let flash = done.then(say!(words, "staff-proposed-means", n = PROPOSAL_DAYS));
            Ok(office.redirect(StaffWay::People.path(), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Agrees to a proposal.
pub(crate) async fn confirm(office: Office<AppointStaff>, Path(id): Path<ProposalId>) -> Result<Response, Refused> {
    let Some(recent) = office.actor.recent(office.now) else { return Ok(prove::first(StaffWay::People.path())) };
    let words = office.words();
    let flash = match access::confirm_staff(&office.portal.db, &office.survey, recent, id, office.now).await {
        Ok(proposal) => {
            let role = words.staff_role(proposal.role);
            Flash::done(say!(words, "staff-agreed", name = proposal.name.as_str(), role = role))
        }
        Err(error @ Error::Conflict(_)) => {
            let said = words.refusal(&Refused::from(error).refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(office.redirect(StaffWay::People.path(), flash))
}

/// Takes a proposal back.
pub(crate) async fn withdraw(office: Office<AppointStaff>, Path(id): Path<ProposalId>) -> Result<Response, Refused> {
    access::withdraw_proposal(&office.portal.db, &office.survey, id, office.now).await?;
    let flash = Flash::done(say!(office.words(), "staff-proposal-withdrawn"));
    Ok(office.redirect(StaffWay::People.path(), flash))
}

/// What waits for a second person: roles, and lost factors.
type Waiting = (Vec<ProposalView>, Vec<FactorResetView>);

fn view(office: &Office<ReadStaff>, people: Vec<StaffView>, (proposals, resets): Waiting) -> AnyView {
    let words = office.words();
    let appoints = office.actor.prove::<AppointStaff>().is_ok();
    let propose = appoints.then(|| Button::new(say!(words, "staff-propose")).primary().icon(Icon::Plus).to(FORM));
    let heading = Heading::new(say!(words, "nav-people")).beneath(say!(words, "staff-people-beneath"));
    let reset = office.actor.prove::<ResetFactors>().is_ok();
    let reset = reset.then(|| Button::new(say!(words, "staff-reset")).to(factors::FORM));
    let account = office.actor.prove::<StopAccounts>().is_ok();
    let account = account.then(|| Button::new(say!(words, "staff-account")).to(account::FORM));
    let heading = heading.actions(view! { {account}{reset}{propose} }.into_any());
    let waiting = (!proposals.is_empty()).then(|| waiting(office, proposals, appoints));
    let lost = (!resets.is_empty()).then(|| factors::waiting(office, resets));
    let columns = vec![
        Column::new(say!(words, "staff-person")),
        Column::new(say!(words, "member-role")),
        Column::new(say!(words, "member-since")),
    ];
    let rows = people.into_iter().map(|person| row(office, person, appoints)).collect();
    let table = Table::new(say!(words, "nav-people"), columns).rows(rows);
    view! { {heading.view()}{waiting}{lost}{Card::plain().flush(table.view())} }.into_any()
}

fn row(office: &Office<ReadStaff>, person: StaffView, appoints: bool) -> Row {
    let words = office.words();
    let you = (person.user == office.actor.person().id).then(|| tag(say!(words, "staff-role-own")));
    let name = match appoints {
        true => cover(one::address(person.user), person.name),
        false => view! { <bdi class="strong">{person.name}</bdi> }.into_any(),
    };
    let name = view! { <span class="row wrap">{name}{you}</span> };
    let row = Row::new(vec![
        both(name.into_any(), ident(person.email)),
        text(words.staff_role(person.role)),
        time(person.since, words.date(person.since)),
    ]);
    if appoints { row.goes() } else { row }
}

fn waiting(office: &Office<ReadStaff>, proposals: Vec<ProposalView>, appoints: bool) -> AnyView {
    let words = office.words();
    let columns = vec![
        Column::new(say!(words, "staff-person")),
        Column::new(say!(words, "member-role")),
        Column::wide(say!(words, "staff-reason")),
        Column::new(say!(words, "staff-proposal-until")),
        Column::unseen(say!(words, "staff-proposal-acts")),
    ];
    let row = |proposal: ProposalView| {
        let acts = appoints.then(|| acts(office, &proposal));
        let by = say!(words, "staff-proposal-by", name = proposal.proposed_by_name.as_str());
        Row::new(vec![
            both(view! { <bdi class="strong">{proposal.name}</bdi> }.into_any(), ident(proposal.email)),
            text(words.staff_role(proposal.role)),
            both(view! { <bdi class="sm">{proposal.reason}</bdi> }.into_any(), text(by)),
            time(proposal.expires_at, words.ahead(office.now, proposal.expires_at)),
            view! { <div class="row">{acts}</div> }.into_any(),
        ])
    };
    let rows = proposals.into_iter().map(row).collect();
    let table = Table::new(say!(words, "staff-proposals"), columns).rows(rows);
    Card::titled(say!(words, "staff-proposals")).flush(table.view())
}

/// Who proposed it and whom it is about cannot agree, but may take it back.
fn acts(office: &Office<ReadStaff>, proposal: &ProposalView) -> AnyView {
    let words = office.words();
    let own = office.actor.person().id;
    let href = |verb: &str| format!("{}/proposals/{}/{verb}", StaffWay::People.path(), proposal.id);
    let agree = (own != proposal.proposed_by && own != proposal.user)
        .then(|| Button::new(say!(words, "staff-agree")).small().post(href("confirm"), ().into_any()));
    let withdraw = Button::new(say!(words, "staff-proposal-withdraw")).small().post(href("withdraw"), ().into_any());
    view! { {agree}{withdraw} }.into_any()
}

/// The roles at the hub, as a form offers them.
fn roles(words: &Words, among: &[StaffRole]) -> Vec<(String, String)> {
    among.iter().map(|role| (role.word().to_owned(), words.staff_role(*role))).collect()
}

async fn page(office: &Office<AppointStaff>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let shell = office.shell(StaffWay::People).await?;
    let title = say!(office.words(), "staff-propose");
    Ok(office.page_of(shell, StaffWay::People, &title, || form(office, returned)))
}

fn form(office: &Office<AppointStaff>, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or((Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let email = Field::email("email", say!(words, "staff-propose-email"))
        .value(sent.email)
        .error(problem(words, refused.as_ref(), "email"))
        .autocomplete("off")
        .required();
    let role = Select {
        name: "role".to_owned(),
        label: say!(words, "staff-propose-role"),
        options: roles(words, StaffRole::ALL),
        chosen: sent.role,
        hint: None,
        error: problem(words, refused.as_ref(), "role"),
    };
    let reason = reason_field(words, sent.reason, say!(words, "staff-propose-reason-hint"), refused.as_ref());
    let fields = view! {
        {email.view()}{role.view()}{reason}
        <div>{Button::new(say!(words, "staff-propose-send")).primary().submit()}</div>
    };
    let heading = Heading::new(say!(words, "staff-propose")).beneath(say!(words, "staff-propose-beneath"));
    let form = Form::post(FORM).once(office.key()).around(fields.into_any());
    view! { {heading.view()}{notice(words, refused.as_ref())}{Card::plain().body(form)} }.into_any()
}
