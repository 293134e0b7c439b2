//! Refunds of transfers: on the desk of finance until a statement, or a person, says that the hub's bank has paid them.

use domain::{
    Error,
    access::policy::{CloseBilling, ReadInvoices},
    refunds::{call_off_refund, list_desk_refunds, record_paid_refund, refundables_in},
};
use types::{BankLineId, CallOffRefund, Cursor, LinePlan, PaidRefund, RefundRail, RefundState, StatementFormat};

use crate::{
    received::{Booking, Desk, booking, command, file, mt940},
    refunded::{ask, letters, mad, of_line, one},
    world::{at, noon},
};

const IBAN: &str = "MA64011519000001205000534921";

/// A transfer of Atlas from an account that the statement names; the line that brought it.
async fn came(desk: &Desk, minor: i64) -> BankLineId {
    let order = desk.announced(minor).await;
    let payer = "Payer 1?31MA64011519000001205000534921";
    let line = Booking { payer, ..booking("C1", minor, &order.reference) };
    desk.book(&[line]).await;
    desk.any_matched(desk.0.atlas).await.pop().unwrap()
}

#[tokio::test]
async fn a_transfer_goes_back_to_the_account_that_paid_it_and_the_statement_says_when() {
    let desk = Desk::open().await;
    let world = &desk.0;
    let line = came(&desk, 10_000).await;
    let asked = ask(world, of_line(line, Some(mad(4_000)))).await.unwrap();
    assert_eq!(
        (asked.rail, asked.state, asked.goes_to.as_deref()),
        (RefundRail::Transfer, RefundState::ToPay, Some("4921"))
    );
    assert_eq!((desk.balance().await, desk.booked("refunds").await, desk.in_bank().await), (6_000, 4_000, 10_000));
    let found = one(world, asked.id).await;
    assert_eq!((found.payee_name.as_deref(), found.payee_account.as_deref()), (Some("Payer 1"), Some(IBAN)));
    let survey = world.survey::<ReadInvoices>("auditor").await;
    let open = world.db.survey(&survey, noon()).await.unwrap();
    assert_eq!(list_desk_refunds(&open, &survey, true, &Cursor::default()).await.unwrap().items, [found]);
    drop(open);
    // The line stays whose it is while money of it goes back.
    assert!(matches!(desk.undo(line).await, Err(Error::Conflict("line-refunded"))));
    let reference = asked.reference.unwrap();
    // Another amount, and money that comes, pay nothing.
    desk.book(&[booking("D1", -3_999, &reference), booking("D2", 4_000, &reference)]).await;
    assert_eq!(one(world, asked.id).await.refund.state, RefundState::ToPay);
    let pays = [booking("D3", -4_000, &reference)];
    let twice = [booking("D3", -4_000, &reference), booking("D4", -4_000, &reference), booking("D5", -30, "fees")];
    let preview = desk.preview(&file(StatementFormat::Mt940, &mt940(&twice))).await.unwrap();
    let plans: Vec<_> = preview.statements[0].lines.iter().map(|line| (line.plan, line.refund)).collect();
    assert_eq!(plans, [(LinePlan::Refund, Some(asked.id)), (LinePlan::Keep, None), (LinePlan::Keep, None)]);
    assert_eq!(preview.statements[0].lines[0].organisation.as_ref().unwrap().slug, "atlas");
    for _ in 0..2 {
        desk.book(&pays).await;
    }
    let done = one(world, asked.id).await;
    assert_eq!((done.refund.state, done.refund.paid_on), (RefundState::Succeeded, Some("2026-10-02".parse().unwrap())));
    assert!(done.bank_line.is_some());
    assert_eq!((desk.booked("refunds").await, desk.in_bank().await), (0, 10_000 - 4_000 + 4_000));
    assert!(letters(world, "refund-paid").await > 0);
    world.assert_balanced().await;
}

#[tokio::test]
async fn finance_says_by_hand_that_the_bank_has_paid_and_the_statement_books_nothing_more() {
    let desk = Desk::open().await;
    let world = &desk.0;
    let line = came(&desk, 10_000).await;
    let asked = ask(world, of_line(line, None)).await.unwrap();
    let survey = world.survey::<CloseBilling>("finance").await;
    let pay = async |day: &str| {
        let ask = PaidRefund { paid_on: day.parse().unwrap() };
        record_paid_refund(
            &world.db,
            &survey,
            asked.id,
            &ask,
            command("record_paid_refund"),
            at("2026-11-20T12:00:00Z"),
        )
        .await
    };
    assert!(matches!(pay("2026-11-21").await, Err(Error::Invalid { field: "paid_on", .. })));
    pay("2026-11-19").await.unwrap();
    assert!(matches!(pay("2026-11-19").await, Err(Error::Conflict("refund-not-to-pay"))));
    assert_eq!((desk.balance().await, desk.booked("refunds").await, desk.in_bank().await), (0, 0, 0));
    desk.book(&[booking("D1", -10_000, &asked.reference.unwrap())]).await;
    let done = one(world, asked.id).await;
    assert!(done.bank_line.is_some(), "it gets its line");
    assert_eq!(desk.in_bank().await, 0);
    let ask = CallOffRefund { reason: "too late".to_owned() };
    let late = call_off_refund(&world.db, &survey, asked.id, &ask, command("call_off_refund"), noon()).await;
    assert!(matches!(late, Err(Error::Conflict("refund-not-to-pay"))));
    world.assert_balanced().await;
}

#[tokio::test]
async fn a_refund_that_is_called_off_is_back_in_the_wallet_and_can_be_asked_for_again() {
    let desk = Desk::open().await;
    let world = &desk.0;
    let line = came(&desk, 10_000).await;
    let asked = ask(world, of_line(line, None)).await.unwrap();
    let survey = world.survey::<CloseBilling>("finance").await;
    let why = |reason: &str| CallOffRefund { reason: reason.to_owned() };
    let off = call_off_refund(&world.db, &survey, asked.id, &why(""), command("call_off_refund"), noon()).await;
    assert!(matches!(off, Err(Error::Invalid { field: "reason", .. })));
    let why = why("the account is closed");
    call_off_refund(&world.db, &survey, asked.id, &why, command("call_off_refund"), noon()).await.unwrap();
    assert_eq!((desk.balance().await, desk.booked("refunds").await), (10_000, 0));
    let scope = world.scope::<ReadInvoices>("finance@hub.test", world.atlas).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    let came = refundables_in(&tx, &scope).await.unwrap();
    assert_eq!((came[0].bank_line, came[0].refunded, came[0].most), (Some(line), mad(0), mad(10_000)));
    drop(tx);
    ask(world, of_line(line, None)).await.unwrap();
    assert_eq!(desk.balance().await, 0);
    assert!(letters(world, "refund-failed").await > 0);
    world.assert_balanced().await;
}
