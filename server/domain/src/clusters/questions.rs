//! What the operator is asked before anything is deleted, and what was answered.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{
    AnswerQuestion, Argument, ClusterId, List, OperatorAnswer, OperatorQuestion, QuestionView, Timestamp, UserId,
};
use uuid::Uuid;

use super::lead::fence_in;
use crate::{
    Database, Error, Open, Result,
    access::{
        Job, Survey,
        policy::{MaintainNodes, ReadNodes},
    },
    audit,
};

#[derive(FromQueryResult)]
struct QuestionRow {
    id: Uuid,
    cluster: String,
    kind: OperatorQuestion,
    arguments: serde_json::Value,
    asked_at: Timestamp,
    answer: Option<OperatorAnswer>,
    answered_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct LastValue {
    last_value: i64,
}

#[derive(Serialize)]
struct Recorded {
    question: OperatorQuestion,
    answer: Option<OperatorAnswer>,
}

const COLUMNS: &str = "q.id, c.name AS cluster, q.kind, q.arguments, q.asked_at, q.answer, q.answered_at
    FROM operator_question q JOIN cluster c ON c.id = q.cluster_id";

/// The number of the last wish that this database knows. An object of ours above it comes from a later state than the
/// database: it was restored.
///
/// # Errors
/// Only the database's own.
pub async fn last_wish_seq_in(open: &Open) -> Result<i64> {
    let row: Option<LastValue> = open.one("SELECT last_value FROM wish_seq", []).await?;
    Ok(row.map_or(0, |row| row.last_value))
}

/// Asks the operator, as the leader of `epoch`; a question that is open is not asked again.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn ask_operator(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    question: OperatorQuestion,
    arguments: &BTreeMap<String, Argument>,
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    fence_in(&open, epoch).await?;
    let arguments = serde_json::to_value(arguments).map_err(|error| Error::Corrupt(error.to_string()))?;
    let sql = "INSERT INTO operator_question (id, cluster_id, kind, arguments, asked_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (cluster_id, kind) WHERE answer IS NULL DO NOTHING";
    let values = [types::new_uuid(now).into(), cluster.into(), question.word().into(), arguments.into(), now.into()];
    open.run(sql, values).await?;
    open.commit().await
}

/// What was answered last to a question of this kind that was asked at `asked_since` or later; nothing while it is
/// open or was not asked.
///
/// # Errors
/// Only the database's own.
pub async fn answer_of_in(
    open: &Open,
    cluster: ClusterId,
    question: OperatorQuestion,
    asked_since: Timestamp,
) -> Result<Option<OperatorAnswer>> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE q.cluster_id = $1 AND q.kind = $2 AND q.asked_at >= $3 ORDER BY q.asked_at DESC LIMIT 1"
    );
    let row: Option<QuestionRow> = open.one(&sql, [cluster.into(), question.word().into(), asked_since.into()]).await?;
    Ok(row.and_then(|row| row.answer))
}

/// The questions, open ones first, then the newest; at most 100.
///
/// # Errors
/// Only the database's own.
pub async fn list_questions(open: &Open, _: &Survey<ReadNodes>) -> Result<List<QuestionView>> {
    let sql = format!("SELECT {COLUMNS} ORDER BY q.answer IS NOT NULL, q.asked_at DESC, q.id LIMIT 100");
    let rows: Vec<QuestionRow> = open.all(&sql, []).await?;
    let items = rows.into_iter().map(QuestionRow::view).collect::<Result<_>>()?;
    Ok(List { items, next_cursor: None })
}

/// Answers a question; once.
///
/// # Errors
/// `NotFound` for an unknown question; a conflict when it was answered before.
pub async fn answer_question(
    db: &Database,
    survey: &Survey<MaintainNodes>,
    ask: &AnswerQuestion,
    now: Timestamp,
) -> Result<QuestionView> {
    let open = db.govern(survey, now).await?;
    let id: Uuid = ask.id.parse().map_err(|_| Error::NotFound)?;
    let sql = "UPDATE operator_question SET answer = $2, answered_at = $3, answered_by = $4
               WHERE id = $1 AND answer IS NULL";
    let by = survey.principal().user().map(UserId::uuid);
    let n_answered = open.run(sql, [id.into(), ask.answer.word().into(), now.into(), by.into()]).await?;
    let row: Option<QuestionRow> = open.one(&format!("SELECT {COLUMNS} WHERE q.id = $1"), [id.into()]).await?;
    let view = row.ok_or(Error::NotFound)?.view()?;
    if n_answered == 0 {
        return Err(Error::Conflict("question-answered"));
    }
    let recorded = |answer| Recorded { question: view.question, answer };
    let change = audit::Change {
        verb: "question.answered",
        subject: view.id.clone(),
        before: Some(recorded(None)),
        after: Some(recorded(view.answer)),
    };
    audit::record_installation(&open, change).await?;
    open.commit().await?;
    Ok(view)
}

impl QuestionRow {
    fn view(self) -> Result<QuestionView> {
        let unreadable = |error| Error::Corrupt(format!("question {}: {error}", self.id));
        Ok(QuestionView {
            id: self.id.to_string(),
            cluster: self.cluster,
            question: self.kind,
            arguments: serde_json::from_value(self.arguments).map_err(unreadable)?,
            asked_at: self.asked_at,
            answer: self.answer,
            answered_at: self.answered_at,
        })
    }
}
