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
        while ladder.next_at(now, &zone(), paused_until).unwrap().is_some_and(|next| next <= now) {
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
    assert_eq!(ladder.next_at(looks[0], &zone(), None).unwrap(), None);
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
fn a_step_that_is_late_waits_for_the_morning() {
    let ladder = Ladder::new(date(2026, 12, 1));
    let next = |now: &str| ladder.next_at(at(now), &zone(), None).unwrap().unwrap();
    let third = morning(date(2026, 12, 3), &zone()).unwrap();
    assert_eq!(next("2026-12-03T02:00:00Z"), third);
    assert_eq!(next("2026-12-03T20:00:00Z"), third, "it is taken at once, since the morning has passed");
}

#[test]
fn a_rest_puts_off_what_comes_and_takes_nothing_back() {
    let due_on = date(2026, 12, 1);
    let taken = vec![at("2026-12-02T08:00:00Z"), at("2026-12-08T08:00:00Z")];
    let ladder = Ladder { due_on, taken };
    let until = morning(date(2026, 12, 28), &zone()).unwrap();
    assert_eq!(ladder.next_at(at("2026-12-20T12:00:00Z"), &zone(), Some(until)).unwrap(), Some(until));
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
    let next = older.next_at(at("2026-12-03T12:00:00Z"), &zone(), None).unwrap();
    assert_eq!(next, Some(morning(date(2026, 12, 8), &zone()).unwrap()));
}

#[test]
fn what_is_published_says_the_days_of_the_steps() {
    let days: Vec<i64> = published().iter().map(|rung| rung.days).collect();
    assert_eq!(days, [1, 7, 14, 21, 30]);
}

fn invoice(number: &str, month: i8, micros: i64, contested: i64) -> Unpaid {
    Unpaid { number: number.to_owned(), due_on: date(2026, month, 1), micros, contested }
}

#[test]
fn what_is_owed_beside_the_wallet_is_the_latest_and_the_older_invoices_are_in_the_wallet() {
    let all = || vec![invoice("3", 3, 30, 0), invoice("2", 2, 20, 0), invoice("1", 1, 10, 0)];
    let of = |receivable, not_issued, rest| {
        let Asked { beyond, reach, invoices } = asked(receivable, not_issued, rest, all());
        (beyond, reach, invoices.iter().map(|due| due.micros).collect::<Vec<_>>())
    };
    assert_eq!(of(0, 5, 0), (0, 0, vec![30, 20, 10]));
    assert_eq!(of(5, 5, 0), (5, 5, vec![30, 20, 10]), "what is used and not invoiced yet");
    assert_eq!(of(40, 5, 0), (40, 40, vec![15, 10]));
    assert_eq!(of(60, 0, 0), (60, 60, vec![0; 0]));
    assert_eq!(of(50, 0, 45), (50, 50, vec![25, 20, 10]), "what is of no invoice is asked for beside the wallet");
    assert_eq!(of(0, 0, 45), (0, 0, vec![30, 20, 10]), "and in it not");
    assert_eq!(of(-7, 0, 0).0, 0);
}

#[test]
fn nobody_is_asked_for_what_is_contested_and_it_makes_nothing_else_older() {
    let of = |receivable, contested: [i64; 2]| {
        let [late, early] = contested;
        let Asked { beyond, reach, invoices } =
            asked(receivable, 0, 0, vec![invoice("2", 2, 20, late), invoice("1", 1, 10, early)]);
        (beyond, reach, invoices.iter().map(|due| due.micros).collect::<Vec<_>>())
    };
    assert_eq!(of(0, [5, 0]), (0, 0, vec![15, 10]));
    assert_eq!(of(0, [99, 3]), (0, 0, vec![7]), "no more than is due of it");
    assert_eq!(of(30, [5, 0]), (25, 30, vec![0; 0]));
    assert_eq!(of(30, [0, 10]), (20, 20, vec![0; 0]), "the old one is out, and with it its age");
    assert_eq!(of(30, [20, 0]), (10, 30, vec![0; 0]), "the young one is out, and the old one is as old as it was");
    assert_eq!(of(15, [18, 0]), (0, 0, vec![2, 10]), "in both places: first where it fell due first");
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
    fn what_is_asked_for_and_what_is_not_are_what_is_owed(
        receivable in 0..500_i64, wallet in 0..500_i64, not_issued in 0..300_i64,
        open in prop::collection::vec((0..400_i64, 0..200_i64), 0..8),
    ) {
        // As `invoices` spreads a debt: what is not issued yet first, then the latest invoices.
        let of_issued = (receivable + wallet - not_issued).max(0);
        let mut left = of_issued;
        let mut unpaid = Vec::new();
        for (open, contested) in open {
            let micros = open.min(left);
            left -= micros;
            unpaid.push(invoice("n", 1, micros, contested));
        }
        let due: i64 = unpaid.iter().map(|invoice| invoice.micros).sum();
        let contested: i64 = unpaid.iter().map(|invoice| invoice.contested.min(invoice.micros)).sum();
        let found = asked(receivable, not_issued, of_issued - due, unpaid);
        let sum = found.beyond + found.invoices.iter().map(|due| due.micros).sum::<i64>();
        // In the wallet neither what is not issued is asked for, nor what is of no invoice.
        let in_wallet = (wallet - (not_issued - receivable).max(0)).max(0).min(due);
        prop_assert_eq!(sum + contested, receivable + in_wallet);
        prop_assert!(found.invoices.iter().all(|due| due.micros > 0));
        prop_assert!((0..=receivable).contains(&found.beyond));
        prop_assert!(found.reach >= found.beyond && found.reach <= receivable);
    }
}
