//! Money that goes back to cards: asked for with the key that was stored before, looked at, and listed.

use std::collections::HashMap;

use domain::payments::{NewRefund, RefundLook, RefundSeen, RefundsOf, Trouble};
use stripe::RequestStrategy;
use stripe_core::{
    Refund,
    refund::{CreateRefund, ListRefund, RetrieveRefund},
};
use stripe_types::RangeQueryTs;
use types::RefundId;

use crate::{
    gateway::{MOST_PAGES, Stripe, once_for},
    seen,
};

/// Under what Stripe keeps our name of a refund.
const REFUND: &str = "refund";
/// What is told of the charge with a refund: the card is on it.
const CHARGE: &str = "charge";

impl Stripe {
    pub(crate) async fn new_refund(&self, ask: &NewRefund) -> Result<RefundLook, Trouble> {
        let ours = HashMap::from([
            (REFUND.to_owned(), ask.refund.to_string()),
            ("organisation".to_owned(), ask.organisation.to_string()),
        ]);
        let request = CreateRefund::new()
            .payment_intent(ask.intent.as_str())
            .amount(ask.amount)
            .metadata(ours)
            .expand(vec![CHARGE.to_owned()]);
        Ok(of_refund(&self.send(request, once_for(&ask.key)?).await?))
    }

    pub(crate) async fn refund(&self, reference: &str) -> Result<RefundLook, Trouble> {
        let request = RetrieveRefund::new(reference).expand(vec![CHARGE.to_owned()]);
        Ok(of_refund(&self.send(request, RequestStrategy::Once).await?))
    }

    pub(crate) async fn refunds(&self, of: &RefundsOf) -> Result<Vec<RefundLook>, Trouble> {
        let mut looks: Vec<RefundLook> = Vec::new();
        for _ in 0..MOST_PAGES {
            let request = ListRefund::new().limit(100_i64).expand(vec![format!("data.{CHARGE}")]);
            let request = match of {
                RefundsOf::Intent(intent) => request.payment_intent(intent.as_str()),
                RefundsOf::Charge(charge) => request.charge(charge.as_str()),
                RefundsOf::Since(since) => request.created(RangeQueryTs::gte(since.as_second())),
            };
            let request = match looks.last() {
                Some(last) => request.starting_after(last.reference.as_str()),
                None => request,
            };
            let page = self.send(request, RequestStrategy::Once).await?;
            let is_last = !page.has_more || page.data.is_empty();
            looks.extend(page.data.iter().map(of_refund));
            if is_last {
                return Ok(looks);
            }
        }
        Err(Trouble::Unsure("the list of refunds has no end".to_owned()))
    }
}

/// How far a refund is. A word that we do not know means that it is not over.
fn of_refund(refund: &Refund) -> RefundLook {
    let charge = refund.charge.as_ref().and_then(|charge| charge.as_object());
    let details = charge.and_then(|charge| charge.payment_method_details.as_ref());
    let card = details.and_then(|details| details.card.as_ref()).and_then(|card| card.last4.clone());
    RefundLook {
        reference: refund.id.to_string(),
        refund: refund.metadata.as_ref().and_then(ours),
        intent: refund.payment_intent.as_ref().map(|intent| intent.id().to_string()),
        seen: seen_of(refund.status.as_deref(), refund.failure_reason.as_deref()),
        amount: refund.amount,
        currency: seen::currency_of(&refund.currency),
        card,
    }
}

fn seen_of(status: Option<&str>, why: Option<&str>) -> RefundSeen {
    match status {
        Some("succeeded") => RefundSeen::Done,
        Some(over @ ("failed" | "canceled")) => RefundSeen::Failed(why.unwrap_or(over).to_owned()),
        _ => RefundSeen::OnItsWay,
    }
}

/// What we call it, where that was said when it was made.
fn ours(metadata: &HashMap<String, String>) -> Option<RefundId> {
    metadata.get(REFUND)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_to_be_over_is_on_its_way() {
        assert_eq!(seen_of(Some("succeeded"), None), RefundSeen::Done);
        let failed = |word: &str| RefundSeen::Failed(word.to_owned());
        assert_eq!(seen_of(Some("failed"), Some("expired_or_canceled_card")), failed("expired_or_canceled_card"));
        assert_eq!(seen_of(Some("canceled"), None), failed("canceled"));
        for status in [None, Some("pending"), Some("requires_action"), Some("another")] {
            assert_eq!(seen_of(status, None), RefundSeen::OnItsWay, "{status:?}");
        }
    }

    #[test]
    fn a_refund_that_others_made_names_none_of_ours() {
        let metadata = |value: &str| HashMap::from([("refund".to_owned(), value.to_owned())]);
        assert_eq!(ours(&HashMap::new()), None);
        assert_eq!(ours(&metadata("pay_01ka4c2d00000000000000000z")), None);
        let named = ours(&metadata("rfd_01ka4c2d00000000000000000z")).map(|refund| refund.to_string());
        assert_eq!(named.as_deref(), Some("rfd_01ka4c2d00000000000000000z"));
    }
}
