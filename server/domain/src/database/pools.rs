//! One pool for each of the three roles that row-level security binds.

use std::time::Duration;

use sea_orm::{ConnectOptions, DatabaseConnection};

use crate::Result;

/// Where the database is, as each role reaches it.
#[derive(Clone, Debug)]
pub struct DatabaseUrls {
    /// Of `tamuda_tenant`.
    pub tenant: String,
    /// Of `tamuda_staff`.
    pub staff: String,
    /// Of `tamuda_worker`.
    pub worker: String,
}

/// The portal's database, reached as roles that own no table.
#[derive(Clone, Debug)]
pub struct Database {
    pub(super) tenant: DatabaseConnection,
    pub(super) staff: DatabaseConnection,
    pub(super) worker: DatabaseConnection,
    /// Whether nothing of what is written stays.
    pub(super) rehearses: bool,
}

impl Database {
    /// Opens the pools; a connection is made when one is first needed.
    ///
    /// # Errors
    /// When a URL cannot be read.
    pub async fn connect(urls: &DatabaseUrls) -> Result<Self> {
        Ok(Self {
            tenant: pool(&urls.tenant, 16).await?,
            staff: pool(&urls.staff, 4).await?,
            worker: pool(&urls.worker, 8).await?,
            rehearses: false,
        })
    }

    /// The same database, where everything is done and checked as asked and taken back instead of committed.
    #[must_use]
    pub fn rehearsing(&self) -> Self {
        Self { rehearses: true, ..self.clone() }
    }

    /// The same database, where a rehearsal does for good what would happen by itself.
    pub(crate) fn committing(&self) -> Self {
        Self { rehearses: false, ..self.clone() }
    }

    /// Whether nothing of what is written stays.
    pub(crate) fn is_rehearsing(&self) -> bool {
        self.rehearses
    }

    /// Whether the database answers now.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        super::answered(self.tenant.ping()).await
    }
}

async fn pool(url: &str, max_connections: u32) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(max_connections)
        .acquire_timeout(Duration::from_secs(3))
        .connect_lazy(true)
        .sqlx_logging(false)
        // Given once: a second mapping would take this one's place.
        .map_sqlx_postgres_opts(|options| {
            // A portal that sleeps inside a transaction must not keep its locks from the others.
            let sleeps = ("idle_in_transaction_session_timeout", "15s");
            let options = options.options([("lock_timeout", "3s"), sleeps, ("TimeZone", "UTC")]);
            // Every statement that the domain has stays prepared.
            options.statement_cache_capacity(1000)
        });
    Ok(sea_orm::Database::connect(options).await?)
}
