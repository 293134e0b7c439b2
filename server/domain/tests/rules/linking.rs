//! Who somebody is at providers: known by issuer and subject, on a real PostgreSQL.

use domain::access::{Actor, Arrival, Entry, Foreigner, NewSession, Origin, arrive, signed_in};

use crate::world::{World, noon};

const ISSUER: &str = "https://id.test";
const OTHER: &str = "https://other.test";

fn foreigner(issuer: &str, subject: &str, proven_email: Option<&str>) -> Foreigner {
    Foreigner {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        proven_email: proven_email.map(str::to_owned),
        name: None,
        origin: Origin { provider: "peer".to_owned(), sid: None, id_token: None },
    }
}

fn session() -> NewSession {
    NewSession {
        email: String::new(),
        password: String::new(),
        device: "Firefox/144.0 (Linux)".to_owned(),
        address: "192.0.2.9".to_owned(),
        language: "en".to_owned(),
    }
}

async fn arrived(world: &World, who: &Foreigner) -> Arrival {
    arrive(&world.db, who, &session(), noon()).await.unwrap()
}

/// Somebody who came by a provider and is in.
async fn came(world: &World, who: &Foreigner) -> Actor {
    match arrived(world, who).await {
        Arrival::Known(Entry::In(token)) => signed_in(&world.db, token.reveal(), "192.0.2.9", noon()).await.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_subject_of_another_issuer_is_another_person() {
    let world = World::new().await;
    let amina = came(&world, &foreigner(ISSUER, "u-1", Some("amina@id.test"))).await;
    let youssef = came(&world, &foreigner(OTHER, "u-1", Some("youssef@other.test"))).await;
    assert_ne!(amina.person().id, youssef.person().id);
    assert_eq!(world.number("SELECT count(*) AS n FROM identity WHERE subject = 'u-1'", []).await, 2);
    // Whatever address either has there by now, each comes to their own account.
    for email in [None, Some("youssef@other.test"), Some("owner@atlas.test")] {
        let again = came(&world, &foreigner(ISSUER, "u-1", email)).await;
        assert_eq!((again.person().id, again.person().email.as_str()), (amina.person().id, "amina@id.test"));
    }
    assert_eq!(came(&world, &foreigner(OTHER, "u-1", None)).await.person().id, youssef.person().id);
    // And a third issuer's `u-1` is neither.
    let third = arrived(&world, &foreigner("https://third.test", "u-1", Some("amina@id.test"))).await;
    assert!(matches!(&third, Arrival::Offered { email, .. } if email == "amina@id.test"), "{third:?}");
    let bare = arrived(&world, &foreigner("https://third.test", "u-1", None)).await;
    assert!(matches!(bare, Arrival::Unproven), "{bare:?}");
    assert_eq!(world.number("SELECT count(*) AS n FROM identity", []).await, 2);
}
