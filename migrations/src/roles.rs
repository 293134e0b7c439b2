//! The three roles that the portal works as: roles belong to the server, so no step of one database's schema makes them.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// What became of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleOutcome {
    /// It was not there before.
    Made,
    /// It was there and has the password now.
    Updated,
}

/// Makes the role, or gives it the password; it owns nothing and passes no policy by.
///
/// # Errors
/// When the connection's role may not make roles, and the database's own.
pub async fn make_role(owner: &impl ConnectionTrait, role: &str, password: &str) -> Result<RoleOutcome, DbErr> {
    let known = "SELECT 1 FROM pg_roles WHERE rolname = $1";
    let known = Statement::from_sql_and_values(DbBackend::Postgres, known, [role.into()]);
    let outcome = match owner.query_one_raw(known).await? {
        Some(_) => RoleOutcome::Updated,
        None => RoleOutcome::Made,
    };
    let verb = if outcome == RoleOutcome::Made { "CREATE" } else { "ALTER" };
    // The statement takes no parameters; both texts are quoted as PostgreSQL quotes them.
    let (role, password) = (role.replace('"', "\"\""), password.replace('\'', "''"));
    owner.execute_unprepared(&format!("{verb} ROLE \"{role}\" LOGIN PASSWORD '{password}'")).await?;
    Ok(outcome)
}
