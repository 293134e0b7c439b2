//! Whether the process lives, is ready, and what it counts.

use insta::assert_debug_snapshot;

use crate::portal::{TestPortal, start};

#[tokio::test]
async fn a_process_that_stops_lives_and_is_not_ready() {
    let portal = TestPortal::new().await;
    portal.founding.register_cluster("tetouan-1", "Tétouan", true, start()).await.unwrap();
    assert_debug_snapshot!(portal.nobody().get("/readyz").await, @r#"
    200
    {
      "clusters": [
        {
          "led": false,
          "name": "tetouan-1",
          "observed_through": null,
          "trouble": null
        }
      ],
      "database": true,
      "ready": true,
      "stopping": false
    }
    "#);
    portal.state.stop.cancel();
    assert_eq!(portal.nobody().get("/readyz").await.header("retry-after"), "2");
    assert_debug_snapshot!(portal.nobody().get("/readyz").await, @r#"
    503
    {
      "clusters": [
        {
          "led": false,
          "name": "tetouan-1",
          "observed_through": null,
          "trouble": null
        }
      ],
      "database": true,
      "ready": false,
      "stopping": true
    }
    "#);
    assert_eq!(portal.nobody().get("/livez").await.status, 200);
}

#[tokio::test]
async fn without_its_database_a_portal_says_when_to_try_again() {
    let portal = TestPortal::with_database("postgres://tamuda_tenant:x@127.0.0.1:1/none").await;
    let answer = portal.nobody().with("cookie", "tamuda=00").get("/api/v1/session").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "2"));
    assert_debug_snapshot!(answer, @r#"
    503
    {
      "code": "unavailable",
      "detail": "A part of ours does not answer right now.",
      "fact": "unavailable",
      "hint": "Nothing is lost. Try again in a few seconds.",
      "request_id": "req_…",
      "status": 503,
      "title": "Service Unavailable",
      "type": "about:blank"
    }
    "#);
    assert_eq!(portal.nobody().get("/readyz").await.status, 503);
    assert_eq!(portal.nobody().get("/livez").await.status, 200);
}

#[tokio::test]
async fn what_is_counted_names_no_tenant() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    owner.get("/api/v1/organisations/acme/members").await;
    let counted = portal.nobody().get("/metrics").await;
    assert!(counted.header("content-type").starts_with("application/openmetrics-text"));
    let line =
        r#"tamuda_requests_total{method="GET",route="/api/v1/organisations/{organisation}/members",status="200"} 1"#;
    assert!(counted.body.contains(line), "{}", counted.body);
    portal.founding.register_cluster("tetouan-1", "Tétouan", true, start()).await.unwrap();
    let counted = portal.nobody().get("/metrics").await;
    for line in ["tamuda_database_up 1", r#"tamuda_cluster_led{cluster="tetouan-1"} 0"#] {
        assert!(counted.body.contains(line), "{}", counted.body);
    }
    assert!(counted.body.ends_with("# EOF\n") && !counted.body.contains("acme"));
}

#[tokio::test]
async fn whoever_comes_through_a_proxy_finds_nothing_of_the_operators() {
    let portal = TestPortal::new().await;
    for path in ["/metrics", "/readyz"] {
        assert_eq!(portal.nobody().get(path).await.status, 200, "{path}");
        let outside = portal.nobody().with("x-forwarded-for", "192.0.2.1").get(path).await;
        assert_eq!(outside.status, 404, "{path}");
    }
    assert_eq!(portal.nobody().with("x-forwarded-for", "192.0.2.1").get("/livez").await.status, 200);
}
