//! Signing in, sessions, seats and proofs, on a real PostgreSQL.

use domain::{
    Database, DatabaseUrls, Error,
    access::{
        ABSOLUTE_HOURS, Actor, IDLE_HOURS, NewSession, end_session, list_sessions,
        policy::{self, LaunchInstances, ReadAudit, ReadInstances, ReadMembers, ReadNodes, SetPrices},
        sign_in, sign_out, signed_in,
    },
    founding::{Founding, NewOrganisation},
    organisations::{list_members_in, list_memberships, list_projects_in},
};
use testing::TestDatabase;
use types::{Currency, OrganisationId, Role, StaffRole, Timestamp};

const PASSWORD: &str = "a long enough password";

struct World {
    _database: TestDatabase,
    founding: Founding,
    db: Database,
    acme: OrganisationId,
    now: Timestamp,
}

fn organisation(slug: &str) -> NewOrganisation {
    NewOrganisation {
        slug: slug.to_owned(),
        name: slug.to_uppercase(),
        legal_name: format!("{slug} SARL"),
        address: "Tétouan".to_owned(),
        country: "MA".to_owned(),
        is_business: true,
        ice: None,
        tax_id: None,
        trade_register: None,
        business_tax: None,
        currency: Currency::Mad,
        language: "fr".to_owned(),
        time_zone: "Africa/Casablanca".to_owned(),
    }
}

async fn world() -> World {
    let database = TestDatabase::new().await;
    let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
    let founding = Founding::connect(&database.owner_url()).await.unwrap();
    founding.found_installation(&organisation("hub"), now).await.unwrap();
    let acme = founding.open_organisation(&organisation("acme"), now).await.unwrap();
    founding.open_organisation(&organisation("other"), now).await.unwrap();
    founding.add_project(acme, "vision", "Vision", now).await.unwrap();
    for (name, role) in [("owner", Role::Owner), ("developer", Role::Developer), ("billing", Role::Billing)] {
        let user = founding.add_person(&format!("{name}@acme.test"), name, PASSWORD, now).await.unwrap();
        founding.add_member(acme, user, role, now).await.unwrap();
    }
    let operator = founding.add_person("operator@hub.test", "operator", PASSWORD, now).await.unwrap();
    founding.appoint(operator, StaffRole::Operator, now).await.unwrap();
    let urls =
        DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
    World { db: Database::connect(&urls).await.unwrap(), _database: database, founding, acme, now }
}

fn with_password(email: &str, password: &str) -> NewSession {
    NewSession {
        email: email.to_owned(),
        password: password.to_owned(),
        device: "Firefox".to_owned(),
        address: "192.0.2.7".to_owned(),
        language: "en".to_owned(),
    }
}

impl World {
    async fn actor(&self, email: &str) -> Actor {
        let token = sign_in(&self.db, with_password(email, PASSWORD), self.now).await.unwrap().session().unwrap();
        signed_in(&self.db, token.reveal(), "192.0.2.7", self.now).await.unwrap()
    }
}

#[tokio::test]
async fn unknown_addresses_and_wrong_passwords_are_refused_alike() {
    let world = world().await;
    for ask in [with_password("owner@acme.test", "another password"), with_password("nobody@acme.test", PASSWORD)] {
        assert!(matches!(sign_in(&world.db, ask, world.now).await, Err(Error::WrongPassword)));
    }
}

#[tokio::test]
async fn the_address_may_be_written_in_any_case() {
    let world = world().await;
    assert!(sign_in(&world.db, with_password(" Owner@ACME.test ", PASSWORD), world.now).await.is_ok());
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_and_when_signed_out() {
    let world = world().await;
    let token =
        sign_in(&world.db, with_password("owner@acme.test", PASSWORD), world.now).await.unwrap().session().unwrap();
    let seen = async |hours: i64| signed_in(&world.db, token.reveal(), "", world.now.plus_seconds(hours * 3600)).await;
    assert!(seen(IDLE_HOURS - 1).await.is_ok());
    assert!(seen(2 * IDLE_HOURS - 2).await.is_ok(), "use moves the idle limit");
    assert!(matches!(seen(4 * IDLE_HOURS).await, Err(Error::Unauthenticated)));

    let token =
        sign_in(&world.db, with_password("owner@acme.test", PASSWORD), world.now).await.unwrap().session().unwrap();
    let seen = async |hours: i64| signed_in(&world.db, token.reveal(), "", world.now.plus_seconds(hours * 3600)).await;
    for hours in (0..ABSOLUTE_HOURS).step_by(8) {
        assert!(seen(hours).await.is_ok(), "{hours} h");
    }
    assert!(matches!(seen(ABSOLUTE_HOURS).await, Err(Error::Unauthenticated)));

    let actor = world.actor("owner@acme.test").await;
    sign_out(&world.db, &actor, world.now).await.unwrap();
    assert!(
        list_sessions(&world.db, &actor, world.now).await.unwrap().items.iter().all(|session| !session.is_this_one)
    );
}

#[tokio::test]
async fn people_end_their_own_sessions_and_nobody_elses() {
    let world = world().await;
    let (first, second) = (world.actor("owner@acme.test").await, world.actor("owner@acme.test").await);
    let stranger = world.actor("developer@acme.test").await;
    assert_eq!(list_sessions(&world.db, &first, world.now).await.unwrap().items.len(), 2);
    let refused = end_session(&world.db, &stranger, second.person().session, world.now).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    end_session(&world.db, &first, second.person().session, world.now).await.unwrap();
    let left = list_sessions(&world.db, &first, world.now).await.unwrap().items;
    assert_eq!(left.iter().map(|session| session.id).collect::<Vec<_>>(), [first.person().session]);
}

#[tokio::test]
async fn strangers_meet_the_same_wall_as_at_nothing() {
    let world = world().await;
    let owner = world.actor("owner@acme.test").await;
    for place in ["other", "nowhere", "org_01ka4c2d0000000000000000zz", ""] {
        assert!(matches!(owner.enter(&world.db, place).await, Err(Error::NotFound)), "{place}");
    }
    assert!(matches!(owner.prove::<ReadNodes>(), Err(Error::NotFound)), "members are not staff");
}

#[tokio::test]
async fn members_learn_which_permission_they_lack() {
    let world = world().await;
    let billing = world.actor("billing@acme.test").await.enter(&world.db, "acme").await.unwrap();
    assert!(matches!(billing.prove::<LaunchInstances>(), Err(Error::Forbidden("LaunchInstances"))));
    assert!(matches!(billing.prove::<(ReadMembers, ReadInstances)>(), Err(Error::Forbidden("ReadInstances"))));
    assert!(billing.prove::<ReadMembers>().is_ok());
}

#[tokio::test]
async fn staff_enter_a_tenant_with_their_own_rights_only() {
    let world = world().await;
    let operator = world.actor("operator@hub.test").await;
    let seat = operator.enter(&world.db, &world.acme.to_string()).await.unwrap();
    assert_eq!(seat.role(), None);
    assert!(seat.prove::<ReadInstances>().is_ok());
    assert!(matches!(seat.prove::<ReadAudit>(), Err(Error::Forbidden("ReadAudit"))));
    assert!(operator.prove::<ReadNodes>().is_ok());
    assert!(matches!(operator.prove::<SetPrices>(), Err(Error::Forbidden("SetPrices"))));
}

#[tokio::test]
async fn pages_read_members_and_projects_of_their_own_organisation_only() {
    let world = world().await;
    let actor = world.actor("developer@acme.test").await;
    let seat = actor.enter(&world.db, "acme").await.unwrap();
    let (members, projects) = (seat.prove().unwrap(), seat.prove().unwrap());
    let tx = world.db.look(&members, world.now).await.unwrap();
    let listed = list_members_in(&tx, &members).await.unwrap().items;
    let names: Vec<_> = listed.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["billing", "developer", "owner"]);
    assert_eq!(list_projects_in(&tx, &projects).await.unwrap().items[0].slug, "vision");
    assert_eq!(list_memberships(&world.db, &actor).await.unwrap()[0].role, Role::Developer);

    let user = world.founding.add_person("guest@other.test", "guest", PASSWORD, world.now).await.unwrap();
    let other = world.founding.open_organisation(&organisation("third"), world.now).await.unwrap();
    world.founding.add_member(other, user, Role::Owner, world.now).await.unwrap();
    let elsewhere = world.actor("guest@other.test").await.enter(&world.db, "third").await.unwrap();
    assert!(matches!(list_members_in(&tx, &elsewhere.prove().unwrap()).await, Err(Error::NotFound)));
}

#[test]
fn the_policy_is_the_one_that_was_agreed() {
    insta::assert_snapshot!(policy::printed());
}
