//! Refunds: asked for by finance, told to the card's provider or paid by the bank, and read by the organisation.

use std::sync::Arc;

use domain::{
    access::Job,
    payments::take_event,
    refunds::{advance_refund, take_due_refund},
};
use serde_json::{Value, json};
use types::StaffRole;

use crate::{
    portal::{Caller, Double, Shop, TestPortal, first, mad},
    transfers::{ROWS, STATEMENTS, announced, balance, paid_in_dirhams, upload},
};

pub(crate) const REFUNDS: &str = "/api/v1/organisations/acme/refunds";
const DESK: &str = "/api/v1/staff/refunds";
const REFUNDABLE: &str = "/api/v1/organisations/acme/refundable";

/// So many centimes came to `acme` by an announced transfer; the line of the statement.
pub(crate) async fn came(shop: &Shop, minor: i64) -> String {
    let transfer = announced(shop, minor).await;
    let file = upload(minor, transfer["reference"].as_str().unwrap());
    let imported = shop.finance.post(STATEMENTS, &file).await;
    assert_eq!(imported.status, 201, "{imported:?}");
    let statement = first(&imported)["id"].as_str().unwrap().to_owned();
    let line = first(&shop.finance.get(&format!("{STATEMENTS}/{statement}/lines")).await);
    line["id"].as_str().unwrap().to_owned()
}

/// Does what the workers do of refunds.
async fn work(portal: &TestPortal, double: &Double) {
    let (db, job) = (&portal.state.portal.db, Job::of("test"));
    while let Some(place) = take_due_refund(db, job, portal.now()).await.unwrap() {
        advance_refund(db, job, double, place, portal.now()).await.unwrap();
    }
}

async fn wallet(owner: &Caller) -> Value {
    owner.get("/api/v1/organisations/acme/wallet").await.json()["balance"].clone()
}

#[tokio::test]
async fn a_payment_by_card_goes_back_in_part_and_the_wallet_says_to_which_card() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let owner = portal.organisation("acme").await.owner().await;
    let finance = portal.staff(StaffRole::Finance).await;
    let payment =
        owner.post("/api/v1/organisations/acme/wallet/top-ups", &json!({ "amount": mad(250) })).await.text("id");
    double.pay();
    let (db, job) = (&portal.state.portal.db, Job::of("test"));
    let later = portal.now().plus_seconds(60);
    let place = domain::payments::take_due_payment(db, job, later).await.unwrap().unwrap();
    domain::payments::advance_payment(db, job, &*double, place, later).await.unwrap();
    assert!(!take_event(db, job, &*double, later).await.unwrap());
    let came = first(&finance.get(REFUNDABLE).await);
    assert_eq!((&came["payment"], &came["most"], &came["rail"]), (&json!(payment), &mad(250), &json!("card")));
    let ask = json!({ "payment": payment, "amount": mad(100), "reason": "a mistake" });
    let preview = finance.post(&format!("{REFUNDS}/preview"), &ask).await;
    assert_eq!((preview.status, &preview.json()["balance_after"]), (200, &mad(150)), "{preview:?}");
    let asked = finance.clone().with("idempotency-key", "k").post(REFUNDS, &ask).await;
    assert_eq!((asked.status, asked.text("state")), (201, "wanted".to_owned()), "{asked:?}");
    let again = finance.clone().with("idempotency-key", "k").post(REFUNDS, &ask).await;
    assert_eq!((again.body, wallet(&owner).await), (asked.body.clone(), mad(150)), "one command, one refund");
    work(&portal, &double).await;
    let done = owner.get(&format!("{REFUNDS}/{}", asked.text("id"))).await;
    assert_eq!((done.text("state"), done.text("goes_to")), ("succeeded".to_owned(), "4242".to_owned()));
    let entries = owner.get("/api/v1/organisations/acme/wallet/entries").await.json();
    let entry = entries["items"].as_array().unwrap().iter().find(|entry| entry["kind"] == "refund").unwrap();
    assert_eq!(entry["subject"]["goes_to"], "4242");
    let page = owner.get("/o/acme/wallet").await;
    assert!(page.body.contains("Refund to card ending 4242"), "{}", page.body);
    let much = finance.post(REFUNDS, &json!({ "payment": payment, "amount": mad(151), "reason": "more" })).await;
    assert_eq!((much.status, much.field(), much.fact()), (422, "amount".to_owned(), "invalid-within".to_owned()));
}

#[tokio::test]
async fn a_transfer_goes_back_by_forms_alone_and_stands_on_the_desk_until_it_is_paid() {
    let shop = paid_in_dirhams().await;
    let (before, line) = (balance(&shop).await, came(&shop, 30_000).await);
    let here = "/staff/billing/acme/refunds";
    let page = shop.finance.get(here).await;
    assert!(page.status == 200 && page.body.contains(&line), "{page:?}");
    let form = |key: &str, amount: &str, reason: &str| {
        format!("payment={line}&amount={amount}&reason={reason}&idempotency_key={key}")
    };
    let seen = shop.finance.form(&format!("{here}/preview"), &form("", "100", "because")).await;
    assert!(seen.status == 200 && seen.body.contains("Payer 1"), "{seen:?}");
    assert_eq!(
        (balance(&shop).await, shop.portal.count("refund").await),
        (before + 30_000, 0),
        "looking books nothing"
    );
    for (key, amount, reason) in [("a", "much", "because"), ("b", "100", ""), ("c", "100000", "because")] {
        let refused = shop.finance.form(here, &form(key, amount, reason)).await;
        assert!(
            refused.status == 422 && refused.body.contains("aria-invalid=\"true\""),
            "{amount} {reason}: {refused:?}"
        );
    }
    for _ in 0..2 {
        assert_eq!(shop.finance.form(here, &form("k", "100", "because")).await.status, 303);
    }
    assert_eq!((balance(&shop).await, shop.portal.count("refund").await), (before + 20_000, 1));
    let desk = shop.finance.get("/staff/refunds").await;
    assert!(desk.status == 200 && desk.body.contains("/staff/refunds/rfd_"), "{desk:?}");
    let refund = first(&shop.finance.get(&format!("{DESK}?to_pay=true")).await);
    let id = refund["refund"]["id"].as_str().unwrap();
    let one = format!("/staff/refunds/{id}");
    assert!(shop.finance.get(&one).await.body.contains(refund["refund"]["reference"].as_str().unwrap()));
    assert_eq!(shop.finance.form(&format!("{one}/paid"), "paid_on=soon&idempotency_key=p0").await.status, 422);
    assert_eq!(shop.finance.form(&format!("{one}/paid"), "paid_on=2026-03-01&idempotency_key=p1").await.status, 303);
    assert_eq!(shop.finance.form(&format!("{one}/call-off"), "reason=late&idempotency_key=p2").await.status, 409);
    assert_eq!(first(&shop.finance.get(&format!("{DESK}?to_pay=true")).await), Value::Null);
    assert_eq!(first(&shop.owner.get(REFUNDS).await)["state"], "succeeded");
}

#[tokio::test]
async fn what_cannot_go_back_is_refused_and_stores_nothing() {
    let shop = paid_in_dirhams().await;
    let line = came(&shop, 30_000).await;
    let counts = async || {
        let mut counts = Vec::new();
        for table in ROWS {
            counts.push(shop.portal.count(table).await);
        }
        counts
    };
    let before = counts().await;
    let nothing = "bln_01ka4c2d00000000000000000z";
    for (ask, status) in [
        (json!({ "bank_line": line, "amount": mad(1), "reason": "" }), 422),
        (json!({ "bank_line": line, "amount": mad(-1), "reason": "because" }), 422),
        (json!({ "bank_line": line, "amount": { "micros": 1, "currency": "MAD" }, "reason": "because" }), 422),
        (json!({ "bank_line": line, "amount": { "micros": 10_000, "currency": "EUR" }, "reason": "because" }), 422),
        (json!({ "reason": "because" }), 422),
        (json!({ "bank_line": nothing, "reason": "because" }), 404),
    ] {
        let refused = shop.finance.post(REFUNDS, &ask).await;
        assert_eq!(refused.status, status, "{ask}: {refused:?}");
    }
    assert_eq!(shop.owner.post(REFUNDS, &json!({ "bank_line": line, "reason": "mine" })).await.status, 403);
    assert_eq!((counts().await, shop.portal.count("refund").await), (before, 0));
}

#[tokio::test]
async fn above_the_limit_a_refund_is_asked_for_and_given_by_forms_alone_once_somebody_else_signed() {
    let shop = paid_in_dirhams().await;
    let (before, line) = (balance(&shop).await, came(&shop, 30_000).await);
    let second = shop.second().await;
    let limit = json!({ "kind": "refund", "currency": "MAD", "micros": 50_000_000 });
    assert_eq!(shop.finance.put("/api/v1/staff/sign-off-limits", &limit).await.status, 200);
    let ask = json!({ "bank_line": line, "amount": mad(100), "reason": "twice" });
    let alone = shop.finance.post(REFUNDS, &ask).await;
    assert_eq!((alone.status, alone.fact()), (409, "sign-off-needed".to_owned()));
    let sign_off = format!("{REFUNDS}/sign-off");
    assert_eq!(shop.owner.post(&sign_off, &ask).await.status, 403);
    let less = json!({ "bank_line": line, "amount": mad(50), "reason": "twice" });
    assert_eq!(shop.finance.post(&sign_off, &less).await.fact(), "sign-off-not-needed");
    let here = "/staff/billing/acme/refunds";
    let form = |key: &str| format!("payment={line}&amount=100&reason=twice&idempotency_key={key}");
    let page = shop.finance.form(here, &form("a")).await;
    assert!(page.status == 409 && page.body.contains(&format!("action=\"{here}/sign-off\"")), "{page:?}");
    assert_eq!(shop.finance.form(&format!("{here}/sign-off"), &form("b")).await.status, 303);
    let asked = first(&second.get("/api/v1/staff/sign-offs").await)["sign_off"].clone();
    assert_eq!((&asked["subject"], &asked["refund"]["amount"]), (&json!(line), &mad(100)));
    let id = asked["id"].as_str().unwrap();
    let page = format!("/staff/billing/acme/sign-offs/{id}");
    assert!(second.get(&page).await.body.contains(&line), "what is signed");
    let seen = json!({ "sha256": asked["body_sha256"] });
    let signed = second.post(&format!("/api/v1/organisations/acme/sign-offs/{id}/sign"), &seen).await;
    assert_eq!(signed.status, 200, "{signed:?}");
    assert!(shop.finance.get(&page).await.body.contains("Give it back now"));
    assert_eq!((balance(&shop).await, shop.portal.count("refund").await), (before + 30_000, 0));
    assert_eq!(shop.finance.form(here, &form("c")).await.status, 303);
    assert_eq!((balance(&shop).await, shop.portal.count("refund").await), (before + 20_000, 1));
}
