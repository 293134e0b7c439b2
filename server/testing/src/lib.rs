//! A PostgreSQL database of its own for each test, cloned from one that was migrated once. What stands in it (people,
//! organisations, prices) is made by the tests through the domain.

mod server;
mod template;

use std::{process, thread};

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
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
        let name = format!("test_{}_{}", process::id(), Uuid::now_v7().simple());
        let root = server.connect("postgres").await?;
        root.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template} OWNER tamuda_owner")).await?;
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
