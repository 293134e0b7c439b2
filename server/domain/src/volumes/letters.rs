//! What those read who look after an organisation's money: which volumes are frozen, and when they are deleted.

use sea_orm::FromQueryResult;
use types::{LetterKind, Role, Timestamp};

use crate::{
    Result, Tx,
    access::{Permission, policy::ReadInvoices},
    mail::{self, Letter, NOTICE_S},
};

/// Names that a letter lists; more are only counted.
const MOST_NAMED: usize = 20;

#[derive(FromQueryResult)]
struct Reader {
    email: String,
    name: String,
    locale: Option<String>,
    organisation: String,
    slug: String,
}

/// Writes of a step (`frozen`, `d14`, `d7`, `d1`, `gone`) of these volumes, which are deleted at `at`.
pub(super) async fn tell_in(tx: &Tx, step: &'static str, names: &[&str], at: Timestamp) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let mut named = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join("\n");
    if names.len() > MOST_NAMED {
        named.push_str("\n…");
    }
    let until = at.max(tx.now.plus_seconds(NOTICE_S));
    for reader in readers_in(tx).await? {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("step", step.to_owned()),
            ("names", named.clone()),
            ("at", at.to_string()),
        ];
        let to = (reader.email.as_str(), reader.locale.as_deref());
        mail::post_in(tx, Letter::new(LetterKind::VolumesEnding, to, facts, until)).await?;
    }
    Ok(())
}

async fn readers_in(tx: &Tx) -> Result<Vec<Reader>> {
    let roles = Role::ALL.iter().filter(|role| ReadInvoices::missing(Some(**role), &[]).is_none());
    let roles: Vec<String> = roles.map(|role| role.word().to_owned()).collect();
    let sql = "SELECT p.email, p.name, p.locale, o.name AS organisation, o.slug
               FROM member m JOIN person p ON p.id = m.user_id JOIN organisation o ON o.id = m.organisation_id
               WHERE m.organisation_id = $1 AND m.role = ANY($2) ORDER BY p.id LIMIT 100";
    tx.all(sql, [tx.organisation.into(), roles.into()]).await
}
