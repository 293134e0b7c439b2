//! One contested line as finance looks at it: what is said to be wrong, the line down to its seconds, and the answer.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{
        Scope, Seat,
        policy::{IssueCreditNotes, ReadInvoices},
    },
    commands::Command,
    disputes, invoices,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{
    AnswerDispute, CreditNoteSummary, DisputeAnswer, DisputeId, DisputeState, DisputeView, InvoiceCredits, LineView,
    Money,
};

use super::{
    asked::{is_said_here, micros, notice, problem, reason_field},
    organisation,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Field, Form, Heading, amount, facts, refused as refused_button},
    screens::tenant::{
        disputes::{
            one::{answer as answered, said},
            state,
        },
        invoice::{credited, proof},
    },
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sending {
    answer: String,
    /// Empty for all that is contested.
    amount: String,
    reason: String,
    idempotency_key: String,
}

/// What one reading found.
struct Found {
    dispute: DisputeView,
    line: LineView,
    credits: InvoiceCredits,
}

type Which = Path<(String, DisputeId)>;

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<ReadInvoices>,
    Path((_, id)): Which,
) -> Result<Page, Refused> {
    page(&office, (&scope, &seat), id, None).await
}

/// Credits or refuses.
pub(crate) async fn answer(
    office: Office<ReadInvoices>,
    Allowed(answering, seat): Allowed<IssueCreditNotes>,
    Path((_, id)): Which,
    Sent(sent): Sent<Sending>,
) -> Result<Response, Refused> {
    let reading = seat.prove::<ReadInvoices>()?;
    match answer_as_sent(&office, (&answering, &reading), id, &sent).await {
        Ok(dispute) => {
            let words = office.words();
            let done = match dispute.credit_note_number {
                Some(number) => say!(words, "staff-dispute-credited", number = number),
                None => say!(words, "staff-dispute-refused"),
            };
            let flash = Flash::done(done).then(say!(words, "staff-dispute-told", name = seat.name()));
            Ok(office.redirect(&address(&seat, id), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = page(&office, (&reading, &seat), id, Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn answer_as_sent(
    office: &Office<ReadInvoices>,
    (answering, reading): (&Scope<IssueCreditNotes>, &Scope<ReadInvoices>),
    id: DisputeId,
    sent: &Sending,
) -> Result<DisputeView, Refused> {
    let tx = office.portal.db.look(reading, office.now).await?;
    let currency = disputes::dispute_in(&tx, reading, id).await?.amount.currency;
    drop(tx);
    let answer = sent.answer.parse().map_err(|_| Error::Invalid { field: "answer", rule: Rule::Known })?;
    let amount = match (answer, sent.amount.trim()) {
        // A refusal credits nothing, whatever stands in the field.
        (DisputeAnswer::Refuse, _) | (_, "") => None,
        (DisputeAnswer::Credit, amount) => Some(Money { micros: micros("amount", amount)?, currency }),
    };
    let ask = AnswerDispute { answer, amount, reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "answer_dispute", &(id, &ask))?;
    Ok(disputes::answer_dispute(&office.portal.db, answering, id, ask, command, office.now).await?)
}

fn address(seat: &Seat, id: DisputeId) -> String {
    format!("/staff/disputes/{}/{id}", seat.slug())
}

async fn page(
    office: &Office<ReadInvoices>,
    (scope, seat): (&Scope<ReadInvoices>, &Seat),
    id: DisputeId,
    returned: Option<(Sending, Refused)>,
) -> Result<Page, Refused> {
    let tx = office.portal.db.look(scope, office.now).await?;
    let dispute = disputes::dispute_in(&tx, scope, id).await?;
    let line = invoices::line_in(&tx, scope, dispute.invoice, dispute.line).await?;
    let credits = invoices::credit_notes_of_in(&tx, scope, dispute.invoice).await?;
    drop(tx);
    let found = Found { dispute, line, credits };
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(
        office.words(),
        "staff-dispute-of",
        line = found.dispute.line.to_string(),
        invoice = found.dispute.invoice_number.as_str(),
        name = seat.name()
    );
    let view = || view(office, seat, (&called, &found), returned.as_ref());
    Ok(office.page_of(shell, StaffWay::Billing, &called, view))
}

fn view(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    (called, found): (&str, &Found),
    returned: Option<&(Sending, Refused)>,
) -> AnyView {
    let (words, dispute) = (office.words(), &found.dispute);
    let heading = Heading::new(called).beside(state(words, dispute.state));
    let base = format!("/staff/billing/{}", seat.slug());
    let opens = format!("{base}/invoices/{}?line={}#proof", dispute.invoice, dispute.line);
    let address_of = |note: types::CreditNoteId| format!("{base}/credit-notes/{note}");
    let note = |note: &CreditNoteSummary| address_of(note.id);
    let refused = returned.map(|(_, refused)| refused);
    view! {
        {heading.view()}
        {notice(words, refused)}
        <div class="split">
            <div class="stack">
                {said(words, dispute, opens, dispute.credit_note.map(address_of))}
                {answered(words, dispute)}
                {answering(office, seat, dispute, returned)}
            </div>
            <aside class="stack">
                {standing(words, seat, found)}
                {credited::card(words, &found.credits, note)}
                {proof::line(words, Some(&found.line))}
            </aside>
        </div>
    }
    .into_any()
}

/// Whose it is, and what is left of the line.
fn standing(words: &Words, seat: &Seat, found: &Found) -> AnyView {
    let left = found.credits.lines.iter().find(|left| left.line == found.dispute.line);
    let left = left.map(|left| (say!(words, "staff-dispute-left"), amount(words.money(left.amount_left))));
    let pairs = [Some((say!(words, "nav-organisation"), organisation::back(seat))), left];
    Card::titled(say!(words, "staff-facts")).body(facts(pairs.into_iter().flatten().collect()))
}

/// The form; a sentence for who only reads, and nothing once it is answered.
fn answering(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    dispute: &DisputeView,
    returned: Option<&(Sending, Refused)>,
) -> Option<AnyView> {
    let words = office.words();
    if dispute.state != DisputeState::Open {
        return None;
    }
    let card = Card::titled(say!(words, "staff-dispute-answer"));
    if !seat.may::<IssueCreditNotes>() {
        let (button, why) = (say!(words, "staff-dispute-answer"), say!(words, "staff-dispute-forbidden"));
        return Some(card.body(refused_button("no-answer", button, why)));
    }
    let refused = returned.map(|(_, refused)| refused);
    let sent = returned.map(|(sent, _)| sent.clone()).unwrap_or_default();
    let much = Field::amount("amount", say!(words, "staff-dispute-amount"))
        .value(sent.amount)
        .unit(dispute.amount.currency.word())
        .hint(say!(words, "staff-dispute-amount-hint"))
        .error(problem(words, refused, "amount"));
    let reason = reason_field(words, sent.reason, say!(words, "staff-dispute-reason-hint"), refused);
    let button = |answer: DisputeAnswer, says: String| Button::new(says).sends("answer", answer.word());
    let credit = button(DisputeAnswer::Credit, say!(words, "staff-dispute-credit")).primary().submit();
    let refuse = button(DisputeAnswer::Refuse, say!(words, "staff-dispute-refuse")).submit();
    let fields = view! {
        <p class="sm">{say!(words, "staff-dispute-means")}</p>
        {much.view()}{reason}
        <div class="row wrap">{credit}{refuse}</div>
    };
    Some(card.body(Form::post(address(seat, dispute.id)).once(office.key()).around(fields.into_any())))
}
