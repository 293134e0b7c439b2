//! Launching.

use axum::{body::Body, http::Method};
use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::{Shop, first, mad};

const PATH: &str = "/api/v1/organisations/acme/instances";
/// What a launch writes.
const ROWS: [&str; 5] = ["instance", "lease", "hold", "journal_entry", "audit"];

#[tokio::test]
async fn a_launch_is_created_and_says_where_it_is() {
    let shop = Shop::open().await;
    let answer = shop.owner.post(PATH, &shop.ask("train-1")).await;
    let id = answer.text("id");
    assert_eq!(answer.header("location"), format!("{PATH}/{id}"));
    assert_debug_snapshot!(answer, @r#"
    201
    {
      "attempt": 1,
      "cluster": "tetouan-1",
      "deadline_at": "2026-03-02T09:30:00Z",
      "deleted_at": null,
      "event": null,
      "flavour": "flv_…",
      "flavour_name": "H100",
      "id": "ins_…",
      "launched_at": "2026-03-02T09:00:00Z",
      "n_restarts": 0,
      "name": "train-1",
      "note": null,
      "phase": "requested",
      "phase_at": "2026-03-02T09:00:00Z",
      "project": "prj_…",
      "project_name": "Training",
      "reason": null,
      "region": "Tétouan",
      "simulated": true,
      "template": "pytorch",
      "undo_until": null,
      "units": 1,
      "version": 1,
      "wish": "running"
    }
    "#);
    let read = shop.owner.get(answer.header("location")).await;
    assert_eq!((read.status, read.text("id")), (200, id));
}

#[tokio::test]
async fn the_same_key_with_the_same_request_launches_once_and_answers_the_same() {
    let shop = Shop::open().await;
    let caller = shop.owner.clone().with("idempotency-key", "k1");
    let answer = caller.post(PATH, &shop.ask("train-1")).await;
    let before = shop.rows(&ROWS).await;
    shop.portal.pass(60);
    let again = caller.post(PATH, &shop.ask("train-1")).await;
    assert_eq!((again.status, &again.body), (201, &answer.body));
    assert_eq!(again.header("location"), answer.header("location"));
    assert_eq!(shop.rows(&ROWS).await, before);
    assert_debug_snapshot!(caller.post(PATH, &shop.ask("train-2")).await, @r#"
    409
    {
      "code": "idempotency_conflict",
      "detail": "This form was already sent with other content.",
      "fact": "key-reused",
      "hint": "Reload the page to get a fresh form.",
      "request_id": "req_…",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
    assert_eq!(shop.rows(&ROWS).await, before);
    // The key is the caller's own, and one more is a command of its own.
    let other = shop.owner.clone().with("idempotency-key", "k2");
    assert_eq!(other.post(PATH, &shop.ask("train-2")).await.status, 201);
}

#[tokio::test]
async fn a_refusal_is_told_again_under_its_key_and_leaves_nothing_behind() {
    let shop = Shop::open().await;
    let before = shop.rows(&ROWS).await;
    let caller = shop.owner.clone().with("idempotency-key", "k1");
    let mut ask = shop.ask("train-1");
    ask["units"] = json!(5);
    let refused = caller.post(PATH, &ask).await;
    assert_debug_snapshot!(refused, @r#"
    409
    {
      "arguments": {
        "asked": 5,
        "flavour": "H100",
        "left": 4,
        "quota": 4
      },
      "code": "quota_exceeded",
      "detail": "You asked for 5 of H100; 4 of your quota of 4 are left.",
      "fact": "quota-exceeded",
      "field": "units",
      "hint": "Stop something, choose fewer GPUs, or ask the hub for a higher quota.",
      "request_id": "req_…",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
    let quota = json!({ "flavour": shop.flavour, "units": 8, "reason": "more" });
    assert_eq!(shop.operator.put("/api/v1/organisations/acme/quotas", &quota).await.status, 200);
    let again = caller.post(PATH, &ask).await;
    assert_eq!((again.status, again.fact()), (refused.status, refused.fact()));
    assert_eq!(shop.rows(&ROWS[..4]).await, before[..4]);
    assert_eq!(shop.owner.post(PATH, &ask).await.status, 201, "without the key it is another command");
}

#[tokio::test]
async fn an_unusable_key_is_refused() {
    let shop = Shop::open().await;
    for key in ["", &"k".repeat(201)] {
        let refused = shop.owner.clone().with("idempotency-key", key).post(PATH, &shop.ask("train-1")).await;
        assert_eq!((refused.status, refused.field()), (422, "idempotency_key".to_owned()));
    }
    assert_eq!(shop.portal.count("instance").await, 0);
}

#[tokio::test]
async fn what_cannot_be_launched_names_the_field_and_stores_nothing() {
    let shop = Shop::open().await;
    let before = shop.rows(&ROWS).await;
    for (field, value, fact) in [
        ("name", json!("Not A Slug"), "invalid-slug"),
        ("name", json!(""), "invalid-length"),
        ("name", json!(7), "invalid-form"),
        ("units", json!(0), "invalid-range"),
        ("units", json!(-1), "invalid-form"),
        ("units", json!(9), "invalid-range"),
        ("units", json!(4_294_967_296_u64), "invalid-form"),
        ("units", json!("two"), "invalid-form"),
        ("template", json!("windows"), "invalid-unknown"),
        ("flavour", json!("flv_01ka4c2d00000000000000000z"), "invalid-unknown"),
        ("flavour", json!("h100"), "invalid-form"),
        ("project", json!("prj_01ka4c2d00000000000000000z"), "invalid-unknown"),
        ("colour", json!("red"), "invalid-form"),
    ] {
        let mut ask = shop.ask("train-1");
        ask[field] = value.clone();
        let refused = shop.owner.post(PATH, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{field} = {value}: {refused:?}");
        assert!(!refused.text("hint").is_empty(), "{refused:?}");
    }
    let mut ask = shop.ask("train-1");
    ask.as_object_mut().unwrap().remove("flavour");
    let refused = shop.owner.post(PATH, &ask).await;
    assert_eq!((refused.field(), refused.fact()), ("flavour".to_owned(), "invalid-required".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn a_body_that_is_no_document_is_refused_before_it_is_read() {
    let shop = Shop::open().await;
    let send = async |kind: Option<&str>, body: &str| {
        shop.owner.send(Method::POST, PATH, kind, Body::from(body.to_owned())).await.status
    };
    assert_eq!(send(Some("application/json"), "{").await, 400);
    assert_eq!(send(Some("application/json"), "[]").await, 400);
    assert_eq!(send(Some("application/json"), "").await, 400);
    assert_eq!(send(Some("text/plain"), "{}").await, 415);
    assert_eq!(send(None, "{}").await, 415);
    assert_eq!(send(Some("application/json"), &format!("{{\"name\":\"{}\"}}", "x".repeat(300 * 1024))).await, 413);
    assert_eq!(shop.portal.count("instance").await, 0);
}

#[tokio::test]
async fn what_the_wallet_does_not_cover_is_refused_with_what_is_missing() {
    let shop = Shop::open().await;
    let price = json!({ "flavour": shop.flavour, "currency": "MAD", "micros_per_hour": 9_000_000_000_i64,
        "started_at": "2026-03-02T09:00:01Z" });
    assert_eq!(shop.finance.post("/api/v1/staff/prices", &price).await.status, 201);
    shop.portal.pass(1);
    let before = shop.rows(&ROWS).await;
    let verdict = format!("/api/v1/organisations/acme/catalogue/verdict?flavour={}&units=1", shop.flavour);
    assert_eq!(shop.owner.get(&verdict).await.json()["reason"], "credit");
    assert_debug_snapshot!(shop.owner.post(PATH, &shop.ask("dear")).await, @r#"
    402
    {
      "arguments": {
        "available": {
          "currency": "MAD",
          "micros": 10000000000
        },
        "needed": {
          "currency": "MAD",
          "micros": 10800000000
        }
      },
      "code": "insufficient_credit",
      "detail": "The start sets 10,800.00 MAD aside, and 10,000.00 MAD is free.",
      "fact": "insufficient-credit",
      "hint": "Top up the wallet, or choose something smaller.",
      "request_id": "req_…",
      "status": 402,
      "title": "Payment Required",
      "type": "about:blank"
    }
    "#);
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn verdict_and_plan_say_the_same_from_one_quote() {
    let shop = Shop::open().await;
    for units in [1, 4, 5, 9] {
        let ask = format!("flavour={}&units={units}", shop.flavour);
        let verdict = shop.owner.get(&format!("/api/v1/organisations/acme/catalogue/verdict?{ask}")).await;
        let plan = shop.owner.get(&format!("/api/v1/organisations/acme/launch-plan?{ask}")).await;
        assert_eq!(verdict.status, 200, "{verdict:?}");
        assert_eq!(plan.json()["verdict"], verdict.json(), "{units}");
    }
    let one = first(&shop.owner.get("/api/v1/organisations/acme/catalogue").await);
    assert_eq!(one["verdict"]["word"], "now");
}

#[tokio::test]
async fn the_verdict_knows_the_budget_that_would_refuse_the_launch_and_says_so_in_its_words() {
    let shop = Shop::open().await;
    // An hour of 30 MAD with 20 % is 36.
    let budget = json!({ "subject": { "kind": "project", "id": shop.project }, "window": "total", "ceiling": mad(35) });
    assert_eq!(shop.owner.put("/api/v1/organisations/acme/budgets", &budget).await.status, 200);
    let plan = format!("/api/v1/organisations/acme/launch-plan?flavour={}&units=1", shop.flavour);
    let (plan, refused) = (shop.owner.get(&plan).await.json(), shop.owner.post(PATH, &shop.ask("dear")).await.json());
    assert_eq!((&plan["verdict"]["word"], &plan["verdict"]["reason"]), (&json!("cannot"), &refused["code"]), "{plan}");
    assert_eq!(plan["verdict"]["arguments"], refused["arguments"]);
    assert_eq!(plan["project"], json!(shop.project), "nothing was said, so it is the first by name");
    let raise = format!("/o/acme/projects/{}#budget", plan["project"].as_str().unwrap());
    assert!(plan["text"].to_string().contains(&raise), "whoever may raise it is led there: {}", plan["text"]);
}

#[tokio::test]
async fn a_question_whose_query_is_wrong_names_the_field() {
    let shop = Shop::open().await;
    let path = "/api/v1/organisations/acme/catalogue/verdict";
    for (query, field, fact) in [
        ("units=1", "flavour", "invalid-required"),
        ("flavour=h100&units=1", "flavour", "invalid-form"),
        ("flavour=flv_01ka4c2d00000000000000000z&units=x", "units", "invalid-form"),
    ] {
        let refused = shop.owner.get(&format!("{path}?{query}")).await;
        assert_eq!(
            (refused.status, refused.field(), refused.fact()),
            (422, field.to_owned(), fact.to_owned()),
            "{query}"
        );
    }
}
