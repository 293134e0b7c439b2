//! Money that goes back the way of a transfer: whoever asks and whatever becomes of it, never more than came.

use std::collections::BTreeSet;

use domain::{
    Error, Rule,
    access::policy::CloseBilling,
    refunds::{call_off_refund, record_paid_refund},
};
use types::{BankLineId, CallOffRefund, PaidRefund, RefundState, RefundView};

use crate::{
    received::{Booking, Desk, booking, command},
    refunded::{ask, mad, of_line, one},
    world::{
        at,
        dice::{Dice, cases},
    },
};

/// When finance sits at its desk.
const NOW: &str = "2026-11-20T12:00:00Z";

/// A transfer of Atlas from an account that the statement names; the line that brought it.
async fn came(desk: &Desk, bank_reference: &str, minor: i64) -> BankLineId {
    let before: BTreeSet<_> = desk.any_matched(desk.0.atlas).await.into_iter().collect();
    let order = desk.announced(minor).await;
    let payer = "Payer 1?31MA64011519000001205000534921";
    desk.book(&[Booking { payer, ..booking(bank_reference, minor, &order.reference) }]).await;
    let matched = desk.any_matched(desk.0.atlas).await;
    matched.into_iter().find(|line| !before.contains(line)).unwrap()
}

/// What went back of a transfer, as its receipt says.
async fn went_back(desk: &Desk, line: BankLineId) -> i64 {
    let sql = "SELECT refunded AS n FROM transfer_receipt WHERE bank_line = $1 AND undone_at IS NULL";
    desk.0.number(sql, [line.uuid().into()]).await
}

/// Finance calls it off, says that it is paid, has it from a statement, or leaves it; twice, since people click twice.
async fn goes_on(desk: &Desk, refund: &RefundView, bank_reference: &str, dice: &mut Dice) {
    let (world, now) = (&desk.0, at(NOW));
    let survey = world.survey::<CloseBilling>("finance").await;
    match dice.roll(4) {
        0 => {
            let why = CallOffRefund { reason: "the account is closed".to_owned() };
            let off = || call_off_refund(&world.db, &survey, refund.id, &why, command("call_off_refund"), now);
            off().await.unwrap();
            assert!(matches!(off().await, Err(Error::Conflict("refund-not-to-pay"))));
        }
        1 => {
            let paid = PaidRefund { paid_on: "2026-11-19".parse().unwrap() };
            let pay = || record_paid_refund(&world.db, &survey, refund.id, &paid, command("record_paid_refund"), now);
            pay().await.unwrap();
            assert!(matches!(pay().await, Err(Error::Conflict("refund-not-to-pay"))));
        }
        2 => {
            let reference = refund.reference.as_deref().unwrap();
            let pays = booking(bank_reference, -refund.amount.micros / 10_000, reference);
            for _ in 0..2 {
                desk.book(std::slice::from_ref(&pays)).await;
            }
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_transfer_no_more_goes_back_than_came_whatever_is_asked_at_once_called_off_or_paid() {
    let desk = Desk::open().await;
    let world = &desk.0;
    let mut expected = 0;
    for (case, mut dice) in cases() {
        let minor = 1_000 + dice.roll(100_000);
        let line = came(&desk, &format!("C{}", case.n), minor).await;
        let mut asked = Vec::new();
        for n in 0..=dice.roll(3) {
            // Two ask at once, each of them perhaps for too much.
            let amounts = [1 + dice.roll(minor), 1 + dice.roll(minor)].map(|minor| Some(mad(minor)));
            let (first, other) =
                tokio::join!(ask(world, of_line(line, amounts[0])), ask(world, of_line(line, amounts[1])));
            for (place, answer) in [first, other].into_iter().enumerate() {
                match answer {
                    Ok(view) => {
                        goes_on(&desk, &view, &format!("C{}N{n}P{place}", case.n), &mut dice).await;
                        asked.push(view.id);
                    }
                    Err(Error::Invalid { field: "amount", rule: Rule::Within { .. } })
                    | Err(Error::Conflict("refund-all" | "refund-not-free")) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            let counted = went_back(&desk, line).await;
            assert!((0..=minor).contains(&counted), "{counted} of {minor}");
        }
        let mut counts = 0;
        for refund in asked {
            let view = one(world, refund).await.refund;
            counts += if view.state == RefundState::Failed { 0 } else { view.amount.micros / 10_000 };
        }
        assert!(counts <= minor, "{counts} of {minor}");
        assert_eq!(went_back(&desk, line).await, counts);
        expected += minor - counts;
        assert_eq!(desk.balance().await, expected);
    }
    world.assert_balanced().await;
}
