//! The ladder of debts: each step once on its day, none after a payment, and nothing stopped of who has paid.

use crate::{
    contested::{contest, withdraw},
    fleet::launch,
    invoiced::Books,
    world::{
        JOB, World, at,
        dice::{Dice, cases},
        patient,
    },
};
use domain::{
    Error,
    access::{
        Scope,
        policy::{CloseBilling, LaunchInstances, ReadBalance, ReadInvoices},
    },
    commands::Command,
    dunning::{dunning_in, list_cases, organisations_to_remind, pause_dunning, remind, resume_dunning},
};
use jiff::civil::Date;
use types::{Cursor, DunningStep, DunningView, InvoiceId, LaunchInstance, PauseDunning, ResumeDunning, Timestamp};

/// Two hours of an H100 with tax: what October's invoice asks for.
const DEBT: i64 = 72_000_000;
/// The invoice is issued on 2 November and due thirty days later.
const ISSUED: &str = "2026-11-02T09:00:00Z";
const DUE: &str = "2026-12-02";
const STEPS: [(&str, DunningStep); 5] = [
    ("2026-12-03T09:00:00Z", DunningStep::FirstLetter),
    ("2026-12-09T09:00:00Z", DunningStep::SecondLetter),
    ("2026-12-16T09:00:00Z", DunningStep::LastLetter),
    ("2026-12-23T09:00:00Z", DunningStep::Refused),
    ("2027-01-01T09:00:00Z", DunningStep::Stopped),
];

/// The instance that goes on, and that of October: nothing has stopped it, though it has no pod any more.
const RUNNING: i64 = 2;

/// Lets an organisation pay on account, which uses two hours in October, is invoiced, and goes on with one instance; the
/// invoice.
pub(crate) async fn on_account(books: &Books) -> InvoiceId {
    let sql = "UPDATE organisation SET credit_limit_micros = 1000000000000 WHERE id = $1";
    books.world.run(sql, [books.tenant.id.into()]).await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let draft = books.closed().await;
    let issued = books.finalise(draft.invoice.id, ISSUED).await.unwrap();
    assert_eq!((issued.document.due.micros, issued.document.due_on), (DEBT, Some(DUE.parse().unwrap())));
    books.running_usage(ISSUED).await;
    issued.invoice.id
}

pub(crate) async fn looked_at(books: &Books, now: &str) -> Option<DunningStep> {
    patient(async || remind(&books.world.db, JOB, books.tenant.id, at(now)).await).await.unwrap()
}

/// Takes the steps up to this many, each on its day.
async fn climbed(books: &Books, n: usize) {
    for (now, step) in STEPS.into_iter().take(n) {
        assert_eq!(looked_at(books, now).await, Some(step), "{now}");
    }
}

async fn running(books: &Books) -> i64 {
    let sql = "SELECT count(*) AS n FROM instance WHERE organisation_id = $1 AND wish = 'running'";
    books.world.number(sql, [books.tenant.id.into()]).await
}

async fn letters(world: &World) -> i64 {
    world.number("SELECT count(*) AS n FROM outbox WHERE kind = 'payment-overdue'", []).await
}

async fn finance(books: &Books) -> Scope<CloseBilling> {
    let actor = books.world.actor("finance@hub.test").await;
    actor.enter(&books.world.db, &books.tenant.id.to_string()).await.unwrap().prove().unwrap()
}

pub(crate) async fn view(books: &Books, now: &str) -> DunningView {
    let actor = books.world.actor("finance@hub.test").await;
    let seat = actor.enter(&books.world.db, &books.tenant.id.to_string()).await.unwrap();
    let scope: Scope<ReadBalance> = seat.prove().unwrap();
    let tx = books.world.db.look(&scope, at(now)).await.unwrap();
    dunning_in(&tx, &scope).await.unwrap()
}

async fn pause(books: &Books, until: &str, reason: &str, now: &str) -> Result<DunningView, Error> {
    let ask = PauseDunning { until: until.parse::<Date>().unwrap(), reason: reason.to_owned() };
    let command = Command::new(now, "pause_dunning", &ask)?;
    pause_dunning(&books.world.db, &finance(books).await, &ask, command, at(now)).await
}

/// What a launch is refused with; here it always is, since nothing has the GPU.
async fn refusal(books: &Books, now: &str) -> Error {
    let scope = books.world.scope::<LaunchInstances>("developer@atlas.test", books.tenant).await;
    let ask = LaunchInstance {
        project: books.tenant.project,
        name: "another".to_owned(),
        flavour: books.world.h100,
        units: 1,
        template: "pytorch".to_owned(),
        environment: Default::default(),
        volumes: Vec::new(),
        new_volume: None,
    };
    launch(&books.world, &scope, ask, now, at(now)).await.unwrap_err()
}

fn is_for_debt(error: &Error) -> bool {
    matches!(error, Error::PaymentOverdue { owed } if owed.micros > 0)
}

#[tokio::test]
async fn each_step_is_taken_once_on_its_day_with_its_letters_and_a_payment_ends_all_at_once() {
    let books = Books::open().await;
    on_account(&books).await;
    assert_eq!(looked_at(&books, "2026-12-02T23:00:00Z").await, None, "the due day is not over");
    assert_eq!(view(&books, "2026-12-02T20:00:00Z").await.overdue, None);
    for (n, (now, step)) in STEPS.into_iter().enumerate() {
        let before = at(now).plus_seconds(-1).to_string();
        assert_eq!(looked_at(&books, &before).await, None, "{before}");
        assert_eq!(is_for_debt(&refusal(&books, &before).await), n > 3, "{before}");
        let told = view(&books, &before).await;
        assert_eq!(told.rungs[n].at, Some(at(now)), "the date was shown before");
        assert_eq!(running(&books).await, RUNNING, "{before}");
        // Of workers at once one takes it.
        let look = || looked_at(&books, now);
        let (one, two, three, four) = tokio::join!(look(), look(), look(), look());
        let taken: Vec<DunningStep> = [one, two, three, four].into_iter().flatten().collect();
        assert_eq!(taken, [step]);
        // To the owner, the admin and billing.
        assert_eq!(letters(&books.world).await, 3 * i64::try_from(n + 1).unwrap());
    }
    assert_eq!(running(&books).await, 0);
    let told = view(&books, "2027-01-02T09:00:00Z").await.overdue.unwrap();
    assert_eq!((told.amount.micros, told.step, told.refuses_launches), (DEBT, Some(DunningStep::Stopped), true));
    let sql = "SELECT count(*) AS n FROM outbox WHERE kind = 'payment-overdue' AND payload ->> 'step' = 'refused'
               AND payload ->> 'next' = '2027-01-01T09:00:00Z' AND payload ->> 'amount' = '72000000 MAD'
               AND payload ->> 'invoices' <> ''";
    assert_eq!(books.world.number(sql, []).await, 3, "the letter before the stop names its instant");
    books.top_up(1_000_000_000_000, "2027-01-02T10:00:00Z").await;
    assert!(!is_for_debt(&refusal(&books, "2027-01-02T10:00:00Z").await), "before any worker came");
    assert_eq!(view(&books, "2027-01-02T10:00:00Z").await.overdue, None);
    assert_eq!(looked_at(&books, "2027-01-02T10:00:01Z").await, None);
    assert_eq!(books.world.number("SELECT count(*) AS n FROM dunning", []).await, 0);
    let ended = "SELECT count(*) AS n FROM audit WHERE verb = 'dunning.ended'";
    assert_eq!(books.world.number(ended, []).await, 1);
}

#[tokio::test]
async fn nobody_is_asked_to_pay_what_is_contested_until_that_is_over() {
    let books = Books::open().await;
    let invoice = on_account(&books).await;
    let some = contest(&books, (invoice, 1), Some(books.money(10_000_000))).await.unwrap();
    let told = view(&books, "2026-12-03T08:00:00Z").await.overdue.unwrap();
    assert_eq!(told.amount.micros, DEBT - 12_000_000, "ten of it, with their tax, wait for an answer");
    withdraw(&books, some.id).await.unwrap();
    let whole = contest(&books, (invoice, 1), None).await.unwrap();
    assert_eq!(whole.total.micros, DEBT);
    let (now, step) = STEPS[0];
    assert_eq!((view(&books, now).await.overdue, looked_at(&books, now).await), (None, None));
    assert_eq!(letters(&books.world).await, 0);
    withdraw(&books, whole.id).await.unwrap();
    assert_eq!(looked_at(&books, now).await, Some(step));
}

#[tokio::test]
async fn the_worker_finds_whoever_owes_and_looks_at_nobody_else() {
    let books = Books::open().await;
    let to_look_at = async |now: &str| {
        let open = books.world.db.work(JOB, at(now)).await.unwrap();
        organisations_to_remind(&open, at(now)).await.unwrap().contains(&books.tenant.id)
    };
    assert!(!to_look_at("2026-12-03T09:00:00Z").await);
    on_account(&books).await;
    assert!(to_look_at("2026-11-02T09:00:01Z").await, "it owes since it was settled");
    assert_eq!(looked_at(&books, "2026-11-02T09:00:01Z").await, None);
    assert!(!to_look_at("2026-11-02T12:00:00Z").await && to_look_at("2026-11-03T09:00:00Z").await, "once a day");
    climbed(&books, 1).await;
    assert!(!to_look_at("2026-12-04T08:59:59Z").await && to_look_at("2026-12-04T09:00:00Z").await);
}

#[tokio::test]
async fn usage_beyond_a_prepaid_wallet_is_due_on_the_day_on_which_it_was_booked() {
    let books = Books::open().await;
    books.top_up(36_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    books.world.observe(at("2026-10-04T00:05:00Z")).await;
    books.settle("2026-10-04T00:05:00Z").await;
    assert_eq!(books.wallet("2026-10-04T00:05:00Z").await.receivable.micros, 36_000_000);
    assert_eq!(looked_at(&books, "2026-10-04T12:00:00Z").await, None);
    assert_eq!(looked_at(&books, "2026-10-05T09:00:00Z").await, Some(DunningStep::FirstLetter));
    let told = view(&books, "2026-10-05T09:00:00Z").await.overdue.unwrap();
    assert_eq!((told.amount.micros, told.due_on.to_string()), (36_000_000, "2026-10-04".to_owned()));
    books.top_up(36_000_000, "2026-10-05T10:00:00Z").await;
    assert_eq!(books.world.number("SELECT count(*) AS n FROM dunning", []).await, 0);
}

#[tokio::test]
async fn finance_lets_the_steps_rest_up_to_a_day_and_a_broken_promise_stops_once_more() {
    let books = Books::open().await;
    on_account(&books).await;
    let refused = pause(&books, "2026-12-01", "they promised", "2026-11-10T09:00:00Z").await.unwrap_err();
    assert!(matches!(refused, Error::Conflict("nothing-overdue")), "{refused:?}");
    climbed(&books, 5).await;
    for (until, reason) in [("2027-01-02", "they promised"), ("2027-01-20", " ")] {
        let refused = pause(&books, until, reason, "2027-01-02T12:00:00Z").await.unwrap_err();
        assert!(matches!(refused, Error::Invalid { .. }), "{refused:?}");
    }
    let refused = pause(&books, "2027-06-01", "they promised", "2027-01-02T12:30:00Z").await.unwrap_err();
    assert!(matches!(refused, Error::Conflict("pause-too-long")), "{refused:?}");
    let told = pause(&books, "2027-01-20", "they promised", "2027-01-02T13:00:00Z").await.unwrap().overdue.unwrap();
    assert_eq!((told.paused_until, told.refuses_launches), (Some(at("2027-01-20T09:00:00Z")), false));
    assert!(!is_for_debt(&refusal(&books, "2027-01-03T09:00:00Z").await));
    books.running_usage("2027-01-03T09:00:00Z").await;
    assert_eq!(looked_at(&books, "2027-01-20T08:59:59Z").await, None);
    assert_eq!(running(&books).await, 1);
    assert_eq!(looked_at(&books, "2027-01-20T09:00:00Z").await, Some(DunningStep::Stopped));
    assert_eq!(running(&books).await, 0);
    assert!(is_for_debt(&refusal(&books, "2027-01-20T09:00:01Z").await));
}

#[tokio::test]
async fn a_rest_is_ended_early_and_everybody_overdue_stands_on_the_desk_page_by_page() {
    let books = Books::open().await;
    on_account(&books).await;
    let other = books.another("rif").await;
    on_account(&other).await;
    for books in [&books, &other] {
        climbed(books, 1).await;
    }
    let resumed = async |now: &str| {
        let ask = ResumeDunning { reason: "they will not pay".to_owned() };
        let command = Command::new(now, "resume_dunning", &ask).unwrap();
        resume_dunning(&books.world.db, &finance(&books).await, &ask, command, at(now)).await
    };
    let refused = resumed("2026-12-04T09:00:00Z").await.unwrap_err();
    assert!(matches!(refused, Error::Conflict("dunning-not-paused")), "{refused:?}");
    pause(&books, "2026-12-20", "they promised", "2026-12-04T10:00:00Z").await.unwrap();
    assert_eq!(looked_at(&books, "2026-12-09T09:00:00Z").await, None);
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at("2026-12-09T09:00:00Z")).await.unwrap();
    let mut page = Cursor { cursor: None, limit: Some(1) };
    let mut cases = Vec::new();
    loop {
        let list = list_cases(&open, &survey, &page).await.unwrap();
        cases.extend(list.items);
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    drop(open);
    assert_eq!(cases.len(), 2);
    let case = cases.iter().find(|case| case.organisation == books.tenant.id).unwrap();
    assert_eq!((case.amount.micros, case.due_on.to_string()), (DEBT, DUE.to_owned()));
    assert_eq!((case.pause_reason.as_deref(), case.paused_by.is_some()), (Some("they promised"), true));
    assert!(cases.iter().any(|case| case.organisation == other.tenant.id && case.paused_until.is_none()));
    assert_eq!(resumed("2026-12-09T10:00:00Z").await.unwrap().overdue.unwrap().paused_until, None);
    assert_eq!(looked_at(&books, "2026-12-09T10:00:01Z").await, Some(DunningStep::SecondLetter));
}

/// A payment of some of the debt, of all of it or of more, before the last step, after it or at once with it.
async fn raced(books: &Books, dice: &mut Dice) {
    let (now, _) = STEPS[4];
    let paid = [1 + dice.roll(DEBT - 1), DEBT, DEBT + dice.roll(9 * DEBT)][usize::try_from(dice.roll(3)).unwrap()];
    let (step, comes_first) = match dice.roll(3) {
        0 => {
            books.top_up(paid, now).await;
            (looked_at(books, now).await, Some(true))
        }
        1 => {
            let step = looked_at(books, now).await;
            books.top_up(paid, now).await;
            (step, Some(false))
        }
        _ => (tokio::join!(looked_at(books, now), books.top_up(paid, now)).0, None),
    };
    let sql = "SELECT coalesce(max((after -> 'overdue' ->> 'micros')::bigint), 0)::bigint AS n FROM audit
               WHERE organisation_id = $1 AND verb = 'dunning.step_taken' AND after ->> 'step' = 'stopped'";
    let seen = books.world.number(sql, [books.tenant.id.into()]).await;
    if step == Some(DunningStep::Stopped) {
        assert!(seen == DEBT || (seen > 0 && seen == DEBT - paid), "{seen} was overdue, of which {paid} was paid");
        assert!(comes_first != Some(true) || paid < DEBT, "who had paid was stopped");
        assert_eq!(running(books).await, 0);
    } else {
        assert!(paid >= DEBT && comes_first != Some(false), "nothing else keeps it from being stopped");
        assert_eq!((running(books).await, seen), (RUNNING, 0));
    }
    let later = at(now).plus_seconds(60).to_string();
    let is_overdue = view(books, &later).await.overdue;
    assert_eq!(is_overdue.map(|overdue| overdue.amount.micros), (paid < DEBT).then_some(DEBT - paid));
    // Whatever comes afterwards, who has paid is not stopped by it.
    let before = running(books).await;
    assert_eq!(looked_at(books, &later).await, None);
    assert_eq!(running(books).await, before);
}

#[tokio::test]
async fn nothing_is_stopped_of_who_has_paid_whenever_the_payment_comes_beside_the_worker() {
    let all = Books::open().await;
    for (case, mut dice) in cases() {
        let books = all.another(case.word("late")).await;
        on_account(&books).await;
        climbed(&books, 4).await;
        raced(&books, &mut dice).await;
    }
    all.world.assert_balanced().await;
}

/// The instants of the constants hang together.
#[test]
fn steps_stand_on_their_days() {
    let due: Timestamp = at(&format!("{DUE}T09:00:00Z"));
    for (now, step) in STEPS {
        assert_eq!(at(now).seconds_since(due), step.days() * 86_400);
    }
}
