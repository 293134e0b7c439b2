//! What two people sign: what waits for whoever looks, and the limits above which it takes two.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{
        Survey,
        policy::{ReadInvoices, SignOff},
    },
    commands::Command,
    sign_off,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused, Staff};
use types::{
    AgreeSignOffLimit, Currency, Money, SetSignOffLimit, SignOffKind, SignOffLimitView, SignOffReview, SignOffState,
};

use super::asked::{is_said_here, micros, notice, problem};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Field, Form, Heading, Row, Select, Table, Tone, amount, both, cover, hidden,
        nothing, pill, text, time,
    },
};

/// Where the list is.
pub(super) const LIST: &str = "/staff/sign-offs";

/// What the form of a limit sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    kind: String,
    currency: String,
    /// Empty for any amount.
    amount: String,
    idempotency_key: String,
}

/// What whoever agrees to a limit saw of it, in micro-units; empty for any amount.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Agreed {
    micros: String,
}

type Which = Path<(SignOffKind, Currency)>;

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>) -> Result<Page, Refused> {
    page(&office, None).await
}

/// Sets a limit.
pub(crate) async fn set(
    office: Office<ReadInvoices>,
    Staff(survey): Staff<SignOff>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    match try_set(&office, &survey, &sent).await {
        Ok(view) => {
            let words = office.words();
            let done = match view.waiting {
                Some(_) => say!(words, "sign-off-limit-now-waits"),
                None => say!(words, "sign-off-limit-now-set"),
            };
            Ok(office.redirect(LIST, Flash::done(done)))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn try_set(
    office: &Office<ReadInvoices>,
    survey: &Survey<SignOff>,
    sent: &Wanted,
) -> Result<SignOffLimitView, Refused> {
    let unknown = |field| Refused::from(Error::Invalid { field, rule: Rule::Known });
    let kind = sent.kind.parse::<SignOffKind>().map_err(|_| unknown("kind"))?;
    let currency = sent.currency.parse::<Currency>().map_err(|_| unknown("currency"))?;
    let micros = match sent.amount.trim() {
        "" => None,
        "0" => Some(0),
        amount => Some(micros("amount", amount)?),
    };
    let ask = SetSignOffLimit { kind, currency, micros };
    let command = Command::new(&sent.idempotency_key, "set_sign_off_limit", &ask)?;
    Ok(sign_off::set_limit(&office.portal.db, survey, ask, command, office.now).await?)
}

/// Agrees to a looser limit.
pub(crate) async fn agree(
    office: Office<ReadInvoices>,
    Staff(survey): Staff<SignOff>,
    Path(which): Which,
    Sent(sent): Sent<Agreed>,
) -> Result<Response, Refused> {
    let words = office.words();
    let micros = match sent.micros.as_str() {
        "" => None,
        micros => Some(micros.parse().map_err(|_| Error::Invalid { field: "micros", rule: Rule::Form })?),
    };
    let seen = AgreeSignOffLimit { micros };
    let flash = match sign_off::agree_limit(&office.portal.db, &survey, which, &seen, office.now).await {
        Ok(_) => Flash::done(say!(words, "sign-off-limit-now-set")),
        Err(error @ (Error::Conflict(_) | Error::Changed)) => {
            let said = words.refusal(&Refused::from(error).refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(office.redirect(LIST, flash))
}

/// Takes a looser limit back.
pub(crate) async fn withdraw(
    office: Office<ReadInvoices>,
    Staff(survey): Staff<SignOff>,
    Path(which): Which,
) -> Result<Response, Refused> {
    sign_off::withdraw_limit(&office.portal.db, &survey, which, office.now).await?;
    let flash = Flash::done(say!(office.words(), "sign-off-limit-now-withdrawn"));
    Ok(office.redirect(LIST, flash))
}

async fn page(office: &Office<ReadInvoices>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let mut waiting = sign_off::list_sign_offs(&open, &office.survey).await?.items;
    // What waits for whoever looks stands first.
    let own = office.actor.person().id;
    waiting.sort_by_key(|review| (review.sign_off.state != SignOffState::Open, review.sign_off.asked_by == own));
    let limits = sign_off::list_sign_off_limits(&open, &office.survey).await?.items;
    drop(open);
    let shell = office.shell(StaffWay::Billing).await?;
    let title = say!(office.words(), "sign-offs");
    let view = || {
        let words = office.words();
        let heading = Heading::new(say!(words, "sign-offs")).beneath(say!(words, "sign-offs-beneath"));
        view! {
            {heading.view()}
            {notice(words, returned.as_ref().map(|(_, refused)| refused))}
            {list(office, &waiting)}
            <div class="split">{limits_card(office, &limits)}{setting(office, returned)}</div>
        }
        .into_any()
    };
    Ok(office.page_of(shell, StaffWay::Billing, &title, view))
}

fn list(office: &Office<ReadInvoices>, waiting: &[SignOffReview]) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "sign-offs-waiting"));
    if waiting.is_empty() {
        let (title, next) = (say!(words, "sign-offs-none"), say!(words, "sign-offs-none-means"));
        return card.body(Empty { title, words: next, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "sign-off-what")),
        Column::end(say!(words, "sign-off-amount")),
        Column::new(say!(words, "sign-off-state-label")),
        Column::end(say!(words, "sign-off-asked")),
    ];
    let own = office.actor.person().id;
    let row = |review: &SignOffReview| {
        let of = &review.sign_off;
        let yours = match of.asked_by == own {
            true => text(say!(words, "sign-off-yours")),
            false => nothing(),
        };
        // A month is no organisation's: it is signed where it is closed.
        let (href, whose) = match &of.close {
            Some(close) => (format!("/staff/close/{}", close.month), close.month.clone()),
            None => (format!("/staff/billing/{}/sign-offs/{}", review.slug, of.id), review.organisation_name.clone()),
        };
        let whose = view! { <bdi>{whose}</bdi> }.into_any();
        let by = text(say!(words, "sign-off-by", name = review.asked_by_name.as_str()));
        Row::new(vec![
            both(cover(href, words.sign_off_kind(of.kind)), whose),
            amount(words.money(of.amount)),
            both(state(words, of.state), yours),
            both(time(of.asked_at, words.moment(of.asked_at)), by),
        ])
        .goes()
    };
    let table = Table::new(say!(words, "sign-offs-waiting"), columns);
    card.flush(table.rows(waiting.iter().map(row).collect()).view())
}

/// What has become of a signature.
pub(super) fn state(words: &Words, state: SignOffState) -> AnyView {
    let tone = match state {
        SignOffState::Open => Tone::Warn,
        SignOffState::Signed | SignOffState::Used => Tone::Good,
        SignOffState::Refused => Tone::Bad,
        SignOffState::Withdrawn | SignOffState::Voided => Tone::Idle,
    };
    pill(tone, words.sign_off_state(state))
}

fn up_to(words: &Words, limit: Option<Money>) -> String {
    match limit {
        Some(limit) => say!(words, "sign-off-up-to", amount = words.money(limit)),
        None => say!(words, "sign-off-any-amount"),
    }
}

fn limits_card(office: &Office<ReadInvoices>, limits: &[SignOffLimitView]) -> AnyView {
    let words = office.words();
    let columns = vec![
        Column::new(say!(words, "sign-off-limit-kind")),
        Column::new(say!(words, "sign-off-limit-currency")),
        Column::wide(say!(words, "sign-off-alone")),
        Column::unseen(say!(words, "sign-off-limit-acts")),
    ];
    let row = |limit: &SignOffLimitView| {
        let holds = text(up_to(words, limit.amount));
        let (alone, acts) = match &limit.waiting {
            None => (holds, ().into_any()),
            Some(waiting) => {
                let name = waiting.asked_by_name.as_str();
                let asked = say!(words, "sign-off-limit-waits", name = name, amount = up_to(words, waiting.amount));
                (both(holds, text(asked)), acts(office, limit))
            }
        };
        Row::new(vec![text(words.sign_off_kind(limit.kind)), text(limit.currency.word()), alone, acts])
    };
    let table = Table::new(say!(words, "sign-off-limits"), columns).rows(limits.iter().map(row).collect());
    Card::titled(say!(words, "sign-off-limits")).foot(text(say!(words, "sign-off-limits-means"))).flush(table.view())
}

/// Who asked cannot agree; everybody of finance may take it back.
fn acts(office: &Office<ReadInvoices>, limit: &SignOffLimitView) -> AnyView {
    let words = office.words();
    if office.actor.prove::<SignOff>().is_err() {
        return ().into_any();
    }
    let href = |verb: &str| format!("{LIST}/limits/{}/{}/{verb}", limit.kind, limit.currency);
    let own = office.actor.person().id;
    let agree = limit.waiting.as_ref().filter(|waiting| waiting.asked_by != own).map(|waiting| {
        let seen = waiting.amount.map_or_else(String::new, |amount| amount.micros.to_string());
        let button = Button::new(say!(words, "sign-off-limit-agree")).small();
        button.post(href("agree"), hidden("micros", seen))
    });
    let withdraw = Button::new(say!(words, "sign-off-limit-withdraw")).small().post(href("withdraw"), ().into_any());
    view! { <div class="row">{agree}{withdraw}</div> }.into_any()
}

fn setting(office: &Office<ReadInvoices>, returned: Option<(Wanted, Refused)>) -> Option<AnyView> {
    let words = office.words();
    office.actor.prove::<SignOff>().ok()?;
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let refused = refused.as_ref();
    let kinds = SignOffKind::ALL.iter().map(|kind| (kind.word().to_owned(), words.sign_off_kind(*kind)));
    let kind = Select {
        name: "kind".to_owned(),
        label: say!(words, "sign-off-limit-kind"),
        options: kinds.collect(),
        chosen: sent.kind,
        hint: None,
        error: problem(words, refused, "kind"),
    };
    let currencies = Currency::ALL.iter().map(|currency| (currency.word().to_owned(), currency.word().to_owned()));
    let currency = Select {
        name: "currency".to_owned(),
        label: say!(words, "sign-off-limit-currency"),
        options: currencies.collect(),
        chosen: sent.currency,
        hint: None,
        error: problem(words, refused, "currency"),
    };
    // The domain names what it refuses by the request's field, the form by its own.
    let wrong = problem(words, refused, "amount").or_else(|| problem(words, refused, "micros"));
    let most = Field::amount("amount", say!(words, "sign-off-limit-amount"))
        .hint(say!(words, "sign-off-limit-amount-hint"))
        .value(sent.amount)
        .error(wrong);
    let fields = view! {
        {hidden("idempotency_key", office.key())}
        {kind.view()}{currency.view()}{most.view()}
        <div>{Button::new(say!(words, "sign-off-limit-set")).primary().submit()}</div>
    };
    let form = Form::post(format!("{LIST}/limits")).around(fields.into_any());
    Some(Card::titled(say!(words, "sign-off-limit-set")).body(form))
}
