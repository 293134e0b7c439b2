//! What a second person signs of a refund: exactly how much goes back of what, and why.

use types::{AskRefund, Currency, OrganisationId, SignOffKind, SignOffView, Timestamp};
use uuid::Uuid;

use super::ask::{Asked, asked_in};
use crate::{
    Database, Error, Result, Tx,
    access::{Scope, policy::CloseBilling},
    audit, canonical,
    commands::{self, Command},
    ledger,
    payments::money,
    sign_off::{self, Body},
};

/// A refund that is to be signed: what it is of, what is asked with its amount said, and the digest of that.
struct Exact {
    subject: Uuid,
    ask: AskRefund,
    amount: types::Money,
    sha256: String,
}

/// Asks for the signature that a refund above the limit needs.
///
/// # Errors
/// Those of [`ask_refund`](super::ask_refund); a conflict where one person is enough, and where it waits or is signed
/// already.
pub async fn ask_to_refund(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: AskRefund,
    command: Command,
    now: Timestamp,
) -> Result<SignOffView> {
    audit::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let purse = ledger::lock_in(tx).await?;
        let asked = asked_in(tx, &purse, &ask).await?;
        let Exact { subject, ask, amount, sha256 } = exact(tx.organisation, &asked, purse.currency)?;
        let body = Some(ledger::as_json(&ask)?);
        sign_off::ask_in(tx, Body { kind: SignOffKind::Refund, subject, sha256: &sha256, amount, body }).await
    })
    .await
}

/// Lets a refund go on that is within the limit, or that somebody else signed as it is.
pub(super) async fn required_in(tx: &Tx, asked: &Asked<'_>, currency: Currency) -> Result<()> {
    let Exact { subject, amount, sha256, .. } = exact(tx.organisation, asked, currency)?;
    sign_off::required(tx, SignOffKind::Refund, subject, &sha256, amount).await
}

/// Where all that can go back was asked for, what that is stands in what is signed: more that came later is not.
fn exact(organisation: OrganisationId, asked: &Asked<'_>, currency: Currency) -> Result<Exact> {
    let (payment, bank_line) = (asked.came.payment, asked.came.bank_line);
    let of = payment.map(types::PaymentId::uuid).or(bank_line.map(types::BankLineId::uuid));
    let subject = of.ok_or_else(|| Error::Corrupt("a refund of nothing that came".to_owned()))?;
    let amount = money(asked.minor, currency)?;
    let said = (organisation, payment, bank_line, amount, asked.reason);
    let sha256 = canonical::sha256_hex(&canonical::bytes(&said)?);
    let ask = AskRefund { payment, bank_line, amount: Some(amount), reason: asked.reason.to_owned() };
    Ok(Exact { subject, ask, amount, sha256 })
}
