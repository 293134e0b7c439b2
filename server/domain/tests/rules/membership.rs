//! Coming into an organisation, changing and leaving it, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Actor, NewPerson, NewSession, PROOF_MINUTES, Proof, invitation_of, join, join_as_new,
        policy::{LaunchInstances, ManageMembers, ManageOwners, ReadOrganisation},
        prove_again, sign_in, signed_in,
    },
    commands::Command,
    mail::{record_sent, take_due},
    organisations::{
        INVITATION_HOURS, change_role, invite, leave, list_invitations_in, remove_member, resend_invitation,
        revoke_invitation, transfer_ownership,
    },
    secrets::SecretKeys,
};
use types::{InvitationView, Invite, LetterKind, Role, Timestamp, UserId};

use crate::world::{
    JOB, World, noon,
    once::{is_used_up, is_used_up_or_unhashed, n_passed},
};

const NEW: &str = "salma@new.test";
const PASSWORD: &str = "a few words in a row";
const JOINED: &str = "SELECT count(*) AS n FROM audit WHERE verb = 'member.joined'";

fn later(minutes: i64) -> Timestamp {
    noon().plus_seconds(minutes * 60)
}

async fn invited(world: &World, by: &str, email: &str, role: Role, now: Timestamp) -> domain::Result<InvitationView> {
    let scope = world.scope::<ManageMembers>(by, world.atlas).await;
    let recent = world.actor(by).await.recent(noon()).unwrap();
    let ask = Invite { email: email.to_owned(), role };
    let command = Command::new(&format!("{email}{now}"), "invite", &ask).unwrap();
    invite(&world.db, &scope, recent, command, (ask, "fr"), now).await
}

/// The token of the letter that waits.
async fn token(world: &World, now: Timestamp) -> String {
    let letter = take_due(&world.db, JOB, now).await.unwrap().unwrap();
    record_sent(&world.db, JOB, &letter, now).await.unwrap();
    assert_eq!(letter.kind, LetterKind::Invitation);
    assert_eq!((letter.arguments["organisation"].as_str(), letter.locale.as_deref()), ("atlas", Some("fr")));
    letter.arguments["token"].clone()
}

fn somebody(name: &str) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
        device: "Firefox".to_owned(),
        address: "192.0.2.9".to_owned(),
        language: "ar".to_owned(),
    }
}

async fn id(world: &World, email: &str) -> UserId {
    world.actor(email).await.person().id
}

async fn role(world: &World, email: &str) -> Option<Role> {
    world.actor(email).await.enter(&world.db, "atlas").await.ok()?.role()
}

async fn n_owners(world: &World) -> i64 {
    let sql = "SELECT count(*) AS n FROM member WHERE role = 'owner' AND organisation_id = $1";
    world.number(sql, [world.atlas.id.into()]).await
}

async fn changed(world: &World, by: &str, email: &str, to: Role) -> domain::Result<()> {
    let scope = world.scope::<ManageMembers>(by, world.atlas).await;
    let recent = world.actor(by).await.recent(noon()).unwrap();
    change_role(&world.db, &scope, recent, (id(world, email).await, to), noon()).await
}

#[tokio::test]
async fn whoever_is_invited_makes_an_account_and_joins_once_with_the_role_that_was_given() {
    let world = World::new().await;
    invited(&world, "owner@atlas.test", " Salma@NEW.test", Role::Developer, noon()).await.unwrap();
    let token = token(&world, noon()).await;
    let seen = invitation_of(&world.db, &token, later(1)).await.unwrap().unwrap();
    assert_eq!((seen.email.as_str(), seen.role, seen.is_known), (NEW, Role::Developer, false));
    assert_eq!((seen.organisation.as_str(), seen.invited_by.as_str()), ("atlas", "owner@atlas.test"));
    for (name, password) in [("  ", PASSWORD), ("Salma", "short"), ("Salma", "password1")] {
        let who = NewPerson { password: password.to_owned(), ..somebody(name) };
        let refused = join_as_new(&world.db, &token, who, later(1)).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{name} {password}");
    }
    let (session, slug) = join_as_new(&world.db, &token, somebody(" Salma "), later(2)).await.unwrap();
    let actor = signed_in(&world.db, session.reveal(), "", later(3)).await.unwrap();
    assert_eq!((actor.person().name.as_str(), actor.person().locale.as_deref()), ("Salma", Some("ar")));
    let seat = actor.enter(&world.db, &slug).await.unwrap();
    assert!(seat.prove::<LaunchInstances>().is_ok() && seat.prove::<ManageMembers>().is_err());
    assert!(matches!(join_as_new(&world.db, &token, somebody("Other"), later(3)).await, Err(Error::NotFound)));
    assert_eq!(invitation_of(&world.db, &token, later(3)).await.unwrap(), None);
    for verb in ["member.invited", "person.registered", "member.joined"] {
        assert_eq!(world.number("SELECT count(*) AS n FROM audit WHERE verb = $1", [verb.into()]).await, 1, "{verb}");
    }
}

#[tokio::test]
async fn of_fifty_who_bring_an_invitation_at_once_one_gets_in() {
    let world = World::new().await;
    invited(&world, "owner@atlas.test", NEW, Role::Viewer, noon()).await.unwrap();
    let token = token(&world, noon()).await;
    let tries = (0..50).map(|n| {
        let (db, token) = (world.db.clone(), token.clone());
        tokio::spawn(async move { join_as_new(&db, &token, somebody(&format!("n{n}")), later(1)).await })
    });
    assert_eq!(n_passed(tries.collect(), is_used_up_or_unhashed).await, 1);
    assert_eq!(world.number(JOINED, []).await, 1);
}

/// Somebody who has an account: here nothing but the invitation itself says that it was used.
#[tokio::test]
async fn of_fifty_tries_of_one_person_with_an_invitation_one_joins_and_none_after_they_were_removed() {
    let world = World::new().await;
    invited(&world, "owner@atlas.test", "viewer@breton.test", Role::Billing, noon()).await.unwrap();
    let (token, invitee) = (token(&world, noon()).await, world.actor("viewer@breton.test").await);
    let tries = (0..50).map(|_| {
        let (db, invitee, token) = (world.db.clone(), invitee.clone(), token.clone());
        tokio::spawn(async move { join(&db, &invitee, &token, later(1)).await })
    });
    assert_eq!(n_passed(tries.collect(), is_used_up).await, 1);
    assert_eq!(world.number(JOINED, []).await, 1);
    assert_eq!(role(&world, "viewer@breton.test").await, Some(Role::Billing));
    let scope = world.scope::<ManageMembers>("owner@atlas.test", world.atlas).await;
    let recent = world.actor("owner@atlas.test").await.recent(noon()).unwrap();
    remove_member(&world.db, &scope, recent, invitee.person().id, later(2)).await.unwrap();
    let again = join(&world.db, &invitee, &token, later(3)).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    assert_eq!(role(&world, "viewer@breton.test").await, None);
    assert_eq!(world.number(JOINED, []).await, 1);
}

#[tokio::test]
async fn an_invitation_is_for_its_address_and_for_seventy_two_hours() {
    let world = World::new().await;
    invited(&world, "admin@atlas.test", "viewer@breton.test", Role::Billing, noon()).await.unwrap();
    let token = token(&world, noon()).await;
    let other = world.actor("developer@breton.test").await;
    assert!(matches!(join(&world.db, &other, &token, later(1)).await, Err(Error::NotFound)), "another address");
    let taken = join_as_new(&world.db, &token, somebody("Thief"), later(1)).await;
    assert!(matches!(taken, Err(Error::NotFound)), "the address has an account");
    let invitee = world.actor("viewer@breton.test").await;
    let late = join(&world.db, &invitee, &token, later(INVITATION_HOURS * 60)).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    assert_eq!(join(&world.db, &invitee, &token, later(INVITATION_HOURS * 60 - 1)).await.unwrap(), "atlas");
    assert_eq!(role(&world, "viewer@breton.test").await, Some(Role::Billing));
    assert!(
        world.actor("viewer@breton.test").await.enter(&world.db, "breton").await.is_ok(),
        "and stays where they were"
    );
}

#[tokio::test]
async fn an_invitation_is_sent_again_with_another_token_and_taken_back() {
    let world = World::new().await;
    let scope = world.scope::<ManageMembers>("owner@atlas.test", world.atlas).await;
    let recent = world.actor("owner@atlas.test").await.recent(noon()).unwrap();
    let first = invited(&world, "owner@atlas.test", NEW, Role::Viewer, noon()).await.unwrap();
    let old = token(&world, noon()).await;
    let soon = resend_invitation(&world.db, &scope, recent, (first.id, "fr"), noon().plus_seconds(59)).await;
    assert!(matches!(soon, Err(Error::Conflict("invitation-just-sent"))), "{soon:?}");
    let again = resend_invitation(&world.db, &scope, recent, (first.id, "fr"), later(1)).await.unwrap();
    assert_eq!((again.id, again.expires_at), (first.id, later(1 + INVITATION_HOURS * 60)));
    let new = token(&world, later(1)).await;
    assert_eq!(invitation_of(&world.db, &old, later(2)).await.unwrap(), None, "the first letter no longer works");
    assert!(invitation_of(&world.db, &new, later(2)).await.unwrap().is_some());
    revoke_invitation(&world.db, &scope, first.id, later(3)).await.unwrap();
    assert_eq!(invitation_of(&world.db, &new, later(4)).await.unwrap(), None);
    for verb in ["resend", "revoke"] {
        let refused = match verb {
            "resend" => resend_invitation(&world.db, &scope, recent, (first.id, "fr"), later(9)).await,
            _ => revoke_invitation(&world.db, &scope, first.id, later(9)).await,
        };
        assert!(matches!(refused, Err(Error::NotFound)), "{verb}: {refused:?}");
    }
    let tx = world.db.look(&scope, later(9)).await.unwrap();
    assert_eq!(list_invitations_in(&tx, &scope).await.unwrap().items, []);
}

#[tokio::test]
async fn nobody_is_invited_twice_and_an_expired_invitation_makes_room() {
    let world = World::new().await;
    let ask = async |email: &'static str, now| invited(&world, "owner@atlas.test", email, Role::Viewer, now).await;
    ask(NEW, noon()).await.unwrap();
    let again = ask(NEW, later(1)).await;
    assert!(matches!(again, Err(Error::Conflict("invited-already"))), "{again:?}");
    let member = ask("viewer@atlas.test", noon()).await;
    assert!(matches!(member, Err(Error::Conflict("member-already"))), "{member:?}");
    let nonsense = ask("no address", noon()).await;
    assert!(matches!(nonsense, Err(Error::Invalid { field: "email", .. })), "{nonsense:?}");
    ask(NEW, later(INVITATION_HOURS * 60)).await.unwrap();
    let open = "SELECT count(*) AS n FROM invitation WHERE revoked_at IS NULL AND accepted_at IS NULL";
    assert_eq!(world.number(open, []).await, 1);
}

#[tokio::test]
async fn only_owners_make_and_unmake_owners() {
    let world = World::new().await;
    let by_admin = [
        changed(&world, "admin@atlas.test", "viewer@atlas.test", Role::Owner).await,
        changed(&world, "admin@atlas.test", "owner@atlas.test", Role::Viewer).await,
        invited(&world, "admin@atlas.test", NEW, Role::Owner, noon()).await.map(drop),
    ];
    for refused in by_admin {
        assert!(matches!(refused, Err(Error::Forbidden("ManageOwners"))), "{refused:?}");
    }
    let scope = world.scope::<ManageMembers>("admin@atlas.test", world.atlas).await;
    let recent = world.actor("admin@atlas.test").await.recent(noon()).unwrap();
    let removed = remove_member(&world.db, &scope, recent, id(&world, "owner@atlas.test").await, noon()).await;
    assert!(matches!(removed, Err(Error::Forbidden("ManageOwners"))), "{removed:?}");
    changed(&world, "admin@atlas.test", "viewer@atlas.test", Role::Billing).await.unwrap();
    changed(&world, "owner@atlas.test", "admin@atlas.test", Role::Owner).await.unwrap();
    assert_eq!(role(&world, "viewer@atlas.test").await, Some(Role::Billing));
    assert_eq!(n_owners(&world).await, 2);
    let foreign = changed(&world, "owner@atlas.test", "viewer@breton.test", Role::Viewer).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
}

#[tokio::test]
async fn the_last_owner_stays_also_when_two_go_at_once() {
    let world = World::new().await;
    let alone = changed(&world, "owner@atlas.test", "owner@atlas.test", Role::Admin).await;
    assert!(matches!(alone, Err(Error::Conflict("last-owner"))), "{alone:?}");
    changed(&world, "owner@atlas.test", "admin@atlas.test", Role::Owner).await.unwrap();
    let mut goes = Vec::new();
    for email in ["owner@atlas.test", "admin@atlas.test"] {
        let scope = world.scope::<ReadOrganisation>(email, world.atlas).await;
        let db = world.db.clone();
        goes.push(tokio::spawn(async move { leave(&db, &scope, noon()).await }));
    }
    let n_gone = n_passed(goes, |error| matches!(error, Error::Conflict("last-owner"))).await;
    assert_eq!((n_gone, n_owners(&world).await), (1, 1));
}

#[tokio::test]
async fn an_organisation_is_handed_over_in_one_step() {
    let world = World::new().await;
    let scope = world.scope::<ManageOwners>("owner@atlas.test", world.atlas).await;
    let recent = world.actor("owner@atlas.test").await.recent(noon()).unwrap();
    let (owner, viewer) = (id(&world, "owner@atlas.test").await, id(&world, "viewer@atlas.test").await);
    let own = transfer_ownership(&world.db, &scope, recent, owner, noon()).await;
    assert!(matches!(own, Err(Error::Conflict("owner-already"))), "{own:?}");
    transfer_ownership(&world.db, &scope, recent, viewer, noon()).await.unwrap();
    assert_eq!(role(&world, "viewer@atlas.test").await, Some(Role::Owner));
    assert_eq!(role(&world, "owner@atlas.test").await, Some(Role::Admin));
    let again = transfer_ownership(&world.db, &scope, recent, viewer, noon()).await;
    assert!(matches!(again, Err(Error::Forbidden("ManageOwners"))), "the proof is older than the change: {again:?}");
}

#[tokio::test]
async fn who_leaves_or_is_removed_is_a_stranger_and_staff_cannot_leave() {
    let world = World::new().await;
    let viewer = world.scope::<ReadOrganisation>("viewer@atlas.test", world.atlas).await;
    leave(&world.db, &viewer, noon()).await.unwrap();
    assert_eq!(role(&world, "viewer@atlas.test").await, None);
    let scope = world.scope::<ManageMembers>("owner@atlas.test", world.atlas).await;
    let recent = world.actor("owner@atlas.test").await.recent(noon()).unwrap();
    let developer = id(&world, "developer@atlas.test").await;
    remove_member(&world.db, &scope, recent, developer, noon()).await.unwrap();
    assert_eq!(role(&world, "developer@atlas.test").await, None);
    let again = remove_member(&world.db, &scope, recent, developer, noon()).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let auditor = world.scope::<ReadOrganisation>("auditor@hub.test", world.atlas).await;
    assert!(matches!(leave(&world.db, &auditor, noon()).await, Err(Error::NotFound)));
    let audited =
        "SELECT count(*) AS n FROM audit WHERE verb IN ('member.left', 'member.removed') AND before IS NOT NULL";
    assert_eq!(world.number(audited, []).await, 2);
}

#[tokio::test]
async fn what_a_member_asked_ends_with_their_right_to_ask_it() {
    let world = World::new().await;
    invited(&world, "admin@atlas.test", "second@else.test", Role::Viewer, noon()).await.unwrap();
    let second = token(&world, noon()).await;
    invited(&world, "owner@atlas.test", "heir@else.test", Role::Owner, noon()).await.unwrap();
    let heir = token(&world, noon()).await;
    invited(&world, "owner@atlas.test", NEW, Role::Viewer, noon()).await.unwrap();
    let new = token(&world, noon()).await;
    let is_open = async |token: &str| invitation_of(&world.db, token, later(1)).await.unwrap().is_some();
    changed(&world, "owner@atlas.test", "admin@atlas.test", Role::Viewer).await.unwrap();
    assert!(!is_open(&second).await, "who is removed or lowered must not come back by a letter of their own");
    assert!(is_open(&heir).await && is_open(&new).await);
    changed(&world, "owner@atlas.test", "admin@atlas.test", Role::Owner).await.unwrap();
    changed(&world, "owner@atlas.test", "owner@atlas.test", Role::Admin).await.unwrap();
    assert!(!is_open(&heir).await && is_open(&new).await, "an admin asks no owner");
    let owner = world.scope::<ReadOrganisation>("owner@atlas.test", world.atlas).await;
    leave(&world.db, &owner, noon()).await.unwrap();
    assert!(!is_open(&new).await);
    assert_eq!(world.number("SELECT count(*) AS n FROM audit WHERE verb = 'invitation.revoked'", []).await, 3);
}

#[tokio::test]
async fn strangers_get_only_so_many_letters() {
    let world = World::new().await;
    let scope = world.scope::<ManageMembers>("owner@atlas.test", world.atlas).await;
    let recent = world.actor("owner@atlas.test").await.recent(noon()).unwrap();
    let id = invited(&world, "owner@atlas.test", NEW, Role::Viewer, noon()).await.unwrap().id;
    for n in 1..10 {
        resend_invitation(&world.db, &scope, recent, (id, "fr"), later(n)).await.unwrap();
    }
    let more = resend_invitation(&world.db, &scope, recent, (id, "fr"), later(60)).await;
    assert!(matches!(more, Err(Error::Conflict("invitation-letters-many"))), "{more:?}");
    // Asked and taken back, as often as a day allows.
    let today =
        "INSERT INTO invitation (organisation_id, id, email, role, token_sha256, invited_by, created_at, sent_at,
                     expires_at, revoked_at)
                 SELECT i.organisation_id, gen_random_uuid(), 'n' || n || '@else.test', 'viewer', int8send(n),
                     i.invited_by, $1, $1, $1, $1 FROM invitation i, generate_series(1, 199) n";
    world.run(today, [noon().into()]).await;
    let another = invited(&world, "owner@atlas.test", "another@else.test", Role::Viewer, later(60)).await;
    assert!(matches!(another, Err(Error::Conflict("invitations-many"))), "{another:?}");
    invited(&world, "owner@atlas.test", "another@else.test", Role::Viewer, later(24 * 60)).await.unwrap();
}

#[tokio::test]
async fn a_proof_of_who_one_is_counts_for_ten_minutes_and_a_password_renews_it() {
    let world = World::new().await;
    let user = world.founding.add_person("nadia@else.test", "Nadia", PASSWORD, noon()).await.unwrap();
    world.founding.add_member(world.atlas.id, user, Role::Owner, noon()).await.unwrap();
    let ask = NewSession {
        email: "nadia@else.test".to_owned(),
        password: PASSWORD.to_owned(),
        device: "Firefox".to_owned(),
        address: "192.0.2.7".to_owned(),
        language: "en".to_owned(),
    };
    let token = sign_in(&world.db, ask, noon()).await.unwrap().session().unwrap();
    let actor = async |now| -> Actor { signed_in(&world.db, token.reveal(), "", now).await.unwrap() };
    let last = noon().plus_seconds(PROOF_MINUTES * 60 - 1);
    assert!(actor(last).await.recent(last).is_some());
    let late = later(PROOF_MINUTES);
    assert!(actor(late).await.recent(late).is_none());
    let keys = SecretKeys::default();
    let proof =
        |password: &str| Proof { password: password.to_owned(), code: String::new(), language: "en".to_owned() };
    let wrong = prove_again(&world.db, &keys, &actor(late).await, proof("guessed"), late).await;
    assert!(matches!(wrong, Err(Error::WrongPassword)), "{wrong:?}");
    assert!(actor(late).await.recent(late).is_none());
    let renewed = prove_again(&world.db, &keys, &actor(late).await, proof(PASSWORD), late).await.unwrap();
    assert!(signed_in(&world.db, renewed.reveal(), "", late).await.unwrap().recent(late).is_some());
    let old = signed_in(&world.db, token.reveal(), "", late).await;
    assert!(matches!(old, Err(Error::Unauthenticated)), "who has the token from before has nothing from the proof");
}
