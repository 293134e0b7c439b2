//! What those read who look after an organisation's money: who may read its invoices.

use sea_orm::FromQueryResult;
use types::{Currency, FlavourId, LetterKind, Role, Timestamp};

use super::rules::{LotStep, Step};
use crate::{
    Error, Result, Tx,
    access::{Permission, policy::ReadInvoices},
    ledger::{Lot, Unit},
    mail::{self, Letter, NOTICE_S},
};

/// Names that a letter lists; more are only counted.
const MOST_NAMED: usize = 20;

/// One of them, and whose money it is.
#[derive(FromQueryResult)]
pub(crate) struct Reader {
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) locale: Option<String>,
    pub(crate) organisation: String,
    pub(crate) slug: String,
    currency: Currency,
}

/// Who may read the organisation's invoices, at most a hundred.
pub(crate) async fn readers_in(tx: &Tx) -> Result<Vec<Reader>> {
    let roles = Role::ALL.iter().filter(|role| ReadInvoices::missing(Some(**role), &[]).is_none());
    let roles: Vec<String> = roles.map(|role| role.word().to_owned()).collect();
    let sql = "SELECT p.email, p.name, p.locale, o.name AS organisation, o.slug, o.currency
               FROM member m JOIN person p ON p.id = m.user_id JOIN organisation o ON o.id = m.organisation_id
               WHERE m.organisation_id = $1 AND m.role = ANY($2) ORDER BY p.id LIMIT 100";
    tx.all(sql, [tx.organisation.into(), roles.into()]).await
}

/// That the money ends at `zero`, after which the letter is of no use.
pub(super) async fn low_in(tx: &Tx, step: Step, zero: Timestamp) -> Result<()> {
    for reader in readers_in(tx).await? {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("step", step.word().to_owned()),
            ("at", zero.to_string()),
        ];
        let to = (reader.email.as_str(), reader.locale.as_deref());
        mail::post_in(tx, Letter::new(LetterKind::MoneyLow, to, facts, zero)).await?;
    }
    Ok(())
}

/// That the money has ended, and these instances were stopped.
pub(super) async fn out_in(tx: &Tx, names: &[&str]) -> Result<()> {
    let mut named = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join("\n");
    if names.len() > MOST_NAMED {
        named.push_str("\n…");
    }
    for reader in readers_in(tx).await? {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("at", tx.now.to_string()),
            ("stopped", names.len().to_string()),
            ("names", named.clone()),
        ];
        let (to, until) = ((reader.email.as_str(), reader.locale.as_deref()), tx.now.plus_seconds(NOTICE_S));
        mail::post_in(tx, Letter::new(LetterKind::MoneyOut, to, facts, until)).await?;
    }
    Ok(())
}

/// That a lot runs out at `end`, after which the letter is of no use, and what it still holds.
pub(super) async fn lot_in(tx: &Tx, step: LotStep, lot: &Lot, end: Timestamp) -> Result<()> {
    let flavour = match lot.unit {
        Unit::Micros => String::new(),
        Unit::GpuSeconds(flavour) => flavour_name_in(tx, flavour).await?,
    };
    for reader in readers_in(tx).await? {
        let left = match lot.unit {
            Unit::Micros => format!("{} {}", lot.left, reader.currency.word()),
            Unit::GpuSeconds(_) => lot.left.to_string(),
        };
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("step", step.word().to_owned()),
            ("lot", lot.name.clone()),
            ("left", left),
            ("flavour", flavour.clone()),
            ("at", end.to_string()),
        ];
        let to = (reader.email.as_str(), reader.locale.as_deref());
        mail::post_in(tx, Letter::new(LetterKind::LotEnding, to, facts, end)).await?;
    }
    Ok(())
}

async fn flavour_name_in(tx: &Tx, flavour: FlavourId) -> Result<String> {
    #[derive(FromQueryResult)]
    struct Named {
        name: String,
    }
    let row: Option<Named> = tx.one("SELECT name FROM flavour WHERE id = $1", [flavour.into()]).await?;
    row.map(|row| row.name).ok_or(Error::NotFound)
}
