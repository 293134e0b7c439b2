//! What holds for every invoice, whatever was used, given and paid: one organisation a case, all in one database.

use crate::invoiced::{Books, at};
use crate::world::dice::{Dice, cases};
use domain::{access::policy::ReadInvoices, invoices::line_in};
use types::{Document, InvoiceId, Timestamp};

/// A month of one organisation: gifts, funders, money and some instances.
async fn live(books: &Books, dice: &mut Dice) {
    let start = at("2026-10-01T01:00:00Z");
    let before = start.to_string();
    if dice.roll(2) == 0 {
        books.gift(1 + dice.roll(900_000_000), &before).await;
    }
    if dice.roll(2) == 0 {
        books.sponsor(1 + dice.roll(900_000_000), &before).await;
    }
    if dice.roll(3) > 0 {
        books.top_up(1 + dice.roll(2_000_000_000), &before).await;
    }
    for _ in 0..=dice.roll(3) {
        let from = start.plus_seconds(dice.roll(29 * 86_400));
        let to = from.plus_seconds(1 + dice.roll(200_000)).min(at("2026-10-31T23:59:59Z"));
        let units = i32::try_from(1 + dice.roll(4)).unwrap();
        let lease = books.usage(units, &from.to_string(), &to.to_string()).await;
        let lost = to.plus_seconds(1 + dice.roll(500));
        books.world.interval(lease, to, Some(lost), Some("node_fault")).await;
        books.world.end(lease, lost).await;
        if dice.roll(2) == 0 {
            books.world.observe(to.plus_seconds(dice.roll(100_000))).await;
            books.settle(&to.plus_seconds(100_000).to_string()).await;
        }
    }
}

fn totals_agree(document: &Document) {
    let sum = |amounts: Vec<i64>| amounts.into_iter().sum::<i64>();
    assert_eq!(document.net.micros, sum(document.lines.iter().map(|line| line.net.micros).collect()));
    assert_eq!(document.tax.micros, sum(document.taxes.iter().map(|group| group.tax.micros).collect()));
    assert_eq!(document.total.micros, document.net.micros + document.tax.micros);
    let paid = sum(document.payers.iter().map(|payer| payer.amount.micros).collect());
    assert_eq!(document.total.micros, paid + document.due.micros);
    for line in &document.lines {
        let exact = line.exact.micros - line.exact_allowance.micros;
        assert!((line.net.micros - exact).abs() * 2 <= 10_000, "line {} is rounded once", line.line);
        // F of the whole line, within one micro-unit a segment below the exact rational.
        let rational = i128::from(line.per_hour.micros) * i128::from(line.unit_seconds) / 3600;
        assert!((rational - i128::from(line.exact.micros)).abs() <= 8, "line {} is F", line.line);
    }
}

async fn lines_open(books: &Books, invoice: InvoiceId, document: &Document, now: Timestamp) {
    let actor = books.world.actor("auditor@hub.test").await;
    let seat = actor.enter(&books.world.db, &books.tenant.id.to_string()).await.unwrap();
    let scope = seat.prove::<ReadInvoices>().unwrap();
    let tx = books.world.db.look(&scope, now).await.unwrap();
    for line in &document.lines {
        let opened = line_in(&tx, &scope, invoice, line.line).await.unwrap();
        let net = opened.instances.iter().map(|instance| instance.net.micros).sum::<i64>();
        let unit_seconds = opened.instances.iter().map(|instance| instance.unit_seconds).sum::<i64>();
        assert_eq!((net, unit_seconds), (line.exact.micros, line.unit_seconds));
    }
}

#[tokio::test]
async fn every_invoice_adds_up_opens_down_to_its_seconds_and_recalculates_to_itself() {
    let books = Books::open().await;
    books.world.price(books.world.h100, "MAD", 2, 31_234_567, at("2026-10-15T12:34:56Z")).await;
    let mut finalised = Vec::new();
    for (case, mut dice) in cases() {
        let books = books.another(case.word("case")).await;
        live(&books, &mut dice).await;
        let draft = books.closed().await;
        totals_agree(&draft.document);
        let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
        assert_eq!(Document { number: None, issued_on: None, due_on: None, ..issued.document.clone() }, draft.document);
        lines_open(&books, issued.invoice.id, &issued.document, at("2026-11-02T09:00:00Z")).await;
        let again = books.recalculate(issued.invoice.id).await;
        assert!(again.is_equal, "{again:?}");
        books.ledger_adds_up().await;
        finalised.push((books, issued));
    }
    // Whatever was used, granted, closed and finalised since: not a byte of it has changed.
    for (books, issued) in finalised {
        assert_eq!(books.invoice(issued.invoice.id).await, issued);
    }
}
