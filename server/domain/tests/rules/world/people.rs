//! The people of the world. Their sessions are there already, since hashing fourteen passwords takes seconds: a
//! person's token is their address, and the session was last used in the far future, so that it never grows idle. At noon
//! they have just proved who they are.

use super::{Tenant, World, noon, start};

/// A developer of every organisation, also of those that a test opens later.
pub(super) const EVERYWHERE: &str = "developer@everywhere.test";

/// Gives each organisation a member in every role, and the hub one person in every staff role.
pub(super) async fn settle_in(world: &World) {
    for role in ["operator", "incubator", "finance", "auditor"] {
        sign_in(world, &format!("{role}@hub.test")).await;
        let sql = "INSERT INTO staff (user_id, role, since) SELECT id, $1, $2 FROM person WHERE email = $3";
        world.run(sql, [role.into(), start().into(), format!("{role}@hub.test").into()]).await;
    }
    sign_in(world, EVERYWHERE).await;
    for tenant in [world.atlas, world.breton] {
        join(world, tenant, EVERYWHERE, "developer").await;
        for role in ["owner", "admin", "developer", "billing", "viewer"] {
            let email = format!("{role}@{}.test", tenant.slug);
            sign_in(world, &email).await;
            join(world, tenant, &email, role).await;
        }
    }
}

/// Makes a person a member.
pub(super) async fn join(world: &World, tenant: Tenant, email: &str, role: &str) {
    let sql = "INSERT INTO member (organisation_id, user_id, role, joined_at)
               SELECT $1, id, $2, $3 FROM person WHERE email = $4";
    world.run(sql, [tenant.id.into(), role.into(), start().into(), email.into()]).await;
}

/// Makes an account with a session.
pub(super) async fn sign_in(world: &World, email: &str) {
    let person = "INSERT INTO person (id, email, name, created_at) VALUES (gen_random_uuid(), $1, $1, $2)";
    world.run(person, [email.into(), start().into()]).await;
    let session = "INSERT INTO session (id, user_id, token_sha256, device, address, created_at, seen_at, proved_at,
                       expires_at)
                   SELECT gen_random_uuid(), id, sha256(email::bytea), 'test', '192.0.2.1', $2, '2100-01-01', $3, '2100-01-01'
                   FROM person WHERE email = $1";
    world.run(session, [email.into(), start().into(), noon().into()]).await;
}
