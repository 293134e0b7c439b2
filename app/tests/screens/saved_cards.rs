//! Saved cards and automatic top-up: the pages in every state and language, and what their forms do.

use axum::http::StatusCode;
use domain::payments::{
    Seen, advance_payment,
    automatic::start_auto_top_up,
    cards::{advance_card, take_due_card},
    take_due_payment,
};
use types::{PaymentProvider, SavedCardId, Timestamp};

use crate::{
    LOCALES, NOW,
    portal::TestPortal,
    world::{JOB, at},
};

const BILLING: &str = "billing@atlas.test";
const CARDS: &str = "/o/atlas/wallet/cards";
const FORM: &str = "/o/atlas/wallet/auto-top-up";

/// The id behind the button of the provider's page.
async fn asked(portal: &TestPortal, key: &str) -> SavedCardId {
    let form = serde_urlencoded::to_string([("idempotency_key", key)]).unwrap();
    let sent = portal.post(BILLING, CARDS, form).await;
    assert_eq!((sent.status, sent.location.as_deref()), (StatusCode::SEE_OTHER, Some(CARDS)), "{}", sent.body);
    let shown = portal.get(BILLING, CARDS).await.body;
    let (_, rest) = shown.split_once("https://pay.test/cs_").unwrap();
    rest.chars().take_while(|letter| *letter != '"').collect::<String>().parse().unwrap()
}

async fn given(portal: &TestPortal, key: &str) -> SavedCardId {
    let card = asked(portal, key).await;
    portal.cards.give(card);
    let place = (portal.world.atlas.id, card);
    advance_card(&portal.world.db, JOB, &*portal.cards, place, at(NOW)).await.unwrap();
    card
}

fn agreement(card: SavedCardId, below: &str, consents: &str) -> String {
    let card = card.to_string();
    let fields = [
        ("below", below),
        ("amount", "100"),
        ("monthly_limit", "300"),
        ("card", card.as_str()),
        ("consents", consents),
    ];
    serde_urlencoded::to_string(fields).unwrap()
}

/// One begins, and is advanced.
async fn begins(portal: &TestPortal, seen: Seen, now: Timestamp) {
    let (db, cards) = (&portal.world.db, &*portal.cards);
    cards.fate(seen);
    let begun = start_auto_top_up(db, JOB, PaymentProvider::Stripe, portal.world.atlas.id, now).await.unwrap();
    assert!(begun.is_some());
    while let Some(place) = take_due_payment(db, JOB, now).await.unwrap() {
        advance_payment(db, JOB, cards, place, now).await.unwrap();
    }
}

async fn said_in_all_languages(portal: &TestPortal, address: &str, name: &str) {
    for locale in LOCALES {
        let shown = portal.get_in(BILLING, locale, address).await;
        assert_eq!(shown.status, StatusCode::OK, "{name}: {}", shown.body);
        shown.keep(&format!("{name}.{locale}.html"));
        for fault in [" style=", "{$", "{ $", "? needs", "? paused"] {
            assert!(!shown.body.contains(fault), "{fault} in {name} in {locale}");
        }
        assert_eq!(shown.twice(), Vec::<String>::new(), "{name}");
    }
}

#[tokio::test]
async fn a_card_is_given_elsewhere_chosen_and_taken_away_here() {
    let portal = TestPortal::new().await;
    assert!(portal.get(BILLING, "/o/atlas/wallet").await.body.contains(&format!("href=\"{CARDS}\"")));
    said_in_all_languages(&portal, CARDS, "cards-none").await;
    let first = given(&portal, "one").await;
    let second = given(&portal, "two").await;
    said_in_all_languages(&portal, CARDS, "cards").await;
    let shown = portal.get(BILLING, CARDS).await.body;
    assert!(shown.contains("Visa ending in 4242") && shown.contains("12/2031"), "{shown}");
    let chosen = portal.post(BILLING, &format!("{CARDS}/{second}/default"), String::new()).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    for _ in 0..2 {
        let removed = portal.post(BILLING, &format!("{CARDS}/{first}/remove"), String::new()).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
    }
    let place = take_due_card(&portal.world.db, JOB, at(NOW)).await.unwrap().unwrap();
    advance_card(&portal.world.db, JOB, &*portal.cards, place, at(NOW)).await.unwrap();
    assert_eq!(portal.cards.forgotten(), [format!("pm_{first}")]);
    let shown = portal.get(BILLING, CARDS).await.body;
    assert!(!shown.contains(&first.to_string()) && shown.contains(&second.to_string()), "{shown}");
    let viewer = portal.post("developer@atlas.test", CARDS, String::new()).await;
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn somebody_agrees_by_a_tick_and_sees_what_waits_for_them() {
    let portal = TestPortal::new().await;
    said_in_all_languages(&portal, FORM, "auto-top-up-none").await;
    let card = given(&portal, "one").await;
    let refused = portal.post(BILLING, FORM, agreement(card, "90000000", "")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("90000000"), "what was typed is kept: {}", refused.body);
    let agreed = portal.post(BILLING, FORM, agreement(card, "90000000", "yes")).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
    said_in_all_languages(&portal, CARDS, "auto-top-up-on").await;
    begins(&portal, Seen::Failed("authentication_required".to_owned()), at(NOW)).await;
    said_in_all_languages(&portal, "/o/atlas/wallet", "auto-top-up-asks").await;
    let wallet = portal.get(BILLING, "/o/atlas/wallet").await.body;
    assert!(wallet.contains("/o/atlas/wallet/top-ups/pay_"), "{wallet}");
}

#[tokio::test]
async fn two_refusals_are_a_banner_until_somebody_agrees_once_more_or_ends_it() {
    let portal = TestPortal::new().await;
    let card = given(&portal, "one").await;
    let agree = async || portal.post(BILLING, FORM, agreement(card, "90000000", "yes")).await.status;
    assert_eq!(agree().await, StatusCode::SEE_OTHER);
    for hours in [0, 1] {
        begins(&portal, Seen::Failed("card_declined".to_owned()), at(NOW).plus_seconds(hours * 3600)).await;
    }
    said_in_all_languages(&portal, "/o/atlas/wallet", "auto-top-up-paused").await;
    let paused = "The automatic top-up is paused";
    assert!(portal.get(BILLING, "/o/atlas/wallet").await.body.contains(paused));
    assert_eq!(agree().await, StatusCode::SEE_OTHER);
    assert!(!portal.get(BILLING, "/o/atlas/wallet").await.body.contains(paused));
    let ended = portal.post(BILLING, &format!("{FORM}/end"), String::new()).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    assert!(!portal.get(BILLING, CARDS).await.body.contains(&format!("{FORM}/end")));
}
