//! Top-ups by card: credited once with what was quoted, whatever comes when and how often.

use domain::{
    Error, Rule,
    access::policy::ReadBalance,
    payments::{Look, Seen, advance_payment, payment_in, record_look, take_due_payment, waiting_payments_in},
};
use types::{PaymentId, PaymentState};

use crate::{
    paid::{Double, Lost},
    world::{
        JOB, World,
        dice::{Dice, cases},
        noon, patient,
    },
};

/// What can become of a payment at the provider's, from its page on.
fn courses() -> Vec<Vec<Seen>> {
    let failed = || Seen::Failed("card_declined".to_owned());
    vec![
        vec![Seen::Open, Seen::Paid],
        vec![Seen::Open, Seen::OnItsWay, Seen::Paid],
        vec![Seen::Open, Seen::Expired],
        vec![Seen::Open, Seen::Expired, Seen::Paid],
        vec![Seen::Open, Seen::OnItsWay, failed()],
        vec![Seen::Open, failed(), Seen::Paid],
        vec![Seen::Open, Seen::Cancelled],
    ]
}

/// What webhooks, redirects and polls bring of a course: each word of the provider once, twice or three times, by the page or
/// by the movement of money, in any order.
fn words(double: &Double, payment: PaymentId, course: &[Seen], dice: &mut Dice) -> Vec<Look> {
    let mut words = Vec::new();
    for seen in course {
        double.set(payment, seen.clone());
        for _ in 0..=dice.roll(3) {
            words.push(double.says(payment, dice.roll(2) == 0));
        }
    }
    dice.shuffle(&mut words);
    words
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_payment_credits_once_for_any_order_of_webhooks_redirects_and_polls() {
    let (world, double) = (World::new().await, Double::default());
    let mut expected = world.minor_of_atlas().await;
    for (case, mut dice) in cases() {
        let minor = 1_000 + dice.roll(1_000_000);
        let lost: Vec<_> = (0..dice.roll(3)).map(|_| dice.one_of(&[Lost::Before, Lost::After])).collect();
        double.lose(&lost);
        let payment = world.ask_by_card(&double, case.word("card"), minor, noon()).await.unwrap().id;
        let place = (world.atlas.id, payment);
        double.lose(&[]);
        advance_payment(&world.db, JOB, &double, place, noon()).await.unwrap();
        let course = dice.one_of(&courses());
        let mut rank = world.rank(payment).await;
        let words = words(&double, payment, &course, &mut dice);
        for pair in words.chunks(2) {
            // Two come at once.
            let first = record_look(&world.db, JOB, place, &pair[0], noon());
            let other = record_look(&world.db, JOB, place, pair.last().unwrap(), noon());
            let (first, other) = tokio::join!(first, other);
            first.unwrap();
            other.unwrap();
            let now = world.rank(payment).await;
            assert!(now >= rank, "{course:?}: from {rank} to {now}");
            rank = now;
        }
        advance_payment(&world.db, JOB, &double, place, noon()).await.unwrap();
        let is_paid = course.last() == Some(&Seen::Paid);
        expected += if is_paid { minor } else { 0 };
        assert_eq!(world.n_booked(payment).await, i64::from(is_paid), "{course:?}");
        assert_eq!(world.rank(payment).await, if is_paid { 4 } else { 3 }, "{course:?}");
        assert_eq!(world.minor_of_atlas().await, expected, "{course:?}");
    }
    world.assert_balanced().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_again_and_makes_no_second_page() {
    let (world, double) = (World::new().await, Double::default());
    // The customer is made and nobody hears of it.
    double.lose(&[Lost::After]);
    let asked = world.ask_by_card(&double, "k", 5_000, noon()).await.unwrap();
    assert_eq!((asked.state, asked.pay_at), (PaymentState::Sent, None));
    // The page is made and nobody hears of it.
    double.lose(&[Lost::Not, Lost::After]);
    advance_payment(&world.db, JOB, &double, (world.atlas.id, asked.id), noon()).await.unwrap();
    assert_eq!(double.made(), (1, 1));
    assert_eq!(take_due_payment(&world.db, JOB, noon()).await.unwrap(), None, "it is asked again in a while");
    let later = noon().plus_seconds(60);
    assert_eq!(take_due_payment(&world.db, JOB, later).await.unwrap(), Some((world.atlas.id, asked.id)));
    assert_eq!(take_due_payment(&world.db, JOB, later).await.unwrap(), None, "it belongs to who took it");
    advance_payment(&world.db, JOB, &double, (world.atlas.id, asked.id), later).await.unwrap();
    assert_eq!(double.made(), (1, 1));
    let scope = world.scope::<ReadBalance>("billing@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, later).await.unwrap();
    let view = payment_in(&tx, &scope, asked.id).await.unwrap();
    assert_eq!(view.state, PaymentState::NeedsPerson);
    assert_eq!(view.pay_at, Some(format!("https://pay.test/cs_{}", asked.id)));
    assert_eq!(waiting_payments_in(&tx, &scope).await.unwrap(), [view]);
}

#[tokio::test]
async fn the_same_command_twice_is_one_payment_with_one_page() {
    let (world, double) = (World::new().await, Double::default());
    let first = world.ask_by_card(&double, "k", 5_000, noon()).await.unwrap();
    let again = world.ask_by_card(&double, "k", 5_000, noon()).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(double.made(), (1, 1));
    assert!(matches!(world.ask_by_card(&double, "k", 6_000, noon()).await, Err(Error::KeyReused)));
}

#[tokio::test]
async fn what_the_provider_took_otherwise_is_credited_to_nobody_and_told_to_people() {
    let (world, double) = (World::new().await, Double::default());
    let changes: [fn(&mut Look); 5] = [
        |look| look.amount += 1,
        |look| look.currency = Some(types::Currency::Eur),
        |look| look.currency = None,
        |look| look.session = Some("cs_another".to_owned()),
        |look| look.payment = Some(PaymentId::new(noon())),
    ];
    for (n, change) in changes.into_iter().enumerate() {
        let payment = world.ask_by_card(&double, &format!("k{n}"), 5_000, noon()).await.unwrap().id;
        double.set(payment, Seen::Paid);
        let mut look = double.says(payment, true);
        change(&mut look);
        let place = (world.atlas.id, payment);
        for _ in 0..2 {
            let state = record_look(&world.db, JOB, place, &look, noon()).await.unwrap();
            assert_eq!(state, PaymentState::NeedsPerson);
        }
        assert_eq!(world.n_booked(payment).await, 0);
        let told = "SELECT count(*) AS n FROM payment_finding WHERE kind = 'amount_differs' AND payment = $1";
        assert_eq!(world.number(told, [payment.uuid().into()]).await, 1);
        let awaited = "SELECT count(*) AS n FROM payment WHERE id = $1 AND next_at IS NOT NULL";
        assert_eq!(world.number(awaited, [payment.uuid().into()]).await, 0);
    }
    assert_eq!(world.minor_of_atlas().await, 0);
    let open = world.db.work(JOB, noon()).await.unwrap();
    let told = domain::ledger::checks::run(&open).await.unwrap();
    assert!(!told.is_empty() && told.iter().all(|finding| finding.rule == "payments_agree_with_provider"), "{told:?}");
}

#[tokio::test]
async fn no_role_takes_a_payment_back_or_changes_what_was_quoted() {
    let (world, double) = (World::new().await, Double::default());
    let payment = world.ask_by_card(&double, "k", 5_000, noon()).await.unwrap().id;
    double.set(payment, Seen::Paid);
    advance_payment(&world.db, JOB, &double, (world.atlas.id, payment), noon()).await.unwrap();
    assert_eq!(world.minor_of_atlas().await, 5_000);
    for change in [
        "state = 'expired'",
        "state = 'wanted'",
        "amount = 6000",
        "currency = 'EUR'",
        "idempotency_key = 'another'",
        "session_ref = 'cs_another'",
        "refunded = 5001",
        "captured = 1",
    ] {
        let refused = world.try_run(&format!("UPDATE payment SET {change}"), []).await;
        assert!(refused.is_err(), "{change}");
    }
    assert!(world.try_run("UPDATE payment SET refunded = 5000", []).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_is_never_reached_leaves_a_payment_that_ends_by_itself() {
    let (world, double) = (World::new().await, Double::default());
    double.lose(&[Lost::Before]);
    let asked = world.ask_by_card(&double, "k", 5_000, noon()).await.unwrap();
    assert_eq!(asked.state, PaymentState::Sent);
    let tomorrow = noon().plus_seconds(24 * 3600);
    advance_payment(&world.db, JOB, &double, (world.atlas.id, asked.id), tomorrow).await.unwrap();
    assert_eq!(double.made(), (0, 0), "whoever knows the key no longer might make a second page");
    assert_eq!(world.rank(asked.id).await, 3);
    assert_eq!(take_due_payment(&world.db, JOB, tomorrow).await.unwrap(), None);
}

#[tokio::test]
async fn an_amount_that_no_payment_takes_is_refused_and_nothing_is_stored() {
    let (world, double) = (World::new().await, Double::default());
    let before = world.fingerprint().await;
    for minor in [-1, 0, 999, 10_000_001] {
        let refused = world.ask_by_card(&double, &format!("k{minor}"), minor, noon()).await;
        let told = refused.unwrap_err();
        let is_amount = |rule: &Rule| matches!(rule, Rule::PositiveAmount | Rule::Within { .. });
        assert!(matches!(&told, Error::Invalid { field: "amount", rule } if is_amount(rule)), "{minor}: {told:?}");
    }
    assert_eq!(world.fingerprint().await, before);
    for n in 0..20 {
        world.ask_by_card(&double, &format!("open-{n}"), 5_000, noon()).await.unwrap();
    }
    let many = world.ask_by_card(&double, "open-20", 5_000, noon()).await;
    assert!(matches!(many, Err(Error::Conflict("top-ups-many"))), "{many:?}");
}

#[tokio::test]
async fn of_many_who_ask_at_once_twenty_are_awaited() {
    let (world, double) = (World::new().await, Double::default());
    let (of, by) = (&world, &double);
    let ask = |n: usize| async move {
        patient(async || of.ask_by_card(by, &format!("at-once-{n}"), 5_000, noon()).await).await
    };
    let asked = futures_util::future::join_all((0..24).map(ask)).await;
    let n_many = asked.iter().filter(|asked| matches!(asked, Err(Error::Conflict("top-ups-many")))).count();
    assert_eq!((n_many, asked.iter().filter(|asked| asked.is_ok()).count()), (4, 20), "{asked:?}");
}
