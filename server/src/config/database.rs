//! Where the database is, as each of its roles reaches it.

use std::{net::IpAddr, path::PathBuf};

use clap::Args;
use domain::DatabaseUrls;
use sea_orm_migration::sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::Secret;

/// The URLs of the three roles that the portal works as.
#[derive(Clone, Debug, Args)]
pub struct Databases {
    /// URL of the database as the role of requests inside one organisation
    #[arg(long, env = "TAMUDA_DATABASE_TENANT", hide_env_values = true)]
    database_tenant: Option<Secret>,
    /// A file that holds it
    #[arg(long, env = "TAMUDA_DATABASE_TENANT_FILE")]
    database_tenant_file: Option<PathBuf>,
    /// URL of the database as the role of staff
    #[arg(long, env = "TAMUDA_DATABASE_STAFF", hide_env_values = true)]
    database_staff: Option<Secret>,
    /// A file that holds it
    #[arg(long, env = "TAMUDA_DATABASE_STAFF_FILE")]
    database_staff_file: Option<PathBuf>,
    /// URL of the database as the role of the workers
    #[arg(long, env = "TAMUDA_DATABASE_WORKER", hide_env_values = true)]
    database_worker: Option<Secret>,
    /// A file that holds it
    #[arg(long, env = "TAMUDA_DATABASE_WORKER_FILE")]
    database_worker_file: Option<PathBuf>,
}

/// The URL of the role that owns the tables; serving never needs it.
#[derive(Clone, Debug, Args)]
pub struct Owner {
    /// URL of the database as the role that owns its tables
    #[arg(long, env = "TAMUDA_DATABASE_OWNER", hide_env_values = true)]
    database_owner: Option<Secret>,
    /// A file that holds it
    #[arg(long, env = "TAMUDA_DATABASE_OWNER_FILE")]
    database_owner_file: Option<PathBuf>,
}

impl Databases {
    /// The three URLs.
    ///
    /// # Errors
    /// When one is missing or its file cannot be read.
    pub fn urls(&self) -> anyhow::Result<DatabaseUrls> {
        let one = |name, said: &Option<Secret>, file: &Option<PathBuf>| {
            Secret::chosen(name, said.as_ref(), file.as_deref()).map(|secret| secret.reveal().to_owned())
        };
        Ok(DatabaseUrls {
            tenant: one("TAMUDA_DATABASE_TENANT", &self.database_tenant, &self.database_tenant_file)?,
            staff: one("TAMUDA_DATABASE_STAFF", &self.database_staff, &self.database_staff_file)?,
            worker: one("TAMUDA_DATABASE_WORKER", &self.database_worker, &self.database_worker_file)?,
        })
    }
}

impl Owner {
    /// The owner's URL.
    ///
    /// # Errors
    /// When it is missing or its file cannot be read.
    pub fn url(&self) -> anyhow::Result<Secret> {
        Secret::chosen("TAMUDA_DATABASE_OWNER", self.database_owner.as_ref(), self.database_owner_file.as_deref())
    }
}

/// Whether nobody on the way reads what is said to the database at this URL: it is encrypted, or stays on the machine. Nothing
/// for what is no such URL.
pub(super) fn is_private(url: &str) -> Option<bool> {
    let options: PgConnectOptions = url.parse().ok()?;
    let host = options.get_host().trim_matches(['[', ']']);
    let is_near = options.get_socket().is_some()
        || host.starts_with('/')
        || host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    Some(is_near || matches!(options.get_ssl_mode(), PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull))
}
