//! Documents as files: what asks for them, what they say for ever, who reads them, and what nobody can change.

use domain::{
    Error,
    access::policy::ReadInvoices,
    commands::Command,
    papers::{
        Drawn, FrozenPaper, ask_for_statement, freeze_paper, keep_paper, leave_paper, list_papers_in,
        list_waiting_papers, paper_bytes_in, paper_file_in, paper_in, paper_of_in, receipts_of_transfer_in,
        take_due_paper,
    },
    payments::{Seen, advance_payment},
};
use jiff::civil::date;
use serde::de::DeserializeOwned;
use types::{
    AccountStatement, ArtifactKind, AskStatement, CreditDocument, Cursor, Document, OrganisationId, PaperId, PaperKind,
    PaperView, ProForma, Receipt, ReceiptMeans, Timestamp,
};

use crate::{
    invoiced::Books,
    paid::Double,
    received::{Desk, booking},
    world::{JOB, Tenant, World, at, noon, patient},
};

const LATER: &str = "2026-11-03T09:00:00Z";
const FIRST: Cursor = Cursor { cursor: None, limit: None };

/// Everything that waits, frozen and kept with these bytes as its pages; in the order in which it waited.
async fn drawn(world: &World, content: &[u8], now: Timestamp) -> Vec<FrozenPaper> {
    let mut all = Vec::new();
    while let Some(place) = take_due_paper(&world.db, JOB, now).await.unwrap() {
        let Some(paper) = freeze_paper(&world.db, JOB, place, now).await.unwrap() else { continue };
        let drawn = Drawn { files: vec![(ArtifactKind::Pdf, content.to_vec())], trouble: None };
        keep_paper(&world.db, JOB, &paper, drawn, now).await.unwrap();
        all.push(paper);
    }
    all
}

fn said<T: DeserializeOwned>(papers: &[FrozenPaper], kind: PaperKind) -> T {
    let paper = papers.iter().find(|paper| paper.kind == kind).unwrap();
    serde_json::from_slice(&paper.snapshot).unwrap()
}

async fn seen(world: &World, tenant: Tenant, who: &str, now: Timestamp) -> Vec<PaperView> {
    let scope = world.scope::<ReadInvoices>(who, tenant).await;
    let tx = world.db.look(&scope, now).await.unwrap();
    list_papers_in(&tx, &scope, &FIRST).await.unwrap().items
}

async fn asked(world: &World, from: jiff::civil::Date, through: jiff::civil::Date) -> domain::Result<PaperView> {
    let scope = world.scope::<ReadInvoices>("billing@atlas.test", world.atlas).await;
    let ask = AskStatement { from, through };
    let command = Command::new(&format!("{from}{through}"), "ask_for_statement", &ask).unwrap();
    patient(async || ask_for_statement(&world.db, &scope, ask, command.clone(), at(LATER)).await).await
}

#[tokio::test]
async fn an_invoice_and_its_note_are_drawn_from_what_was_frozen_and_never_change() {
    let books = Books::open().await;
    let world = &books.world;
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    assert!(seen(world, books.tenant, "billing@atlas.test", at(LATER)).await.is_empty(), "a draft is no document");
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let note = books.credit(issued.invoice.id, &[], LATER).await.unwrap();
    let waits = seen(world, books.tenant, "billing@atlas.test", at(LATER)).await;
    assert_eq!(waits.iter().map(|paper| paper.kind).collect::<Vec<_>>(), [PaperKind::CreditNote, PaperKind::Invoice]);
    assert!(waits.iter().all(|paper| paper.drawn_at.is_none() && paper.files.is_empty()));
    let papers = drawn(world, b"pages", at(LATER)).await;
    assert_eq!(said::<Document>(&papers, PaperKind::Invoice), issued.document);
    assert_eq!(said::<CreditDocument>(&papers, PaperKind::CreditNote), note.document);

    let scope = world.scope::<ReadInvoices>("billing@atlas.test", books.tenant).await;
    let tx = world.db.look(&scope, at(LATER)).await.unwrap();
    let id = PaperId::from_uuid(issued.invoice.id.uuid());
    let paper = paper_of_in(&tx, &scope, id).await.unwrap().unwrap();
    assert_eq!(paper.number, issued.invoice.number);
    let file = paper_file_in(&tx, &scope, id, ArtifactKind::Pdf).await.unwrap().unwrap();
    assert_eq!((file.name, file.n_bytes), (format!("{}.pdf", issued.invoice.number.unwrap()), 5));
    assert_eq!(paper_bytes_in(&tx, &scope, id, ArtifactKind::Pdf).await.unwrap(), b"pages");
    drop(tx);

    // Frozen again it is the same, and other pages do not take the place of those that there are.
    let again = freeze_paper(&world.db, JOB, (books.tenant.id, id), at(LATER)).await.unwrap().unwrap();
    assert_eq!(Some(&again), papers.iter().find(|paper| paper.id == id));
    let other = Drawn { files: vec![(ArtifactKind::Pdf, b"others".to_vec())], trouble: None };
    keep_paper(&world.db, JOB, &again, other, at("2026-11-04T09:00:00Z")).await.unwrap();
    let tx = world.db.look(&scope, at(LATER)).await.unwrap();
    assert_eq!(paper_bytes_in(&tx, &scope, id, ArtifactKind::Pdf).await.unwrap(), b"pages");
    assert_eq!(paper_in(&tx, &scope, id).await.unwrap().drawn_at, Some(at(LATER)));
    drop(tx);
    for sql in [
        "UPDATE document_artifact SET content = 'x', sha256 = sha256('x') WHERE paper_id = $1",
        "DELETE FROM document_artifact WHERE paper_id = $1",
        "UPDATE paper SET snapshot = '{}', snapshot_sha256 = sha256('{}') WHERE id = $1",
        "UPDATE paper SET number = 'TM-1' WHERE id = $1",
        "UPDATE paper SET drawn_at = NULL WHERE id = $1",
        "DELETE FROM paper WHERE id = $1",
    ] {
        let refused = world.try_run(sql, [id.into()]).await.unwrap_err().to_string();
        assert!(refused.contains("never changes"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn what_is_due_is_paid_where_the_hub_is_paid_and_the_rest_says_nothing_of_it() {
    let desk = Desk::open().await;
    let books = Books { tenant: desk.0.atlas, world: desk.0.clone() };
    books.reach_october().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    assert!(issued.document.due.micros > 0);
    let papers = drawn(&desk.0, b"pages", at(LATER)).await;
    let invoice: serde_json::Value = said(&papers, PaperKind::Invoice);
    assert_eq!(invoice["pay_to"]["iban"], crate::received::IBAN);
    assert_eq!(invoice["pay_to"]["reference"].as_str(), issued.invoice.number.as_deref());
}

#[tokio::test]
async fn a_transfer_has_a_pro_forma_and_a_receipt_for_what_came_unless_it_was_somebody_elses() {
    let desk = Desk::open().await;
    let world = &desk.0;
    let order = desk.announced(10_000).await;
    desk.book(&[booking("B1", 4_000, &order.reference), booking("B2", 6_000, &order.reference)]).await;
    let papers = drawn(world, b"pages", noon()).await;
    let asked: ProForma = said(&papers, PaperKind::ProForma);
    assert_eq!(asked.number, format!("PF-{}", order.reference.replace(' ', "")));
    assert_eq!((asked.total, asked.pay_to.unwrap().iban), (order.amount, crate::received::IBAN.to_owned()));
    let receipts: Vec<Receipt> = papers
        .iter()
        .filter(|paper| paper.kind == PaperKind::Receipt)
        .map(|paper| serde_json::from_slice(&paper.snapshot).unwrap())
        .collect();
    let mut numbers: Vec<&str> = receipts.iter().map(|receipt| receipt.number.as_str()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, ["TMR-2026-000001", "TMR-2026-000002"]);
    assert!(receipts.iter().all(|receipt| receipt.means == ReceiptMeans::Transfer));
    assert_eq!(receipts.iter().map(|receipt| receipt.amount.micros).sum::<i64>(), 100_000_000);
    assert_eq!(receipts[0].payer.as_deref(), Some("Payer 1"));

    let scope = world.scope::<ReadInvoices>("billing@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    let shown = receipts_of_transfer_in(&tx, &scope, order.id).await.unwrap();
    assert_eq!(shown.len(), 2);
    drop(tx);
    for line in desk.any_matched(world.atlas).await {
        desk.undo(line).await.unwrap();
    }
    let tx = world.db.look(&scope, noon()).await.unwrap();
    assert!(receipts_of_transfer_in(&tx, &scope, order.id).await.unwrap().is_empty());
    for receipt in shown {
        assert!(matches!(paper_in(&tx, &scope, receipt.id).await, Err(Error::NotFound)));
    }
    drop(tx);
    // Undone before anybody drew it, a receipt takes no number.
    let line = desk.waiting().await[0].id;
    desk.assign(line, world.atlas, None).await.unwrap();
    desk.undo(line).await.unwrap();
    assert!(drawn(world, b"pages", noon()).await.is_empty());
    let numbers = "SELECT last_number::bigint AS n FROM document_series WHERE document_type = 'receipt'";
    assert_eq!(world.number(numbers, []).await, 2);
}

#[tokio::test]
async fn a_payment_by_card_has_its_receipt_once_it_is_there() {
    let (world, double) = (World::new().await, Double::default());
    let payment = world.ask_by_card(&double, "k", 5_000, noon()).await.unwrap().id;
    assert_eq!(take_due_paper(&world.db, JOB, noon()).await.unwrap(), None, "nothing has come");
    double.set(payment, Seen::Paid);
    advance_payment(&world.db, JOB, &double, (world.atlas.id, payment), noon()).await.unwrap();
    let receipt: Receipt = said(&drawn(&world, b"pages", noon()).await, PaperKind::Receipt);
    assert_eq!((receipt.means, receipt.amount.micros), (ReceiptMeans::Card, 50_000_000));
    assert_eq!((receipt.received_on, receipt.settled), (date(2026, 10, 3), Vec::new()));
}

#[tokio::test]
async fn a_statement_leads_from_what_the_wallet_held_to_what_it_holds() {
    let books = Books::open().await;
    let world = &books.world;
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    books.closed().await;
    let view = asked(world, date(2026, 10, 2), date(2026, 11, 3)).await.unwrap();
    assert_eq!((view.kind, view.drawn_at), (PaperKind::Statement, None));
    let papers = drawn(world, b"pages", at(LATER)).await;
    let statement: AccountStatement = said(&papers, PaperKind::Statement);
    let mut balance = statement.opening.micros;
    for line in &statement.movements {
        balance += line.amount.micros;
        assert_eq!(line.balance.micros, balance);
    }
    assert_eq!((balance, statement.opening.micros), (statement.closing.micros, 0));
    assert_eq!(balance, books.wallet(LATER).await.balance.micros);
    assert!(statement.movements.len() >= 2, "{statement:?}");
    // In their order, of days that have begun, and of a calendar that the books have.
    asked(world, date(2026, 10, 10), date(2026, 10, 9)).await.unwrap_err();
    asked(world, date(2026, 11, 4), date(2026, 11, 5)).await.unwrap_err();
    let before = world.fingerprint().await;
    let refused = asked(world, date(1999, 1, 1), date(1999, 1, 2)).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid { field: "from", .. }), "{refused:?}");
    assert_eq!(world.fingerprint().await, before, "nothing is stored of what is refused");
}

#[tokio::test]
async fn ten_statements_wait_at_once_and_others_can_be_asked_for_once_they_are_drawn() {
    let world = World::new().await;
    let first = date(2026, 10, 1);
    let day = |n: i64| first.checked_add(jiff::Span::new().days(n)).unwrap();
    let all = futures_util::future::join_all((0..12).map(|n| asked(&world, first, day(n)))).await;
    let many = |refused: &&domain::Result<PaperView>| matches!(refused, Err(Error::Conflict("statements-many")));
    assert_eq!(all.iter().filter(many).count(), 2, "{all:?}");
    assert_eq!(all.iter().filter(|asked| asked.is_ok()).count(), 10, "{all:?}");
    assert_eq!(drawn(&world, b"pages", at(LATER)).await.len(), 10);
    asked(&world, first, day(20)).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_drawn_is_told_to_finance_and_tried_again_the_next_day() {
    let desk = Desk::open().await;
    let world = &desk.0;
    desk.announced(10_000).await;
    let survey = world.survey::<ReadInvoices>("finance").await;
    let waiting = async |now: Timestamp| {
        let open = world.db.survey(&survey, now).await.unwrap();
        list_waiting_papers(&open, &survey, &FIRST).await.unwrap().items
    };
    assert!(waiting(noon()).await.is_empty(), "it has only been asked for");
    let untouched = waiting(noon().plus_seconds(600)).await;
    assert_eq!((untouched.len(), untouched[0].trouble.as_deref()), (1, None));
    let place: (OrganisationId, PaperId) = take_due_paper(&world.db, JOB, noon()).await.unwrap().unwrap();
    assert_eq!(take_due_paper(&world.db, JOB, noon()).await.unwrap(), None, "it belongs to who took it");
    leave_paper(&world.db, JOB, place, "no such font", noon()).await.unwrap();
    let told = waiting(noon()).await;
    assert_eq!((told[0].trouble.as_deref(), told[0].attempts), (Some("no such font"), 1));
    let scope = world.scope::<ReadInvoices>("billing@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    let refused = paper_file_in(&tx, &scope, place.1, ArtifactKind::Pdf).await;
    assert!(matches!(refused, Err(Error::Conflict("document-not-drawn"))), "{refused:?}");
    let none = paper_file_in(&tx, &scope, place.1, ArtifactKind::Ubl).await;
    assert!(matches!(none, Err(Error::NotFound)), "a pro-forma has no electronic form: {none:?}");
    drop(tx);
    assert!(drawn(world, b"pages", noon().plus_seconds(3_600)).await.is_empty());
    assert_eq!(drawn(world, b"pages", noon().plus_seconds(90_000)).await.len(), 1);
    assert!(waiting(noon().plus_seconds(90_000)).await.is_empty());
}

#[tokio::test]
async fn nobody_reads_a_document_of_another_organisation() {
    let desk = Desk::open().await;
    let world = &desk.0;
    let order = desk.announced(10_000).await;
    drawn(world, b"pages", noon()).await;
    let id = PaperId::from_uuid(order.id.uuid());
    assert!(seen(world, world.breton, "owner@breton.test", noon()).await.is_empty());
    let scope = world.scope::<ReadInvoices>("owner@breton.test", world.breton).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    for refused in [
        paper_in(&tx, &scope, id).await.map(drop),
        paper_file_in(&tx, &scope, id, ArtifactKind::Pdf).await.map(drop),
        paper_bytes_in(&tx, &scope, id, ArtifactKind::Pdf).await.map(drop),
    ] {
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    // A proof of another organisation than the transaction's opens nothing either.
    let own = world.scope::<ReadInvoices>("billing@atlas.test", world.atlas).await;
    assert!(matches!(paper_in(&tx, &own, id).await, Err(Error::NotFound)));
    assert!(matches!(paper_of_in(&tx, &own, id).await, Err(Error::NotFound)));
}
