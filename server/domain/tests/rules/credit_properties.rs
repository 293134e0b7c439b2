//! What holds for every credit of every invoice: one organisation a case, all in one database.

use std::sync::Arc;

use crate::invoiced::{Books, at, correction};
use crate::world::dice::{Dice, cases};
use domain::{Error, commands::Command};
use types::{Amount, CreditLine, CreditNoteView, InvoiceCredits, InvoiceView, LotKind};

const NOVEMBER: &str = "2026-11-02T09:00:00Z";

/// A month with every kind of lot and some instances, invoiced; what was paid in, in micro-units.
async fn invoiced(books: &Books, dice: &mut Dice) -> (InvoiceView, i64) {
    let start = at("2026-10-01T01:00:00Z");
    let before = start.to_string();
    for kind in [LotKind::Promo, LotKind::Sponsored] {
        if dice.roll(2) == 0 {
            let micros = 1 + dice.roll(300_000_000);
            books.give(books.lot(kind, Amount::Money(books.money(micros))), &before).await;
        }
        if dice.roll(2) == 0 {
            let seconds = 1 + dice.roll(40_000);
            books.give(books.lot(kind, Amount::GpuSeconds { flavour: books.world.h100, seconds }), &before).await;
        }
    }
    let paid_in = dice.roll(2) * (1 + dice.roll(2_000_000_000));
    if paid_in > 0 {
        books.top_up(paid_in, &before).await;
    }
    for _ in 0..=dice.roll(3) {
        let from = start.plus_seconds(dice.roll(29 * 86_400));
        let to = from.plus_seconds(1 + dice.roll(100_000)).min(at("2026-10-31T23:59:59Z"));
        let units = i32::try_from(1 + dice.roll(4)).unwrap();
        books.usage(units, &from.to_string(), &to.to_string()).await;
    }
    let draft = books.closed().await;
    (books.finalise(draft.invoice.id, NOVEMBER).await.unwrap(), paid_in)
}

/// A part of one of the lines of which something is left; nothing where nothing is.
fn some_of(books: &Books, left: &InvoiceCredits, dice: &mut Dice) -> Option<CreditLine> {
    let open: Vec<_> = left.lines.iter().filter(|line| line.amount_left.micros > 0).collect();
    if open.is_empty() {
        return None;
    }
    let line = dice.one_of(&open);
    let minor = 1 + dice.roll(line.amount_left.micros / 10_000);
    let (amount, unit_seconds) = match dice.roll(3) {
        0 => (Some(books.money(minor * 10_000)), None),
        1 if line.unit_seconds_left > 0 => (None, Some(1 + dice.roll(line.unit_seconds_left))),
        _ => (None, None),
    };
    Some(CreditLine { line: line.line, amount, unit_seconds })
}

/// The tax of a note is the difference of what its groups come to with it and without, at the invoice's own rates.
fn mirrors(issued: &InvoiceView, note: &CreditNoteView) {
    let document = &note.document;
    for group in &document.taxes {
        let own = issued.document.taxes.iter().find(|own| own.tax_rule == group.tax_rule).unwrap();
        assert_eq!(
            (own.category, own.rate_ppm, &own.reason_code),
            (group.category, group.rate_ppm, &group.reason_code)
        );
        let exact = i128::from(group.taxable.micros) * i128::from(group.rate_ppm) / 1_000_000;
        assert!((exact - i128::from(group.tax.micros)).abs() <= 10_000, "{group:?} is a minor unit off at most");
    }
    let net = document.lines.iter().map(|line| line.net.micros).sum::<i64>();
    assert_eq!((document.net.micros, document.total.micros), (net, net + document.tax.micros));
    let back = document.back.iter().map(|payer| payer.amount.micros).sum::<i64>();
    assert_eq!(document.total.micros, back + document.owed.micros);
    assert_eq!((&document.seller, &document.buyer), (&issued.document.seller, &issued.document.buyer));
    assert_eq!(Some(&document.invoice_number), issued.document.number.as_ref());
}

/// Of no line and no tax more was credited than invoiced, as the tables say.
async fn stays_within(books: &Books) {
    for (part, columns) in [("line", ["net", "unit_seconds"]), ("tax", ["taxable", "tax"])] {
        let key = if part == "line" { "line" } else { "tax_rule_id" };
        for column in columns {
            let sql = format!(
                "SELECT count(*) AS n FROM (
                     SELECT c.invoice_id, c.{key}, sum(c.{column}) AS sum FROM credit_note_{part} c
                     WHERE c.organisation_id = $1 GROUP BY c.invoice_id, c.{key}) s
                 LEFT JOIN invoice_{part} i ON i.invoice_id = s.invoice_id AND i.{key} = s.{key}
                 WHERE s.sum > coalesce(i.{column}, 0)"
            );
            assert_eq!(books.world.number(&sql, [books.tenant.id.into()]).await, 0, "{part}: {column}");
        }
    }
}

/// What the organisation's entries come to on the house's accounts of a kind, in its currency.
async fn house(books: &Books, kind: &str) -> i64 {
    let sql = "SELECT coalesce(sum(p.amount), 0)::bigint AS n FROM posting p JOIN account a ON a.id = p.account_id
               WHERE p.organisation_id = $1 AND a.kind = $2 AND a.organisation_id IS NULL AND a.unit = $3";
    let unit = books.tenant.currency.word();
    books.world.number(sql, [books.tenant.id.into(), kind.into(), unit.into()]).await
}

/// Nobody has paid anything any more: every lot is whole and the wallet holds what was paid in.
async fn as_if_nothing_was_used(books: &Books, paid_in: i64) {
    for kind in ["accrued", "accrued_tax", "revenue", "tax", "rounding", "receivable"] {
        assert_eq!(house(books, kind).await, 0, "{kind}");
    }
    let wallet = books.wallet(NOVEMBER).await;
    assert_eq!((wallet.balance.micros, wallet.receivable.micros), (paid_in, 0));
    for lot in books.lots(NOVEMBER).await {
        assert_eq!((lot.left, lot.paid.micros), (lot.granted, 0), "{lot:?}");
    }
    let given =
        "SELECT coalesce(sum(granted), 0)::bigint AS n FROM lot WHERE organisation_id = $1 AND kind = $2 AND unit = $3";
    let unit = books.tenant.currency.word();
    for (kind, account) in [("promo", "promo"), ("sponsored", "sponsor")] {
        let given = books.world.number(given, [books.tenant.id.into(), kind.into(), unit.into()]).await;
        assert_eq!(house(books, account).await, -given, "{account}");
    }
}

#[tokio::test]
async fn credits_never_exceed_their_invoice_mirror_its_tax_and_all_of_them_undo_it_to_the_micro_unit() {
    let books = Books::open().await;
    books.world.price(books.world.h100, "MAD", 2, 31_234_567, at("2026-10-15T12:34:56Z")).await;
    books.world.tax("MA", true, "S", 100_000, None, at("2026-10-20T00:00:00Z")).await;
    for (case, mut dice) in cases() {
        let books = books.another(case.word("credited")).await;
        let (issued, paid_in) = invoiced(&books, &mut dice).await;
        let (invoice, mut total) = (issued.invoice.id, 0);
        for _ in 0..dice.roll(4) {
            let Some(part) = some_of(&books, &books.credits(invoice).await, &mut dice) else { break };
            let ask = correction(invoice, &[part]);
            let preview = books.credit_preview(&ask, NOVEMBER).await;
            let note = match books.credit(invoice, &ask.lines, NOVEMBER).await {
                Ok(note) => note,
                // So little time that its price rounds to nothing.
                Err(error) => {
                    assert!(matches!(error, Error::Invalid { field: "unit_seconds", .. }), "{error:?}");
                    assert_eq!(preview.unwrap_err().refusal(), error.refusal());
                    continue;
                }
            };
            let numbered = (note.document.number.clone(), note.document.issued_on);
            let mut preview = preview.unwrap().document;
            (preview.number, preview.issued_on) = numbered;
            assert_eq!(preview, note.document, "the preview is the document");
            mirrors(&issued, &note);
            stays_within(&books).await;
            total += note.document.total.micros;
            let outcome = books.credits(invoice).await;
            assert_eq!(outcome.credited.micros, total);
            assert_eq!(outcome.left.micros, issued.document.total.micros - total);
        }
        if books.credits(invoice).await.is_open {
            mirrors(&issued, &books.credit(invoice, &[], NOVEMBER).await.unwrap());
        }
        stays_within(&books).await;
        let outcome = books.credits(invoice).await;
        assert_eq!((outcome.left.micros, outcome.is_open), (0, false));
        let again = books.credit(invoice, &[], NOVEMBER).await;
        assert!(matches!(again, Err(Error::Conflict("nothing-left-to-credit"))), "{again:?}");
        as_if_nothing_was_used(&books, paid_in).await;
        assert_eq!(books.invoice(invoice).await, issued, "the invoice itself never changes");
        let replay = books.recalculate(invoice).await;
        assert!(replay.is_equal, "{replay:?}");
    }
    books.world.assert_balanced().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn credits_at_once_never_exceed_the_invoice_and_one_that_is_sent_twice_is_issued_once() {
    let books = Books::open().await;
    let mut n_notes = 0;
    for (case, mut dice) in cases() {
        let books = Arc::new(books.another(case.word("rushed")).await);
        books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
        books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
        let draft = books.closed().await;
        let invoice = books.finalise(draft.invoice.id, NOVEMBER).await.unwrap().invoice.id;
        let mut tasks = Vec::new();
        for n in 0..2 + dice.roll(3) {
            // Of 300 MAD: some fit together, some do not.
            let amount = Some(books.money((1 + dice.roll(20_000)) * 10_000));
            let ask = correction(invoice, &[CreditLine { line: 1, amount, unit_seconds: None }]);
            for _ in 0..1 + dice.roll(2) {
                let (books, ask) = (Arc::clone(&books), ask.clone());
                tasks.push(tokio::spawn(async move {
                    loop {
                        let command = Command::new(&format!("credit-{n}"), "test", &ask).unwrap();
                        match books.credit_by(ask.clone(), command, NOVEMBER).await {
                            // Again where the database was busy, as a person would.
                            Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
                            answer => break (n, answer),
                        }
                    }
                }));
            }
        }
        let mut issued = std::collections::BTreeMap::new();
        for task in tasks {
            match task.await.unwrap() {
                (n, Ok(note)) => {
                    let known = issued.entry(n).or_insert_with(|| note.clone());
                    assert_eq!(*known, note, "the same command is answered alike");
                }
                (_, Err(error)) => {
                    let fact = error.refusal().unwrap().fact;
                    assert!(["credit-exceeds", "nothing-left-to-credit"].contains(&fact.as_str()), "{error:?}");
                }
            }
        }
        let outcome = books.credits(invoice).await;
        assert!(outcome.left.micros >= 0 && !issued.is_empty());
        assert_eq!(outcome.notes.len(), issued.len());
        let total: i64 = issued.values().map(|note| note.note.total.micros).sum();
        assert_eq!(outcome.credited.micros, total);
        // To the wallet goes what was paid of the part, with 20 % tax, to the micro-unit.
        let net: i64 = issued.values().map(|note| note.note.net.micros).sum();
        assert_eq!(books.wallet(NOVEMBER).await.balance.micros, 1_000_000_000 - 360_000_000 + net / 5 * 6);
        stays_within(&books).await;
        n_notes += i64::try_from(issued.len()).unwrap();
    }
    let numbers = "SELECT count(DISTINCT right(number, 6)::integer) * 1000000 + max(right(number, 6)::integer) AS n FROM credit_note";
    assert_eq!(books.world.number(numbers, []).await, n_notes * 1_000_001, "numbers are 1..n");
    books.world.assert_balanced().await;
}
