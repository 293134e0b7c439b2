//! What holds for every ladder and every debt.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const DAY_S: i64 = 86_400;

fn zone() -> TimeZone {
    billing::zone("Africa/Casablanca").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).unwrap().get_days())
}

/// Takes every step that is due at each of these instants; when each was taken.
fn climbed(due_on: Date, looks: &[Timestamp], paused_until: Option<Timestamp>) -> Ladder {
    let mut ladder = Ladder::new(due_on);
    for &now in looks {
        while ladder.next_at(&zone(), paused_until).unwrap().is_some_and(|next| next <= now) {
            ladder.taken.push(now);
        }
    }
    ladder
}

#[test]
fn who_is_looked_at_in_time_climbs_on_the_days_that_are_published() {
    let due_on = date(2026, 12, 1);
    let looks: Vec<Timestamp> =
        (0..60 * 24).map(|hour| at("2026-12-01T00:00:00Z").plus_seconds(hour * 3_600)).collect();
    let ladder = climbed(due_on, &looks, None);
    let days: Vec<i64> = ladder.taken.iter().map(|at| days_between(due_on, billing::day(*at, &zone()))).collect();
    assert_eq!(days, [1, 7, 14, 21, 30]);
    assert!(ladder.refuses() && ladder.next().is_none());
    assert_eq!(ladder.next_at(&zone(), None).unwrap(), None);
}

#[test]
fn a_debt_that_is_found_late_begins_with_the_first_letter_and_leaves_nothing_out() {
    let due_on = date(2026, 1, 1);
    let found = at("2026-12-01T10:00:00Z");
    let ladder = climbed(due_on, &[found], None);
    assert_eq!(ladder.taken, [found]);
    let rungs = ladder.rungs(&zone(), None).unwrap();
    let today = billing::day(found, &zone());
    let days: Vec<i64> =
        rungs.iter().map(|rung| days_between(today, billing::day(rung.at.unwrap(), &zone()))).collect();
    assert_eq!(days, [0, 6, 13, 20, 29]);
}

#[test]
fn a_rest_puts_off_what_comes_and_takes_nothing_back() {
    let due_on = date(2026, 12, 1);
    let taken = vec![at("2026-12-02T08:00:00Z"), at("2026-12-08T08:00:00Z")];
    let ladder = Ladder { due_on, taken };
    let until = morning(date(2026, 12, 28), &zone()).unwrap();
    assert_eq!(ladder.next_at(&zone(), Some(until)).unwrap(), Some(until));
    let rungs = ladder.rungs(&zone(), Some(until)).unwrap();
    assert_eq!(rungs.iter().filter(|rung| rung.is_taken).count(), 2);
    assert!(rungs.windows(2).all(|pair| pair[0].at < pair[1].at));
    let all = Ladder { taken: vec![until; 5], ..ladder };
    assert_eq!(all.rested().next(), Some(DunningStep::Stopped), "a promise that was broken stops once more");
}

#[test]
fn who_pays_the_oldest_part_falls_back_to_what_is_left_and_who_comes_to_owe_an_older_one_leaves_nothing_out() {
    let taken: Vec<Timestamp> =
        ["02", "08", "15", "22"].iter().map(|day| at(&format!("2026-12-{day}T08:00:00Z"))).collect();
    let ladder = Ladder { due_on: date(2026, 12, 1), taken };
    assert!(ladder.refuses());
    let young = ladder.clone().with_due(date(2026, 12, 20), date(2026, 12, 23));
    assert_eq!((young.step(), young.refuses()), (Some(DunningStep::FirstLetter), false));
    let fresh = ladder.clone().with_due(date(2026, 12, 23), date(2026, 12, 23));
    assert_eq!(fresh.step(), None);
    let as_old = ladder.clone().with_due(date(2026, 12, 2), date(2026, 12, 24));
    assert_eq!(as_old.step(), Some(DunningStep::Refused));
    let older = Ladder { taken: ladder.taken[..1].to_vec(), ..ladder }.with_due(date(2026, 6, 1), date(2026, 12, 3));
    assert_eq!(older.step(), Some(DunningStep::FirstLetter));
    assert_eq!(older.next_at(&zone(), None).unwrap(), Some(morning(date(2026, 12, 8), &zone()).unwrap()));
}

#[test]
fn what_is_published_says_the_days_of_the_steps() {
    let days: Vec<i64> = published().iter().map(|rung| rung.days).collect();
    assert_eq!(days, [1, 7, 14, 21, 30]);
}

#[test]
fn money_pays_the_oldest_first_so_the_latest_parts_are_unpaid() {
    let due =
        |number: &str, month: i8, micros| Due { number: Some(number.to_owned()), due_on: date(2026, month, 1), micros };
    let all = || vec![due("3", 3, 30), due("2", 2, 20), due("1", 1, 10)];
    let left = |owed, unbilled| unpaid(owed, unbilled, all()).iter().map(|due| due.micros).collect::<Vec<_>>();
    assert_eq!(left(60, 0), [30, 20, 10]);
    assert_eq!(left(60, 5), [30, 20, 5]);
    assert_eq!(left(45, 5), [30, 10]);
    assert_eq!(left(5, 5), [0_i64; 0]);
    assert_eq!(left(999, 0), [30, 20, 10], "what no invoice names is not asked for here");
    assert_eq!(left(-7, 0), [0_i64; 0]);
}

proptest! {
    #[test]
    fn steps_come_in_order_in_the_morning_and_never_sooner_after_the_one_before_than_published(
        waits in prop::collection::vec(1..5 * DAY_S, 1..60), paused in prop::option::of(0..60_i64),
    ) {
        let due_on = date(2026, 2, 1);
        let begin = at("2026-02-01T00:00:00Z");
        let paused_until = paused.map(|days| morning_after(begin, days, &zone()).unwrap());
        let mut now = begin;
        let looks: Vec<Timestamp> = waits.iter().map(|wait| { now = now.plus_seconds(*wait); now }).collect();
        let ladder = climbed(due_on, &looks, paused_until);
        for rung in ladder.rungs(&zone(), paused_until).unwrap() {
            let day = billing::day(rung.at.unwrap(), &zone());
            prop_assert!(days_between(due_on, day) >= rung.days);
            prop_assert!(rung.at.unwrap() >= morning(day, &zone()).unwrap());
            prop_assert!(paused_until.is_none_or(|until| rung.at.unwrap() >= until));
        }
        let rungs = ladder.rungs(&zone(), paused_until).unwrap();
        for pair in rungs.windows(2) {
            let gap = days_between(billing::day(pair[0].at.unwrap(), &zone()), billing::day(pair[1].at.unwrap(), &zone()));
            prop_assert!(gap >= pair[1].days - pair[0].days, "{gap} days");
        }
    }

    #[test]
    fn what_is_unpaid_is_never_more_than_what_is_owed_or_invoiced(
        owed in -100..1_000_i64, unbilled in -5..300_i64, shares in prop::collection::vec(0..400_i64, 0..8),
    ) {
        let invoice = |micros: &i64| Due { number: None, due_on: date(2026, 1, 1), micros: *micros };
        let found = unpaid(owed, unbilled, shares.iter().map(invoice).collect());
        let sum: i64 = found.iter().map(|due| due.micros).sum();
        let wanted = (owed - unbilled.max(0)).max(0).min(shares.iter().sum());
        prop_assert_eq!(sum, wanted);
        prop_assert!(found.iter().all(|due| due.micros > 0));
    }
}
