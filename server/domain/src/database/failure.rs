//! What PostgreSQL says about a failed statement.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

fn sqlx(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// The five characters of the SQLSTATE.
pub(crate) fn sql_state(error: &DbErr) -> Option<String> {
    match sqlx(error)? {
        SqlxError::Database(error) => error.code().map(|code| code.into_owned()),
        _ => None,
    }
}

/// The name of the constraint that was violated.
pub(crate) fn constraint(error: &DbErr) -> Option<String> {
    match sqlx(error)? {
        SqlxError::Database(error) => error.constraint().map(str::to_owned),
        _ => None,
    }
}

/// Whether the connection broke, so that nothing is known of the statement.
pub(crate) fn is_lost_connection(error: &DbErr) -> bool {
    matches!(
        sqlx(error),
        Some(SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::WorkerCrashed)
    )
}
