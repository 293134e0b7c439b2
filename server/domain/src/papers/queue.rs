//! What waits to be drawn: whoever takes a document draws it outside of every transaction and brings its files back. Two who do
//! so at once bring the same bytes.

use sea_orm::FromQueryResult;
use types::{ArtifactKind, OrganisationId, PaperId, PaperKind, Timestamp};

use super::freeze;
use crate::{Database, Error, Result, access::Job};

/// How long a document belongs to who took it: longer than drawing the longest one takes.
const TAKEN_S: i64 = 300;
/// What was tried in vain is tried again each day: another release may draw it.
const AGAIN_S: i64 = 86_400;

/// A document of an organisation.
type Place = (OrganisationId, PaperId);

/// What a document says, for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenPaper {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Which.
    pub id: PaperId,
    /// What it is.
    pub kind: PaperKind,
    /// The language it is written in.
    pub language: String,
    /// What it says, as JSON of the type that its kind has in `types`.
    pub snapshot: Vec<u8>,
}

/// What came of drawing a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The files.
    pub files: Vec<(ArtifactKind, Vec<u8>)>,
    /// Why a form that it should have is not among them, for those who look after it.
    pub trouble: Option<String>,
}

#[derive(FromQueryResult)]
struct Due {
    organisation_id: OrganisationId,
    id: PaperId,
}

/// Takes the document that has waited longest; nobody else has it for five minutes, also where the taker dies.
///
/// # Errors
/// Only the database's own.
pub async fn take_due_paper(db: &Database, job: Job, now: Timestamp) -> Result<Option<(OrganisationId, PaperId)>> {
    let sql = "SELECT organisation_id, id FROM paper WHERE next_at <= $1 ORDER BY next_at LIMIT 20";
    let due: Vec<Due> = db.work(job, now).await?.all(sql, [now.into()]).await?;
    let take = "UPDATE paper SET next_at = $3, attempts = attempts + 1
                WHERE organisation_id = $1 AND id = $2 AND next_at <= $4";
    for Due { organisation_id, id } in due {
        let tx = db.work_in(job, organisation_id, now).await?;
        let values = [organisation_id.into(), id.into(), now.plus_seconds(TAKEN_S).into(), now.into()];
        if tx.run(take, values).await? == 1 {
            tx.commit().await?;
            return Ok(Some((organisation_id, id)));
        }
    }
    Ok(None)
}

/// What a document says: composed and numbered the first time, the same bytes ever after. Nothing for the receipt of a transfer
/// that turned out to be somebody else's before it was drawn, which nobody draws any more.
///
/// # Errors
/// `NotFound` for a document that the organisation does not have.
pub async fn freeze_paper(
    db: &Database,
    job: Job,
    (organisation, paper): (OrganisationId, PaperId),
    now: Timestamp,
) -> Result<Option<FrozenPaper>> {
    let tx = db.work_in(job, organisation, now).await?;
    let frozen = freeze::frozen_in(&tx, paper).await?;
    if frozen.is_none() {
        let sql = "UPDATE paper SET next_at = NULL WHERE organisation_id = $1 AND id = $2";
        tx.run(sql, [organisation.into(), paper.into()]).await?;
    }
    tx.commit().await?;
    Ok(frozen)
}

/// Keeps a document's files. Those that are there already stay as they are.
///
/// # Errors
/// Only the database's own.
pub async fn keep_paper(db: &Database, job: Job, paper: &FrozenPaper, drawn: Drawn, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, paper.organisation, now).await?;
    let sql = "INSERT INTO document_artifact (organisation_id, paper_id, kind, language, sha256, content, drawn_at)
               VALUES ($1, $2, $3, $4, sha256($5), $5, $6) ON CONFLICT DO NOTHING";
    let is_drawn = drawn.files.iter().any(|(form, _)| *form == ArtifactKind::Pdf);
    for (form, content) in drawn.files {
        let values = [
            paper.organisation.into(),
            paper.id.into(),
            form.word().into(),
            paper.language.clone().into(),
            content.into(),
            now.into(),
        ];
        tx.run(sql, values).await?;
    }
    let sql = "UPDATE paper SET drawn_at = coalesce(drawn_at, $3), trouble = $4, next_at = $5
               WHERE organisation_id = $1 AND id = $2";
    let next = drawn.trouble.is_some().then(|| now.plus_seconds(AGAIN_S));
    let values =
        [paper.organisation.into(), paper.id.into(), is_drawn.then_some(now).into(), drawn.trouble.into(), next.into()];
    tx.run(sql, values).await?;
    tx.commit().await
}

/// Leaves a document for tomorrow that could not be frozen, and says why.
///
/// # Errors
/// `NotFound` for a document that the organisation does not have.
pub async fn leave_paper(db: &Database, job: Job, place: Place, trouble: &str, now: Timestamp) -> Result<()> {
    let (organisation, paper) = place;
    let tx = db.work_in(job, organisation, now).await?;
    let sql = "UPDATE paper SET trouble = $3, next_at = $4 WHERE organisation_id = $1 AND id = $2";
    let values = [organisation.into(), paper.into(), trouble.into(), now.plus_seconds(AGAIN_S).into()];
    if tx.run(sql, values).await? == 0 {
        return Err(Error::NotFound);
    }
    tx.commit().await
}
