//! What a provider tells: stored once whatever it is, and nothing in it believed but the names.

use domain::payments::{Event, Seen, forget_bytes, receive_event, reconcile, take_due_payment, take_event};
use types::{PaymentId, PaymentProvider, Timestamp};

use crate::{
    paid::{Double, Lost},
    world::{JOB, World, noon},
};

const STRIPE: PaymentProvider = PaymentProvider::Stripe;

fn event(id: &str, kind: &str, object: &str) -> Event {
    Event { id: id.to_owned(), kind: kind.to_owned(), object: Some(object.to_owned()) }
}

async fn sent(world: &World, event: Option<&Event>, raw: &[u8]) {
    receive_event(&world.db, JOB, STRIPE, (event, raw), noon()).await.unwrap();
}

/// Takes up all that waits.
async fn take_all(world: &World, double: &Double, now: Timestamp) {
    while take_event(&world.db, JOB, double, now).await.unwrap() {}
}

/// A payment of 50 dirhams that the provider has been paid.
async fn paid(world: &World, double: &Double, key: &str) -> PaymentId {
    let payment = world.ask_by_card(double, key, 5_000, noon()).await.unwrap().id;
    double.set(payment, Seen::Paid);
    payment
}

async fn n_findings(world: &World, kind: &str) -> i64 {
    world.number("SELECT count(*) AS n FROM payment_finding WHERE kind = $1", [kind.into()]).await
}

#[tokio::test]
async fn an_event_is_kept_once_byte_for_byte_and_credits_once() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k").await;
    let completed = event("evt_1", "checkout.session.completed", &format!("cs_{payment}"));
    let succeeded = event("evt_2", "payment_intent.succeeded", &format!("pi_{payment}"));
    for _ in 0..3 {
        sent(&world, Some(&completed), b"the bytes").await;
        sent(&world, Some(&succeeded), b"other bytes").await;
        take_all(&world, &double, noon()).await;
    }
    assert_eq!(world.number("SELECT count(*) AS n FROM webhook_event", []).await, 2);
    let kept = "SELECT count(*) AS n FROM webhook_event WHERE raw = 'the bytes' AND outcome = 'counted'";
    assert_eq!(world.number(kept, []).await, 1);
    assert_eq!(world.n_booked(payment).await, 1);
    assert_eq!(world.minor_of_atlas().await, 5_000);
    world.assert_balanced().await;
}

#[tokio::test]
async fn the_bytes_of_an_old_event_are_forgotten_and_it_still_counts_once() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k").await;
    let succeeded = event("evt_1", "payment_intent.succeeded", &format!("pi_{payment}"));
    sent(&world, Some(&succeeded), b"the bytes").await;
    let kept = "SELECT count(*) AS n FROM webhook_event WHERE raw = 'the bytes'";
    let much_later = noon().plus_seconds(121 * 86_400);
    forget_bytes(&world.db, JOB, much_later).await.unwrap();
    assert_eq!(world.number(kept, []).await, 1, "nobody has taken it up yet");
    take_all(&world, &double, noon()).await;
    forget_bytes(&world.db, JOB, noon().plus_seconds(119 * 86_400)).await.unwrap();
    assert_eq!(world.number(kept, []).await, 1);
    forget_bytes(&world.db, JOB, much_later).await.unwrap();
    assert_eq!(world.number(kept, []).await, 0);
    receive_event(&world.db, JOB, STRIPE, (Some(&succeeded), &b"the bytes"[..]), much_later).await.unwrap();
    assert!(!take_event(&world.db, JOB, &double, much_later).await.unwrap());
}

#[tokio::test]
async fn an_event_that_comes_before_its_page_is_recorded_counts_all_the_same() {
    let (world, double) = (World::new().await, Double::default());
    double.lose(&[Lost::Not, Lost::After]);
    let payment = paid(&world, &double, "k").await;
    assert_eq!(world.rank(payment).await, 1, "we do not know its page");
    sent(&world, Some(&event("evt_1", "checkout.session.completed", &format!("cs_{payment}"))), b"1").await;
    take_all(&world, &double, noon()).await;
    assert_eq!(world.n_booked(payment).await, 1);
    assert_eq!(take_due_payment(&world.db, JOB, noon().plus_seconds(86_400)).await.unwrap(), None);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_leaves_its_event_waiting() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k").await;
    sent(&world, Some(&event("evt_1", "payment_intent.succeeded", &format!("pi_{payment}"))), b"1").await;
    double.lose(&[Lost::Before]);
    assert!(take_event(&world.db, JOB, &double, noon()).await.unwrap());
    assert!(!take_event(&world.db, JOB, &double, noon()).await.unwrap(), "not again at once");
    assert_eq!(world.n_booked(payment).await, 0);
    take_all(&world, &double, noon().plus_seconds(60)).await;
    assert_eq!(world.n_booked(payment).await, 1);
}

#[tokio::test]
async fn what_nobody_can_read_or_place_is_kept_and_told_to_people() {
    let (world, double) = (World::new().await, Double::default());
    for _ in 0..2 {
        sent(&world, None, b"no event").await;
    }
    assert_eq!(n_findings(&world, "unreadable_event").await, 1);
    // Money for a payment that nobody asked for here.
    let payment = paid(&world, &double, "k").await;
    world.run("DELETE FROM payment", []).await;
    sent(&world, Some(&event("evt_1", "checkout.session.completed", &format!("cs_{payment}"))), b"1").await;
    sent(&world, Some(&event("evt_2", "payment_intent.succeeded", &format!("pi_{payment}"))), b"2").await;
    // What the provider does not have, and what is about no payment.
    sent(&world, Some(&event("evt_3", "checkout.session.expired", "cs_none")), b"3").await;
    sent(&world, Some(&event("evt_4", "customer.created", "cus_1")), b"4").await;
    take_all(&world, &double, noon()).await;
    assert_eq!(n_findings(&world, "unknown_payment").await, 1, "one thing is told once");
    assert_eq!(n_findings(&world, "not_at_provider").await, 1);
    assert_eq!(world.number("SELECT count(*) AS n FROM webhook_event WHERE outcome = 'unknown'", []).await, 5);
    assert_eq!(world.minor_of_atlas().await, 0);
}

#[tokio::test]
async fn what_a_cards_holder_disputes_is_told_to_people_once_whoever_tells_of_it() {
    let (world, double) = (World::new().await, Double::default());
    sent(&world, Some(&event("evt_1", "charge.dispute.created", "du_1")), b"1").await;
    sent(&world, Some(&event("evt_2", "charge.dispute.funds_withdrawn", "du_1")), b"2").await;
    take_all(&world, &double, noon()).await;
    assert_eq!(n_findings(&world, "unknown_refund").await, 1);
    double.tell("evt_3", "charge.dispute.created", "du_2");
    reconcile(&world.db, JOB, &double, noon()).await.unwrap();
    take_all(&world, &double, noon()).await;
    assert_eq!(n_findings(&world, "unknown_refund").await, 2, "nobody had told of the second");
}

#[tokio::test]
async fn what_the_provider_never_told_is_found_by_comparing() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k").await;
    double.tell("evt_1", "checkout.session.completed", &format!("cs_{payment}"));
    double.tell("evt_2", "customer.created", "cus_1");
    for _ in 0..2 {
        reconcile(&world.db, JOB, &double, noon()).await.unwrap();
        take_all(&world, &double, noon()).await;
    }
    assert_eq!(world.n_booked(payment).await, 1);
    let listed = "SELECT count(*) AS n FROM webhook_event WHERE source = 'listed'";
    assert_eq!(world.number(listed, []).await, 1, "what is about payments alone, once");
    reconcile(&world.db, JOB, &double, noon().plus_seconds(3_600)).await.unwrap();
    world.assert_balanced().await;
}

#[tokio::test]
async fn what_we_credited_and_the_provider_does_not_know_is_told_to_people() {
    let (world, double) = (World::new().await, Double::default());
    let payment = paid(&world, &double, "k").await;
    sent(&world, Some(&event("evt_1", "payment_intent.succeeded", &format!("pi_{payment}"))), b"1").await;
    take_all(&world, &double, noon()).await;
    let later = noon().plus_seconds(3_600);
    // Its list is short of an event; asked for the payment itself it says the same as we do.
    reconcile(&world.db, JOB, &double, later).await.unwrap();
    assert_eq!(n_findings(&world, "not_at_provider").await, 0);
    double.set(payment, Seen::Cancelled);
    for _ in 0..2 {
        reconcile(&world.db, JOB, &double, later).await.unwrap();
    }
    assert_eq!(n_findings(&world, "not_at_provider").await, 1);
    double.lose(&[Lost::Before]);
    reconcile(&world.db, JOB, &double, later).await.unwrap();
}
