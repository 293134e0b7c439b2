//! What does not agree between a provider and us. It is told once for each thing, and people look into it.

use serde_json::Value;
use types::{PaymentId, PaymentProvider};

use crate::{Open, Result};

/// What does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// The provider took another amount, or in another currency, than we quoted.
    AmountDiffers,
    /// The provider took money for something that we know nothing of.
    UnknownPayment,
    /// We credited, or were told of, what the provider does not say was paid.
    NotAtProvider,
    /// The provider sent what cannot be read.
    UnreadableEvent,
}

impl Finding {
    const fn word(self) -> &'static str {
        match self {
            Self::AmountDiffers => "amount_differs",
            Self::UnknownPayment => "unknown_payment",
            Self::NotAtProvider => "not_at_provider",
            Self::UnreadableEvent => "unreadable_event",
        }
    }
}

/// Tells of it, once for what the provider calls the thing.
pub(super) async fn tell_in(
    open: &Open,
    provider: PaymentProvider,
    finding: Finding,
    (reference, payment): (&str, Option<PaymentId>),
    details: Value,
) -> Result<()> {
    let sql = "INSERT INTO payment_finding (id, provider, kind, reference, payment, details, found_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT finding_is_told_once DO NOTHING";
    let values = [
        types::new_uuid(open.now).into(),
        provider.word().into(),
        finding.word().into(),
        reference.into(),
        payment.map(PaymentId::uuid).into(),
        details.into(),
        open.now.into(),
    ];
    open.run(sql, values).await.map(drop)
}
