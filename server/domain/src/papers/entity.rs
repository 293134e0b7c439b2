//! The tables `paper` and `document_artifact`.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use serde::Deserialize;
use serde_json::Value;
use types::{
    ArtifactKind, AskStatement, PaperFile, PaperId, PaperKind, PaperView, Timestamp, TransferId, WaitingPaperView,
};

use super::name;
use crate::{Error, Open, Result, Tx, cursor::Place};

/// The columns of a row `p`.
const COLUMNS: &str =
    "p.id, p.kind, p.number, p.from_on::text AS from_on, p.through_on::text AS through_on, p.asked_at,
    p.drawn_at, p.trouble IS NOT NULL AS lacks,
    (SELECT jsonb_agg(jsonb_build_object('form', a.kind, 'sha256', encode(a.sha256, 'hex'),
                                         'n_bytes', octet_length(a.content)) ORDER BY a.kind)
     FROM document_artifact a WHERE a.organisation_id = p.organisation_id AND a.paper_id = p.id) AS files
    FROM paper p";

/// Nobody has a receipt for money that turned out to be somebody else's.
const STANDS: &str = "NOT EXISTS (SELECT 1 FROM transfer_receipt r WHERE r.organisation_id = p.organisation_id
    AND r.id = p.id AND r.undone_at IS NOT NULL)";

/// A document without what it says.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: PaperId,
    kind: PaperKind,
    number: Option<String>,
    from_on: Option<String>,
    through_on: Option<String>,
    pub(super) asked_at: Timestamp,
    drawn_at: Option<Timestamp>,
    lacks: bool,
    files: Option<Value>,
}

/// A file as the row's JSON says it.
#[derive(Deserialize)]
struct FileRow {
    form: ArtifactKind,
    sha256: String,
    n_bytes: i64,
}

impl Row {
    pub(super) fn view(self) -> Result<PaperView> {
        let (from, through) = (day(self.from_on.as_deref())?, day(self.through_on.as_deref())?);
        let rows: Vec<FileRow> = match self.files {
            Some(files) => serde_json::from_value(files).map_err(|error| Error::Corrupt(format!("files: {error}")))?,
            None => Vec::new(),
        };
        let file = |row: FileRow| PaperFile {
            form: row.form,
            name: name(self.kind, self.number.as_deref(), from.zip(through), row.form),
            sha256: row.sha256,
            n_bytes: row.n_bytes,
        };
        let files = rows.into_iter().map(file).collect();
        Ok(PaperView {
            id: self.id,
            kind: self.kind,
            number: self.number,
            from,
            through,
            asked_at: self.asked_at,
            drawn_at: self.drawn_at,
            lacks: self.lacks,
            files,
        })
    }
}

/// A day as the database writes it.
pub(super) fn day(text: Option<&str>) -> Result<Option<Date>> {
    text.map(|text| text.parse().map_err(|error| Error::Corrupt(format!("date: {error}")))).transpose()
}

/// One document of the organisation.
pub(super) async fn paper_in(tx: &Tx, paper: PaperId) -> Result<Row> {
    let sql = format!("SELECT {COLUMNS} WHERE p.organisation_id = $1 AND p.id = $2 AND {STANDS}");
    tx.one(&sql, [tx.organisation.into(), paper.into()]).await?.ok_or(Error::NotFound)
}

/// The organisation's documents behind a place, the latest first.
pub(super) async fn newest_in(tx: &Tx, after: Option<Place>, limit: i64) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS}
         WHERE p.organisation_id = $1 AND ($2::timestamptz IS NULL OR (p.asked_at, p.id) < ($2, $3)) AND {STANDS}
         ORDER BY p.asked_at DESC, p.id DESC LIMIT $4"
    );
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    tx.all(&sql, [tx.organisation.into(), at.into(), id.into(), limit.into()]).await
}

/// The receipts for what came of a transfer, the latest first.
pub(super) async fn receipts_in(tx: &Tx, transfer: TransferId) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} JOIN transfer_receipt t ON t.organisation_id = p.organisation_id AND t.id = p.id
         WHERE p.organisation_id = $1 AND t.transfer_id = $2 AND t.undone_at IS NULL
         ORDER BY p.asked_at DESC, p.id DESC LIMIT 50"
    );
    tx.all(&sql, [tx.organisation.into(), transfer.into()]).await
}

#[derive(FromQueryResult)]
struct Content {
    content: Vec<u8>,
}

/// The bytes of a file.
pub(super) async fn content_in(tx: &Tx, paper: PaperId, form: ArtifactKind) -> Result<Vec<u8>> {
    let sql = "SELECT content FROM document_artifact WHERE organisation_id = $1 AND paper_id = $2 AND kind = $3
               ORDER BY language LIMIT 1";
    let row: Option<Content> = tx.one(sql, [tx.organisation.into(), paper.into(), form.word().into()]).await?;
    row.map(|row| row.content).ok_or(Error::NotFound)
}

/// Puts a statement of account into the queue.
pub(super) async fn insert_statement_in(tx: &Tx, paper: PaperId, ask: &AskStatement) -> Result<()> {
    let sql = "INSERT INTO paper (organisation_id, id, kind, from_on, through_on, asked_by, asked_at, next_at)
               VALUES ($1, $2, 'statement', $3::text::date, $4::text::date, $5, $6, $6)";
    let values = [
        tx.organisation.into(),
        paper.into(),
        ask.from.to_string().into(),
        ask.through.to_string().into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

/// How many statements of the organisation wait to be drawn for the first time.
pub(super) async fn n_statements_waiting_in(tx: &Tx) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM paper
               WHERE organisation_id = $1 AND kind = 'statement' AND next_at IS NOT NULL AND trouble IS NULL";
    let row: Option<Number> = tx.one(sql, [tx.organisation.into()]).await?;
    Ok(row.map_or(0, |row| row.n))
}

/// A document that waits, with whose it is.
#[derive(FromQueryResult)]
pub(super) struct Waiting {
    pub(super) id: PaperId,
    kind: PaperKind,
    number: Option<String>,
    organisation_name: String,
    slug: String,
    pub(super) asked_at: Timestamp,
    attempts: i32,
    trouble: Option<String>,
}

impl Waiting {
    pub(super) fn view(self) -> WaitingPaperView {
        WaitingPaperView {
            id: self.id,
            kind: self.kind,
            number: self.number,
            organisation_name: self.organisation_name,
            slug: self.slug,
            asked_at: self.asked_at,
            attempts: self.attempts,
            trouble: self.trouble,
        }
    }
}

/// What was tried in vain, and what waits since before an instant.
pub(super) async fn waiting(open: &Open, since: Timestamp, after: Option<Place>, limit: i64) -> Result<Vec<Waiting>> {
    let sql = "SELECT p.id, p.kind, p.number, o.name AS organisation_name, o.slug, p.asked_at, p.attempts, p.trouble
               FROM paper p JOIN organisation o ON o.id = p.organisation_id
               WHERE p.next_at IS NOT NULL AND (p.trouble IS NOT NULL OR p.asked_at < $1)
               AND ($2::timestamptz IS NULL OR (p.asked_at, p.id) < ($2, $3))
               ORDER BY p.asked_at DESC, p.id DESC LIMIT $4";
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    open.all(sql, [since.into(), at.into(), id.into(), limit.into()]).await
}
