//! Contested lines: what they credit is never more than is left, two answers at once are one, and nothing goes back.

use std::sync::Arc;

use crate::{
    invoiced::{Books, at},
    world::dice::{Dice, cases},
};
use domain::{
    Error, Result,
    access::{
        Permission, Scope,
        policy::{ContestLines, IssueCreditNotes, ReadInvoices},
    },
    commands::Command,
    disputes::{
        CONTEST_DAYS, answer_dispute, contest_line, dispute_in, disputes_of_in, list_all_disputes, list_disputes_in,
        withdraw_dispute,
    },
};
use sea_orm::ConnectionTrait;
use types::{
    AnswerDispute, ContestLine, CreditLine, Cursor, DisputeAnswer, DisputeId, DisputeState, DisputeView,
    InvoiceDisputes, InvoiceId, InvoiceView, Money, ReviewReason, Role,
};
use uuid::Uuid;

const NOVEMBER: &str = "2026-11-02T09:00:00Z";
const LATER: &str = "2026-11-03T09:00:00Z";
const OWNER: &str = "owner@atlas.test";

async fn scope<P: Permission>(books: &Books, email: &str) -> Scope<P> {
    let actor = books.world.actor(email).await;
    actor.enter(&books.world.db, &books.tenant.id.to_string()).await.unwrap().prove().unwrap()
}

fn fresh(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

/// October with one GPU for ten hours, 300 MAD net, finalised.
async fn ten_hours(books: &Books) -> InvoiceView {
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    books.finalise(draft.invoice.id, NOVEMBER).await.unwrap()
}

pub(crate) async fn contest(
    books: &Books,
    (invoice, line): (InvoiceId, u16),
    amount: Option<Money>,
) -> Result<DisputeView> {
    contest_at(books, (invoice, line), amount, LATER).await
}

async fn contest_at(
    books: &Books,
    (invoice, line): (InvoiceId, u16),
    amount: Option<Money>,
    now: &str,
) -> Result<DisputeView> {
    let scope = scope::<ContestLines>(books, OWNER).await;
    let ask = ContestLine { invoice, line, amount, reason: "the node was down".to_owned() };
    let command = fresh(&ask);
    contest_line(&books.world.db, &scope, ask, command, at(now)).await
}

pub(crate) async fn withdraw(books: &Books, dispute: DisputeId) -> Result<DisputeView> {
    let scope = scope::<ContestLines>(books, OWNER).await;
    withdraw_dispute(&books.world.db, &scope, dispute, fresh(&dispute), at(LATER)).await
}

async fn answer(
    books: &Books,
    dispute: DisputeId,
    answer: DisputeAnswer,
    amount: Option<Money>,
) -> Result<DisputeView> {
    let scope = scope::<IssueCreditNotes>(books, "finance@hub.test").await;
    let ask = AnswerDispute { answer, amount, reason: "we looked at it".to_owned() };
    let command = fresh(&ask);
    answer_dispute(&books.world.db, &scope, dispute, ask, command, at(LATER)).await
}

pub(crate) async fn of_invoice(books: &Books, invoice: InvoiceId) -> InvoiceDisputes {
    let scope = scope::<ReadInvoices>(books, "auditor@hub.test").await;
    let tx = books.world.db.look(&scope, at(LATER)).await.unwrap();
    disputes_of_in(&tx, &scope, invoice).await.unwrap()
}

fn fact(refused: Result<DisputeView>) -> String {
    refused.unwrap_err().refusal().unwrap().fact
}

/// A company of its own that one of the atlas's people owns, with lots and some lines, invoiced.
async fn invoiced(books: &Books, dice: &mut Dice) -> InvoiceView {
    let owner = books.world.actor(OWNER).await.person().id;
    let start = at("2026-10-01T01:00:00Z");
    books.world.founding.add_member(books.tenant.id, owner, Role::Owner, start).await.unwrap();
    if dice.roll(2) == 0 {
        books.gift(1 + dice.roll(300_000_000), &start.to_string()).await;
    }
    if dice.roll(2) == 0 {
        books.top_up(1 + dice.roll(2_000_000_000), &start.to_string()).await;
    }
    for _ in 0..=dice.roll(3) {
        let from = start.plus_seconds(dice.roll(29 * 86_400));
        let to = from.plus_seconds(1_000 + dice.roll(100_000)).min(at("2026-10-31T23:59:59Z"));
        books.usage(1, &from.to_string(), &to.to_string()).await;
    }
    let draft = books.closed().await;
    books.finalise(draft.invoice.id, NOVEMBER).await.unwrap()
}

#[tokio::test]
async fn what_disputes_credit_is_never_more_than_is_left_and_what_is_open_is_what_nobody_answered() {
    let books = Books::open().await;
    books.world.price(books.world.h100, "MAD", 2, 31_234_567, at("2026-10-15T12:34:56Z")).await;
    for (case, mut dice) in cases() {
        let books = books.another(case.word("contested")).await;
        let issued = invoiced(&books, &mut dice).await;
        let invoice = issued.invoice.id;
        for _ in 0..=dice.roll(6) {
            let before = books.credits(invoice).await;
            let line = dice.one_of(&before.lines);
            let part = |dice: &mut Dice| books.money((1 + dice.roll(line.amount_left.micros / 10_000 + 2)) * 10_000);
            let amount = if dice.roll(3) == 0 { None } else { Some(part(&mut dice)) };
            let dispute = match contest(&books, (invoice, line.line), amount).await {
                Ok(dispute) => dispute,
                Err(error) => {
                    let fact = error.refusal().unwrap().fact;
                    let known = [
                        "credit-exceeds",
                        "nothing-left-to-credit",
                        "line-contested",
                        "contested-often",
                        "nothing-to-contest",
                    ];
                    assert!(known.contains(&fact.as_str()), "{error:?}");
                    continue;
                }
            };
            assert!(dispute.amount.micros <= line.amount_left.micros, "{dispute:?}");
            if dice.roll(4) == 0 {
                // Meanwhile some of the line is credited by itself.
                let part = CreditLine { line: line.line, amount: Some(part(&mut dice)), unit_seconds: None };
                drop(books.credit(invoice, &[part], LATER).await);
            }
            let before = books.credits(invoice).await;
            let ended = match dice.roll(4) {
                0 => continue,
                1 => withdraw(&books, dispute.id).await,
                2 => answer(&books, dispute.id, DisputeAnswer::Refuse, None).await,
                _ => {
                    let amount = if dice.roll(2) == 0 { None } else { Some(part(&mut dice)) };
                    answer(&books, dispute.id, DisputeAnswer::Credit, amount).await
                }
            };
            let after = books.credits(invoice).await;
            let left = |credits: &types::InvoiceCredits| {
                credits.lines.iter().find(|left| left.line == line.line).unwrap().amount_left.micros
            };
            match ended {
                Ok(ended) if ended.state == DisputeState::Credited => {
                    let credited = left(&before) - left(&after);
                    assert!((1..=dispute.amount.micros).contains(&credited), "{credited} of {dispute:?}");
                    assert_eq!(after.notes.len(), before.notes.len() + 1);
                    let is_new =
                        |note: &&types::CreditNoteSummary| before.notes.iter().all(|known| known.id != note.id);
                    assert_eq!(ended.credit_note, after.notes.iter().find(is_new).map(|note| note.id));
                }
                Ok(_) => assert_eq!(after, before),
                Err(error) => {
                    let fact = error.refusal().unwrap().fact;
                    let known = ["credit-exceeds", "nothing-left-to-credit", "invalid-within"];
                    assert!(known.contains(&fact.as_str()), "{error:?}");
                    assert_eq!(after, before, "a refused answer leaves nothing");
                }
            }
            assert!(left(&after) >= 0 && after.left.micros >= 0, "{after:?}");
        }
        let known = of_invoice(&books, invoice).await;
        let open = known.disputes.iter().filter(|dispute| dispute.state == DisputeState::Open);
        assert_eq!(known.open.micros, open.map(|dispute| dispute.total.micros).sum::<i64>());
        assert_eq!(books.invoice(invoice).await, issued, "the invoice itself never changes");
    }
    books.world.assert_balanced().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_answers_at_once_one_wins_and_the_others_find_it_answered() {
    let books = Books::open().await;
    for (case, mut dice) in cases().take(16) {
        let books = Arc::new(books.another(case.word("answered")).await);
        let invoice = invoiced(&books, &mut dice).await.invoice.id;
        let Ok(dispute) = contest(&books, (invoice, 1), None).await else { continue };
        let mut tasks = Vec::new();
        for n in 0..2 + dice.roll(3) {
            let books = Arc::clone(&books);
            tasks.push(tokio::spawn(async move {
                loop {
                    let ended = match n % 3 {
                        0 => answer(&books, dispute.id, DisputeAnswer::Credit, None).await,
                        1 => answer(&books, dispute.id, DisputeAnswer::Refuse, None).await,
                        _ => withdraw(&books, dispute.id).await,
                    };
                    match ended {
                        // Again where the database was busy, as a person would.
                        Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
                        ended => break ended,
                    }
                }
            }));
        }
        let mut won = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(ended) => won.push(ended),
                Err(error) => assert!(
                    matches!(error, Error::Conflict("dispute-answered" | "nothing-left-to-credit")),
                    "{error:?}"
                ),
            }
        }
        assert_eq!(won.len(), 1, "{won:?}");
        let n_notes = usize::from(won[0].state == DisputeState::Credited);
        assert_eq!(books.credits(invoice).await.notes.len(), n_notes);
        assert_eq!(of_invoice(&books, invoice).await.disputes, won);
    }
    books.world.assert_balanced().await;
}

#[tokio::test]
async fn a_line_is_contested_once_at_a_time_until_the_sixtieth_day_and_never_as_a_draft() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let line = (draft.invoice.id, 1);
    assert_eq!(fact(contest(&books, line, None).await), "draft-not-contested");
    books.finalise(draft.invoice.id, NOVEMBER).await.unwrap();
    let first = contest(&books, line, Some(books.money(50_000_000))).await.unwrap();
    assert_eq!((first.amount.micros, first.total.micros), (50_000_000, 60_000_000));
    assert_eq!(fact(contest(&books, line, None).await), "line-contested");
    withdraw(&books, first.id).await.unwrap();
    assert_eq!(fact(withdraw(&books, first.id).await), "dispute-answered");
    assert_eq!(CONTEST_DAYS, 60);
    assert_eq!(fact(contest_at(&books, line, None, "2027-01-02T12:00:00Z").await), "contest-too-late");
    let whole = contest_at(&books, line, None, "2027-01-01T12:00:00Z").await.unwrap();
    assert!(whole.is_whole);
    let unknown = contest(&books, (draft.invoice.id, 9), None).await;
    assert!(matches!(unknown, Err(Error::Invalid { field: "line", .. })), "{unknown:?}");
}

#[tokio::test]
async fn whoever_looks_after_the_money_is_told_of_both_answers_and_of_nothing_else() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    let line = (issued.invoice.id, 1);
    let letters = async || {
        let sql = "SELECT count(*) AS n FROM outbox WHERE kind = 'line-answered'";
        books.world.number(sql, []).await
    };
    let first = contest(&books, line, Some(books.money(50_000_000))).await.unwrap();
    withdraw(&books, first.id).await.unwrap();
    assert_eq!(letters().await, 0);
    let second = contest(&books, line, Some(books.money(50_000_000))).await.unwrap();
    answer(&books, second.id, DisputeAnswer::Refuse, None).await.unwrap();
    // Owner, admin and billing.
    assert_eq!(letters().await, 3);
    let third = contest(&books, line, None).await.unwrap();
    let credited = answer(&books, third.id, DisputeAnswer::Credit, None).await.unwrap();
    assert_eq!(letters().await, 6);
    // The whole line goes back with its seconds.
    let left = &books.credits(issued.invoice.id).await.lines[0];
    assert_eq!((left.amount_left.micros, left.unit_seconds_left), (0, 0));
    let told = "SELECT count(*) AS n FROM outbox WHERE kind = 'line-answered' AND payload ->> 'change' = 'credited'
                AND payload ->> 'note' = $1 AND payload ->> 'amount' = '360000000 MAD'";
    assert_eq!(books.world.number(told, [credited.credit_note_number.unwrap().into()]).await, 3);
}

#[tokio::test]
async fn a_line_is_contested_five_times_and_no_more() {
    let books = Books::open().await;
    let line = (ten_hours(&books).await.invoice.id, 1);
    for _ in 0..5 {
        let dispute = contest(&books, line, None).await.unwrap();
        withdraw(&books, dispute.id).await.unwrap();
    }
    assert_eq!(fact(contest(&books, line, None).await), "contested-often");
}

#[tokio::test]
async fn whoever_can_answer_at_the_hub_is_told_of_a_contested_line_and_nobody_else_is() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    contest(&books, (issued.invoice.id, 1), Some(books.money(50_000_000))).await.unwrap();
    let rows = books.world.database().rows("SELECT recipient, payload FROM outbox WHERE kind = 'line-contested'");
    let rows = rows.await.unwrap();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["recipient"], "finance@hub.test");
    let facts = &rows[0]["payload"];
    for (name, said) in [("amount", "50000000 MAD"), ("reason", "the node was down"), ("slug", "atlas"), ("line", "1")]
    {
        assert_eq!(facts[name], said, "{facts}");
    }
}

#[tokio::test]
async fn the_review_says_of_the_invoice_and_of_later_drafts_that_a_line_is_contested_until_it_is_answered() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    books.usage(1, "2026-11-05T10:00:00Z", "2026-11-05T11:00:00Z").await;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let draft = books.close("2026-12-02T00:00:00Z").await.unwrap().invoice.unwrap();
    let contested = async |invoice| books.review(invoice).await.reasons.contains(&ReviewReason::ContestedLine);
    assert!(!contested(issued.invoice.id).await && !contested(draft).await);
    let dispute = contest(&books, (issued.invoice.id, 1), None).await.unwrap();
    assert!(contested(issued.invoice.id).await && contested(draft).await);
    answer(&books, dispute.id, DisputeAnswer::Refuse, None).await.unwrap();
    assert!(!contested(issued.invoice.id).await && !contested(draft).await);
}

#[tokio::test]
async fn the_customer_and_the_desk_read_what_is_contested_and_a_proof_of_another_organisation_opens_nothing() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    let mut made = Vec::new();
    for second in 0..3 {
        let now = format!("2026-11-03T09:00:0{second}Z");
        let dispute = contest_at(&books, (issued.invoice.id, 1), None, &now).await.unwrap();
        made.push(answer(&books, dispute.id, DisputeAnswer::Refuse, None).await.unwrap());
    }
    let scope = scope::<ReadInvoices>(&books, "billing@atlas.test").await;
    let tx = books.world.db.look(&scope, at(LATER)).await.unwrap();
    let (mut page, mut seen) = (Cursor { cursor: None, limit: Some(2) }, Vec::new());
    loop {
        let list = list_disputes_in(&tx, &scope, &page).await.unwrap();
        seen.extend(list.items);
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    let latest_first: Vec<_> = made.iter().rev().cloned().collect();
    assert_eq!(seen, latest_first);
    assert_eq!(dispute_in(&tx, &scope, made[0].id).await.unwrap(), made[0]);
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(LATER)).await.unwrap();
    let (mut page, mut desk) = (Cursor { cursor: None, limit: Some(2) }, Vec::new());
    loop {
        let list = list_all_disputes(&open, &survey, Some(DisputeState::Refused), &page).await.unwrap();
        desk.extend(list.items.into_iter().map(|view| (view.slug, view.dispute)));
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    assert_eq!(desk, made.iter().map(|view| ("atlas".to_owned(), view.clone())).collect::<Vec<_>>());
    let waiting = list_all_disputes(&open, &survey, Some(DisputeState::Open), &Cursor::default()).await.unwrap();
    assert!(waiting.items.is_empty());
    let foreign = books.world.scope::<ReadInvoices>("owner@breton.test", books.world.breton).await;
    assert!(matches!(list_disputes_in(&tx, &foreign, &page).await, Err(Error::NotFound)));
    let theirs = books.world.db.look(&foreign, at(LATER)).await.unwrap();
    assert!(matches!(dispute_in(&theirs, &foreign, made[0].id).await, Err(Error::NotFound)));
    assert!(matches!(disputes_of_in(&theirs, &foreign, issued.invoice.id).await, Err(Error::NotFound)));
    let scope = books.world.scope::<IssueCreditNotes>("finance@hub.test", books.world.breton).await;
    let ask = AnswerDispute { answer: DisputeAnswer::Refuse, amount: None, reason: "no".to_owned() };
    let refused = answer_dispute(&books.world.db, &scope, made[0].id, ask.clone(), fresh(&ask), at(LATER)).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}

#[tokio::test]
async fn no_role_opens_an_answered_line_again_or_changes_what_was_said() {
    let books = Books::open().await;
    let issued = ten_hours(&books).await;
    let dispute = contest(&books, (issued.invoice.id, 1), None).await.unwrap();
    answer(&books, dispute.id, DisputeAnswer::Refuse, None).await.unwrap();
    let database = books.world.database();
    let above_all = [database.superuser_url(), database.owner_url()];
    let portal = [database.tenant_url(), database.staff_url(), database.worker_url()];
    let organisation = books.tenant.id.uuid();
    for url in above_all.iter().chain(&portal) {
        let role = sea_orm::Database::connect(url).await.unwrap();
        for change in [
            "UPDATE dispute SET state = 'open', answer = NULL, answered_at = NULL, answered_by = NULL",
            "UPDATE dispute SET answer = 'another'",
            "UPDATE dispute SET amount = 1",
            "DELETE FROM dispute",
        ] {
            let sql = format!("SELECT set_config('tamuda.organisation', '{organisation}', false); {change}");
            let outcome = role.execute_unprepared(&sql).await;
            // Those whom no grant binds meet the trigger itself.
            let refused = outcome.as_ref().err().map(ToString::to_string).unwrap_or_default();
            assert!(refused.contains("only forward") || portal.contains(url), "{change} as {url}: {refused}");
        }
    }
    let known = of_invoice(&books, issued.invoice.id).await.disputes;
    assert_eq!((known.len(), known[0].state, known[0].amount), (1, DisputeState::Refused, dispute.amount));
}
