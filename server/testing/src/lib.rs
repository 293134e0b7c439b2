//! A PostgreSQL database of its own for each test, cloned from one that was migrated once. What stands in it (people,
//! organisations, prices) is made by the tests through the domain.

mod server;
mod template;

use std::{process, thread};

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use uuid::Uuid;

use self::server::Server;

/// The variable that names the test server's superuser.
pub const VARIABLE: &str = "TAMUDA_TEST_POSTGRES";

/// A migrated, empty database that no other test sees; dropped with this value.
#[derive(Debug)]
pub struct TestDatabase {
    server: Server,
    name: String,
}

impl TestDatabase {
    /// Clones the template, which the first test after a change of the migrations makes.
    ///
    /// # Panics
    /// When no test server is named or it refuses: such a test has proved nothing.
    #[expect(clippy::panic, reason = "a test without its database has failed, and says what to do")]
    pub async fn new() -> Self {
        match Self::clone_template().await {
            Ok(database) => database,
            Err(error) => panic!("no test database: {error}"),
        }
    }

    /// A copy of this one as it is now, which must have no connections.
    ///
    /// # Errors
    /// When somebody is connected.
    pub async fn copy(&self) -> Result<Self, DbErr> {
        Self::clone_of(self.server.clone(), &self.name).await
    }

    /// Puts a copy in this database's place, as a restored backup would be. Whoever is connected is thrown out.
    ///
    /// # Errors
    /// Only the server's own.
    pub async fn restore(&self, copy: &Self) -> Result<(), DbErr> {
        template::drop_database(&self.server, &self.name).await?;
        let root = self.server.connect("postgres").await?;
        let sql = format!("CREATE DATABASE {} TEMPLATE {} OWNER tamuda_owner", self.name, copy.name);
        root.execute_unprepared(&sql).await?;
        root.close().await
    }

    /// Throws everybody out and lets nobody in, until it is switched back: a server that was stopped.
    ///
    /// # Errors
    /// Only the server's own.
    pub async fn allow_connections(&self, allowed: bool) -> Result<(), DbErr> {
        let root = self.server.connect("postgres").await?;
        root.execute_unprepared(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS {allowed}", self.name)).await?;
        if !allowed {
            let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", self.name);
            root.execute_unprepared(&sql).await?;
        }
        root.close().await
    }

    /// The rows of a query, each as JSON, seen as the superuser.
    ///
    /// # Errors
    /// Only the server's own.
    pub async fn rows(&self, query: &str) -> Result<Vec<serde_json::Value>, DbErr> {
        let root = self.server.connect(&self.name).await?;
        let sql = format!("SELECT to_jsonb(t)::text AS row FROM ({query}) t");
        let rows = root.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        root.close().await?;
        let parsed = |text: String| serde_json::from_str(&text).map_err(|error| DbErr::Custom(error.to_string()));
        rows.iter().map(|row| row.try_get("", "row").and_then(parsed)).collect()
    }

    /// Gathers the statistics that PostgreSQL plans by, as it does by itself a minute after many rows were written.
    ///
    /// # Errors
    /// Only the server's own.
    pub async fn analyse(&self) -> Result<(), DbErr> {
        let root = self.server.connect(&self.name).await?;
        root.execute_unprepared("ANALYZE").await?;
        root.close().await
    }

    /// The database's name on its server.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Connects as the role that owns the tables: row-level security does not bind it.
    #[must_use]
    pub fn owner_url(&self) -> String {
        self.server.url_of("tamuda_owner", &self.name)
    }

    /// Connects as the role of requests inside one organisation.
    #[must_use]
    pub fn tenant_url(&self) -> String {
        self.server.url_of("tamuda_tenant", &self.name)
    }

    /// Connects as the role of staff's reads across organisations.
    #[must_use]
    pub fn staff_url(&self) -> String {
        self.server.url_of("tamuda_staff", &self.name)
    }

    /// Connects as the role of the background workers.
    #[must_use]
    pub fn worker_url(&self) -> String {
        self.server.url_of("tamuda_worker", &self.name)
    }

    /// Connects as the server's superuser, to look where no role of the portal may.
    #[must_use]
    pub fn superuser_url(&self) -> String {
        self.server.superuser_url(&self.name)
    }

    async fn clone_template() -> Result<Self, DbErr> {
        let server = Server::from_environment()?;
        let template = template::name(&server).await?;
        Self::clone_of(server, template).await
    }

    async fn clone_of(server: Server, template: &str) -> Result<Self, DbErr> {
        let name = format!("test_{}_{}", process::id(), Uuid::now_v7().simple());
        let root = server.connect("postgres").await?;
        // A server that survives nothing need not read a copy page by page into its log.
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template} OWNER tamuda_owner STRATEGY file_copy");
        root.execute_unprepared(&sql).await?;
        root.close().await?;
        Ok(Self { server, name })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), std::mem::take(&mut self.name));
        // A thread of its own: the test's runtime may be ending. What cannot be dropped now, the next run sweeps.
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(template::drop_database(&server, &name)))
        });
        let _ = dropping.join();
    }
}
