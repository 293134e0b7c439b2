//! `tamuda migrate`: the roles, then the schema, as the role that owns the tables.

use anyhow::{Context, bail};
use domain::DatabaseUrls;
use migrations::{Migrator, MigratorTrait, ROLES, RoleOutcome, make_role};
use sea_orm_migration::sea_orm::ConnectionTrait;

use super::schema::connected;
use crate::config::MigrateArguments;

/// Migrates and prints what was done.
pub(crate) async fn migrate(ask: MigrateArguments) -> anyhow::Result<()> {
    let roles = ask.bootstrap.then(|| ask.databases.urls()).transpose()?;
    for line in migrate_as(ask.owner.url()?.reveal(), roles.as_ref()).await? {
        super::say(&format!("{line}\n"))?;
    }
    Ok(())
}

/// Brings the schema up to date as the owner, the portal's roles first where their URLs are given; what was done, line
/// by line. Safe to repeat.
///
/// # Errors
/// When the database does not answer, refuses, or a URL names another role than it should.
pub async fn migrate_as(owner_url: &str, roles: Option<&DatabaseUrls>) -> anyhow::Result<Vec<String>> {
    let owner = connected(owner_url).await?;
    let mut done = Vec::new();
    if let Some(urls) = roles {
        for (role, url) in ROLES.into_iter().zip([&urls.tenant, &urls.staff, &urls.worker]) {
            done.push(bootstrap(&owner, role, url).await?);
        }
    }
    let pending = Migrator::get_pending_migrations(&owner).await.context("the schema cannot be read")?;
    Migrator::up(&owner, None).await.context("a step failed, and nothing of it was kept")?;
    done.extend(pending.iter().map(|step| format!("applied {}", step.name())));
    if pending.is_empty() {
        done.push("the schema was up to date".to_owned());
    }
    owner.close().await?;
    Ok(done)
}

async fn bootstrap(owner: &impl ConnectionTrait, role: &str, url: &str) -> anyhow::Result<String> {
    let (name, password) =
        credentials(url).context("a role's URL has the form postgres://role:password@host/database")?;
    if name != role {
        bail!("the URL of {role} connects as {name}: the schema's rights are for {role}");
    }
    let outcome = make_role(owner, role, &password).await;
    let word = match outcome.with_context(|| format!("the owner cannot make {role}: it needs CREATEROLE"))? {
        RoleOutcome::Made => "made",
        RoleOutcome::Updated => "updated",
    };
    Ok(format!("{word} role {role}"))
}

/// Name and password of a URL, with its escapes resolved.
pub(super) fn credentials(url: &str) -> Option<(String, String)> {
    let (_, rest) = url.split_once("://")?;
    let (user, _) = rest.split(['/', '?']).next()?.rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    Some((unescaped(name)?, unescaped(password)?))
}

fn unescaped(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend(piece.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_read_as_the_driver_reads_it() {
        let read = |url| credentials(url).unwrap_or_default();
        assert_eq!(read("postgres://r:a%40b%2fc@h/d?x=y@z"), ("r".to_owned(), "a@b/c".to_owned()));
        assert_eq!(read("postgres://r:p@/d?host=/run"), ("r".to_owned(), "p".to_owned()));
        assert_eq!(credentials("postgres://r@h/d"), None);
        assert_eq!(credentials("postgres://r:%zz@h/d"), None);
    }
}
