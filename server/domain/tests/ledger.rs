//! The ledger against a real PostgreSQL: accounts, entries, holds, lots.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its world has failed")]

mod world;

use domain::access::policy::{GrantCredits, ReadBalance};
use world::World;

#[tokio::test]
async fn people_of_the_world_prove_what_their_roles_allow() {
    let world = World::new().await;
    let scope = world.scope::<ReadBalance>("billing@atlas.test", world.atlas).await;
    assert_eq!(scope.organisation(), world.atlas.id);
    assert!(world.actor("viewer@atlas.test").await.enter(&world.db, "breton").await.is_err());
    let incubator = world.actor("incubator@hub.test").await.enter(&world.db, "breton").await.unwrap();
    assert!(incubator.may::<GrantCredits>() && !world.actor("finance@hub.test").await.prove::<GrantCredits>().is_ok());
}
