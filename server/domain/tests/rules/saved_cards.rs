//! Cards that are kept: given once, usual once, taken away here and at the provider.

use domain::{
    Error,
    access::policy::{ReadBalance, TopUpWallet},
    commands::Command,
    payments::{
        Seen, advance_payment,
        cards::{advance_card, choose_card, list_cards_in, remove_card, save_card, take_due_card},
        top_up_by_card,
    },
};
use futures_util::future::join_all;
use types::{AutoTopUpState, CardState, Currency, Money, SavedCardId, SavedCardView, TopUpByCard};

use crate::{
    paid::{Double, Lost},
    world::{JOB, World, noon, patient},
};

async fn cards(world: &World) -> Vec<SavedCardView> {
    let scope = world.scope::<ReadBalance>("billing@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    list_cards_in(&tx, &scope).await.unwrap()
}

async fn usual(world: &World) -> Vec<SavedCardId> {
    cards(world).await.into_iter().filter(|card| card.is_default).map(|card| card.id).collect()
}

#[tokio::test]
async fn the_first_card_is_the_usual_one_until_another_is_chosen() {
    let (world, double) = (World::new().await, Double::default());
    let first = world.card_of_atlas(&double, "one", noon()).await;
    let second = world.card_of_atlas(&double, "two", noon()).await;
    assert_eq!(usual(&world).await, [first]);
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    for _ in 0..2 {
        choose_card(&world.db, &scope, second, noon()).await.unwrap();
        assert_eq!(usual(&world).await, [second]);
    }
    let shown = cards(&world).await;
    let told = (shown[0].brand.as_deref(), shown[0].last4.as_deref(), shown[0].exp_month, shown[0].exp_year);
    assert_eq!(told, (Some("visa"), Some("4242"), Some(12), Some(2031)));
}

#[tokio::test]
async fn an_answer_that_is_lost_makes_no_second_page_for_a_card() {
    let (world, double) = (World::new().await, Double::default());
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    // The customer is made and heard of, the page is made and is not.
    double.lose(&[Lost::Not, Lost::After]);
    let ask = async || {
        let command = Command::new("k", "save_card", &()).unwrap();
        save_card(&world.db, &double, &scope, command, noon()).await.unwrap()
    };
    let asked = ask().await;
    assert_eq!((asked.state, asked.save_at), (CardState::Sent, None));
    let again = ask().await;
    assert_eq!((again.id, again.state), (asked.id, CardState::NeedsPerson));
    assert_eq!(again.save_at, Some(format!("https://pay.test/cs_{}", asked.id)));
    assert_eq!((double.n_of_cards().0, cards(&world).await.len()), (1, 1));
}

#[tokio::test]
async fn a_card_beside_a_top_up_is_kept_once_that_is_paid() {
    let (world, double) = (World::new().await, Double::default());
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    let amount = Money { micros: 50_000_000, currency: Currency::Mad };
    let ask = TopUpByCard { amount, keep_card: true };
    let command = Command::new("k", "top_up_by_card", &ask).unwrap();
    let payment = top_up_by_card(&world.db, &double, &scope, ask, command, noon()).await.unwrap().id;
    let place = take_due_card(&world.db, JOB, noon()).await.unwrap().unwrap();
    advance_card(&world.db, JOB, &double, place, noon()).await.unwrap();
    assert!(cards(&world).await.is_empty(), "nobody has paid");
    double.set(payment, Seen::Paid);
    advance_payment(&world.db, JOB, &double, (world.atlas.id, payment), noon()).await.unwrap();
    let later = noon().plus_seconds(60);
    assert_eq!(take_due_card(&world.db, JOB, later).await.unwrap(), Some(place));
    advance_card(&world.db, JOB, &double, place, later).await.unwrap();
    let shown = cards(&world).await;
    assert_eq!((shown.len(), shown[0].state, shown[0].is_default), (1, CardState::Saved, true));
    assert_eq!(world.minor_of_atlas().await, 5_000);
}

#[tokio::test]
async fn a_card_that_is_taken_away_is_forgotten_once_and_ends_what_it_paid() {
    let (world, double) = (World::new().await, Double::default());
    let card = world.card_of_atlas(&double, "one", noon()).await;
    world.agree(card, (50, 100, 300), noon()).await.unwrap();
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    remove_card(&world.db, &scope, card, noon()).await.unwrap();
    assert!(matches!(remove_card(&world.db, &scope, card, noon()).await, Err(Error::Conflict("card-not-kept"))));
    assert!(matches!(choose_card(&world.db, &scope, card, noon()).await, Err(Error::Conflict("card-not-kept"))));
    assert!(cards(&world).await.is_empty());
    // Forgotten, and nobody hears of it: asked again, the provider does not know it.
    double.lose(&[Lost::After]);
    for seconds in [0, 60, 120] {
        let now = noon().plus_seconds(seconds);
        while let Some(place) = take_due_card(&world.db, JOB, now).await.unwrap() {
            advance_card(&world.db, JOB, &double, place, now).await.unwrap();
        }
    }
    assert_eq!(double.forgotten(), [format!("pm_{card}")]);
    let removed = "SELECT count(*) AS n FROM saved_card WHERE state = 'removed' AND next_at IS NULL";
    assert_eq!(world.number(removed, []).await, 1);
    let off = "SELECT count(*) AS n FROM auto_top_up WHERE state = $1";
    assert_eq!(world.number(off, [AutoTopUpState::Off.word().into()]).await, 1);
    let refused = world.agree(card, (50, 100, 300), noon()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "card", .. })), "{refused:?}");
}

#[tokio::test]
async fn of_many_who_ask_at_once_ten_have_a_card_and_of_those_who_choose_one_is_the_last() {
    let (world, double) = (World::new().await, Double::default());
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    let (db, double, proof) = (&world.db, &double, &scope);
    let ask = |n: usize| async move {
        let command = Command::new(&format!("at-once-{n}"), "save_card", &()).unwrap();
        patient(async || save_card(db, double, proof, command.clone(), noon()).await).await
    };
    let asked = join_all((0..12).map(ask)).await;
    let many = |refused: &&domain::Result<SavedCardView>| matches!(refused, Err(Error::Conflict("cards-many")));
    assert_eq!(asked.iter().filter(many).count(), 2, "{asked:?}");
    let kept: Vec<_> = asked.into_iter().flatten().map(|card| card.id).collect();
    assert_eq!(kept.len(), 10);
    for card in &kept {
        double.give(*card);
        advance_card(db, JOB, double, (world.atlas.id, *card), noon()).await.unwrap();
    }
    let choose = |card: SavedCardId| async move { patient(async || choose_card(db, proof, card, noon()).await).await };
    for chosen in join_all(kept.into_iter().map(choose)).await {
        assert!(chosen.unwrap().is_default);
    }
    assert_eq!(usual(&world).await.len(), 1);
}

#[tokio::test]
async fn no_wallet_tops_itself_up_with_a_card_that_was_taken_away_while_somebody_agreed() {
    let (world, double) = (World::new().await, Double::default());
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    let astray = "SELECT count(*) AS n FROM auto_top_up a JOIN saved_card c ON c.id = a.card_id
                  WHERE a.state = 'on' AND c.state <> 'saved'";
    for n in 0..8 {
        let card = world.card_of_atlas(&double, &format!("card-{n}"), noon()).await;
        let agree = patient(async || world.agree(card, (50, 100, 300), noon()).await);
        let remove = patient(async || remove_card(&world.db, &scope, card, noon()).await);
        let (agreed, removed) = tokio::join!(agree, remove);
        removed.unwrap();
        assert!(matches!(agreed, Ok(_) | Err(Error::Invalid { field: "card", .. })), "{agreed:?}");
        assert_eq!(world.number(astray, []).await, 0);
    }
}

#[tokio::test]
async fn no_role_gives_a_card_another_name_or_takes_it_back() {
    let (world, double) = (World::new().await, Double::default());
    world.card_of_atlas(&double, "one", noon()).await;
    for change in ["state = 'wanted'", "state = 'failed'", "method_ref = 'pm_another'", "session_ref = 'cs_another'"] {
        assert!(world.try_run(&format!("UPDATE saved_card SET {change}"), []).await.is_err(), "{change}");
    }
}

#[tokio::test]
async fn another_organisations_card_is_nobodys() {
    let (world, double) = (World::new().await, Double::default());
    let card = world.card_of_atlas(&double, "one", noon()).await;
    let scope = world.scope::<TopUpWallet>("owner@breton.test", world.breton).await;
    assert!(matches!(choose_card(&world.db, &scope, card, noon()).await, Err(Error::NotFound)));
    assert!(matches!(remove_card(&world.db, &scope, card, noon()).await, Err(Error::NotFound)));
}
