//! What people change of their own accounts, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        ADDRESS_HOURS, Actor, address_of_change, ask_for_address, ask_for_reset, change_address, change_settings,
        export_person, settings_of, signed_in,
    },
    audit::list_own,
    mail::{Due, record_sent, take_due},
};
use types::{AccountSettings, Cursor, LetterKind, Timestamp};

use crate::world::{
    JOB, World, noon,
    once::{is_used_up, n_passed},
};

const OWNER: &str = "owner@atlas.test";
const NEW: &str = "salma@new.test";

fn later(minutes: i64) -> Timestamp {
    noon().plus_seconds(minutes * 60)
}

async fn person(world: &World, email: &str) -> Actor {
    // Their token is the address that they began with.
    signed_in(&world.db, email, "192.0.2.7", later(1)).await.unwrap()
}

async fn letters(world: &World, now: Timestamp) -> Vec<Due> {
    let mut found = Vec::new();
    while let Some(letter) = take_due(&world.db, JOB, now).await.unwrap() {
        record_sent(&world.db, JOB, &letter, now).await.unwrap();
        found.push(letter);
    }
    found
}

async fn asked(world: &World, actor: &Actor, email: &str) -> domain::Result<()> {
    ask_for_address(&world.db, actor, actor.recent(later(1)).unwrap(), (email, "en"), later(1)).await
}

/// The token of the letter to another address.
async fn token(world: &World, actor: &Actor) -> String {
    asked(world, actor, " Salma@NEW.test ").await.unwrap();
    let letters = letters(world, later(1)).await;
    assert_eq!((letters.len(), letters[0].kind, letters[0].recipient.as_str()), (1, LetterKind::ChangeAddress, NEW));
    letters[0].arguments["token"].clone()
}

#[tokio::test]
async fn what_a_person_says_of_themselves_is_kept_and_told_before_and_after() {
    let world = World::new().await;
    let actor = person(&world, OWNER).await;
    let ask = |name: &str, locale: &str, zone: &str| AccountSettings {
        name: name.to_owned(),
        locale: Some(locale.to_owned()),
        time_zone: Some(zone.to_owned()),
    };
    for (refused, field) in [
        (ask(" ", "fr", "Europe/Paris"), "name"),
        (ask("Salma", "de", "Europe/Paris"), "locale"),
        (ask("Salma", "fr", "Europe/Tetouan"), "time_zone"),
    ] {
        let outcome = change_settings(&world.db, &actor, &refused, later(2)).await;
        assert!(matches!(outcome, Err(Error::Invalid { field: named, .. }) if named == field), "{outcome:?}");
    }
    let wanted = ask("Salma", "fr", "Europe/Paris");
    change_settings(&world.db, &actor, &wanted, later(2)).await.unwrap();
    let actor = person(&world, OWNER).await;
    assert_eq!(settings_of(&actor), wanted);
    change_settings(&world.db, &actor, &wanted, later(3)).await.unwrap();
    let rows = list_own(&world.db, &actor, &Cursor::default(), later(3)).await.unwrap().items;
    assert_eq!(rows.len(), 1, "the same again is no change");
    let name = rows[0].changes.iter().find(|change| change.field == "name").unwrap();
    assert_eq!((name.before.as_deref(), name.after.as_deref()), (Some(OWNER), Some("Salma")));
    let other = person(&world, "viewer@atlas.test").await;
    assert!(list_own(&world.db, &other, &Cursor::default(), later(3)).await.unwrap().items.is_empty());
    assert_eq!(other.person().name, "viewer@atlas.test", "nobody else is called so");
}

#[tokio::test]
async fn another_address_counts_once_its_letter_was_read_by_the_same_person_and_the_one_before_is_told() {
    let world = World::new().await;
    let (actor, other) = (person(&world, OWNER).await, person(&world, "viewer@atlas.test").await);
    ask_for_reset(&world.db, OWNER, "en", later(1)).await.unwrap();
    assert_eq!(letters(&world, later(1)).await.len(), 1);
    let token = token(&world, &actor).await;
    let email = address_of_change(&world.db, &actor, &token, later(2)).await.unwrap();
    assert_eq!(email.as_deref(), Some(NEW));
    assert_eq!(address_of_change(&world.db, &other, &token, later(2)).await.unwrap(), None);
    let stolen = change_address(&world.db, &other, &token, "en", later(2)).await;
    assert!(matches!(stolen, Err(Error::NotFound)), "{stolen:?}");
    let late = change_address(&world.db, &actor, &token, "en", later(1 + ADDRESS_HOURS * 60)).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    change_address(&world.db, &actor, &token, "en", later(3)).await.unwrap();
    assert_eq!(person(&world, OWNER).await.person().email, NEW);
    let told = letters(&world, later(3)).await;
    assert_eq!((told.len(), told[0].kind, told[0].recipient.as_str()), (1, LetterKind::AddressChanged, OWNER));
    assert_eq!((told[0].arguments["email"].as_str(), told[0].arguments["address"].as_str()), (NEW, "192.0.2.7"));
    let again = change_address(&world.db, &actor, &token, "en", later(4)).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let rows = world.database().rows("SELECT used_at IS NOT NULL AS used FROM email_proof").await.unwrap();
    assert_eq!(rows[0]["used"], true, "the way to a password that the address before was sent is closed");
}

#[tokio::test]
async fn whoever_wants_an_address_that_is_taken_does_not_learn_it_and_gets_nothing() {
    let world = World::new().await;
    let actor = person(&world, OWNER).await;
    let same = asked(&world, &actor, OWNER).await;
    assert!(matches!(same, Err(Error::Conflict("address-same"))), "{same:?}");
    let wrong = asked(&world, &actor, "nobody").await;
    assert!(matches!(wrong, Err(Error::Invalid { field: "email", .. })), "{wrong:?}");
    asked(&world, &actor, "viewer@atlas.test").await.unwrap();
    let sent = letters(&world, later(1)).await;
    assert_eq!((sent.len(), sent[0].kind), (1, LetterKind::AlreadyRegistered));
    let token = token(&world, &actor).await;
    world.run("UPDATE person SET email = 'salma@new.test' WHERE email = 'viewer@atlas.test'", []).await;
    let taken = change_address(&world.db, &actor, &token, "en", later(3)).await;
    assert!(matches!(taken, Err(Error::NotFound)), "{taken:?}");
    assert_eq!(person(&world, OWNER).await.person().email, OWNER);
    for _ in 0..3 {
        asked(&world, &actor, "another@new.test").await.unwrap();
    }
    assert_eq!(letters(&world, later(1)).await.len(), 1, "three wait at most");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_who_bring_the_letter_at_once_one_takes_the_address_over() {
    let world = std::sync::Arc::new(World::new().await);
    let actor = person(&world, OWNER).await;
    let token = token(&world, &actor).await;
    let tries = (0..50).map(|_| {
        let (world, actor, token) = (world.clone(), actor.clone(), token.clone());
        tokio::spawn(async move { change_address(&world.db, &actor, &token, "en", later(3)).await })
    });
    let n_done = n_passed(tries.collect(), is_used_up).await;
    assert_eq!((n_done, letters(&world, later(3)).await.len()), (1, 1));
}

/// The person has one of each factor and a token; a colleague has a token too. What opens with them says 5ec4e7.
async fn hold(world: &World, actor: &Actor) {
    let me = actor.person().id;
    let sql = "INSERT INTO totp (id, user_id, secret, key_id, created_at, confirmed_at, last_step)
               VALUES (gen_random_uuid(), $1, '\\x5ec4e7', '5ec4e7', $2, $2, extract(epoch FROM $2::timestamptz)::bigint / 30)";
    world.run(sql, [me.into(), noon().into()]).await;
    let sql = "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
               VALUES (gen_random_uuid(), $1, '\\x5ec4e7', '{\"key\": \"5ec4e7\"}', 'Key ring', $2)";
    world.run(sql, [me.into(), later(1).into()]).await;
    let sql = "INSERT INTO recovery_code (user_id, code_sha256, created_at)
               SELECT $1, sha256(n::text::bytea), $2 FROM generate_series(1, 2) AS n";
    world.run(sql, [me.into(), later(2).into()]).await;
    for (email, name) in [(NEW, "nightly"), ("viewer@atlas.test", "theirs")] {
        let sql = "INSERT INTO token (organisation_id, id, held_by, name, secret_sha256, permissions, projects, flavours,
                       networks, created_by, created_at, expires_at, used_at, used_from)
                   SELECT $1, gen_random_uuid(), id, $2, sha256(email::bytea), '{ReadInstances}', '{}', '{}', '{}', id, $3,
                       $3::timestamptz + interval '1 day', $3, '192.0.2.44' FROM person WHERE email = $4";
        world.run(sql, [world.atlas.id.into(), name.into(), later(3).into(), email.into()]).await;
    }
}

#[tokio::test]
async fn what_is_kept_of_a_person_is_theirs_alone_and_tells_no_secret() {
    let world = World::new().await;
    let actor = person(&world, OWNER).await;
    let token = token(&world, &actor).await;
    change_address(&world.db, &actor, &token, "en", later(2)).await.unwrap();
    asked(&world, &actor, "another@new.test").await.unwrap();
    let about = format!(
        "INSERT INTO audit (id, organisation_id, principal, verb, subject, before, address, at, salt)
         VALUES (gen_random_uuid(), $1, 'worker:test', 'member.changed', '{}', '{{\"role\": \"admin\"}}', '198.51.100.9', $2, '\\x00')",
        actor.person().id
    );
    world.run(&about, [world.atlas.id.into(), later(3).into()]).await;
    hold(&world, &actor).await;
    let actor = person(&world, OWNER).await;
    let parts = export_person(&world.db, &actor, actor.recent(later(4)).unwrap(), later(4)).await.unwrap();
    let part = |name: &str| parts.iter().find(|(part, _)| *part == name).unwrap().1.clone();
    let names: Vec<_> = parts.iter().map(|(name, _)| *name).collect();
    let all = ["account", "sessions", "memberships", "identities", "factors", "tokens", "audit", "letters"];
    assert_eq!(names, all);
    let factors = part("factors");
    let said = |n: usize, field: &str| factors[n][field].clone();
    let kinds: Vec<_> = (0..3).map(|n| said(n, "kind")).collect();
    assert_eq!(kinds, ["authenticator", "passkey", "recovery-codes"]);
    assert_eq!((said(1, "name"), said(2, "n_left")), ("Key ring".into(), 2.into()));
    assert_eq!((said(0, "used_at"), said(1, "used_at")), ("2026-10-03T12:00:00Z".into(), serde_json::Value::Null));
    let programs = part("tokens");
    assert_eq!((programs.as_array().unwrap().len(), &programs[0]["name"]), (1, &"nightly".into()));
    assert_eq!(programs[0]["permissions"], serde_json::json!(["ReadInstances"]));
    assert_eq!((&programs[0]["organisation"], &programs[0]["used_from"]), (&"atlas".into(), &"192.0.2.44".into()));
    assert_eq!(part("account")["email"], NEW);
    assert_eq!((part("sessions").as_array().unwrap().len(), &part("memberships")[0]["slug"]), (1, &"atlas".into()));
    let (done, own) = (part("audit")[0].clone(), part("audit")[1].clone());
    assert_eq!((&done["verb"], &done["own"]), (&"member.changed".into(), &false.into()));
    assert!(
        done["before"].is_null() && done["address"].is_null(),
        "what the organisation's row says is the organisation's"
    );
    assert_eq!((&own["verb"], &own["after"]["email"]), (&"person.address_changed".into(), &NEW.into()));
    assert_eq!(part("letters")[0]["kind"], "change-address");
    let everything = serde_json::to_string(&parts).unwrap();
    let mut secrets = vec!["viewer@atlas.test", "another@new.test", "secret", "credential", "sha256", "salt", "5ec4e7"];
    secrets.push(&token);
    for other in secrets {
        assert!(!everything.contains(other), "{other} in {everything}");
    }
    let rows = list_own(&world.db, &actor, &Cursor::default(), later(5)).await.unwrap().items;
    assert_eq!(rows[0].verb, "person.exported");
}
