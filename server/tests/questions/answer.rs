//! Answering what is asked before anything is deleted.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::{Shop, first};

#[tokio::test]
async fn a_question_is_answered_by_the_operator_once() {
    let shop = Shop::open().await;
    shop.ask_operator().await;
    let question = first(&shop.operator.get("/api/v1/staff/questions").await)["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/staff/questions/{question}/answer");
    for body in [json!({}), json!({ "answer": "maybe" }), json!({ "answer": "keep", "sure": true })] {
        assert_eq!(shop.operator.post(&path, &body).await.status, 422, "{body}");
    }
    assert_debug_snapshot!(shop.operator.post(&path, &json!({ "answer": "keep" })).await, @r#"
    200
    {
      "answer": "keep",
      "answered_at": "2026-03-02T09:00:00Z",
      "arguments": {},
      "asked_at": "2026-03-02T09:00:00Z",
      "cluster": "tetouan-1",
      "id": "…",
      "question": "restored_database"
    }
    "#);
    let changed = shop.operator.post(&path, &json!({ "answer": "delete" })).await;
    assert_debug_snapshot!((changed.status, changed.fact()), @r#"
    (
        409,
        "question-answered",
    )
    "#);
    assert_eq!(first(&shop.operator.get("/api/v1/staff/questions").await)["answer"], "keep");
    let unknown = shop.operator.post("/api/v1/staff/questions/x/answer", &json!({ "answer": "keep" })).await;
    assert_eq!(unknown.status, 404);
}
