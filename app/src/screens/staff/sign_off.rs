//! One signature: what is signed, signing, refusing and taking back; and asking for it from a draft.

use axum::response::{IntoResponse, Response};
use domain::{
    Error,
    access::{
        Seat,
        policy::{CloseBilling, ReadInvoices, SignOff, WriteOffDebts},
    },
    commands::Command,
    invoices, sign_off,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{
    FinaliseInvoice, InvoiceId, InvoiceView, RefuseSignOff, SignBody, SignOffId, SignOffKind, SignOffReview,
    SignOffState, SignOffView,
};

use super::{
    asked::{is_said_here, notice, reason_field},
    organisation, refund_signing,
    sign_offs::{LIST, state},
    write_offs,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Form, Heading, amount, facts, hidden, ident, link, refused as refused_button, text, time,
    },
};

/// What asking and signing send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Seen {
    sha256: String,
    idempotency_key: String,
}

/// What a refusal sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct No {
    reason: String,
}

type Which = Path<(String, SignOffId)>;

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(_, seat): Allowed<ReadInvoices>,
    Path((_, id)): Which,
) -> Result<Page, Refused> {
    page(&office, &seat, id, None).await
}

/// Asks for a signature on a draft.
pub(crate) async fn ask(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Path((_, invoice)): Path<(String, InvoiceId)>,
    Sent(sent): Sent<Seen>,
) -> Result<Response, Refused> {
    let ask = FinaliseInvoice { invoice, sha256: sent.sha256 };
    let command = Command::new(&sent.idempotency_key, "ask_to_finalise", &ask)?;
    let asked = invoices::ask_to_finalise(&office.portal.db, &scope, ask, command, office.now).await;
    let words = office.words();
    let flash = match asked.map_err(Refused::from) {
        Ok(_) => Flash::done(say!(words, "sign-off-now-asked")).then(say!(words, "sign-off-now-asked-means")),
        Err(refused) if is_said_here(&refused) => {
            let said = words.refusal(&refused.refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(refused) => return Err(refused),
    };
    Ok(office.redirect(&format!("/staff/billing/{}/invoices/{invoice}", seat.slug()), flash))
}

/// Signs.
pub(crate) async fn sign(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<SignOff>,
    Path((_, id)): Which,
    Sent(sent): Sent<Seen>,
) -> Result<Response, Refused> {
    let seen = SignBody { sha256: sent.sha256 };
    match sign_off::sign(&office.portal.db, &scope, id, &seen, office.now).await {
        Ok(_) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "sign-off-now-signed"));
            Ok(office.redirect(&href(&seat, id), flash.then(say!(words, "sign-off-now-signed-means"))))
        }
        Err(error) => again(&office, &seat, id, No::default(), error).await,
    }
}

/// Refuses.
pub(crate) async fn refuse(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<SignOff>,
    Path((_, id)): Which,
    Sent(sent): Sent<No>,
) -> Result<Response, Refused> {
    let ask = RefuseSignOff { reason: sent.reason.clone() };
    match sign_off::refuse(&office.portal.db, &scope, id, &ask, office.now).await {
        Ok(_) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "sign-off-now-refused"));
            Ok(office.redirect(&href(&seat, id), flash.then(say!(words, "sign-off-now-refused-means"))))
        }
        Err(error) => again(&office, &seat, id, sent, error).await,
    }
}

/// Takes it back.
pub(crate) async fn withdraw(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<SignOff>,
    Path((_, id)): Which,
) -> Result<Response, Refused> {
    match sign_off::withdraw(&office.portal.db, &scope, id, office.now).await {
        Ok(_) => Ok(office.redirect(LIST, Flash::done(say!(office.words(), "sign-off-now-withdrawn")))),
        Err(error) => again(&office, &seat, id, No::default(), error).await,
    }
}

async fn again(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    id: SignOffId,
    sent: No,
    error: Error,
) -> Result<Response, Refused> {
    let refused = Refused::from(error);
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, seat, id, Some((sent, refused))).await?.with_status(status).into_response())
}

fn href(seat: &Seat, id: SignOffId) -> String {
    format!("/staff/billing/{}/sign-offs/{id}", seat.slug())
}

async fn page(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    id: SignOffId,
    returned: Option<(No, Refused)>,
) -> Result<Page, Refused> {
    let open = office.look().await?;
    let review = sign_off::read(&open, &office.survey, seat.organisation(), id).await?;
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    let words = office.words();
    let called = say!(words, "sign-off-of", kind = words.sign_off_kind(review.sign_off.kind), name = seat.name());
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, seat, &review, &called, returned)))
}

fn view(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    review: &SignOffReview,
    called: &str,
    returned: Option<(No, Refused)>,
) -> AnyView {
    let words = office.words();
    let heading = Heading::new(called).beside(state(words, review.sign_off.state));
    view! {
        {heading.view()}
        {notice(words, returned.as_ref().map(|(_, refused)| refused))}
        <div class="split">
            {what(office, seat, review)}
            <aside class="stack">{deciding(office, seat, &review.sign_off, returned)}</aside>
        </div>
    }
    .into_any()
}

/// Everything that is signed.
fn what(office: &Office<ReadInvoices>, seat: &Seat, review: &SignOffReview) -> AnyView {
    let (words, of) = (office.words(), &review.sign_off);
    let base = format!("/staff/billing/{}", seat.slug());
    let mut pairs = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "sign-off-amount"), amount(words.money(of.amount))),
        (say!(words, "sign-off-asked"), time(of.asked_at, words.moment(of.asked_at))),
        (say!(words, "staff-who"), view! { <bdi>{review.asked_by_name.clone()}</bdi> }.into_any()),
    ];
    if let Some(ask) = &of.write_off {
        let invoice = ask.invoice.map_or_else(
            || text(say!(words, "write-off-of-none")),
            |invoice| link(format!("{base}/invoices/{invoice}"), invoice.to_string()),
        );
        pairs.push((say!(words, "sign-off-of-invoice"), invoice));
        pairs.push((say!(words, "staff-reason"), view! { <bdi>{ask.reason.clone()}</bdi> }.into_any()));
    }
    if let Some(ask) = &of.refund {
        pairs.push((say!(words, "refund-what"), ident(refund_signing::source(ask))));
        pairs.push((say!(words, "staff-reason"), view! { <bdi>{ask.reason.clone()}</bdi> }.into_any()));
    }
    if let Some(name) = &review.signed_by_name {
        let signed = text(say!(words, "sign-off-signed-by", name = name.as_str()));
        pairs.push((say!(words, "sign-off-state-label"), signed));
    }
    if let Some(reason) = &of.reason {
        let why = view! { <bdi>{reason.clone()}</bdi> }.into_any();
        pairs.push((words.sign_off_state(SignOffState::Refused), why));
    }
    pairs.push((say!(words, "sign-off-digest"), ident(of.body_sha256.clone())));
    let see = match of.kind {
        SignOffKind::Finalise => {
            let href = format!("{base}/invoices/{}", of.subject);
            Some(Button::new(say!(words, "sign-off-see-draft")).to(href))
        }
        SignOffKind::WriteOff => Some(Button::new(say!(words, "sign-off-see-debts")).to(format!("{base}/write-offs"))),
        SignOffKind::Refund => Some(Button::new(say!(words, "sign-off-see-refunds")).to(format!("{base}/refunds"))),
        SignOffKind::Close => None,
    };
    Card::titled(say!(words, "sign-off-what")).body(view! { {facts(pairs)}<div>{see}</div> }.into_any())
}

/// What whoever looks can do about it.
fn deciding(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    of: &SignOffView,
    returned: Option<(No, Refused)>,
) -> Option<AnyView> {
    let words = office.words();
    if !matches!(of.state, SignOffState::Open | SignOffState::Signed) {
        return None;
    }
    let base = href(seat, of.id);
    let card = Card::titled(say!(words, "sign-off-decide"));
    if !seat.may::<SignOff>() {
        let (button, why) = (say!(words, "sign-off-sign"), say!(words, "sign-off-forbidden"));
        return Some(card.body(refused_button("no-sign", button, why)));
    }
    let own = office.actor.person().id == of.asked_by;
    let withdraw = own.then(|| {
        let button = Button::new(say!(words, "sign-off-withdraw")).post(format!("{base}/withdraw"), ().into_any());
        view! { <p class="sm">{say!(words, "sign-off-yours")}</p>{button} }
    });
    let book = (of.state == SignOffState::Signed && seat.may::<WriteOffDebts>())
        .then(|| of.write_off.as_ref().map(|ask| write_offs::now(office.words(), office.key(), seat, ask)))
        .flatten();
    let give = (of.state == SignOffState::Signed && seat.may::<CloseBilling>())
        .then(|| of.refund.as_ref().map(|ask| refund_signing::now(office.words(), office.key(), seat, ask)))
        .flatten();
    let decide = (!own && of.state == SignOffState::Open).then(|| decide(office, &base, of, returned));
    Some(card.body(view! { {withdraw}{book}{give}{decide} }.into_any()))
}

fn decide(office: &Office<ReadInvoices>, base: &str, of: &SignOffView, returned: Option<(No, Refused)>) -> AnyView {
    let words = office.words();
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let sign = view! {
        {hidden("sha256", of.body_sha256.clone())}
        <p class="sm">{say!(words, "sign-off-sign-means")}</p>
        <div>{Button::new(say!(words, "sign-off-sign")).primary().submit()}</div>
    };
    let refuse = view! {
        {reason_field(words, sent.reason, say!(words, "sign-off-refuse-hint"), refused.as_ref())}
        <div>{Button::new(say!(words, "sign-off-refuse")).danger().submit()}</div>
    };
    view! {
        {Form::post(format!("{base}/sign")).around(sign.into_any())}
        {Form::post(format!("{base}/refuse")).around(refuse.into_any())}
    }
    .into_any()
}

/// Where a draft above the limit waits for a signature: the way to ask for it, or what was asked. Nothing once this very
/// document is signed.
pub(super) fn asking(
    office: &Office<ReadInvoices>,
    base: &str,
    invoice: &InvoiceView,
    asked: Option<&SignOffView>,
    seat: &Seat,
) -> Option<AnyView> {
    let words = office.words();
    let same = asked.filter(|asked| asked.body_sha256 == invoice.sha256);
    let see = |asked: &SignOffView| link(href(seat, asked.id), say!(words, "sign-off-open"));
    match same.map(|asked| (asked, asked.state)) {
        Some((_, SignOffState::Signed)) => None,
        Some((asked, SignOffState::Open)) => {
            Some(view! { <p class="sm">{say!(words, "sign-off-waits")}" "{see(asked)}</p> }.into_any())
        }
        _ => {
            let before = asked.map(|asked| view! { <p class="sm">{state(words, asked.state)}" "{see(asked)}</p> });
            let fields = view! {
                {hidden("sha256", invoice.sha256.clone())}
                <p class="sm">{say!(words, "sign-off-ask-means")}</p>
                <div>{Button::new(say!(words, "sign-off-ask")).primary().submit()}</div>
            };
            let form = Form::post(format!("{base}/sign-off")).once(office.key()).around(fields.into_any());
            Some(view! { {before}{form} }.into_any())
        }
    }
}
