//! Sessions that came by a provider: where signing out leads, and a provider's notice that ends them, once.

use domain::{
    Error,
    access::{
        Actor, Arrival, Entry, Foreigner, NewSession, Notice, Origin, arrive, end_sessions_elsewhere, forget_origins,
        link, sign_out, signed_in,
    },
};
use types::Timestamp;

use crate::world::{JOB, World, noon};

const ISSUER: &str = "https://id.test";
const FROM: &str = "192.0.2.9";

fn foreigner(subject: &str, sid: &str) -> Foreigner {
    Foreigner {
        issuer: ISSUER.to_owned(),
        subject: subject.to_owned(),
        proven_email: Some(format!("{subject}@id.test")),
        name: None,
        origin: Origin {
            provider: "peer".to_owned(),
            sid: Some(sid.to_owned()),
            id_token: Some(format!("token of {sid}")),
        },
    }
}

fn session(email: &str, password: &str) -> NewSession {
    NewSession {
        email: email.to_owned(),
        password: password.to_owned(),
        device: "Firefox".to_owned(),
        address: FROM.to_owned(),
        language: "en".to_owned(),
    }
}

/// The token of a session that came by the provider.
async fn came(world: &World, subject: &str, sid: &str) -> String {
    let from = session("", "");
    match arrive(&world.db, &foreigner(subject, sid), &from, noon()).await.unwrap() {
        Arrival::Known(Entry::In(token)) => token.reveal().to_owned(),
        other => panic!("{other:?}"),
    }
}

async fn there(world: &World, token: &str) -> Result<Actor, Error> {
    signed_in(&world.db, token, FROM, noon()).await
}

async fn is_in(world: &World, token: &str) -> bool {
    match there(world, token).await {
        Ok(_) => true,
        Err(Error::Unauthenticated) => false,
        Err(error) => panic!("{error}"),
    }
}

fn notice(subject: Option<&str>, sid: Option<&str>, name: &str) -> Notice {
    Notice {
        issuer: ISSUER.to_owned(),
        subject: subject.map(str::to_owned),
        sid: sid.map(str::to_owned),
        name: name.to_owned(),
        until: noon().plus_seconds(420),
    }
}

async fn told(world: &World, notice: &Notice) -> Option<i64> {
    end_sessions_elsewhere(&world.db, notice, noon()).await.unwrap()
}

#[tokio::test]
async fn a_notice_ends_the_sessions_that_it_is_about_and_works_once() {
    let world = World::new().await;
    let (one, other) = (came(&world, "amina", "s-1").await, came(&world, "amina", "s-2").await);
    let youssef = came(&world, "youssef", "s-3").await;
    let elsewhere = Notice { issuer: "https://other.test".to_owned(), ..notice(Some("amina"), None, "n-0") };
    assert_eq!(told(&world, &elsewhere).await, Some(0), "another issuer's people are others");
    assert_eq!(told(&world, &notice(Some("youssef"), Some("s-1"), "n-1")).await, Some(0), "both must fit");
    assert_eq!(told(&world, &notice(None, Some("s-1"), "n-2")).await, Some(1));
    assert_eq!([is_in(&world, &one).await, is_in(&world, &other).await], [false, true]);
    assert_eq!(told(&world, &notice(None, Some("s-2"), "n-2")).await, None, "a name works once");
    assert!(is_in(&world, &other).await);
    assert_eq!(told(&world, &notice(None, None, "n-3")).await, Some(0), "who names nobody ends nothing");
    assert_eq!(told(&world, &notice(Some("amina"), None, "n-4")).await, Some(1));
    assert_eq!([is_in(&world, &other).await, is_in(&world, &youssef).await], [false, true]);
}

#[tokio::test]
async fn of_fifty_who_bring_one_notice_at_once_one_ends_the_session() {
    let world = World::new().await;
    came(&world, "amina", "s-1").await;
    let notice = notice(Some("amina"), None, "n-1");
    let all = futures_util::future::join_all((0..50).map(|_| told(&world, &notice))).await;
    assert_eq!(all.iter().filter(|ended| **ended == Some(1)).count(), 1);
    assert_eq!(all.iter().filter(|ended| ended.is_none()).count(), 49);
}

#[tokio::test]
async fn who_signs_out_is_told_where_they_came_from_and_it_is_forgotten() {
    let world = World::new().await;
    let token = came(&world, "amina", "s-1").await;
    let actor = there(&world, &token).await.unwrap();
    let origin = sign_out(&world.db, &actor, noon()).await.unwrap().unwrap();
    assert_eq!((origin.provider.as_str(), origin.id_token.as_deref()), ("peer", Some("token of s-1")));
    assert!(!is_in(&world, &token).await);
    assert_eq!(world.number("SELECT count(*) AS n FROM session_origin", []).await, 0);
    let owner = world.actor("owner@atlas.test").await;
    assert_eq!(sign_out(&world.db, &owner, noon()).await.unwrap(), None, "who came by a password leaves as they came");
}

#[tokio::test]
async fn what_does_not_fit_is_not_kept_and_what_is_over_is_forgotten() {
    let world = World::new().await;
    let mut who = foreigner("amina", &"s".repeat(3_000));
    who.origin.id_token = Some("t".repeat(5_000));
    let arrival = arrive(&world.db, &who, &session("", ""), noon()).await.unwrap();
    assert!(matches!(arrival, Arrival::Known(Entry::In(_))), "{arrival:?}");
    let bare = "SELECT count(*) AS n FROM session_origin WHERE sid IS NULL AND id_token IS NULL AND subject = 'amina'";
    assert_eq!(world.number(bare, []).await, 1);
    told(&world, &notice(Some("nobody"), None, "n-1")).await;
    let kept = "SELECT (SELECT count(*) FROM session_origin) + (SELECT count(*) FROM logout_notice) AS n";
    let tidied = async |now: Timestamp| {
        forget_origins(&world.db, JOB, now).await.unwrap();
        world.number(kept, []).await
    };
    assert_eq!(tidied(noon()).await, 2);
    assert_eq!(tidied(noon().plus_seconds(420)).await, 1);
    assert_eq!(tidied(noon().plus_seconds(7 * 86_400)).await, 0);
}

#[tokio::test]
async fn an_account_that_is_linked_on_the_way_came_by_the_provider_too() {
    let world = World::new().await;
    let password = "a few words in a row";
    world.founding.add_person("amina@id.test", "Amina", password, noon()).await.unwrap();
    let who = foreigner("amina", "s-1");
    let arrival = arrive(&world.db, &who, &session("", ""), noon()).await.unwrap();
    let Arrival::Offered { token, email } = arrival else { panic!("{arrival:?}") };
    let entry = link(&world.db, token.reveal(), session(&email, password), noon()).await.unwrap();
    let token = entry.session().unwrap();
    assert_eq!(
        world.number("SELECT count(id_token) AS n FROM identity_offer", []).await,
        0,
        "the offer keeps no token"
    );
    assert_eq!(told(&world, &notice(None, Some("s-1"), "n-1")).await, Some(1));
    assert!(!is_in(&world, token.reveal()).await);
}
