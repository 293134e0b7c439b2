//! Documents as files. Whatever makes a document asks for its files in the same transaction: the database's own triggers write
//! a row of `paper`. A worker freezes what the document says, once, draws it outside of every transaction, and keeps the files,
//! which never change. Drawing is the crate `documents`', which knows no database; here is what it draws from, and who may read
//! what it drew.

mod account;
mod entity;
mod freeze;
mod queue;
mod received;

use jiff::civil::Date;
use types::{
    ArtifactKind, AskStatement, Cursor, List, PaperFile, PaperId, PaperKind, PaperView, Timestamp, WaitingPaperView,
};

pub use self::queue::{Drawn, FrozenPaper, freeze_paper, keep_paper, leave_paper, take_due_paper};
use crate::{
    Database, Error, Open, Result, Rule, Tx,
    access::{Scope, Survey, policy::ReadInvoices},
    audit::{self, Change},
    billing, books,
    commands::{self, Command},
    cursor::{Place, paged},
    ledger,
};

/// The longest statement.
const MOST_DAYS: i32 = 366;
/// So many statements of an organisation may wait to be drawn: everybody's documents wait behind them.
const MOST_WAITING: i64 = 10;
/// How long a document may wait before those who look after it see it: longer than a worker that is there takes.
const UNTOUCHED_S: i64 = 5 * 60;

/// The organisation's documents, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_papers_in(tx: &Tx, scope: &Scope<ReadInvoices>, page: &Cursor) -> Result<List<PaperView>> {
    tx.admits(scope)?;
    let rows = entity::newest_in(tx, Place::of(page)?, i64::from(page.size()) + 1).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.asked_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(entity::Row::view).collect::<Result<_>>()?, next_cursor })
}

/// One document.
///
/// # Errors
/// `NotFound` for another organisation's, and for the receipt of a transfer that was somebody else's.
pub async fn paper_in(tx: &Tx, scope: &Scope<ReadInvoices>, paper: PaperId) -> Result<PaperView> {
    tx.admits(scope)?;
    entity::paper_in(tx, paper).await?.view()
}

/// The document that says an invoice, a credit note, a transfer or a payment, by the id of that; nothing for a draft and for
/// money that has not come.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn paper_of_in(tx: &Tx, scope: &Scope<ReadInvoices>, about: PaperId) -> Result<Option<PaperView>> {
    match paper_in(tx, scope, about).await {
        Ok(view) => Ok(Some(view)),
        Err(Error::NotFound) if scope.organisation() == tx.organisation => Ok(None),
        Err(error) => Err(error),
    }
}

/// The receipts for what came of an announced transfer, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn receipts_of_transfer_in(
    tx: &Tx,
    scope: &Scope<ReadInvoices>,
    transfer: types::TransferId,
) -> Result<Vec<PaperView>> {
    tx.admits(scope)?;
    entity::receipts_in(tx, transfer).await?.into_iter().map(entity::Row::view).collect()
}

/// A file of a document; nothing while it waits to be drawn. Its bytes are read apart, by [`paper_bytes_in`].
///
/// # Errors
/// `NotFound` for another organisation's, and for a form that this kind of document has not; a conflict where the form could
/// not be drawn.
pub async fn paper_file_in(
    tx: &Tx,
    scope: &Scope<ReadInvoices>,
    paper: PaperId,
    form: ArtifactKind,
) -> Result<Option<PaperFile>> {
    let view = paper_in(tx, scope, paper).await?;
    if form == ArtifactKind::Ubl && !view.kind.is_of_account() {
        return Err(Error::NotFound);
    }
    let found = view.files.into_iter().find(|file| file.form == form);
    match found {
        None if view.lacks => Err(Error::Conflict("document-not-drawn")),
        found => Ok(found),
    }
}

/// The bytes of a file that was drawn.
///
/// # Errors
/// `NotFound` for another organisation's, and for a form that was not drawn.
pub async fn paper_bytes_in(
    tx: &Tx,
    scope: &Scope<ReadInvoices>,
    paper: PaperId,
    form: ArtifactKind,
) -> Result<Vec<u8>> {
    paper_in(tx, scope, paper).await?;
    entity::content_in(tx, paper, form).await
}

/// Asks for a statement of account between two days of the seller's calendar. It says what was booked by when it is drawn.
///
/// # Errors
/// `Invalid` for a first day that no books have, a last one before it or still to come, and for more than 366 days; a conflict
/// while ten wait to be drawn.
pub async fn ask_for_statement(
    db: &Database,
    scope: &Scope<ReadInvoices>,
    ask: AskStatement,
    command: Command,
    now: Timestamp,
) -> Result<PaperView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| ask_in(tx, &ask).await).await
}

async fn ask_in(tx: &Tx, ask: &AskStatement) -> Result<PaperView> {
    let zone = billing::seller_zone_in(tx).await?;
    checked(ask, billing::day(tx.now, &zone))?;
    books::start_of(ask.from, &zone, "from")?;
    // Of those who ask at once each counts the others.
    ledger::lock_in(tx).await?;
    if entity::n_statements_waiting_in(tx).await? >= MOST_WAITING {
        return Err(Error::Conflict("statements-many"));
    }
    let id = PaperId::new(tx.now);
    entity::insert_statement_in(tx, id, ask).await?;
    let told = Some((ask.from.to_string(), ask.through.to_string()));
    let change = Change { verb: "wallet.statement_asked", subject: id.to_string(), before: None::<()>, after: told };
    audit::record_in(tx, change).await?;
    entity::paper_in(tx, id).await?.view()
}

fn checked(ask: &AskStatement, today: Date) -> Result<()> {
    let invalid = |field, rule| Err(Error::Invalid { field, rule });
    if ask.through < ask.from {
        return invalid("through", Rule::Order);
    }
    let last = ask.from.checked_add(jiff::Span::new().days(MOST_DAYS - 1));
    if ask.through > today || last.is_ok_and(|last| ask.through > last) {
        return invalid("through", Rule::Form);
    }
    Ok(())
}

/// The documents of all organisations that are not drawn as they should be: what was tried in vain, and what nobody came to for
/// five minutes; the latest first.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_waiting_papers(
    open: &Open,
    _: &Survey<ReadInvoices>,
    page: &Cursor,
) -> Result<List<WaitingPaperView>> {
    let since = open.now.plus_seconds(-UNTOUCHED_S);
    let rows = entity::waiting(open, since, Place::of(page)?, i64::from(page.size()) + 1).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.asked_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(entity::Waiting::view).collect(), next_cursor })
}

/// What a document's file is called: by its number, or by what it is and its days.
fn name(kind: PaperKind, number: Option<&str>, days: Option<(Date, Date)>, form: ArtifactKind) -> String {
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let stem: String = match (number, days) {
        (Some(number), _) => number.chars().filter(kept).collect(),
        (None, Some((from, through))) => format!("{}-{from}-{through}", kind.word()),
        (None, None) => kind.word().replace('_', "-"),
    };
    let end = match form {
        ArtifactKind::Pdf => "pdf",
        ArtifactKind::Ubl => "xml",
    };
    format!("{stem}.{end}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_file_is_called_by_its_documents_number_and_by_nothing_that_a_header_could_misread() {
        let days = Some((date(2026, 1, 1), date(2026, 1, 31)));
        assert_eq!(name(PaperKind::Invoice, Some("TM-2026-000042"), None, ArtifactKind::Ubl), "TM-2026-000042.xml");
        assert_eq!(name(PaperKind::ProForma, Some("PF-RF18\"\r\n5390"), None, ArtifactKind::Pdf), "PF-RF185390.pdf");
        assert_eq!(name(PaperKind::Statement, None, days, ArtifactKind::Pdf), "statement-2026-01-01-2026-01-31.pdf");
    }

    #[test]
    fn a_statement_is_of_days_that_have_begun_in_their_order_and_of_a_year_at_most() {
        let today = date(2026, 11, 30);
        let asks = |from, through| checked(&AskStatement { from, through }, today);
        assert!(asks(today, today).is_ok() && asks(date(2025, 11, 30), date(2026, 11, 30)).is_ok());
        for (from, through) in [
            (date(2026, 11, 30), date(2026, 11, 29)),
            (date(2026, 11, 30), date(2026, 12, 1)),
            (date(2025, 11, 29), date(2026, 11, 30)),
        ] {
            assert!(matches!(asks(from, through), Err(Error::Invalid { field: "through", .. })), "{from} {through}");
        }
    }
}
