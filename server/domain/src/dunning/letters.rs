//! What those read who look after an organisation's money: a letter with each step.

use jiff::civil::Date;
use types::{DunningStep, LetterKind, Timestamp};

use super::owed::Overdue;
use crate::{
    Result, Tx,
    mail::{self, Letter, NOTICE_S},
    warnings,
};

/// Names that a letter lists; more are only counted.
const MOST_NAMED: usize = 20;

/// That the step was taken: what is overdue, what was stopped, and when the next step comes if there is one.
pub(super) async fn step_in(
    tx: &Tx,
    step: DunningStep,
    overdue: &Overdue,
    next_at: Option<Timestamp>,
    stopped: &[String],
) -> Result<()> {
    // What it says holds until the next one says more.
    let until = next_at.unwrap_or(tx.now.plus_seconds(NOTICE_S));
    for reader in warnings::readers_in(tx).await? {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("step", step.word().to_owned()),
            ("amount", format!("{} {}", overdue.amount.micros, overdue.amount.currency.word())),
            ("due", noon_of(overdue.due_on)),
            ("invoices", listed(&overdue.numbers)),
            ("next", next_at.map(|at| at.to_string()).unwrap_or_default()),
            ("stopped", stopped.len().to_string()),
            ("names", listed(stopped)),
        ];
        let to = (reader.email.as_str(), reader.locale.as_deref());
        mail::post_in(tx, Letter::new(LetterKind::PaymentOverdue, to, facts, until)).await?;
    }
    Ok(())
}

/// An instant of the day, by which every reader writes it out; noon is of it in nearly all zones.
fn noon_of(day: Date) -> String {
    format!("{day}T12:00:00Z")
}

fn listed(names: &[String]) -> String {
    let mut listed = names.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join("\n");
    if names.len() > MOST_NAMED {
        listed.push_str("\n…");
    }
    listed
}
