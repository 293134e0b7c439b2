//! Debts that are given up: they are owed no longer, stand in the books, and come back when that is undone.

use crate::{
    contested::contest,
    invoiced::{Books, at},
    sign_offs::{LATER, SECOND, kept_by_two, limit, signed},
    world::dice::{Dice, cases},
};
use domain::{
    Error, Result,
    access::policy::{ReadInvoices, WriteOffDebts},
    books::{ageing, trial_balance},
    commands::Command,
    invoices::invoice_standing_in,
    write_offs::{ask_to_write_off, list_write_offs_in, undo_write_off, write_off},
};
use types::{
    AccountKind, AskBooks, CreditLine, Currency, InvoiceId, InvoiceStanding, InvoiceView, Money, SignOffKind,
    SignOffView, UndoWriteOff, WriteOffDebt, WriteOffId, WriteOffView, WriteOffs,
};
use uuid::Uuid;

fn fresh(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

/// October with one GPU for ten hours, 360 MAD in all, of which 100 MAD were paid; finalised.
pub(crate) async fn owing(books: &Books) -> InvoiceView {
    books.top_up(100_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap()
}

pub(crate) fn debt(books: &Books, invoice: Option<InvoiceId>, micros: i64) -> WriteOffDebt {
    WriteOffDebt { invoice, amount: books.money(micros), reason: "they are bankrupt".to_owned() }
}

pub(crate) async fn written_off(books: &Books, ask: WriteOffDebt) -> Result<WriteOffView> {
    written_off_at(books, ask, LATER).await
}

pub(crate) async fn written_off_at(books: &Books, ask: WriteOffDebt, now: &str) -> Result<WriteOffView> {
    let scope = books.scope::<WriteOffDebts>("finance").await;
    let command = fresh(&ask);
    write_off(&books.world.db, &scope, ask, command, at(now)).await
}

async fn asked(books: &Books, ask: WriteOffDebt) -> Result<SignOffView> {
    let scope = books.scope::<WriteOffDebts>("finance").await;
    let command = fresh(&ask);
    ask_to_write_off(&books.world.db, &scope, ask, command, at(LATER)).await
}

async fn undone(books: &Books, id: WriteOffId) -> Result<WriteOffView> {
    undone_at(books, id, LATER).await
}

pub(crate) async fn undone_at(books: &Books, id: WriteOffId, now: &str) -> Result<WriteOffView> {
    let scope = books.scope::<WriteOffDebts>("finance").await;
    let ask = UndoWriteOff { reason: "they paid".to_owned() };
    let command = fresh(&ask);
    undo_write_off(&books.world.db, &scope, id, ask, command, at(now)).await
}

pub(crate) async fn debts(books: &Books) -> WriteOffs {
    let scope = books.scope::<ReadInvoices>("auditor").await;
    let tx = books.world.db.look(&scope, at(LATER)).await.unwrap();
    list_write_offs_in(&tx, &scope).await.unwrap()
}

pub(crate) async fn standing(books: &Books, invoice: InvoiceId) -> InvoiceStanding {
    let scope = books.scope::<ReadInvoices>("auditor").await;
    let tx = books.world.db.look(&scope, at(LATER)).await.unwrap();
    invoice_standing_in(&tx, &scope, invoice).await.unwrap()
}

/// Paid, credited, written off and due; their sum is the total.
pub(crate) fn parts(standing: &InvoiceStanding) -> [i64; 4] {
    let parts = [standing.paid, standing.credited, standing.written_off, standing.due].map(|part| part.micros);
    assert_eq!(parts.iter().sum::<i64>(), standing.total.micros, "{standing:?}");
    assert!(parts.iter().all(|part| *part >= 0), "{standing:?}");
    parts
}

/// What all organisations owe, by age, and what the trial balance says was written off.
async fn in_books(books: &Books) -> (i64, i64) {
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(LATER)).await.unwrap();
    let ask = AskBooks { currency: Some(Currency::Mad), day: None };
    let unpaid = ageing(&open, &survey, &ask).await.unwrap().unpaid.total.micros;
    let balance = trial_balance(&open, &survey, &ask).await.unwrap();
    assert_eq!(balance.difference.micros, 0);
    let written_off = balance.accounts.iter().find(|of| of.account == AccountKind::WrittenOff);
    (unpaid, written_off.map_or(0, |of| -of.balance.micros))
}

#[tokio::test]
async fn what_is_written_off_is_owed_no_longer_and_stands_in_the_books_until_it_is_undone() {
    let books = kept_by_two().await;
    let issued = owing(&books).await;
    let invoice = issued.invoice.id;
    assert_eq!(parts(&standing(&books, invoice).await), [100_000_000, 0, 0, 260_000_000]);
    assert_eq!(in_books(&books).await, (260_000_000, 0));
    let view = written_off(&books, debt(&books, Some(invoice), 200_000_000)).await.unwrap();
    assert_eq!((view.invoice, view.invoice_number.as_deref()), (Some(invoice), issued.document.number.as_deref()));
    assert_eq!(books.wallet(LATER).await.receivable.micros, 60_000_000);
    assert_eq!(parts(&standing(&books, invoice).await), [100_000_000, 0, 200_000_000, 60_000_000]);
    assert_eq!(in_books(&books).await, (60_000_000, 200_000_000));
    // Money that comes pays what is left and is theirs.
    books.top_up(100_000_000, LATER).await;
    let wallet = books.wallet(LATER).await;
    assert_eq!((wallet.receivable.micros, wallet.balance.micros), (0, 40_000_000));
    assert_eq!(parts(&standing(&books, invoice).await), [160_000_000, 0, 200_000_000, 0]);
    // Undone, it is owed again: out of the wallet only what was in it at the time.
    let back = undone(&books, view.id).await.unwrap();
    assert_eq!((back.undone_at, back.undo_reason.as_deref()), (Some(at(LATER)), Some("they paid")));
    assert_eq!(books.wallet(LATER).await.receivable.micros, 200_000_000);
    assert_eq!(parts(&standing(&books, invoice).await), [160_000_000, 0, 0, 200_000_000]);
    assert_eq!(in_books(&books).await, (200_000_000, 0));
    let twice = undone(&books, view.id).await;
    assert!(matches!(twice, Err(Error::Conflict("write-off-undone"))), "{twice:?}");
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn the_debt_of_who_pays_on_account_is_their_wallet_below_zero() {
    let books = kept_by_two().await;
    let sql = "UPDATE organisation SET credit_limit_micros = 1000000000 WHERE id = $1";
    books.world.run(sql, [books.tenant.id.into()]).await;
    let issued = owing(&books).await;
    assert_eq!(books.wallet(LATER).await.balance.micros, -260_000_000);
    let view = written_off(&books, debt(&books, Some(issued.invoice.id), 260_000_000)).await.unwrap();
    assert_eq!(books.wallet(LATER).await.balance.micros, 0);
    assert_eq!(in_books(&books).await, (0, 260_000_000));
    undone(&books, view.id).await.unwrap();
    assert_eq!(books.wallet(LATER).await.balance.micros, -260_000_000);
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn what_was_given_up_is_not_credited_to_who_never_paid_it() {
    let books = kept_by_two().await;
    let invoice = owing(&books).await.invoice.id;
    let view = written_off(&books, debt(&books, Some(invoice), 260_000_000)).await.unwrap();
    let whole = books.credit(invoice, &[], LATER).await;
    assert!(matches!(whole, Err(Error::Conflict("undo-write-off-first"))), "{whole:?}");
    let contested = contest(&books, (invoice, 1), None).await;
    assert!(matches!(contested, Err(Error::Conflict("contest-written-off"))), "{contested:?}");
    contest(&books, (invoice, 1), Some(books.money(10_000_000))).await.unwrap();
    assert_eq!(books.wallet(LATER).await.balance.micros, 0);
    undone(&books, view.id).await.unwrap();
    books.credit(invoice, &[], LATER).await.unwrap();
    let wallet = books.wallet(LATER).await;
    assert_eq!((wallet.balance.micros, wallet.receivable.micros), (100_000_000, 0));
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn what_cannot_be_written_off_is_refused_and_leaves_nothing() {
    let books = kept_by_two().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let early = written_off(&books, debt(&books, Some(draft.invoice.id), 1)).await;
    assert!(matches!(early, Err(Error::Conflict("draft-is-not-owed"))), "{early:?}");
    // What was used and stands on no issued invoice is owed, and cannot be given up yet.
    assert_eq!(debts(&books).await.owed, books.money(360_000_000));
    let early = written_off(&books, debt(&books, None, 1)).await;
    assert!(matches!(early, Err(Error::Conflict("nothing-owed"))), "{early:?}");
    let invoice = books.finalise(draft.invoice.id, LATER).await.unwrap().invoice.id;
    let before = books.world.fingerprint().await;
    for micros in [0, -1, 360_000_001, i64::MAX, i64::MIN] {
        let wrong = written_off(&books, debt(&books, Some(invoice), micros)).await;
        assert!(matches!(wrong, Err(Error::Invalid { field: "amount", .. })), "{micros}: {wrong:?}");
    }
    let ask = debt(&books, Some(invoice), 1);
    let euros = WriteOffDebt { amount: Money { micros: 1, currency: Currency::Eur }, ..ask.clone() };
    assert!(matches!(written_off(&books, euros).await, Err(Error::Invalid { field: "amount", .. })));
    let mute = WriteOffDebt { reason: " ".to_owned(), ..ask };
    assert!(matches!(written_off(&books, mute).await, Err(Error::Invalid { field: "reason", .. })));
    let unknown = InvoiceId::from_uuid(Uuid::now_v7());
    assert!(matches!(written_off(&books, debt(&books, Some(unknown), 1)).await, Err(Error::NotFound)));
    assert_eq!(books.world.fingerprint().await, before);
}

#[tokio::test]
async fn above_the_limit_one_signature_is_good_for_one_write_off_of_exactly_what_was_signed() {
    let books = kept_by_two().await;
    let invoice = owing(&books).await.invoice.id;
    limit(&books, "finance", SignOffKind::WriteOff, Some(100_000_000)).await.unwrap();
    written_off(&books, debt(&books, Some(invoice), 1_000_000)).await.unwrap();
    let ask = debt(&books, Some(invoice), 120_000_000);
    let needed = || async { matches!(written_off(&books, ask.clone()).await, Err(Error::SignOffNeeded { .. })) };
    assert!(needed().await);
    let open = asked(&books, ask.clone()).await.unwrap();
    assert_eq!(open.write_off.as_ref(), Some(&ask));
    assert!(needed().await);
    signed(&books, SECOND, &open).await.unwrap();
    for other in [
        debt(&books, Some(invoice), 120_000_001),
        WriteOffDebt { reason: "they asked nicely".to_owned(), ..ask.clone() },
    ] {
        let other = written_off(&books, other).await;
        assert!(matches!(other, Err(Error::SignOffNeeded { .. })), "{other:?}");
    }
    written_off(&books, ask.clone()).await.unwrap();
    assert!(needed().await, "it was good for one");
    assert_eq!(debts(&books).await.owed, books.money(139_000_000));
}

/// Something that happens to a debt.
async fn go_on(books: &Books, invoice: InvoiceId, made: &mut Vec<WriteOffId>, dice: &mut Dice) {
    let is_open = books.credits(invoice).await.is_open;
    match dice.roll(4) {
        0 => books.top_up(1 + dice.roll(150_000_000), LATER).await,
        1 if is_open => {
            let left = books.credits(invoice).await.lines[0].amount_left.micros / 10_000;
            let amount = Some(books.money((1 + dice.roll(left)) * 10_000));
            let line = CreditLine { line: 1, amount, unit_seconds: None };
            let outcome = books.credit(invoice, &[line], LATER).await;
            let is_held = matches!(outcome, Err(Error::Conflict("undo-write-off-first"))) && !made.is_empty();
            assert!(outcome.is_ok() || is_held, "{outcome:?}");
        }
        2 if !made.is_empty() => {
            let id = made.swap_remove(usize::try_from(dice.roll(i64::try_from(made.len()).unwrap())).unwrap());
            undone(books, id).await.unwrap();
        }
        _ => {
            let due = standing(books, invoice).await.due.micros;
            let micros = 1 + dice.roll(due.max(1));
            match written_off(books, debt(books, Some(invoice), micros)).await {
                Ok(view) => made.push(view.id),
                Err(error) => assert!(due == 0 && matches!(error, Error::Conflict("nothing-owed")), "{error:?}"),
            }
        }
    }
}

#[tokio::test]
async fn paid_credited_written_off_and_due_are_the_total_whatever_happens_to_a_debt() {
    let books = Books::open().await;
    for (case, mut dice) in cases() {
        let books = books.another(case.word("debts")).await;
        if dice.roll(2) == 0 {
            let sql = "UPDATE organisation SET credit_limit_micros = $2 WHERE id = $1";
            books.world.run(sql, [books.tenant.id.into(), dice.roll(500_000_000).into()]).await;
        }
        let (issued, mut made) = (owing(&books).await, Vec::new());
        for _ in 0..1 + dice.roll(6) {
            go_on(&books, issued.invoice.id, &mut made, &mut dice).await;
            let [_, credited, written_off, _] = parts(&standing(&books, issued.invoice.id).await);
            let debts = debts(&books).await;
            let open = debts.items.iter().filter(|view| view.undone_at.is_none()).map(|view| view.amount.micros);
            assert_eq!(open.sum::<i64>(), written_off);
            assert_eq!(books.credits(issued.invoice.id).await.credited.micros, credited);
        }
        assert_eq!(books.invoice(issued.invoice.id).await, issued, "the invoice itself never changes");
    }
    books.world.assert_balanced().await;
}
