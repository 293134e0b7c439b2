//! What holds of periods, numbers and finalised bytes whatever comes at once and afterwards: organisations of its own for
//! each case, all in one database.

use crate::invoiced::{Books, at};
use crate::world::dice::{Dice, cases};
use crate::world::patient;
use domain::Error;
use futures_util::future::{join, join_all};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};
use types::{CreditLine, InvoiceView};

const KNOWN: &str = "2026-11-02T00:00:00Z";
const NOVEMBER: &str = "2026-11-02T09:00:00Z";

/// Takes a number and loses it again.
const LOSE: &str = "DO $$ BEGIN
        PERFORM take_document_number((SELECT hub_id FROM installation), 'invoice', 2026, '2026-11-01');
        RAISE EXCEPTION 'lost';
    EXCEPTION WHEN raise_exception THEN NULL; END $$";

/// Changes that nobody may make of an organisation's finalised invoice.
const FORBIDDEN: [&str; 8] = [
    "UPDATE invoice SET total = total, snapshot = snapshot",
    "UPDATE invoice SET snapshot = 'other', snapshot_sha256 = sha256('other')",
    "UPDATE invoice SET status = 'draft', number = NULL, snapshot = NULL, finalised_at = NULL",
    "DELETE FROM invoice",
    "UPDATE invoice_line SET net = net + 1",
    "DELETE FROM invoice_line",
    "UPDATE invoice_tax SET tax = tax + 1",
    "DELETE FROM invoice_tax",
];

/// October of one organisation, with some instances.
async fn use_some(books: &Books, dice: &mut Dice) {
    for _ in 0..=dice.roll(2) {
        let from = at("2026-10-01T01:00:00Z").plus_seconds(dice.roll(29 * 86_400));
        let to = from.plus_seconds(600 + dice.roll(80_000));
        books.usage(i32::try_from(1 + dice.roll(3)).unwrap(), &from.to_string(), &to.to_string()).await;
    }
}

/// The one success among answers, of which the others say that it was done before.
fn the_one<T: std::fmt::Debug>(answers: Vec<domain::Result<T>>, done_before: &'static str) -> T {
    let (mut done, mut refused) = (Vec::new(), Vec::new());
    for answer in answers {
        match answer {
            Ok(answer) => done.push(answer),
            Err(error) => refused.push(error),
        }
    }
    let is_told = |error: &Error| matches!(error, Error::Conflict(fact) if *fact == done_before);
    assert!(refused.iter().all(is_told), "{refused:?}");
    assert_eq!(done.len(), 1, "{done:?}");
    done.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn however_often_and_concurrently_billing_runs_a_period_has_one_invoice_and_one_number() {
    let books = Books::open().await;
    books.world.observe(at(KNOWN)).await;
    for (case, mut dice) in cases() {
        let books = books.another(case.word("closed")).await;
        use_some(&books, &mut dice).await;
        let period = books.running().await.period;
        let n_closes = 2 + dice.roll(4);
        let closes = (0..n_closes).map(|_| patient(async || books.close_period(period, KNOWN).await));
        let invoice = the_one(join_all(closes).await, "period-closed").invoice.unwrap();
        let sha256 = books.invoice(invoice).await.sha256;
        let n_ends = 2 + dice.roll(4);
        let ends = (0..n_ends).map(|_| patient(async || books.finalise_seen(invoice, &sha256, NOVEMBER).await));
        // Whoever runs the billing again meanwhile changes nothing.
        let again = patient(async || books.close_period(period, NOVEMBER).await);
        let (ends, again) = join(join_all(ends), again).await;
        assert!(matches!(again, Err(Error::Conflict("period-closed"))), "{again:?}");
        let issued = the_one(ends, "finalised");
        assert_eq!(books.invoice(invoice).await, issued);
        let sql = "SELECT count(*) * 1000 + count(number) AS n FROM invoice WHERE organisation_id = $1";
        assert_eq!(books.world.number(sql, [books.tenant.id.into()]).await, 1_001);
        books.ledger_adds_up().await;
    }
    books.world.assert_balanced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_no_gap_and_dates_do_not_go_back_however_finalisations_race_and_fail() {
    let books = Books::open().await;
    books.world.observe(at(KNOWN)).await;
    let mut n_numbered = 0;
    for (case, mut dice) in cases() {
        let mut racers = Vec::new();
        for slug in [case.word("racer"), case.word("rival")] {
            let books = books.another(slug).await;
            books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
            let draft = books.invoice(books.close(KNOWN).await.unwrap().invoice.unwrap()).await;
            // Finance's days come in any order.
            let now = format!("2026-11-{:02}T09:00:00Z", 2 + dice.roll(5));
            racers.push((books, draft, now, dice.roll(3)));
        }
        let losing = join_all((0..dice.roll(4)).map(|_| books.world.run(LOSE, [])));
        let racing = join_all(racers.iter().map(async |(books, draft, now, n_wrong)| {
            let (invoice, sha256) = (draft.invoice.id, &draft.sha256);
            for _ in 0..*n_wrong {
                let wrong = patient(async || books.finalise_seen(invoice, "not what was seen", now).await).await;
                assert!(matches!(wrong, Err(Error::Changed)), "{wrong:?}");
            }
            let finalise = || patient(async || books.finalise_seen(invoice, sha256, now).await);
            the_one(join_all([finalise(), finalise()]).await, "finalised")
        }));
        let (_, issued) = join(losing, racing).await;
        n_numbered += i64::try_from(issued.len()).unwrap();
        let gaps = "SELECT count(*) AS n FROM (
                        SELECT right(number, 6)::int AS number, row_number() OVER (ORDER BY number) AS place, issued_on,
                               lag(issued_on) OVER (ORDER BY number) AS before FROM invoice WHERE number IS NOT NULL) i
                    WHERE number <> place OR issued_on < before";
        assert_eq!(books.world.number(gaps, []).await, 0);
        let numbered = "SELECT count(*) AS n FROM invoice WHERE number IS NOT NULL";
        assert_eq!(books.world.number(numbered, []).await, n_numbered);
    }
}

/// A connection of each role, those whom no grant binds first.
async fn roles(books: &Books) -> Vec<(DatabaseConnection, bool)> {
    let database = books.world.database();
    let mut roles = Vec::new();
    for (url, is_bound) in [
        (database.superuser_url(), false),
        (database.owner_url(), false),
        (database.tenant_url(), true),
        (database.staff_url(), true),
        (database.worker_url(), true),
    ] {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        roles.push((sea_orm::Database::connect(options).await.unwrap(), is_bound));
    }
    roles
}

/// Sixty bits of the digest of an invoice's bytes.
async fn bytes_of(books: &Books, issued: &InvoiceView) -> i64 {
    let sql = "SELECT ('x' || left(encode(sha256(snapshot), 'hex'), 15))::bit(60)::bigint AS n FROM invoice
               WHERE id = $1 AND snapshot_sha256 = sha256(snapshot)";
    books.world.number(sql, [issued.invoice.id.into()]).await
}

/// Something that happens after an invoice is final, and that another document would say otherwise.
async fn go_on(books: &Books, issued: &InvoiceView, dice: &mut Dice) {
    let tenant = books.tenant.id;
    match dice.roll(4) {
        0 => {
            let line = CreditLine { line: 1, amount: None, unit_seconds: Some(60) };
            books.credit(issued.invoice.id, &[line], NOVEMBER).await.unwrap();
        }
        1 => {
            let sql = "UPDATE organisation SET legal_name = legal_name || ' AU', address = 'moved' WHERE id = $1";
            books.world.run(sql, [tenant.into()]).await;
        }
        2 => books.world.run("UPDATE project SET name = 'renamed' WHERE organisation_id = $1", [tenant.into()]).await,
        _ => {
            // Learnt after the invoice.
            let late = books.usage(1, "2026-10-30T10:00:00Z", "2026-10-30T11:00:00Z").await;
            let learnt = "UPDATE usage_interval SET cut_at = $2 WHERE lease_id = $1";
            books.world.run(learnt, [late.id.into(), at("2026-11-02T10:00:00Z").into()]).await;
            books.settle("2026-11-03T00:00:00Z").await;
        }
    }
}

#[tokio::test]
async fn finalised_bytes_never_change_whatever_happens_afterwards_and_whoever_tries() {
    let books = Books::open().await;
    books.world.observe(at(KNOWN)).await;
    let roles = roles(&books).await;
    let mut finalised = Vec::new();
    for (case, mut dice) in cases() {
        let books = books.another(case.word("frozen")).await;
        use_some(&books, &mut dice).await;
        let draft = books.close(KNOWN).await.unwrap().invoice.unwrap();
        let issued = books.finalise(draft, NOVEMBER).await.unwrap();
        let bytes = bytes_of(&books, &issued).await;
        for _ in 0..1 + dice.roll(3) {
            go_on(&books, &issued, &mut dice).await;
            let (role, is_bound) = &roles[usize::try_from(dice.roll(5)).unwrap()];
            let (change, of) = (dice.one_of(&FORBIDDEN), books.tenant.id.uuid());
            let sql = format!(
                "SELECT set_config('tamuda.organisation', '{of}', false); {change} WHERE organisation_id = '{of}'"
            );
            let refused = role.execute_unprepared(&sql).await.unwrap_err().to_string();
            // Those whom no grant binds meet the trigger itself.
            assert!(*is_bound || refused.contains("a finalised document never changes"), "{sql}: {refused}");
            assert_eq!((bytes_of(&books, &issued).await, books.invoice(draft).await), (bytes, issued.clone()));
        }
        finalised.push((books, issued, bytes));
    }
    for (books, issued, bytes) in finalised {
        assert_eq!((bytes_of(&books, &issued).await, books.invoice(issued.invoice.id).await), (bytes, issued));
    }
}
