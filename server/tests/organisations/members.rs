//! Inviting, joining, changing and removing members through the screens.

use std::time::{Duration, Instant};

use types::Role;

use crate::portal::{PASSWORD, TestPortal};

/// The password as a form sends it.
fn typed() -> String {
    PASSWORD.replace(' ', "+")
}

/// The token of the one letter that waits.
async fn token(portal: &TestPortal) -> String {
    let rows =
        portal.database.rows("SELECT payload FROM outbox ORDER BY created_at DESC, id DESC LIMIT 1").await.unwrap();
    rows[0]["payload"]["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn whoever_came_with_an_old_session_proves_who_they_are_and_comes_back() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    assert_eq!(owner.get("/o/acme/members/invite").await.status, 200);
    portal.pass(600);
    let away = owner.get("/o/acme/members/invite").await;
    let back = "/prove?return=%2Fo%2Facme%2Fmembers%2Finvite";
    assert_eq!((away.status, away.header("location")), (303, back));
    let form = "email=new%40else.test&role=viewer&idempotency_key=1";
    let sent = owner.form("/o/acme/members/invite", form).await;
    assert_eq!((sent.status, sent.header("location")), (303, back));
    assert_eq!(portal.count("invitation").await, 0, "nothing is done on an old proof");
    assert_eq!(owner.get(back).await.status, 200);
    let wrong = owner.form("/prove", "password=guessed&return=/o/acme/members/invite").await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.body.contains("/o/acme/members/invite"), "the way back is kept");
    let elsewhere = owner.form("/prove", &format!("password={}&return=//evil.example", typed())).await;
    assert_eq!((elsewhere.status, elsewhere.header("location")), (303, "/home"));
    assert_eq!(
        owner.get("/o/acme").await.header("location"),
        "/sign-in?return=%2Fo%2Facme",
        "the token is another one now"
    );
    let owner = owner.having(elsewhere.cookie());
    assert_eq!(owner.form("/o/acme/members/invite", form).await.header("location"), "/o/acme/members");
    assert_eq!(portal.count("invitation").await, 1);
}

#[tokio::test]
async fn whoever_is_invited_comes_in_and_is_gone_within_a_second_of_being_removed() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    owner.form("/o/acme/members/invite", "email=new%40else.test&role=developer&idempotency_key=1").await;
    let token = token(&portal).await;
    let nobody = portal.nobody();
    assert_eq!(nobody.get(&format!("/invitation?token={token}")).await.status, 200);
    let short = nobody.form("/invitation/register", &format!("token={token}&name=Salma&password=short")).await;
    assert_eq!(short.status, 422);
    assert!(short.body.contains("Salma"), "what was written stays");
    let joined = nobody.form("/invitation/register", &format!("token={token}&name=Salma&password={}", typed())).await;
    assert_eq!((joined.status, joined.header("location")), (303, "/o/acme"));
    assert_eq!(nobody.get(&format!("/invitation?token={token}")).await.status, 410);
    let salma = portal.signed_in("new@else.test").await;
    assert_eq!(salma.get("/o/acme/instances").await.status, 200);
    let mut stream = salma.follow("/o/acme/events?topic=instances").await;
    stream.next().await.unwrap();
    let members = owner.get("/api/v1/organisations/acme/members").await.json();
    let members = members["items"].as_array().unwrap();
    let member = members.iter().find(|member| member["name"] == "Salma").unwrap()["user"].as_str().unwrap();
    // A hint wakes the stream, which takes a tenth of what is promised.
    let begun = Instant::now();
    let removed = owner.form(&format!("/o/acme/members/{member}/remove"), "").await;
    assert_eq!((removed.status, removed.header("location")), (303, "/o/acme/members"));
    assert_eq!(salma.get("/o/acme/instances").await.status, 404);
    stream.end().await;
    assert!(begun.elapsed() <= Duration::from_secs(1), "it went on for {:?}", begun.elapsed());
}

#[tokio::test]
async fn an_invitation_of_another_address_says_so_and_does_nothing() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    owner.form("/o/acme/members/invite", "email=new%40else.test&role=developer&idempotency_key=1").await;
    let (token, stranger) = (token(&portal).await, portal.stranger().await);
    let shown = stranger.get(&format!("/invitation?token={token}")).await;
    assert!(shown.status == 200 && shown.body.contains("new@else.test") && shown.body.contains("stranger@else.test"));
    assert_eq!(stranger.form("/invitation", &format!("token={token}")).await.status, 409);
    assert_eq!(stranger.get("/o/acme").await.status, 404);
    assert_eq!(portal.nobody().form("/invitation", &format!("token={token}")).await.header("location"), "/sign-in");
}

#[tokio::test]
async fn an_admin_is_told_that_owners_are_for_owners_and_the_last_one_stays() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (owner, admin) = (acme.owner().await, acme.member(Role::Admin).await);
    let form = "email=new%40else.test&role=owner&idempotency_key=1";
    assert_eq!(admin.form("/o/acme/members/invite", form).await.status, 403);
    let left = owner.form("/o/acme/leave", "").await;
    assert_eq!((left.status, left.header("location")), (303, "/o/acme/members"));
    assert_eq!(owner.get("/o/acme").await.status, 200);
    let left = admin.form("/o/acme/leave", "").await;
    assert_eq!((left.status, left.header("location")), (303, "/home"));
    let home = admin.get("/home").await;
    assert!(home.status == 200 && home.body.contains("admin@acme.test"), "{home:?}");
}
