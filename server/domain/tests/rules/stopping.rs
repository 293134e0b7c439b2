//! Accounts that the hub stops, opens again and signs out, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Actor, CLOSING_HOURS, Foreigner, NewSession, Origin, Token, account_of, arrive, close_account, erase_due,
        find_account, open_account,
        policy::{AppointStaff, StopAccounts},
        revoke_staff, sign_account_out, sign_in, signed_in, stop_account,
    },
    mail::{record_sent, take_due},
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use types::{AccountView, LetterKind, MakeToken, RevokeStaff, Role, StaffRole, UserId};

use crate::{
    tokens::asked,
    world::{JOB, World, noon, start},
};

const OMAR: &str = "operator@hub.test";
const SARA: &str = "sara@hub.test";
const LINA: &str = "lina@else.test";
const PASSWORD: &str = "a few words in a row";
const REASON: &str = " her laptop was stolen ";

/// A world with two operators, and somebody who has a password and an identity at a provider.
async fn world() -> (World, UserId) {
    let world = World::new().await;
    let sara = world.newcomer(SARA).await.person().id;
    let sql = "INSERT INTO staff (user_id, role, since) VALUES ($1, 'operator', $2)";
    world.run(sql, [sara.into(), noon().into()]).await;
    let lina = world.founding.add_person(LINA, "Lina", PASSWORD, start()).await.unwrap();
    let sql = "INSERT INTO identity (issuer, subject, user_id, linked_at) VALUES ('https://sso.test', 'lina', $1, $2)";
    world.run(sql, [lina.into(), start().into()]).await;
    (world, lina)
}

async fn id(world: &World, email: &str) -> UserId {
    world.actor(email).await.person().id
}

async fn stop(world: &World, by: &Actor, user: UserId) -> domain::Result<AccountView> {
    let recent = by.recent(noon()).unwrap();
    stop_account(&world.db, &by.prove::<StopAccounts>()?, recent, (user, REASON), noon()).await
}

async fn open(world: &World, by: &Actor, user: UserId) -> domain::Result<AccountView> {
    let recent = by.recent(noon()).unwrap();
    open_account(&world.db, &by.prove::<StopAccounts>()?, recent, (user, REASON), noon()).await
}

async fn sign_out(world: &World, by: &Actor, user: UserId) -> domain::Result<AccountView> {
    let recent = by.recent(noon()).unwrap();
    sign_account_out(&world.db, &by.prove::<StopAccounts>()?, recent, user, noon()).await
}

/// What the hub sees of an account.
async fn seen(world: &World, user: UserId) -> AccountView {
    let survey = world.survey::<StopAccounts>("operator").await;
    account_of(&world.db.survey(&survey, noon()).await.unwrap(), &survey, user).await.unwrap()
}

fn from(email: &str, password: &str) -> NewSession {
    NewSession {
        email: email.to_owned(),
        password: password.to_owned(),
        device: "Firefox".to_owned(),
        address: "192.0.2.7".to_owned(),
        language: "fr".to_owned(),
    }
}

async fn enter(world: &World, email: &str, password: &str) -> domain::Result<Token> {
    sign_in(&world.db, from(email, password), noon()).await?.session()
}

/// Who the letters that wait are to, what they are, and what they tell.
async fn told(world: &World) -> Vec<(String, LetterKind, String)> {
    let mut told = Vec::new();
    while let Some(letter) = take_due(&world.db, JOB, noon()).await.unwrap() {
        record_sent(&world.db, JOB, &letter, noon()).await.unwrap();
        let has_reason = letter.arguments.get("reason").is_some_and(|reason| !reason.is_empty());
        let is_told_why = letter.kind == LetterKind::OperatorsTold && letter.arguments["change"] != "signed-out";
        assert_eq!(has_reason, is_told_why, "{letter:?}");
        told.push((letter.recipient.clone(), letter.kind, letter.arguments["change"].clone()));
    }
    told.sort();
    told
}

/// The letters to the person and to the operator who did not do it.
fn letters(change: &str) -> Vec<(String, LetterKind, String)> {
    [(LINA, LetterKind::AccountStopped), (SARA, LetterKind::OperatorsTold)]
        .map(|(to, kind)| (to.to_owned(), kind, change.to_owned()))
        .into()
}

#[tokio::test]
async fn nobody_comes_in_by_a_stopped_account_and_only_who_proves_it_learns_why() {
    let (world, lina) = world().await;
    let omar = world.actor(OMAR).await;
    let before = enter(&world, LINA, PASSWORD).await.unwrap();
    stop(&world, &omar, lina).await.unwrap();
    assert_eq!(seen(&world, lina).await.stopped_at, Some(noon()));
    let session = signed_in(&world.db, before.reveal(), "192.0.2.7", noon()).await;
    assert!(matches!(session, Err(Error::Unauthenticated)), "{session:?}");
    let refused = enter(&world, LINA, PASSWORD).await;
    assert!(matches!(refused, Err(Error::AccountStopped)), "{refused:?}");
    for (email, password) in [(LINA, "another few words"), ("nobody@else.test", PASSWORD)] {
        let wrong = enter(&world, email, password).await;
        assert!(matches!(wrong, Err(Error::WrongPassword)), "{email}: {wrong:?}");
    }
    let who = Foreigner {
        issuer: "https://sso.test".to_owned(),
        subject: "lina".to_owned(),
        proven_email: Some(LINA.to_owned()),
        name: None,
        origin: Origin { provider: "peer".to_owned(), sid: None, id_token: None },
    };
    let arrival = arrive(&world.db, &who, &from(LINA, ""), noon()).await;
    assert!(matches!(arrival, Err(Error::AccountStopped)), "{arrival:?}");
    // Whatever way is built one day.
    let sql =
        "INSERT INTO session (id, user_id, token_sha256, device, address, created_at, seen_at, proved_at, expires_at)
               VALUES (gen_random_uuid(), $1, sha256('x'), 'test', '', $2, $2, $2, '2100-01-01')";
    let insert = world.try_run(sql, [lina.into(), noon().into()]).await;
    assert!(insert.unwrap_err().to_string().contains("the account is stopped"));
    // A session that was left open by mistake is of no use either.
    world.run("UPDATE session SET ended_at = NULL WHERE user_id = $1", [lina.into()]).await;
    let session = signed_in(&world.db, before.reveal(), "192.0.2.7", noon()).await;
    assert!(matches!(session, Err(Error::Unauthenticated)), "{session:?}");
    open(&world, &omar, lina).await.unwrap();
    enter(&world, LINA, PASSWORD).await.unwrap();
    assert_eq!(seen(&world, lina).await.stopped_at, None);
}

#[tokio::test]
async fn a_persons_own_tokens_stop_with_their_account_and_a_service_accounts_go_on() {
    let (world, _) = world().await;
    let (omar, atlas) = (world.actor(OMAR).await, world.atlas);
    let developer = id(&world, "developer@atlas.test").await;
    let own = world.own_token(atlas, asked(atlas, 1)).await.unwrap().secret;
    let ask = MakeToken { role: Some(Role::Developer), ..asked(atlas, 1) };
    let service = world.service_token(atlas, ask).await.unwrap().secret;
    stop(&world, &omar, developer).await.unwrap();
    let seat = world.seat(atlas, &own, noon()).await;
    assert!(matches!(seat, Err(Error::Unauthenticated)), "{seat:?}");
    world.seat(atlas, &service, noon()).await.unwrap();
    open(&world, &omar, developer).await.unwrap();
    world.seat(atlas, &own, noon()).await.unwrap();
}

#[tokio::test]
async fn one_operator_is_enough_and_the_others_and_its_person_hear_of_it() {
    let (world, lina) = world().await;
    let omar = world.actor(OMAR).await;
    enter(&world, LINA, PASSWORD).await.unwrap();
    enter(&world, LINA, PASSWORD).await.unwrap();
    told(&world).await;
    let survey = omar.prove::<StopAccounts>().unwrap();
    let look = world.db.survey(&survey, noon()).await.unwrap();
    assert_eq!(find_account(&look, &survey, " Lina@ELSE.test ").await.unwrap(), lina);
    let unknown = find_account(&look, &survey, "nobody@else.test").await;
    assert!(matches!(unknown, Err(Error::Invalid { field: "email", .. })), "{unknown:?}");
    drop(look);
    assert_eq!(seen(&world, lina).await.n_sessions, 2);
    sign_out(&world, &omar, lina).await.unwrap();
    assert_eq!((seen(&world, lina).await.n_sessions, told(&world).await), (0, letters("signed-out")));
    let twice = sign_out(&world, &omar, lina).await;
    assert!(matches!(twice, Err(Error::Conflict("account-signed-out"))), "{twice:?}");
    enter(&world, LINA, PASSWORD).await.unwrap();
    stop(&world, &omar, lina).await.unwrap();
    assert_eq!(told(&world).await, letters("stopped"));
    let twice = stop(&world, &omar, lina).await;
    assert!(matches!(twice, Err(Error::Conflict("account-stopped-already"))), "{twice:?}");
    open(&world, &omar, lina).await.unwrap();
    assert_eq!(told(&world).await, letters("opened"));
    let twice = open(&world, &omar, lina).await;
    assert!(matches!(twice, Err(Error::Conflict("account-open-already"))), "{twice:?}");
    assert!(told(&world).await.is_empty());
    for (verb, reason) in
        [("account.stopped", Some(REASON)), ("account.opened", Some(REASON)), ("account.signed_out", None)]
    {
        let sql = "SELECT count(*) AS n FROM audit WHERE verb = $1 AND subject = $2 AND organisation_id IS NULL
                   AND staff_role = 'operator' AND after->>'reason' IS NOT DISTINCT FROM $3";
        let values = [verb.into(), lina.to_string().into(), reason.map(|reason: &str| reason.trim().to_owned()).into()];
        assert_eq!(world.number(sql, values).await, 1, "{verb}");
    }
    let owner = seen(&world, id(&world, "owner@atlas.test").await).await;
    assert_eq!((owner.roles.len(), owner.organisations.len(), owner.n_sessions), (0, 1, 1));
    assert_eq!(seen(&world, id(&world, SARA).await).await.roles, [StaffRole::Operator]);
    for role in ["incubator", "finance", "auditor"] {
        let survey = world.actor(&format!("{role}@hub.test")).await.prove::<StopAccounts>();
        assert!(matches!(survey, Err(Error::Forbidden("StopAccounts"))), "{role}");
    }
}

#[tokio::test]
async fn nobody_stops_themselves_and_the_hub_keeps_an_operator() {
    let (world, _) = world().await;
    let (omar, sara) = (world.actor(OMAR).await, world.actor(SARA).await);
    let own = stop(&world, &omar, omar.person().id).await;
    assert!(matches!(own, Err(Error::Conflict("stop-own"))), "{own:?}");
    let both = futures_util::future::join(stop(&world, &omar, sara.person().id), stop(&world, &sara, omar.person().id));
    let (by_omar, by_sara) = both.await;
    let (left, late) = if by_omar.is_ok() { (&omar, by_sara) } else { (&sara, by_omar) };
    assert!(matches!(late, Err(Error::Conflict("last-operator"))), "{late:?}");
    // Who is stopped is nobody to leave the hub to.
    let ask = RevokeStaff { user: left.person().id, role: StaffRole::Operator, reason: "leaves".to_owned() };
    let (survey, recent) = (left.prove::<AppointStaff>().unwrap(), left.recent(noon()).unwrap());
    let last = revoke_staff(&world.db, &survey, recent, &ask, noon()).await;
    assert!(matches!(last, Err(Error::Conflict("last-operator"))), "{last:?}");
}

#[tokio::test]
async fn whoever_signs_in_while_it_is_stopped_is_in_before_and_out_after_it() {
    let (world, lina) = world().await;
    let omar = world.actor(OMAR).await;
    let insert = |n: i32| {
        let sql = "INSERT INTO session (id, user_id, token_sha256, device, address, created_at, seen_at, proved_at, expires_at)
                   VALUES (gen_random_uuid(), $1, sha256($3::text::bytea), 'test', '', $2, $2, $2, '2100-01-01')";
        world.try_run(sql, [lina.into(), noon().into(), n.to_string().into()])
    };
    let inserts = futures_util::future::join_all((0..50).map(insert));
    let (outcomes, stopped) = futures_util::future::join(inserts, stop(&world, &omar, lina)).await;
    stopped.unwrap();
    for outcome in outcomes.into_iter().filter_map(Result::err) {
        assert!(outcome.to_string().contains("the account is stopped"), "{outcome}");
    }
    let alive = "SELECT count(*) AS n FROM session WHERE user_id = $1 AND ended_at IS NULL";
    assert_eq!(world.number(alive, [lina.into()]).await, 0);
}

#[tokio::test]
async fn an_account_that_is_stopped_is_not_erased_though_it_was_closed() {
    let (world, lina) = world().await;
    let token = enter(&world, LINA, PASSWORD).await.unwrap();
    let actor = signed_in(&world.db, token.reveal(), "192.0.2.7", noon()).await.unwrap();
    close_account(&world.db, &actor, actor.recent(noon()).unwrap(), "en", noon()).await.unwrap();
    stop(&world, &world.actor(OMAR).await, lina).await.unwrap();
    let due = noon().plus_seconds((CLOSING_HOURS + 1) * 3600);
    assert_eq!(erase_due(&world.db, JOB, due).await.unwrap(), 0);
    assert_eq!(seen(&world, lina).await.email, LINA);
}

#[tokio::test]
async fn the_staffs_role_ends_sessions_and_stops_accounts_by_these_functions_alone() {
    let (world, _) = world().await;
    let mut options = ConnectOptions::new(world.database().staff_url());
    options.max_connections(1).sqlx_logging(false);
    let staff = Database::connect(options).await.unwrap();
    for sql in ["UPDATE person SET stopped_at = created_at", "UPDATE session SET ended_at = created_at"] {
        let refused = staff.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
    let mut options = ConnectOptions::new(world.database().tenant_url());
    options.max_connections(1).sqlx_logging(false);
    let tenant = Database::connect(options).await.unwrap();
    for call in ["stop_account(NULL, now())", "open_account(NULL)", "account_of(NULL, now(), '1 hour')"] {
        let refused = tenant.execute_unprepared(&format!("SELECT * FROM {call}")).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{call}: {refused}");
    }
}
