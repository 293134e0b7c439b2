//! A wallet that tops itself up: never twice in an hour, never beyond the month's limit, and credited once, whoever decides
//! at once and whatever becomes of answers.

use domain::{
    access::policy::{ReadBalance, TopUpWallet},
    payments::{
        Seen, advance_payment,
        automatic::{auto_top_up_in, end_auto_top_up, organisations_to_top_up, start_auto_top_up},
        cards::remove_card,
        take_due_payment,
    },
};
use types::{AutoTopUpState, AutoTopUpView, PaymentId, PaymentProvider, SavedCardId, Timestamp};

use crate::{
    paid::{Double, Lost},
    world::{
        JOB, World, at,
        dice::{Dice, cases},
        noon,
    },
};

const HOUR_S: i64 = 3600;

/// A world whose wallet tops itself up with 100 dirhams once less than 50 are left, up to 300 in a month.
async fn agreed() -> (World, Double, SavedCardId) {
    let (world, double) = (World::new().await, Double::default());
    let card = world.card_of_atlas(&double, "card", noon()).await;
    world.agree(card, (50, 100, 300), noon()).await.unwrap();
    (world, double, card)
}

async fn start(world: &World, now: Timestamp) -> Option<PaymentId> {
    start_auto_top_up(&world.db, JOB, PaymentProvider::Stripe, world.atlas.id, now).await.unwrap()
}

/// Everything that is due is advanced.
async fn advance(world: &World, double: &Double, now: Timestamp) {
    while let Some(place) = take_due_payment(&world.db, JOB, now).await.unwrap() {
        advance_payment(&world.db, JOB, double, place, now).await.unwrap();
    }
}

async fn view(world: &World, now: Timestamp) -> AutoTopUpView {
    let scope = world.scope::<ReadBalance>("billing@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, now).await.unwrap();
    auto_top_up_in(&tx, &scope).await.unwrap().unwrap()
}

async fn n_letters(world: &World, kind: &str) -> i64 {
    world.number("SELECT count(*) AS n FROM outbox WHERE kind = $1", [kind.into()]).await
}

/// What may become of a payment without anybody there.
fn fate(dice: &mut Dice) -> Seen {
    let word = |word: &str| Seen::Failed(word.to_owned());
    let fates =
        [Seen::Paid, Seen::Paid, Seen::OnItsWay, Seen::Open, word("card_declined"), word("authentication_required")];
    dice.one_of(&fates)
}

/// Whatever is not over ends, so that nothing of a case is left to the next.
async fn end_all(world: &World, double: &Double, now: Timestamp) {
    double.lose(&[]);
    double.expire_pages();
    for hours in [25, 50] {
        advance(world, double, now.plus_seconds(hours * HOUR_S)).await;
    }
    world.run("UPDATE payment SET state = 'failed', ended_at = now(), next_at = NULL WHERE ended_at IS NULL", []).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn under_any_interleaving_one_begins_in_an_hour_and_a_month_takes_its_limit_at_most() {
    let (world, double) = (World::new().await, Double::default());
    let card = world.card_of_atlas(&double, "card", noon()).await;
    let apart = "SELECT count(*) AS n FROM auto_top_up_try a JOIN auto_top_up_try b ON a.id < b.id
                 WHERE abs(extract(epoch FROM a.started_at - b.started_at)) < 3600";
    let taken = "SELECT coalesce(sum(p.captured), 0)::bigint AS n FROM auto_top_up_try t
                 JOIN payment p ON p.id IN (t.payment_id, t.person_payment_id) WHERE t.started_at >= $1";
    for (case, mut dice) in cases() {
        // Each case has a month of its own; what happens in it takes a day at most.
        let begin = at(&format!("{}-{:02}-03T00:00:00Z", 2027 + case.n / 12, case.n % 12 + 1));
        let (amount, limit) = (10 + dice.roll(90), 100 + dice.roll(400));
        world.agree(card, (90_000_000, amount, limit), begin).await.unwrap();
        let mut now = begin;
        for _ in 0..12 {
            now = now.plus_seconds(dice.roll(2 * HOUR_S));
            let lost: Vec<_> = (0..dice.roll(3)).map(|_| dice.one_of(&[Lost::Before, Lost::After])).collect();
            double.lose(&lost);
            double.fate(fate(&mut dice));
            // Three decide at once, by clocks that differ, and one of them advances what is due.
            let skew = dice.roll(90);
            let (one, other, third) = (now, now.plus_seconds(skew), now.plus_seconds(-skew));
            let (one, other, third, ()) = tokio::join!(
                start(&world, one),
                start(&world, other),
                start(&world, third),
                advance(&world, &double, now)
            );
            let begun = [one, other, third].into_iter().flatten().count();
            assert!(begun <= 1, "{begun} began at once");
            advance(&world, &double, now.plus_seconds(60)).await;
            if dice.roll(4) == 0 {
                // Whoever agrees once more wins no hour and no month back.
                world.agree(card, (90_000_000, amount, limit), now).await.unwrap();
            }
        }
        assert_eq!(world.number(apart, []).await, 0);
        let sum = world.number(taken, [begin.into()]).await;
        assert!(sum <= limit * 100, "{sum} of {limit}");
        end_all(&world, &double, now).await;
        let sum = world.number(taken, [begin.into()]).await;
        assert!(sum <= limit * 100, "{sum} of {limit} in the end");
    }
    world.assert_balanced().await;
}

#[tokio::test]
async fn one_begins_below_the_threshold_and_is_credited_once_like_any_other() {
    let (world, double, _) = agreed().await;
    let open = world.db.work(JOB, noon()).await.unwrap();
    assert_eq!(organisations_to_top_up(&open, noon()).await.unwrap(), [world.atlas.id]);
    let payment = start(&world, noon()).await.unwrap();
    assert_eq!(start(&world, noon()).await, None, "one is not over");
    advance(&world, &double, noon()).await;
    advance(&world, &double, noon().plus_seconds(60)).await;
    assert_eq!((world.minor_of_atlas().await, world.n_booked(payment).await), (10_000, 1));
    assert!(organisations_to_top_up(&open, noon().plus_seconds(HOUR_S - 1)).await.unwrap().is_empty());
    let later = noon().plus_seconds(2 * HOUR_S);
    assert_eq!(start(&world, later).await, None, "there is enough");
    let left = view(&world, later).await.left.micros;
    assert_eq!(left, 200_000_000);
    assert_eq!(n_letters(&world, "auto-top-up-declined").await, 0);
    world.assert_balanced().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_is_looked_for_and_nothing_is_taken_twice() {
    for lost in [Lost::Before, Lost::After] {
        let (world, double, _) = agreed().await;
        let payment = start(&world, noon()).await.unwrap();
        double.lose(&[lost]);
        advance(&world, &double, noon()).await;
        assert_eq!(world.n_booked(payment).await, 0, "{lost:?}: nobody knows yet");
        advance(&world, &double, noon().plus_seconds(60)).await;
        assert_eq!(double.n_of_cards().1, 1, "{lost:?}");
        assert_eq!((world.minor_of_atlas().await, world.n_booked(payment).await), (10_000, 1), "{lost:?}");
    }
}

#[tokio::test]
async fn nothing_is_paid_with_a_card_that_was_taken_away_after_one_began() {
    let (world, double, card) = agreed().await;
    let payment = start(&world, noon()).await.unwrap();
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    remove_card(&world.db, &scope, card, noon()).await.unwrap();
    advance(&world, &double, noon()).await;
    assert_eq!((double.n_of_cards().1, world.n_booked(payment).await, world.rank(payment).await), (0, 0, 3));
    assert_eq!(view(&world, noon()).await.state, AutoTopUpState::Off);
}

#[tokio::test]
async fn two_refusals_in_a_row_pause_it_and_each_is_told() {
    let (world, double, card) = agreed().await;
    double.fate(Seen::Failed("insufficient_funds".to_owned()));
    let mut now = noon();
    for n_told in 1..=2 {
        start(&world, now).await.unwrap();
        advance(&world, &double, now).await;
        // Owner, admin and billing may pay.
        assert_eq!(n_letters(&world, "auto-top-up-declined").await, 3 * n_told);
        now = now.plus_seconds(HOUR_S);
    }
    assert_eq!(view(&world, now).await.state, AutoTopUpState::Paused);
    assert_eq!(view(&world, now).await.left.micros, 300_000_000, "what was refused does not count");
    assert_eq!(start(&world, now).await, None);
    double.fate(Seen::Paid);
    world.agree(card, (50, 100, 300), now).await.unwrap();
    start(&world, now).await.unwrap();
    advance(&world, &double, now).await;
    assert_eq!((view(&world, now).await.state, world.minor_of_atlas().await), (AutoTopUpState::On, 10_000));
}

#[tokio::test]
async fn a_bank_that_asks_for_its_customer_is_answered_on_a_page_and_credited_once() {
    let (world, double, _) = agreed().await;
    double.fate(Seen::Failed("authentication_required".to_owned()));
    let refused = start(&world, noon()).await.unwrap();
    advance(&world, &double, noon()).await;
    let seen = view(&world, noon()).await;
    let page = seen.waits_for_person.unwrap();
    assert_ne!(page, refused);
    assert_eq!((seen.left.micros, n_letters(&world, "auto-top-up-asks").await), (200_000_000, 3));
    let later = noon().plus_seconds(HOUR_S);
    assert_eq!(start(&world, later).await, None, "it waits for somebody");
    double.set(page, Seen::Paid);
    advance(&world, &double, later).await;
    assert_eq!((world.minor_of_atlas().await, world.n_booked(page).await), (10_000, 1));
    assert_eq!((world.n_booked(refused).await, view(&world, later).await.waits_for_person), (0, None));
}

#[tokio::test]
async fn a_page_of_the_bank_itself_leads_on_from_the_payment() {
    let (world, double, _) = agreed().await;
    double.fate(Seen::Open);
    let payment = start(&world, noon()).await.unwrap();
    advance(&world, &double, noon()).await;
    let there = "SELECT count(*) AS n FROM payment WHERE id = $1 AND state = 'needs_person' AND pay_at LIKE '%/3ds/%'";
    assert_eq!(world.number(there, [payment.uuid().into()]).await, 1);
    assert_eq!(view(&world, noon()).await.waits_for_person, Some(payment));
    double.goes_on(payment, Seen::Paid);
    advance(&world, &double, noon().plus_seconds(60)).await;
    assert_eq!((world.minor_of_atlas().await, n_letters(&world, "auto-top-up-asks").await), (10_000, 3));
}

#[tokio::test]
async fn the_database_itself_holds_the_hour_and_keeps_every_try() {
    let (world, _, card) = agreed().await;
    let payment = start(&world, noon()).await.unwrap();
    let again = "INSERT INTO auto_top_up_try (organisation_id, id, card_id, payment_id, started_at, held_until)
                 SELECT organisation_id, gen_random_uuid(), card_id, $1, started_at + interval '59 minutes',
                        held_until + interval '59 minutes' FROM auto_top_up_try";
    let other = world.ask_by_card(&Double::default(), "other", 5_000, noon()).await.unwrap().id;
    let refused = world.try_run(again, [other.uuid().into()]).await.unwrap_err().to_string();
    assert!(refused.contains("one_top_up_begins_in_an_hour"), "{refused}");
    let short = "UPDATE auto_top_up_try SET held_until = started_at + interval '1 minute' WHERE payment_id = $1";
    assert!(world.try_run(short, [payment.uuid().into()]).await.is_err());
    // Whoever ends it and agrees once more has no new hour.
    let scope = world.scope::<TopUpWallet>("owner@atlas.test", world.atlas).await;
    end_auto_top_up(&world.db, &scope, noon()).await.unwrap();
    assert_eq!(view(&world, noon()).await.state, AutoTopUpState::Off);
    world.agree(card, (50, 100, 300), noon()).await.unwrap();
    assert_eq!(start(&world, noon().plus_seconds(HOUR_S - 1)).await, None);
}

#[tokio::test]
async fn an_organisation_that_is_about_to_close_pays_nothing_more_by_itself() {
    let (world, _, _) = agreed().await;
    let closes = "UPDATE organisation SET closes_at = $2::text::timestamptz WHERE id = $1";
    let at = noon().plus_seconds(HOUR_S);
    world.run(closes, [world.atlas.id.uuid().into(), at.to_string().into()]).await;
    let open = world.db.work(JOB, noon()).await.unwrap();
    assert!(organisations_to_top_up(&open, noon()).await.unwrap().is_empty());
    assert_eq!(start(&world, noon()).await, None);
}

#[tokio::test]
async fn an_organisation_that_closes_before_its_card_is_charged_pays_nothing_and_is_told_of_no_refusal() {
    let (world, double, card) = agreed().await;
    let payment = start(&world, noon()).await.unwrap();
    let closes = "UPDATE organisation SET closes_at = $2::text::timestamptz WHERE id = $1";
    world.run(closes, [world.atlas.id.uuid().into(), noon().plus_seconds(HOUR_S).to_string().into()]).await;
    advance(&world, &double, noon()).await;
    assert_eq!((double.n_of_cards().1, world.n_booked(payment).await, world.minor_of_atlas().await), (0, 0, 0));
    let ended = "SELECT count(*) AS n FROM payment WHERE id = $1 AND state = 'cancelled'";
    assert_eq!(world.number(ended, [payment.uuid().into()]).await, 1);
    assert_eq!(n_letters(&world, "auto-top-up-declined").await, 0);
    // Kept after all it goes on an hour later, and nothing of the month is gone.
    world.run("UPDATE organisation SET closes_at = NULL WHERE id = $1", [world.atlas.id.uuid().into()]).await;
    let later = noon().plus_seconds(HOUR_S);
    let seen = view(&world, later).await;
    assert_eq!((seen.state, seen.card, seen.left.micros), (AutoTopUpState::On, card, 300_000_000));
    start(&world, later).await.unwrap();
    advance(&world, &double, later).await;
    assert_eq!((double.n_of_cards().1, world.minor_of_atlas().await), (1, 10_000));
    world.assert_balanced().await;
}

#[tokio::test]
async fn what_a_card_paid_before_its_organisation_closed_is_found_and_credited() {
    let (world, double, _) = agreed().await;
    let payment = start(&world, noon()).await.unwrap();
    double.lose(&[Lost::After]);
    advance(&world, &double, noon()).await;
    let closes = "UPDATE organisation SET closes_at = $2::text::timestamptz WHERE id = $1";
    world.run(closes, [world.atlas.id.uuid().into(), noon().plus_seconds(HOUR_S).to_string().into()]).await;
    advance(&world, &double, noon().plus_seconds(60)).await;
    assert_eq!((double.n_of_cards().1, world.n_booked(payment).await), (1, 1));
    assert_eq!(world.minor_of_atlas().await, 10_000);
    world.assert_balanced().await;
}
