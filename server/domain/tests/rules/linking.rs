//! Who somebody is at providers: known by issuer and subject, linked to an account that is here by a passkey, and taken
//! away again, on a real PostgreSQL and with a device in software.

use domain::{
    Error,
    access::{
        Actor, Arrival, Entry, Foreigner, NewSession, Origin, Recent, Token, arrive,
        factors::{
            Answered, Asked, RelyingParty, add_passkey, begin_alone, begin_passkey, link_with_passkey, list_passkeys,
            remove_passkey,
        },
        list_identities, prove_with_identity, signed_in, unlink_identity,
    },
    mail::{record_sent, take_due},
};
use types::{LetterKind, Timestamp};

use crate::{
    device::{Device, ORIGIN},
    world::{JOB, World, noon},
};

const ISSUER: &str = "https://id.test";
const OTHER: &str = "https://other.test";
const OWNER: &str = "owner@atlas.test";

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

fn recent(actor: &Actor) -> Recent {
    actor.recent(noon()).unwrap()
}

async fn unlink(world: &World, actor: &Actor, (issuer, subject): (&str, &str)) -> domain::Result<()> {
    unlink_identity(&world.db, actor, recent(actor), (issuer, subject, "fr"), noon()).await
}

/// One more account at a provider for somebody.
async fn also(world: &World, actor: &Actor, issuer: &str) {
    let sql = "INSERT INTO identity (issuer, subject, user_id, linked_at) VALUES ($1, 'u-1', $2, $3)";
    world.run(sql, [issuer.into(), actor.person().id.into(), noon().into()]).await;
}

async fn issuers(world: &World, actor: &Actor) -> Vec<String> {
    let own = list_identities(&world.db, actor, noon()).await.unwrap();
    own.into_iter().map(|identity| identity.issuer).collect()
}

/// What people were told of accounts elsewhere, and who, the oldest first.
async fn told(world: &World, now: Timestamp) -> Vec<(LetterKind, String)> {
    let mut told = Vec::new();
    while let Some(letter) = take_due(&world.db, JOB, now).await.unwrap() {
        record_sent(&world.db, JOB, &letter, now).await.unwrap();
        if matches!(letter.kind, LetterKind::IdentityLinked | LetterKind::IdentityUnlinked) {
            assert_eq!(letter.arguments["address"], "192.0.2.9");
            told.push((letter.kind, letter.arguments["issuer"].clone()));
        }
    }
    told
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

#[tokio::test]
async fn an_account_elsewhere_that_is_taken_away_opens_nothing_and_its_other_sessions_end() {
    let world = World::new().await;
    let who = foreigner(ISSUER, "u-1", Some("amina@id.test"));
    let (here, there) = (came(&world, &who).await, came(&world, &who).await);
    also(&world, &here, OTHER).await;
    let by_other = came(&world, &foreigner(OTHER, "u-1", None)).await;
    assert_eq!(issuers(&world, &here).await, [ISSUER, OTHER]);
    let stranger = world.actor(OWNER).await;
    for (actor, which) in
        [(&stranger, (ISSUER, "u-1")), (&here, (ISSUER, "u-2")), (&here, ("https://third.test", "u-1"))]
    {
        let foreign = unlink(&world, actor, which).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{which:?}: {foreign:?}");
    }
    unlink(&world, &here, (ISSUER, "u-1")).await.unwrap();
    assert_eq!(issuers(&world, &here).await, [OTHER]);
    let alive = "SELECT count(*) AS n FROM session WHERE id = $1 AND ended_at IS NULL";
    for (actor, n, why) in [
        (&here, 1, "it is the one that did it"),
        (&there, 0, "it came by what was taken away"),
        (&by_other, 1, "it came by another one"),
    ] {
        assert_eq!(world.number(alive, [actor.person().session.into()]).await, n, "{why}");
    }
    assert_eq!(told(&world, noon()).await, [(LetterKind::IdentityUnlinked, ISSUER.to_owned())]);
    let audited = "SELECT count(*) AS n FROM audit WHERE verb = 'identity.unlinked' AND user_id = $1
                   AND before ->> 'issuer' = $2";
    assert_eq!(world.number(audited, [here.person().id.into(), ISSUER.into()]).await, 1);
    let again = unlink(&world, &here, (ISSUER, "u-1")).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let back = arrived(&world, &who).await;
    assert!(matches!(back, Arrival::Offered { .. }), "it is as if it had never been linked: {back:?}");
}

#[tokio::test]
async fn the_last_way_in_stays_and_of_two_at_once_one() {
    let world = World::new().await;
    let amina = came(&world, &foreigner(ISSUER, "u-1", Some("amina@id.test"))).await;
    let last = async |issuer: &str| {
        let kept = unlink(&world, &amina, (issuer, "u-1")).await;
        assert!(matches!(kept, Err(Error::Conflict("last-way-in"))), "{kept:?}");
        assert_eq!(issuers(&world, &amina).await, [issuer]);
    };
    last(ISSUER).await;
    also(&world, &amina, OTHER).await;
    let (one, other) = tokio::join!(unlink(&world, &amina, (ISSUER, "u-1")), unlink(&world, &amina, (OTHER, "u-1")));
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    let left = issuers(&world, &amina).await;
    assert_eq!(left.len(), 1);
    last(left[0].as_str()).await;
    assert_eq!(told(&world, noon()).await.len(), 1, "what stayed is not told of");
    let passkey = "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
                   VALUES (gen_random_uuid(), $1, '\\x01', '{}', 'Key ring', $2)";
    world.run(passkey, [amina.person().id.into(), noon().into()]).await;
    let passkey = list_passkeys(&world.db, &amina, noon()).await.unwrap()[0].id;
    let recent = amina.recent(noon()).unwrap();
    let (identity, key) = tokio::join!(
        unlink(&world, &amina, (&left[0], "u-1")),
        remove_passkey(&world.db, &amina, recent, (passkey, "fr"), noon())
    );
    assert_ne!(identity.is_ok(), key.is_ok(), "{identity:?} {key:?}");
    let ways = issuers(&world, &amina).await.len() + list_passkeys(&world.db, &amina, noon()).await.unwrap().len();
    assert_eq!(ways, 1);
    // Who has a password needs neither.
    let youssef = came(&world, &foreigner(ISSUER, "u-2", Some("youssef@id.test"))).await;
    let password = "UPDATE person SET password_hash = 'any' WHERE id = $1";
    world.run(password, [youssef.person().id.into()]).await;
    unlink(&world, &youssef, (ISSUER, "u-2")).await.unwrap();
    assert_eq!(issuers(&world, &youssef).await, [""; 0]);
}

#[tokio::test]
async fn who_signs_in_again_at_a_provider_proves_who_they_are_with_their_own_account_and_without_a_factor() {
    let world = World::new().await;
    let amina = came(&world, &foreigner(ISSUER, "u-1", Some("amina@id.test"))).await;
    came(&world, &foreigner(ISSUER, "u-2", Some("youssef@id.test"))).await;
    let late = noon().plus_seconds(3600);
    let prove = async |which: (&'static str, &'static str)| prove_with_identity(&world.db, &amina, which, late).await;
    for which in [(ISSUER, "u-2"), (OTHER, "u-1"), (ISSUER, "u-3")] {
        let another = prove(which).await;
        assert!(matches!(another, Err(Error::NotFound)), "{which:?}: {another:?}");
    }
    let failed = "SELECT count(*) AS n FROM audit WHERE verb = 'session.proof_failed' AND user_id = $1";
    assert_eq!(world.number(failed, [amina.person().id.into()]).await, 3);
    let proofs = "SELECT count(*) AS n FROM session WHERE proved_at = $1";
    assert_eq!(world.number(proofs, [late.into()]).await, 0);
    let token = prove((ISSUER, "u-1")).await.unwrap();
    let proved = signed_in(&world.db, token.reveal(), "192.0.2.9", late).await.unwrap();
    assert_eq!(proved.person().session, amina.person().session, "the session goes on with another token");
    assert!(proved.recent(late).is_some() && amina.recent(late).is_none());
    let passkey = "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
                   VALUES (gen_random_uuid(), $1, '\\x01', '{}', 'Key ring', $2)";
    world.run(passkey, [amina.person().id.into(), noon().into()]).await;
    let without = prove((ISSUER, "u-1")).await;
    assert!(matches!(without, Err(Error::FactorNeeded)), "a provider stands for no factor: {without:?}");
}

fn party() -> RelyingParty {
    RelyingParty::at(ORIGIN).unwrap()
}

/// A device with a passkey of somebody.
async fn device_of(world: &World, email: &str) -> (Actor, Device) {
    let (actor, device) = (world.actor(email).await, Device::new());
    let asked = begin_passkey(&world.db, &party(), &actor, recent(&actor), noon()).await.unwrap();
    let (token, made) = (asked.token.reveal(), device.create(&asked.options));
    let answered = Answered { token, credential: &made };
    add_passkey(&world.db, &party(), &actor, recent(&actor), (answered, "key", "fr"), noon()).await.unwrap();
    (actor, device)
}

async fn linked(world: &World, offer: &str, asked: &Asked, credential: &str) -> domain::Result<Token> {
    let answered = Answered { token: asked.token.reveal(), credential };
    link_with_passkey(&world.db, &party(), (offer, answered), &session(), noon()).await
}

#[tokio::test]
async fn a_passkey_links_its_own_account_and_no_other() {
    let world = World::new().await;
    let (owner, mut device) = device_of(&world, OWNER).await;
    let (admin, mut of_admin) = device_of(&world, "admin@atlas.test").await;
    let who = foreigner(ISSUER, "u-1", Some(OWNER));
    let Arrival::Offered { token: offer, email } = arrived(&world, &who).await else { panic!("no offer") };
    assert_eq!(email, OWNER);
    let ask = async || begin_alone(&world.db, &party(), noon()).await.unwrap();
    let n_sessions = async || world.number("SELECT count(*) AS n FROM session", []).await;
    let before = n_sessions().await;

    let asked = ask().await;
    let shown = of_admin.show(&asked.options, admin.person().id);
    let another = linked(&world, offer.reveal(), &asked, &shown).await;
    assert!(matches!(another, Err(Error::NotFound)), "another account's: {another:?}");
    let asked = ask().await;
    let shown = Device::new().show(&asked.options, owner.person().id);
    let unknown = linked(&world, offer.reveal(), &asked, &shown).await;
    assert!(matches!(unknown, Err(Error::WrongFactor)), "a key that nobody knows: {unknown:?}");
    let asked = ask().await;
    let shown = device.show(&asked.options, owner.person().id);
    let guessed = linked(&world, "guessed", &asked, &shown).await;
    assert!(matches!(guessed, Err(Error::NotFound)), "no offer: {guessed:?}");
    assert_eq!(world.number("SELECT count(*) AS n FROM identity", []).await, 0);
    assert_eq!(n_sessions().await, before);
    let used = list_passkeys(&world.db, &owner, noon()).await.unwrap()[0].used_at;
    assert_eq!(used, None, "what links nothing leaves nothing");

    let asked = ask().await;
    let shown = device.show(&asked.options, owner.person().id);
    let token = linked(&world, offer.reveal(), &asked, &shown).await.unwrap();
    let actor = signed_in(&world.db, token.reveal(), "192.0.2.9", noon()).await.unwrap();
    assert_eq!((actor.person().id, issuers(&world, &owner).await), (owner.person().id, vec![ISSUER.to_owned()]));
    let came_by = "SELECT count(*) AS n FROM session_origin WHERE session_id = $1 AND issuer = $2";
    assert_eq!(world.number(came_by, [actor.person().session.into(), ISSUER.into()]).await, 1);
    assert_eq!(told(&world, noon()).await, [(LetterKind::IdentityLinked, ISSUER.to_owned())]);
    let asked = ask().await;
    let shown = device.show(&asked.options, owner.person().id);
    let again = linked(&world, offer.reveal(), &asked, &shown).await;
    assert!(matches!(again, Err(Error::NotFound)), "an offer is good once: {again:?}");
}
