//! Rules of money that meet: each holds by itself elsewhere, here beside the other.

use std::sync::Arc;

use crate::{
    bulk,
    dunning::view,
    invoiced::{Books, at},
    months::{close_of, open},
    paid::Double,
    received::command,
    refunded::{mad, of_payment},
    sign_offs::{LATER, SECOND, asked, kept_by_two, limit, signed},
    withholdings::{of as certificate, record_at, undo_at},
    world::JOB,
    write_offs::{debt, owing, parts, standing, undone_at, written_off},
};
use domain::{
    Error, Result, Rule,
    access::policy::CloseBilling,
    payments::{Seen, advance_payment},
    refunds::ask_refund,
};
use types::{CreditLine, Money, PaymentId, RefundView, SignOffKind};

const EVENING: &str = "2026-11-03T18:00:00Z";
const NEXT_DAY: &str = "2026-11-04T09:00:00Z";
const DECEMBER: &str = "2026-12-02T00:00:00Z";

/// A payment of Atlas by card, in minor units, that is booked.
async fn paid(books: &Books, double: &Double, minor: i64) -> PaymentId {
    let payment = books.world.ask_by_card(double, "card", minor, at(EVENING)).await.unwrap().id;
    double.set(payment, Seen::Paid);
    advance_payment(&books.world.db, JOB, double, (books.tenant.id, payment), at(EVENING)).await.unwrap();
    payment
}

async fn refund(books: &Books, payment: PaymentId, amount: Option<Money>) -> Result<RefundView> {
    let scope = books.scope::<CloseBilling>("finance").await;
    let ask = of_payment(payment, amount);
    ask_refund(&books.world.db, &scope, ask, command("ask_refund"), at(NEXT_DAY)).await
}

/// What is owed beside the wallet, and what is in it.
async fn owed_and_had(books: &Books) -> (i64, i64) {
    let wallet = books.wallet(NEXT_DAY).await;
    (wallet.receivable.micros, wallet.balance.micros)
}

#[tokio::test]
async fn no_money_goes_back_that_is_owed_beside_the_wallet() {
    let (books, double) = (Books::open().await, Double::default());
    let invoice = owing(&books).await.invoice.id;
    let given_up = written_off(&books, debt(&books, Some(invoice), 260_000_000)).await.unwrap();
    let payment = paid(&books, &double, 30_000).await;
    undone_at(&books, given_up.id, EVENING).await.unwrap();
    assert_eq!(owed_and_had(&books).await, (260_000_000, 300_000_000));
    let more = refund(&books, payment, Some(mad(4_001))).await;
    assert!(matches!(more, Err(Error::Invalid { field: "amount", rule: Rule::Within { .. } })), "{more:?}");
    assert_eq!(refund(&books, payment, None).await.unwrap().amount, mad(4_000));
    let none = refund(&books, payment, None).await;
    assert!(matches!(none, Err(Error::Conflict("refund-not-free"))), "{none:?}");
    let told = view(&books, "2026-11-05T09:00:00Z").await.overdue.unwrap();
    assert_eq!((told.amount.micros, told.due_on.to_string()), (260_000_000, "2026-11-03".to_owned()));
    // Once it is paid the rest can go back, and nothing is asked for.
    books.top_up(260_000_000, NEXT_DAY).await;
    assert_eq!(refund(&books, payment, None).await.unwrap().amount, mad(26_000));
    assert_eq!((owed_and_had(&books).await, view(&books, "2026-11-05T09:00:00Z").await.overdue), ((0, 0), None));
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn a_certificate_that_is_taken_back_after_its_money_went_back_is_owed_and_dunned_for_from_then_on() {
    let (books, double) = (Books::open().await, Double::default());
    let invoice = owing(&books).await.invoice.id;
    let withheld = record_at(&books, certificate(&books, invoice, "RS 1", 45_000_000), LATER).await.unwrap();
    assert_eq!(owed_and_had(&books).await, (215_000_000, 0));
    let payment = paid(&books, &double, 30_000).await;
    assert_eq!(refund(&books, payment, None).await.unwrap().amount, mad(8_500));
    undo_at(&books, withheld.id, NEXT_DAY).await.unwrap();
    assert_eq!(owed_and_had(&books).await, (45_000_000, 0));
    assert_eq!(parts(&standing(&books, invoice).await), [315_000_000, 0, 0, 45_000_000]);
    let none = refund(&books, payment, None).await;
    assert!(matches!(none, Err(Error::Conflict("refund-not-free"))), "{none:?}");
    assert_eq!(view(&books, "2026-11-04T18:00:00Z").await.overdue, None, "its day is not over");
    let told = view(&books, "2026-11-05T09:00:00Z").await.overdue.unwrap();
    assert_eq!((told.amount.micros, told.due_on.to_string()), (45_000_000, "2026-11-04".to_owned()));
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn a_credit_beside_what_was_given_up_gives_back_what_was_paid_and_no_more() {
    let books = Books::open().await;
    let invoice = owing(&books).await.invoice.id;
    let given_up = written_off(&books, debt(&books, Some(invoice), 260_000_000)).await.unwrap();
    let credit = async |net: i64| {
        let line = CreditLine { line: 1, amount: Some(books.money(net)), unit_seconds: None };
        books.credit(invoice, &[line], EVENING).await
    };
    credit(50_000_000).await.unwrap();
    assert_eq!(owed_and_had(&books).await, (0, 60_000_000));
    assert_eq!(parts(&standing(&books, invoice).await), [40_000_000, 60_000_000, 260_000_000, 0]);
    let more = credit(40_000_000).await;
    assert!(matches!(more, Err(Error::Conflict("undo-write-off-first"))), "{more:?}");
    undone_at(&books, given_up.id, EVENING).await.unwrap();
    assert_eq!(parts(&standing(&books, invoice).await), [40_000_000, 60_000_000, 0, 260_000_000]);
    credit(40_000_000).await.unwrap();
    assert_eq!(parts(&standing(&books, invoice).await), [40_000_000, 108_000_000, 0, 212_000_000]);
    books.world.assert_balanced().await;
}

/// Closes the tenant's periods that ended by December.
async fn close_periods(books: &Books) {
    while books.running().await.ends_at <= at("2026-12-01T00:00:00Z") {
        books.close(DECEMBER).await.unwrap();
    }
}

#[tokio::test]
async fn what_was_given_up_or_withheld_in_a_closed_month_is_undone_in_the_month_that_runs() {
    let books = Books::open().await;
    let invoice = owing(&books).await.invoice.id;
    let withheld = record_at(&books, certificate(&books, invoice, "RS 1", 45_000_000), LATER).await.unwrap();
    let given_up = written_off(&books, debt(&books, Some(invoice), 100_000_000)).await.unwrap();
    books.world.observe(at(DECEMBER)).await;
    close_periods(&books).await;
    close_periods(&Books { world: Arc::clone(&books.world), tenant: books.world.breton }).await;
    for month in ["2026-10", "2026-11"] {
        open(&books, month, DECEMBER).await.unwrap();
        close_of(&books, month, DECEMBER).await.unwrap();
    }
    let entries = "SELECT count(*) AS n FROM journal_entry WHERE booked_at < '2026-12-01T00:00:00Z'";
    let before = books.world.number(entries, []).await;
    // By a clock that is behind nothing is booked into it.
    assert!(undone_at(&books, given_up.id, EVENING).await.is_err());
    assert!(undo_at(&books, withheld.id, EVENING).await.is_err());
    let now = "2026-12-03T09:00:00Z";
    undone_at(&books, given_up.id, now).await.unwrap();
    undo_at(&books, withheld.id, now).await.unwrap();
    assert_eq!(books.world.number(entries, []).await, before);
    assert_eq!(books.wallet(now).await.receivable.micros, 260_000_000);
    assert_eq!(parts(&standing(&books, invoice).await), [100_000_000, 0, 0, 260_000_000]);
    let left = "SELECT coalesce(sum(p.amount), 0)::bigint AS n FROM posting p JOIN account a ON a.id = p.account_id
                WHERE a.organisation_id IS NULL AND a.kind IN ('withheld', 'written_off')";
    assert_eq!(books.world.number(left, []).await, 0);
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn a_worker_leaves_a_draft_above_the_limit_to_two_people_and_uses_their_signature_up() {
    let books = kept_by_two().await;
    let (other, invoice) = bulk::drafts(&books, 1).await.remove(0);
    limit(&books, "finance", SignOffKind::Finalise, Some(30_000_000)).await.unwrap();
    let run = bulk::ask(&books).await.unwrap();
    bulk::work(&books).await;
    let left = bulk::seen(&books, run.id).await;
    assert_eq!((left.n_done, left.n_failed), (0, 1));
    assert_eq!(left.for_people[0].refusal.as_ref().unwrap().fact, "sign-off-needed");
    let signature = asked(&other, &other.invoice(invoice).await).await.unwrap();
    let unsigned = bulk::ask(&books).await.unwrap();
    bulk::work(&books).await;
    assert_eq!(bulk::seen(&books, unsigned.id).await.n_failed, 1, "nobody has signed");
    signed(&other, SECOND, &signature).await.unwrap();
    let run = bulk::ask(&books).await.unwrap();
    bulk::work(&books).await;
    assert_eq!(bulk::seen(&books, run.id).await.n_done, 1);
    let used = "SELECT count(*) AS n FROM sign_off WHERE id = $1 AND state = 'used'";
    assert_eq!(books.world.number(used, [signature.id.into()]).await, 1);
    assert!(other.recalculate(invoice).await.is_equal);
    books.world.assert_balanced().await;
}

/// A worker that could sign would make one person enough.
#[tokio::test]
async fn a_worker_neither_asks_for_a_signature_nor_gives_one() {
    let books = Books::open().await;
    let worker = sea_orm::Database::connect(books.world.database().worker_url()).await.unwrap();
    for sql in [
        "UPDATE sign_off SET signed_by = asked_by",
        "UPDATE sign_off SET signed_at = asked_at",
        "UPDATE sign_off SET refused_by = asked_by",
        "UPDATE sign_off SET reason = ''",
        "DELETE FROM sign_off",
        "INSERT INTO sign_off (id) VALUES (gen_random_uuid())",
    ] {
        let refused = sea_orm::ConnectionTrait::execute_unprepared(&worker, sql).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}
