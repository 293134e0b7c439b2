//! Draws the documents that wait: pages and electronic forms, from what was frozen, a few at once. Every replica does: a document
//! belongs to who took it, and two who drew it would have drawn the same.

use std::{num::NonZero, thread::available_parallelism, time::Duration};

use documents::Snapshot;
use domain::{
    Clock, Database,
    access::Job,
    papers::{Drawn, FrozenPaper, freeze_paper, keep_paper, leave_paper, take_due_paper},
};
use futures_util::future::join_all;
use types::{ArtifactKind, PaperKind};

const JOB: Job = Job::of("draw-documents");
/// How often documents are looked for when there was none.
const LOOK_EACH: Duration = Duration::from_secs(1);
/// So many are drawn at once at most: each takes a processor, and requests need some too.
const MOST_AT_ONCE: usize = 4;

/// Draws until it is dropped.
pub(crate) async fn draw_documents(db: &Database, clock: &Clock) {
    let at_once = (available_parallelism().map_or(1, NonZero::get) / 2).clamp(1, MOST_AT_ONCE);
    join_all((0..at_once).map(|_| draw_by_turns(db, clock))).await;
}

async fn draw_by_turns(db: &Database, clock: &Clock) {
    loop {
        match draw_one(db, clock).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "documents wait"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Draws all that wait now, one after the other; how many there were.
///
/// # Errors
/// Only the database's own.
pub async fn draw_due(db: &Database, clock: &Clock) -> domain::Result<usize> {
    let mut n_drawn = 0;
    while draw_one(db, clock).await? {
        n_drawn += 1;
    }
    Ok(n_drawn)
}

/// Whether there was one. What cannot be drawn is said in the log and on finance's page, and keeps nothing waiting.
async fn draw_one(db: &Database, clock: &Clock) -> domain::Result<bool> {
    let Some(place) = take_due_paper(db, JOB, clock.now()).await? else { return Ok(false) };
    match freeze_paper(db, JOB, place, clock.now()).await {
        Ok(Some(paper)) => {
            let (paper, drawn) = drawn_aside(paper).await?;
            if let Some(trouble) = &drawn.trouble {
                tracing::error!(document = %paper.id, kind = paper.kind.word(), trouble, "a document lacks a file");
            }
            keep_paper(db, JOB, &paper, drawn, clock.now()).await?;
        }
        Ok(None) => {}
        Err(error @ (domain::Error::Corrupt(_) | domain::Error::NotFound)) => {
            let cause = &error as &dyn std::error::Error;
            tracing::error!(document = %place.1, error = cause, "a document cannot be frozen");
            leave_paper(db, JOB, place, &error.to_string(), clock.now()).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Setting pages takes a processor for long: not one that answers requests.
async fn drawn_aside(paper: FrozenPaper) -> domain::Result<(FrozenPaper, Drawn)> {
    let drawing = tokio::task::spawn_blocking(move || {
        let drawn = draw(paper.kind, &paper.snapshot);
        (paper, drawn)
    });
    drawing.await.map_err(|error| domain::Error::Corrupt(format!("drawing a document stopped: {error}")))
}

/// The files of a document from what was frozen of it: always the same bytes.
#[must_use]
pub fn draw(kind: PaperKind, frozen: &[u8]) -> Drawn {
    let snapshot = match read(kind, frozen) {
        Ok(snapshot) => snapshot,
        Err(error) => return Drawn { files: Vec::new(), trouble: Some(format!("snapshot: {error}")) },
    };
    let (mut files, mut troubles) = (Vec::new(), Vec::new());
    match documents::pdf(&snapshot) {
        Ok(pages) => files.push((ArtifactKind::Pdf, pages)),
        Err(error) => troubles.push(format!("pdf: {error}")),
    }
    match documents::ubl(&snapshot) {
        Ok(Some(form)) => files.push((ArtifactKind::Ubl, form.into_bytes())),
        Ok(None) if kind.is_of_account() => troubles.push("ubl: it has no line or no number".to_owned()),
        Ok(None) => {}
        Err(error) => troubles.push(format!("ubl: {error}")),
    }
    Drawn { files, trouble: (!troubles.is_empty()).then(|| troubles.join("; ")) }
}

fn read(kind: PaperKind, frozen: &[u8]) -> serde_json::Result<Snapshot> {
    Ok(match kind {
        PaperKind::Invoice => Snapshot::Invoice(serde_json::from_slice(frozen)?),
        PaperKind::CreditNote => Snapshot::CreditNote(serde_json::from_slice(frozen)?),
        PaperKind::ProForma => Snapshot::ProForma(serde_json::from_slice(frozen)?),
        PaperKind::Receipt => Snapshot::Receipt(serde_json::from_slice(frozen)?),
        PaperKind::Statement => Snapshot::Statement(serde_json::from_slice(frozen)?),
    })
}
