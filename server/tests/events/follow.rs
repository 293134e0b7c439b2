//! Following instances.

use std::time::Duration;

use domain::Hint;
use types::{ClusterSeen, Role, StaffRole};

use crate::portal::{Shop, TestPortal};

#[tokio::test]
async fn a_stream_opens_at_once_and_says_that_no_cluster_was_heard_of() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let mut stream = owner.follow("/o/acme/events?topic=instances").await;
    let first = stream.next().await.unwrap();
    let retry: u64 = first.lines().find_map(|line| line.strip_prefix("retry:")).unwrap().trim().parse().unwrap();
    assert!((1_000..=10_000).contains(&retry), "{first}");
    assert_eq!(stream.next().await.unwrap().trim(), "event: fresh\ndata: {\"heard_s\":null}");
}

#[tokio::test]
async fn a_removed_members_stream_ends_also_without_a_hint() {
    let portal = TestPortal::new().await;
    let viewer = portal.organisation("acme").await.member(Role::Viewer).await;
    let mut stream = viewer.follow("/o/acme/events?topic=instances").await;
    stream.next().await.unwrap();
    portal.as_owner("DELETE FROM member").await;
    stream.end().await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_with_the_program() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let mut one = owner.follow("/o/acme/events?topic=instances").await;
    one.next().await.unwrap();
    owner.delete("/api/v1/session").await;
    one.end().await;
    let mut other = portal.staff(StaffRole::Operator).await.follow("/staff/events?topic=waiting").await;
    other.next().await.unwrap();
    portal.state.stop.cancel();
    assert!(tokio::time::timeout(Duration::from_secs(1), other.rest()).await.is_ok(), "holds up the program's end");
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(portal.state.streams.n_open(), 0, "places are given back");
}

#[tokio::test]
async fn streams_are_for_those_who_may_read_what_they_show() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (billing, owner) = (acme.member(Role::Billing).await, acme.owner().await);
    let path = "/o/acme/events?topic=instances";
    assert_eq!(portal.nobody().get(path).await.status, 401);
    assert_eq!(portal.stranger().await.get(path).await.status, 404);
    assert_eq!(billing.get(path).await.status, 403);
    assert_eq!(owner.get("/staff/events?topic=waiting").await.status, 404);
    assert_eq!(portal.staff(StaffRole::Finance).await.get("/staff/events?topic=waiting").await.status, 403);
    assert_eq!(owner.get("/o/acme/events?topic=weather").await.json()["field"], "topic");
    assert_eq!(owner.get("/o/acme/events?topic=instances&ids=x").await.json()["field"], "ids");
}

#[tokio::test]
async fn an_organisation_opens_only_so_many_streams() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let mut open = Vec::new();
    for _ in 0..200 {
        open.push(owner.follow("/o/acme/events?topic=instances").await);
    }
    let refused = owner.get("/o/acme/events?topic=instances").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "10"));
    assert_eq!((refused.text("code"), refused.fact()), ("too_many_requests".to_owned(), "too-many-streams".to_owned()));
    let other = portal.organisation("other").await.owner().await;
    drop(other.follow("/o/other/events?topic=instances").await);
    drop(open.pop());
    let free = async { while owner.get("/o/acme/events?topic=instances").await.status != 200 {} };
    assert!(tokio::time::timeout(Duration::from_secs(5), free).await.is_ok(), "a place is not given back");
}

#[tokio::test]
async fn a_stream_says_how_old_the_clusters_word_is_and_not_when_we_looked() {
    let shop = Shop::open().await;
    let id = shop.launch("train-1").await.rsplit('/').next().unwrap().to_owned();
    shop.portal.pass(40);
    for path in [format!("/o/acme/events?topic=instance&ids={id}"), "/o/acme/events?topic=instances".to_owned()] {
        let mut stream = shop.owner.follow(&path).await;
        assert_eq!(stream.age().await, Some(40), "{path}: nothing was heard since");
        assert!(stream.age().await >= Some(40), "{path}: another look is no word of the cluster");
    }
    let mut staff = shop.operator.follow("/staff/events?topic=waiting").await;
    assert_eq!(staff.age().await, Some(40));
    // What the leader tells between the minutes comes as a hint.
    let heard = Hint::Heard(shop.cluster, shop.portal.now().plus_seconds(-3));
    shop.portal.state.hinter.raise(heard);
    let fresher = async { while staff.age().await != Some(3) {} };
    assert!(tokio::time::timeout(Duration::from_secs(5), fresher).await.is_ok(), "the hint is not heard");
    shop.report(ClusterSeen::Stale { since: shop.portal.now().plus_seconds(-30) }).await;
    let older = async { while staff.age().await != Some(30) {} };
    assert!(tokio::time::timeout(Duration::from_secs(5), older).await.is_ok(), "a silent cluster seems to speak");
}
