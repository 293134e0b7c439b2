//! What holds for every invoice, whatever was used, given and paid: one organisation a case, all in one database.

use crate::invoiced::{Books, at};
use crate::world::dice::{Dice, cases};
use domain::{
    access::policy::{ReadInvoices, ReadUsage},
    invoices::line_in,
    usage::{FocusCharge, FocusNature, FocusPayer, Month, list_all_focus_charges, list_focus_charges_in},
};
use types::{Cursor, Document, InvoiceId, LotKind, Timestamp};

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

/// The month's charges of the books' organisation, page by page.
async fn charges(books: &Books, month: &str, now: Timestamp) -> Vec<FocusCharge> {
    let actor = books.world.actor("auditor@hub.test").await;
    let seat = actor.enter(&books.world.db, &books.tenant.id.to_string()).await.unwrap();
    let scope = seat.prove::<ReadUsage>().unwrap();
    let (mut found, mut page) = (Vec::new(), Cursor { cursor: None, limit: Some(3) });
    loop {
        let tx = books.world.db.look(&scope, now).await.unwrap();
        let month = Month::of_in(&tx, Some(month)).await.unwrap();
        let list = list_focus_charges_in(&tx, &scope, &month, &page).await.unwrap();
        found.extend(list.items);
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            return found;
        }
    }
}

/// All that is billed is the invoice; before rounding it is what lots and wallet gave.
fn charges_are_the_invoice(charges: &[FocusCharge], document: &Document) {
    let billed = |wanted: fn(&FocusCharge) -> bool| {
        charges.iter().filter(|charge| wanted(charge)).map(|charge| charge.billed).sum::<i64>()
    };
    assert_eq!(billed(|_| true), document.total.micros);
    let rounded = billed(|charge| charge.nature == FocusNature::Rounding);
    let n_amounts = i64::try_from(document.lines.len() + document.taxes.len()).unwrap();
    assert!(rounded.abs() <= 10_000 * n_amounts + 1_000, "rounding took {rounded}");
    let listed = charges.iter().filter(|charge| charge.nature == FocusNature::Usage).map(|charge| charge.list);
    assert_eq!(listed.sum::<i64>(), document.lines.iter().map(|line| line.exact.micros).sum::<i64>());
    let is_gift = |charge: &&FocusCharge| matches!(charge.payer, Some(FocusPayer::Lot { kind: LotKind::Promo, .. }));
    let gifts = charges.iter().filter(is_gift).map(|charge| charge.list).sum::<i64>();
    assert_eq!(gifts, document.lines.iter().map(|line| line.exact_allowance.micros).sum::<i64>());
    for charge in charges {
        assert_eq!(charge.bill.invoice, document.number);
        assert_eq!(charge.bill.period_started_at, document.period_started_at);
    }
}

#[tokio::test]
async fn what_is_billed_in_the_file_for_cost_tools_is_the_months_invoice_late_facts_and_rounding_included() {
    let books = Books::open().await;
    books.gift(7_000_001, "2026-10-02T00:00:00Z").await;
    let lease = books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:07Z").await;
    let open = charges(&books, "2026-10", at("2026-10-04T00:00:00Z")).await;
    assert!(open.is_empty(), "nothing is rated yet");
    let draft = books.closed().await;
    let open = charges(&books, "2026-10", at("2026-11-02T00:00:00Z")).await;
    assert!(open.iter().all(|charge| charge.bill.invoice.is_none() && charge.nature != FocusNature::Rounding));
    let october = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    charges_are_the_invoice(&charges(&books, "2026-10", at("2026-11-02T10:00:00Z")).await, &october.document);
    let late = books.world.billable(lease, at("2026-10-03T11:00:07Z"), Some(at("2026-10-03T12:00:00Z"))).await;
    let learnt = "UPDATE usage_interval SET cut_at = $2 WHERE id = $1";
    books.world.run(learnt, [late.into(), at("2026-11-05T00:00:00Z").into()]).await;
    books.usage(1, "2026-11-05T10:00:00Z", "2026-11-05T11:00:01Z").await;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let closed = books.close("2026-12-02T00:00:00Z").await.unwrap();
    let november = books.finalise(closed.invoice.unwrap(), "2026-12-02T09:00:00Z").await.unwrap();
    assert!(november.document.lines.iter().any(|line| line.is_late));
    let now = at("2026-12-02T10:00:00Z");
    charges_are_the_invoice(&charges(&books, "2026-11", now).await, &november.document);
    charges_are_the_invoice(&charges(&books, "2026-10", now).await, &october.document);
}

#[tokio::test]
async fn the_file_of_all_organisations_has_each_ones_charges_once() {
    let books = Books::open().await;
    let others = [books.another("one").await, books.another("two").await];
    books.another("idle").await;
    let now = at("2026-11-02T10:00:00Z");
    let mut wanted = Vec::new();
    for books in [&books, &others[0], &others[1]] {
        books.top_up(10_000_000, "2026-10-02T00:00:00Z").await;
        for day in ["03", "04", "05"] {
            books.usage(1, &format!("2026-10-{day}T10:00:00Z"), &format!("2026-10-{day}T10:00:07Z")).await;
        }
        let draft = books.closed().await;
        books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
        wanted.push(charges(books, "2026-10", now).await);
    }
    wanted.sort_by_key(|charges| charges[0].bill.organisation);
    let survey = books.world.survey::<ReadInvoices>("finance").await;
    let (mut found, mut page) = (Vec::new(), Cursor { cursor: None, limit: Some(2) });
    loop {
        let open = books.world.db.survey(&survey, now).await.unwrap();
        let month = Month::of_in(&open, Some("2026-10")).await.unwrap();
        let list = list_all_focus_charges(&open, &survey, &month, &page).await.unwrap();
        found.extend(list.items);
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, wanted.concat());
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
        charges_are_the_invoice(&charges(&books, "2026-10", at("2026-11-02T09:00:00Z")).await, &issued.document);
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
