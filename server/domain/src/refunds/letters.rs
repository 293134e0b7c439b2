//! What those read who look after an organisation's money when some of it goes back; and who asked for it, when it does not.

use sea_orm::FromQueryResult;
use types::{LetterKind, Role};

use super::{list::ends_with, record::Row};
use crate::{
    Result, Tx,
    access::{Permission, policy::ReadInvoices},
    mail::{self, Letter, NOTICE_S},
    payments::micros,
};

#[derive(FromQueryResult)]
struct Reader {
    email: String,
    name: String,
    locale: Option<String>,
    organisation: String,
    slug: String,
}

async fn readers_in(tx: &Tx, row: &Row, with_asker: bool) -> Result<Vec<Reader>> {
    let roles = Role::ALL.iter().filter(|role| ReadInvoices::missing(Some(**role), &[]).is_none());
    let roles: Vec<String> = roles.map(|role| role.word().to_owned()).collect();
    // Who asked is of the hub: the tenants' role does not see them, and then they have done it themselves.
    let sql = "SELECT p.email, p.name, p.locale, o.name AS organisation, o.slug
               FROM person p JOIN organisation o ON o.id = $1
               WHERE p.id IN (SELECT m.user_id FROM member m WHERE m.organisation_id = $1 AND m.role = ANY($2)
                              UNION SELECT r.asked_by FROM refund r
                              WHERE r.organisation_id = $1 AND r.id = $3 AND $4)
               ORDER BY p.id LIMIT 100";
    tx.all(sql, [tx.organisation.into(), roles.into(), row.id.into(), with_asker.into()]).await
}

/// That a refund was paid, or that it was not and its money is in the wallet again.
pub(super) async fn tell_people_in(tx: &Tx, kind: LetterKind, row: &Row, goes_to: Option<&str>) -> Result<()> {
    let with_asker = kind == LetterKind::RefundFailed;
    let amount = format!("{} {}", micros(row.amount)?, row.currency.word());
    for reader in readers_in(tx, row, with_asker).await? {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("amount", amount.clone()),
            ("rail", row.rail.word().to_owned()),
            ("ends", goes_to.map(ends_with).unwrap_or_default()),
            ("at", tx.now.to_string()),
        ];
        let to = (reader.email.as_str(), reader.locale.as_deref());
        mail::post_in(tx, Letter::new(kind, to, facts, tx.now.plus_seconds(NOTICE_S))).await?;
    }
    Ok(())
}
