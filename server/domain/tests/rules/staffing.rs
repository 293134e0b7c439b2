//! Roles at the hub: two appoint, one revokes, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Actor, PROPOSAL_DAYS, confirm_staff, list_proposals, list_staff,
        policy::{AppointStaff, ReadStaff, SetPrices, StopAccounts},
        propose_staff, revoke_staff, staff_roles, stop_account, withdraw_proposal,
    },
    commands::Command,
    mail::{record_sent, take_due},
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use types::{LetterKind, ProposalId, ProposalView, ProposeStaff, RevokeStaff, StaffRole, Timestamp, UserId};

use crate::world::{JOB, World, noon, patient};

const OMAR: &str = "operator@hub.test";
const SARA: &str = "sara@hub.test";
const NEW: &str = "new@hub.test";

/// A world with two operators and somebody who has an account.
async fn world() -> World {
    let world = World::new().await;
    let sara = world.newcomer(SARA).await.person().id;
    world.newcomer(NEW).await;
    let sql = "INSERT INTO staff (user_id, role, since) VALUES ($1, 'operator', $2)";
    world.run(sql, [sara.into(), noon().into()]).await;
    world
}

async fn id(world: &World, email: &str) -> UserId {
    world.actor(email).await.person().id
}

async fn proposed(
    world: &World,
    by: &str,
    (email, role): (&str, StaffRole),
    now: Timestamp,
) -> domain::Result<ProposalView> {
    let actor = world.actor(by).await;
    let ask = ProposeStaff { email: email.to_owned(), role, reason: " she joins the team ".to_owned() };
    let command = Command::new(&format!("{by}{email}{role}{now}"), "propose_staff", &ask).unwrap();
    let recent = actor.recent(noon()).unwrap();
    propose_staff(&world.db, &actor.prove::<AppointStaff>()?, recent, command, &ask, now).await
}

async fn agreed(world: &World, by: &str, id: ProposalId, now: Timestamp) -> domain::Result<ProposalView> {
    let actor = world.actor(by).await;
    confirm_staff(&world.db, &actor.prove::<AppointStaff>()?, actor.recent(noon()).unwrap(), id, now).await
}

async fn revoked(world: &World, by: &Actor, user: UserId, role: StaffRole) -> domain::Result<()> {
    let ask = RevokeStaff { user, role, reason: "she left".to_owned() };
    revoke_staff(&world.db, &by.prove::<AppointStaff>()?, by.recent(noon()).unwrap(), &ask, noon()).await
}

/// Whom the letters that wait are to.
async fn told(world: &World) -> Vec<(String, String)> {
    let mut told = Vec::new();
    while let Some(letter) = take_due(&world.db, JOB, noon()).await.unwrap() {
        record_sent(&world.db, JOB, &letter, noon()).await.unwrap();
        assert_eq!(letter.kind, LetterKind::StaffChanged);
        told.push((letter.recipient.clone(), letter.arguments["change"].clone()));
    }
    told.sort();
    told
}

#[tokio::test]
async fn a_role_needs_a_second_person_who_neither_proposed_it_nor_gets_it() {
    let world = world().await;
    let proposal = proposed(&world, OMAR, (" New@HUB.test ", StaffRole::Finance), noon()).await.unwrap();
    assert_eq!((proposal.email.as_str(), proposal.reason.as_str()), (NEW, "she joins the team"));
    assert!(matches!(world.actor(NEW).await.prove::<SetPrices>(), Err(Error::NotFound)));
    let alone = agreed(&world, OMAR, proposal.id, noon()).await;
    assert!(matches!(alone, Err(Error::Conflict("staff-second-person"))), "{alone:?}");
    agreed(&world, SARA, proposal.id, noon()).await.unwrap();
    assert!(world.actor(NEW).await.prove::<SetPrices>().is_ok());
    let letters = [("finance@hub.test", "appointed"), (NEW, "appointed")];
    assert_eq!(told(&world).await, letters.map(|(to, change)| (to.to_owned(), change.to_owned())));
    for again in [agreed(&world, SARA, proposal.id, noon()).await, agreed(&world, OMAR, proposal.id, noon()).await] {
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    }
    // Whom it is about does not agree either, though they may appoint others.
    let own = proposed(&world, OMAR, (SARA, StaffRole::Auditor), noon()).await.unwrap();
    let about = agreed(&world, SARA, own.id, noon()).await;
    assert!(matches!(about, Err(Error::Conflict("staff-second-person"))), "{about:?}");
    for (verb, n) in [("staff.proposed", 2), ("staff.appointed", 1)] {
        let sql =
            "SELECT count(*) AS n FROM audit WHERE verb = $1 AND organisation_id IS NULL AND staff_role = 'operator'";
        assert_eq!(world.number(sql, [verb.into()]).await, n, "{verb}");
    }
}

#[tokio::test]
async fn the_database_itself_knows_no_appointment_by_one() {
    let world = world().await;
    let proposal = proposed(&world, OMAR, (NEW, StaffRole::Finance), noon()).await.unwrap();
    for by in [OMAR, NEW] {
        let sql = "SELECT appoint_staff($1, $2, $3)";
        let alone = world.try_run(sql, [proposal.id.into(), id(&world, by).await.into(), noon().into()]).await;
        assert!(alone.unwrap_err().to_string().contains("staff_is_appointed_by_two"), "{by}");
    }
    let mut options = ConnectOptions::new(world.database().staff_url());
    options.max_connections(1).sqlx_logging(false);
    let staff = Database::connect(options).await.unwrap();
    for sql in [
        "INSERT INTO staff (user_id, role, since) SELECT id, 'finance', created_at FROM person",
        "UPDATE staff SET role = 'finance'",
        "UPDATE staff_proposal SET confirmed_at = proposed_at",
    ] {
        let refused = staff.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn of_fifty_who_agree_at_once_one_appoints() {
    let world = world().await;
    let proposal = proposed(&world, OMAR, (NEW, StaffRole::Finance), noon()).await.unwrap();
    let agreeing = (0..50).map(|_| patient(async || agreed(&world, SARA, proposal.id, noon()).await));
    let outcomes = futures_util::future::join_all(agreeing).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let refused = |outcome: &domain::Result<_>| matches!(outcome, Ok(_) | Err(Error::NotFound));
    assert!(outcomes.iter().all(refused), "{outcomes:?}");
    assert_eq!(world.number("SELECT count(*) AS n FROM audit WHERE verb = 'staff.appointed'", []).await, 1);
}

#[tokio::test]
async fn what_cannot_be_proposed_says_why_and_a_proposal_ends() {
    let world = world().await;
    let nobody = proposed(&world, OMAR, ("nobody@hub.test", StaffRole::Finance), noon()).await;
    assert!(matches!(nobody, Err(Error::Invalid { field: "email", .. })), "{nobody:?}");
    let has = proposed(&world, OMAR, (SARA, StaffRole::Operator), noon()).await;
    assert!(matches!(has, Err(Error::Conflict("staff-already"))), "{has:?}");
    let first = proposed(&world, OMAR, (NEW, StaffRole::Finance), noon()).await.unwrap();
    let twice = proposed(&world, SARA, (NEW, StaffRole::Finance), noon()).await;
    assert!(matches!(twice, Err(Error::Conflict("staff-proposed-already"))), "{twice:?}");
    let late = noon().plus_seconds(PROPOSAL_DAYS * 86_400);
    let old = agreed(&world, SARA, first.id, late).await;
    assert!(matches!(old, Err(Error::NotFound)), "{old:?}");
    let second = proposed(&world, SARA, (NEW, StaffRole::Finance), late).await.unwrap();
    let survey = world.survey::<AppointStaff>("operator").await;
    withdraw_proposal(&world.db, &survey, second.id, late).await.unwrap();
    for over in [first.id, second.id, ProposalId::new(noon())] {
        let over = withdraw_proposal(&world.db, &survey, over, late).await;
        assert!(matches!(over, Err(Error::NotFound)), "{over:?}");
    }
    let reads = world.survey::<ReadStaff>("auditor").await;
    let open = world.db.survey(&reads, late).await.unwrap();
    assert!(list_proposals(&open, &reads).await.unwrap().items.is_empty());
    assert_eq!(list_staff(&open, &reads).await.unwrap().items.len(), 5);
}

#[tokio::test]
async fn one_revokes_a_role_at_once_and_the_hub_keeps_an_operator() {
    let world = world().await;
    let (omar, finance) = (world.actor(OMAR).await, id(&world, "finance@hub.test").await);
    let none = revoked(&world, &omar, finance, StaffRole::Auditor).await;
    assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
    assert!(told(&world).await.is_empty(), "nobody is told of what did not happen");
    revoked(&world, &omar, finance, StaffRole::Finance).await.unwrap();
    assert!(matches!(world.actor("finance@hub.test").await.prove::<SetPrices>(), Err(Error::NotFound)));
    assert_eq!(told(&world).await, [("finance@hub.test".to_owned(), "revoked".to_owned())]);
    let survey = omar.prove::<AppointStaff>().unwrap();
    let gone = staff_roles(&world.db.survey(&survey, noon()).await.unwrap(), &survey, finance).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    let sara = world.actor(SARA).await;
    let (first, second) = tokio::join!(
        revoked(&world, &omar, sara.person().id, StaffRole::Operator),
        revoked(&world, &sara, omar.person().id, StaffRole::Operator)
    );
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let left = "SELECT count(*) AS n FROM staff WHERE role = 'operator'";
    assert_eq!(world.number(left, []).await, 1);
    let why = "SELECT count(*) AS n FROM audit WHERE verb = 'staff.revoked' AND after->>'reason' = 'she left'";
    assert_eq!(world.number(why, []).await, 2);
}

#[tokio::test]
async fn what_an_operator_asked_ends_with_the_role_and_with_the_account() {
    let world = world().await;
    let (omar, sara, new) = (world.actor(OMAR).await, id(&world, SARA).await, id(&world, NEW).await);
    let open = "SELECT count(*) AS n FROM factor_reset WHERE ended_at IS NULL";
    for by_role in [true, false] {
        // Another instant is another command.
        let now = noon().plus_seconds(i64::from(by_role));
        let proposal = proposed(&world, SARA, (NEW, StaffRole::Finance), now).await.unwrap();
        let sql = "INSERT INTO factor_reset (id, user_id, reason, asked_by, asked_at, expires_at)
                   VALUES (gen_random_uuid(), $1, 'lost', $2, $3::timestamptz, $3::timestamptz + interval '1 day')";
        world.run(sql, [new.into(), sara.into(), noon().into()]).await;
        assert_eq!(world.number(open, []).await, 1);
        if by_role {
            revoked(&world, &omar, sara, StaffRole::Operator).await.unwrap();
        } else {
            let (survey, recent) = (omar.prove::<StopAccounts>().unwrap(), omar.recent(noon()).unwrap());
            stop_account(&world.db, &survey, recent, (sara, "taken over"), noon()).await.unwrap();
        }
        let late = agreed(&world, OMAR, proposal.id, now).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        assert_eq!(world.number(open, []).await, 0);
        let sql = "INSERT INTO staff (user_id, role, since) VALUES ($1, 'operator', $2) ON CONFLICT DO NOTHING";
        world.run(sql, [sara.into(), noon().into()]).await;
    }
}

#[tokio::test]
async fn only_the_operator_appoints_and_the_auditor_reads() {
    let world = world().await;
    for role in ["incubator", "finance", "auditor"] {
        let actor = world.actor(&format!("{role}@hub.test")).await;
        assert!(matches!(actor.prove::<AppointStaff>(), Err(Error::Forbidden("AppointStaff"))), "{role}");
        assert_eq!(actor.prove::<ReadStaff>().is_ok(), role == "auditor", "{role}");
    }
    assert!(matches!(world.actor("owner@atlas.test").await.prove::<ReadStaff>(), Err(Error::NotFound)));
}
