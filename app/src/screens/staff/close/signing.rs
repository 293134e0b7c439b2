//! The second signature for the close of a month: asking for it, signing, refusing and taking it back.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices, SignOff},
    commands::Command,
    months::{self, MonthSigning},
    sign_off,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused, Staff};
use types::{RefuseSignOff, SignBody, SignOffReview, SignOffState, SignOffView};

use super::month::page;
use crate::{
    Flash, Office,
    components::{Button, Form, amount, facts, hidden, ident, time},
    screens::{
        asked::{is_said_here, reason_field},
        staff::sign_offs::state,
    },
};

/// What the forms send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Seen {
    sha256: String,
    reason: String,
    idempotency_key: String,
}

/// Asks for it.
pub(crate) async fn ask(
    office: Office<ReadInvoices>,
    Staff(survey): Staff<CloseBilling>,
    Path(month): Path<String>,
    Sent(sent): Sent<Seen>,
) -> Result<Response, Refused> {
    let command = Command::new(&sent.idempotency_key, "ask_to_close", &month)?;
    let asked = months::ask_to_close(&office.portal.db, &survey, &month, command, office.now).await;
    let words = office.words();
    let flash = Flash::done(say!(words, "sign-off-now-asked")).then(say!(words, "sign-off-now-asked-means"));
    answered(&office, &month, asked, flash, "").await
}

/// Signs.
pub(crate) async fn sign(
    office: Office<ReadInvoices>,
    Staff(survey): Staff<SignOff>,
    Path(month): Path<String>,
    Sent(sent): Sent<Seen>,
) -> Result<Response, Refused> {
    let seen = SignBody { sha256: sent.sha256 };
    let signed = sign_off::sign_close(&office.portal.db, &survey, &month, &seen, office.now).await;
    let words = office.words();
    let flash = Flash::done(say!(words, "sign-off-now-signed")).then(say!(words, "sign-off-now-signed-means"));
    answered(&office, &month, signed, flash, "").await
}

/// Refuses.
pub(crate) async fn refuse(
    office: Office<ReadInvoices>,
    Staff(survey): Staff<SignOff>,
    Path(month): Path<String>,
    Sent(sent): Sent<Seen>,
) -> Result<Response, Refused> {
    let ask = RefuseSignOff { reason: sent.reason };
    let refused = sign_off::refuse_close(&office.portal.db, &survey, &month, &ask, office.now).await;
    let words = office.words();
    let flash = Flash::done(say!(words, "sign-off-now-refused")).then(say!(words, "sign-off-now-refused-means"));
    answered(&office, &month, refused, flash, &ask.reason).await
}

/// Takes it back.
pub(crate) async fn withdraw(
    office: Office<ReadInvoices>,
    Staff(survey): Staff<SignOff>,
    Path(month): Path<String>,
) -> Result<Response, Refused> {
    let withdrawn = sign_off::withdraw_close(&office.portal.db, &survey, &month, office.now).await;
    let flash = Flash::done(say!(office.words(), "sign-off-now-withdrawn"));
    answered(&office, &month, withdrawn, flash, "").await
}

async fn answered(
    office: &Office<ReadInvoices>,
    month: &str,
    outcome: domain::Result<SignOffView>,
    flash: Flash,
    reason: &str,
) -> Result<Response, Refused> {
    match outcome.map_err(Refused::from) {
        Ok(_) => Ok(office.redirect(&format!("/staff/close/{month}"), flash)),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(office, month, (Some(&refused), reason)).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// What is missing before a month is closed: the way to ask for the signature, or what was asked and what to do about it.
pub(super) fn missing(
    office: &Office<ReadInvoices>,
    signing: &MonthSigning,
    returned: (Option<&Refused>, &str),
) -> AnyView {
    let words = office.words();
    let base = base(signing);
    let is_of_now = |asked: &&SignOffReview| asked.sign_off.close.as_ref() == Some(&signing.month);
    let asked = signing.asked.as_ref();
    if let Some(asked) = asked.filter(|asked| asked.sign_off.state == SignOffState::Open).filter(is_of_now) {
        return waits(office, &base, asked, returned);
    }
    let before = asked.map(|asked| {
        let why = asked.sign_off.reason.clone().map(|reason| view! { <bdi>{reason}</bdi> });
        view! { <p class="sm">{state(words, asked.sign_off.state)}" "{why}</p> }
    });
    let above = signing.above.map(|above| words.money(above)).unwrap_or_default();
    let fields = view! {
        <p class="sm">{say!(words, "close-ask-means", amount = above)}</p>
        <div>{Button::new(say!(words, "sign-off-ask")).primary().submit()}</div>
    };
    let form = Form::post(base).once(office.key()).around(fields.into_any());
    view! { {before}{form} }.into_any()
}

/// Who has signed the month as it is, and the way to take that back for who asked.
pub(super) fn signed(office: &Office<ReadInvoices>, signing: &MonthSigning) -> Option<AnyView> {
    let words = office.words();
    let asked = signing.asked.as_ref().filter(|asked| asked.sign_off.state == SignOffState::Signed)?;
    let name = asked.signed_by_name.clone().unwrap_or_default();
    let own = office.actor.person().id == asked.sign_off.asked_by;
    let withdraw = own.then(|| withdraw_button(office, &base(signing)));
    let said = say!(words, "sign-off-signed-by", name = name);
    Some(view! { <p class="sm">{said}</p>{withdraw} }.into_any())
}

fn base(signing: &MonthSigning) -> String {
    format!("/staff/close/{}/sign-off", signing.month.month)
}

fn withdraw_button(office: &Office<ReadInvoices>, base: &str) -> AnyView {
    Button::new(say!(office.words(), "sign-off-withdraw")).post(format!("{base}/withdraw"), ().into_any())
}

fn waits(
    office: &Office<ReadInvoices>,
    base: &str,
    asked: &SignOffReview,
    (refused, reason): (Option<&Refused>, &str),
) -> AnyView {
    let (words, of) = (office.words(), &asked.sign_off);
    let what = facts(vec![
        (say!(words, "sign-off-amount"), amount(words.money(of.amount))),
        (say!(words, "sign-off-asked"), time(of.asked_at, words.moment(of.asked_at))),
        (say!(words, "staff-who"), view! { <bdi>{asked.asked_by_name.clone()}</bdi> }.into_any()),
        (say!(words, "sign-off-digest"), ident(of.body_sha256.clone())),
    ]);
    if office.actor.prove::<SignOff>().is_err() {
        return view! { {what}<p class="sm">{say!(words, "sign-off-forbidden")}</p> }.into_any();
    }
    if office.actor.person().id == of.asked_by {
        let yours = say!(words, "sign-off-yours");
        return view! { {what}<p class="sm">{yours}</p>{withdraw_button(office, base)} }.into_any();
    }
    let sign = view! {
        {hidden("sha256", of.body_sha256.clone())}
        <p class="sm">{say!(words, "sign-off-sign-means")}</p>
        <div>{Button::new(say!(words, "sign-off-sign")).primary().submit()}</div>
    };
    let refuse = view! {
        {reason_field(words, reason, say!(words, "sign-off-refuse-hint"), refused)}
        <div>{Button::new(say!(words, "sign-off-refuse")).danger().submit()}</div>
    };
    view! {
        {what}
        {Form::post(format!("{base}/sign")).around(sign.into_any())}
        {Form::post(format!("{base}/refuse")).around(refuse.into_any())}
    }
    .into_any()
}
