//! An instance's log as events: read from the cluster while its reader may read it.

use std::time::Duration;

use axum::response::sse::Event;
use domain::{
    Result,
    access::policy::ReadLogs,
    instances::{self, LogStream, LogWindow},
};
use futures_util::StreamExt;
use session::Ticket;
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval, sleep},
};
use types::{InstanceId, LogLine, OrganisationId};

use super::{PROVE, State};

/// How long a log that has ended or is not there yet is left alone.
const AGAIN: Duration = Duration::from_secs(2);

/// A reader of one log.
pub(super) struct LogReader {
    pub(super) state: State,
    pub(super) ticket: Ticket,
    pub(super) organisation: OrganisationId,
    pub(super) instance: InstanceId,
}

/// Why a log is sent no further.
enum Ended {
    /// The container, or the cluster cut it.
    Log,
    /// The reader left, may no longer read, or the program ends.
    Reader,
}

impl LogReader {
    /// The log once, as far as `window` goes; then an event that says that it ended.
    pub(super) async fn once(self, window: LogWindow, events: mpsc::Sender<Event>) {
        let mut window = window;
        if let Ended::Log = self.send(&mut window, &events).await {
            // The reader may be gone; nobody is to be told then.
            let _ = events.send(Event::default().event("end").data("{}")).await;
        }
    }

    /// The log for as long as its reader reads: over restarts, and before there is a container.
    pub(super) async fn forever(self, events: mpsc::Sender<Event>) {
        let mut window = LogWindow { since: None, last: Some(500), follow: true };
        while let Ended::Log = self.send(&mut window, &events).await {
            tokio::select! {
                () = sleep(AGAIN) => {}
                () = self.state.stop.cancelled() => return,
                () = events.closed() => return,
            }
        }
    }

    /// Sends lines until they end; the window goes on where they ended.
    async fn send(&self, window: &mut LogWindow, events: &mpsc::Sender<Event>) -> Ended {
        let mut lines = match self.lines(*window).await {
            Ok(lines) => lines,
            Err(error) if error.refusal().is_some() => return Ended::Reader,
            Err(_) => return Ended::Log,
        };
        let mut proofs = interval(PROVE);
        proofs.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                line = lines.next() => match line {
                    Some(Ok(line)) => {
                        resume_behind(window, &line);
                        let Ok(event) = Event::default().event("log").json_data(&line) else { continue };
                        if events.send(event).await.is_err() {
                            return Ended::Reader;
                        }
                    }
                    Some(Err(_)) | None => return Ended::Log,
                },
                _ = proofs.tick() => {
                    if self.prove().await.is_err_and(|error| error.refusal().is_some()) {
                        return Ended::Reader;
                    }
                }
                () = self.state.stop.cancelled() => return Ended::Reader,
                () = events.closed() => return Ended::Reader,
            }
        }
    }

    async fn lines(&self, window: LogWindow) -> Result<LogStream> {
        let scope = self.prove().await?;
        let portal = &self.state.portal;
        let tx = portal.db.look(&scope, portal.clock.now()).await?;
        instances::read_logs(&tx, &scope, &*self.state.screens.logs.0, self.instance, window).await
    }

    async fn prove(&self) -> Result<domain::access::Scope<ReadLogs>> {
        let portal = &self.state.portal;
        self.ticket.enter(portal, &self.organisation.to_string(), portal.clock.now()).await?.prove()
    }
}

/// What was sent is not sent again when the log is opened anew.
fn resume_behind(window: &mut LogWindow, line: &LogLine) {
    if let Some(at) = line.at {
        let behind = at.as_jiff().saturating_add(jiff::SignedDuration::from_nanos(1));
        window.since = behind.ok().map(Into::into);
        window.last = None;
    }
}
