//! The server that `cargo xtask test` or `cargo xtask postgres` started, and how its roles reach it.

use std::env;

use sea_orm_migration::sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

/// The portal's roles have this password on a test server, which listens on a private socket alone.
pub(crate) const PASSWORD: &str = "test";

/// A superuser's URL, taken apart: `postgres://SUPERUSER@HOST/…?QUERY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    superuser: String,
    host: String,
    query: String,
}

impl Server {
    /// The server that the environment names.
    pub(crate) fn from_environment() -> Result<Self, DbErr> {
        let Ok(url) = env::var(crate::VARIABLE) else {
            return Err(DbErr::Custom(format!(
                "{} is not set. Run `cargo xtask test NAME`, or keep `cargo xtask postgres` running and set what it prints",
                crate::VARIABLE
            )));
        };
        Self::parse(&url).ok_or_else(|| DbErr::Custom(format!("{} is no PostgreSQL URL", crate::VARIABLE)))
    }

    fn parse(url: &str) -> Option<Self> {
        let (url, query) = url.split_once('?').unwrap_or((url, ""));
        let (superuser, place) = url.strip_prefix("postgres://")?.rsplit_once('@')?;
        let host = place.split('/').next()?;
        Some(Self { superuser: superuser.to_owned(), host: host.to_owned(), query: query.to_owned() })
    }

    /// Where one of the portal's roles reaches `database`.
    pub(crate) fn url_of(&self, role: &str, database: &str) -> String {
        self.url(&format!("{role}:{PASSWORD}"), database)
    }

    /// Where the superuser reaches `database`.
    pub(crate) fn superuser_url(&self, database: &str) -> String {
        self.url(&self.superuser, database)
    }

    /// One connection of the superuser: what it locks, it holds until it is closed.
    pub(crate) async fn connect(&self, database: &str) -> Result<DatabaseConnection, DbErr> {
        connect(self.superuser_url(database)).await
    }

    fn url(&self, who: &str, database: &str) -> String {
        format!("postgres://{who}@{}/{database}?{}", self.host, self.query)
    }
}

/// One connection, whose statements are not logged.
pub(crate) async fn connect(url: String) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_reach_the_server_as_its_superuser_does() {
        let server = Server::parse("postgres://root:p@localhost/postgres?host=/run/pg").unwrap();
        assert_eq!(server.superuser_url("a"), "postgres://root:p@localhost/a?host=/run/pg");
        assert_eq!(server.url_of("tamuda_staff", "a"), "postgres://tamuda_staff:test@localhost/a?host=/run/pg");
        assert_eq!(Server::parse("http://root@localhost"), None);
    }
}
