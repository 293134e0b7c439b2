//! All drafts of a month finalised at once: nothing twice whoever is lost or works beside, and what people must see is left.

use std::time::Duration;

use crate::invoiced::{Books, at};
use crate::sign_offs::{SECOND, asked, kept_by_two, limit, signed};
use crate::world::{JOB, dice::cases};
use domain::{
    Error, Result,
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    invoices::{finalise_all, finalise_run, finalise_some, latest_finalise_run, look_at_draft, stop_finalise_run},
};
use futures_util::future::join_all;
use types::{
    Code, FinaliseAll, FinaliseItemState, FinaliseRunId, FinaliseRunState, FinaliseRunView, InvoiceId, LookAtDraft,
    ReviewReason, SignOffKind,
};
use uuid::Uuid;

const MONTH: &str = "2026-10";
const KNOWN: &str = "2026-11-02T00:00:00Z";
const LATER: &str = "2026-11-03T09:00:00Z";
/// Fewer than there are drafts: some calls follow one another.
const MOST: usize = 5;
const NOON: &str = "2026-11-02T12:00:00Z";
const DECEMBER: &str = "2026-12-02T00:00:00Z";

fn command(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

/// So many companies beside the atlas, each with October's draft.
pub(crate) async fn drafts(first: &Books, n: usize) -> Vec<(Books, InvoiceId)> {
    let mut drafted = Vec::new();
    for place in 0..n {
        let books = first.another(&format!("company-{place}")).await;
        books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
        drafted.push(books);
    }
    first.world.observe(at(KNOWN)).await;
    let mut all = Vec::new();
    for books in drafted {
        let invoice = books.close(KNOWN).await.unwrap().invoice.unwrap();
        all.push((books, invoice));
    }
    all
}

pub(crate) async fn ask(books: &Books) -> Result<FinaliseRunView> {
    ask_for(books, MONTH, NOON).await
}

async fn ask_for(books: &Books, month: &str, now: &str) -> Result<FinaliseRunView> {
    let survey = books.world.survey::<CloseBilling>("finance").await;
    finalise_all(&books.world.db, &survey, (month, &FinaliseAll::default()), command(&month), at(now)).await
}

/// One organisation's drafts of October and of November.
async fn of_two_months(books: &Books) -> [InvoiceId; 2] {
    // Who owes something is looked at first.
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    for day in ["2026-10-03", "2026-11-03"] {
        books.usage(1, &format!("{day}T10:00:00Z"), &format!("{day}T11:00:00Z")).await;
    }
    books.world.observe(at(DECEMBER)).await;
    let october = books.close(DECEMBER).await.unwrap().invoice.unwrap();
    [october, books.close(DECEMBER).await.unwrap().invoice.unwrap()]
}

pub(crate) async fn seen(books: &Books, run: FinaliseRunId) -> FinaliseRunView {
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(LATER)).await.unwrap();
    finalise_run(&open, &survey, run).await.unwrap()
}

/// Works until nothing is left to do.
pub(crate) async fn work(books: &Books) {
    loop {
        match finalise_some(&books.world.db, JOB, MOST, at(LATER)).await {
            Ok(1..) | Err(Error::Unavailable(_)) => {}
            Ok(0) => return,
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// Fails unless so many invoices are final, with the numbers 1 to that without a gap, each booked and told once.
async fn finalised_once(books: &Books, n: i64) {
    let world = &books.world;
    for counted in [
        "SELECT count(DISTINCT number) AS n FROM invoice WHERE status = 'finalised'",
        "SELECT coalesce(max(last_number), 0)::bigint AS n FROM document_series WHERE document_type = 'invoice'",
        "SELECT count(*) AS n FROM journal_entry WHERE kind = 'invoice'",
        "SELECT count(*) AS n FROM audit WHERE verb = 'invoice.finalised'",
    ] {
        assert_eq!(world.number(counted, []).await, n, "{counted}");
    }
    world.assert_balanced().await;
}

/// Fails unless the numbers come in the order of the run and of the organisations.
async fn numbered_in_order(books: &Books) {
    let strays = "SELECT count(*) AS n FROM (
            SELECT i.place + 1 AS place, row_number() OVER (ORDER BY v.number) AS by_number,
                   row_number() OVER (ORDER BY v.organisation_id) AS by_organisation
            FROM finalise_item i JOIN invoice v ON v.id = i.invoice_id) t
        WHERE by_number <> place OR by_organisation <> place";
    assert_eq!(books.world.number(strays, []).await, 0);
}

#[tokio::test]
async fn every_draft_of_a_month_is_finalised_and_the_run_ends() {
    let books = Books::open().await;
    let none = ask(&books).await;
    assert!(matches!(none, Err(Error::Conflict("no-drafts"))), "{none:?}");
    let drafts = drafts(&books, 5).await;
    let run = ask(&books).await.unwrap();
    assert_eq!((run.state, run.n_drafts, run.n_waiting, run.share()), (FinaliseRunState::Running, 5, 5, 0));
    let twice = ask(&books).await;
    assert!(matches!(twice, Err(Error::Conflict("month-is-finalised"))), "{twice:?}");
    assert_eq!(finalise_some(&books.world.db, JOB, 1, at(LATER)).await.unwrap(), 1);
    assert_eq!((seen(&books, run.id).await.n_done, seen(&books, run.id).await.share()), (1, 200));
    work(&books).await;
    let ended = seen(&books, run.id).await;
    assert_eq!((ended.state, ended.n_done, ended.n_waiting), (FinaliseRunState::Ended, 5, 0));
    assert_eq!((ended.asked_by.as_deref(), ended.for_people.len()), (Some("finance@hub.test"), 0));
    finalised_once(&books, 5).await;
    for (books, invoice) in drafts {
        assert!(books.recalculate(invoice).await.is_equal);
    }
}

#[tokio::test]
async fn a_run_goes_on_after_whoever_worked_at_it_was_lost_anywhere_and_finalises_nothing_twice() {
    let books = Books::open().await;
    drafts(&books, 8).await;
    let run = ask(&books).await.unwrap();
    let (_, mut dice) = cases().next().unwrap();
    for _ in 0..60 {
        // What is dropped in the middle of a statement leaves as a killed process does: its transaction is rolled back.
        let patience = Duration::from_micros(u64::try_from(200 + dice.roll(12_000)).unwrap());
        drop(tokio::time::timeout(patience, finalise_some(&books.world.db, JOB, MOST, at(LATER))).await);
    }
    work(&books).await;
    assert_eq!(seen(&books, run.id).await.state, FinaliseRunState::Ended);
    assert_eq!(seen(&books, run.id).await.n_done, 8);
    finalised_once(&books, 8).await;
    numbered_in_order(&books).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_of_several_replicas_share_a_run_and_finalise_nothing_twice() {
    let books = Books::open().await;
    drafts(&books, 12).await;
    let run = ask(&books).await.unwrap();
    join_all((0..4).map(|_| work(&books))).await;
    // Whoever found everything taken left before the last was done.
    work(&books).await;
    let ended = seen(&books, run.id).await;
    assert_eq!((ended.state, ended.n_done, ended.n_failed), (FinaliseRunState::Ended, 12, 0));
    finalised_once(&books, 12).await;
    numbered_in_order(&books).await;
}

#[tokio::test]
async fn above_the_limit_a_run_finalises_what_somebody_else_signed_and_tells_of_the_others() {
    let books = kept_by_two().await;
    let drafts = drafts(&books, 2).await;
    limit(&books, "finance", SignOffKind::Finalise, Some(0)).await.unwrap();
    let (agreed, invoice) = &drafts[0];
    let open = asked(agreed, &agreed.invoice(*invoice).await).await.unwrap();
    signed(agreed, SECOND, &open).await.unwrap();
    let run = ask(&books).await.unwrap();
    work(&books).await;
    let ended = seen(&books, run.id).await;
    assert_eq!((ended.state, ended.n_done, ended.n_failed), (FinaliseRunState::Ended, 1, 1));
    let [item] = ended.for_people.as_slice() else { panic!("{ended:?}") };
    let fact = item.refusal.as_ref().map(|refusal| refusal.fact.as_str());
    assert_eq!((item.invoice, fact), (drafts[1].1, Some("sign-off-needed")));
    let used = "SELECT count(*) AS n FROM sign_off WHERE state = 'used'";
    assert_eq!(books.world.number(used, []).await, 1);
    finalised_once(&books, 1).await;
}

#[tokio::test]
async fn a_draft_that_changed_is_told_with_its_reason_and_the_others_are_finalised() {
    let books = Books::open().await;
    let drafts = drafts(&books, 3).await;
    let run = ask(&books).await.unwrap();
    let (changed, invoice) = &drafts[1];
    let (from, to) = (at("2026-10-09T10:00:00Z"), at("2026-10-09T12:00:00Z"));
    let lease = changed.world.lease(changed.tenant, changed.world.h100, 1, from).await;
    changed.world.interval_learnt_at(lease, (from, Some(to)), None, at("2026-11-02T01:00:00Z")).await;
    changed.world.end(lease, to).await;
    changed.world.observe(at(LATER)).await;
    changed.settle(LATER).await;
    work(&books).await;
    let ended = seen(&books, run.id).await;
    assert_eq!((ended.state, ended.n_done, ended.n_failed), (FinaliseRunState::Ended, 2, 1));
    let told = &ended.for_people[0];
    assert_eq!((told.invoice, told.state), (*invoice, FinaliseItemState::Failed));
    assert_eq!(told.refusal.as_ref().unwrap().code, Code::PreconditionFailed);
    finalised_once(&books, 2).await;
    // The list shows what was stored when it was drafted: a person opens it.
    changed.finalise(*invoice, LATER).await.unwrap();
    finalised_once(&books, 3).await;
}

#[tokio::test]
async fn a_draft_with_reasons_is_left_until_somebody_has_looked_at_them() {
    let books = Books::open().await;
    let drafts = drafts(&books, 2).await;
    let (other, invoice) = &drafts[0];
    let sql = "UPDATE organisation SET ice = NULL, vat_id = NULL WHERE id = $1";
    books.world.run(sql, [other.tenant.id.into()]).await;
    let run = ask(&books).await.unwrap();
    work(&books).await;
    let ended = seen(&books, run.id).await;
    assert_eq!((ended.n_done, ended.n_left, ended.share()), (1, 1, 1000));
    let left = &ended.for_people[0];
    assert_eq!((left.invoice, left.state), (*invoice, FinaliseItemState::Left));
    assert_eq!(left.reasons, [ReviewReason::MissingTaxId]);
    let look = async |invoice: InvoiceId, reason: &str| {
        let finance = books.world.actor("finance@hub.test").await;
        let seat = finance.enter(&books.world.db, &other.tenant.id.to_string()).await.unwrap();
        let scope = seat.prove::<CloseBilling>().unwrap();
        let ask = LookAtDraft { reason: reason.to_owned() };
        look_at_draft(&books.world.db, &scope, (invoice, &ask), command(&ask), at(LATER)).await
    };
    let empty = look(*invoice, " ").await;
    assert!(matches!(empty, Err(Error::Invalid { field: "reason", .. })), "{empty:?}");
    let foreign = look(drafts[1].1, "they wrote").await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    assert_eq!(look(*invoice, "they wrote").await.unwrap().reasons, [ReviewReason::MissingTaxId]);
    let second = ask(&books).await.unwrap();
    assert_eq!((second.n_drafts, second.n_left), (1, 0));
    work(&books).await;
    assert_eq!(seen(&books, second.id).await.n_done, 1);
    let over = look(*invoice, "they wrote").await;
    assert!(matches!(over, Err(Error::Conflict("finalised"))), "{over:?}");
}

#[tokio::test]
async fn a_stopped_run_begins_no_other_draft_and_the_next_one_takes_the_rest() {
    let books = Books::open().await;
    let drafts = drafts(&books, 3).await;
    let run = ask(&books).await.unwrap();
    assert_eq!(finalise_some(&books.world.db, JOB, 1, at(LATER)).await.unwrap(), 1);
    let survey = books.world.survey::<CloseBilling>("finance").await;
    let stop = async || stop_finalise_run(&books.world.db, &survey, run.id, command(&run.id), at(LATER)).await;
    assert_eq!(stop().await.unwrap().state, FinaliseRunState::Stopped);
    let over = stop().await;
    assert!(matches!(over, Err(Error::Conflict("run-over"))), "{over:?}");
    work(&books).await;
    assert_eq!((seen(&books, run.id).await.n_done, seen(&books, run.id).await.n_waiting), (1, 2));
    let next = ask(&books).await.unwrap();
    assert_eq!(next.n_drafts, 2);
    // One that a person finalises meanwhile is done as well.
    let mut by_hand = 0;
    for (books, invoice) in &drafts {
        if by_hand == 0 && books.finalise(*invoice, LATER).await.is_ok() {
            by_hand += 1;
        }
    }
    work(&books).await;
    assert_eq!((by_hand, seen(&books, next.id).await.n_done), (1, 2));
    finalised_once(&books, 3).await;
    let reads = books.world.survey::<ReadInvoices>("finance").await;
    let open = books.world.db.survey(&reads, at(LATER)).await.unwrap();
    assert_eq!(latest_finalise_run(&open, &reads, MONTH).await.unwrap().unwrap().id, next.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_fails_by_no_rule_waits_behind_the_others_and_is_told_after_five_tries_of_its_own() {
    let books = Books::open().await;
    let others = drafts(&books, 6).await;
    let [october, _] = of_two_months(&books).await;
    // A fault of ours in October's.
    let fault = format!(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF NEW.id = '{}' THEN RAISE EXCEPTION 'a fault'; END IF; RETURN NEW;
         END $$",
        october.uuid()
    );
    books.world.run(&fault, []).await;
    books.world.run("CREATE TRIGGER fault BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION fail()", []).await;
    let run = ask_for(&books, "2026-11", DECEMBER).await.unwrap();
    assert_eq!((run.n_drafts, run.n_waiting), (8, 8));
    let round = async || {
        join_all((0..3).map(|_| finalise_some(&books.world.db, JOB, MOST, at(DECEMBER)))).await;
        seen(&books, run.id).await
    };
    let first = round().await;
    assert_eq!((first.n_failed, first.state), (0, FinaliseRunState::Running), "a fault is tried again");
    let mut last = first;
    for _ in 0..20 {
        last = round().await;
    }
    // November's could not go before it: both are people's.
    assert_eq!((last.state, last.n_done, last.n_failed), (FinaliseRunState::Ended, 6, 2), "{last:?}");
    finalised_once(&books, 6).await;
    for (books, invoice) in others {
        assert!(books.recalculate(invoice).await.is_equal);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_somebody_holds_is_waited_for_by_those_after_it_and_no_try_is_counted() {
    let books = Books::open().await;
    let drafts = drafts(&books, 4).await;
    let held = format!(
        "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF NEW.id = '{}' THEN RAISE EXCEPTION 'held' USING ERRCODE = 'lock_not_available'; END IF; RETURN NEW;
         END $$",
        drafts[1].1.uuid()
    );
    books.world.run(&held, []).await;
    books.world.run("CREATE TRIGGER held BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION hold()", []).await;
    let run = ask(&books).await.unwrap();
    for _ in 0..7 {
        let busy = finalise_some(&books.world.db, JOB, MOST, at(LATER)).await;
        assert!(matches!(busy, Err(Error::Unavailable(_))), "{busy:?}");
    }
    let waits = seen(&books, run.id).await;
    assert_eq!((waits.state, waits.n_done, waits.n_waiting), (FinaliseRunState::Running, 1, 3), "{waits:?}");
    books.world.run("DROP TRIGGER held ON invoice", []).await;
    work(&books).await;
    assert_eq!((seen(&books, run.id).await.n_done, seen(&books, run.id).await.n_failed), (4, 0));
    finalised_once(&books, 4).await;
    numbered_in_order(&books).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_at_which_several_work_at_once_become_what_one_after_the_other_does() {
    let books = Books::open().await;
    let drafts = drafts(&books, 7).await;
    let run = ask(&books).await.unwrap();
    let mut n_done = 0;
    loop {
        let outcomes = join_all((0..3).map(|_| finalise_some(&books.world.db, JOB, MOST, at(LATER)))).await;
        let before = n_done;
        for outcome in &outcomes {
            match outcome {
                Ok(n) => n_done += n,
                Err(error) => assert!(matches!(error, Error::Unavailable(_)), "{error:?}"),
            }
        }
        if n_done == before && outcomes.iter().all(Result::is_ok) {
            break;
        }
    }
    let ended = seen(&books, run.id).await;
    assert_eq!((ended.state, ended.n_done, ended.n_failed), (FinaliseRunState::Ended, 7, 0));
    assert!(n_done <= 7, "{n_done} were told of seven");
    finalised_once(&books, 7).await;
    numbered_in_order(&books).await;
    for (books, invoice) in drafts {
        assert!(books.recalculate(invoice).await.is_equal);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_one_organisation_the_earlier_draft_is_finalised_first_however_many_are_worked_at_at_once() {
    let books = Books::open().await;
    let [october, november] = of_two_months(&books).await;
    let run = ask_for(&books, "2026-11", DECEMBER).await.unwrap();
    assert_eq!((run.n_drafts, run.n_waiting), (2, 2));
    for _ in 0..20 {
        drop(join_all((0..3).map(|_| finalise_some(&books.world.db, JOB, MOST, at(DECEMBER)))).await);
    }
    let ended = seen(&books, run.id).await;
    assert_eq!((ended.state, ended.n_done, ended.n_failed), (FinaliseRunState::Ended, 2, 0));
    let numbers = [books.invoice(october).await, books.invoice(november).await].map(|view| view.document.number);
    assert!(numbers[0] < numbers[1], "{numbers:?}");
    finalised_once(&books, 2).await;
}
