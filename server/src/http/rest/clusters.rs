//! `/staff/clusters`, `/nodes`, `/waiting`, `/unconfirmed`, `/questions`: what the operator sees and answers.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{MaintainNodes, ReadNodes},
    clusters,
};
use serde::Deserialize;
use session::{Now, Path, Portal, Staff};
use types::{AnswerQuestion, ClusterView, List, NodeView, OperatorAnswer, QuestionView, UnconfirmedView, WaitingView};

use super::{Answered, rehearsal::Writes};

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident $path:literal $tag:literal $function:ident $view:ty;)+) => {
        $(
            $(#[$doc])*
            #[utoipa::path(get, path = $path, tag = $tag, responses((status = 200, body = List<$view>)))]
            pub(super) async fn $name(
                Shared(portal): Shared<Portal>,
                Now(now): Now,
                Staff(survey): Staff<ReadNodes>,
            ) -> Answered<List<$view>> {
                let open = portal.db.survey(&survey, now).await?;
                Ok(Json(clusters::$function(&open, &survey).await?))
            }
        )+
    };
}

lists! {
    /// Every cluster and how well it is seen.
    list "/api/v1/staff/clusters" "clusters" list_clusters ClusterView;
    /// Every node and its GPUs.
    nodes "/api/v1/staff/nodes" "nodes" list_nodes NodeView;
    /// Every instance that waits, and why.
    waiting "/api/v1/staff/waiting" "waiting" list_waiting WaitingView;
    /// Seconds that nobody saw, of the last 30 days.
    unconfirmed "/api/v1/staff/unconfirmed" "waiting" list_unconfirmed UnconfirmedView;
    /// What the operator is asked before anything is deleted.
    questions "/api/v1/staff/questions" "questions" list_questions QuestionView;
}

/// What is answered.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    /// Keep, or delete what was asked about.
    answer: OperatorAnswer,
}

/// Answers a question.
#[utoipa::path(post, path = "/api/v1/staff/questions/{question}/answer", tag = "questions", request_body = Decision,
    responses((status = 200, body = QuestionView)))]
pub(super) async fn answer(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<MaintainNodes>,
    Path(id): Path<String>,
    session::Json(decision): session::Json<Decision>,
) -> Answered<QuestionView> {
    let ask = AnswerQuestion { id, answer: decision.answer };
    Ok(Json(clusters::answer_question(&db, &survey, &ask, now).await?))
}
