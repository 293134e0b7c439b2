//! What those read of a contested line who answer it at the hub, and of the answer who look after the organisation's money:
//! who may read its invoices.

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{DisputeView, LetterKind, Money, Role};

use crate::{
    Result, Tx,
    access::{
        Permission,
        policy::{IssueCreditNotes, ReadInvoices},
    },
    mail::{self, Letter, NOTICE_S},
};

#[derive(FromQueryResult)]
struct Reader {
    email: String,
    name: String,
    locale: Option<String>,
    organisation: String,
    slug: String,
}

/// That a contested line was credited, and by which note of how much, or that it was refused; with what the hub says.
pub(super) async fn answered_in(tx: &Tx, dispute: &DisputeView, amount: Money) -> Result<()> {
    let roles = Role::ALL.iter().filter(|role| ReadInvoices::missing(Some(**role), &[]).is_none());
    let roles: Vec<String> = roles.map(|role| role.word().to_owned()).collect();
    let sql = "SELECT p.email, p.name, p.locale, o.name AS organisation, o.slug
               FROM member m JOIN person p ON p.id = m.user_id JOIN organisation o ON o.id = m.organisation_id
               WHERE m.organisation_id = $1 AND m.role = ANY($2) ORDER BY p.id LIMIT 100";
    let readers: Vec<Reader> = tx.all(sql, [tx.organisation.into(), roles.into()]).await?;
    for reader in readers {
        let facts = [
            ("name", reader.name),
            ("organisation", reader.organisation),
            ("slug", reader.slug),
            ("dispute", dispute.id.to_string()),
            ("invoice", dispute.invoice_number.clone()),
            ("line", dispute.line.to_string()),
            ("change", dispute.state.word().to_owned()),
            ("note", dispute.credit_note_number.clone().unwrap_or_default()),
            ("amount", format!("{} {}", amount.micros, amount.currency.word())),
            ("reason", dispute.answer.clone().unwrap_or_default()),
        ];
        let (to, until) = ((reader.email.as_str(), reader.locale.as_deref()), tx.now.plus_seconds(NOTICE_S));
        mail::post_in(tx, Letter::new(LetterKind::LineAnswered, to, facts, until)).await?;
    }
    Ok(())
}

/// That a line is contested, with what the organisation says, to those of the hub who can answer it.
pub(super) async fn contested_in(tx: &Tx, dispute: &DisputeView) -> Result<()> {
    let whose = mail::named_in(tx).await?;
    let facts = json!({
        "organisation": whose.name,
        "slug": whose.slug,
        "dispute": dispute.id,
        "invoice": dispute.invoice_number,
        "line": dispute.line.to_string(),
        "amount": format!("{} {}", dispute.amount.micros, dispute.amount.currency.word()),
        "reason": dispute.reason,
    });
    mail::post_to_staff_in::<IssueCreditNotes>(tx, LetterKind::LineContested, facts).await
}
