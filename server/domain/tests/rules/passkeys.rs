//! Passkeys: made, signed in with alone and after the password, and every answer that must count for nothing, on a real
//! PostgreSQL and with a device in software.

use domain::{
    Error,
    access::{
        Actor, Entry, NewSession, Recent, Token,
        factors::{
            Answered, Asked, CEREMONY_MINUTES, RelyingParty, add_passkey, begin_alone, begin_passkey, begin_proof,
            begin_second, factors, finish_with_passkey, list_passkeys, prove_with_passkey, remove_passkey,
            sign_in_with_passkey,
        },
        sign_in, signed_in,
    },
    mail::take_due,
};
use types::{LetterKind, Timestamp, UserId};

use crate::{
    device::{Device, ORIGIN},
    world::{JOB, World, noon, once::n_passed},
};

const OWNER: &str = "owner@atlas.test";
const OTHER: &str = "admin@atlas.test";

fn party() -> RelyingParty {
    RelyingParty::at(ORIGIN).unwrap()
}

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

fn recent(actor: &Actor) -> Recent {
    actor.recent(noon()).unwrap()
}

fn from() -> NewSession {
    NewSession {
        email: String::new(),
        password: String::new(),
        device: "Firefox/144.0 (Linux)".to_owned(),
        address: "192.0.2.7".to_owned(),
        language: "fr".to_owned(),
    }
}

fn answer<'a>(asked: &'a Asked, credential: &'a str) -> Answered<'a> {
    Answered { token: asked.token.reveal(), credential }
}

/// The owner with a passkey on a device.
struct Owner {
    world: World,
    actor: Actor,
    user: UserId,
    device: Device,
}

impl Owner {
    async fn new() -> Self {
        let world = World::new().await;
        let (actor, device) = (world.actor(OWNER).await, Device::new());
        let made = add(&world, &actor, &device, "telephone").await.unwrap();
        assert_eq!(made.map(|codes| codes.len()), Some(10), "the first factor brings the recovery codes");
        Self { user: actor.person().id, world, actor, device }
    }

    async fn alone(&self) -> Asked {
        begin_alone(&self.world.db, &party(), noon()).await.unwrap()
    }

    async fn enter(&self, asked: &Asked, credential: &str, now: Timestamp) -> domain::Result<Token> {
        sign_in_with_passkey(&self.world.db, &party(), answer(asked, credential), &from(), now).await
    }

    async fn sessions(&self) -> i64 {
        self.world.number("SELECT count(*) AS n FROM session", []).await
    }
}

async fn add(world: &World, actor: &Actor, device: &Device, name: &str) -> domain::Result<Option<Vec<String>>> {
    let asked = begin_passkey(&world.db, &party(), actor, recent(actor), noon()).await?;
    let made = device.create(&asked.options);
    add_passkey(&world.db, &party(), actor, recent(actor), (answer(&asked, &made), name, "fr"), noon()).await
}

fn assert_refused<T: std::fmt::Debug>(outcome: domain::Result<T>, why: &str) {
    assert!(matches!(outcome, Err(Error::WrongFactor)), "{why}: {outcome:?}");
}

#[tokio::test]
async fn a_passkey_signs_its_person_in_alone_and_an_answer_counts_once() {
    let mut owner = Owner::new().await;
    let asked = owner.alone().await;
    assert!(asked.options["publicKey"]["userVerification"] == "required", "{}", asked.options);
    let shown = owner.device.show(&asked.options, owner.user);
    let session = owner.enter(&asked, &shown, later(1)).await.unwrap();
    let actor = signed_in(&owner.world.db, session.reveal(), "", later(1)).await.unwrap();
    assert_eq!(actor.person().email, OWNER);
    assert!(actor.recent(later(1)).is_some(), "it proves who one is");
    assert_refused(owner.enter(&asked, &shown, later(2)).await, "the same answer again");
    let list = list_passkeys(&owner.world.db, &owner.actor, noon()).await.unwrap();
    assert_eq!((list[0].name.as_str(), list[0].used_at), ("telephone", Some(later(1))));
}

#[tokio::test]
async fn answers_that_do_not_hold_open_nothing() {
    let mut owner = Owner::new().await;
    let n_sessions = owner.sessions().await;
    let (user, other) = (owner.user, owner.world.actor(OTHER).await.person().id);
    owner.device.recognises = false;
    let asked = owner.alone().await;
    let shown = owner.device.show(&asked.options, user);
    assert_refused(owner.enter(&asked, &shown, noon()).await, "nobody was recognised");
    owner.device.recognises = true;
    owner.device.origin = "https://gpu.example.org.evil.test";
    let asked = owner.alone().await;
    let shown = owner.device.show(&asked.options, user);
    assert_refused(owner.enter(&asked, &shown, noon()).await, "asked by another site");
    owner.device.origin = ORIGIN;
    let asked = owner.alone().await;
    let shown = owner.device.show(&asked.options, other);
    assert_refused(owner.enter(&asked, &shown, noon()).await, "in another's name");
    let asked = owner.alone().await;
    let another = owner.alone().await;
    let shown = owner.device.show(&another.options, user);
    assert_refused(owner.enter(&asked, &shown, noon()).await, "another question's answer");
    let asked = owner.alone().await;
    let shown = Device::new().show(&asked.options, user);
    assert_refused(owner.enter(&asked, &shown, noon()).await, "an unknown key");
    let asked = owner.alone().await;
    assert_refused(owner.enter(&asked, "{}", noon()).await, "no answer at all");
    let asked = owner.alone().await;
    let shown = owner.device.show(&asked.options, user);
    let late = later(CEREMONY_MINUTES * 60);
    assert_refused(owner.enter(&asked, &shown, late).await, "too late");
    assert_eq!(owner.sessions().await, n_sessions);
}

#[tokio::test]
async fn a_copy_of_the_device_is_noticed_by_its_counter() {
    let mut owner = Owner::new().await;
    let asked = owner.alone().await;
    let shown = owner.device.counts(6).show(&asked.options, owner.user);
    owner.enter(&asked, &shown, noon()).await.unwrap();
    for counter in [6, 2] {
        let asked = owner.alone().await;
        let shown = owner.device.counts(counter).show(&asked.options, owner.user);
        assert_refused(owner.enter(&asked, &shown, noon()).await, "it has signed more often already");
    }
    let asked = owner.alone().await;
    let shown = owner.device.counts(7).show(&asked.options, owner.user);
    owner.enter(&asked, &shown, noon()).await.unwrap();
}

#[tokio::test]
async fn of_fifty_who_bring_an_answer_at_once_one_gets_in() {
    let mut owner = Owner::new().await;
    let n_sessions = owner.sessions().await;
    let asked = owner.alone().await;
    let (token, shown) = (asked.token.reveal().to_owned(), owner.device.show(&asked.options, owner.user));
    let tries = (0..50).map(|_| {
        let (db, token, shown) = (owner.world.db.clone(), token.clone(), shown.clone());
        tokio::spawn(async move {
            let answered = Answered { token: &token, credential: &shown };
            sign_in_with_passkey(&db, &party(), answered, &from(), noon()).await
        })
    });
    let n_in = n_passed(tries.collect(), |error| matches!(error, Error::WrongFactor)).await;
    assert_eq!((n_in, owner.sessions().await), (1, n_sessions + 1));
}

#[tokio::test]
async fn a_passkey_finishes_a_sign_in_that_waits_and_proves_only_for_its_own_session() {
    let mut owner = Owner::new().await;
    let world = &owner.world;
    let db = &world.db;
    let password = "UPDATE person SET password_hash = $2 WHERE email = $1";
    let hash = domain::access::hash_password("a few words in a row".to_owned()).await.unwrap();
    world.run(password, [OWNER.into(), hash.into()]).await;
    let ask = NewSession { email: OWNER.to_owned(), password: "a few words in a row".to_owned(), ..from() };
    let Entry::Pending(pending) = sign_in(db, ask, noon()).await.unwrap() else { panic!("in by a password alone") };
    let asked = begin_second(db, &party(), pending.reveal(), noon()).await.unwrap();
    let shown = owner.device.show(&asked.options, owner.user);
    let proof = prove_with_passkey(db, &party(), &owner.actor, answer(&asked, &shown), noon()).await;
    assert_refused(proof, "an answer to another kind of question");
    let both = (pending.reveal(), answer(&asked, &shown));
    let session = finish_with_passkey(db, &party(), both, &from(), noon()).await.unwrap();
    let here = signed_in(db, session.reveal(), "192.0.2.7", noon()).await.unwrap();

    let asked = begin_proof(db, &party(), &here, later(700)).await.unwrap();
    let shown = owner.device.show(&asked.options, owner.user);
    let elsewhere = prove_with_passkey(db, &party(), &owner.actor, answer(&asked, &shown), later(700)).await;
    assert_refused(elsewhere, "another session's question");
    let asked = begin_proof(db, &party(), &here, later(700)).await.unwrap();
    let shown = owner.device.show(&asked.options, owner.user);
    let renewed = prove_with_passkey(db, &party(), &here, answer(&asked, &shown), later(700)).await.unwrap();
    assert!(signed_in(db, renewed.reveal(), "", later(700)).await.unwrap().recent(later(700)).is_some());
    let before = signed_in(db, session.reveal(), "", later(700)).await;
    assert!(matches!(before, Err(Error::Unauthenticated)), "the session goes on with another token");
}

#[tokio::test]
async fn a_passkey_is_kept_once_under_a_name_and_twenty_are_enough() {
    let owner = Owner::new().await;
    let (world, actor) = (&owner.world, &owner.actor);
    let other = world.actor(OTHER).await;
    let twice = add(world, &other, &owner.device, "mine too").await;
    assert!(matches!(twice, Err(Error::Conflict("passkey-known"))), "{twice:?}");
    for name in ["", " ", "x".repeat(61).as_str()] {
        let unnamed = add(world, actor, &Device::new(), name).await;
        assert!(matches!(unnamed, Err(Error::Invalid { field: "name", .. })), "{name}: {unnamed:?}");
    }
    for n in 1..20 {
        assert_eq!(add(world, actor, &Device::new(), &format!("key {n}")).await.unwrap(), None, "the codes stay");
    }
    let more = add(world, actor, &Device::new(), "one more").await;
    assert!(matches!(more, Err(Error::Conflict("passkeys-many"))), "{more:?}");
    assert_eq!(list_passkeys(&world.db, actor, noon()).await.unwrap().len(), 20);
}

#[tokio::test]
async fn a_passkey_that_is_removed_opens_nothing_and_others_do_not_remove_it() {
    let mut owner = Owner::new().await;
    let world = &owner.world;
    let passkey = list_passkeys(&world.db, &owner.actor, noon()).await.unwrap()[0].id;
    let other = world.actor(OTHER).await;
    let foreign = remove_passkey(&world.db, &other, recent(&other), (passkey, "fr"), noon()).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    let asked = begin_alone(&world.db, &party(), noon()).await.unwrap();
    let shown = owner.device.show(&asked.options, owner.user);
    let remove = async || remove_passkey(&world.db, &owner.actor, recent(&owner.actor), (passkey, "fr"), noon()).await;
    let last = remove().await;
    assert!(matches!(last, Err(Error::Conflict("last-way-in"))), "there is no password: {last:?}");
    let password = "UPDATE person SET password_hash = 'any' WHERE id = $1";
    world.run(password, [owner.user.into()]).await;
    remove().await.unwrap();
    let gone = sign_in_with_passkey(&world.db, &party(), answer(&asked, &shown), &from(), noon()).await;
    assert_refused(gone, "it is forgotten");
    let left = factors(&world.db, &owner.actor, noon()).await.unwrap();
    assert!(!left.is_any() && left.n_codes == 0, "{left:?}");
    let mut told = Vec::new();
    while let Some(letter) = take_due(&world.db, JOB, later(1)).await.unwrap() {
        assert_eq!(letter.kind, LetterKind::FactorChanged);
        told.push(letter.arguments["change"].clone());
    }
    assert_eq!(told, ["passkey-added", "passkey-removed"]);
    let audited = "SELECT count(*) AS n FROM audit WHERE verb LIKE 'factor.passkey_%' AND user_id = $1";
    assert_eq!(world.number(audited, [owner.user.into()]).await, 2);
}
