//! The template: one migrated database for each state of the migrations, made once and copied for every test.

use std::{fs, path::Path};

use migrations::{Migrator, MigratorTrait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::server::{self, PASSWORD, Server};

/// Of all who start at once, one makes the template and the others wait.
const LOCK: &str = "SELECT pg_advisory_lock(7240551)";

/// The template's name; made when the server does not have it.
pub(crate) async fn name(server: &Server) -> Result<&'static str, DbErr> {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_try_init(|| find_or_make(server)).await.map(String::as_str)
}

/// Drops a database whoever is connected to it.
pub(crate) async fn drop_database(server: &Server, name: &str) -> Result<(), DbErr> {
    let root = server.connect("postgres").await?;
    root.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    root.close().await
}

async fn find_or_make(server: &Server) -> Result<String, DbErr> {
    let name = format!("template_{}", fingerprint()?);
    let root = server.connect("postgres").await?;
    root.execute_unprepared(LOCK).await?;
    sweep(&root).await?;
    if names_like(&root, &name).await?.is_empty() {
        make(server, &root, &name).await?;
    }
    // Closing gives the lock back.
    root.close().await?;
    Ok(name)
}

/// Makes it under another name first: what bears the right name is complete.
async fn make(server: &Server, root: &DatabaseConnection, name: &str) -> Result<(), DbErr> {
    make_roles(root).await?;
    root.execute_unprepared("DROP DATABASE IF EXISTS template_unfinished WITH (FORCE)").await?;
    root.execute_unprepared("CREATE DATABASE template_unfinished OWNER tamuda_owner").await?;
    let owner = server::connect(server.url_of("tamuda_owner", "template_unfinished")).await?;
    Migrator::up(&owner, None).await?;
    owner.close().await?;
    // A template with a session open cannot be copied.
    root.execute_unprepared("ALTER DATABASE template_unfinished ALLOW_CONNECTIONS false").await?;
    root.execute_unprepared(&format!("ALTER DATABASE template_unfinished RENAME TO {name}")).await?;
    Ok(())
}

/// Roles belong to the server, not to a database: migrations find them there.
async fn make_roles(root: &DatabaseConnection) -> Result<(), DbErr> {
    for role in ["tamuda_owner"].into_iter().chain(migrations::ROLES) {
        let options = if role == "tamuda_owner" { "LOGIN CREATEROLE" } else { "LOGIN" };
        let known = root.query_all_raw(statement("SELECT rolname FROM pg_roles WHERE rolname = $1", role)).await?;
        if known.is_empty() {
            root.execute_unprepared(&format!("CREATE ROLE {role} {options} PASSWORD '{PASSWORD}'")).await?;
        }
    }
    Ok(())
}

/// Drops the databases of test processes that were killed.
async fn sweep(root: &DatabaseConnection) -> Result<(), DbErr> {
    for name in names_like(root, "test\\_%").await? {
        let process = name.split('_').nth(1).unwrap_or_default();
        if Path::new("/proc/self").exists() && !Path::new("/proc").join(process).exists() {
            root.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        }
    }
    Ok(())
}

async fn names_like(root: &DatabaseConnection, pattern: &str) -> Result<Vec<String>, DbErr> {
    let found = statement("SELECT datname::text AS name FROM pg_database WHERE datname LIKE $1", pattern);
    root.query_all_raw(found).await?.iter().map(|row| row.try_get("", "name")).collect()
}

fn statement(sql: &str, value: &str) -> sea_orm_migration::sea_orm::Statement {
    use sea_orm_migration::sea_orm::{DbBackend, Statement};
    Statement::from_sql_and_values(DbBackend::Postgres, sql, [value.into()])
}

/// Changes with the name and with the text of every step: a step that is still being written counts too.
fn fingerprint() -> Result<String, DbErr> {
    let mut digest = Sha256::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/src");
    let unreadable = |error| DbErr::Custom(format!("{}: {error}", folder.display()));
    let mut files: Vec<_> = fs::read_dir(&folder).map_err(unreadable)?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files {
        digest.update(file.as_os_str().as_encoded_bytes());
        digest.update(fs::read(&file).map_err(unreadable)?);
    }
    Ok(digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}
