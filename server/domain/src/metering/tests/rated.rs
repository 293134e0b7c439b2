//! What a settlement rated stays billed, in the interval in which it was rated, whatever is learnt later.

use std::collections::BTreeMap;

use super::*;

impl Stored {
    /// A settlement rates all that is billed before an instant.
    fn settle(&mut self, through: Timestamp) {
        for interval in self.intervals.iter_mut().filter(|interval| interval.span.is_billed()) {
            let (from, to) = interval.rated.unwrap_or((interval.span.started_at, interval.span.started_at));
            let to = interval.span.ended_at.map_or(through, |end| end.min(through)).max(to);
            interval.rated = (to > from).then_some((from, to));
        }
    }

    fn rated(&self) -> BTreeMap<IntervalId, (Timestamp, Timestamp)> {
        self.intervals.iter().filter_map(|interval| Some((interval.id, interval.rated?))).collect()
    }

    /// Whether the interval is still there, billed, with these seconds in it.
    fn holds(&self, id: IntervalId, (from, to): (Timestamp, Timestamp)) -> bool {
        let inside = |span: &Span| span.started_at <= from && span.ended_at.is_none_or(|end| end >= to);
        let mut of_id = self.intervals.iter().filter(|interval| interval.id == id);
        of_id.any(|interval| interval.span.is_billed() && inside(&interval.span))
    }
}

proptest! {
    #[test]
    fn what_was_rated_stays_billed_whatever_is_learnt_later(
        history in histories(), pin in 0_i64..2_000, length in 1_i64..500,
    ) {
        let stored = told_in_order(&history.told());
        let pin = (at(START + pin), at(START + pin + length));
        let spans = timeline(&stored.lease.life(), &stored.facts, &[pin]);
        let seconds = (pin.0.as_second()..pin.1.as_second()).all(|second| spans.iter().any(|span| {
            span.reason.is_none() && span.started_at <= at(second) && span.ended_at.is_none_or(|end| end > at(second))
        }));
        prop_assert!(seconds, "{spans:?} do not hold {pin:?}");
        prop_assert!(is_covered(&spans, START, None), "{spans:?}");
    }

    #[test]
    fn an_interval_that_was_rated_is_never_taken_away(
        history in histories(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        shuffle in any::<u64>(),
        settlements in prop::collection::vec((any::<prop::sample::Index>(), 0_i64..3_000), 1..6),
        stop in prop::option::of(0_i64..3_000),
    ) {
        let told = history.told();
        let sightings = shuffled(&told, &picks, shuffle);
        let settlements: Vec<_> =
            settlements.iter().map(|(place, through)| (place.index(sightings.len()), START + through)).collect();
        let mut stored = Stored::new();
        for (n, sighting) in sightings.iter().enumerate() {
            let before = stored.rated();
            stored.learn(sighting);
            for (id, pin) in &before {
                prop_assert!(stored.holds(*id, *pin), "{pin:?} is not in {:?}", stored.intervals);
            }
            for (_, through) in settlements.iter().filter(|(place, _)| *place == n) {
                stored.settle(at(*through));
            }
        }
        let before = stored.rated();
        let last = before.values().map(|(_, to)| to.as_second()).max().unwrap_or(START);
        if let Some(stop) = stop {
            stored.end((START + stop).max(last));
        }
        for (id, pin) in &before {
            prop_assert!(stored.holds(*id, *pin), "{pin:?} is not in {:?}", stored.intervals);
        }
    }
}

#[test]
fn two_stretches_side_by_side_that_were_both_rated_stay_two() {
    let mut stored = Stored::new();
    for since in [1_010, 1_020] {
        stored.learn(&(at(since), ready_pod(since)));
    }
    stored.end(1_500);
    stored.settle(at(1_500));
    let before = stored.rated();
    let deletion = Some(Deletion { requested_at: at(1_600), due_at: at(1_630) });
    stored.learn(&(at(1_700), PodSeen { stage: PodStage::Terminating, deletion, ..ready_pod(1_020) }));
    assert_eq!((before.len(), stored.rated()), (2, before));
    assert_eq!(stored.billed(), [(1_010, Some(1_020)), (1_020, Some(1_500))]);
}
