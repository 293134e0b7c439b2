//! One line of a statement: what the bank says, whose it could be or is, and what a person decides.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    transfers,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{BankLineId, BankLineState, BankLineView, DecideLine, MatchLine, TransferId};

use super::{reasons, state};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Field, Form, Heading, amount, facts, ident, link, number, text},
    screens::{
        asked::{is_said_here, notice, problem, reason_field},
        tenant::invoice::paper::day,
    },
};

/// What the forms send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    organisation: String,
    transfer: String,
    reason: String,
    idempotency_key: String,
}

type Which = Path<BankLineId>;

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>, Path(id): Which) -> Result<Page, Refused> {
    page(&office, id, None).await
}

/// Credits the line to an organisation.
pub(crate) async fn assign(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let outcome = async {
        let unknown = || Refused::from(domain::Error::Invalid { field: "transfer", rule: domain::Rule::Known });
        let transfer = match sent.transfer.trim() {
            "" => None,
            transfer => Some(transfer.parse::<TransferId>().map_err(|_| unknown())?),
        };
        let ask = MatchLine { organisation: sent.organisation.trim().to_owned(), transfer };
        let command = Command::new(&sent.idempotency_key, "match_line", &(id, &ask))?;
        let (db, survey) = (&office.portal.db, &office.survey);
        Ok::<_, Refused>(transfers::match_line(db, survey, id, &ask, command, office.now).await?)
    };
    let outcome = outcome.await;
    answer(&office, id, sent, outcome, say!(office.words(), "bank-line-matched")).await
}

/// Undoes its match.
pub(crate) async fn undo(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let ask = DecideLine { reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "undo_match", &(id, &ask))?;
    let (db, survey) = (&office.portal.db, &office.survey);
    let outcome = transfers::undo_match(db, survey, id, &ask, command, office.now).await;
    answer(&office, id, sent, outcome.map_err(Refused::from), say!(office.words(), "bank-line-undone")).await
}

/// Says that it is for nobody's wallet.
pub(crate) async fn ignore(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let ask = DecideLine { reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "ignore_line", &(id, &ask))?;
    let (db, survey) = (&office.portal.db, &office.survey);
    let outcome = transfers::ignore_line(db, survey, id, &ask, command, office.now).await;
    answer(&office, id, sent, outcome.map_err(Refused::from), say!(office.words(), "bank-line-ignored")).await
}

/// Takes that back.
pub(crate) async fn reopen(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let command = Command::new(&sent.idempotency_key, "reopen_line", &id)?;
    let outcome = transfers::reopen_line(&office.portal.db, &office.survey, id, command, office.now).await;
    answer(&office, id, sent, outcome.map_err(Refused::from), say!(office.words(), "bank-line-reopened")).await
}

/// Back to the page with a word, or with what was written and why it cannot be taken.
async fn answer(
    office: &Office<CloseBilling>,
    id: BankLineId,
    sent: Wanted,
    outcome: Result<(), Refused>,
    done: String,
) -> Result<Response, Refused> {
    match outcome {
        Ok(()) => Ok(office.redirect(&format!("/staff/bank/lines/{id}"), Flash::done(done))),
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
    id: BankLineId,
    returned: Option<(Wanted, Refused)>,
) -> Result<Page, Refused> {
    let open = office.look().await?;
    let line = transfers::line(&open, &office.survey, id).await?;
    drop(open);
    let shell = office.shell(StaffWay::Bank).await?;
    let called = say!(office.words(), "bank-line-of", amount = office.words().money(line.amount));
    let (sent, refused) = returned.map_or_else(|| (proposed(&line), None), |(sent, refused)| (sent, Some(refused)));
    let view = || view(office, &line, &called, (&sent, refused.as_ref()));
    Ok(office.page_of(shell, StaffWay::Bank, &called, view))
}

/// The form as it is proposed.
fn proposed(line: &BankLineView) -> Wanted {
    Wanted {
        organisation: line.organisation.as_ref().map(|one| one.slug.clone()).unwrap_or_default(),
        transfer: line.transfer.map(|transfer| transfer.to_string()).unwrap_or_default(),
        ..Wanted::default()
    }
}

fn view(
    office: &Office<ReadInvoices>,
    line: &BankLineView,
    called: &str,
    (sent, refused): (&Wanted, Option<&Refused>),
) -> AnyView {
    let words = office.words();
    let heading = Heading::new(called).beside(state(words, line.state));
    let decisions = super::may_change(office).then(|| decisions(office, line, sent, refused));
    view! {
        {heading.view()}
        {notice(words, refused)}
        <div class="split">
            <div class="stack">{said(words, line)}{decisions}</div>
            <aside>{whose(words, line)}</aside>
        </div>
    }
    .into_any()
}

/// What the bank says.
fn said(words: &Words, line: &BankLineView) -> AnyView {
    let dash = || "–".to_owned();
    let written = view! { <bdi>{line.remittance.clone()}</bdi> }.into_any();
    let statement = format!("/staff/bank/statements/{}", line.statement);
    let pairs = vec![
        (say!(words, "bank-amount"), amount(words.money(line.amount))),
        (say!(words, "bank-day"), text(day(words, line.booked_on))),
        (say!(words, "bank-payer"), text(line.payer_name.clone().unwrap_or_else(dash))),
        (say!(words, "bank-payer-account"), ident(line.payer_account.clone().unwrap_or_else(dash))),
        (say!(words, "bank-written"), written),
        (say!(words, "bank-reference"), ident(line.bank_reference.clone().unwrap_or_else(dash))),
        (say!(words, "bank-statement"), link(statement, say!(words, "bank-place", n = i64::from(line.place)))),
    ];
    Card::titled(say!(words, "bank-says")).body(facts(pairs))
}

/// Whose it is or could be, why, and who decided.
fn whose(words: &Words, line: &BankLineView) -> AnyView {
    let whom = line.organisation.as_ref().map_or_else(|| say!(words, "bank-nobody"), |one| one.name.clone());
    let mut pairs = vec![
        (say!(words, "bank-organisation"), text(whom)),
        (say!(words, "bank-why"), text(reasons(words, &line.reasons))),
        (say!(words, "bank-score"), number(line.score.to_string())),
    ];
    pairs.extend(line.class.map(|class| (say!(words, "bank-class"), text(words.match_class(class)))));
    pairs.extend(line.note.clone().map(|note| (say!(words, "staff-reason"), text(note))));
    pairs.extend(line.decided_by.clone().map(|name| (say!(words, "bank-decided-by"), text(name))));
    let waits = matches!(line.state, BankLineState::New | BankLineState::Unmatched);
    let title = if waits { say!(words, "bank-proposed") } else { say!(words, "bank-decided") };
    Card::titled(title).body(facts(pairs))
}

/// The forms of what can be decided now.
fn decisions(office: &Office<ReadInvoices>, line: &BankLineView, sent: &Wanted, refused: Option<&Refused>) -> AnyView {
    let words = office.words();
    let base = format!("/staff/bank/lines/{}", line.id);
    let because = |verb: &str, title: String, means: String, hint: String| {
        let reason = reason_field(words, sent.reason.clone(), hint, refused);
        let fields = view! {
            <p class="sm">{means}</p>{reason}
            <div>{Button::new(title.clone()).danger().submit()}</div>
        };
        Card::titled(title).body(Form::post(format!("{base}/{verb}")).once(office.key()).around(fields.into_any()))
    };
    match line.state {
        BankLineState::New | BankLineState::Unmatched => {
            let (title, means) = (say!(words, "bank-ignore"), say!(words, "bank-ignore-means"));
            let ignore = because("ignore", title, means, say!(words, "bank-ignore-hint"));
            view! { {assigning(office, &base, sent, refused)}{ignore} }.into_any()
        }
        BankLineState::Matched => {
            let (title, means) = (say!(words, "bank-undo"), say!(words, "bank-undo-means"));
            because("undo", title, means, say!(words, "bank-undo-hint"))
        }
        BankLineState::Ignored => {
            let fields = view! {
                <p class="sm">{say!(words, "bank-reopen-means")}</p>
                <div>{Button::new(say!(words, "bank-reopen")).submit()}</div>
            };
            let form = Form::post(format!("{base}/reopen")).once(office.key()).around(fields.into_any());
            Card::titled(say!(words, "bank-reopen")).body(form)
        }
        BankLineState::Outgoing => ().into_any(),
    }
}

fn assigning(office: &Office<ReadInvoices>, base: &str, sent: &Wanted, refused: Option<&Refused>) -> AnyView {
    let words = office.words();
    let organisation = Field::text("organisation", say!(words, "bank-organisation"))
        .value(&sent.organisation)
        .hint(say!(words, "bank-organisation-hint"))
        .error(problem(words, refused, "organisation"));
    let transfer = Field::text("transfer", say!(words, "bank-transfer"))
        .value(&sent.transfer)
        .hint(say!(words, "bank-transfer-hint"))
        .error(problem(words, refused, "transfer"));
    let fields = view! {
        <p class="sm">{say!(words, "bank-match-means")}</p>
        {organisation.view()}{transfer.view()}
        <div>{Button::new(say!(words, "bank-match")).primary().submit()}</div>
    };
    let form = Form::post(format!("{base}/match")).once(office.key()).around(fields.into_any());
    Card::titled(say!(words, "bank-match")).body(form)
}
