//! The pools of the three roles, and the only ways to rows: `Tx` inside one organisation, `Open` outside of all.

mod clock;
mod failure;
mod hints;
mod pools;

use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, FromQueryResult, IsolationLevel, RuntimeErr,
    Statement, TransactionTrait, Value, sea_query::ValueType,
};
use types::{OrganisationId, Timestamp};

pub use clock::Clock;
pub(crate) use failure::{constraint, is_lost_connection, sql_state};
pub use hints::{Hint, Hints};
pub use pools::{Database, DatabaseUrls};

use crate::{
    Error, Result,
    access::{Job, Principal, Scope, Survey},
};

/// How long one answer is waited for, longer than any takes. A server that is gone without a word would be waited for
/// without end: its connection stays open, and sqlx asks the system for no keepalive.
const PATIENCE: Duration = Duration::from_secs(300);

/// An open transaction outside of all organisations: who acts, and when.
///
/// On the tenants' role it reads what belongs to the installation; on the staff's, what staff may see of all
/// organisations; on the workers', what they need to find their work.
#[derive(Debug)]
pub struct Open {
    pub(crate) txn: DatabaseTransaction,
    pub(crate) principal: Principal,
    pub(crate) now: Timestamp,
    rehearses: bool,
}

/// An open transaction inside one organisation: whose it is, who acts, and when.
#[derive(Debug)]
pub struct Tx {
    open: Open,
    pub(crate) organisation: OrganisationId,
}

impl std::ops::Deref for Tx {
    type Target = Open;

    fn deref(&self) -> &Open {
        &self.open
    }
}

/// Whether a transaction may write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Sees one state of the database for its whole life.
    Read,
    Write,
}

impl Database {
    /// Opens a writing transaction that sees the scope's organisation and no other.
    ///
    /// # Errors
    /// A conflict for staff who look as a member would, besides the database's own.
    pub async fn begin<P>(&self, scope: &Scope<P>, now: Timestamp) -> Result<Tx> {
        if scope.only_looks() {
            return Err(Error::Conflict("view-only-looks"));
        }
        self.inside(&self.tenant, scope.organisation(), scope.principal().clone(), now, Access::Write).await
    }

    /// Opens a reading transaction for all the parts of a page, which then agree.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn look<P>(&self, scope: &Scope<P>, now: Timestamp) -> Result<Tx> {
        self.inside(&self.tenant, scope.organisation(), scope.principal().clone(), now, Access::Read).await
    }

    /// Opens a worker's writing transaction inside one organisation.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn work_in(&self, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<Tx> {
        self.inside(&self.worker, organisation, Principal::Worker(job.name()), now, Access::Write).await
    }

    /// Opens a worker's transaction across organisations: it reads them and writes what is the installation's.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn work(&self, job: Job, now: Timestamp) -> Result<Open> {
        self.open(&self.worker, Principal::Worker(job.name()), now, Access::Write).await
    }

    /// Opens a staff transaction that writes what is the installation's.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn govern<P>(&self, survey: &Survey<P>, now: Timestamp) -> Result<Open> {
        self.open(&self.staff, survey.principal().clone(), now, Access::Write).await
    }

    /// Opens a staff transaction that reads across organisations.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn survey<P>(&self, survey: &Survey<P>, now: Timestamp) -> Result<Open> {
        self.open(&self.staff, survey.principal().clone(), now, Access::Read).await
    }

    /// Opens a transaction for what everybody may read: flavours, prices and how many are free.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn public(&self, now: Timestamp) -> Result<Open> {
        self.open(&self.tenant, Principal::Nobody, now, Access::Read).await
    }

    /// The pool for the listed functions that answer before a scope exists.
    pub(crate) fn before_scope(&self) -> &sea_orm::DatabaseConnection {
        &self.tenant
    }

    /// Opens a writing transaction on the tenants' role that is inside no organisation yet.
    pub(crate) async fn public_writing(&self, principal: Principal, now: Timestamp) -> Result<Open> {
        self.open(&self.tenant, principal, now, Access::Write).await
    }

    async fn inside(
        &self,
        pool: &sea_orm::DatabaseConnection,
        organisation: OrganisationId,
        principal: Principal,
        now: Timestamp,
        access: Access,
    ) -> Result<Tx> {
        self.open(pool, principal, now, access).await?.enter(organisation).await
    }

    async fn open(
        &self,
        pool: &sea_orm::DatabaseConnection,
        principal: Principal,
        now: Timestamp,
        access: Access,
    ) -> Result<Open> {
        let txn = match access {
            Access::Read => {
                let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                answered(pool.begin_with_config(Some(level), Some(mode))).await?
            }
            Access::Write => answered(pool.begin()).await?,
        };
        Ok(Open { txn, principal, now, rehearses: self.rehearses })
    }
}

impl Open {
    /// The instant that the request or the worker's tick was given.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Goes on as somebody who was recognised in between, and sees what is theirs.
    pub(crate) async fn by(mut self, principal: Principal) -> Result<Self> {
        if let Some(user) = principal.user() {
            self.set("tamuda.user", user.uuid().to_string()).await?;
        }
        self.principal = principal;
        Ok(self)
    }

    /// Goes on inside an organisation, where one of the owner's functions found that the person belongs there.
    pub(crate) async fn enter(self, organisation: OrganisationId) -> Result<Tx> {
        self.set("tamuda.organisation", organisation.uuid().to_string()).await?;
        Ok(Tx { open: self, organisation })
    }

    /// Makes it true; in a rehearsal it is checked as it would be then, and taken back.
    pub(crate) async fn commit(self) -> Result<()> {
        if self.rehearses {
            self.run("SET CONSTRAINTS ALL IMMEDIATE", []).await?;
            return answered(self.txn.rollback()).await;
        }
        answered(self.txn.commit()).await
    }

    /// Sets a setting that row-level security reads, until the transaction ends.
    pub(crate) async fn set(&self, name: &str, value: String) -> Result<()> {
        self.run("SELECT set_config($1, $2, true)", [name.into(), value.into()]).await.map(drop)
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64> {
        Ok(answered(self.txn.execute_raw(statement(sql, values))).await?.rows_affected())
    }

    /// All rows that a statement returns.
    pub(crate) async fn all<T: FromQueryResult, const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Vec<T>> {
        answered(T::find_by_statement(statement(sql, values)).all(&self.txn)).await
    }

    /// The row that a statement returns, if any.
    pub(crate) async fn one<T: FromQueryResult, const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Option<T>> {
        answered(T::find_by_statement(statement(sql, values)).one(&self.txn)).await
    }
}

impl Tx {
    /// The tenant inside whose rows it is.
    #[must_use]
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Makes it true.
    pub(crate) async fn commit(self) -> Result<()> {
        self.open.commit().await
    }

    /// Whether `scope` was proved in this transaction's organisation.
    pub(crate) fn admits<P>(&self, scope: &Scope<P>) -> Result<()> {
        if scope.organisation() == self.organisation { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// What the database answers; unavailable where it says nothing.
async fn answered<T>(asked: impl Future<Output = std::result::Result<T, DbErr>>) -> Result<T> {
    let silent = |_| DbErr::Conn(RuntimeErr::Internal("it does not answer".to_owned()));
    Ok(tokio::time::timeout(PATIENCE, asked).await.map_err(silent)??)
}

/// A statement of PostgreSQL with its values.
pub(crate) fn statement<const N: usize>(sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

/// Instants as one array.
pub(crate) fn instants(all: impl Iterator<Item = Timestamp>) -> Value {
    Value::Array(Timestamp::array_type(), Some(Box::new(all.map(Value::from).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_server_that_says_nothing_is_away() {
        let silent = answered(std::future::pending::<std::result::Result<(), DbErr>>()).await;
        assert!(matches!(silent, Err(Error::Unavailable(_))), "{silent:?}");
        assert_eq!(answered(async { Ok(1) }).await.unwrap(), 1);
    }
}
