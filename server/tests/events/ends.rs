//! How soon a stream ends whose listener may listen no longer.

use std::time::Duration;

use domain::{
    access::Job,
    instances::{LogSource, LogStream, LogTarget, LogWindow},
    organisations::end_organisation,
};
use serde_json::json;
use tokio::time::{Instant, sleep};
use types::{Role, StaffRole, UserId};

use crate::portal::{Caller, Shop, Stream, TestOrganisation, TestPortal};

const PATH: &str = "/o/acme/events?topic=instances";
/// What is promised, counted from the request that takes the right away.
const PROMISED: Duration = Duration::from_secs(1);
/// Other tests share the machine, so that one try may be late without a fault of the portal's: of so many the fastest
/// counts. That passes no stream that looks too seldom: each try begins right after a look, when the next one is
/// farthest away, so that it is late in all of them.
const TRIES: usize = 3;

/// Measures until one is in time.
async fn assert_in_time(what: &str, mut measured: impl AsyncFnMut(usize) -> Duration) {
    let mut fastest = Duration::MAX;
    for n in 0..TRIES {
        fastest = fastest.min(measured(n).await);
        if fastest <= PROMISED {
            return;
        }
    }
    panic!("{what}: the stream went on for {fastest:?}");
}

/// From the beginning of a request, which is sent right after the stream's first look, to the stream's end.
async fn from_request_to_end(mut stream: Stream, request: impl Future<Output = u16>) -> Duration {
    stream.age().await;
    let begun = Instant::now();
    let status = request.await;
    assert!(status < 400, "{status}");
    stream.end().await;
    begun.elapsed()
}

async fn newcomer(portal: &TestPortal, acme: &TestOrganisation<'_>, name: &str) -> (UserId, Caller) {
    let email = format!("{name}@acme.test");
    let user = portal.person(&email).await;
    portal.founding.add_member(acme.id, user, Role::Viewer, portal.now()).await.unwrap();
    (user, portal.signed_in(&email).await)
}

#[tokio::test]
async fn who_is_removed_or_lowered_hears_nothing_after_a_second() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    assert_in_time("removed", async |n| {
        let (user, member) = newcomer(&portal, &acme, &format!("removed{n}")).await;
        let address = format!("/api/v1/organisations/acme/members/{user}");
        from_request_to_end(member.follow(PATH).await, async { owner.delete(&address).await.status }).await
    })
    .await;
    assert_in_time("lowered", async |n| {
        let (user, member) = newcomer(&portal, &acme, &format!("lowered{n}")).await;
        let (address, billing) = (format!("/api/v1/organisations/acme/members/{user}"), json!({ "role": "billing" }));
        from_request_to_end(member.follow(PATH).await, async { owner.put(&address, &billing).await.status }).await
    })
    .await;
}

/// Nothing of an organisation changes by it, so that no hint comes: the stream notices when it looks by itself.
#[tokio::test]
async fn who_signs_out_or_is_stopped_hears_nothing_after_a_second() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let operator = portal.staff(StaffRole::Operator).await;
    assert_in_time("signed out", async |n| {
        let (_, member) = newcomer(&portal, &acme, &format!("out{n}")).await;
        let stream = member.follow(PATH).await;
        from_request_to_end(stream, async { member.delete("/api/v1/session").await.status }).await
    })
    .await;
    assert_in_time("stopped", async |n| {
        let (user, member) = newcomer(&portal, &acme, &format!("stopped{n}")).await;
        let address = format!("/staff/people/accounts/{user}/stop");
        let stop = async { operator.form(&address, "reason=stolen+laptop").await.status };
        from_request_to_end(member.follow(PATH).await, stop).await
    })
    .await;
}

#[tokio::test]
async fn nobody_hears_anything_of_an_organisation_a_second_after_its_end() {
    let portal = TestPortal::new().await;
    assert_in_time("ended", async |n| {
        let slug = format!("ends{n}");
        let organisation = portal.organisation(&slug).await;
        let owner = organisation.owner().await;
        assert_eq!(owner.form(&format!("/o/{slug}/close"), &format!("confirm={slug}")).await.status, 303);
        let over = "UPDATE organisation SET closes_at = closes_at - interval '24 hours' WHERE closes_at IS NOT NULL";
        portal.as_owner(over).await;
        let stream = owner.follow(&format!("/o/{slug}/events?topic=instances")).await;
        let end = async {
            let db = &portal.state.portal.db;
            assert!(end_organisation(db, Job::of("test"), organisation.id, portal.now()).await.unwrap());
            200
        };
        from_request_to_end(stream, end).await
    })
    .await;
}

/// A container that writes nothing and goes on.
struct Silent;

impl LogSource for Silent {
    fn lines(&self, _: LogTarget, _: LogWindow) -> LogStream {
        Box::pin(futures_util::stream::pending())
    }
}

#[tokio::test]
async fn a_log_that_a_token_follows_ends_within_a_second_of_the_token() {
    let mut shop = Shop::open().await;
    shop.portal = shop.portal.reading(Silent);
    let address = shop.launch("one").await;
    let tokens = "/api/v1/organisations/acme/tokens";
    assert_in_time("revoked", async |_| {
        let ask = json!({ "name": "ci", "permissions": ["ReadInstances", "ReadLogs"], "days": 1 });
        let made = shop.owner.post(tokens, &ask).await.json();
        let said = format!("Bearer {}", made["secret"].as_str().unwrap());
        let program = shop.portal.nobody().with("authorization", &said);
        let mut stream = program.follow(&format!("{address}/logs?follow=true")).await;
        // The right was proved when the log was opened, and is again a while after that.
        sleep(Duration::from_millis(100)).await;
        let begun = Instant::now();
        let revoked = shop.owner.delete(&format!("{tokens}/{}", made["token"]["id"].as_str().unwrap())).await;
        assert_eq!(revoked.status, 204);
        stream.end().await;
        begun.elapsed()
    })
    .await;
}
