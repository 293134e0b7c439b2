//! `/organisations/{organisation}/instances/{instance}/logs`, as server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State as Shared,
    response::{
        IntoResponse, Response,
        sse::{KeepAlive, Sse},
    },
};
use domain::{
    access::policy::ReadLogs,
    instances::{self, LogWindow},
};
use serde::Deserialize;
use session::{Allowed, Now, Path, Portal, Query, Refused, Ticket};
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use types::{InstanceId, LogLine, Timestamp};

use super::InOrganisation;
use crate::http::{State, logs::LogReader};

/// Which part of the log is wanted.
#[derive(Debug, Deserialize)]
pub(super) struct Window {
    since: Option<Timestamp>,
    last: Option<u32>,
    #[serde(default)]
    follow: bool,
}

/// The log of the instance's present attempt: an event `log` for each line, and `end` where the log ends.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/instances/{instance}/logs", tag = "instances",
    params(("since" = Option<Timestamp>, Query), ("last" = Option<u32>, Query), ("follow" = Option<bool>, Query)),
    responses((status = 200, content_type = "text/event-stream", body = LogLine)))]
pub(super) async fn read(
    Shared(state): Shared<State>,
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadLogs>,
    ticket: Ticket,
    Path(one): Path<InOrganisation<InstanceId>>,
    Query(asked): Query<Window>,
) -> Result<Response, Refused> {
    let window = LogWindow { since: asked.since, last: asked.last, follow: asked.follow };
    let organisation = scope.organisation();
    // An instance that is not there is a refusal and not an empty log.
    let tx = portal.db.look(&scope, now).await?;
    drop(instances::read_logs(&tx, &scope, &*state.screens.logs.0, one.id, window).await?);
    drop(tx);
    let place = state.streams.place(Some(organisation))?;
    let (events, receiver) = tokio::sync::mpsc::channel(64);
    let reader = LogReader { state, ticket, organisation, instance: one.id };
    tokio::spawn(async move {
        reader.once(window, events).await;
        drop(place);
    });
    let lines = ReceiverStream::new(receiver).map(Ok::<_, Infallible>);
    Ok(Sse::new(lines).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response())
}
