//! Second factors: set, asked for, used once, moved to another key and taken away, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Actor, Arrival, Entry, Foreigner, NewSession, Origin, PENDING_MINUTES, Proof, Recent, Token, arrive,
        ask_for_reset,
        factors::{
            ENROLMENT_MINUTES, RECOVERY_CODES, begin_totp, confirm_totp, enrolment, factors, finish_with_code,
            remove_totp, renew_codes, reseal, waiting,
        },
        link, prove_again, reset_password, sign_in, signed_in,
    },
    mail::{Due, record_sent, take_due},
    secrets::SecretKeys,
};
use totp_rs::{Builder, Secret, Totp};
use types::{LetterKind, Timestamp, UserId};

use crate::world::{
    JOB, World, noon,
    once::{is_used_up, n_passed},
};

const NADIA: &str = "nadia@else.test";
const PASSWORD: &str = "a few words in a row";

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

fn keys(ids: &[&str]) -> SecretKeys {
    let line = |id: &&str| format!("{id} {}", if *id == "old" { "0d" } else { "5e" }.repeat(32));
    SecretKeys::parse(&ids.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap()
}

fn from(password: &str) -> NewSession {
    NewSession {
        email: NADIA.to_owned(),
        password: password.to_owned(),
        device: "Firefox/144.0 (Linux)".to_owned(),
        address: "192.0.2.7".to_owned(),
        language: "fr".to_owned(),
    }
}

/// Somebody with an authenticator, set at noon.
struct Nadia {
    world: World,
    keys: SecretKeys,
    user: UserId,
    actor: Actor,
    totp: Totp,
    codes: Vec<String>,
}

/// A code that was used is a wrong one.
fn is_spent(error: &Error) -> bool {
    matches!(error, Error::WrongFactor)
}

fn recent(actor: &Actor) -> Recent {
    actor.recent(noon()).unwrap()
}

/// What her device makes of the seed that is shown.
async fn seed_of(world: &World, keys: &SecretKeys, actor: &Actor, now: Timestamp) -> Totp {
    begin_totp(&world.db, keys, actor, recent(actor), now).await.unwrap();
    let shown = enrolment(&world.db, keys, actor, recent(actor), now).await.unwrap().unwrap();
    assert!(shown.uri.starts_with("otpauth://totp/Tamuda:nadia%40else.test?"), "{}", shown.uri);
    assert!(shown.uri.contains(&format!("secret={}", shown.seed)), "{}", shown.uri);
    Builder::new().with_secret(Secret::try_from_base32(&shown.seed).unwrap()).build().unwrap()
}

impl Nadia {
    async fn new() -> Self {
        let (world, keys) = (World::new().await, keys(&["first"]));
        let user = world.founding.add_person(NADIA, "Nadia", PASSWORD, noon()).await.unwrap();
        let token = sign_in(&world.db, from(PASSWORD), noon()).await.unwrap().session().unwrap();
        let actor = signed_in(&world.db, token.reveal(), "192.0.2.7", noon()).await.unwrap();
        let totp = seed_of(&world, &keys, &actor, noon()).await;
        let shown = code(&totp, noon());
        let codes =
            confirm_totp(&world.db, &keys, &actor, recent(&actor), (&shown, "fr"), noon()).await.unwrap().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        Self { world, keys, user, actor, totp, codes }
    }

    async fn pending(&self, now: Timestamp) -> Token {
        match sign_in(&self.world.db, from(PASSWORD), now).await.unwrap() {
            Entry::Pending(pending) => pending,
            Entry::In(_) => panic!("a password alone opened a session"),
        }
    }

    async fn finish(&self, pending: &str, code: &str, now: Timestamp) -> domain::Result<Token> {
        finish_with_code(&self.world.db, &self.keys, (pending, code), &from(""), now).await
    }

    /// Sign-ins that wait already: hashing fifty passwords takes seconds.
    async fn pendings(&self, n: i32, now: Timestamp) -> Vec<String> {
        let sql = "INSERT INTO pending_sign_in (token_sha256, user_id, created_at, expires_at)
                   SELECT sha256(convert_to($1::text || n::text, 'UTF8')), $2, $3, $4 FROM generate_series(1, $5::int) n";
        let name = format!("{now} ");
        let until = now.plus_seconds(300);
        self.world.run(sql, [name.clone().into(), self.user.into(), now.into(), until.into(), n.into()]).await;
        (1..=n).map(|n| format!("{name}{n}")).collect()
    }

    /// How many of these tries at one moment got in; the others must have been refused as `is_right` says.
    async fn rush(&self, tries: Vec<(String, String)>, now: Timestamp, is_right: fn(&Error) -> bool) -> usize {
        let before = self.sessions().await;
        let tries = tries.into_iter().map(|(pending, code)| {
            let (db, keys) = (self.world.db.clone(), self.keys.clone());
            tokio::spawn(async move { finish_with_code(&db, &keys, (&pending, &code), &from(""), now).await })
        });
        let n_in = n_passed(tries.collect(), is_right).await;
        assert_eq!(self.sessions().await, before + i64::try_from(n_in).unwrap(), "a session for each, and no other");
        n_in
    }

    async fn sessions(&self) -> i64 {
        self.world.number("SELECT count(*) AS n FROM session WHERE user_id = $1", [self.user.into()]).await
    }

    /// What she is told of, the oldest first.
    async fn told(&self) -> Vec<String> {
        let mut told = Vec::new();
        while let Some(letter) = self.letter(later(3600)).await {
            if letter.kind == LetterKind::FactorChanged {
                assert_eq!((letter.recipient.as_str(), letter.locale.as_deref()), (NADIA, Some("fr")));
                told.push(letter.arguments["change"].clone());
            }
        }
        told
    }

    async fn letter(&self, now: Timestamp) -> Option<Due> {
        let letter = take_due(&self.world.db, JOB, now).await.unwrap()?;
        record_sent(&self.world.db, JOB, &letter, now).await.unwrap();
        Some(letter)
    }
}

fn code(totp: &Totp, now: Timestamp) -> String {
    totp.generate(u64::try_from(now.as_second()).unwrap()).to_string()
}

#[tokio::test]
async fn whoever_set_an_authenticator_has_no_session_before_its_code() {
    let nadia = Nadia::new().await;
    let n_before = nadia.sessions().await;
    let pending = nadia.pending(later(60)).await;
    assert_eq!(nadia.sessions().await, n_before, "a password alone opens nothing");
    let who = waiting(&nadia.world.db, pending.reveal(), later(61)).await.unwrap().unwrap();
    assert_eq!((who.user, who.email.as_str(), who.has_totp), (nadia.user, NADIA, true));
    let as_session = signed_in(&nadia.world.db, pending.reveal(), "", later(61)).await;
    assert!(matches!(as_session, Err(Error::Unauthenticated)), "what waits is no session");
    let wrong = nadia.finish(pending.reveal(), "000000", later(61)).await;
    assert!(matches!(wrong, Err(Error::WrongFactor)), "{wrong:?}");
    let right = code(&nadia.totp, later(61));
    let spaced = format!("{} {}", &right[..3], &right[3..]);
    let session = nadia.finish(pending.reveal(), &spaced, later(61)).await.unwrap();
    assert_eq!(signed_in(&nadia.world.db, session.reveal(), "", later(62)).await.unwrap().person().id, nadia.user);
}

#[tokio::test]
async fn a_sign_in_that_waits_is_finished_once_and_within_five_minutes() {
    let nadia = Nadia::new().await;
    let pending = nadia.pending(noon()).await;
    let late = later(PENDING_MINUTES * 60);
    assert_eq!(waiting(&nadia.world.db, pending.reveal(), late).await.unwrap(), None);
    let over = nadia.finish(pending.reveal(), &nadia.codes[0], late).await;
    assert!(matches!(over, Err(Error::NotFound)), "{over:?}");
    assert!(
        nadia.finish(pending.reveal(), &nadia.codes[0], late.plus_seconds(-1)).await.is_ok(),
        "the code is unspent"
    );
    let again = nadia.finish(pending.reveal(), &nadia.codes[1], later(60)).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let unknown = nadia.finish("guessed", &nadia.codes[1], later(60)).await;
    assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
}

#[tokio::test]
async fn of_fifty_who_bring_a_code_at_once_one_gets_in_and_nobody_with_one_from_before() {
    let nadia = Nadia::new().await;
    // The codes of a step early and of a step late are codes like the present one.
    for (minute, shift) in [(2, 0), (4, -30), (6, 30), (8, 29)] {
        let now = later(minute * 60);
        let code = code(&nadia.totp, now.plus_seconds(shift));
        let tries = nadia.pendings(50, now).await.into_iter().map(|pending| (pending, code.clone()));
        assert_eq!(nadia.rush(tries.collect(), now, is_spent).await, 1, "{shift}");
        let again = nadia.pendings(1, now.plus_seconds(1)).await;
        let again = nadia.finish(&again[0], &code, now.plus_seconds(1)).await;
        assert!(matches!(again, Err(Error::WrongFactor)), "{shift}: {again:?}");
    }
    let now = later(600);
    let (before, present) = (code(&nadia.totp, now.plus_seconds(-30)), code(&nadia.totp, now));
    let pendings = nadia.pendings(2, now).await;
    nadia.finish(&pendings[0], &present, now).await.unwrap();
    let older = nadia.finish(&pendings[1], &before, now).await;
    assert!(matches!(older, Err(Error::WrongFactor)), "a code from before the last one that counted: {older:?}");
}

#[tokio::test]
async fn of_fifty_who_bring_a_recovery_code_at_once_one_gets_in() {
    let nadia = Nadia::new().await;
    for (n, code) in nadia.codes.iter().take(3).enumerate() {
        let now = later(60 * i64::try_from(n).unwrap());
        let tries = nadia.pendings(50, now).await.into_iter().map(|pending| (pending, code.to_uppercase()));
        assert_eq!(nadia.rush(tries.collect(), now, is_spent).await, 1);
    }
    let left = factors(&nadia.world.db, &nadia.actor, noon()).await.unwrap().n_codes;
    assert_eq!(left, 7);
    assert_eq!(nadia.told().await, ["totp-set", "code-used", "code-used", "code-used"]);
}

#[tokio::test]
async fn of_ten_codes_for_one_sign_in_at_once_one_is_used() {
    let nadia = Nadia::new().await;
    let pending = nadia.pendings(1, noon()).await.remove(0);
    let tries = nadia.codes.iter().map(|code| (pending.clone(), code.clone()));
    assert_eq!(nadia.rush(tries.collect(), noon(), is_used_up).await, 1);
    assert_eq!(factors(&nadia.world.db, &nadia.actor, noon()).await.unwrap().n_codes, 9);
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones_and_are_for_who_has_a_factor() {
    let nadia = Nadia::new().await;
    let fresh = renew_codes(&nadia.world.db, &nadia.actor, recent(&nadia.actor), "fr", noon()).await.unwrap();
    let pendings = nadia.pendings(2, noon()).await;
    let old = nadia.finish(&pendings[0], &nadia.codes[0], noon()).await;
    assert!(matches!(old, Err(Error::WrongFactor)), "{old:?}");
    nadia.finish(&pendings[1], &fresh[0], noon()).await.unwrap();
    let owner = nadia.world.actor("owner@atlas.test").await;
    let without = renew_codes(&nadia.world.db, &owner, recent(&owner), "fr", noon()).await;
    assert!(matches!(without, Err(Error::Conflict("codes-without-factor"))), "{without:?}");
    let stored = "SELECT count(*) AS n FROM recovery_code WHERE encode(code_sha256, 'escape') LIKE '%' || $1 || '%'";
    assert_eq!(nadia.world.number(stored, [fresh[1].clone().into()]).await, 0);
}

#[tokio::test]
async fn a_seed_counts_from_its_first_code_on_and_waits_a_quarter_of_an_hour_for_it() {
    let nadia = Nadia::new().await;
    let (world, actor) = (&nadia.world, &nadia.actor);
    let another = seed_of(world, &nadia.keys, actor, noon()).await;
    let wrong = confirm_totp(&world.db, &nadia.keys, actor, recent(actor), ("000000", "fr"), noon()).await;
    assert!(matches!(wrong, Err(Error::WrongFactor)), "{wrong:?}");
    let late = later(ENROLMENT_MINUTES * 60);
    let over = confirm_totp(&world.db, &nadia.keys, actor, recent(actor), (&code(&another, late), "fr"), late).await;
    assert!(matches!(over, Err(Error::NotFound)), "{over:?}");
    // Until then the one before counts, and afterwards it does not.
    let now = later(60);
    let pendings = nadia.pendings(3, now).await;
    nadia.finish(&pendings[0], &code(&nadia.totp, now), now).await.unwrap();
    let shown = code(&another, now);
    let made = confirm_totp(&world.db, &nadia.keys, actor, recent(actor), (&shown, "fr"), now).await.unwrap();
    assert_eq!(made, None, "the recovery codes stay");
    let used = nadia.finish(&pendings[1], &shown, now).await;
    assert!(matches!(used, Err(Error::WrongFactor)), "the first code was one: {used:?}");
    let next = now.plus_seconds(60);
    let old = nadia.finish(&pendings[1], &code(&nadia.totp, next), next).await;
    assert!(matches!(old, Err(Error::WrongFactor)), "{old:?}");
    nadia.finish(&pendings[2], &code(&another, next), next).await.unwrap();
}

#[tokio::test]
async fn with_the_last_factor_go_the_codes_and_a_password_is_enough_again() {
    let nadia = Nadia::new().await;
    let (world, actor) = (&nadia.world, &nadia.actor);
    remove_totp(&world.db, actor, recent(actor), "fr", noon()).await.unwrap();
    let again = remove_totp(&world.db, actor, recent(actor), "fr", noon()).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let left = factors(&world.db, actor, noon()).await.unwrap();
    assert!(!left.is_any() && left.n_codes == 0, "{left:?}");
    sign_in(&world.db, from(PASSWORD), noon()).await.unwrap().session().unwrap();
    assert_eq!(nadia.told().await, ["totp-set", "totp-removed"]);
    let audited = "SELECT count(*) AS n FROM audit WHERE verb LIKE 'factor.totp_%' AND user_id = $1 AND subject = $2";
    assert_eq!(world.number(audited, [nadia.user.into(), nadia.user.to_string().into()]).await, 2);
}

#[tokio::test]
async fn a_new_password_by_letter_leaves_the_factor_as_it_is() {
    let nadia = Nadia::new().await;
    let db = &nadia.world.db;
    ask_for_reset(db, NADIA, "fr", noon()).await.unwrap();
    let token = loop {
        let letter = nadia.letter(later(1)).await.unwrap();
        if letter.kind == LetterKind::ResetPassword {
            break letter.arguments["token"].clone();
        }
    };
    reset_password(db, &token, "quite another one".to_owned(), ("192.0.2.7", "fr"), noon()).await.unwrap();
    let entry = sign_in(db, from("quite another one"), later(60)).await.unwrap();
    assert!(matches!(entry, Entry::Pending(_)), "whoever reads the letters is still asked for the factor");
}

#[tokio::test]
async fn proving_once_more_takes_the_factor_too() {
    let nadia = Nadia::new().await;
    let prove = async |password: &str, code: &str, now| {
        let (password, code, language) = (password.to_owned(), code.to_owned(), "fr".to_owned());
        prove_again(&nadia.world.db, &nadia.keys, &nadia.actor, Proof { password, code, language }, now).await
    };
    let now = later(60);
    for code in ["", "000000", "abcd"] {
        assert!(matches!(prove(PASSWORD, code, now).await, Err(Error::WrongFactor)), "{code}");
    }
    let right = code(&nadia.totp, now);
    assert!(matches!(prove("guessed", &right, now).await, Err(Error::WrongPassword)), "and the code is unspent");
    let token = prove(PASSWORD, &right, now).await.unwrap();
    assert!(signed_in(&nadia.world.db, token.reveal(), "", now).await.unwrap().recent(now).is_some());
}

#[tokio::test]
async fn a_provider_stands_for_the_password_and_not_for_the_factor() {
    let nadia = Nadia::new().await;
    let db = &nadia.world.db;
    let who = Foreigner {
        issuer: "https://id.test".to_owned(),
        subject: "nadia-1".to_owned(),
        proven_email: Some(NADIA.to_owned()),
        name: None,
        origin: Origin { provider: "peer".to_owned(), sid: Some("s-1".to_owned()), id_token: None },
    };
    let Arrival::Offered { token, .. } = arrive(db, &who, &from(""), noon()).await.unwrap() else { panic!("no offer") };
    let Entry::Pending(pending) = link(db, token.reveal(), from(PASSWORD), noon()).await.unwrap() else {
        panic!("a password alone linked and opened a session")
    };
    let linked = async || nadia.world.number("SELECT count(*) AS n FROM identity", []).await;
    assert_eq!(linked().await, 0, "nothing is linked before the factor");
    nadia.finish(pending.reveal(), &nadia.codes[0], noon()).await.unwrap();
    assert_eq!(linked().await, 1);
    let again = arrive(db, &who, &from(""), later(60)).await.unwrap();
    let Arrival::Known(Entry::Pending(pending)) = again else { panic!("{again:?}") };
    nadia.finish(pending.reveal(), &nadia.codes[1], later(60)).await.unwrap();
}

#[tokio::test]
async fn a_seed_that_is_moved_to_another_person_opens_no_more() {
    let nadia = Nadia::new().await;
    let pendings = nadia.pendings(1, later(60)).await;
    // Whoever writes to the database puts their own seed into her row.
    let owner = nadia.world.actor("owner@atlas.test").await;
    begin_totp(&nadia.world.db, &nadia.keys, &owner, recent(&owner), noon()).await.unwrap();
    let shown = enrolment(&nadia.world.db, &nadia.keys, &owner, recent(&owner), noon()).await.unwrap().unwrap();
    let moved = "UPDATE totp SET secret = (SELECT secret FROM totp WHERE confirmed_at IS NULL) WHERE user_id = $1";
    nadia.world.run(moved, [nadia.user.into()]).await;
    let known = Builder::new().with_secret(Secret::try_from_base32(&shown.seed).unwrap()).build().unwrap();
    let refused = nadia.finish(&pendings[0], &code(&known, later(60)), later(60)).await;
    assert!(matches!(refused, Err(Error::Corrupt(_))), "{refused:?}");
}

#[tokio::test]
async fn seeds_are_sealed_anew_with_the_first_key_and_then_the_old_one_can_go() {
    let nadia = Nadia::new().await;
    let (world, old) = (&nadia.world, keys(&["old"]));
    let owner = world.actor("owner@atlas.test").await;
    begin_totp(&world.db, &old, &owner, recent(&owner), noon()).await.unwrap();
    let before = enrolment(&world.db, &old, &owner, recent(&owner), noon()).await.unwrap().unwrap();
    let unknown = enrolment(&world.db, &nadia.keys, &owner, recent(&owner), noon()).await;
    assert!(matches!(unknown, Err(Error::Corrupt(_))), "{unknown:?}");
    let both = keys(&["first", "old"]);
    assert_eq!(reseal(&world.db, JOB, &both, noon()).await.unwrap(), 1);
    assert_eq!(reseal(&world.db, JOB, &both, noon()).await.unwrap(), 0);
    let after = enrolment(&world.db, &nadia.keys, &owner, recent(&owner), noon()).await.unwrap().unwrap();
    assert_eq!(after, before);
    assert_eq!(world.number("SELECT count(*) AS n FROM totp WHERE key_id <> 'first'", []).await, 0);
}
