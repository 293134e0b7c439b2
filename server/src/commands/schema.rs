//! Whether the database has the schema that this program was built for.

use anyhow::{Context, bail};
use migrations::{Migrator, MigratorTrait};
use sea_orm_migration::sea_orm::{ConnectOptions, Database, DatabaseConnection};

/// Fails with the sentence to run when steps are missing.
///
/// # Errors
/// When the schema is too old or too new, or the database does not answer.
pub async fn up_to_date(url: &str) -> anyhow::Result<()> {
    let connection = connected(url).await?;
    let pending = Migrator::get_pending_migrations_read_only(&connection).await;
    connection.close().await?;
    let pending = pending.context("the schema is not the one that this program knows")?;
    match pending.first() {
        None => Ok(()),
        Some(step) => bail!(
            "the database's schema is too old: {} steps are missing, the first is {}. Run `tamuda migrate`",
            pending.len(),
            step.name()
        ),
    }
}

/// One connection whose statements are not logged.
pub(super) async fn connected(url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.context("the database does not answer")
}
