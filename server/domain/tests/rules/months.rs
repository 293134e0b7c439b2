//! The close of a month: what its checklist counts, what keeps it from closing, and that a closed month stays closed.

use crate::invoiced::{Books, at};
use crate::world::dice::cases;
use domain::{
    Error, Result,
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    months::{close_month, month, months, open_month},
};
use types::{CloseCheck, MonthCloseView, MonthState, OpenMonth};
use uuid::Uuid;

pub(crate) const MONTH: &str = "2026-10";
pub(crate) const KNOWN: &str = "2026-11-02T00:00:00Z";
pub(crate) const LATER: &str = "2026-11-03T09:00:00Z";

/// The account of which lines come.
const ACCOUNT: &str = "INSERT INTO receiving_account (id, currency, beneficiary, bank, iban, set_at)
    VALUES (gen_random_uuid(), 'MAD', 'Hub', 'Bank', 'MA00', $1)";

/// A line of a statement that waits, known by a word of its own.
const WAITS: &str = "WITH statement AS (
        INSERT INTO bank_statement (organisation_id, id, account_id, file_sha256, place, file_name, format, n_lines,
            n_known, imported_at)
        SELECT hub.id, gen_random_uuid(), account.id, sha256($3::text::bytea), 1, $3::text, 'csv', 1, 0, $1
        FROM organisation hub, receiving_account account WHERE hub.kind = 'hub'
        RETURNING id, account_id, organisation_id)
    INSERT INTO bank_line (organisation_id, id, statement_id, account_id, identity, place, booked_on, value_on, amount,
        remittance, state)
    SELECT organisation_id, gen_random_uuid(), id, account_id, $3::text, 1, $2::text::date, $2::text::date, 100, '', 'new'
    FROM statement";

pub(crate) fn command(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

pub(crate) async fn open(books: &Books, word: &str, now: &str) -> Result<MonthCloseView> {
    let survey = books.world.survey::<CloseBilling>("finance").await;
    let ask = OpenMonth { month: word.to_owned() };
    open_month(&books.world.db, &survey, &ask, command(&ask), at(now)).await
}

pub(crate) async fn close(books: &Books, now: &str) -> Result<MonthCloseView> {
    close_of(books, MONTH, now).await
}

pub(crate) async fn close_of(books: &Books, month: &str, now: &str) -> Result<MonthCloseView> {
    let survey = books.world.survey::<CloseBilling>("finance").await;
    close_month(&books.world.db, &survey, month, command(&month), at(now)).await
}

/// The month as the auditor reads it.
async fn seen(books: &Books, now: &str) -> MonthCloseView {
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(now)).await.unwrap();
    month(&open, &survey, MONTH).await.unwrap()
}

/// What stands in the way, by line.
fn open_lines(view: &MonthCloseView) -> Vec<(CloseCheck, i64)> {
    view.lines.iter().filter(|line| !line.is_done).map(|line| (line.check, line.n_open)).collect()
}

/// The line that a refused close names.
fn refused_by(outcome: Result<MonthCloseView>) -> CloseCheck {
    match outcome {
        Err(Error::MonthNotReady { check, n_open }) if n_open > 0 => check,
        other => panic!("{other:?}"),
    }
}

/// Closes the tenant's periods up to October's end.
pub(crate) async fn close_periods(books: &Books) {
    while books.running().await.ends_at <= at("2026-11-01T00:00:00Z") {
        books.close(KNOWN).await.unwrap();
    }
}

/// October of which nothing is left to do but its draft; breton used nothing.
async fn drafted() -> (Books, types::InvoiceId) {
    let books = Books::open().await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await.invoice.id;
    close_periods(&Books { world: books.world.clone(), tenant: books.world.breton }).await;
    (books, draft)
}

#[tokio::test]
async fn a_month_is_opened_once_and_only_when_it_is_over() {
    let (books, _) = drafted().await;
    let early = open(&books, MONTH, "2026-10-31T23:59:59Z").await;
    assert!(matches!(early, Err(Error::Conflict("month-runs"))), "{early:?}");
    let unknown = open(&books, "2026-13", KNOWN).await;
    assert!(matches!(unknown, Err(Error::Invalid { field: "month", .. })), "{unknown:?}");
    let unopened = close(&books, KNOWN).await;
    assert!(matches!(unopened, Err(Error::Conflict("month-not-opened"))), "{unopened:?}");
    assert_eq!(seen(&books, KNOWN).await.month.state, MonthState::Unopened);
    assert_eq!(open(&books, MONTH, KNOWN).await.unwrap().month.state, MonthState::Open);
    let twice = open(&books, MONTH, KNOWN).await;
    assert!(matches!(twice, Err(Error::Conflict("month-opened"))), "{twice:?}");
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let tx = books.world.db.survey(&survey, at(KNOWN)).await.unwrap();
    let words: Vec<_> = months(&tx, &survey).await.unwrap().into_iter().map(|month| month.month).collect();
    assert_eq!(words, [MONTH]);
}

#[tokio::test]
async fn each_line_counts_what_is_missing_until_it_is_mended_and_the_close_names_the_first() {
    let books = Books::open().await;
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    books.world.observe(at("2026-10-20T00:00:00Z")).await;
    open(&books, MONTH, KNOWN).await.unwrap();
    let missing = open_lines(&seen(&books, KNOWN).await);
    assert_eq!(missing, [(CloseCheck::Clusters, 1), (CloseCheck::Periods, 2)]);
    assert_eq!(refused_by(close(&books, KNOWN).await), CloseCheck::Clusters);
    let draft = books.closed().await.invoice.id;
    assert_eq!(refused_by(close(&books, KNOWN).await), CloseCheck::Periods);
    close_periods(&Books { world: books.world.clone(), tenant: books.world.breton }).await;
    assert_eq!(open_lines(&seen(&books, KNOWN).await), [(CloseCheck::Drafts, 1)]);
    let (world, organisation) = (&books.world, books.tenant.id);
    world.run("UPDATE organisation SET ice = NULL, vat_id = NULL WHERE id = $1", [organisation.into()]).await;
    assert_eq!(refused_by(close(&books, KNOWN).await), CloseCheck::Review);
    books.finalise(draft, LATER).await.unwrap();
    assert_eq!(open_lines(&seen(&books, LATER).await), []);
    world.run(ACCOUNT, [at(KNOWN).into()]).await;
    world.run(WAITS, [at(KNOWN).into(), "2026-10-31".into(), "one".into()]).await;
    assert_eq!(refused_by(close(&books, LATER).await), CloseCheck::Bank);
    world.run("UPDATE bank_line SET booked_on = '2026-11-01'", []).await;
    let finding = "INSERT INTO payment_finding (id, provider, kind, reference, details, found_at)
                   VALUES (gen_random_uuid(), 'stripe', 'unknown_payment', 'pi_1', '{}', $1)";
    world.run(finding, [at(KNOWN).into()]).await;
    assert_eq!(refused_by(close(&books, LATER).await), CloseCheck::Provider);
    world.run("DELETE FROM payment_finding", []).await;
    world
        .run(
            "UPDATE account SET posted = posted + 1 WHERE organisation_id = $1 AND kind = 'wallet'",
            [organisation.into()],
        )
        .await;
    assert_eq!(refused_by(close(&books, LATER).await), CloseCheck::Balance);
    world
        .run(
            "UPDATE account SET posted = posted - 1 WHERE organisation_id = $1 AND kind = 'wallet'",
            [organisation.into()],
        )
        .await;
    let closed = close(&books, LATER).await.unwrap();
    assert_eq!((closed.month.state, closed.n_done), (MonthState::Closed, 9));
    let again = close(&books, LATER).await;
    assert!(matches!(again, Err(Error::Conflict("month-is-closed"))), "{again:?}");
    // What is missing later changes nothing of what was found then.
    world.run("UPDATE bank_line SET booked_on = '2026-10-31'", []).await;
    assert_eq!(seen(&books, "2026-11-09T00:00:00Z").await, closed);
}

#[tokio::test]
async fn a_waived_cluster_keeps_no_month_open() {
    let books = Books::open().await;
    books.running_usage("2026-10-03T10:00:00Z").await;
    books.world.observe(at("2026-10-20T00:00:00Z")).await;
    open(&books, MONTH, KNOWN).await.unwrap();
    assert_eq!(open_lines(&seen(&books, KNOWN).await)[0], (CloseCheck::Clusters, 1));
    books.waive(KNOWN).await.unwrap();
    assert_eq!(open_lines(&seen(&books, KNOWN).await)[0].0, CloseCheck::Periods);
}

#[tokio::test]
async fn a_closed_month_refuses_entries_that_are_dated_in_it_and_takes_those_of_now() {
    let (books, draft) = drafted().await;
    open(&books, MONTH, KNOWN).await.unwrap();
    books.top_up(1_000_000, "2026-10-31T23:00:00Z").await;
    books.finalise(draft, LATER).await.unwrap();
    close(&books, LATER).await.unwrap();
    let entry = "INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
                 VALUES (gen_random_uuid(), $1, gen_random_uuid()::text, 'top_up', '{}', $2, '')";
    for (dated, is_taken) in [
        ("2026-09-30T23:59:59Z", true),
        ("2026-10-01T00:00:00Z", false),
        ("2026-10-31T23:59:59Z", false),
        ("2026-11-01T00:00:00Z", true),
    ] {
        let outcome = books.world.try_run(entry, [books.tenant.id.into(), at(dated).into()]).await;
        assert_eq!(outcome.is_ok(), is_taken, "{dated}: {outcome:?}");
    }
    for change in ["UPDATE month_close SET closed_at = NULL, checklist = NULL", "DELETE FROM month_close"] {
        assert!(books.world.try_run(change, []).await.is_err(), "{change}");
    }
    books.top_up(1_000_000, "2026-11-04T00:00:00Z").await;
}

#[tokio::test]
async fn whoever_still_books_into_a_month_is_waited_for_by_its_close() {
    let (books, draft) = drafted().await;
    open(&books, MONTH, KNOWN).await.unwrap();
    books.finalise(draft, LATER).await.unwrap();
    let owner = sea_orm::Database::connect(books.world.database().owner_url()).await.unwrap();
    let late = sea_orm::TransactionTrait::begin(&owner).await.unwrap();
    let sql = format!(
        "INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
         VALUES (gen_random_uuid(), '{}', 'late', 'top_up', '{{}}', '2026-10-31T23:59:59Z', '')",
        books.tenant.id.uuid()
    );
    sea_orm::ConnectionTrait::execute_unprepared(&late, &sql).await.unwrap();
    let waits = close(&books, LATER).await;
    assert!(matches!(waits, Err(Error::Unavailable(_))), "{waits:?}");
    late.rollback().await.unwrap();
    close(&books, LATER).await.unwrap();
}

/// A month of many, one after the other: each case has one of its own, all in one database.
struct Turn {
    /// 2026-10 and those after it.
    month: String,
    next: String,
}

impl Turn {
    fn of(n: u64) -> Self {
        let word = |n: u64| format!("{:04}-{:02}", 2026 + (9 + n) / 12, (9 + n) % 12 + 1);
        Self { month: word(n), next: word(n + 1) }
    }

    /// When all of the month is known.
    fn known(&self) -> String {
        format!("{}-02T00:00:00Z", self.next)
    }

    /// When it is closed: before anything of the month after it is used.
    fn later(&self) -> String {
        format!("{}-03T09:00:00Z", self.next)
    }

    /// Closes a tenant's periods up to the month's end.
    async fn close_periods(&self, books: &Books) {
        while books.running().await.ends_at <= at(&format!("{}-01T00:00:00Z", self.next)) {
            books.close(&self.known()).await.unwrap();
        }
    }
}

/// Whatever is done in whatever order, a month that closes has nothing open, as queries say that are not the checklist's.
#[tokio::test]
async fn a_month_that_closed_has_neither_periods_nor_drafts_nor_lines_nor_findings_open() {
    let books = Books::open().await;
    let breton = Books { world: books.world.clone(), tenant: books.world.breton };
    let world = &books.world;
    world.run(ACCOUNT, [at(KNOWN).into()]).await;
    for (case, mut dice) in cases() {
        let turn = Turn::of(case.n);
        let (month, known, later) = (turn.month.as_str(), turn.known(), turn.later());
        books.usage(1, &format!("{month}-03T10:00:00Z"), &format!("{month}-03T11:00:00Z")).await;
        if dice.roll(2) == 0 {
            let values = [at(&known).into(), format!("{month}-28").into(), case.word("line").into()];
            world.run(WAITS, values).await;
        }
        open(&books, month, &known).await.unwrap();
        let mut steps = vec![0, 1, 2, 3, 4, 5, 6];
        dice.shuffle(&mut steps);
        // In any order first, and then again, so that most cases come to their close.
        let mut outcome = close_of(&books, month, &later).await;
        for step in steps.clone().into_iter().chain(0..7) {
            if outcome.is_ok() {
                break;
            }
            match step {
                0 => world.observe(at(&known)).await,
                1 => drop(books.close(&known).await),
                2 => turn.close_periods(&breton).await,
                3 => {
                    let drafts = "SELECT count(*) AS n FROM invoice WHERE status = 'draft'";
                    if world.number(drafts, []).await > 0 {
                        let rows = world.database().rows("SELECT id::text AS id FROM invoice WHERE status = 'draft'");
                        let id = rows.await.unwrap()[0]["id"].as_str().unwrap().parse().unwrap();
                        books.finalise(types::InvoiceId::from_uuid(id), &later).await.unwrap();
                    }
                }
                4 => world.run("UPDATE bank_line SET state = 'ignored'", []).await,
                5 => {
                    let now = at(&format!("{month}-27T00:00:00Z")).plus_seconds(dice.roll(172_800)).to_string();
                    books.top_up(1_000_000, &now).await;
                }
                _ => {}
            }
            outcome = close_of(&books, month, &later).await;
        }
        let closed = outcome.unwrap_or_else(|error| panic!("case {}: {error:?}", case.n));
        assert_eq!(open_lines(&closed), []);
        let end = at(&format!("{}-01T00:00:00Z", turn.next));
        let running = "SELECT count(*) AS n FROM billing_period WHERE ended_at IS NULL AND started_at < $1";
        assert_eq!(world.number(running, [end.into()]).await, 0, "case {}: periods", case.n);
        for left in [
            "SELECT count(*) AS n FROM invoice WHERE status = 'draft'",
            "SELECT count(*) AS n FROM bank_line WHERE state IN ('new', 'unmatched')",
            "SELECT count(*) AS n FROM payment_finding WHERE settled_at IS NULL",
            "SELECT count(*) AS n FROM (SELECT 1 FROM posting p JOIN account a ON a.id = p.account_id
                 GROUP BY a.unit HAVING sum(p.amount) <> 0) u",
        ] {
            assert_eq!(world.number(left, []).await, 0, "case {}: {left}", case.n);
        }
    }
}
