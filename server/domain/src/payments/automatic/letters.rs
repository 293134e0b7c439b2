//! What those read who may pay: that the card was refused, or that their bank asks for them.

use sea_orm::FromQueryResult;
use types::{Currency, LetterKind, PaymentId, Role};

use crate::{
    Result, Tx,
    access::{Permission, policy::TopUpWallet},
    mail::{self, Letter, NOTICE_S},
    payments::micros,
};

/// What a letter is about.
pub(super) struct About {
    /// Minor units.
    pub(super) amount: i64,
    pub(super) currency: Currency,
    /// The card's last four digits.
    pub(super) last4: String,
}

impl About {
    fn text(&self) -> Result<String> {
        Ok(format!("{} {}", micros(self.amount)?, self.currency.word()))
    }
}

#[derive(FromQueryResult)]
struct Reader {
    email: String,
    name: String,
    locale: Option<String>,
    organisation: String,
    slug: String,
}

async fn readers_in(tx: &Tx) -> Result<Vec<Reader>> {
    let roles = Role::ALL.iter().filter(|role| TopUpWallet::missing(Some(**role), &[]).is_none());
    let roles: Vec<String> = roles.map(|role| role.word().to_owned()).collect();
    let sql = "SELECT p.email, p.name, p.locale, o.name AS organisation, o.slug
               FROM member m JOIN person p ON p.id = m.user_id JOIN organisation o ON o.id = m.organisation_id
               WHERE m.organisation_id = $1 AND m.role = ANY($2) ORDER BY p.id LIMIT 100";
    tx.all(sql, [tx.organisation.into(), roles.into()]).await
}

/// That the card was refused, in the provider's word, and whether it is tried no more.
pub(super) async fn declined_in(tx: &Tx, about: &About, word: &str, pauses: bool) -> Result<()> {
    for reader in readers_in(tx).await? {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("amount", about.text()?),
            ("card", about.last4.clone()),
            ("word", word.to_owned()),
            ("paused", if pauses { "yes" } else { "no" }.to_owned()),
        ];
        let (to, until) = ((reader.email.as_str(), reader.locale.as_deref()), tx.now.plus_seconds(NOTICE_S));
        mail::post_in(tx, Letter::new(LetterKind::AutoTopUpDeclined, to, facts, until)).await?;
    }
    Ok(())
}

/// That a payment waits for somebody who shows their bank that it is them.
pub(super) async fn asks_in(tx: &Tx, about: &About, payment: PaymentId) -> Result<()> {
    for reader in readers_in(tx).await? {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("amount", about.text()?),
            ("card", about.last4.clone()),
            ("payment", payment.to_string()),
        ];
        let (to, until) = ((reader.email.as_str(), reader.locale.as_deref()), tx.now.plus_seconds(NOTICE_S));
        mail::post_in(tx, Letter::new(LetterKind::AutoTopUpAsks, to, facts, until)).await?;
    }
    Ok(())
}
