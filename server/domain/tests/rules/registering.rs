//! Accounts that people make by themselves, and organisations that they open, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Actor, NewPerson, REGISTRATION_HOURS, address_of_registration, ask_to_register,
        policy::{LaunchInstances, ManageOwners, ReadOrganisation},
        register, signed_in,
    },
    mail::{Due, record_sent, take_due},
    organisations::{found_organisation, list_projects_in},
};
use types::{Currency, FoundOrganisation, LetterKind, Timestamp};

use crate::world::{
    JOB, World, noon,
    once::{is_used_up_or_unhashed, n_passed},
};

const NEW: &str = "salma@new.test";

fn later(minutes: i64) -> Timestamp {
    noon().plus_seconds(minutes * 60)
}

fn somebody(name: &str) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        password: "a few words in a row".to_owned(),
        device: "Firefox".to_owned(),
        address: "192.0.2.9".to_owned(),
        language: "fr".to_owned(),
    }
}

async fn letter(world: &World, now: Timestamp) -> Due {
    let letter = take_due(&world.db, JOB, now).await.unwrap().unwrap();
    record_sent(&world.db, JOB, &letter, now).await.unwrap();
    letter
}

/// The token of the letter to a new address.
async fn asked(world: &World) -> String {
    ask_to_register(&world.db, " Salma@NEW.test ", "fr", noon()).await.unwrap();
    let letter = letter(world, noon()).await;
    assert_eq!((letter.kind, letter.recipient.as_str()), (LetterKind::Register, NEW));
    letter.arguments["token"].clone()
}

/// Somebody with a new account.
async fn newcomer(world: &World) -> Actor {
    let token = asked(world).await;
    let session = register(&world.db, &token, somebody("Salma"), later(1)).await.unwrap();
    signed_in(&world.db, session.reveal(), "192.0.2.9", later(1)).await.unwrap()
}

fn wanted(name: &str) -> FoundOrganisation {
    FoundOrganisation {
        name: name.to_owned(),
        legal_name: "Rif Énergie SARL".to_owned(),
        address: "1 avenue Hassan II, Tétouan".to_owned(),
        country: "ma".to_owned(),
        is_business: true,
        currency: Currency::Mad,
    }
}

async fn founded(world: &World, actor: &Actor, name: &str) -> domain::Result<String> {
    found_organisation(&world.db, actor, &wanted(name), ("fr", "Africa/Casablanca"), later(2)).await
}

#[tokio::test]
async fn an_account_is_made_once_of_an_address_that_a_letter_has_proved() {
    let world = World::new().await;
    let token = asked(&world).await;
    assert_eq!(address_of_registration(&world.db, &token, later(1)).await.unwrap().as_deref(), Some(NEW));
    let short = NewPerson { password: "short".to_owned(), ..somebody("Salma") };
    for refused in
        [register(&world.db, &token, short, later(1)).await, register(&world.db, &token, somebody(" "), later(1)).await]
    {
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    }
    let late = register(&world.db, &token, somebody("Salma"), later(REGISTRATION_HOURS * 60)).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    let session = register(&world.db, &token, somebody("Salma"), later(1)).await.unwrap();
    let actor = signed_in(&world.db, session.reveal(), "", later(2)).await.unwrap();
    assert_eq!((actor.person().email.as_str(), actor.person().name.as_str()), (NEW, "Salma"));
    let again = register(&world.db, &token, somebody("Thief"), later(2)).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    assert_eq!(address_of_registration(&world.db, &token, later(2)).await.unwrap(), None);
}

#[tokio::test]
async fn of_fifty_who_bring_a_token_at_once_one_makes_the_account() {
    let world = World::new().await;
    let token = asked(&world).await;
    let tries = (0..50).map(|n| {
        let (db, token) = (world.db.clone(), token.clone());
        tokio::spawn(async move { register(&db, &token, somebody(&format!("n{n}")), later(1)).await })
    });
    assert_eq!(n_passed(tries.collect(), is_used_up_or_unhashed).await, 1);
    let audited = "SELECT count(*) AS n FROM audit WHERE verb = 'person.registered'";
    assert_eq!(world.number(audited, []).await, 1);
}

#[tokio::test]
async fn who_has_an_account_hears_so_by_letter_and_nobody_else_does() {
    let world = World::new().await;
    ask_to_register(&world.db, "owner@atlas.test", "fr", noon()).await.unwrap();
    let letter = letter(&world, noon()).await;
    assert_eq!((letter.kind, letter.arguments.get("token")), (LetterKind::AlreadyRegistered, None));
    for _ in 0..10 {
        ask_to_register(&world.db, "owner@atlas.test", "fr", noon()).await.unwrap();
        ask_to_register(&world.db, NEW, "fr", noon()).await.unwrap();
    }
    let at_once = (0..20).map(|_| {
        let db = world.db.clone();
        tokio::spawn(async move { ask_to_register(&db, "else@new.test", "fr", noon()).await.unwrap() })
    });
    for asked in at_once.collect::<Vec<_>>() {
        asked.await.unwrap();
    }
    for address in [NEW, "else@new.test"] {
        let sent = "SELECT count(*) AS n FROM outbox WHERE recipient = $1";
        assert_eq!(world.number(sent, [address.into()]).await, 3, "{address}");
    }
    let known = "SELECT count(*) AS n FROM outbox WHERE recipient = 'owner@atlas.test'";
    assert_eq!(world.number(known, []).await, 3, "nobody is flooded, and both are answered alike");
    let none = ask_to_register(&world.db, "nobody", "fr", noon()).await;
    assert!(matches!(none, Err(Error::Invalid { field: "email", .. })), "{none:?}");
}

#[tokio::test]
async fn who_opens_an_organisation_owns_it_and_can_launch_there_once_it_has_credit() {
    let world = World::new().await;
    let actor = newcomer(&world).await;
    let slug = founded(&world, &actor, " Rif Énergie ").await.unwrap();
    assert_eq!(slug, "rif-energie");
    let seat = actor.enter(&world.db, &slug).await.unwrap();
    assert_eq!(seat.name(), "Rif Énergie");
    assert!(seat.prove::<ManageOwners>().is_ok() && seat.prove::<LaunchInstances>().is_ok());
    let scope = seat.prove::<ReadOrganisation>().unwrap();
    let tx = world.db.look(&scope, later(3)).await.unwrap();
    assert_eq!(list_projects_in(&tx, &scope).await.unwrap().items.len(), 1);
    for (table, n) in [("billing_period", 1), ("settlement_timer", 1), ("namespace", 1)] {
        let sql = format!("SELECT count(*) AS n FROM {table} WHERE organisation_id = $1");
        assert_eq!(world.number(&sql, [seat.organisation().into()]).await, n, "{table}");
    }
    let audited = "SELECT count(*) AS n FROM audit WHERE verb = 'organisation.founded' AND organisation_id = $1";
    assert_eq!(world.number(audited, [seat.organisation().into()]).await, 1);
}

#[tokio::test]
async fn a_name_that_others_have_gets_a_number_and_five_are_the_most() {
    let world = World::new().await;
    let actor = newcomer(&world).await;
    let mut slugs = Vec::new();
    for _ in 0..5 {
        slugs.push(founded(&world, &actor, "Atlas").await.unwrap());
    }
    assert_eq!(slugs, ["atlas-2", "atlas-3", "atlas-4", "atlas-5", "atlas-6"]);
    let sixth = founded(&world, &actor, "Atlas").await;
    assert!(matches!(sixth, Err(Error::Conflict("organisations-many"))), "{sixth:?}");
    assert_eq!(world.number("SELECT count(*) AS n FROM organisation WHERE name = 'Atlas'", []).await, 5);
}

#[tokio::test]
async fn what_an_invoice_could_not_say_is_refused() {
    let world = World::new().await;
    let actor = newcomer(&world).await;
    for (ask, field) in [
        (FoundOrganisation { name: " ".to_owned(), ..wanted("x") }, "name"),
        (FoundOrganisation { legal_name: "x".repeat(201), ..wanted("x") }, "legal_name"),
        (FoundOrganisation { address: String::new(), ..wanted("x") }, "address"),
        (FoundOrganisation { country: "Morocco".to_owned(), ..wanted("x") }, "country"),
    ] {
        let refused = found_organisation(&world.db, &actor, &ask, ("fr", "UTC"), later(2)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: wrong, .. }) if wrong == field), "{field}: {refused:?}");
    }
    assert_eq!(
        world.number("SELECT count(*) AS n FROM member WHERE user_id = $1", [actor.person().id.into()]).await,
        0
    );
}
