//! Refunds: of what came never more goes back, whatever fails, is lost, comes late or is asked at once; and only what is free.

use domain::{
    Error, Rule,
    access::policy::{CloseBilling, ReadBalance},
    commands::Command,
    ledger::list_entries_in,
    payments::{Event, RefundSeen, receive_event, take_event},
    refunds::{ask_refund, preview_refund, reconcile_refunds, record_refund, take_due_refund},
};
use types::{
    AskRefund, BankLineId, Currency, Cursor, EntryKind, EntrySubject, Money, PaymentId, PaymentProvider, RefundRail,
    RefundState,
};

use crate::{
    paid::{Double, Lost},
    received::command,
    refunded::{advance, all, ask, asked, letters, mad, n_findings, of_line, of_payment, one, paid, refunded},
    world::{
        JOB, World,
        credit::gift,
        dice::{Dice, cases},
        noon,
    },
};

/// Answers that are lost at random.
fn lose(double: &Double, dice: &mut Dice) {
    let lost: Vec<_> = (0..dice.roll(3)).map(|_| dice.one_of(&[Lost::Not, Lost::Before, Lost::After])).collect();
    double.lose(&lost);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_goes_back_than_was_captured_whatever_is_asked_lost_or_fails() {
    let (world, double) = (World::new().await, Double::default());
    let mut expected = world.minor_of_atlas().await;
    for (case, mut dice) in cases() {
        let minor = 1_000 + dice.roll(100_000);
        let payment = paid(&world, &double, case.word("card"), minor).await;
        let mut made = Vec::new();
        for _ in 0..=dice.roll(3) {
            // Two ask at once, each of them perhaps for too much.
            let amounts = [dice.roll(minor) + 1, dice.roll(minor) + 1].map(|minor| Some(mad(minor)));
            let first = ask(&world, of_payment(payment, amounts[0]));
            let other = ask(&world, of_payment(payment, amounts[1]));
            let (first, other) = tokio::join!(first, other);
            for asked in [first, other] {
                match asked {
                    Ok(view) => made.push(view.id),
                    Err(Error::Invalid { field: "amount", rule: Rule::Within { .. } })
                    | Err(Error::Conflict("refund-all" | "refund-not-free")) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            double.refunds_are(dice.one_of(&[
                RefundSeen::Done,
                RefundSeen::OnItsWay,
                RefundSeen::Failed("declined".to_owned()),
            ]));
            for refund in &made {
                for _ in 0..=dice.roll(2) {
                    lose(&double, &mut dice);
                    advance(&world, &double, *refund, noon()).await;
                }
            }
            let counted = refunded(&world, payment).await;
            assert!((0..=minor).contains(&counted), "{counted} of {minor}");
        }
        double.lose(&[]);
        for refund in &made {
            advance(&world, &double, *refund, noon()).await;
            // What seemed well, or is on its way, may fail in the end; it is told twice at once and in any order.
            let words = [double.says_of_refund(*refund), {
                if dice.roll(3) == 0 {
                    double.set_refund(*refund, RefundSeen::Failed("expired_or_canceled_card".to_owned()));
                }
                double.says_of_refund(*refund)
            }];
            let place = (world.atlas.id, *refund);
            let (first, other) = (dice.roll(2) == 0, dice.roll(2) == 0);
            let pick = |first: bool| if first { &words[0] } else { &words[1] };
            let (first, other) = tokio::join!(
                record_refund(&world.db, JOB, place, pick(first), noon()),
                record_refund(&world.db, JOB, place, pick(other), noon()),
            );
            first.unwrap();
            other.unwrap();
            record_refund(&world.db, JOB, place, &words[1], noon()).await.unwrap();
        }
        assert_eq!(double.given_back(payment), refunded(&world, payment).await);
        assert!(double.given_back(payment) <= minor, "{} of {minor}", double.given_back(payment));
        expected += minor - refunded(&world, payment).await;
        assert_eq!(world.minor_of_atlas().await, expected);
    }
    world.assert_balanced().await;
}

#[tokio::test]
async fn the_database_holds_that_no_more_goes_back_than_came_whoever_writes() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k", 5_000).await;
    let first = ask(&world, of_payment(payment, Some(mad(3_000)))).await.unwrap();
    let more =
        "INSERT INTO refund (organisation_id, id, rail, payment_id, amount, currency, reason, idempotency_key, state,
                    entry_id, asked_at)
                SELECT organisation_id, gen_random_uuid(), rail, payment_id, $1, currency, reason, 'another', 'wanted',
                    (SELECT id FROM journal_entry e WHERE e.organisation_id = r.organisation_id AND e.id <> r.entry_id
                     LIMIT 1), asked_at FROM refund r";
    let refused = world.try_run(more, [2_001_i64.into()]).await.unwrap_err().to_string();
    assert!(refused.contains("more would go back than came"), "{refused}");
    for change in [
        "amount = 1",
        "currency = 'EUR'",
        "reason = 'another'",
        "idempotency_key = 'another'",
        "payment_id = NULL",
        "state = 'succeeded', ended_at = asked_at, entry_id = gen_random_uuid()",
    ] {
        assert!(world.try_run(&format!("UPDATE refund SET {change}"), []).await.is_err(), "{change}");
    }
    advance(&world, &double, first.id, noon()).await;
    for state in ["wanted", "sent", "waits"] {
        let back = format!("UPDATE refund SET state = '{state}', ended_at = NULL");
        assert!(world.try_run(&back, []).await.is_err(), "{state}");
    }
    world.assert_balanced().await;
}

#[tokio::test]
async fn what_is_asked_for_leaves_the_wallet_at_once_and_says_where_it_went() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k", 5_000).await;
    let scope = world.scope::<CloseBilling>("finance@hub.test", world.atlas).await;
    let before = world.fingerprint().await;
    let preview = preview_refund(&world.db, &scope, &of_payment(payment, Some(mad(2_000))), noon()).await.unwrap();
    assert_eq!(world.fingerprint().await, before, "a preview stores nothing");
    assert_eq!((preview.amount, preview.balance_after, preview.source.most), (mad(2_000), mad(3_000), mad(5_000)));
    let key = || Command::new("k", "ask_refund", &2_000).unwrap();
    let view = asked(&world, of_payment(payment, Some(mad(2_000))), key()).await.unwrap();
    assert_eq!(asked(&world, of_payment(payment, Some(mad(2_000))), key()).await.unwrap().id, view.id);
    assert_eq!((view.rail, view.state, view.amount), (RefundRail::Card, RefundState::Wanted, mad(2_000)));
    assert_eq!((world.minor_of_atlas().await, refunded(&world, payment).await), (3_000, 2_000));
    assert_eq!(double.n_refunds(), 0, "the provider is told by a worker");
    let place = take_due_refund(&world.db, JOB, noon()).await.unwrap();
    assert_eq!(place, Some((world.atlas.id, view.id)));
    assert_eq!(take_due_refund(&world.db, JOB, noon()).await.unwrap(), None, "it belongs to who took it");
    advance(&world, &double, view.id, noon()).await;
    let [done] = &all(&world).await[..] else { panic!("one refund") };
    assert_eq!((done.state, done.goes_to.as_deref()), (RefundState::Succeeded, Some("4242")));
    assert_eq!(take_due_refund(&world.db, JOB, noon().plus_seconds(86_400)).await.unwrap(), None);
    let reads = world.scope::<ReadBalance>("owner@atlas.test", world.atlas).await;
    let tx = world.db.look(&reads, noon()).await.unwrap();
    let entries = list_entries_in(&tx, &reads, &Cursor::default()).await.unwrap().items;
    let goes_to = Some("4242".to_owned());
    assert_eq!((entries[0].kind, entries[0].amount), (EntryKind::Refund, mad(-2_000)));
    let subject = EntrySubject::Refund { id: view.id, rail: RefundRail::Card, goes_to };
    assert_eq!(entries[0].subject, Some(subject));
    assert!(letters(&world, "refund-paid").await > 0);
    world.assert_balanced().await;
}

#[tokio::test]
async fn only_free_money_of_the_wallet_goes_back_and_never_what_was_given() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k", 5_000).await;
    world.grant(world.atlas, "gift", gift(world.atlas, 900_000_000), noon()).await.unwrap();
    // Something holds thirty dirhams of the wallet.
    world.run("UPDATE account SET held = 30000000 WHERE kind = 'wallet' AND posted = 50000000", []).await;
    let much = ask(&world, of_payment(payment, Some(mad(2_001)))).await.unwrap_err();
    let rule = Rule::Within { least: mad(1), most: mad(2_000) };
    assert!(matches!(&much, Error::Invalid { field: "amount", rule: told } if *told == rule), "{much:?}");
    world.run("UPDATE account SET held = posted WHERE kind = 'wallet'", []).await;
    let none = ask(&world, of_payment(payment, None)).await.unwrap_err();
    assert!(matches!(none, Error::Conflict("refund-not-free")), "{none:?}");
    world.run("UPDATE account SET held = 0 WHERE kind = 'wallet'", []).await;
    let all = ask(&world, of_payment(payment, None)).await.unwrap();
    assert_eq!((all.amount, world.minor_of_atlas().await), (mad(5_000), 0));
    let again = ask(&world, of_payment(payment, None)).await.unwrap_err();
    assert!(matches!(again, Error::Conflict("refund-all")), "{again:?}");
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_refused_and_nothing_is_stored() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k", 5_000).await;
    let open = world.ask_by_card(&double, "open", 5_000, noon()).await.unwrap().id;
    let before = world.fingerprint().await;
    let euros = Money { micros: 10_000_000, currency: Currency::Eur };
    let part = Money { micros: 10_001, currency: Currency::Mad };
    let both = AskRefund { bank_line: Some(BankLineId::new(noon())), ..of_payment(payment, None) };
    for (asks, field) in [
        (of_payment(payment, Some(euros)), "amount"),
        (of_payment(payment, Some(part)), "amount"),
        (of_payment(payment, Some(mad(0))), "amount"),
        (of_payment(payment, Some(mad(5_001))), "amount"),
        (AskRefund { reason: " ".to_owned(), ..of_payment(payment, None) }, "reason"),
        (both, "payment"),
        (AskRefund { payment: None, ..of_payment(payment, None) }, "payment"),
    ] {
        let refused = ask(&world, asks.clone()).await.unwrap_err();
        assert!(matches!(&refused, Error::Invalid { field: told, .. } if *told == field), "{asks:?}: {refused:?}");
    }
    for unknown in
        [of_payment(PaymentId::new(noon()), None), of_payment(open, None), of_line(BankLineId::new(noon()), None)]
    {
        assert!(matches!(ask(&world, unknown).await, Err(Error::NotFound)));
    }
    // Another organisation's payment is as unknown as one that there is not.
    let scope = world.scope::<CloseBilling>("finance@hub.test", world.breton).await;
    let other = ask_refund(&world.db, &scope, of_payment(payment, None), command("ask_refund"), noon()).await;
    assert!(matches!(other, Err(Error::NotFound)));
    assert_eq!(world.fingerprint().await, before);
}

#[tokio::test]
async fn an_answer_that_is_lost_is_looked_for_and_nothing_is_given_back_twice() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k", 5_000).await;
    let refund = ask(&world, of_payment(payment, None)).await.unwrap().id;
    double.lose(&[Lost::After]);
    advance(&world, &double, refund, noon()).await;
    assert_eq!((double.n_refunds(), one(&world, refund).await.refund.state), (1, RefundState::Sent));
    // A day later the provider has forgotten the key: what it made is found by the name that we gave it.
    advance(&world, &double, refund, noon().plus_seconds(25 * 3600)).await;
    assert_eq!((double.n_refunds(), one(&world, refund).await.refund.state), (1, RefundState::Succeeded));
    // What was never heard is told again with its key, and given up once nobody knows the key.
    let payment = paid(&world, &double, "other", 5_000).await;
    for (wait, state) in [(60, RefundState::Succeeded), (25 * 3600, RefundState::Failed)] {
        let refund = ask(&world, of_payment(payment, Some(mad(1_000)))).await.unwrap().id;
        double.lose(&[Lost::Before]);
        advance(&world, &double, refund, noon()).await;
        advance(&world, &double, refund, noon().plus_seconds(wait)).await;
        assert_eq!(one(&world, refund).await.refund.state, state, "after {wait} s");
    }
    assert_eq!((double.n_refunds(), world.minor_of_atlas().await), (2, 4_000));
    world.assert_balanced().await;
}

#[tokio::test]
async fn what_fails_is_back_in_the_wallet_once_and_people_are_told() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k", 5_000).await;
    // It seems well, and fails later.
    let late = ask(&world, of_payment(payment, Some(mad(2_000)))).await.unwrap().id;
    advance(&world, &double, late, noon()).await;
    assert_eq!((letters(&world, "refund-failed").await, world.minor_of_atlas().await), (0, 3_000));
    double.set_refund(late, RefundSeen::Failed("expired_or_canceled_card".to_owned()));
    let told =
        |id: &str, kind: &str, object: String| Event { id: id.to_owned(), kind: kind.to_owned(), object: Some(object) };
    let events = [
        told("evt_1", "refund.updated", format!("re_{late}")),
        told("evt_2", "refund.failed", format!("re_{late}")),
        told("evt_3", "charge.refunded", format!("ch_{payment}")),
    ];
    for event in events.iter().chain(&events) {
        let from = PaymentProvider::Stripe;
        receive_event(&world.db, JOB, from, (Some(event), event.id.as_bytes()), noon()).await.unwrap();
        while take_event(&world.db, JOB, &double, noon()).await.unwrap() {}
    }
    let counted = "SELECT count(*) AS n FROM webhook_event WHERE outcome = 'counted'";
    assert_eq!(world.number(counted, []).await, 3);
    let view = one(&world, late).await.refund;
    assert_eq!((view.state, view.failure.as_deref()), (RefundState::Failed, Some("expired_or_canceled_card")));
    assert_eq!((world.minor_of_atlas().await, refunded(&world, payment).await), (5_000, 0));
    let told_once = letters(&world, "refund-failed").await;
    assert!(told_once > 1, "who looks after the money, and who asked");
    // Nothing comes back from failing.
    double.set_refund(late, RefundSeen::Done);
    let look = double.says_of_refund(late);
    let state = record_refund(&world.db, JOB, (world.atlas.id, late), &look, noon()).await.unwrap();
    assert_eq!((state, letters(&world, "refund-failed").await), (RefundState::Failed, told_once));
    // One that the provider refuses has failed too.
    double.refuse_refunds(Some("charge_disputed"));
    let refused = ask(&world, of_payment(payment, None)).await.unwrap().id;
    advance(&world, &double, refused, noon()).await;
    assert_eq!(one(&world, refused).await.refund.failure.as_deref(), Some("charge_disputed"));
    assert_eq!(world.minor_of_atlas().await, 5_000);
    world.assert_balanced().await;
}

#[tokio::test]
async fn what_differs_from_the_providers_refunds_is_told_to_people_once() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k", 5_000).await;
    let known = ask(&world, of_payment(payment, Some(mad(1_000)))).await.unwrap().id;
    double.refunds_are(RefundSeen::OnItsWay);
    advance(&world, &double, known, noon()).await;
    // Somebody gives money back without us, and the provider finishes ours without telling.
    double.give_by_hand(payment, 500);
    double.set_refund(known, RefundSeen::Done);
    for _ in 0..2 {
        reconcile_refunds(&world.db, JOB, &double, noon().plus_seconds(3_600)).await.unwrap();
    }
    assert_eq!(one(&world, known).await.refund.state, RefundState::Succeeded);
    assert_eq!((n_findings(&world, "unknown_refund").await, n_findings(&world, "not_at_provider").await), (1, 0));
    // Another amount than ours.
    let other = ask(&world, of_payment(payment, Some(mad(700)))).await.unwrap().id;
    advance(&world, &double, other, noon()).await;
    let mut look = double.says_of_refund(other);
    look.amount += 1;
    for _ in 0..2 {
        record_refund(&world.db, JOB, (world.atlas.id, other), &look, noon()).await.unwrap();
    }
    assert_eq!(n_findings(&world, "refund_differs").await, 1);
    // What the provider does not list any more.
    reconcile_refunds(&world.db, JOB, &Double::default(), noon().plus_seconds(3_600)).await.unwrap();
    assert_eq!(n_findings(&world, "not_at_provider").await, 2);
}
