//! Topping up by card: the form, the payment's page, and what it says as the payment goes on.

use axum::http::StatusCode;
use domain::payments::{Seen, advance_payment};
use types::PaymentId;

use crate::{
    LOCALES, NOW,
    portal::TestPortal,
    world::{JOB, at},
};

const BILLING: &str = "billing@atlas.test";
const FORM: &str = "/o/atlas/wallet/top-up";

fn form(key: &str, amount: &str) -> String {
    serde_urlencoded::to_string([("idempotency_key", key), ("amount", amount)]).unwrap()
}

/// A payment that was asked for, and the address of its page.
async fn asked(portal: &TestPortal, key: &str) -> (PaymentId, String) {
    let sent = portal.post(BILLING, FORM, form(key, "250.50")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = sent.location.unwrap();
    (page.rsplit('/').next().unwrap().parse().unwrap(), page)
}

async fn is_now(portal: &TestPortal, payment: PaymentId, seen: Seen) {
    portal.cards.set(payment, seen);
    let place = (portal.world.atlas.id, payment);
    advance_payment(&portal.world.db, JOB, &*portal.cards, place, at(NOW)).await.unwrap();
}

#[tokio::test]
async fn a_top_up_leads_to_its_page_and_from_there_to_the_provider() {
    let portal = TestPortal::new().await;
    assert!(portal.get(BILLING, "/o/atlas/wallet").await.body.contains(&format!("href=\"{FORM}\"")));
    let (payment, page) = asked(&portal, "k").await;
    assert_eq!(asked(&portal, "k").await, (payment, page.clone()), "the same form sent twice is one payment");
    let shown = portal.get(BILLING, &page).await;
    assert!(shown.body.contains(&format!("href=\"https://pay.test/cs_{payment}\"")), "{}", shown.body);
    assert!(portal.get(BILLING, FORM).await.body.contains(&format!("href=\"{page}\"")), "the way back to it");
    is_now(&portal, payment, Seen::Paid).await;
    let paid = portal.get(BILLING, &page).await;
    assert!(paid.body.contains("In the wallet") && !paid.body.contains("pay.test"), "{}", paid.body);
    assert!(!portal.get(BILLING, FORM).await.body.contains(&page), "it is over");
}

#[tokio::test]
async fn whatever_becomes_of_a_payment_is_said_in_three_languages() {
    let portal = TestPortal::new().await;
    for (name, seen) in [
        ("open", Seen::Open),
        ("waits", Seen::OnItsWay),
        ("declined", Seen::Failed("card_declined".to_owned())),
        ("refused", Seen::Failed("do_not_honor".to_owned())),
        ("cancelled", Seen::Cancelled),
        ("expired", Seen::Expired),
        ("paid", Seen::Paid),
    ] {
        let (payment, page) = asked(&portal, name).await;
        is_now(&portal, payment, seen).await;
        for locale in LOCALES {
            let shown = portal.get_in(BILLING, locale, &page).await;
            assert_eq!(shown.status, StatusCode::OK, "{name}: {}", shown.body);
            shown.keep(&format!("top-up-{name}.{locale}.html"));
            for fault in [" style=", "{$", "{ $", "? needs", "? waits"] {
                assert!(!shown.body.contains(fault), "{fault} in {name} in {locale}");
            }
            assert_eq!(shown.twice(), Vec::<String>::new(), "{name}");
        }
    }
}

#[tokio::test]
async fn an_amount_that_no_payment_takes_is_told_beside_its_field_and_kept() {
    let portal = TestPortal::new().await;
    for (amount, said) in [("5", "from 10.00"), ("much", "written like"), ("", "written like")] {
        let refused = portal.post(BILLING, FORM, form("k", amount)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains(said) && refused.body.contains(amount), "{amount}: {}", refused.body);
    }
    let developer = portal.get("developer@atlas.test", FORM).await;
    assert_eq!(developer.status, StatusCode::FORBIDDEN);
}
