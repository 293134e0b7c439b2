//! Credit notes one by one: where the money goes, lots whose time is over, what is refused, and what nobody can change.

use crate::invoiced::{Books, at, correction};
use domain::{
    Error,
    access::policy::{IssueCreditNotes, ReadInvoices},
    commands::Command,
    invoices::{credit_note_in, credit_notes_of_in, issue_credit_note, list_all_credit_notes, list_credit_notes_in},
};
use sea_orm::ConnectionTrait;
use types::{Amount, CreditLine, CreditNoteId, Cursor, InvoiceView, LotKind, PayerKind};

const LATER: &str = "2026-11-03T09:00:00Z";

/// October with one GPU for ten hours, 300 MAD net, finalised.
async fn ten_hours(books: &Books) -> InvoiceView {
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap()
}

fn part(books: &Books, micros: i64) -> CreditLine {
    CreditLine { line: 1, amount: Some(books.money(micros)), unit_seconds: None }
}

#[tokio::test]
async fn what_the_wallet_paid_goes_back_to_it_and_the_note_has_a_number_of_its_own_series() {
    let books = Books::open().await;
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    let issued = ten_hours(&books).await;
    let before = books.wallet(LATER).await.balance.micros;
    let note = books.credit(issued.invoice.id, &[part(&books, 50_000_000)], LATER).await.unwrap();
    assert_eq!((note.document.net.micros, note.document.tax.micros), (50_000_000, 10_000_000));
    assert_eq!(note.document.number.as_deref(), Some("TMC-2026-000001"));
    assert_eq!(note.document.issued_on.unwrap().to_string(), "2026-11-03");
    assert_eq!(note.document.back.iter().map(|payer| payer.kind).collect::<Vec<_>>(), [PayerKind::Wallet]);
    assert_eq!(books.wallet(LATER).await.balance.micros, before + 60_000_000);
    // Half of the time, at its own price, and then all that is left.
    let half = CreditLine { line: 1, amount: None, unit_seconds: Some(5 * 3600) };
    let second = books.credit(issued.invoice.id, &[half], LATER).await.unwrap();
    assert_eq!((second.document.net.micros, second.document.lines[0].unit_seconds), (150_000_000, 5 * 3600));
    let rest = books.credit(issued.invoice.id, &[], LATER).await.unwrap();
    assert_eq!((rest.document.net.micros, rest.document.lines[0].unit_seconds), (100_000_000, 5 * 3600));
    assert_eq!(rest.note.number, "TMC-2026-000003");
    assert_eq!(books.wallet(LATER).await.balance.micros, 1_000_000_000);
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn what_was_owed_becomes_less_before_anything_goes_to_the_wallet() {
    let books = Books::open().await;
    books.top_up(100_000_000, "2026-10-02T00:00:00Z").await;
    let issued = ten_hours(&books).await;
    assert_eq!(books.wallet(LATER).await.receivable.micros, 260_000_000);
    let first = books.credit(issued.invoice.id, &[part(&books, 200_000_000)], LATER).await.unwrap();
    assert_eq!((first.document.owed.micros, first.document.back.len()), (240_000_000, 0));
    assert_eq!(books.wallet(LATER).await.receivable.micros, 20_000_000);
    let rest = books.credit(issued.invoice.id, &[], LATER).await.unwrap();
    assert_eq!((rest.document.owed.micros, rest.document.back[0].amount.micros), (20_000_000, 100_000_000));
    let wallet = books.wallet(LATER).await;
    assert_eq!((wallet.receivable.micros, wallet.balance.micros), (0, 100_000_000));
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn lots_get_back_exactly_what_they_gave_and_pay_again() {
    let books = Books::open().await;
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    books.gift(60_000_000, "2026-10-02T00:00:00Z").await;
    let hours = Amount::GpuSeconds { flavour: books.world.h100, seconds: 3 * 3600 };
    books.give(books.lot(LotKind::Sponsored, hours), "2026-10-02T00:00:01Z").await;
    let issued = ten_hours(&books).await;
    // The gift paid two hours, the funder three, and the wallet five.
    assert_eq!((issued.document.net.micros, issued.document.total.micros), (240_000_000, 288_000_000));
    let half = CreditLine { line: 1, amount: None, unit_seconds: Some(5 * 3600) };
    let note = books.credit(issued.invoice.id, &[half], LATER).await.unwrap().document;
    let restored: Vec<_> = note.restored.iter().map(|lot| lot.amount).collect();
    let time = Amount::GpuSeconds { flavour: books.world.h100, seconds: 3 * 1800 };
    assert_eq!(restored, [Amount::Money(books.money(30_000_000)), time]);
    assert_eq!((note.lines[0].allowance.micros, note.net.micros), (30_000_000, 120_000_000));
    let back: Vec<_> = note.back.iter().map(|payer| (payer.kind, payer.amount.micros)).collect();
    assert_eq!(back, [(PayerKind::Sponsored, 54_000_000), (PayerKind::Wallet, 90_000_000)]);
    books.credit(issued.invoice.id, &[], LATER).await.unwrap();
    assert!(books.lots(LATER).await.iter().all(|lot| lot.left == lot.granted && lot.paid.micros == 0));
    // Whole again, they pay for the next hours as if nothing had been.
    books.usage(1, "2026-11-04T10:00:00Z", "2026-11-04T15:00:00Z").await;
    books.world.observe(at("2026-11-06T00:00:00Z")).await;
    books.settle("2026-11-06T00:00:00Z").await;
    assert_eq!(books.lots("2026-11-06T00:00:00Z").await.iter().filter(|lot| lot.left == lot.granted).count(), 0);
    assert_eq!(books.wallet("2026-11-06T00:00:00Z").await.balance.micros, 1_000_000_000);
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn a_lot_whose_time_is_over_gets_back_what_it_gave_and_runs_out_once_more() {
    let books = Books::open().await;
    let gift = books.lot(LotKind::Promo, Amount::Money(books.money(400_000_000)));
    let gift = types::GrantCredits { expires_at: Some(at("2026-10-10T00:00:00Z")), ..gift };
    books.give(gift, "2026-10-02T00:00:00Z").await;
    let issued = ten_hours(&books).await;
    let money = |micros| Amount::Money(books.money(micros));
    let lot = async |now: &str| books.lots(now).await.pop().unwrap();
    let before = lot(LATER).await;
    assert_eq!((before.used, before.expired, before.left), (money(300_000_000), money(100_000_000), money(0)));
    let note = books.credit(issued.invoice.id, &[], LATER).await.unwrap();
    // Nothing was taxed or paid, and yet the gift is given back.
    assert_eq!((note.document.total.micros, note.document.restored.len()), (0, 1));
    let given_back = lot(LATER).await;
    assert_eq!((given_back.used, given_back.left), (money(0), money(300_000_000)));
    books.world.observe(at("2026-11-05T00:00:00Z")).await;
    books.settle("2026-11-05T00:00:00Z").await;
    let after = lot("2026-11-05T00:00:00Z").await;
    assert_eq!((after.expired, after.left), (money(400_000_000), money(0)));
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn what_cannot_be_credited_is_refused_and_leaves_nothing() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let early = books.credit(draft.invoice.id, &[], LATER).await;
    assert!(matches!(early, Err(Error::Conflict("draft-has-no-credit"))), "{early:?}");
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let before = books.world.fingerprint().await;
    let line = |line, amount, unit_seconds| CreditLine { line, amount, unit_seconds };
    let euros = types::Money { micros: 10_000, currency: types::Currency::Eur };
    let asks = [
        (line(9, None, None), "lines"),
        (line(1, Some(books.money(0)), None), "amount"),
        (line(1, Some(books.money(-10_000)), None), "amount"),
        (line(1, Some(books.money(1)), None), "amount"),
        (line(1, Some(books.money(300_010_000)), None), "amount"),
        (line(1, Some(euros), None), "amount"),
        (line(1, None, Some(0)), "unit_seconds"),
        (line(1, None, Some(36_001)), "unit_seconds"),
        (line(1, Some(books.money(10_000)), Some(1)), "unit_seconds"),
    ];
    for (ask, field) in asks {
        let refused =
            books.credit(issued.invoice.id, std::slice::from_ref(&ask), LATER).await.unwrap_err().refusal().unwrap();
        assert_eq!(refused.field.as_deref(), Some(field), "{ask:?}");
    }
    let twice = books.credit(issued.invoice.id, &[part(&books, 10_000), part(&books, 10_000)], LATER).await;
    assert!(matches!(twice, Err(Error::Invalid { field: "lines", .. })), "{twice:?}");
    let silent = types::IssueCreditNote { reason: " ".to_owned(), ..correction(issued.invoice.id, &[]) };
    let silent = books.credit_by(silent.clone(), Command::new("silent", "test", &silent).unwrap(), LATER).await;
    assert!(matches!(silent, Err(Error::Invalid { field: "reason", .. })), "{silent:?}");
    let scope = books.world.scope::<IssueCreditNotes>("finance@hub.test", books.world.breton).await;
    let ask = correction(issued.invoice.id, &[]);
    let command = Command::new("foreign", "test", &ask).unwrap();
    let foreign = issue_credit_note(&books.world.db, &scope, ask, command, at(LATER)).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    assert_eq!(books.world.fingerprint().await, before);
}

#[tokio::test]
async fn a_note_is_issued_as_it_was_looked_at_or_not_at_all() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    let ask = correction(issued.invoice.id, &[]);
    let seen = books.credit_preview(&ask, LATER).await.unwrap();
    books.credit(issued.invoice.id, &[part(&books, 10_000_000)], LATER).await.unwrap();
    let ask = types::IssueCreditNote { sha256: Some(seen.sha256), ..ask };
    let late = books.credit_by(ask.clone(), Command::new("late", "test", &ask).unwrap(), LATER).await;
    assert!(matches!(late, Err(Error::Changed)), "{late:?}");
    let ask = types::IssueCreditNote { sha256: Some(books.credit_preview(&ask, LATER).await.unwrap().sha256), ..ask };
    books.credit_by(ask.clone(), Command::new("now", "test", &ask).unwrap(), LATER).await.unwrap();
}

#[tokio::test]
async fn the_customer_and_the_auditor_read_notes_and_a_proof_of_another_organisation_opens_nothing() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    for second in 0..3 {
        let now = format!("2026-11-03T09:00:0{second}Z");
        books.credit(issued.invoice.id, &[part(&books, 10_000_000)], &now).await.unwrap();
    }
    let scope = books.world.scope::<ReadInvoices>("billing@atlas.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, at(LATER)).await.unwrap();
    let (mut page, mut seen) = (Cursor { cursor: None, limit: Some(2) }, Vec::new());
    loop {
        let list = list_credit_notes_in(&tx, &scope, &page).await.unwrap();
        seen.extend(list.items);
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    let numbers: Vec<_> = seen.iter().map(|note| note.number.as_str()).collect();
    assert_eq!(numbers, ["TMC-2026-000003", "TMC-2026-000002", "TMC-2026-000001"]);
    let read = credit_note_in(&tx, &scope, seen[0].id).await.unwrap();
    assert_eq!((&read.note, read.document.reason.as_str()), (&seen[0], "a node fault"));
    assert_eq!(credit_notes_of_in(&tx, &scope, issued.invoice.id).await.unwrap().notes, seen);
    let nowhere = credit_note_in(&tx, &scope, CreditNoteId::new(at(LATER))).await;
    assert!(matches!(nowhere, Err(Error::NotFound)), "{nowhere:?}");
    let foreign = books.world.scope::<ReadInvoices>("owner@breton.test", books.world.breton).await;
    assert!(matches!(list_credit_notes_in(&tx, &foreign, &page).await, Err(Error::NotFound)));
    assert!(matches!(credit_note_in(&tx, &foreign, seen[0].id).await, Err(Error::NotFound)));
    let theirs = books.world.db.look(&foreign, at(LATER)).await.unwrap();
    assert!(matches!(credit_note_in(&theirs, &foreign, seen[0].id).await, Err(Error::NotFound)));
    assert!(matches!(credit_notes_of_in(&theirs, &foreign, issued.invoice.id).await, Err(Error::NotFound)));
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(LATER)).await.unwrap();
    let all = list_all_credit_notes(&open, &survey, &Cursor::default()).await.unwrap().items;
    assert_eq!(
        all.iter().map(|view| (view.slug.as_str(), &view.note)).collect::<Vec<_>>(),
        [("atlas", &seen[0]), ("atlas", &seen[1]), ("atlas", &seen[2]),]
    );
}

#[tokio::test]
async fn no_role_changes_an_issued_note_or_credits_beyond_the_invoice() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    let note = books.credit(issued.invoice.id, &[part(&books, 200_000_000)], LATER).await.unwrap();
    let database = books.world.database();
    let above_all = [database.superuser_url(), database.owner_url()];
    let portal = [database.tenant_url(), database.staff_url(), database.worker_url()];
    let again = "WITH note AS (
                     INSERT INTO credit_note (organisation_id, id, invoice_id, series, number, language, currency, reason, net,
                         tax, total, issued_on, snapshot, snapshot_sha256, issued_at)
                     SELECT organisation_id, gen_random_uuid(), invoice_id, series, 'TMC-X', language, currency, reason, net,
                         tax, total, issued_on, snapshot, snapshot_sha256, issued_at FROM credit_note RETURNING *)
                 SELECT set_config('test.note', id::text, false) FROM note";
    let line =
        "INSERT INTO credit_note_line SELECT organisation_id, current_setting('test.note')::uuid, invoice_id, line,
                    unit_seconds, amount, allowance, net FROM credit_note_line";
    let tax = "INSERT INTO credit_note_tax SELECT organisation_id, current_setting('test.note')::uuid, invoice_id, tax_rule_id,
                   taxable, tax FROM credit_note_tax";
    for url in above_all.iter().chain(&portal) {
        let role = sea_orm::Database::connect(url).await.unwrap();
        let organisation = books.world.atlas.id.uuid();
        for (change, why) in [
            ("UPDATE credit_note SET total = total".to_owned(), "never changes"),
            ("DELETE FROM credit_note".to_owned(), "never changes"),
            ("UPDATE credit_note_line SET net = net".to_owned(), "never changes"),
            ("DELETE FROM credit_note_tax".to_owned(), "never changes"),
            ("INSERT INTO credit_note_line SELECT * FROM credit_note_line".to_owned(), "never changes"),
            ("INSERT INTO credit_note_tax SELECT * FROM credit_note_tax".to_owned(), "never changes"),
            (format!("{again}; {line}"), "beyond its invoice"),
            (format!("{again}; {tax}"), "beyond its invoice"),
        ] {
            let sql = format!("SELECT set_config('tamuda.organisation', '{organisation}', false); {change}");
            let refused = role.execute_unprepared(&sql).await.unwrap_err().to_string();
            // Those whom no grant binds meet the trigger itself.
            assert!(refused.contains(why) || portal.contains(url), "{change} as {url}: {refused}");
        }
    }
    let scope = books.world.scope::<ReadInvoices>("auditor@hub.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, at(LATER)).await.unwrap();
    assert_eq!(credit_note_in(&tx, &scope, note.note.id).await.unwrap(), note);
    assert_eq!(credit_notes_of_in(&tx, &scope, issued.invoice.id).await.unwrap().notes.len(), 1);
}
