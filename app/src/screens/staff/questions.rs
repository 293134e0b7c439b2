//! What the operator is asked before anything is deleted, what each answer does, and answering.

use axum::response::Response;
use domain::{
    access::policy::{MaintainNodes, ReadNodes},
    clusters,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form, Path, Refused};
use types::{AnswerQuestion, Argument, OperatorAnswer, OperatorQuestion, QuestionView};

use crate::{
    Flash, Office, StaffWay,
    components::{Button, Card, Confirm, Icon, ident, refused, time},
};

/// What stands in the form of a deletion.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    confirm: String,
}

/// Questions that nobody has answered yet.
pub(super) fn n_open(questions: &[QuestionView]) -> usize {
    questions.iter().filter(|question| question.answer.is_none()).count()
}

/// A card for each open question; nothing where there is none.
pub(super) fn open(office: &Office<ReadNodes>, questions: &[QuestionView]) -> AnyView {
    let open = questions.iter().filter(|question| question.answer.is_none());
    open.map(|question| card(office, question)).collect_view().into_any()
}

fn card(office: &Office<ReadNodes>, question: &QuestionView) -> AnyView {
    let words = office.words();
    let asked = time(question.asked_at, words.ago(office.now, question.asked_at));
    let why = question.arguments.get("why").map(|why| match why {
        Argument::Text(why) => ident(why.clone()),
        other => view! { <bdi>{format!("{other:?}")}</bdi> }.into_any(),
    });
    let body = view! {
        <p class="strong">{asks(words, question)}</p>
        {why.map(|why| view! { <p class="sm soft">{why}</p> })}
        <ul class="stack tight sm">
            <li>{say!(words, "staff-keep-means")}</li>
            <li>{say!(words, "staff-delete-means", cluster = question.cluster.as_str())}</li>
        </ul>
        {answers(office, question)}
    };
    let title = say!(words, "staff-question-of", cluster = question.cluster.as_str());
    Card::titled(title).end(asked).body(body.into_any())
}

fn asks(words: &Words, question: &QuestionView) -> String {
    match question.question {
        OperatorQuestion::RestoredDatabase => say!(words, "staff-asks-restored"),
        OperatorQuestion::ManyDeletions => say!(words, "staff-asks-deletions"),
    }
}

fn answers(office: &Office<ReadNodes>, question: &QuestionView) -> AnyView {
    let words = office.words();
    if office.actor.prove::<MaintainNodes>().is_err() {
        let why = say!(words, "staff-question-not-yours");
        return view! { <div class="row">{refused(&format!("no-{}", question.id), say!(words, "staff-keep"), why)}</div> }
            .into_any();
    }
    let keep = Button::new(say!(words, "staff-keep")).primary().icon(Icon::Shield);
    let keep = keep.post(format!("/staff/questions/{}/keep", question.id), ().into_any());
    let delete = Confirm {
        action_words: say!(words, "staff-delete"),
        href: format!("/staff/questions/{}/delete", question.id),
        key: office.key(),
        consequence: say!(words, "staff-delete-means", cluster = question.cluster.as_str()),
        ask: say!(words, "confirm-by-typing", name = question.cluster.as_str()),
        again: None,
    };
    view! { <div class="row wrap">{keep}</div>{delete.view()} }.into_any()
}

/// Deletes nothing.
pub(crate) async fn keep(office: Office<MaintainNodes>, Path(id): Path<String>) -> Result<Response, Refused> {
    answer(&office, id, OperatorAnswer::Keep).await?;
    let flash = Flash::done(say!(office.words(), "staff-kept")).then(say!(office.words(), "staff-keep-means"));
    Ok(office.redirect(StaffWay::Hall.path(), flash))
}

/// Deletes what was asked about, once the cluster's name was typed.
pub(crate) async fn delete(
    office: Office<MaintainNodes>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refused> {
    let words = office.words();
    let reading = office.actor.prove::<ReadNodes>()?;
    let open = office.look().await?;
    let questions = clusters::list_questions(&open, &reading).await?.items;
    drop(open);
    let question = questions.into_iter().find(|question| question.id == id).ok_or(domain::Error::NotFound)?;
    if typed.confirm.trim() != question.cluster {
        let flash = Flash::refused(say!(words, "confirm-mismatch", name = question.cluster.as_str()));
        return Ok(office.redirect(StaffWay::Hall.path(), flash));
    }
    answer(&office, id, OperatorAnswer::Delete).await?;
    let next = say!(words, "staff-delete-means", cluster = question.cluster.as_str());
    Ok(office.redirect(StaffWay::Hall.path(), Flash::done(say!(words, "staff-deleting")).then(next)))
}

async fn answer(office: &Office<MaintainNodes>, id: String, answer: OperatorAnswer) -> Result<(), Refused> {
    let ask = AnswerQuestion { id, answer };
    clusters::answer_question(&office.portal.db, &office.survey, &ask, office.now).await?;
    Ok(())
}
