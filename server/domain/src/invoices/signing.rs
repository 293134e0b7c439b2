//! What a second person signs of a draft: its document, by the digest that a finalisation names too.

use types::{FinaliseInvoice, InvoiceId, InvoiceStatus, SignOffKind, SignOffView, Timestamp};

use super::{document_in, entity};
use crate::{
    Database, Error, Result, Tx,
    access::{Scope, policy::CloseBilling},
    canonical,
    commands::{self, Command},
    sign_off::{self, Body},
};

/// Asks for the signature that finalising a draft above the limit needs.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict when it is final already, where one person is enough, and where this
/// very document waits or is signed; `Changed` when it is no longer the one whose digest was named.
pub async fn ask_to_finalise(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: FinaliseInvoice,
    command: Command,
    now: Timestamp,
) -> Result<SignOffView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let row = entity::lock_in(tx, ask.invoice).await?;
        if row.status == InvoiceStatus::Finalised {
            return Err(Error::Conflict("finalised"));
        }
        let document = document_in(tx, &row).await?;
        if canonical::sha256_hex(&canonical::bytes(&document)?) != ask.sha256 {
            return Err(Error::Changed);
        }
        let (kind, subject, amount) = (SignOffKind::Finalise, ask.invoice.uuid(), document.total);
        sign_off::ask_in(tx, Body { kind, subject, sha256: &ask.sha256, amount, body: None }).await
    })
    .await
}

/// The digest of a draft's document as it is now.
pub(crate) async fn digest_in(tx: &Tx, invoice: InvoiceId) -> Result<String> {
    let row = entity::invoice_in(tx, invoice).await?;
    if row.status == InvoiceStatus::Finalised {
        return Err(Error::Conflict("finalised"));
    }
    Ok(canonical::sha256_hex(&canonical::bytes(&document_in(tx, &row).await?)?))
}

/// Locks a finalised invoice of the organisation, of which something can be owed.
pub(crate) async fn lock_finalised_in(tx: &Tx, invoice: InvoiceId) -> Result<()> {
    match entity::lock_in(tx, invoice).await?.status {
        InvoiceStatus::Finalised => Ok(()),
        InvoiceStatus::Draft => Err(Error::Conflict("draft-is-not-owed")),
    }
}
