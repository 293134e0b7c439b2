//! Contested lines: who pays objects to a line of a finalised invoice, and the hub's desk answers once, with a credit note
//! in the same transaction or with a refusal in writing. One is open of a line at a time, and it only goes forward.
//!
//! Locks are taken in the order purse, invoice, dispute. Who withdraws or refuses takes the last one alone, so nobody
//! waits in a circle, and of two answers at once the second finds it answered.

mod entity;
mod letters;
mod list;
mod rules;

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use types::{
    AnswerDispute, ContestLine, CreditLine, Currency, DisputeAnswer, DisputeId, DisputeState, DisputeView, InvoiceId,
    IssueCreditNote, Money, Timestamp,
};

use self::entity::Ended;
pub use self::{
    list::{dispute_in, disputes_of_in, list_all_disputes, list_disputes_in},
    rules::CONTEST_DAYS,
};
use crate::{
    Database, Error, Result, Tx,
    access::{
        Scope,
        policy::{ContestLines, IssueCreditNotes},
    },
    audit::{self, Change},
    billing,
    commands::{self, Command},
    invoices,
};

/// So often may a line be contested: each time letters go out, and what is owed of it is not asked for meanwhile.
const MOST_OF_LINE: i64 = 5;

/// Contests a line of a finalised invoice, whole or an amount of it, with words. Who of the hub can answer is told by
/// letter.
///
/// # Errors
/// `NotFound` for another organisation's; `Invalid` names the field; a conflict for a draft, where nothing is left of the
/// line, where it is contested already or was five times, where that was written off, and when [`CONTEST_DAYS`] are over;
/// `CreditExceeds` for more than is left of it.
pub async fn contest_line(
    db: &Database,
    scope: &Scope<ContestLines>,
    ask: ContestLine,
    command: Command,
    now: Timestamp,
) -> Result<DisputeView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| contest_in(tx, &ask).await).await
}

async fn contest_in(tx: &Tx, ask: &ContestLine) -> Result<DisputeView> {
    let reason = audit::reason(&ask.reason)?;
    let line = CreditLine { line: ask.line, amount: ask.amount, unit_seconds: None };
    let credit = IssueCreditNote { invoice: ask.invoice, lines: vec![line], reason: reason.to_owned(), sha256: None };
    let drawn = invoices::draw_credit_in(tx, &credit).await.map_err(rules::of_line)?;
    let today = billing::day(tx.now, &billing::zone(&drawn.time_zone)?);
    if today > rules::last_day(drawn.invoice_issued_on) {
        return Err(Error::Conflict("contest-too-late"));
    }
    if entity::n_of_line_in(tx, ask.invoice, ask.line).await? >= MOST_OF_LINE {
        return Err(Error::Conflict("contested-often"));
    }
    let id = entity::insert_in(tx, ask, reason, &drawn).await?;
    let view = entity::view_in(tx, id).await?;
    record_in(tx, "invoice.line_contested", &view).await?;
    letters::contested_in(tx, &view).await?;
    Ok(view)
}

/// Takes a contested line back that nobody has answered.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for one that is answered or withdrawn.
pub async fn withdraw_dispute(
    db: &Database,
    scope: &Scope<ContestLines>,
    dispute: DisputeId,
    command: Command,
    now: Timestamp,
) -> Result<DisputeView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| withdraw_in(tx, dispute).await).await
}

async fn withdraw_in(tx: &Tx, dispute: DisputeId) -> Result<DisputeView> {
    entity::view_in(tx, dispute).await?;
    let ended = Ended { state: DisputeState::Withdrawn, answer: None, credit_note: None };
    entity::end_in(tx, dispute, ended).await?;
    let view = entity::view_in(tx, dispute).await?;
    record_in(tx, "invoice.contest_withdrawn", &view).await?;
    Ok(view)
}

/// Answers a contested line: by a credit note, which is issued in the same transaction, or by a refusal in writing. Who
/// looks after the organisation's money is told by letter.
///
/// # Errors
/// `NotFound` for another organisation's; `Invalid` names the field; a conflict for one that is answered or withdrawn, and
/// those of [`invoices::issue_credit_note`].
pub async fn answer_dispute(
    db: &Database,
    scope: &Scope<IssueCreditNotes>,
    dispute: DisputeId,
    ask: AnswerDispute,
    command: Command,
    now: Timestamp,
) -> Result<DisputeView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| answer_in(tx, dispute, &ask).await).await
}

async fn answer_in(tx: &Tx, dispute: DisputeId, ask: &AnswerDispute) -> Result<DisputeView> {
    let reason = audit::reason(&ask.reason)?;
    let before = entity::view_in(tx, dispute).await?;
    if before.state != DisputeState::Open {
        return Err(Error::Conflict("dispute-answered"));
    }
    let line = rules::credited_line(&before, ask)?;
    let (state, verb) = match ask.answer {
        DisputeAnswer::Credit => (DisputeState::Credited, "invoice.contest_credited"),
        DisputeAnswer::Refuse => (DisputeState::Refused, "invoice.contest_refused"),
    };
    let note = match line {
        Some(line) => {
            let reason = reason.to_owned();
            let credit = IssueCreditNote { invoice: before.invoice, lines: vec![line], reason, sha256: None };
            Some(invoices::issue_credit_note_in(tx, &credit).await?.note)
        }
        None => None,
    };
    let ended = Ended { state, answer: Some(reason), credit_note: note.as_ref().map(|note| note.id) };
    entity::end_in(tx, dispute, ended).await?;
    let view = entity::view_in(tx, dispute).await?;
    record_in(tx, verb, &view).await?;
    letters::answered_in(tx, &view, note.map_or(view.amount, |note| note.total)).await?;
    Ok(view)
}

#[derive(FromQueryResult)]
struct Sum {
    currency: Currency,
    total: i64,
}

/// What of an invoice is contested and not answered, tax included: nobody is dunned for it meanwhile. Zero where nothing
/// is contested, and where gifts alone paid what is.
///
/// # Errors
/// `NotFound` for another organisation's.
pub(crate) async fn open_amount_in(tx: &Tx, invoice: InvoiceId) -> Result<Money> {
    let sql = "SELECT v.currency, coalesce((
                   SELECT sum(d.total) FROM dispute d WHERE d.organisation_id = v.organisation_id AND d.invoice_id = v.id
                   AND d.state = 'open'), 0)::bigint AS total
               FROM invoice v WHERE v.organisation_id = $1 AND v.id = $2";
    let sum: Option<Sum> = tx.one(sql, [tx.organisation.into(), invoice.into()]).await?;
    let Sum { currency, total } = sum.ok_or(Error::NotFound)?;
    entity::money(total, currency)
}

#[derive(FromQueryResult)]
struct OfInvoice {
    invoice: InvoiceId,
    micros: i64,
}

/// The same of every invoice of which anything is contested, in micro-units.
pub(crate) async fn open_amounts_in(tx: &Tx) -> Result<BTreeMap<InvoiceId, i64>> {
    let sql = "SELECT invoice_id AS invoice, (sum(total) * 10000)::bigint AS micros FROM dispute
               WHERE organisation_id = $1 AND state = 'open' GROUP BY invoice_id";
    let sums: Vec<OfInvoice> = tx.all(sql, [tx.organisation.into()]).await?;
    Ok(sums.into_iter().map(|sum| (sum.invoice, sum.micros)).collect())
}

async fn record_in(tx: &Tx, verb: &'static str, view: &DisputeView) -> Result<()> {
    let said = (&view.invoice_number, view.line, view.amount, view.answer.as_ref().unwrap_or(&view.reason));
    let change = Change { verb, subject: view.id.to_string(), before: None::<()>, after: Some(said) };
    audit::record_in(tx, change).await
}
