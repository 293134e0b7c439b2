//! What who owes is asked for: of each invoice what is due of it, wherever that is told, and nothing that was given up, withheld or
//! is contested.

use crate::{
    contested::{contest, of_invoice, withdraw},
    dunning::{looked_at, on_account, view},
    invoiced::{Books, at},
    sign_offs::LATER,
    withholdings::{of as certificate, record_at},
    world::dice::{Dice, cases},
    write_offs::{debt, debts, standing, undone_at, written_off, written_off_at},
};
use types::{CreditLine, DisputeId, DunningStep, InvoiceId, OverdueView, Role, WriteOffId};

const ISSUED: &str = "2026-11-02T09:00:00Z";
const DECEMBER: &str = "2026-12-02T00:00:00Z";
/// The day after the one on which an invoice of November falls due.
const OVERDUE: &str = "2026-12-03T09:00:00Z";
const MINOR: i64 = 10_000;

async fn overdue(books: &Books, now: &str) -> Option<OverdueView> {
    view(books, now).await.overdue
}

async fn asked(books: &Books, now: &str) -> i64 {
    overdue(books, now).await.map_or(0, |overdue| overdue.amount.micros)
}

#[tokio::test]
async fn what_was_withheld_given_up_or_is_contested_of_an_invoice_is_not_dunned_for() {
    let books = Books::open().await;
    let invoice = on_account(&books).await;
    assert_eq!(asked(&books, OVERDUE).await, 72_000_000);
    record_at(&books, certificate(&books, invoice, "RS 1", 9_000_000), "2026-11-02T10:00:00Z").await.unwrap();
    assert_eq!(asked(&books, OVERDUE).await, 63_000_000);
    written_off(&books, debt(&books, Some(invoice), 20_000_000)).await.unwrap();
    assert_eq!(asked(&books, OVERDUE).await, 43_000_000);
    // Ten of the line are twelve with their tax.
    let dispute = contest(&books, (invoice, 1), Some(books.money(10_000_000))).await.unwrap();
    assert_eq!(standing(&books, invoice).await.due.micros, 43_000_000);
    assert_eq!(asked(&books, OVERDUE).await, 31_000_000);
    assert_eq!(looked_at(&books, OVERDUE).await, Some(DunningStep::FirstLetter));
    let told =
        "SELECT count(*) AS n FROM outbox WHERE kind = 'payment-overdue' AND payload ->> 'amount' = '31000000 MAD'";
    assert_eq!(books.world.number(told, []).await, 3);
    withdraw(&books, dispute.id).await.unwrap();
    assert_eq!(asked(&books, OVERDUE).await, 43_000_000);
    // Forty-eight with their tax.
    contest(&books, (invoice, 1), Some(books.money(40_000_000))).await.unwrap();
    assert_eq!(overdue(&books, OVERDUE).await, None, "all of it is contested");
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn who_owes_nothing_after_a_debt_was_given_up_is_reminded_no_more_until_that_is_undone() {
    let books = Books::open().await;
    let invoice = on_account(&books).await;
    let given_up = written_off(&books, debt(&books, Some(invoice), 72_000_000)).await.unwrap();
    assert_eq!(books.world.number("SELECT count(*) AS n FROM dunning", []).await, 0);
    assert_eq!((overdue(&books, OVERDUE).await, looked_at(&books, OVERDUE).await), (None, None));
    undone_at(&books, given_up.id, "2026-12-04T09:00:00Z").await.unwrap();
    let again = overdue(&books, "2026-12-04T10:00:00Z").await.unwrap();
    assert_eq!((again.amount.micros, again.due_on.to_string()), (72_000_000, "2026-12-02".to_owned()));
}

#[tokio::test]
async fn of_two_invoices_the_one_that_was_not_given_up_is_dunned_for() {
    let books = Books::open().await;
    let sql = "UPDATE organisation SET credit_limit_micros = 1000000000000 WHERE id = $1";
    books.world.run(sql, [books.tenant.id.into()]).await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let october = books.closed().await.invoice.id;
    books.finalise(october, ISSUED).await.unwrap();
    books.usage(1, "2026-11-05T10:00:00Z", "2026-11-05T11:00:00Z").await;
    books.world.observe(at(DECEMBER)).await;
    let november = books.close(DECEMBER).await.unwrap().invoice.unwrap();
    books.finalise(november, "2026-12-02T09:00:00Z").await.unwrap();
    written_off_at(&books, debt(&books, Some(november), 36_000_000), "2026-12-02T10:00:00Z").await.unwrap();
    let told = overdue(&books, OVERDUE).await.unwrap();
    assert_eq!((told.amount.micros, told.due_on.to_string()), (72_000_000, "2026-12-02".to_owned()));
    assert_eq!(looked_at(&books, OVERDUE).await, Some(DunningStep::FirstLetter));
    let number = books.invoice(october).await.document.number.unwrap();
    let told = "SELECT count(*) AS n FROM outbox WHERE kind = 'payment-overdue' AND payload ->> 'invoices' = $1";
    assert_eq!(books.world.number(told, [number.into()]).await, 3);
}

#[tokio::test]
async fn what_is_contested_is_not_dunned_for_beside_a_prepaid_wallet_either() {
    let books = Books::open().await;
    books.top_up(36_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let invoice = books.closed().await.invoice.id;
    books.finalise(invoice, ISSUED).await.unwrap();
    assert_eq!(asked(&books, OVERDUE).await, 36_000_000);
    let dispute = contest(&books, (invoice, 1), Some(books.money(10_000_000))).await.unwrap();
    assert_eq!(asked(&books, OVERDUE).await, 24_000_000);
    withdraw(&books, dispute.id).await.unwrap();
    contest(&books, (invoice, 1), None).await.unwrap();
    assert_eq!((overdue(&books, OVERDUE).await, looked_at(&books, OVERDUE).await), (None, None));
}

/// A company that pays in advance or on account, with October invoiced and something used since.
async fn owing(books: &Books, dice: &mut Dice) -> InvoiceId {
    let owner = books.world.actor("owner@atlas.test").await.person().id;
    let start = at("2026-10-01T01:00:00Z");
    books.world.founding.add_member(books.tenant.id, owner, Role::Owner, start).await.unwrap();
    if dice.roll(2) == 0 {
        let sql = "UPDATE organisation SET credit_limit_micros = $2 WHERE id = $1";
        books.world.run(sql, [books.tenant.id.into(), dice.roll(500_000_000).into()]).await;
    }
    if dice.roll(2) == 0 {
        books.top_up(1 + dice.roll(300_000_000), &start.to_string()).await;
    }
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let invoice = books.closed().await.invoice.id;
    books.finalise(invoice, ISSUED).await.unwrap();
    if dice.roll(2) == 0 {
        let from = at("2026-11-02T10:00:00Z");
        books.usage(1, &from.to_string(), &from.plus_seconds(1 + dice.roll(20_000)).to_string()).await;
        books.world.observe(at("2026-11-03T00:00:00Z")).await;
        books.settle("2026-11-03T08:00:00Z").await;
    }
    invoice
}

/// What was made of a debt, and can be undone.
#[derive(Default)]
struct Made {
    written_off: Vec<WriteOffId>,
    contested: Option<DisputeId>,
}

/// Something that happens to it.
async fn go_on(books: &Books, (invoice, n): (InvoiceId, i64), made: &mut Made, dice: &mut Dice) {
    let found = standing(books, invoice).await;
    let (due, most) = (found.due.micros, found.most.micros / MINOR);
    let part = books.money((1 + dice.roll(10_000)) * MINOR);
    match dice.roll(7) {
        0 => books.top_up(1 + dice.roll(150_000_000), LATER).await,
        1 if due > 0 => {
            let ask = debt(books, Some(invoice), 1 + dice.roll(due));
            made.written_off.push(written_off(books, ask).await.unwrap().id);
        }
        2 if most > 0 => {
            let ask = certificate(books, invoice, &format!("RS {n}"), (1 + dice.roll(most)) * MINOR);
            record_at(books, ask, LATER).await.unwrap();
        }
        3 | 4 => match made.contested.take() {
            Some(dispute) => drop(withdraw(books, dispute).await.unwrap()),
            // What is refused is refused elsewhere; here it changes nothing.
            None => made.contested = contest(books, (invoice, 1), Some(part)).await.ok().map(|dispute| dispute.id),
        },
        5 => {
            let line = CreditLine { line: 1, amount: Some(part), unit_seconds: None };
            drop(books.credit(invoice, &[line], LATER).await);
        }
        _ => {
            if let Some(id) = made.written_off.pop() {
                undone_at(books, id, LATER).await.unwrap();
            }
        }
    }
}

/// Invoices and the rest are what is owed, and what is asked for is that without what nobody has to pay now. What of it was
/// contested.
async fn adds_up(books: &Books, invoice: InvoiceId) -> i64 {
    let (debts, wallet) = (debts(books).await, books.wallet(LATER).await);
    let (beside, below) = (wallet.receivable.micros, (-wallet.balance.micros).max(0));
    assert_eq!(debts.owed.micros, beside + below);
    let sql = "SELECT coalesce(sum(r.gross), 0)::bigint AS n
               FROM rated_item r JOIN settlement m ON m.id = r.settlement_id
               WHERE r.organisation_id = $1 AND m.invoice_id IS NULL";
    let not_issued = books.world.number(sql, [books.tenant.id.into()]).await;
    let due = debts.invoices.iter().map(|owed| owed.due.micros).sum::<i64>();
    assert_eq!(due + debts.without_invoice.micros, (beside + below - not_issued).max(0), "{debts:?}");
    assert_eq!(standing(books, invoice).await.due.micros, due);
    // In a wallet below zero neither what is not invoiced yet is asked for, nor what is of no invoice.
    let in_wallet = (below - (not_issued - beside).max(0)).max(0).min(due);
    let contested = of_invoice(books, invoice).await.open.micros.min(due);
    let asked = asked(books, "2027-01-15T09:00:00Z").await;
    assert_eq!(asked, beside + in_wallet - contested, "{debts:?}");
    contested
}

#[tokio::test]
async fn invoices_and_the_rest_are_what_is_owed_and_nobody_is_asked_for_more_whatever_happens() {
    let books = Books::open().await;
    let mut n_contested = 0;
    for (case, mut dice) in cases() {
        let books = books.another(case.word("asked")).await;
        let (invoice, mut made) = (owing(&books, &mut dice).await, Made::default());
        for n in 0..=dice.roll(6) {
            adds_up(&books, invoice).await;
            go_on(&books, (invoice, n), &mut made, &mut dice).await;
        }
        n_contested += i64::from(adds_up(&books, invoice).await > 0);
    }
    assert!(n_contested > 0, "nothing that was due was ever contested");
    books.world.assert_balanced().await;
}
