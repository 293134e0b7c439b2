//! The audit's rows as a file, read page by page while it is written.

use axum::response::Response;
use domain::Result;
use messages::Words;
use session::Refused;
use types::{AuditView, Cursor, List, Timestamp};

use super::did;
use crate::sheet;

/// The names of the columns; programs read them, so they are the same in every language.
const COLUMNS: [&str; 13] = [
    "at",
    "organisation",
    "who",
    "principal",
    "staff_role",
    "address",
    "verb",
    "what",
    "subject",
    "before",
    "after",
    "request",
    "seal",
];

/// All rows that `read` gives, as a file of `whose` that is called by its day.
pub(in crate::screens) async fn file<F, P>(
    whose: &str,
    words: &Words,
    now: Timestamp,
    read: F,
) -> std::result::Result<Response, Refused>
where
    F: Fn(Cursor) -> P + Send + 'static,
    P: Future<Output = Result<List<AuditView>>> + Send + 'static,
{
    let day: String = now.to_string().chars().take(10).collect();
    let head = sheet::lines([COLUMNS.map(str::to_owned)])?;
    let words = words.clone();
    let lines = move |rows: &[AuditView]| lines(&words, rows);
    sheet::paged(&format!("audit-{whose}-{day}.csv"), head, read, lines).await
}

fn lines(words: &Words, rows: &[AuditView]) -> Result<String> {
    sheet::lines(rows.iter().map(|row| cells(words, row)))
}

fn cells(words: &Words, row: &AuditView) -> [String; 13] {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        row.at.to_string(),
        said(&row.organisation_name),
        said(&row.name),
        row.principal.clone(),
        said(&row.staff_role),
        said(&row.address),
        row.verb.clone(),
        did(words, &row.verb),
        row.subject.clone(),
        fields(row, |change| change.before.as_ref()),
        fields(row, |change| change.after.as_ref()),
        said(&row.request),
        row.seal.map(|seal| seal.to_string()).unwrap_or_default(),
    ]
}

/// One side of what differs, as a JSON object; nothing where that side is empty.
fn fields(row: &AuditView, side: impl Fn(&types::FieldChange) -> Option<&String>) -> String {
    let told = row.changes.iter().filter_map(|change| Some((change.field.clone(), side(change)?.clone().into())));
    let told = told.collect::<serde_json::Map<_, _>>();
    if told.is_empty() { String::new() } else { serde_json::Value::Object(told).to_string() }
}
