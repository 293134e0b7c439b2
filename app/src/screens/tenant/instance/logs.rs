//! The last lines that a container wrote, read with patience that ends.

use std::time::Duration;

use domain::{
    Tx,
    access::policy::{ReadInstances, ReadLogs},
    instances::{self, LogStream, LogTrouble, LogWindow},
};
use futures_util::StreamExt;
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{InstanceId, LogLine};

use crate::{
    Logs, Room,
    components::{Card, Mark, Tone, log, pill_live},
};

/// Lines that a page begins with; the stream brings the rest.
const LAST_LINES: u32 = 200;
/// A node that does not answer must not hold the page up.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the page shows of the log.
pub(super) enum Written {
    /// Lines, and what ended them early.
    Lines(Vec<LogLine>, Option<LogTrouble>),
    /// The reader may not see it.
    NotAllowed,
}

impl Written {
    pub(super) fn may_follow(&self) -> bool {
        matches!(self, Self::Lines(..))
    }
}

/// The log's stream; nothing for who may not read it.
pub(super) async fn open(
    room: &Room<ReadInstances>,
    tx: &Tx,
    source: &Logs,
    id: InstanceId,
) -> Result<Option<LogStream>, Refused> {
    let Ok(scope) = room.seat.prove::<ReadLogs>() else { return Ok(None) };
    let window = LogWindow { since: None, last: Some(LAST_LINES), follow: false };
    Ok(Some(instances::read_logs(tx, &scope, &*source.0, id, window).await?))
}

/// Reads until the end, trouble, or the end of patience.
pub(super) async fn read(stream: Option<LogStream>) -> Written {
    let Some(mut stream) = stream else { return Written::NotAllowed };
    let (mut lines, mut trouble) = (Vec::new(), None);
    let reading = async {
        while let Some(next) = stream.next().await {
            match next {
                Ok(line) => lines.push(line),
                Err(met) => trouble = Some(met),
            }
        }
    };
    if tokio::time::timeout(PATIENCE, reading).await.is_err() {
        trouble = Some(LogTrouble::Unreachable);
    }
    Written::Lines(lines, trouble)
}

pub(super) fn card(words: &Words, written: Written) -> AnyView {
    let card = Card::titled(say!(words, "logs"));
    let (lines, trouble) = match written {
        Written::NotAllowed => {
            return card.body(view! { <p class="sm soft">{say!(words, "logs-forbidden")}</p> }.into_any());
        }
        Written::Lines(lines, trouble) => (lines, trouble),
    };
    let note = match trouble {
        Some(LogTrouble::NoContainer) => Some(say!(words, "logs-no-container")),
        Some(LogTrouble::Unreachable) => Some(say!(words, "logs-unreachable")),
        None if lines.is_empty() => Some(say!(words, "logs-none")),
        None => None,
    };
    let pane = log(say!(words, "logs"), &Mark::of("page", "log"), lines);
    let card = card.end(pill_live(Tone::Good, say!(words, "logs-live")));
    match note {
        Some(note) => card.foot(view! { <span>{note}</span> }.into_any()).flush(pane),
        None => card.flush(pane),
    }
}
