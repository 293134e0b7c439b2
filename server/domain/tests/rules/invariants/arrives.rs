//! Money that comes by itself: a card that is charged without anybody there credits once, however its end is told.

use domain::payments::{
    Event, Gateway, Look, Reference, Seen, advance_payment, automatic::start_auto_top_up, receive_event, record_look,
    take_event,
};
use types::{PaymentId, PaymentProvider, Timestamp};

use crate::{
    paid::{Double, Lost},
    world::{
        JOB, World, at,
        dice::{Dice, cases},
        noon,
    },
};

/// What can become of such a payment, in the order in which the provider sees it.
fn courses() -> Vec<Vec<Seen>> {
    let failed = || Seen::Failed("card_declined".to_owned());
    vec![
        vec![Seen::Paid],
        vec![Seen::OnItsWay, Seen::Paid],
        vec![Seen::Open, Seen::OnItsWay, Seen::Paid],
        vec![failed(), Seen::Paid],
        vec![Seen::OnItsWay, failed()],
        vec![Seen::Open, Seen::Cancelled],
        vec![failed()],
    ]
}

/// A way on which word of a payment comes.
#[derive(Clone, Debug)]
enum Way {
    /// Whoever asked the provider, or came back from its page, brings an answer, perhaps an old one.
    Answer(Look),
    /// The provider calls; what it speaks of is fetched.
    Call(Event),
    /// The worker asks.
    Poll,
}

/// What the provider says of a payment now.
async fn says(double: &Double, payment: PaymentId) -> Look {
    double.look(&Reference::Intent(format!("pi_{payment}"))).await.unwrap()
}

/// Each word of a course once, twice or three times, on any way and in any order.
async fn words(double: &Double, payment: PaymentId, course: &[Seen], dice: &mut Dice) -> Vec<Way> {
    let mut words = Vec::new();
    for (n, seen) in course.iter().enumerate() {
        double.goes_on(payment, seen.clone());
        let answer = Way::Answer(says(double, payment).await);
        words.push(answer.clone());
        let call = Event {
            id: format!("evt_{payment}_{n}"),
            kind: "payment_intent.succeeded".to_owned(),
            object: Some(format!("pi_{payment}")),
        };
        for _ in 0..dice.roll(3) {
            words.push(dice.one_of(&[answer.clone(), Way::Call(call.clone()), Way::Poll]));
        }
    }
    dice.shuffle(&mut words);
    words
}

async fn told(world: &World, double: &Double, payment: PaymentId, way: &Way, now: Timestamp) {
    let place = (world.atlas.id, payment);
    match way {
        Way::Answer(look) => {
            record_look(&world.db, JOB, place, look, now).await.unwrap();
        }
        Way::Call(event) => {
            let from = PaymentProvider::Stripe;
            receive_event(&world.db, JOB, from, (Some(event), event.id.as_bytes()), now).await.unwrap();
            while take_event(&world.db, JOB, double, now).await.unwrap() {}
        }
        Way::Poll => advance_payment(&world.db, JOB, double, place, now).await.unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_automatic_top_up_credits_once_for_any_order_of_webhooks_redirects_and_polls() {
    let (world, double) = (World::new().await, Double::default());
    let card = world.card_of_atlas(&double, "card", noon()).await;
    let mut expected = world.minor_of_atlas().await;
    for (case, mut dice) in cases() {
        // A month of its own, so that none is kept back by the hour or the limit.
        let now = at(&format!("{}-{:02}-03T00:00:00Z", 2027 + case.n / 12, case.n % 12 + 1));
        let amount = 10 + dice.roll(90);
        world.agree(card, (90_000_000, amount, 500), now).await.unwrap();
        let payment = start_auto_top_up(&world.db, JOB, PaymentProvider::Stripe, world.atlas.id, now);
        let payment = payment.await.unwrap().unwrap();
        let course = dice.one_of(&courses());
        double.fate(course[0].clone());
        let lost: Vec<_> = (0..dice.roll(3)).map(|_| dice.one_of(&[Lost::Before, Lost::After])).collect();
        double.lose(&lost);
        for _ in 0..=lost.len() {
            told(&world, &double, payment, &Way::Poll, now).await;
        }
        double.lose(&[]);
        let mut rank = world.rank(payment).await;
        let words = words(&double, payment, &course, &mut dice).await;
        for pair in words.chunks(2) {
            // Two come at once.
            let first = told(&world, &double, payment, &pair[0], now);
            let other = told(&world, &double, payment, &pair[pair.len() - 1], now);
            tokio::join!(first, other);
            let risen = world.rank(payment).await;
            assert!(risen >= rank, "{course:?}: from {rank} to {risen}");
            rank = risen;
        }
        told(&world, &double, payment, &Way::Poll, now).await;
        let is_paid = course.last() == Some(&Seen::Paid);
        expected += if is_paid { amount * 100 } else { 0 };
        assert_eq!(world.n_booked(payment).await, i64::from(is_paid), "{course:?}");
        assert_eq!(world.rank(payment).await, if is_paid { 4 } else { 3 }, "{course:?}");
        assert_eq!(world.minor_of_atlas().await, expected, "{course:?}");
    }
    world.assert_balanced().await;
}
