//! `?dry_run=true`: a write is done as asked and taken back before it counts, so that its answer is exact and nothing
//! stays. What touches the caller's own session cannot be rehearsed, and says so.

use axum::{
    extract::{FromRef, FromRequestParts, Request},
    http::{HeaderName, HeaderValue, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Database, Error, access::Seat, access::policy::LaunchInstances, catalogue};
use serde::{Deserialize, Serialize};
use session::{Portal, Query, Refused};
use types::{InstanceId, InstanceView, LaunchInstance, LaunchPlan, PlanLaunch, Timestamp};

use crate::http::State;

const HEADER: HeaderName = HeaderName::from_static("dry-run");

/// The database as a write reaches it: where the address asks for it, nothing of what is done stays.
pub(super) struct Writes {
    pub(super) db: Database,
    pub(super) is_rehearsal: bool,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    dry_run: bool,
}

impl FromRequestParts<State> for Writes {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refused> {
        let Query(Asked { dry_run: is_rehearsal }) = Query::<Asked>::from_request_parts(parts, state).await?;
        let db = Portal::from_ref(state).db;
        Ok(Self { db: if is_rehearsal { db.rehearsing() } else { db }, is_rehearsal })
    }
}

/// What a change of an instance would do.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Rehearsed {
    /// The instance as it would be.
    instance: InstanceView,
    /// What it would cost and when it would start; nothing where nothing starts, or the caller may not launch.
    plan: Option<LaunchPlan>,
    /// What would be deleted.
    deletes: Vec<Deletes>,
}

/// Something that would be deleted.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Deletes {
    /// The instance, with what is on its disk.
    instance: InstanceId,
    /// Until when it could be taken back.
    undo_until: Option<Timestamp>,
}

/// What a rehearsed change would begin.
pub(super) enum Begins {
    /// The instance, which is not there yet.
    First(PlanLaunch),
    /// The next attempt of the instance.
    Again,
}

/// What the caller is told of a rehearsed change; `begins` where something would.
pub(super) async fn told(
    portal: &Portal,
    seat: &Seat,
    (instance, begins): (InstanceView, Option<Begins>),
    now: Timestamp,
) -> Result<Rehearsed, Refused> {
    let plan = match (seat.prove::<LaunchInstances>(), begins) {
        (Ok(scope), Some(begins)) => {
            let tx = portal.db.look(&scope, now).await?;
            Some(match begins {
                Begins::First(ask) => catalogue::plan_launch_in(&tx, &scope, &ask).await?,
                Begins::Again => catalogue::plan_restart_in(&tx, &scope, instance.id).await?,
            })
        }
        _ => None,
    };
    let deleted = instance.deleted_at.map(|_| Deletes { instance: instance.id, undo_until: instance.undo_until });
    Ok(Rehearsed { instance, plan, deletes: deleted.into_iter().collect() })
}

/// What a launch comes to.
pub(super) fn first(ask: &LaunchInstance) -> PlanLaunch {
    let (volumes, new_volume) = (ask.volumes.clone(), ask.new_volume.clone());
    PlanLaunch { volumes, new_volume, ..PlanLaunch::of(ask.flavour, ask.units, Some(ask.project)) }
}

/// Marks the answer of a rehearsal; refuses one of what is done with the caller's session or told once.
pub(super) async fn mark(request: Request, next: Next) -> Response {
    let wanted = request.uri().query().unwrap_or_default().split('&').any(|part| part == "dry_run=true");
    if !wanted || request.method().is_safe() {
        return next.run(request).await;
    }
    let path = request.uri().path();
    if path.starts_with("/api/v1/session") {
        return Refused::from(Error::Conflict("no-rehearsal")).into_response();
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(HEADER, HeaderValue::from_static("true"));
    response
}
