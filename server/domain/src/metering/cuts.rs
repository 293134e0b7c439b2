//! What to write so that a lease's stored intervals become its timeline. Pure.

use types::{IntervalId, Timestamp};

use super::Fact;
use super::timeline::{Life, Span, timeline};
use super::waivers::{Waived, waived};

/// An interval as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) id: IntervalId,
    pub(crate) span: Span,
    /// Its first second and the one after its last that a settlement has rated.
    pub(crate) rated: Option<(Timestamp, Timestamp)>,
}

/// What to write, in this order; nothing overlaps at any step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cuts {
    pub(crate) deleted: Vec<IntervalId>,
    /// Those that shrink come first.
    pub(crate) changed: Vec<(IntervalId, Span)>,
    pub(crate) added: Vec<Span>,
}

impl Cuts {
    /// Whether billed seconds of the stored `intervals` are among what changes, or come to be.
    pub(crate) fn touch_billed(&self, intervals: &[Interval]) -> bool {
        let was_billed = |id: &IntervalId| intervals.iter().any(|known| known.id == *id && known.span.is_billed());
        self.added.iter().any(Span::is_billed)
            || self.changed.iter().any(|(id, span)| span.is_billed() || was_billed(id))
            || self.deleted.iter().any(was_billed)
    }
}

/// The cuts that make the stored `intervals` say what is known of the lease and was not waived.
pub(crate) fn edges(life: &Life, facts: &[Fact], intervals: &[Interval], waivers: &[Waived]) -> Cuts {
    let mut pins: Vec<_> = intervals.iter().filter_map(|interval| interval.rated).collect();
    pins.sort();
    let spans = timeline(life, facts, &pins).into_iter().flat_map(|span| parted(span, &pins)).collect();
    cuts(intervals, waived(spans, waivers))
}

/// The span in pieces of which none holds two of the `pins`: what was rated apart stays apart, since a rated interval is
/// never deleted.
fn parted(span: Span, pins: &[(Timestamp, Timestamp)]) -> Vec<Span> {
    let holds = |from: Timestamp, to: Timestamp| span.started_at <= from && span.ended_at.is_none_or(|end| end >= to);
    let inside = pins.iter().filter(|&&(from, to)| holds(from, to)).map(|&(from, _)| from);
    let begins: Vec<_> = std::iter::once(span.started_at).chain(inside.skip(1)).collect();
    let end = |n: usize| begins.get(n + 1).copied().or(span.ended_at);
    begins.iter().enumerate().map(|(n, &started_at)| Span { started_at, ended_at: end(n), ..span.clone() }).collect()
}

fn cuts(intervals: &[Interval], spans: Vec<Span>) -> Cuts {
    let mut left: Vec<&Interval> = intervals.iter().collect();
    let mut cuts = Cuts::default();
    for span in spans {
        match left.iter().position(|interval| becomes(interval, &span)) {
            Some(place) => {
                let interval = left.remove(place);
                if interval.span != span {
                    cuts.changed.push((interval.id, span));
                }
            }
            None => cuts.added.push(span),
        }
    }
    cuts.deleted = left.iter().map(|interval| interval.id).collect();
    cuts.changed.sort_by_key(|(id, span)| !shrinks(intervals, *id, span));
    cuts
}

/// A rated interval stays the one that holds its rated seconds, wherever its ends move.
fn becomes(interval: &Interval, span: &Span) -> bool {
    match interval.rated {
        Some((from, to)) => span.started_at <= from && span.ended_at.is_none_or(|end| end >= to),
        None => interval.span.started_at == span.started_at,
    }
}

fn shrinks(intervals: &[Interval], id: IntervalId, span: &Span) -> bool {
    intervals.iter().any(|interval| {
        let ends_earlier = match (span.ended_at, interval.span.ended_at) {
            (_, None) => true,
            (Some(new), Some(old)) => new <= old,
            (None, Some(_)) => false,
        };
        interval.id == id && span.started_at >= interval.span.started_at && ends_earlier
    })
}
