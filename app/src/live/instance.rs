//! How an instance stands, in words.

use messages::{Words, say};
use types::{AttemptView, CostInputs, InstanceDetail, InstanceView, Money, Patch, Phase, Timestamp, Wish};

use crate::components::{Now, Station, phase_class};

/// The stations of the line, in order.
const LINE: [Phase; 5] = [Phase::Queued, Phase::Scheduling, Phase::Pulling, Phase::Starting, Phase::Running];
/// Longer events are cut: they are the cluster's own and can be of any length.
const MOST_EVENT_CHARACTERS: usize = 240;

/// What changes on the page of one instance.
#[must_use]
pub fn instance_patch(words: &Words, detail: &InstanceDetail, now: Timestamp) -> Patch {
    let patch = row_patch(words, &detail.instance, now)
        .text("event", event(words, &detail.instance, now))
        .text("cost", cost(words, &detail.cost))
        .text("split", split(words, &detail.cost));
    let patch = offers(patch, &detail.instance);
    stations(words, detail).iter().enumerate().fold(patch, |patch, (place, station)| {
        let (name, at) = station.words();
        patch
            .attribute(&format!("line-{place}"), "class", station.class())
            .text(&format!("line-{place}-name"), name)
            .text(&format!("line-{place}-at"), at)
    })
}

/// What changes in an instance's row of a list.
#[must_use]
pub fn row_patch(words: &Words, view: &InstanceView, now: Timestamp) -> Patch {
    Patch::of(view.id)
        .text("phase", words.phase(view.phase))
        .attribute("phase", "class", phase_class(view.phase))
        .text("reason", reason(words, view, now))
}

/// Why it stands there and what comes next.
pub(crate) fn reason(words: &Words, view: &InstanceView, now: Timestamp) -> String {
    let why = match view.reason {
        Some(reason) => words.instance_reason(reason),
        None => words.phase_means(view.phase),
    };
    let note = view.note.as_deref().map(|note| say!(words, "note-said", note = note));
    let deadline = view.deadline_at.filter(|at| view.phase.waits() && *at > now);
    let deadline = deadline.map(|at| say!(words, "deadline-at", ahead = words.ahead(now, at)));
    [Some(why), note, deadline].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The cluster's last event.
pub(crate) fn event(words: &Words, view: &InstanceView, now: Timestamp) -> String {
    let Some(event) = &view.event else { return say!(words, "event-none") };
    let mut message: String = event.message.chars().take(MOST_EVENT_CHARACTERS).collect();
    if message.is_empty() {
        message.clone_from(&event.reason);
    }
    say!(words, "event-said", ago = words.ago(now, event.at), message = message)
}

/// What it cost until now, net.
pub(crate) fn cost(words: &Words, cost: &CostInputs) -> String {
    words.amount(Money { micros: cost.net_micros(), currency: cost.currency })
}

/// How much of its time is billed.
pub(crate) fn split(words: &Words, cost: &CostInputs) -> String {
    let (billed, unbilled) = (words.span(cost.billed_s), words.span_brief(cost.unbilled_s));
    say!(words, "billed-and-not", billed = billed, unbilled = unbilled)
}

/// The line of its present attempt.
pub(crate) fn stations(words: &Words, detail: &InstanceDetail) -> Vec<Station> {
    let (view, attempt) = (&detail.instance, detail.attempts.first());
    let here = place(view.phase);
    let station = |(place, phase): (usize, Phase)| {
        let at = attempt.and_then(|attempt| reached(words, attempt, phase));
        if place == here {
            let name = if view.phase == Phase::Requested { phase } else { view.phase };
            let at = at.filter(|_| name == phase).unwrap_or_else(|| words.clock_to_the_second(view.phase_at));
            return Station::Here(kind(view.phase), words.phase(name), at);
        }
        match at {
            Some(at) => Station::Done(words.phase(phase), at),
            None => Station::Ahead(words.phase(phase)),
        }
    };
    LINE.into_iter().enumerate().map(station).collect()
}

/// Which actions can be offered.
fn offers(patch: Patch, view: &InstanceView) -> Patch {
    let hidden = |shown: bool| if shown { "" } else { "hidden" };
    patch
        .attribute("stop", "hidden", hidden(view.wish == Wish::Running))
        .attribute("start", "hidden", hidden(view.wish == Wish::Stopped))
        .attribute("restart", "hidden", hidden(view.wish == Wish::Running))
}

/// Where on the line a phase stands; what comes after running stands in its place.
fn place(phase: Phase) -> usize {
    match phase {
        Phase::Requested | Phase::Queued => 0,
        Phase::Scheduling => 1,
        Phase::Pulling => 2,
        Phase::Starting => 3,
        Phase::Running | Phase::Degraded | Phase::Stopping | Phase::Stopped | Phase::Failed | Phase::Deleted => 4,
    }
}

fn kind(phase: Phase) -> Now {
    match phase {
        Phase::Running => Now::Well,
        Phase::Degraded | Phase::Failed => Now::Failed,
        Phase::Stopped | Phase::Deleted => Now::Rests,
        _ => Now::Waits,
    }
}

/// When the attempt reached a station: the first by the clock, the others by what passed since.
fn reached(words: &Words, attempt: &AttemptView, phase: Phase) -> Option<String> {
    let station = attempt.stations.iter().find(|station| station.phase == phase)?;
    let millis = station.at.millis_since(attempt.started_at);
    Some(match millis {
        0 => words.clock_to_the_second(station.at),
        ..60_000 => say!(words, "station-after", seconds = words.decimal(millis.max(0) * 1000, 1)),
        _ => format!("+{}", words.span_brief(millis / 1000)),
    })
}
