//! What a statement of account says: what the wallet held before its first day, what moved, and what it held after its last.
//!
//! The wallet moves in micro-units and a document in minor units: each balance is rounded down, and what a movement says is
//! the difference of the two beside it, so that every line adds up. The usage of a day that nothing else parts is one line.

use jiff::{civil::Date, tz::TimeZone};
use sea_orm::FromQueryResult;
use types::{AccountMovement, AccountStatement, Currency, EntryKind, Money, Timestamp};

use super::{freeze::Composed, received::MICROS_PER_MINOR};
use crate::{Result, Tx, billing, books, invoices, ledger};

/// An entry as it moved the wallet, in micro-units.
#[derive(Clone, Debug, FromQueryResult)]
struct Moved {
    kind: EntryKind,
    booked_at: Timestamp,
    detail: Option<String>,
    amount: i64,
}

#[derive(FromQueryResult)]
struct Sum {
    sum: i64,
}

/// The statement between two days of the seller's calendar, both of them in it.
pub(super) async fn statement_in(tx: &Tx, (from, through): (Date, Date)) -> Result<Composed> {
    let (around, purse) = (invoices::standing_in(tx).await?, ledger::purse_in(tx).await?);
    let started_at = books::start_of(from, &around.zone, "from")?;
    let ended_at = books::end_of(through, &around.zone, "through")?;
    let opening = "SELECT coalesce(sum(p.amount), 0)::bigint AS sum
                   FROM posting p JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
                   WHERE p.organisation_id = $1 AND p.account_id = $2 AND e.booked_at < $3";
    let values = [tx.organisation.into(), purse.wallet.into(), started_at.into()];
    let opening = tx.one(opening, values).await?.map_or(0, |row: Sum| row.sum);
    // What an entry is about stands in its note; a payment's and a lot's is an id, which tells nobody anything.
    let moved = "SELECT e.kind, e.booked_at, CASE WHEN e.kind IN ('invoice', 'credit_note') THEN NULL
                     WHEN e.memo ->> 'note' ~ '^[a-z]{3}_[0-9a-z]{26}$' THEN NULL ELSE e.memo ->> 'note' END AS detail,
                     sum(p.amount)::bigint AS amount
                 FROM posting p JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
                 WHERE p.organisation_id = $1 AND p.account_id = $2 AND e.booked_at >= $3 AND e.booked_at < $4
                 GROUP BY e.id, e.kind, e.booked_at, e.memo ORDER BY e.booked_at, e.id";
    let values = [tx.organisation.into(), purse.wallet.into(), started_at.into(), ended_at.into()];
    let moved: Vec<Moved> = tx.all(moved, values).await?;
    let movements = movements(opening, moved, purse.currency, &around.zone);
    let opening = floor(opening, purse.currency);
    let said = AccountStatement {
        issued_on: billing::day(tx.now, &around.zone),
        from,
        through,
        language: around.language.clone(),
        currency: purse.currency,
        seller: around.seller,
        buyer: around.buyer,
        opening,
        closing: movements.last().map_or(opening, |last| last.balance),
        movements,
    };
    Composed::new(None, around.language, &said)
}

/// The lines, from what the wallet held before them in micro-units. What is less than a minor unit is no line of its own.
fn movements(opening: i64, moved: Vec<Moved>, currency: Currency, zone: &TimeZone) -> Vec<AccountMovement> {
    let (mut exact, mut shown) = (opening, floor(opening, currency).micros);
    let mut lines: Vec<AccountMovement> = Vec::new();
    for Moved { kind, booked_at, detail, amount } in moved {
        exact += amount;
        let balance = floor(exact, currency);
        let change = balance.micros - shown;
        shown = balance.micros;
        let on = billing::day(booked_at, zone);
        match lines.last_mut() {
            Some(last) if kind == EntryKind::Settlement && last.kind == kind && last.on == on => {
                last.amount.micros += change;
                last.balance = balance;
            }
            _ if change != 0 => {
                lines.push(AccountMovement { on, kind, detail, amount: Money { micros: change, currency }, balance });
            }
            _ => {}
        }
    }
    lines
}

fn floor(micros: i64, currency: Currency) -> Money {
    Money { micros: micros.div_euclid(MICROS_PER_MINOR) * MICROS_PER_MINOR, currency }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moved(kind: EntryKind, second: i64, amount: i64) -> Moved {
        Moved { kind, booked_at: Timestamp::from_second(1_780_000_000 + second), detail: None, amount }
    }

    #[test]
    fn usage_of_a_day_is_one_line_and_less_than_a_minor_unit_none() {
        let all = vec![
            moved(EntryKind::TopUp, 0, 1_000_000),
            moved(EntryKind::Settlement, 10, -15_000),
            moved(EntryKind::Settlement, 20, -15_000),
            moved(EntryKind::Settlement, 86_420, -1),
            moved(EntryKind::Expiry, 86_430, 1),
        ];
        let lines = movements(0, all, Currency::Mad, &TimeZone::UTC);
        let said: Vec<_> = lines.iter().map(|line| (line.kind, line.amount.micros, line.balance.micros)).collect();
        let expected = [
            (EntryKind::TopUp, 1_000_000, 1_000_000),
            (EntryKind::Settlement, -30_000, 970_000),
            (EntryKind::Settlement, -10_000, 960_000),
            (EntryKind::Expiry, 10_000, 970_000),
        ];
        assert_eq!(said, expected);
    }

    proptest! {
        #[test]
        fn every_line_leads_from_one_balance_to_the_next_in_whole_minor_units(
            opening in -10_000_000_i64..10_000_000,
            amounts in proptest::collection::vec((-5_000_000_i64..5_000_000, 0..EntryKind::ALL.len()), 0..40),
        ) {
            let each = amounts.iter().enumerate();
            let all = each.map(|(n, (amount, kind))| moved(EntryKind::ALL[*kind], n as i64 * 9_000, *amount)).collect();
            let lines = movements(opening, all, Currency::Eur, &TimeZone::UTC);
            let mut balance = floor(opening, Currency::Eur).micros;
            for line in &lines {
                balance += line.amount.micros;
                prop_assert_eq!(balance, line.balance.micros);
                prop_assert_eq!(balance % MICROS_PER_MINOR, 0);
            }
            let exact = opening + amounts.iter().map(|(amount, _)| amount).sum::<i64>();
            prop_assert_eq!(balance, floor(exact, Currency::Eur).micros);
        }
    }
}
