//! The desk of refunds: what the hub's bank is to pay, and all others; one of them, and what finance says of it.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    refunds,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Query, Refused};
use types::{CallOffRefund, Cursor, DeskRefund, List, PaidRefund, RefundId, RefundRail, RefundState};

use super::{
    asked::{is_said_here, notice, problem, reason_field},
    refunds::{state, whereto},
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Field, Form, Heading, Row, Table, amount, both, cover, facts, ident, link, pages,
        text, time,
    },
    screens::tenant::invoice::paper::day,
};

/// Which page of all refunds.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// What the forms send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    paid_on: String,
    reason: String,
    idempotency_key: String,
}

type Which = Path<RefundId>;

/// The desk.
pub(crate) async fn show(office: Office<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let is_first = asked.cursor.is_none();
    let first = Cursor { cursor: None, limit: Some(200) };
    let page = Cursor { cursor: asked.cursor, limit: None };
    let to_pay = refunds::list_desk_refunds(&open, &office.survey, true, &first).await?;
    let all = refunds::list_desk_refunds(&open, &office.survey, false, &page).await?;
    drop(open);
    let shell = office.shell(StaffWay::Bank).await?;
    let called = say!(office.words(), "refunds");
    Ok(office.page_of(shell, StaffWay::Bank, &called, || view(office.words(), &called, &to_pay, (&all, is_first))))
}

/// One refund.
pub(crate) async fn one(office: Office<ReadInvoices>, Path(id): Which) -> Result<Page, Refused> {
    page(&office, id, None).await
}

/// Says that the bank has paid it.
pub(crate) async fn paid(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let outcome = async {
        let wrong = || Refused::from(domain::Error::Invalid { field: "paid_on", rule: domain::Rule::Form });
        let ask = PaidRefund { paid_on: sent.paid_on.trim().parse().map_err(|_| wrong())? };
        let command = Command::new(&sent.idempotency_key, "record_paid_refund", &(id, &ask))?;
        let (db, survey) = (&office.portal.db, &office.survey);
        Ok::<_, Refused>(refunds::record_paid_refund(db, survey, id, &ask, command, office.now).await?)
    };
    let outcome = outcome.await;
    answer(&office, id, sent, outcome, say!(office.words(), "refund-paid-done")).await
}

/// Calls it off.
pub(crate) async fn call_off(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let ask = CallOffRefund { reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "call_off_refund", &(id, &ask))?;
    let (db, survey) = (&office.portal.db, &office.survey);
    let outcome = refunds::call_off_refund(db, survey, id, &ask, command, office.now).await;
    answer(&office, id, sent, outcome.map_err(Refused::from), say!(office.words(), "refund-called-off")).await
}

/// Back to the page with a word, or with what was written and why it cannot be taken.
async fn answer(
    office: &Office<CloseBilling>,
    id: RefundId,
    sent: Wanted,
    outcome: Result<(), Refused>,
    done: String,
) -> Result<Response, Refused> {
    match outcome {
        Ok(()) => Ok(office.redirect(&format!("/staff/refunds/{id}"), Flash::done(done))),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let reads = Office {
                portal: office.portal.clone(),
                now: office.now,
                visit: office.visit.clone(),
                actor: office.actor.clone(),
                survey: office.actor.prove::<ReadInvoices>()?,
            };
            Ok(page(&reads, id, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(
    office: &Office<ReadInvoices>,
    id: RefundId,
    returned: Option<(Wanted, Refused)>,
) -> Result<Page, Refused> {
    let open = office.look().await?;
    let found = refunds::desk_refund(&open, &office.survey, id).await?;
    drop(open);
    let shell = office.shell(StaffWay::Bank).await?;
    let called = say!(office.words(), "refund-of", amount = office.words().money(found.refund.amount));
    let (sent, refused) = returned.map_or_else(|| (Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let view = || one_view(office, &found, &called, (&sent, refused.as_ref()));
    Ok(office.page_of(shell, StaffWay::Bank, &called, view))
}

fn view(words: &Words, called: &str, to_pay: &List<DeskRefund>, (all, is_first): (&List<DeskRefund>, bool)) -> AnyView {
    let waiting = match to_pay.items.is_empty() {
        true => {
            let (title, means) = (say!(words, "refunds-to-pay-none"), say!(words, "refunds-to-pay-none-means"));
            Card::titled(say!(words, "refunds-to-pay")).flush(Empty { title, words: means, next: None }.view())
        }
        false => {
            let title = say!(words, "refunds-to-pay");
            Card::titled(title.clone()).flush(table(words, title, &to_pay.items))
        }
    };
    let older = all.next_cursor.as_ref().map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), format!("/staff/refunds?{query}"))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), "/staff/refunds".to_owned()));
    let more = older.is_some() || newer.is_some();
    let title = say!(words, "refunds-all");
    let pages = pages(title.clone(), newer, older);
    let card = Card::titled(title.clone());
    let card = if more { card.foot(pages) } else { card };
    let rest = match all.items.is_empty() {
        true => {
            let (title, means) = (say!(words, "refunds-none"), say!(words, "refunds-none-means"));
            card.flush(Empty { title, words: means, next: None }.view())
        }
        false => card.flush(table(words, title, &all.items)),
    };
    view! {
        {Heading::new(called).beneath(say!(words, "refunds-beneath")).view()}
        <div class="stack">{waiting}{rest}</div>
    }
    .into_any()
}

fn table(words: &Words, title: String, refunds: &[DeskRefund]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "nav-organisation")),
        Column::new(say!(words, "refund-where")),
        Column::new(say!(words, "refund-asked-at")),
        Column::new(say!(words, "refund-state-of")),
        Column::end(say!(words, "refund-amount")),
    ];
    let row = |one: &DeskRefund| {
        let name = cover(format!("/staff/refunds/{}", one.refund.id), one.organisation.name.clone());
        let reference = one.refund.reference.clone().map(ident);
        Row::new(vec![
            both(name, view! { {reference} }.into_any()),
            text(whereto(words, &one.refund)),
            time(one.refund.asked_at, words.date(one.refund.asked_at)),
            state(words, one.refund.state),
            amount(words.money(one.refund.amount)),
        ])
        .goes()
    };
    Table::new(title, columns).rows(refunds.iter().map(row).collect()).view()
}

fn one_view(
    office: &Office<ReadInvoices>,
    found: &DeskRefund,
    called: &str,
    (sent, refused): (&Wanted, Option<&Refused>),
) -> AnyView {
    let words = office.words();
    let heading = Heading::new(called).beside(state(words, found.refund.state));
    let may = office.actor.prove::<CloseBilling>().is_ok() && found.refund.state == RefundState::ToPay;
    let forms = may.then(|| forms(office, found.refund.id, sent, refused));
    view! {
        {heading.view()}
        {notice(words, refused)}
        <div class="split">
            <div class="stack">{forms}{said(words, found)}</div>
        </div>
    }
    .into_any()
}

/// What is known of it, and what the bank is told.
fn said(words: &Words, found: &DeskRefund) -> AnyView {
    let refund = &found.refund;
    let back = link(format!("/staff/billing/{}/refunds", found.organisation.slug), found.organisation.name.as_str());
    let mut pairs = vec![
        (say!(words, "nav-organisation"), back),
        (say!(words, "refund-amount"), amount(words.money(refund.amount))),
        (say!(words, "refund-where"), text(whereto(words, refund))),
        (say!(words, "refund-asked-at"), time(refund.asked_at, words.moment(refund.asked_at))),
        (say!(words, "staff-reason"), view! { <bdi>{refund.reason.clone()}</bdi> }.into_any()),
    ];
    if refund.rail == RefundRail::Transfer {
        let account = found.payee_account.clone().map(ident);
        let account = account.unwrap_or_else(|| text(say!(words, "refund-account-unknown")));
        pairs.push((say!(words, "refund-account"), account));
    }
    pairs.extend(found.payee_name.clone().map(|name| (say!(words, "refund-payee"), text(name))));
    pairs.extend(refund.reference.clone().map(|reference| (say!(words, "refund-reference"), ident(reference))));
    pairs.extend(refund.paid_on.map(|on| (say!(words, "refund-paid-on"), text(day(words, on)))));
    pairs.extend(found.bank_line.map(|line| {
        let to = link(format!("/staff/bank/lines/{line}"), say!(words, "refund-line-see"));
        (say!(words, "refund-line"), to)
    }));
    pairs.extend(refund.failure.clone().map(|failure| (say!(words, "refund-failure"), text(failure))));
    Card::titled(say!(words, "refund")).body(facts(pairs))
}

fn forms(office: &Office<ReadInvoices>, id: RefundId, sent: &Wanted, refused: Option<&Refused>) -> AnyView {
    let words = office.words();
    let on = Field::day("paid_on", say!(words, "refund-paid-on"))
        .value(&sent.paid_on)
        .hint(say!(words, "refund-paid-on-hint"))
        .error(problem(words, refused, "paid_on"))
        .required();
    let fields = view! {
        <p class="sm">{say!(words, "refund-paid-means")}</p>
        {on.view()}
        <div>{Button::new(say!(words, "refund-paid")).primary().submit()}</div>
    };
    let paid = Form::post(format!("/staff/refunds/{id}/paid")).once(office.key()).around(fields.into_any());
    let reason = reason_field(words, sent.reason.clone(), say!(words, "refund-call-off-hint"), refused);
    let fields = view! {
        <p class="sm">{say!(words, "refund-call-off-means")}</p>
        {reason}
        <div>{Button::new(say!(words, "refund-call-off")).danger().submit()}</div>
    };
    let off = Form::post(format!("/staff/refunds/{id}/call-off")).once(office.key()).around(fields.into_any());
    view! {
        {Card::titled(say!(words, "refund-paid")).body(paid)}
        {Card::titled(say!(words, "refund-call-off")).body(off)}
    }
    .into_any()
}
