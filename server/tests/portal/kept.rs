//! What the double keeps of cards: it takes what it is asked for, and a test says what a card is.

use domain::payments::{
    Answer, Checkout, Look, Seen, Trouble,
    cards::{CardSeen, Charged, Forget, KeepsCards, Kept, NewCharge, NewSetup},
};
use types::{PaymentId, SavedCardId};

use super::{Double, TestPortal};

impl KeepsCards for Double {
    fn open_setup<'a>(&'a self, ask: &'a NewSetup) -> Answer<'a, Checkout> {
        let session = format!("cs_{}", ask.card);
        let page = Checkout { pay_at: Some(format!("https://pay.test/{session}")), session };
        Box::pin(std::future::ready(Ok(page)))
    }

    fn kept_card<'a>(&'a self, session: &'a str) -> Answer<'a, Kept> {
        let seen = CardSeen {
            method: session.replacen("cs_", "pm_", 1),
            brand: "visa".to_owned(),
            last4: "4242".to_owned(),
            exp_month: 12,
            exp_year: 2031,
        };
        Box::pin(std::future::ready(Ok(if self.is_paid() { Kept::Card(seen) } else { Kept::Open })))
    }

    fn charge<'a>(&'a self, ask: &'a NewCharge) -> Answer<'a, Charged> {
        let look = Look {
            session: None,
            intent: Some(format!("pi_{}", ask.payment)),
            payment: Some(ask.payment),
            seen: Seen::Paid,
            amount: ask.amount,
            currency: Some(ask.currency),
        };
        Box::pin(std::future::ready(Ok(Charged { look, confirm_at: None })))
    }

    fn find_charge<'a>(&'a self, _: &'a str, _: PaymentId) -> Answer<'a, Option<Charged>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn forget_card<'a>(&'a self, ask: &'a Forget) -> Answer<'a, ()> {
        let missing = || Err(Trouble::Refused("resource_missing".to_owned()));
        Box::pin(std::future::ready(if ask.method.is_empty() { missing() } else { Ok(()) }))
    }
}

impl TestPortal {
    /// A card that an organisation keeps; nobody gives one here.
    pub(crate) async fn card(&self, organisation: &str) -> SavedCardId {
        let id = SavedCardId::new(self.now());
        let sql = format!(
            "INSERT INTO saved_card (organisation_id, id, provider, idempotency_key, state, method_ref, brand, last4,
                 exp_month, exp_year, asked_at)
             SELECT id, '{}', 'stripe', 'card:{id}', 'saved', 'pm_{id}', 'visa', '4242', 12, 2031, '{}'
             FROM organisation WHERE slug = '{organisation}'",
            id.uuid(),
            self.now()
        );
        self.as_owner(&sql).await;
        id
    }
}
