//! Letters and the passwords that are set with them, on a real PostgreSQL.

use domain::{
    Error, Rule,
    access::{
        NewSession, RESET_MINUTES, Token, address_of_reset, ask_for_reset, change_password, policy::MaintainMail,
        reset_password, sign_in, signed_in,
    },
    mail::{self, Due, Undelivered, discard_letter, list_letters, record_failure, record_sent, retry_letter, take_due},
};
use types::{LetterKind, LetterState, Timestamp};

use crate::world::{
    JOB, World, noon,
    once::{is_used_up_or_unhashed, n_passed},
};

const OWNER: &str = "owner@atlas.test";
const WANTED: &str = "a few words in a row";

fn later(minutes: i64) -> Timestamp {
    noon().plus_seconds(minutes * 60)
}

/// The letter that waits longest.
async fn due(world: &World, now: Timestamp) -> Option<Due> {
    take_due(&world.db, JOB, now).await.unwrap()
}

/// The token of the letter that answers an owner who forgot their password.
async fn asked(world: &World, now: Timestamp) -> String {
    ask_for_reset(&world.db, OWNER, "fr", now).await.unwrap();
    let letter = due(world, now).await.unwrap();
    record_sent(&world.db, JOB, &letter, now).await.unwrap();
    assert_eq!((letter.kind, letter.recipient.as_str()), (LetterKind::ResetPassword, OWNER));
    letter.arguments["token"].clone()
}

async fn enter(world: &World, password: &str, now: Timestamp) -> domain::Result<Token> {
    enter_with(world, password, "Firefox/144.0 (Linux)", now).await
}

async fn enter_with(world: &World, password: &str, device: &str, now: Timestamp) -> domain::Result<Token> {
    let ask = NewSession {
        email: OWNER.to_owned(),
        password: password.to_owned(),
        device: device.to_owned(),
        address: "192.0.2.7".to_owned(),
        language: "fr".to_owned(),
    };
    sign_in(&world.db, ask, now).await?.session()
}

fn said(text: &str, is_final: bool) -> Undelivered {
    Undelivered { said: text.to_owned(), is_final }
}

#[tokio::test]
async fn a_forgotten_password_is_set_once_by_letter_and_ends_every_session() {
    let world = World::new().await;
    let before = world.actor(OWNER).await;
    let token = asked(&world, noon()).await;
    assert_eq!(address_of_reset(&world.db, &token, later(1)).await.unwrap().as_deref(), Some(OWNER));
    reset_password(&world.db, &token, WANTED.to_owned(), ("192.0.2.7", "ar"), later(2)).await.unwrap();
    let token_of_old = signed_in(&world.db, OWNER, "", later(3)).await;
    assert!(matches!(token_of_old, Err(Error::Unauthenticated)), "{before:?} is still signed in");
    enter(&world, WANTED, later(3)).await.unwrap();
    let again = reset_password(&world.db, &token, "another one".to_owned(), ("", "fr"), later(4)).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let notice = due(&world, later(4)).await.unwrap();
    assert_eq!((notice.kind, notice.arguments["address"].as_str()), (LetterKind::PasswordChanged, "192.0.2.7"));
    assert_eq!(notice.locale.as_deref(), Some("ar"), "the account says no language, so the screen's is taken");
    let audited = "SELECT count(*) AS n FROM audit a JOIN person p ON p.id = a.user_id
                   WHERE a.verb = 'password.reset' AND p.email = 'owner@atlas.test' AND a.address = '192.0.2.7'";
    assert_eq!(world.number(audited, []).await, 1);
}

#[tokio::test]
async fn of_fifty_who_bring_a_token_at_once_one_sets_the_password() {
    let world = World::new().await;
    let token = asked(&world, noon()).await;
    let tries = (0..50).map(|n| {
        let (db, token) = (world.db.clone(), token.clone());
        tokio::spawn(
            async move { reset_password(&db, &token, format!("three herons {n}"), ("", "fr"), later(1)).await },
        )
    });
    assert_eq!(n_passed(tries.collect(), is_used_up_or_unhashed).await, 1);
    assert_eq!(world.number("SELECT count(*) AS n FROM audit WHERE verb = 'password.reset'", []).await, 1);
}

#[tokio::test]
async fn a_token_that_is_old_or_unknown_or_of_a_password_that_may_not_be_changes_nothing() {
    let world = World::new().await;
    let token = asked(&world, noon()).await;
    let short = reset_password(&world.db, &token, "short".to_owned(), ("", "fr"), later(1)).await;
    assert!(matches!(short, Err(Error::Invalid { field: "password", .. })), "{short:?}");
    assert!(address_of_reset(&world.db, &token, later(1)).await.unwrap().is_some(), "a mistake uses nothing up");
    for (token, at) in [(token.as_str(), later(RESET_MINUTES)), ("unknown", later(1))] {
        let refused = reset_password(&world.db, token, WANTED.to_owned(), ("", "fr"), at).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    assert!(matches!(enter(&world, WANTED, later(2)).await, Err(Error::WrongPassword)));
}

#[tokio::test]
async fn nobody_learns_who_signs_in_here_and_nobody_is_flooded() {
    let world = World::new().await;
    ask_for_reset(&world.db, "nobody@atlas.test", "fr", noon()).await.unwrap();
    assert_eq!(due(&world, noon()).await, None);
    for _ in 0..10 {
        ask_for_reset(&world.db, " Owner@ATLAS.test ", "fr", noon()).await.unwrap();
    }
    assert_eq!(world.number("SELECT count(*) AS n FROM outbox", []).await, 3);
}

#[tokio::test]
async fn ones_own_password_needs_the_present_one_and_ends_the_other_sessions() {
    let world = World::new().await;
    let token = asked(&world, noon()).await;
    reset_password(&world.db, &token, WANTED.to_owned(), ("", "fr"), later(1)).await.unwrap();
    let (here, there) =
        (enter(&world, WANTED, later(2)).await.unwrap(), enter(&world, WANTED, later(2)).await.unwrap());
    let actor = signed_in(&world.db, here.reveal(), "192.0.2.9", later(3)).await.unwrap();
    let other = "other words in a row";
    let refused = change_password(&world.db, &actor, "guessed".to_owned(), other.to_owned(), "fr", later(3)).await;
    assert!(matches!(refused, Err(Error::WrongPassword)), "{refused:?}");
    change_password(&world.db, &actor, WANTED.to_owned(), other.to_owned(), "fr", later(3)).await.unwrap();
    assert!(signed_in(&world.db, here.reveal(), "", later(4)).await.is_ok());
    assert!(matches!(signed_in(&world.db, there.reveal(), "", later(4)).await, Err(Error::Unauthenticated)));
    assert!(enter(&world, other, later(5)).await.is_ok());
    assert!(matches!(enter(&world, WANTED, later(5)).await, Err(Error::WrongPassword)));
}

#[tokio::test]
async fn a_letter_is_taken_by_one_and_comes_back_when_its_taker_dies() {
    let world = World::new().await;
    ask_for_reset(&world.db, OWNER, "fr", noon()).await.unwrap();
    let takers = (0..20).map(|_| {
        let db = world.db.clone();
        tokio::spawn(async move { take_due(&db, JOB, noon()).await.unwrap() })
    });
    let mut taken = Vec::new();
    for taker in takers.collect::<Vec<_>>() {
        taken.extend(taker.await.unwrap());
    }
    assert_eq!(taken.len(), 1);
    assert_eq!(due(&world, later(1)).await, None);
    let again = due(&world, later(2)).await.unwrap();
    assert_eq!(again.id, taken[0].id);
    record_sent(&world.db, JOB, &again, later(2)).await.unwrap();
    assert_eq!(due(&world, later(1000)).await, None);
    assert_eq!(world.number("SELECT count(*) AS n FROM outbox WHERE payload <> '{}'", []).await, 0, "it held a token");
}

#[tokio::test]
async fn a_letter_that_does_not_leave_is_tried_again_until_it_is_of_no_use() {
    let world = World::new().await;
    ask_for_reset(&world.db, OWNER, "fr", noon()).await.unwrap();
    let mut tries = Vec::new();
    for minute in 0..120 {
        if let Some(letter) = due(&world, later(minute)).await {
            tries.push(minute);
            record_failure(&world.db, JOB, &letter, &said("451 later", false), later(minute)).await.unwrap();
        }
    }
    assert_eq!(tries, [0, 1, 3, 7, 15, 31]);
    let survey = world.survey::<MaintainMail>("operator").await;
    let open = world.db.survey(&survey, later(120)).await.unwrap();
    let letters = list_letters(&open, &survey).await.unwrap().items;
    assert_eq!((letters.len(), letters[0].state, letters[0].n_attempts), (1, LetterState::GivenUp, 6));
    assert_eq!(letters[0].failure.as_deref(), Some("451 later"));
    let late = retry_letter(&world.db, &survey, letters[0].id, later(120)).await;
    assert!(matches!(late, Err(Error::Conflict("letter-expired"))), "{late:?}");
    discard_letter(&world.db, &survey, letters[0].id, later(120)).await.unwrap();
    let gone = discard_letter(&world.db, &survey, letters[0].id, later(120)).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
}

#[tokio::test]
async fn a_letter_refused_for_good_waits_for_the_operator_who_alone_sees_it() {
    let world = World::new().await;
    ask_for_reset(&world.db, OWNER, "fr", noon()).await.unwrap();
    let letter = due(&world, noon()).await.unwrap();
    record_failure(&world.db, JOB, &letter, &said("550 no such user", true), noon()).await.unwrap();
    assert_eq!(due(&world, later(30)).await, None);
    let survey = world.survey::<MaintainMail>("operator").await;
    retry_letter(&world.db, &survey, letter.id, later(30)).await.unwrap();
    let again = due(&world, later(30)).await.unwrap();
    assert_eq!(again.arguments, letter.arguments);
    record_sent(&world.db, JOB, &again, later(30)).await.unwrap();
    let sent = retry_letter(&world.db, &survey, letter.id, later(31)).await;
    assert!(matches!(sent, Err(Error::NotFound)), "{sent:?}");
    for role in ["incubator", "finance", "auditor"] {
        let refused = world.actor(&format!("{role}@hub.test")).await.prove::<MaintainMail>();
        assert!(matches!(refused, Err(Error::Forbidden("MaintainMail"))), "{role}");
    }
    assert_eq!(world.number("SELECT count(*) AS n FROM audit WHERE verb = 'letter.retried'", []).await, 1);
}

#[tokio::test]
async fn a_letter_that_nobody_sends_is_seen_and_given_up_when_it_is_of_no_use() {
    let world = World::new().await;
    ask_for_reset(&world.db, OWNER, "fr", noon()).await.unwrap();
    let survey = world.survey::<MaintainMail>("operator").await;
    let listed = async |now| {
        let open = world.db.survey(&survey, now).await.unwrap();
        let letters = list_letters(&open, &survey).await.unwrap().items;
        letters.iter().map(|letter| (letter.state, letter.n_attempts)).collect::<Vec<_>>()
    };
    assert_eq!(listed(later(4)).await, [], "a worker may be about to take it");
    assert_eq!(listed(later(5)).await, [(LetterState::Waits, 0)]);
    mail::tidy(&world.db, JOB, later(RESET_MINUTES - 1)).await.unwrap();
    assert_eq!(listed(later(RESET_MINUTES - 1)).await, [(LetterState::Waits, 0)]);
    assert_eq!(due(&world, later(RESET_MINUTES)).await, None, "it would be of no use");
    mail::tidy(&world.db, JOB, later(RESET_MINUTES)).await.unwrap();
    assert_eq!(listed(later(RESET_MINUTES)).await, [(LetterState::GivenUp, 0)]);
}

#[tokio::test]
async fn a_letter_that_left_is_forgotten_after_thirty_days() {
    let world = World::new().await;
    asked(&world, noon()).await;
    let n_kept = async || world.number("SELECT count(*) AS n FROM outbox", []).await;
    mail::tidy(&world.db, JOB, later(30 * 24 * 60)).await.unwrap();
    assert_eq!(n_kept().await, 1);
    mail::tidy(&world.db, JOB, later(30 * 24 * 60 + 1)).await.unwrap();
    assert_eq!(n_kept().await, 0);
}

#[tokio::test]
async fn kept_letters_can_be_read_where_nothing_is_sent() {
    let world = World::new().await;
    ask_for_reset(&world.db, OWNER, "fr", noon()).await.unwrap();
    let letter = due(&world, noon()).await.unwrap();
    mail::keep(&world.db, JOB, &letter, later(1)).await.unwrap();
    let kept = mail::list_kept(&world.db, JOB, later(2)).await.unwrap();
    assert_eq!(kept.iter().map(|(letter, at)| (letter.id, *at)).collect::<Vec<_>>(), [(letter.id, later(1))]);
    assert_eq!(due(&world, later(30)).await, None);
}

#[tokio::test]
async fn a_new_device_is_told_of_once_and_a_newer_version_of_an_old_one_is_none() {
    let world = World::new().await;
    let token = asked(&world, noon()).await;
    reset_password(&world.db, &token, WANTED.to_owned(), ("", "fr"), later(1)).await.unwrap();
    let changed = due(&world, later(1)).await.unwrap();
    record_sent(&world.db, JOB, &changed, later(1)).await.unwrap();
    world.run("DELETE FROM session", []).await;
    enter_with(&world, WANTED, "Firefox/144.0 (Linux)", later(2)).await.unwrap();
    enter_with(&world, WANTED, "Firefox/145.0.1 (Linux)", later(3)).await.unwrap();
    assert_eq!(due(&world, later(3)).await, None);
    enter_with(&world, WANTED, "Safari/19 (iPhone)", later(4)).await.unwrap();
    enter_with(&world, WANTED, "Safari/19 (iPhone)", later(5)).await.unwrap();
    let notice = due(&world, later(5)).await.unwrap();
    assert_eq!((notice.kind, notice.recipient.as_str()), (LetterKind::NewDevice, OWNER));
    assert_eq!(notice.arguments["device"], "Safari/19 (iPhone)");
    assert_eq!(due(&world, later(5)).await, None);
}

#[tokio::test]
async fn a_password_from_a_list_of_stolen_ones_is_never_set() {
    let world = World::new().await;
    let token = asked(&world, noon()).await;
    let refused = reset_password(&world.db, &token, "Password123".to_owned(), ("", "fr"), later(1)).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "password", rule: Rule::Unbreached })), "{refused:?}");
}
