//! Bank transfers from announcement to wallet: each line of a statement is booked once, to whom it belongs or among what
//! waits, and every decision can be taken back.

use std::sync::Arc;

use crate::received::{Booking, Desk, IBAN, booking, file, mt940};
use crate::world::{Tenant, dice::cases, noon, start};
use domain::{Error, Rule, access::policy::ReadBalance, transfers::transfer_in};
use types::{
    BankLineState, LinePlan, MatchClass, MatchWord, StatementFormat, TransferState, TransferView, UploadStatement,
};

const MT940: &str = include_str!("../../../payments/tests/samples/mt940.sta");
const CAMT: &str = include_str!("../../../payments/tests/samples/camt.053.001.08.xml");
const SHEET: &str = include_str!("../../../payments/tests/samples/sheet.csv");

fn words(reasons: &[types::MatchReason]) -> Vec<MatchWord> {
    reasons.iter().map(|reason| reason.word).collect()
}

fn fact(error: &Error) -> String {
    error.refusal().unwrap().fact
}

#[tokio::test]
async fn announced_transfer_says_where_and_with_what_reference_and_can_be_called_off() {
    let desk = Desk::open().await;
    let view = desk.announced(120_005).await;
    assert_eq!((view.state, view.missing.micros), (TransferState::Open, 1_200_050_000));
    assert_eq!(view.iban, "MA64 0115 1900 0001 2050 0053 4921");
    assert_eq!(view.rib.as_deref(), Some("011 519 0000012050005349 21"));
    let written = view.reference.replace(' ', "");
    let code = format!("Hub of Tétouan\nRIB 011519000001205000534921\nMAD 1200.05\n{written}");
    assert_eq!(view.code.as_deref(), Some(code.as_str()));
    assert_ne!(desk.announced(120_005).await.reference, view.reference);
    let cancelled = desk.cancel(view.id).await.unwrap();
    assert_eq!((cancelled.state, cancelled.code), (TransferState::Cancelled, None));
    assert!(matches!(desk.cancel(view.id).await, Err(Error::Conflict("transfer-not-open"))));
    // Another organisation sees nothing of it.
    let scope = desk.0.scope::<ReadBalance>("owner@breton.test", desk.0.breton).await;
    let tx = desk.0.db.look(&scope, noon()).await.unwrap();
    assert!(matches!(transfer_in(&tx, &scope, view.id).await, Err(Error::NotFound)));
    // Nobody counts on it for ever.
    let scope = desk.0.scope::<ReadBalance>("owner@atlas.test", desk.0.atlas).await;
    let open = desk.announced(1).await;
    let tx = desk.0.db.look(&scope, noon().plus_seconds(31 * 86_400)).await.unwrap();
    assert_eq!(transfer_in(&tx, &scope, open.id).await.unwrap().state, TransferState::Expired);
}

#[tokio::test]
async fn what_cannot_be_announced_is_refused_with_its_field() {
    let desk = Desk::open().await;
    for minor in [0, -1] {
        let refused = desk.announce(desk.0.atlas, "owner@atlas.test", minor).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid { field: "amount", rule: Rule::PositiveAmount }), "{minor}");
    }
    let refused = desk.announce(desk.0.breton, "owner@breton.test", 100).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict("no-receiving-account")), "{refused:?}");
    let euros = Tenant { currency: types::Currency::Eur, ..desk.0.atlas };
    let refused = desk.announce(euros, "owner@atlas.test", 100).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid { field: "amount", rule: Rule::Currency }), "{refused:?}");
    for _ in 0..20 {
        desk.announced(1).await;
    }
    let refused = desk.announce(desk.0.atlas, "owner@atlas.test", 1).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict("transfers-many")), "{refused:?}");
    for (iban, fault) in [("", "empty"), ("MA64 0115 1900 0001 2050 0053 4922", "digits"), ("0115", "length")] {
        let refusal = desk.set_account(iban).await.unwrap_err().refusal().unwrap();
        assert_eq!((refusal.fact.as_str(), refusal.arguments["fault"].clone()), ("invalid-account", fault.into()));
    }
}

#[tokio::test]
async fn same_booking_in_any_file_is_booked_once() {
    let desk = Desk::open().await;
    let first = desk.import(&file(StatementFormat::Mt940, MT940)).await.unwrap();
    assert_eq!((first.n_lines, first.n_known, first.n_unmatched, first.n_new), (6, 0, 5, 0));
    assert_eq!((desk.in_bank().await, desk.booked("unmatched").await), (250_005, 250_005));
    let before = desk.0.fingerprint().await;
    let again = desk.import(&file(StatementFormat::Mt940, MT940)).await.unwrap();
    assert_eq!((again.id, again.n_lines), (first.id, 6));
    assert_eq!(desk.0.fingerprint().await, before, "the same file stores nothing");
    for (format, content) in [(StatementFormat::Camt053, CAMT), (StatementFormat::Csv, SHEET)] {
        let preview = desk.preview(&file(format, content)).await.unwrap();
        assert!(preview.statements[0].lines.iter().all(|line| line.plan == LinePlan::Known), "{preview:?}");
        let other = desk.import(&file(format, content)).await.unwrap();
        assert_eq!((other.n_lines, other.n_known), (0, 6));
    }
    assert_eq!(desk.in_bank().await, 250_005);
    // The sheet is read the next time as it was read this time.
    let preview = desk.preview(&file(StatementFormat::Csv, SHEET)).await.unwrap();
    assert_eq!(preview.mapping.unwrap().credit.as_deref(), Some("Crédit"));
    desk.0.assert_balanced().await;
}

#[tokio::test]
async fn preview_says_what_booking_does_and_stores_nothing() {
    let desk = Desk::open().await;
    let order = desk.announced(1_000).await;
    let ask = file(
        StatementFormat::Mt940,
        &mt940(&[booking("B1", 1_000, &order.reference), booking("B2", 500, "thank you"), booking("B3", -30, "fees")]),
    );
    let before = desk.0.fingerprint().await;
    let preview = desk.preview(&ask).await.unwrap();
    assert_eq!(desk.0.fingerprint().await, before);
    let [statement] = &preview.statements[..] else { panic!("{preview:?}") };
    assert_eq!((statement.credited.micros, statement.waiting.micros), (10_000_000, 5_000_000));
    let plans: Vec<_> = statement.lines.iter().map(|line| (line.plan, line.class, line.score)).collect();
    assert_eq!(plans[0], (LinePlan::Credit, MatchClass::Exact, 90));
    assert_eq!(plans[1..], [(LinePlan::Wait, MatchClass::Unmatched, 0), (LinePlan::Keep, MatchClass::Unmatched, 0)]);
    assert_eq!(words(&statement.lines[0].reasons), [MatchWord::Reference, MatchWord::Amount]);
    assert_eq!(statement.lines[0].organisation.as_ref().unwrap().slug, "atlas");
    let booked = desk.import(&ask).await.unwrap();
    assert_eq!((booked.credited, booked.waiting), (statement.credited, statement.waiting));
    assert_eq!((desk.balance().await, desk.transfer(order.id).await.state), (1_000, TransferState::Paid));
    assert!(desk.preview(&ask).await.unwrap().is_known);
}

#[tokio::test]
async fn partial_over_and_double_payments_each_have_their_way() {
    let desk = Desk::open().await;
    let order = desk.announced(1_000).await;
    desk.book(&[booking("B1", 400, &order.reference)]).await;
    let view = desk.transfer(order.id).await;
    assert_eq!((view.state, view.paid.micros, view.missing.micros), (TransferState::Open, 4_000_000, 6_000_000));
    // More than what is missing: all of it is the payer's, and what was announced is paid.
    desk.book(&[booking("B2", 700, &order.reference)]).await;
    let view = desk.transfer(order.id).await;
    assert_eq!((view.state, view.missing.micros, desk.balance().await), (TransferState::Paid, 0, 1_100));
    // Once more: nothing was missing, so a person is asked whether it was meant.
    desk.book(&[booking("B3", 1_000, &order.reference)]).await;
    let waiting = desk.waiting().await;
    assert_eq!((waiting.len(), desk.balance().await, desk.booked("unmatched").await), (1, 1_100, 1_000));
    let line = desk.line(waiting[0].id).await;
    assert_eq!((line.class, line.transfer), (Some(MatchClass::Double), Some(order.id)));
    assert!(words(&line.reasons).contains(&MatchWord::PaidBefore));
    desk.assign(line.id, desk.0.atlas, Some(order.id)).await.unwrap();
    assert_eq!((desk.balance().await, desk.booked("unmatched").await, desk.in_bank().await), (2_100, 0, 2_100));
    assert_eq!(desk.line(line.id).await.class, Some(MatchClass::Double));
    // One that was called off still says whose the money is.
    let late = desk.announced(300).await;
    desk.cancel(late.id).await.unwrap();
    desk.book(&[booking("B4", 300, &late.reference)]).await;
    assert_eq!((desk.transfer(late.id).await.state, desk.balance().await), (TransferState::Paid, 2_400));
    desk.0.assert_balanced().await;
}

#[tokio::test]
async fn line_that_waits_is_decided_once_and_each_decision_can_be_taken_back() {
    let desk = Desk::open().await;
    let order = desk.announced(500).await;
    let mut slipped = order.reference.clone();
    slipped.replace_range(slipped.len() - 1.., if slipped.ends_with('0') { "1" } else { "0" });
    desk.book(&[booking("B1", 500, &slipped)]).await;
    let id = desk.waiting().await[0].id;
    assert_eq!(words(&desk.line(id).await.reasons), [MatchWord::SlippedReference]);
    assert!(matches!(desk.assign(id, desk.0.breton, None).await, Err(Error::Invalid { rule: Rule::Currency, .. })));
    assert!(matches!(desk.undo(id).await, Err(Error::Conflict("line-not-matched"))));
    desk.assign(id, desk.0.atlas, Some(order.id)).await.unwrap();
    let line = desk.line(id).await;
    assert_eq!((line.state, words(&line.reasons)), (BankLineState::Matched, vec![MatchWord::ByHand]));
    assert_eq!(line.decided_by.as_deref(), Some("finance@hub.test"));
    assert!(matches!(desk.assign(id, desk.0.atlas, None).await, Err(Error::Conflict("line-decided"))));
    assert!(matches!(desk.ignore(id).await, Err(Error::Conflict("line-decided"))));
    desk.undo(id).await.unwrap();
    let view = desk.transfer(order.id).await;
    assert_eq!((view.state, view.paid.micros, desk.balance().await), (TransferState::Open, 0, 0));
    assert_eq!((desk.booked("unmatched").await, desk.in_bank().await), (500, 500));
    desk.ignore(id).await.unwrap();
    assert_eq!(
        (desk.booked("unmatched").await, desk.in_bank().await),
        (0, 0),
        "money that is nobody's here is not booked"
    );
    assert!(matches!(desk.assign(id, desk.0.atlas, None).await, Err(Error::Conflict("line-decided"))));
    desk.reopen(id).await.unwrap();
    assert!(matches!(desk.reopen(id).await, Err(Error::Conflict("line-not-ignored"))));
    desk.assign(id, desk.0.atlas, None).await.unwrap();
    assert_eq!((desk.balance().await, desk.booked("unmatched").await), (500, 0));
    desk.0.assert_balanced().await;
}

#[tokio::test]
async fn undone_match_leaves_what_is_held_and_the_rest_is_owed() {
    let desk = Desk::open().await;
    let world = &desk.0;
    let order = desk.announced(10_000).await;
    desk.book(&[booking("B1", 10_000, &order.reference)]).await;
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    let terms = world.terms(world.atlas, lease, world.h100, 1, (30_000_000, 200_000));
    world.hold(world.atlas, lease, terms, noon()).await.unwrap();
    let line = desk.matched().await;
    desk.undo(line).await.unwrap();
    let wallet = world.wallet(world.atlas, noon()).await;
    assert_eq!((wallet.balance.micros, wallet.receivable.micros), (36_000_000, 36_000_000));
    // Whatever comes next pays that first.
    desk.assign(line, world.atlas, None).await.unwrap();
    let wallet = world.wallet(world.atlas, noon()).await;
    assert_eq!((wallet.balance.micros, wallet.receivable.micros), (100_000_000, 0));
    world.assert_balanced().await;
}

#[tokio::test]
async fn broken_or_foreign_file_is_told_with_its_line_and_stores_nothing() {
    let desk = Desk::open().await;
    let before = desk.0.fingerprint().await;
    let torn = MT940.replacen("1103D30,00", "1103D30.00", 1);
    let foreign = MT940.replacen(IBAN, "DE89370400440532013000", 1);
    for (content, told) in [(torn.as_str(), "statement-broken"), (foreign.as_str(), "statement-other-account")] {
        let refused = desk.import(&file(StatementFormat::Mt940, content)).await.unwrap_err();
        assert_eq!(fact(&refused), told);
        assert_eq!(fact(&desk.preview(&file(StatementFormat::Mt940, content)).await.unwrap_err()), told);
    }
    let nameless = UploadStatement { file_name: " ".to_owned(), ..file(StatementFormat::Mt940, MT940) };
    assert!(matches!(desk.import(&nameless).await, Err(Error::Invalid { field: "file_name", .. })));
    assert_eq!(desk.0.fingerprint().await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn imports_at_once_credit_once() {
    let desk = Arc::new(Desk::open().await);
    let order = desk.announced(1_000).await;
    let bookings: Vec<Booking> = (0..4).map(|n| booking(&format!("B{n}"), 250, &order.reference)).collect();
    let mut tasks = Vec::new();
    for n in 0..6 {
        let (desk, mut bookings) = (Arc::clone(&desk), bookings.clone());
        // Every second one is a file of its own with the same bookings in another order.
        bookings.rotate_left(n / 2);
        tasks.push(tokio::spawn(async move {
            loop {
                match desk.import(&file(StatementFormat::Mt940, &mt940(&bookings))).await {
                    Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
                    answer => return answer.unwrap(),
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!((desk.balance().await, desk.in_bank().await, desk.booked("unmatched").await), (1_000, 1_000, 0));
    assert_eq!(desk.transfer(order.id).await.state, TransferState::Paid);
    assert_eq!(desk.0.number("SELECT count(*) AS n FROM bank_line", []).await, 4);
    desk.0.assert_balanced().await;
}

/// What came and is in the books, in minor units, as the lines say.
async fn came(desk: &Desk) -> i64 {
    let sql = "SELECT coalesce(sum(amount), 0)::bigint AS n FROM bank_line WHERE state IN ('matched', 'unmatched')";
    desk.0.number(sql, []).await
}

#[tokio::test]
async fn bank_holds_what_its_lines_say_whatever_is_imported_and_decided() {
    let desk = Desk::open().await;
    for (case, mut dice) in cases() {
        let tenant = desk.0.another(case.word("payer")).await;
        let sql = "INSERT INTO member (organisation_id, user_id, role, joined_at)
                   SELECT $1, id, 'billing', $2 FROM person WHERE email = 'billing@atlas.test'";
        desk.0.run(sql, [tenant.id.into(), start().into()]).await;
        let mut orders: Vec<TransferView> = Vec::new();
        for _ in 0..=dice.roll(2) {
            orders.push(desk.announce(tenant, "billing@atlas.test", 1 + dice.roll(900)).await.unwrap());
        }
        let mut all: Vec<Booking> = Vec::new();
        for n in 0..1 + dice.roll(5) {
            let reference = dice.one_of(&orders).reference;
            let written = dice.one_of(&[reference.clone(), reference, "thank you".to_owned()]);
            let some = 1 + dice.roll(1_000);
            let amount = dice.one_of(&[some, some, -30, 500]);
            all.push(booking(&format!("C{}N{n}", case.n), amount, &written));
        }
        for _ in 0..=dice.roll(2) {
            dice.shuffle(&mut all);
            let n_taken = usize::try_from(1 + dice.roll(i64::try_from(all.len()).unwrap())).unwrap();
            desk.book(&all[..n_taken]).await;
            for line in desk.waiting().await {
                match dice.roll(4) {
                    0 => desk.assign(line.id, tenant, None).await.unwrap(),
                    1 => desk.ignore(line.id).await.unwrap(),
                    _ => {}
                }
            }
            if dice.roll(2) == 0 {
                let undone = desk.any_matched(tenant).await;
                for line in undone {
                    desk.undo(line).await.unwrap();
                }
            }
        }
        assert_eq!(desk.in_bank().await, came(&desk).await);
        let sql = "SELECT coalesce(sum(amount) * 10000, 0)::bigint AS n FROM transfer_receipt
                   WHERE organisation_id = $1 AND undone_at IS NULL";
        let wallet = desk.0.wallet(tenant, noon()).await;
        let received = desk.0.number(sql, [tenant.id.into()]).await;
        assert_eq!(wallet.balance.micros - wallet.receivable.micros, received);
    }
    desk.0.assert_balanced().await;
}
