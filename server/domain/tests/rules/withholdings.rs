//! What customers withhold at source: whatever happens, an invoice's total is what was paid, credited and withheld of it
//! and what is due, and the ledger says the same.

use crate::invoiced::{Books, at};
use crate::world::dice::{Dice, cases};
use crate::world::patient;
use domain::{
    Error, Result,
    access::{
        Permission, Scope,
        policy::{ReadInvoices, RecordWithholdings},
    },
    commands::Command,
    invoices::{invoice_standing_in, record_withholding, undo_withholding},
};
use types::{
    CreditLine, InvoiceId, InvoiceStanding, InvoiceView, RecordWithholding, UndoWithholding, WithholdingId,
    WithholdingView,
};
use uuid::Uuid;

const NOVEMBER: &str = "2026-11-02T09:00:00Z";
const MINOR: i64 = 10_000;

async fn scope<P: Permission>(books: &Books, role: &str) -> Scope<P> {
    let actor = books.world.actor(&format!("{role}@hub.test")).await;
    actor.enter(&books.world.db, &books.tenant.id.to_string()).await.unwrap().prove().unwrap()
}

fn fresh(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

async fn stands(books: &Books, invoice: InvoiceId) -> InvoiceStanding {
    let scope = scope::<ReadInvoices>(books, "auditor").await;
    let tx = books.world.db.look(&scope, at(NOVEMBER)).await.unwrap();
    invoice_standing_in(&tx, &scope, invoice).await.unwrap()
}

pub(crate) fn of(books: &Books, invoice: InvoiceId, certificate: &str, micros: i64) -> RecordWithholding {
    let certified_on = "2026-11-02".parse().unwrap();
    RecordWithholding { invoice, certificate: certificate.to_owned(), certified_on, amount: books.money(micros) }
}

async fn record(books: &Books, ask: RecordWithholding) -> Result<WithholdingView> {
    record_at(books, ask, NOVEMBER).await
}

pub(crate) async fn record_at(books: &Books, ask: RecordWithholding, now: &str) -> Result<WithholdingView> {
    let scope = scope::<RecordWithholdings>(books, "finance").await;
    let command = fresh(&ask);
    record_withholding(&books.world.db, &scope, ask, command, at(now)).await
}

async fn undo(books: &Books, id: WithholdingId) -> Result<WithholdingView> {
    undo_at(books, id, NOVEMBER).await
}

pub(crate) async fn undo_at(books: &Books, id: WithholdingId, now: &str) -> Result<WithholdingView> {
    let scope = scope::<RecordWithholdings>(books, "finance").await;
    let ask = UndoWithholding { reason: "by mistake".to_owned() };
    let command = fresh(&ask);
    undo_withholding(&books.world.db, &scope, id, ask, command, at(now)).await
}

/// What the organisation's entries come to on the house's account of what is withheld.
async fn booked(books: &Books) -> i64 {
    let sql = "SELECT coalesce(-sum(p.amount), 0)::bigint AS n FROM posting p JOIN account a ON a.id = p.account_id
               WHERE p.organisation_id = $1 AND a.kind = 'withheld' AND a.organisation_id IS NULL";
    books.world.number(sql, [books.tenant.id.into()]).await
}

async fn n_entries(books: &Books) -> i64 {
    let sql = "SELECT count(*) AS n FROM journal_entry WHERE organisation_id = $1";
    books.world.number(sql, [books.tenant.id.into()]).await
}

/// A month that the wallet paid in part, or not at all, or on account.
async fn owing(books: &Books, dice: &mut Dice) -> InvoiceView {
    if dice.roll(2) == 0 {
        let sql = "UPDATE organisation SET credit_limit_micros = $2 WHERE id = $1";
        books.world.run(sql, [books.tenant.id.into(), (dice.roll(2_000) * 1_000_000).into()]).await;
    }
    if dice.roll(2) == 0 {
        books.top_up(1 + dice.roll(300_000_000), "2026-10-01T01:00:00Z").await;
    }
    let start = at("2026-10-02T10:00:00Z");
    for _ in 0..=dice.roll(2) {
        let to = start.plus_seconds(3_600 + dice.roll(40_000));
        books.usage(1, &start.to_string(), &to.to_string()).await;
    }
    let draft = books.closed().await;
    books.finalise(draft.invoice.id, NOVEMBER).await.unwrap()
}

/// The parts are the total, as the ledger has them.
async fn adds_up(books: &Books, issued: &InvoiceView) -> InvoiceStanding {
    let found = stands(books, issued.invoice.id).await;
    let parts = [found.paid, found.credited, found.withheld, found.due].map(|part| part.micros);
    assert_eq!(found.total, issued.document.total);
    assert_eq!(found.total.micros, parts.iter().sum::<i64>(), "{found:?}");
    assert!(found.due.micros >= 0 && found.most.micros >= 0, "{found:?}");
    assert!(found.paid.micros >= 0 || found.credited.micros + found.withheld.micros > found.total.micros);
    let live = found.withholdings.iter().filter(|one| one.undone_at.is_none());
    assert_eq!(found.withheld.micros, live.map(|one| one.amount.micros).sum::<i64>());
    assert_eq!(found.withheld.micros, booked(books).await, "the ledger has what the certificates say");
    assert_eq!(found.credited, books.credits(issued.invoice.id).await.credited);
    // Three quarters of the tax at most, and never more than is owed.
    assert!(found.withheld.micros <= issued.document.tax.micros * 3 / 4 + MINOR, "{found:?}");
    let wallet = books.wallet(NOVEMBER).await;
    let owed = wallet.receivable.micros + (-wallet.balance.micros).max(0);
    assert!(found.due.micros < owed + MINOR && found.most.micros < owed + MINOR, "{found:?} of {owed}");
    found
}

#[tokio::test]
async fn whatever_happens_an_invoices_total_is_paid_credited_withheld_and_due() {
    let books = Books::open().await;
    let mut n_recorded = 0;
    for (case, mut dice) in cases() {
        let books = books.another(case.word("withheld")).await;
        let issued = owing(&books, &mut dice).await;
        let invoice = issued.invoice.id;
        for n in 0..2 + dice.roll(5) {
            let found = adds_up(&books, &issued).await;
            let live: Vec<_> = found.withholdings.iter().filter(|one| one.undone_at.is_none()).collect();
            match dice.roll(5) {
                0 => books.top_up(1 + dice.roll(200_000_000), NOVEMBER).await,
                1 if !live.is_empty() => {
                    let one = dice.one_of(&live).id;
                    undo(&books, one).await.unwrap();
                    let again = undo(&books, one).await;
                    assert!(matches!(again, Err(Error::Conflict("withholding-undone"))), "{again:?}");
                }
                2 => {
                    let amount = Some(books.money((1 + dice.roll(1_000)) * MINOR));
                    // What is refused is refused elsewhere; here it changes nothing.
                    let part = CreditLine { line: 1, amount, unit_seconds: None };
                    drop(books.credit(invoice, &[part], NOVEMBER).await);
                }
                _ => {
                    let most = found.most.micros / MINOR;
                    let minor = 1 + dice.roll(most + 2);
                    let before = n_entries(&books).await;
                    let answer = record(&books, of(&books, invoice, &format!("RS {n}"), minor * MINOR)).await;
                    assert_eq!(answer.is_ok(), minor <= most, "{minor} of {most}: {answer:?}");
                    n_recorded += i64::from(answer.is_ok());
                    if let Err(error) = answer {
                        assert_eq!(error.refusal().unwrap().fact, "withholding-exceeds");
                        assert_eq!(n_entries(&books).await, before);
                    }
                }
            }
        }
        adds_up(&books, &issued).await;
        assert_eq!(books.invoice(invoice).await, issued, "the invoice itself never changes");
    }
    assert!(n_recorded > 0, "nothing was ever withheld");
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn of_certificates_at_once_as_many_count_as_fit_and_one_counts_once_for_its_invoice() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let issued = books.finalise(draft.invoice.id, NOVEMBER).await.unwrap();
    // Of 300 MAD and 60 MAD of tax nothing was paid.
    let found = adds_up(&books, &issued).await;
    assert_eq!((found.due.micros, found.most.micros), (360_000_000, 45_000_000));
    let asks: Vec<_> = (0..4).map(|n| of(&books, issued.invoice.id, &format!("RS {n}"), 30_000_000)).collect();
    let answers = asks.into_iter().map(|ask| {
        let books = &books;
        async move { patient(async || record(books, ask.clone()).await).await }
    });
    let answers = futures_util::future::join_all(answers).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    let found = adds_up(&books, &issued).await;
    assert_eq!((found.withheld.micros, found.most.micros), (30_000_000, 15_000_000));
    let known = found.withholdings[0].certificate.clone();
    let again = record(&books, of(&books, issued.invoice.id, &known, MINOR)).await;
    assert!(matches!(again, Err(Error::Conflict("certificate-known"))), "{again:?}");
    // Taken back it can be recorded again, and nobody changes what was.
    undo(&books, found.withholdings[0].id).await.unwrap();
    record(&books, of(&books, issued.invoice.id, &known, 45_000_000)).await.unwrap();
    let found = adds_up(&books, &issued).await;
    assert_eq!((found.paid.micros, found.due.micros, found.most.micros), (0, 315_000_000, 0));
    for sql in ["UPDATE withholding SET amount = amount + 1", "DELETE FROM withholding"] {
        assert!(books.world.try_run(sql, []).await.is_err(), "{sql}");
    }
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn where_no_rule_knows_a_withholding_nothing_is_withheld() {
    let books = Books::open().await;
    books.world.tax("MA", true, "S", 200_000, None, at("2026-10-01T00:00:00Z")).await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let refused = record(&books, of(&books, draft.invoice.id, "RS 1", MINOR)).await;
    assert!(matches!(refused, Err(Error::Conflict("draft-withholds-nothing"))), "{refused:?}");
    let issued = books.finalise(draft.invoice.id, NOVEMBER).await.unwrap();
    let found = adds_up(&books, &issued).await;
    assert_eq!((found.due.micros, found.most.micros), (360_000_000, 0));
    let refused = record(&books, of(&books, issued.invoice.id, "RS 1", MINOR)).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().fact, "withholding-exceeds");
}
