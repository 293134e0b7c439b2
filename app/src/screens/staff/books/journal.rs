//! The journal as a file for accounting programs, read page by page while it is written: one line for each posting.

use axum::response::Response;
use domain::{Result, access::policy::ReadInvoices, books};
use serde::Deserialize;
use session::{Query, Refused, Ticket};
use types::{AskJournal, Currency, Cursor, JournalEntry, JournalLine, MICROS_PER_UNIT};

use super::said;
use crate::{Office, sheet};

/// The names of the columns; programs read them, so they are the same in every language.
const COLUMNS: [&str; 12] = [
    "entry",
    "line",
    "booked_at",
    "kind",
    "organisation",
    "organisation_id",
    "account",
    "unit",
    "debit",
    "credit",
    "document",
    "note",
];

/// Which part of the journal is wanted, as the form sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    from: String,
    to: String,
    currency: String,
}

/// The file.
pub(crate) async fn export(
    office: Office<ReadInvoices>,
    ticket: Ticket,
    Query(asked): Query<Asked>,
) -> std::result::Result<Response, Refused> {
    let ask = AskJournal {
        from: said("from", &asked.from)?,
        to: said("to", &asked.to)?,
        currency: said("currency", &asked.currency)?,
    };
    let portal = office.portal.clone();
    let read = move |page: Cursor| {
        let (portal, ticket) = (portal.clone(), ticket.clone());
        async move {
            let now = portal.clock.now();
            // Proved anew for each page: who is staff no more reads no further.
            let survey = ticket.actor(&portal, now).await?.prove::<ReadInvoices>()?;
            let open = portal.db.survey(&survey, now).await?;
            books::list_journal(&open, &survey, &ask, &page).await
        }
    };
    let day: String = office.now.to_string().chars().take(10).collect();
    sheet::paged(&format!("journal-{day}.csv"), sheet::lines([COLUMNS.map(str::to_owned)])?, read, lines).await
}

fn lines(entries: &[JournalEntry]) -> Result<String> {
    sheet::lines(entries.iter().flat_map(|entry| entry.lines.iter().map(move |line| cells(entry, line))))
}

fn cells(entry: &JournalEntry, line: &JournalLine) -> [String; 12] {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    // Two columns and no sign, as programs of accountants want it.
    let exact = exact(&line.unit, line.amount.unsigned_abs());
    let (debit, credit) = if line.amount < 0 { (exact, String::new()) } else { (String::new(), exact) };
    [
        entry.id.clone(),
        line.line.to_string(),
        entry.booked_at.to_string(),
        entry.kind.to_string(),
        said(&entry.organisation_name),
        entry.organisation.map(|id| id.to_string()).unwrap_or_default(),
        line.account.to_string(),
        line.unit.clone(),
        debit,
        credit,
        said(&entry.document),
        said(&entry.note),
    ]
}

/// Money with all its decimals, whole seconds of GPU time; never through a float.
fn exact(unit: &str, amount: u64) -> String {
    let per_unit = MICROS_PER_UNIT.unsigned_abs();
    match unit.parse::<Currency>() {
        Ok(_) => format!("{}.{:06}", amount / per_unit, amount % per_unit),
        Err(_) => amount.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_up_to_the_largest_and_smallest() {
        assert_eq!(exact("MAD", 12_000_005), "12.000005");
        assert_eq!(exact("EUR", 1), "0.000001");
        assert_eq!(exact("USD", i64::MIN.unsigned_abs()), "9223372036854.775808");
        assert_eq!(exact("gpu_s:h100", 3_600), "3600");
    }
}
