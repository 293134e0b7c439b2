//! A way back for who has lost every second factor: two agree, and its person can stop it, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        RESET_HOURS, ask_for_factor_reset, confirm_factor_reset, factor_reset_of, list_factor_resets,
        policy::{ReadStaff, ResetFactors},
        signed_in, stop_factor_reset, withdraw_factor_reset,
    },
    commands::Command,
    mail::{record_sent, take_due},
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use types::{AskForFactorReset, FactorResetView, LetterKind, ResetId, Timestamp, UserId};

use crate::world::{JOB, World, noon, patient};

const OMAR: &str = "operator@hub.test";
const SARA: &str = "sara@hub.test";
const ZINEB: &str = "zineb@hub.test";
const NADIA: &str = "nadia@else.test";

/// A world with three operators, and somebody who has lost their factors; an operator has some too.
async fn world() -> World {
    let world = World::new().await;
    for email in [SARA, ZINEB] {
        let user = world.newcomer(email).await.person().id;
        let sql = "INSERT INTO staff (user_id, role, since) VALUES ($1, 'operator', $2)";
        world.run(sql, [user.into(), noon().into()]).await;
    }
    world.newcomer(NADIA).await;
    for email in [NADIA, SARA] {
        for sql in [
            "INSERT INTO totp (id, user_id, secret, key_id, created_at, confirmed_at)
             SELECT gen_random_uuid(), id, 'seed', 'first', $2, $2 FROM person WHERE email = $1",
            "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
             SELECT gen_random_uuid(), id, email::bytea, '{}', 'Key', $2 FROM person WHERE email = $1",
            "INSERT INTO recovery_code (user_id, code_sha256, created_at)
             SELECT id, sha256('code'), $2 FROM person WHERE email = $1",
            "INSERT INTO pending_sign_in (token_sha256, user_id, created_at, expires_at)
             SELECT sha256(email::bytea), id, $2, '2100-01-01' FROM person WHERE email = $1",
        ] {
            world.run(sql, [email.into(), noon().into()]).await;
        }
    }
    world
}

async fn id(world: &World, email: &str) -> UserId {
    world.actor(email).await.person().id
}

async fn asked(world: &World, by: &str, email: &str, now: Timestamp) -> domain::Result<FactorResetView> {
    let actor = world.actor(by).await;
    let ask = AskForFactorReset { email: email.to_owned(), reason: " she came with her passport ".to_owned() };
    let command = Command::new(&format!("{by}{email}{now}"), "ask_for_factor_reset", &ask).unwrap();
    let recent = actor.recent(noon()).unwrap();
    ask_for_factor_reset(&world.db, &actor.prove::<ResetFactors>()?, recent, command, &ask, now).await
}

async fn agreed(world: &World, by: &str, id: ResetId, now: Timestamp) -> domain::Result<FactorResetView> {
    let actor = world.actor(by).await;
    let recent = actor.recent(noon()).unwrap();
    confirm_factor_reset(&world.db, &actor.prove::<ResetFactors>()?, recent, id, now).await
}

/// How many rows the person has of what a reset takes away.
async fn n_factors(world: &World, user: UserId) -> i64 {
    let sql =
        "SELECT (SELECT count(*) FROM totp WHERE user_id = $1) + (SELECT count(*) FROM passkey WHERE user_id = $1)
                   + (SELECT count(*) FROM recovery_code WHERE user_id = $1)
                   + (SELECT count(*) FROM pending_sign_in WHERE user_id = $1) AS n";
    world.number(sql, [user.into()]).await
}

/// Whom the letters that wait are to, and what they tell.
async fn told(world: &World) -> Vec<(String, String)> {
    let mut told = Vec::new();
    while let Some(letter) = take_due(&world.db, JOB, noon()).await.unwrap() {
        record_sent(&world.db, JOB, &letter, noon()).await.unwrap();
        assert_eq!(letter.kind, LetterKind::FactorsReset);
        told.push((letter.recipient.clone(), letter.arguments["change"].clone()));
    }
    told.sort();
    told
}

fn letters<const N: usize>(letters: [(&str, &str); N]) -> Vec<(String, String)> {
    letters.map(|(to, change)| (to.to_owned(), change.to_owned())).into()
}

#[tokio::test]
async fn two_operators_take_lost_factors_away_and_their_person_hears_of_both() {
    let world = world().await;
    let nadia = id(&world, NADIA).await;
    let reset = asked(&world, OMAR, " Nadia@ELSE.test ", noon()).await.unwrap();
    assert_eq!((reset.email.as_str(), reset.reason.as_str()), (NADIA, "she came with her passport"));
    assert_eq!(told(&world).await, letters([(NADIA, "asked")]));
    let alone = agreed(&world, OMAR, reset.id, noon()).await;
    assert!(matches!(alone, Err(Error::Conflict("staff-second-person"))), "{alone:?}");
    assert_eq!((n_factors(&world, nadia).await, told(&world).await), (4, Vec::new()));
    agreed(&world, SARA, reset.id, noon()).await.unwrap();
    assert_eq!((n_factors(&world, nadia).await, told(&world).await), (0, letters([(NADIA, "done")])));
    let session = signed_in(&world.db, NADIA, "192.0.2.1", noon()).await;
    assert!(matches!(session, Err(Error::Unauthenticated)), "{session:?}");
    assert_eq!(n_factors(&world, id(&world, SARA).await).await, 4, "another's factors stay");
    for again in [agreed(&world, SARA, reset.id, noon()).await, agreed(&world, ZINEB, reset.id, noon()).await] {
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    }
    for (verb, n) in [("factor.reset_asked", 1), ("factor.reset", 1)] {
        let sql = "SELECT count(*) AS n FROM audit WHERE verb = $1 AND organisation_id IS NULL
                   AND staff_role = 'operator' AND subject = $2 AND after->>'reason' = 'she came with her passport'";
        assert_eq!(world.number(sql, [verb.into(), nadia.to_string().into()]).await, n, "{verb}");
    }
    let none = asked(&world, OMAR, NADIA, noon().plus_seconds(1)).await;
    assert!(matches!(none, Err(Error::Conflict("reset-nothing"))), "{none:?}");
}

#[tokio::test]
async fn it_works_for_staff_and_nobody_asks_or_agrees_for_themselves() {
    let world = world().await;
    let own = asked(&world, SARA, SARA, noon()).await;
    assert!(matches!(own, Err(Error::Conflict("reset-own"))), "{own:?}");
    let unknown = asked(&world, OMAR, "nobody@else.test", noon()).await;
    assert!(matches!(unknown, Err(Error::Invalid { field: "email", .. })), "{unknown:?}");
    let reset = asked(&world, OMAR, SARA, noon()).await.unwrap();
    let twice = asked(&world, ZINEB, SARA, noon()).await;
    assert!(matches!(twice, Err(Error::Conflict("reset-asked-already"))), "{twice:?}");
    let about = agreed(&world, SARA, reset.id, noon()).await;
    assert!(matches!(about, Err(Error::Conflict("staff-second-person"))), "{about:?}");
    let sara = id(&world, SARA).await;
    agreed(&world, ZINEB, reset.id, noon()).await.unwrap();
    assert_eq!(n_factors(&world, sara).await, 0);
    let roles = "SELECT count(*) AS n FROM staff WHERE user_id = $1";
    assert_eq!(world.number(roles, [sara.into()]).await, 1, "who they are stays");
    for role in ["incubator", "finance", "auditor"] {
        let survey = world.actor(&format!("{role}@hub.test")).await.prove::<ResetFactors>();
        assert!(matches!(survey, Err(Error::Forbidden("ResetFactors"))), "{role}");
    }
}

#[tokio::test]
async fn the_database_itself_knows_no_reset_by_one() {
    let world = world().await;
    let reset = asked(&world, OMAR, NADIA, noon()).await.unwrap();
    for by in [OMAR, NADIA] {
        let sql = "SELECT reset_factors($1, $2, $3)";
        let alone = world.try_run(sql, [reset.id.into(), id(&world, by).await.into(), noon().into()]).await;
        assert!(alone.unwrap_err().to_string().contains("factors_are_reset_by_two"), "{by}");
    }
    let sql = "INSERT INTO factor_reset (id, user_id, reason, asked_by, asked_at, expires_at)
               VALUES (gen_random_uuid(), $1, 'mine', $1, $2, $2)";
    let own = world.try_run(sql, [id(&world, SARA).await.into(), noon().into()]).await;
    assert!(own.unwrap_err().to_string().contains("factors_are_reset_by_two"));
    let mut options = ConnectOptions::new(world.database().staff_url());
    options.max_connections(1).sqlx_logging(false);
    let staff = Database::connect(options).await.unwrap();
    for sql in [
        "DELETE FROM totp",
        "DELETE FROM passkey",
        "UPDATE session SET ended_at = created_at",
        "UPDATE factor_reset SET confirmed_at = asked_at",
    ] {
        let refused = staff.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn its_person_stops_it_an_operator_takes_it_back_and_it_lapses_by_itself() {
    let world = world().await;
    let (nadia, hours) = (world.actor(NADIA).await, |hours: i64| noon().plus_seconds(hours * 3600));
    assert_eq!(factor_reset_of(&world.db, &nadia, noon()).await.unwrap(), None);
    let first = asked(&world, OMAR, NADIA, noon()).await.unwrap();
    assert_eq!(factor_reset_of(&world.db, &nadia, noon()).await.unwrap(), Some(hours(RESET_HOURS)));
    // Another's is not theirs to stop.
    stop_factor_reset(&world.db, &world.actor("owner@atlas.test").await, noon()).await.unwrap();
    assert!(factor_reset_of(&world.db, &nadia, noon()).await.unwrap().is_some());
    stop_factor_reset(&world.db, &nadia, noon()).await.unwrap();
    stop_factor_reset(&world.db, &nadia, noon()).await.unwrap();
    let stopped = agreed(&world, SARA, first.id, noon()).await;
    assert!(matches!(stopped, Err(Error::NotFound)), "{stopped:?}");
    let rows = "SELECT count(*) AS n FROM audit WHERE verb = 'factor.reset_stopped' AND user_id = $1";
    assert_eq!(world.number(rows, [nadia.person().id.into()]).await, 1);
    let second = asked(&world, OMAR, NADIA, hours(1)).await.unwrap();
    told(&world).await;
    let survey = world.actor(SARA).await.prove::<ResetFactors>().unwrap();
    withdraw_factor_reset(&world.db, &survey, second.id, hours(1)).await.unwrap();
    let twice = withdraw_factor_reset(&world.db, &survey, second.id, hours(1)).await;
    assert!(matches!(twice, Err(Error::NotFound)), "{twice:?}");
    let third = asked(&world, OMAR, NADIA, hours(2)).await.unwrap();
    let late = agreed(&world, SARA, third.id, hours(2 + RESET_HOURS)).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    // What lapsed stands in nobody's way.
    let fourth = asked(&world, ZINEB, NADIA, hours(2 + RESET_HOURS)).await.unwrap();
    let survey = world.survey::<ReadStaff>("auditor").await;
    let open = world.db.survey(&survey, hours(3 + RESET_HOURS)).await.unwrap();
    let listed = list_factor_resets(&open, &survey).await.unwrap().items;
    assert_eq!(listed.iter().map(|reset| reset.id).collect::<Vec<_>>(), [fourth.id]);
    assert_eq!(n_factors(&world, nadia.person().id).await, 4);
}

#[tokio::test]
async fn of_fifty_who_agree_at_once_one_does_it() {
    let world = world().await;
    let reset = asked(&world, OMAR, NADIA, noon()).await.unwrap();
    let agreeing = (0..50).map(async |n| {
        let who = if n % 2 == 0 { SARA } else { ZINEB };
        patient(async || agreed(&world, who, reset.id, noon()).await).await
    });
    let outcomes = futures_util::future::join_all(agreeing).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let refused = |outcome: &domain::Result<_>| matches!(outcome, Ok(_) | Err(Error::NotFound));
    assert!(outcomes.iter().all(refused), "{outcomes:?}");
    assert_eq!(told(&world).await, letters([(NADIA, "asked"), (NADIA, "done")]));
}
