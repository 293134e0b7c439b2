//! Event streams: each opens with the present state and then sends what changes, in the reader's language. A hint makes
//! it look at once, and without one it looks often enough that whoever may look no longer sees nothing after a second.
//! Nothing is resumed: a new stream begins with the state.

mod follow;
mod heard;
mod hints;
mod patches;
mod snapshots;
mod streams;

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{
    Error, Hint, Rule,
    access::{
        Person,
        policy::{ReadInstances, ReadInvoices, ReadLogs, ReadNodes},
    },
};
use messages::{Locale, Words};
use serde::Deserialize;
use session::{Allowed, Entered, Path, Query, Reader, Refused, Signed, Staff, Ticket};
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use types::{FinaliseRunId, InstanceId};

use self::follow::{Follower, What};
pub use self::{hints::Hinter, snapshots::Snapshots, streams::Streams};
use super::{State, logs::LogReader};

/// The most things that one stream follows.
const MOST_IDS: usize = 200;
/// Events that wait for a slow reader; then it gets no more until it has read.
const WAITING: usize = 16;

listed! {
    /// Every method and address of the event streams.
    pub const ROUTES;
    pub(super) fn router;
    get "/o/{organisation}/events" of_organisation;
    get "/staff/events"            of_staff;
    get "/staff/finalising/{run}/events" of_finalising;
}

/// What is to be followed.
#[derive(Debug, Deserialize)]
struct Wanted {
    topic: String,
    #[serde(default)]
    ids: String,
    /// Whether the instance's log comes on the same stream.
    #[serde(default)]
    log: bool,
}

impl Wanted {
    fn ids(&self) -> Result<Vec<InstanceId>, Refused> {
        let wrong = |_| Error::Invalid { field: "ids", rule: Rule::Form };
        let ids = self.ids.split(',').filter(|id| !id.is_empty()).take(MOST_IDS + 1);
        let ids = ids.map(str::parse).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        if ids.len() > MOST_IDS {
            let most = i64::try_from(MOST_IDS).unwrap_or(i64::MAX);
            return Err(Error::Invalid { field: "ids", rule: Rule::Range { min: 0, max: most } }.into());
        }
        Ok(ids)
    }
}

/// `GET /o/{organisation}/events?topic=instances|instance&ids=…[&log=true]`.
async fn of_organisation(
    Shared(state): Shared<State>,
    Allowed(scope, seat): Allowed<ReadInstances>,
    ticket: Ticket,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refused> {
    let organisation = scope.organisation();
    let what = match (wanted.topic.as_str(), wanted.ids()?) {
        ("instances", ids) => What::Rows { organisation, ids },
        ("instance", ids) if ids.len() == 1 => What::Instance { organisation, id: ids[0] },
        ("instance", _) => return Err(Error::Invalid { field: "ids", rule: Rule::Required }.into()),
        _ => return Err(Error::Invalid { field: "topic", rule: Rule::Known }.into()),
    };
    let words = words(&reader, seat.person());
    let log = wanted.log.then(|| seat.prove::<ReadLogs>()).transpose()?;
    let log = log.and_then(|_| what.instance()).map(|instance| {
        let (state, ticket) = (state.clone(), ticket.clone());
        LogReader { state, ticket, organisation, instance }
    });
    open(&state, log, Follower { state: state.clone(), ticket, what, words })
}

/// `GET /staff/events?topic=waiting`.
async fn of_staff(
    Shared(state): Shared<State>,
    Staff(_): Staff<ReadNodes>,
    Signed(actor): Signed,
    ticket: Ticket,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refused> {
    if wanted.topic != "waiting" {
        return Err(Error::Invalid { field: "topic", rule: Rule::Known }.into());
    }
    let words = words(&reader, Some(actor.person()));
    open(&state, None, Follower { state: state.clone(), ticket, what: What::Waiting, words })
}

/// `GET /staff/finalising/{run}/events`: how far the finalisation of many drafts has come.
async fn of_finalising(
    Shared(state): Shared<State>,
    Staff(_): Staff<ReadInvoices>,
    Signed(actor): Signed,
    Path(run): Path<FinaliseRunId>,
    ticket: Ticket,
    reader: Reader,
) -> Result<Response, Refused> {
    let words = words(&reader, Some(actor.person()));
    open(&state, None, Follower { state: state.clone(), ticket, what: What::Finalising(run), words })
}

/// Wakes the streams of an organisation after a request that may have changed its instances.
pub(super) async fn raise(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    let entered = Entered::default();
    let changes = !request.method().is_safe();
    request.extensions_mut().insert(entered.clone());
    let response = next.run(request).await;
    if let Some(organisation) = entered.organisation().filter(|_| changes && !response.status().is_client_error()) {
        state.hinter.raise(Hint::Instances(organisation));
    }
    response
}

/// How to write for a reader, in the words that their pages began with.
pub(super) fn words(reader: &Reader, person: Option<&Person>) -> Words {
    let account = person.and_then(|person| person.locale.as_deref()).and_then(Locale::of_tag);
    let locale = Locale::choose(reader.locale.as_deref(), account, reader.accept_language.as_deref());
    Words::new(locale, person.and_then(|person| person.time_zone.as_deref()).unwrap_or(crate::ZONE))
}

fn open(state: &State, log: Option<LogReader>, follower: Follower) -> Result<Response, Refused> {
    let place = state.streams.place(follower.what.organisation())?;
    let (events, receiver) = tokio::sync::mpsc::channel(WAITING);
    tokio::spawn(async move {
        let reading = log.map(|log| tokio::spawn(log.forever(events.clone())));
        follower.run(events).await;
        reading.inspect(|reading| reading.abort());
        drop(place);
    });
    // Whoever is cut off comes back at a time of their own, so that a restart is not a stampede.
    let retry = Event::default().retry(retry(state)).comment("follows");
    let stream = tokio_stream::once(retry).chain(ReceiverStream::new(receiver)).map(Ok::<_, Infallible>);
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response())
}

/// Between one and ten seconds, by chance.
fn retry(state: &State) -> Duration {
    let chance = types::new_uuid(state.portal.clock.now()).as_u128() % 9_001;
    Duration::from_millis(1_000 + u64::try_from(chance).unwrap_or(0))
}
