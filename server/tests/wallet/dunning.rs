//! What is overdue, the steps that follow, and letting them rest.

use domain::{access::Job, dunning::remind};
use serde_json::json;
use types::DunningStep;

use crate::portal::{Shop, first, mad};

const JOB: Job = Job::of("test");
const PATH: &str = "/api/v1/organisations/acme/dunning";
const DAY_S: i64 = 24 * 3600;

#[tokio::test]
async fn who_owes_nothing_reads_the_steps_as_they_are_published() {
    let shop = Shop::open().await;
    let told = shop.owner.get(PATH).await.json();
    assert_eq!(told["overdue"], json!(null));
    let days: Vec<_> = told["rungs"].as_array().unwrap().iter().map(|rung| rung["days"].as_i64().unwrap()).collect();
    assert_eq!(days, [1, 7, 14, 21, 30]);
    assert!(told["rungs"].as_array().unwrap().iter().all(|rung| rung["at"].is_null() && rung["is_taken"] == false));
    let answer =
        shop.finance.post(&format!("{PATH}/pause"), &json!({ "until": "2026-03-20", "reason": "a test" })).await;
    assert_eq!((answer.status, answer.fact()), (409, "nothing-overdue".to_owned()));
}

#[tokio::test]
async fn an_overdue_organisation_is_refused_starts_reads_why_and_rests_where_finance_says_so() {
    let shop = Shop::open().await;
    shop.owes(5_000_000).await;
    let db = &shop.portal.state.portal.db;
    let mut taken = Vec::new();
    for _ in 0..23 {
        shop.portal.pass(DAY_S);
        taken.extend(remind(db, JOB, shop.acme, shop.portal.now()).await.unwrap());
    }
    assert_eq!(taken, DunningStep::ALL[..4]);
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let told = owner.get(PATH).await.json();
    assert_eq!((&told["overdue"]["amount"], &told["overdue"]["step"]), (&mad(5), &json!("refused")));
    let refused = owner.post("/api/v1/organisations/acme/instances", &shop.ask("one")).await;
    assert_eq!((refused.status, refused.fact()), (402, "payment-overdue".to_owned()), "{refused:?}");
    assert_eq!(refused.text("code"), "payment_overdue");
    let finance = shop.portal.signed_in("finance@hub.test").await;
    let case = first(&finance.get("/api/v1/staff/dunning").await);
    assert_eq!((&case["slug"], &case["amount"]), (&json!("acme"), &mad(5)));
    let until = shop.portal.now().plus_seconds(9 * DAY_S).to_string()[..10].to_owned();
    let wrong = json!({ "until": "2020-01-01", "reason": "they promised" });
    let answer = finance.post(&format!("{PATH}/pause"), &wrong).await;
    assert_eq!((answer.status, answer.text("field")), (422, "until".to_owned()));
    let promise = json!({ "until": until, "reason": "they promised" });
    let told = finance.post(&format!("{PATH}/pause"), &promise).await.json();
    assert_eq!(told["overdue"]["refuses_launches"], json!(false));
    assert!(told["overdue"]["paused_until"].is_string());
    let told = finance.post(&format!("{PATH}/resume"), &json!({ "reason": "they will not" })).await.json();
    assert_eq!(told["overdue"]["refuses_launches"], json!(true));
    let transfer = json!({ "reference": "BMCE 9", "amount": mad(5) });
    let path = "/api/v1/organisations/acme/wallet/transfers";
    assert_eq!(finance.post(path, &transfer).await.status, 200);
    assert_eq!(owner.get(PATH).await.json()["overdue"], json!(null));
    let started = owner.post("/api/v1/organisations/acme/instances", &shop.ask("one")).await;
    assert_eq!(started.status, 201, "{started:?}");
    assert_eq!(shop.portal.count("dunning").await, 0);
}

#[tokio::test]
async fn pages_say_what_is_overdue_what_comes_and_how_to_let_it_rest() {
    let shop = Shop::open().await;
    shop.owes(5_000_000).await;
    shop.portal.pass(2 * DAY_S);
    remind(&shop.portal.state.portal.db, JOB, shop.acme, shop.portal.now()).await.unwrap();
    let owner = shop.portal.signed_in("owner@acme.test").await;
    for page in ["/o/acme/wallet", "/o/acme/unpaid"] {
        let body = owner.get(page).await.body;
        for said in ["5.00\u{a0}MAD is overdue", "A second letter follows on", "Nothing new starts"] {
            assert!(body.contains(said), "{page} does not say {said}: {body}");
        }
    }
    let finance = shop.portal.signed_in("finance@hub.test").await;
    assert!(finance.get("/staff/dunning").await.body.contains("/staff/dunning/acme"));
    let until = shop.portal.now().plus_seconds(9 * DAY_S).to_string()[..10].to_owned();
    let form = |reason: &str| format!("until={until}&reason={reason}&idempotency_key=k{reason}");
    let again = finance.form("/staff/dunning/acme", &form("")).await;
    assert_eq!(again.status, 422, "{again:?}");
    assert!(again.body.contains(&format!("value=\"{until}\"")), "what was written stays");
    let rests = finance.form("/staff/dunning/acme", &form("promised")).await;
    assert_eq!((rests.status, rests.header("location")), (303, "/staff/dunning/acme"), "{rests:?}");
    let page = finance.get("/staff/dunning/acme").await.body;
    assert!(page.contains("promised") && page.contains("/staff/dunning/acme/resume"), "{page}");
    let goes = finance.form("/staff/dunning/acme/resume", "reason=no&idempotency_key=go").await;
    assert_eq!(goes.status, 303, "{goes:?}");
    let auditor = shop.portal.staff(types::StaffRole::Auditor).await;
    let page = auditor.get("/staff/dunning/acme").await.body;
    assert!(page.contains("Only finance lets") && !page.contains("action=\"/staff/dunning/acme\""), "{page}");
}
