//! Closing a period, and waiving a cluster that does not answer.

use axum::http::Method;
use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::{Shop, first};

const ROWS: [&str; 3] = ["billing_period", "invoice", "audit"];

#[tokio::test]
async fn a_period_that_runs_does_not_close() {
    let shop = Shop::open().await;
    let period = shop.period(&shop.finance).await;
    let before = shop.rows(&ROWS).await;
    let refused = shop.finance.post(&format!("/api/v1/organisations/acme/periods/{period}/close"), &json!({})).await;
    assert_eq!((refused.status, refused.fact()), (409, "period-runs".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn a_period_closes_once_and_gives_a_draft() {
    let shop = Shop::open().await;
    let finance = shop.april().await;
    let ready = finance.get("/api/v1/staff/periods/acme").await;
    assert_debug_snapshot!(ready, @r#"
    200
    {
      "blockers": [],
      "ends_at": "2026-03-31T23:00:00Z",
      "organisation": "org_…",
      "organisation_name": "ACME",
      "period": "per_…",
      "settled_through": "2026-03-02T09:00:00Z",
      "slug": "acme",
      "started_at": "2026-03-02T09:00:00Z",
      "state": "waiting"
    }
    "#);
    assert_eq!(first(&finance.get("/api/v1/staff/periods").await), ready.json());
    let path = format!("/api/v1/organisations/acme/periods/{}/close", ready.text("period"));
    let caller = finance.clone().with("idempotency-key", "k1");
    let closed = caller.post(&path, &json!({})).await;
    assert_debug_snapshot!(closed, @r#"
    200
    {
      "ended_at": "2026-03-31T23:00:00Z",
      "invoice": "inv_…",
      "next": "per_…",
      "period": "per_…",
      "started_at": "2026-03-02T09:00:00Z"
    }
    "#);
    let after = shop.rows(&ROWS).await;
    let again = caller.post(&path, &json!({})).await;
    assert_eq!((again.status, again.body), (200, closed.body));
    let twice = finance.post(&path, &json!({})).await;
    assert_eq!((twice.status, twice.fact()), (409, "period-closed".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, after);
    let review = first(&finance.get("/api/v1/staff/invoices?status=draft").await);
    let draft = first(&finance.get("/api/v1/organisations/acme/invoices").await);
    assert_eq!((&review["slug"], &review["invoice"]["id"]), (&json!("acme"), &draft["id"]));
}

#[tokio::test]
async fn a_silent_cluster_holds_a_close_until_it_is_waived_with_a_reason() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    shop.ready(&address).await;
    shop.portal.pass(32 * 24 * 3600);
    let finance = shop.portal.signed_in("finance@hub.test").await;
    let period = shop.period(&finance).await;
    let path = format!("/api/v1/organisations/acme/periods/{period}");
    assert_debug_snapshot!(finance.post(&format!("{path}/close"), &json!({})).await, @r#"
    409
    {
      "arguments": {
        "cluster": "tetouan-1",
        "known_through": "2026-03-02T08:58:00Z",
        "needed": "2026-03-31T23:00:00Z"
      },
      "code": "conflict",
      "detail": "tetouan-1 is known through 2 Mar, 08:58:00; the period needs it through 31 Mar, 23:00:00.",
      "fact": "cluster-not-confirmed",
      "hint": "Wait for it, or waive its unconfirmed seconds with a reason.",
      "request_id": "req_…",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
    let cluster = shop.cluster.to_string();
    for (body, field) in [
        (json!({ "cluster": cluster, "reason": "x" }), "reason"),
        (json!({ "cluster": "tetouan-1", "reason": "It burnt down." }), "cluster"),
        (json!({ "reason": "It burnt down." }), "cluster"),
    ] {
        let refused = finance.post(&format!("{path}/waive"), &body).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{body}");
    }
    let waived =
        finance.post(&format!("{path}/waive"), &json!({ "cluster": cluster, "reason": "It burnt down." })).await;
    assert_debug_snapshot!(waived, @r#"
    200
    {
      "n_intervals": 1,
      "waived_from": "2026-03-02T09:00:00Z",
      "waived_through": "2026-03-31T23:00:00Z"
    }
    "#);
    assert_eq!(finance.post(&format!("{path}/close"), &json!({})).await.status, 200);
}

#[tokio::test]
async fn a_waiver_whose_form_is_gone_from_the_page_still_says_why_it_was_refused() {
    let shop = Shop::open().await;
    let finance = shop.april().await;
    let (period, cluster) = (shop.period(&finance).await, shop.cluster);
    // The cluster was heard of while the form was open in another tab.
    let form = format!("period={period}&cluster={cluster}&reason=x&idempotency_key=late");
    let kind = Some("application/x-www-form-urlencoded");
    let page = finance.send(Method::POST, "/staff/billing/acme/waive", kind, form.into()).await;
    assert_eq!(page.status, 422);
    assert!(!page.body.contains("name=\"reason\"") && page.body.contains("3 to 500 characters"), "{}", page.body);
}
