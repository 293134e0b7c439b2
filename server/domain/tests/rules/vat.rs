//! The declaration of VAT, held against the documents and the ledger: random months of many organisations, invoiced and
//! credited in other months than they were used in, under several treatments.

use std::collections::BTreeMap;

use domain::{
    Error, Open, Rule,
    access::{Survey, policy::ReadInvoices},
    books::vat_sheet,
};
use types::{AskVat, CreditLine, Currency, DocumentTax, InvoiceId, Timestamp, VatRow, VatSheet};

use crate::invoiced::{Books, at};
use crate::world::{
    World,
    dice::{Dice, cases},
};

const NOW: &str = "2027-07-01T12:00:00Z";
const DAY_S: i64 = 86_400;

/// The taxes of a document, when it was issued and whether it takes back.
struct Issued {
    at: Timestamp,
    is_credit: bool,
    taxes: Vec<DocumentTax>,
}

/// Category, rate and reason.
type Treatment = (String, i32, Option<String>);

async fn sheet(open: &Open, survey: &Survey<ReadInvoices>, month: &str, currency: Option<Currency>) -> VatSheet {
    vat_sheet(open, survey, &AskVat { month: Some(month.to_owned()), currency }).await.unwrap()
}

/// Some use of a month, whatever pays.
async fn used(books: &Books, dice: &mut Dice, first: &str, last: &str) {
    for _ in 0..=dice.roll(2) {
        let from = at(first).plus_seconds(dice.roll(28 * DAY_S));
        let to = from.plus_seconds(3_600 + dice.roll(100_000)).min(at(last));
        books.usage(i32::try_from(1 + dice.roll(3)).unwrap(), &from.to_string(), &to.to_string()).await;
    }
}

/// Makes the draft final at an instant, and credits a cent or all of it some days later, or nothing.
async fn issue(books: &Books, dice: &mut Dice, invoice: InvoiceId, now: Timestamp, found: &mut Vec<Issued>) {
    let issued = books.finalise(invoice, &now.to_string()).await.unwrap();
    found.push(Issued { at: now, is_credit: false, taxes: issued.document.taxes });
    let mut now = now;
    for _ in 0..dice.roll(3) {
        now = now.plus_seconds(dice.roll(40 * DAY_S));
        if !books.credits(invoice).await.is_open {
            return;
        }
        let cent = CreditLine { line: 1, amount: Some(books.money(10_000)), unit_seconds: None };
        let parts = if dice.roll(2) == 0 { vec![cent] } else { Vec::new() };
        // Of the line there may be nothing left.
        if let Ok(note) = books.credit(invoice, &parts, &now.to_string()).await {
            found.push(Issued { at: now, is_credit: true, taxes: note.document.taxes });
        }
    }
}

/// October and November of an organisation, each invoiced some time later.
async fn live(books: &Books, dice: &mut Dice) -> Vec<Issued> {
    if dice.roll(2) == 0 {
        books.gift(1 + dice.roll(90_000_000), "2026-10-01T01:00:00Z").await;
    }
    if dice.roll(2) == 0 {
        books.top_up(1 + dice.roll(900_000_000), "2026-10-01T01:00:00Z").await;
    }
    used(books, dice, "2026-10-01T02:00:00Z", "2026-10-31T23:00:00Z").await;
    let october = books.closed().await.invoice.id;
    used(books, dice, "2026-11-02T02:00:00Z", "2026-11-30T23:00:00Z").await;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let november = books.close("2026-12-02T00:00:00Z").await.unwrap().invoice.unwrap();
    let mut found = Vec::new();
    let first = at("2026-12-02T01:00:00Z").plus_seconds(dice.roll(45 * DAY_S));
    issue(books, dice, october, first, &mut found).await;
    if dice.roll(3) > 0 {
        let second = first.plus_seconds(dice.roll(30 * DAY_S));
        issue(books, dice, november, second, &mut found).await;
    }
    found
}

/// What the documents of a stretch of time say, without treatments of which nothing is left to say.
fn said(issued: &[Issued], from: Timestamp, to: Timestamp) -> BTreeMap<Treatment, [i64; 4]> {
    let mut sums = BTreeMap::<Treatment, [i64; 4]>::new();
    for document in issued.iter().filter(|document| document.at >= from && document.at < to) {
        for group in &document.taxes {
            let treatment = (group.category.word().to_owned(), group.rate_ppm, group.reason_code.clone());
            let sum = sums.entry(treatment).or_default();
            let place = if document.is_credit { 2 } else { 0 };
            sum[place] += group.taxable.micros;
            sum[place + 1] += group.tax.micros;
        }
    }
    sums.retain(|_, sum| *sum != [0; 4]);
    sums
}

fn shown(rows: &[VatRow]) -> BTreeMap<Treatment, [i64; 4]> {
    let row = |row: &VatRow| {
        let sums = [row.invoiced.taxable, row.invoiced.tax, row.credited.taxable, row.credited.tax];
        ((row.category.word().to_owned(), row.rate_ppm, row.reason_code.clone()), sums.map(|money| money.micros))
    };
    rows.iter().map(row).filter(|(_, sum)| *sum != [0; 4]).collect()
}

#[tokio::test]
async fn a_months_declaration_is_its_documents_by_treatment_and_what_the_ledger_booked_as_tax() {
    let books = Books::open().await;
    books.world.tax("MA", true, "S", 100_000, None, at("2026-10-15T00:00:00Z")).await;
    books.world.tax("MA", true, "E", 0, Some("VATEX-EU-132"), at("2026-11-10T00:00:00Z")).await;
    let mut issued = Vec::new();
    for (case, mut dice) in cases() {
        issued.extend(live(&books.another(case.word("taxed")).await, &mut dice).await);
    }
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(NOW)).await.unwrap();
    let (mut n_documents, mut month) = (0, "2026-11".to_owned());
    let mut treatments = BTreeMap::new();
    loop {
        let sheet = sheet(&open, &survey, &month, Some(Currency::Mad)).await;
        let documents = said(&issued, sheet.started_at, sheet.ended_at);
        assert_eq!(shown(&sheet.rows), documents, "{month}");
        n_documents += issued.iter().filter(|one| one.at >= sheet.started_at && one.at < sheet.ended_at).count();
        let sum = |part: fn(&VatRow) -> i64| sheet.rows.iter().map(part).sum::<i64>();
        assert_eq!(sheet.sum.taxable.micros, sum(|row| row.invoiced.taxable.micros - row.credited.taxable.micros));
        assert_eq!(sheet.sum.tax.micros, sum(|row| row.invoiced.tax.micros - row.credited.tax.micros));
        let booked = "SELECT coalesce(sum(p.amount), 0)::bigint AS n FROM posting p
                      JOIN account a ON a.id = p.account_id JOIN journal_entry e ON e.id = p.entry_id
                      WHERE a.kind = 'tax' AND a.unit = 'MAD' AND e.booked_at >= $1 AND e.booked_at < $2";
        let booked = books.world.number(booked, [sheet.started_at.into(), sheet.ended_at.into()]).await;
        assert_eq!((sheet.sum.tax.micros, sheet.booked.micros), (booked, booked), "{month}");
        treatments.extend(documents);
        let Some(after) = sheet.after else { break };
        month = after;
    }
    assert_eq!(n_documents, issued.len(), "each document stands in one month");
    assert_eq!(treatments.len(), 3, "{treatments:?}");
    let euros = sheet(&open, &survey, "2026-12", Some(Currency::Eur)).await;
    assert!(euros.rows.is_empty() && euros.sum.tax.micros == 0 && euros.booked.micros == 0);
    let own = sheet(&open, &survey, "2026-12", None).await;
    assert_eq!(own, sheet(&open, &survey, "2026-12", Some(Currency::Mad)).await, "the hub's own currency");
}

#[tokio::test]
async fn a_draft_is_not_declared_before_it_is_final() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let draft = books.closed().await;
    let survey = books.world.survey::<ReadInvoices>("finance").await;
    let november = async || {
        let open = books.world.db.survey(&survey, at(NOW)).await.unwrap();
        sheet(&open, &survey, "2026-11", None).await
    };
    assert!(november().await.rows.is_empty());
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let sheet = november().await;
    assert_eq!((sheet.sum.taxable, sheet.sum.tax), (issued.document.net, issued.document.tax));
    assert_eq!((sheet.before.as_str(), sheet.after.as_deref()), ("2026-10", Some("2026-12")));
}

#[tokio::test]
async fn a_month_that_no_calendar_has_is_refused_by_its_field() {
    let world = World::new().await;
    let survey = world.survey::<ReadInvoices>("auditor").await;
    let open = world.db.survey(&survey, at(NOW)).await.unwrap();
    for month in ["soon", "2026-13", "1999-12"] {
        let refused = vat_sheet(&open, &survey, &AskVat { month: Some(month.to_owned()), currency: None }).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "month", rule: Rule::Form })), "{month}: {refused:?}");
    }
}
