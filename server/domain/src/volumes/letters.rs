//! What those read who look after an organisation's money: which volumes are frozen, and when they are deleted.

use types::{LetterKind, Timestamp};

use crate::{
    Result, Tx,
    mail::{self, Letter, NOTICE_S},
    warnings::readers_in,
};

/// Names that a letter lists; more are only counted.
const MOST_NAMED: usize = 20;

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
