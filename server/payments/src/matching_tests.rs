//! What lines are matched with, by example and by law.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn item(n: u128, asked: i64) -> OpenItem {
    OpenItem {
        reference: Reference::of(Uuid::from_u128(n)),
        currency: Currency::Mad,
        asked,
        paid: 0,
        payer_names: vec![format!("Payer {n}")],
        payer_accounts: vec!["011519000001205000534921".to_owned()],
    }
}

fn line(identity: &str, amount: i64, remittance: &str) -> Line {
    Line {
        identity: identity.to_owned(),
        row: 1,
        booked_on: date(2026, 11, 2),
        value_on: date(2026, 11, 2),
        currency: Currency::Mad,
        amount,
        payer_name: None,
        payer_account: None,
        remittance: remittance.to_owned(),
        reference: None,
    }
}

fn only(line: Line, items: &[OpenItem]) -> Match {
    match_lines(&[line], items).remove(0)
}

#[test]
fn reference_says_which_item_and_the_amount_how() {
    let items = [item(1, 1_000), item(2, 1_000)];
    let text = format!("invoice {}", items[1].reference);
    for (amount, class, score, applied) in
        [(1_000, Class::Exact, 90, 1_000), (999, Class::Partial, 70, 999), (1_001, Class::Over, 70, 1_000)]
    {
        let found = only(line("a", amount, &text), &items);
        let told = (found.item, found.class, found.score, found.applied);
        assert_eq!(told, (Some(1), class, score, applied));
    }
}

#[test]
fn payer_adds_to_what_the_reference_says() {
    let items = [item(1, 1_000)];
    let text = items[0].reference.to_string();
    let named = Line { payer_name: Some("PAYER  1".to_owned()), ..line("a", 1_000, &text) };
    assert_eq!(only(named.clone(), &items).reasons, [Reason::Reference, Reason::Amount, Reason::PayerName]);
    let iban = Some("MA64 0115 1900 0001 2050 0053 4921".to_owned());
    let found = only(Line { payer_account: iban, ..named }, &items);
    assert_eq!((found.score, found.reasons.last()), (100, Some(&Reason::PayerAccount)));
}

#[test]
fn item_that_is_paid_is_paid_twice_by_the_later_line() {
    let items = [item(1, 1_000)];
    let text = items[0].reference.to_string();
    let earlier = Line { booked_on: date(2026, 11, 1), ..line("z", 1_000, &text) };
    let found = match_lines(&[line("a", 1_000, &text), earlier.clone()], &items);
    assert_eq!((found[0].class, found[0].applied, found[1].class), (Class::Double, 0, Class::Exact));
    assert!(found[0].reasons.contains(&Reason::PaidBefore));
    let paid = OpenItem { paid: 1_000, ..items[0].clone() };
    assert_eq!(only(earlier, &[paid]).class, Class::Double);
}

#[test]
fn broken_reference_pays_nothing_even_from_the_payer_with_the_amount() {
    let items = [item(1, 1_000)];
    let mut text = items[0].reference.as_str().to_owned();
    text.replace_range(19..20, "0");
    let named = Line { payer_name: Some("Payer 1".to_owned()), ..line("a", 1_000, &text) };
    let found = only(named.clone(), &items);
    assert_eq!((found.item, found.reasons), (None, vec![Reason::SlippedReference(text)]));
    let without = only(Line { remittance: "thank you".to_owned(), ..named }, &items);
    assert_eq!((without.class, without.score), (Class::Exact, 25), "a proposal that no reference confirms");
}

#[test]
fn what_cannot_be_decided_is_left_to_a_person() {
    let items = [item(1, 1_000), item(2, 1_000)];
    let [first, second] = items.each_ref().map(|item| item.reference.clone());
    let known = Some("011519000001205000534921".to_owned());
    let euros = Line { currency: Currency::Eur, ..line("a", 1_000, first.as_str()) };
    let foreign = Reference::of(Uuid::from_u128(77));
    for (line, reason) in [
        (line("a", -1_000, first.as_str()), Reason::NotIncoming),
        (line("a", 2_000, &format!("{first} {second}")), Reason::SeveralReferences(vec![first, second])),
        (line("a", 1_000, foreign.as_str()), Reason::UnknownReference(foreign.clone())),
        (Line { payer_account: known, ..line("a", 1_000, "") }, Reason::SeveralItems(2)),
        (line("a", 1_000, "for May"), Reason::NoReference),
        (euros, Reason::OtherCurrency(Currency::Mad)),
    ] {
        let found = only(line, &items);
        assert_eq!((found.class, found.item, found.reasons), (Class::Unmatched, None, vec![reason]));
    }
}

fn items() -> impl Strategy<Value = Vec<OpenItem>> {
    let one = (1..6_i64, 0..3_i64, any::<bool>());
    prop::collection::vec(one, 1..6).prop_map(|all| {
        let numbered = all.into_iter().zip(0_u128..);
        let made = numbered.map(|((asked, paid, is_euro), n)| OpenItem {
            paid: 100 * paid,
            currency: if is_euro { Currency::Eur } else { Currency::Mad },
            payer_names: vec![format!("Payer {}", n % 3)],
            payer_accounts: vec![],
            ..item(n, 100 * asked)
        });
        made.collect()
    })
}

/// What payers write: a reference of an item, one that is slipped, a foreign one, none.
fn written() -> impl Strategy<Value = String> {
    let right = (0..6_u128).prop_map(|n| Reference::of(Uuid::from_u128(n)).to_string());
    let slipped = (0..6_u128, 4..20_usize, 1..10_u8).prop_map(|(n, place, by)| {
        let mut bytes = Reference::of(Uuid::from_u128(n)).as_str().as_bytes().to_vec();
        bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
        String::from_utf8(bytes).unwrap()
    });
    let both = (right.clone(), right.clone()).prop_map(|(one, other)| format!("{one} and {other}"));
    prop_oneof![right, slipped, both, Just("thank you".to_owned())]
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let one = (-1..8_i64, written(), 0..4_u8, 1..4_i8, any::<bool>());
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        let made = numbered.map(|(n, (amount, remittance, payer, day, is_euro))| Line {
            booked_on: date(2026, 11, day),
            currency: if is_euro { Currency::Eur } else { Currency::Mad },
            payer_name: Some(format!("Payer {payer}")),
            ..line(&format!("{n:02}"), 100 * amount, &remittance)
        });
        made.collect()
    })
}

proptest! {
    #[test]
    fn every_line_has_one_answer_and_no_item_is_paid_more_than_it_asks(lines in lines(), items in items()) {
        let matches = match_lines(&lines, &items);
        prop_assert_eq!(matches.iter().map(|one| one.line).collect::<Vec<_>>(), (0..lines.len()).collect::<Vec<_>>());
        let mut applied: BTreeMap<usize, (i64, usize)> = BTreeMap::new();
        for (found, line) in matches.iter().zip(&lines) {
            prop_assert!(0 <= found.applied && found.applied <= line.amount.max(0));
            prop_assert_eq!(found.item.is_none(), found.class == Class::Unmatched);
            prop_assert!(found.item.is_some() || found.applied == 0 && found.score == 0);
            if let Some(item) = found.item {
                prop_assert_eq!(items[item].currency, line.currency);
                let (sum, n_exact) = applied.entry(item).or_default();
                *sum += found.applied;
                *n_exact += usize::from(found.class == Class::Exact);
            }
        }
        for (item, (sum, n_exact)) in applied {
            prop_assert!(n_exact <= 1, "item {} has {} exact lines", item, n_exact);
            prop_assert!(sum <= (items[item].asked - items[item].paid).max(0));
        }
    }

    #[test]
    fn class_says_what_the_amount_does(lines in lines(), items in items()) {
        for (found, line) in match_lines(&lines, &items).iter().zip(&lines) {
            let is_whole = found.applied == line.amount;
            match found.class {
                Class::Exact | Class::Partial => prop_assert!(is_whole),
                Class::Over => prop_assert!(found.applied > 0 && !is_whole),
                Class::Double | Class::Unmatched => prop_assert_eq!(found.applied, 0),
            }
        }
    }

    #[test]
    fn nothing_is_matched_by_a_broken_reference(lines in lines(), items in items()) {
        for (found, line) in match_lines(&lines, &items).iter().zip(&lines) {
            let reading = Reference::read(&line.remittance);
            if reading.references.is_empty() && !reading.slipped.is_empty() {
                prop_assert_eq!(found.item, None);
            }
            if let Some(item) = found.item.filter(|_| !reading.references.is_empty()) {
                prop_assert!(reading.references.contains(&items[item].reference));
                prop_assert!(found.score >= 70);
            }
        }
    }

    #[test]
    fn order_of_lines_and_items_changes_nothing(lines in lines(), items in items()) {
        let reversed = |(mut lines, mut items): (Vec<Line>, Vec<OpenItem>)| {
            lines.reverse();
            items.reverse();
            (lines, items)
        };
        let told = |lines: &[Line], items: &[OpenItem]| {
            let matches = match_lines(lines, items);
            let told = matches.into_iter().map(|found| {
                let item = found.item.map(|item| items[item].reference.clone());
                (lines[found.line].identity.clone(), (item, found.class, found.score, found.applied, found.reasons))
            });
            told.collect::<BTreeMap<_, _>>()
        };
        let there = told(&lines, &items);
        let (lines, items) = reversed((lines, items));
        prop_assert_eq!(there, told(&lines, &items));
    }
}
