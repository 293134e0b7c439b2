//! Accounts that are closed, kept after all, or erased, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Actor, CLOSING_HOURS, NewPerson, ask_to_register, close_account, closing_at, erase_due, keep_account, register,
        signed_in,
    },
    audit::{Head, seal, verify},
    mail::{record_sent, take_due},
};
use types::{LetterKind, Timestamp};

use crate::world::{JOB, World, noon};

const NEW: &str = "salma@new.test";

fn later(minutes: i64) -> Timestamp {
    noon().plus_seconds(minutes * 60)
}

/// Somebody who belongs nowhere, and the token of their session.
async fn newcomer(world: &World) -> (Actor, String) {
    ask_to_register(&world.db, NEW, "fr", noon()).await.unwrap();
    let letter = take_due(&world.db, JOB, noon()).await.unwrap().unwrap();
    record_sent(&world.db, JOB, &letter, noon()).await.unwrap();
    let who = NewPerson {
        name: "Salma".to_owned(),
        password: "a few words in a row".to_owned(),
        device: "Firefox".to_owned(),
        address: "192.0.2.9".to_owned(),
        language: "fr".to_owned(),
    };
    let session = register(&world.db, &letter.arguments["token"], who, noon()).await.unwrap().reveal().to_owned();
    (signed_in(&world.db, &session, "192.0.2.9", later(1)).await.unwrap(), session)
}

async fn close(world: &World, actor: &Actor, now: Timestamp) -> domain::Result<()> {
    close_account(&world.db, actor, actor.recent(later(1)).unwrap(), "en", now).await
}

/// Seals until nothing waits: transactions of the server's other databases may hold the sealer back for a moment.
pub(crate) async fn sealed(world: &World, now: Timestamp) -> Head {
    for _ in 0..100 {
        let head = seal(&world.db, JOB, now).await.unwrap();
        if verify(&world.db.work(JOB, now).await.unwrap(), &[]).await.unwrap().n_unsealed == 0 {
            return head;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("rows wait for the sealer for ten seconds");
}

#[tokio::test]
async fn who_belongs_somewhere_leaves_first_and_a_closed_account_can_be_kept_for_a_day() {
    let world = World::new().await;
    for (who, fact) in [("owner@atlas.test", "account-is-member"), ("operator@hub.test", "account-is-staff")] {
        let refused = close(&world, &world.actor(who).await, later(1)).await;
        assert!(matches!(refused, Err(Error::Conflict(said)) if said == fact), "{who}: {refused:?}");
    }
    let (actor, session) = newcomer(&world).await;
    close(&world, &actor, later(1)).await.unwrap();
    let at = closing_at(&world.db, &actor, later(2)).await.unwrap();
    assert_eq!(at, Some(later(1 + CLOSING_HOURS * 60)));
    let letter = take_due(&world.db, JOB, later(2)).await.unwrap().unwrap();
    assert_eq!((letter.kind, letter.recipient.as_str()), (LetterKind::AccountClosed, NEW));
    close(&world, &actor, later(30)).await.unwrap();
    assert_eq!(closing_at(&world.db, &actor, later(30)).await.unwrap(), at, "closing twice moves nothing");
    assert_eq!(erase_due(&world.db, JOB, later(CLOSING_HOURS * 60)).await.unwrap(), 0);
    keep_account(&world.db, &actor, later(40)).await.unwrap();
    assert_eq!(erase_due(&world.db, JOB, later(CLOSING_HOURS * 90)).await.unwrap(), 0);
    signed_in(&world.db, &session, "192.0.2.9", later(41)).await.unwrap();
}

#[tokio::test]
async fn what_is_a_persons_own_is_erased_and_the_chain_still_verifies() {
    let world = World::new().await;
    let (actor, session) = newcomer(&world).await;
    close(&world, &actor, later(1)).await.unwrap();
    let head = sealed(&world, later(2)).await;
    let due = later(1 + CLOSING_HOURS * 60);
    assert_eq!(erase_due(&world.db, JOB, due).await.unwrap(), 1);
    assert_eq!(erase_due(&world.db, JOB, due).await.unwrap(), 0);
    let gone = signed_in(&world.db, &session, "192.0.2.9", later(3)).await;
    assert!(matches!(gone, Err(Error::Unauthenticated)), "{gone:?}");
    let verdict = verify(&world.db.work(JOB, due).await.unwrap(), &[head]).await.unwrap();
    assert_eq!(verdict.broken, None);
    assert!(verdict.n_erased >= 3, "registered, signed in, closed: {verdict:?}");
    let tables =
        "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'";
    for table in world.database().rows(tables).await.unwrap() {
        let table = table["name"].as_str().unwrap();
        let rows = world.database().rows(&format!("SELECT t::text AS text FROM {table} t")).await.unwrap();
        for said in ["salma", "192.0.2.9", "firefox"] {
            let leaks = rows.iter().any(|row| row["text"].as_str().unwrap().to_lowercase().contains(said));
            assert!(!leaks, "{table} still says {said}");
        }
    }
    newcomer(&world).await;
}

#[tokio::test]
async fn every_reference_to_a_person_says_whether_it_is_their_own() {
    let world = World::new().await;
    let references = "SELECT c.conrelid::regclass::text || '.' || a.attname AS name FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass ORDER BY 1";
    let rows = world.database().rows(references).await.unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert!(names.len() > 12, "{names:?}");
    // A person's own rows go with them; a column that ends so keeps who did something for others.
    let strange: Vec<_> = names.iter().filter(|name| !name.ends_with(".user_id") && !name.ends_with("_by")).collect();
    assert!(strange.is_empty(), "neither user_id nor …_by: {strange:?}");
}

#[tokio::test]
async fn whatever_hangs_on_a_session_goes_with_it() {
    let world = World::new().await;
    // The order in which a person's own tables are emptied is nobody's promise.
    let references = "SELECT c.conrelid::regclass::text AS name, c.confdeltype::text AS kind FROM pg_constraint c
        WHERE c.contype = 'f' AND c.confrelid = 'session'::regclass ORDER BY 1";
    let rows = world.database().rows(references).await.unwrap();
    assert!(rows.len() >= 3, "{rows:?}");
    let kept: Vec<_> = rows.iter().filter(|row| row["kind"] != "c").map(|row| &row["name"]).collect();
    assert!(kept.is_empty(), "these keep a session, and with it its person: {kept:?}");
}
