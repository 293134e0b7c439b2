//! Staff who look as a member would, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Seat, VIEW_MINUTES, begin_view, end_view,
        policy::{
            LaunchInstances, ManageMembers, ReadAudit, ReadBalance, ReadInstances, ReadInvoices, ReadLogs, ReadMembers,
            ReadOrganisation, StopInstances, ViewAsMember,
        },
        seen,
    },
    organisations::leave,
};
use types::{BeginView, Role, Timestamp};

use crate::world::{Tenant, World, noon};

async fn begun(world: &World, staff: &str, role: Role, reason: &str, now: Timestamp) -> domain::Result<()> {
    let scope = world.scope::<ViewAsMember>(&format!("{staff}@hub.test"), world.atlas).await;
    begin_view(&world.db, &scope, &BeginView { role, reason: reason.to_owned() }, now).await
}

/// Where a person of the hub sits, as they look from it.
async fn seat(world: &World, staff: &str, tenant: Tenant, now: Timestamp) -> Seat {
    let seat = world.actor(&format!("{staff}@hub.test")).await.enter(&world.db, tenant.slug).await.unwrap();
    seen(&world.db, seat, now).await.unwrap()
}

#[tokio::test]
async fn a_view_shows_what_both_the_role_and_the_staff_may_see_and_nothing_that_changes() {
    let world = World::new().await;
    let before = seat(&world, "operator", world.atlas, noon()).await;
    assert!(before.may::<StopInstances>() && before.role().is_none());
    begun(&world, "operator", Role::Owner, "they cannot find an instance", noon()).await.unwrap();
    let operator = seat(&world, "operator", world.atlas, noon()).await;
    assert_eq!((operator.role(), operator.seen_as()), (Some(Role::Owner), Some(Role::Owner)));
    assert!(operator.may::<(ReadOrganisation, ReadMembers, ReadInstances)>());
    assert!(!operator.may::<ReadBalance>() && !operator.may::<ReadInvoices>(), "not more than their own right");
    assert!(!operator.may::<ReadLogs>() && !operator.may::<LaunchInstances>() && !operator.may::<ManageMembers>());
    assert!(
        matches!(operator.prove::<StopInstances>(), Err(Error::Forbidden("StopInstances"))),
        "their own right rests"
    );
    let elsewhere = seat(&world, "operator", world.breton, noon()).await;
    assert!(elsewhere.may::<StopInstances>(), "in other organisations it does not");
    begun(&world, "auditor", Role::Billing, "the invoice looks odd", noon()).await.unwrap();
    let auditor = seat(&world, "auditor", world.atlas, noon()).await;
    assert!(auditor.may::<(ReadBalance, ReadInvoices)>());
    assert!(!auditor.may::<ReadInstances>() && !auditor.may::<ReadAudit>(), "not more than the role");
}

#[tokio::test]
async fn nothing_is_written_in_a_view_whatever_the_proof() {
    let world = World::new().await;
    // Somebody of the hub who is a member of the organisation, too.
    let sql = "INSERT INTO member (organisation_id, user_id, role, joined_at)
               SELECT $1, id, 'viewer', created_at FROM person WHERE email = 'operator@hub.test'";
    world.run(sql, [world.atlas.id.into()]).await;
    begun(&world, "operator", Role::Owner, "they asked", noon()).await.unwrap();
    let before = world.fingerprint().await;
    let scope = seat(&world, "operator", world.atlas, noon()).await.prove::<ReadOrganisation>().unwrap();
    let left = leave(&world.db, &scope, noon()).await;
    assert!(matches!(left, Err(Error::Conflict("view-only-looks"))), "{left:?}");
    assert_eq!(world.fingerprint().await, before);
}

#[tokio::test]
async fn beginning_and_ending_stand_in_the_organisations_audit_with_the_reason() {
    let world = World::new().await;
    let long = "x".repeat(501);
    for (reason, is_taken) in [(" ", false), (long.as_str(), false), (" they asked ", true)] {
        let outcome = begun(&world, "operator", Role::Owner, reason, noon()).await;
        assert_eq!(outcome.is_ok(), is_taken, "{outcome:?}");
    }
    let scope = world.scope::<ViewAsMember>("operator@hub.test", world.atlas).await;
    end_view(&world.db, &scope, noon()).await.unwrap();
    end_view(&world.db, &scope, noon()).await.unwrap();
    assert_eq!(seat(&world, "operator", world.atlas, noon()).await.seen_as(), None);
    for verb in ["view.began", "view.ended"] {
        let sql = "SELECT count(*) AS n FROM audit WHERE verb = $1 AND organisation_id = $2 AND staff_role = 'operator'
                   AND after->>'reason' = 'they asked' AND after->>'role' = 'owner'";
        assert_eq!(world.number(sql, [verb.into(), world.atlas.id.into()]).await, 1, "{verb}");
    }
}

#[tokio::test]
async fn a_view_ends_by_itself_and_another_takes_its_place() {
    let world = World::new().await;
    begun(&world, "operator", Role::Owner, "they asked", noon()).await.unwrap();
    let end = noon().plus_seconds(VIEW_MINUTES * 60);
    assert_eq!(seat(&world, "operator", world.atlas, end.plus_seconds(-1)).await.seen_as(), Some(Role::Owner));
    assert_eq!(seat(&world, "operator", world.atlas, end).await.seen_as(), None);
    begun(&world, "operator", Role::Viewer, "they asked again", end).await.unwrap();
    assert_eq!(seat(&world, "operator", world.atlas, end).await.seen_as(), Some(Role::Viewer));
    let open = "SELECT count(*) AS n FROM staff_view WHERE ended_at IS NULL";
    assert_eq!(world.number(open, []).await, 1);
    assert_eq!(world.number("SELECT count(*) AS n FROM audit WHERE verb = 'view.ended'", []).await, 1);
    let member = world.actor("owner@atlas.test").await.enter(&world.db, "atlas").await.unwrap();
    assert!(matches!(member.prove::<ViewAsMember>(), Err(Error::Forbidden("ViewAsMember"))));
}
