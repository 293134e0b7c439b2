//! The port of the domain, spoken to Stripe. Every call that makes something carries the key that was stored before it, and
//! none waits for ever: what was not answered is not known.

use std::{collections::HashMap, time::Duration};

use domain::payments::{
    Answer, Checkout, Event, Gateway, Look, NewCheckout, NewCustomer, NewRefund, Reference, RefundLook, RefundsOf,
    Trouble,
};
use miniserde::Deserialize;
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::{
    CheckoutSessionMode,
    checkout_session::{
        CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
        CreateCheckoutSessionPaymentIntentData, CreateCheckoutSessionPaymentIntentDataSetupFutureUsage,
        CreateCheckoutSessionPaymentMethodTypes, ProductData, RetrieveCheckoutSession,
    },
};
use stripe_core::{customer::CreateCustomer, event::ListEvent, payment_intent::RetrievePaymentIntent};
use stripe_types::RangeQueryTs;
use types::{OrganisationId, PaymentId, PaymentProvider, Timestamp};

use crate::seen;

/// How long one call may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest list of events that is read: a hundred pages of a hundred.
pub(crate) const MOST_PAGES: usize = 100;

/// Settings that nothing can be asked with.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(String);

/// Stripe, with the hub's key.
pub struct Stripe {
    client: Client,
    /// Where people come back to: the portal's address, without a slash at the end.
    portal: String,
}

impl Stripe {
    /// Stripe by the hub's secret key; `url` is another address than Stripe's own, for tests. People come back to `portal`.
    ///
    /// # Errors
    /// When the key or the address cannot be sent.
    pub fn new(key: &str, url: Option<&str>, portal: &str) -> Result<Self, Unusable> {
        let builder = ClientBuilder::new(key);
        let builder = match url {
            Some(url) => builder.url(format!("{}/", url.trim_end_matches('/'))),
            None => builder,
        };
        let client = builder.build().map_err(|error| Unusable(error.to_string()))?;
        Ok(Self { client, portal: portal.to_owned() })
    }

    pub(crate) async fn send<R>(&self, request: R, strategy: RequestStrategy) -> Result<R::Output, Trouble>
    where
        R: StripeRequest + Send + Sync,
        R::Output: Deserialize + Send,
    {
        self.ask(request, strategy).await.map_err(|error| match error {
            Some(error) => trouble(error),
            None => Trouble::Unsure("no answer in time".to_owned()),
        })
    }

    /// The same, and what exactly went wrong; nothing where no answer came in time.
    pub(crate) async fn ask<R>(&self, request: R, strategy: RequestStrategy) -> Result<R::Output, Option<StripeError>>
    where
        R: StripeRequest + Send + Sync,
        R::Output: Deserialize + Send,
    {
        let sending = request.customize().request_strategy(strategy).send(&self.client);
        match tokio::time::timeout(PATIENCE, sending).await {
            Ok(answered) => answered.map_err(Some),
            Err(_) => Err(None),
        }
    }

    /// Where who gives a card comes back to.
    pub(crate) fn cards_page_of(&self, organisation: OrganisationId) -> String {
        format!("{}/o/{organisation}/wallet/cards", self.portal)
    }

    /// Where the person of a payment comes back to.
    pub(crate) fn page_of(&self, organisation: OrganisationId, payment: PaymentId) -> String {
        format!("{}/o/{organisation}/wallet/top-ups/{payment}", self.portal)
    }

    async fn new_customer(&self, ask: &NewCustomer) -> Result<String, Trouble> {
        let ours = [("organisation".to_owned(), ask.organisation.to_string())];
        let request = CreateCustomer::new().name(ask.name.as_str()).metadata(ours);
        let customer = self.send(request, once_for(&ask.key)?).await?;
        Ok(customer.id.to_string())
    }

    async fn new_checkout(&self, ask: &NewCheckout) -> Result<Checkout, Trouble> {
        let page = self.page_of(ask.organisation, ask.payment);
        let ours = HashMap::from([
            (seen::PAYMENT.to_owned(), ask.payment.to_string()),
            ("organisation".to_owned(), ask.organisation.to_string()),
        ]);
        let price = CreateCheckoutSessionLineItemsPriceData {
            unit_amount: Some(ask.amount),
            product_data: Some(ProductData::new(ask.title.as_str())),
            ..CreateCheckoutSessionLineItemsPriceData::new(seen::currency(ask.currency))
        };
        let line = CreateCheckoutSessionLineItems {
            quantity: Some(1),
            price_data: Some(price),
            ..CreateCheckoutSessionLineItems::new()
        };
        let keeps = ask.keeps_card.then_some(CreateCheckoutSessionPaymentIntentDataSetupFutureUsage::OffSession);
        let intent = CreateCheckoutSessionPaymentIntentData {
            metadata: Some(ours.clone()),
            setup_future_usage: keeps,
            ..CreateCheckoutSessionPaymentIntentData::new()
        };
        let request = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Payment)
            .payment_method_types(vec![CreateCheckoutSessionPaymentMethodTypes::Card])
            .customer(ask.customer.as_str())
            .client_reference_id(ask.payment.to_string())
            .metadata(ours)
            .payment_intent_data(intent)
            .line_items(vec![line])
            .success_url(page.as_str())
            .cancel_url(page.as_str());
        let session = self.send(request, once_for(&ask.key)?).await?;
        Ok(Checkout { session: session.id.to_string(), pay_at: session.url })
    }

    async fn look_at(&self, at: &Reference) -> Result<Look, Trouble> {
        match at {
            Reference::Session(id) => {
                let request = RetrieveCheckoutSession::new(id.as_str()).expand(vec!["payment_intent".to_owned()]);
                Ok(seen::of_session(&self.send(request, RequestStrategy::Once).await?))
            }
            Reference::Intent(id) => {
                let request = RetrievePaymentIntent::new(id.as_str());
                Ok(seen::of_intent(&self.send(request, RequestStrategy::Once).await?))
            }
        }
    }

    async fn events_since(&self, since: Timestamp) -> Result<Vec<Event>, Trouble> {
        let mut events: Vec<Event> = Vec::new();
        for _ in 0..MOST_PAGES {
            let request = ListEvent::new().created(RangeQueryTs::gte(since.as_second())).limit(100_i64);
            let request = match events.last() {
                Some(last) => request.starting_after(last.id.as_str()),
                None => request,
            };
            let page = self.send(request, RequestStrategy::Once).await?;
            let is_last = !page.has_more || page.data.is_empty();
            events.extend(page.data.iter().map(seen::of_event));
            if is_last {
                return Ok(events);
            }
        }
        Err(Trouble::Unsure("the list of events has no end".to_owned()))
    }
}

impl Gateway for Stripe {
    fn provider(&self) -> PaymentProvider {
        PaymentProvider::Stripe
    }

    fn make_customer<'a>(&'a self, ask: &'a NewCustomer) -> Answer<'a, String> {
        Box::pin(self.new_customer(ask))
    }

    fn open_checkout<'a>(&'a self, ask: &'a NewCheckout) -> Answer<'a, Checkout> {
        Box::pin(self.new_checkout(ask))
    }

    fn look<'a>(&'a self, at: &'a Reference) -> Answer<'a, Look> {
        Box::pin(self.look_at(at))
    }

    fn give_back<'a>(&'a self, ask: &'a NewRefund) -> Answer<'a, RefundLook> {
        Box::pin(self.new_refund(ask))
    }

    fn look_at_refund<'a>(&'a self, reference: &'a str) -> Answer<'a, RefundLook> {
        Box::pin(self.refund(reference))
    }

    fn list_refunds<'a>(&'a self, of: &'a RefundsOf) -> Answer<'a, Vec<RefundLook>> {
        Box::pin(self.refunds(of))
    }

    fn list_since(&self, since: Timestamp) -> Answer<'_, Vec<Event>> {
        Box::pin(self.events_since(since))
    }
}

/// One try with this key. The library's own retries make a key of their own, so they are not used.
pub(crate) fn once_for(key: &str) -> Result<RequestStrategy, Trouble> {
    let key = IdempotencyKey::new(key).map_err(|error| Trouble::Refused(error.to_string()))?;
    Ok(RequestStrategy::Idempotent(key))
}

/// Only what Stripe says of the request itself is a refusal. That it does not know our key, is asked too often or at the same
/// time, or does not work, says nothing of whether it did what it was asked.
pub(crate) fn trouble(error: StripeError) -> Trouble {
    match error {
        StripeError::Stripe(said, status) => {
            let code = said.code.as_ref().map(|code| code.as_str().to_owned());
            let word = said.decline_code.clone().or(code).unwrap_or_else(|| said.type_.as_str().to_owned());
            // The key came with other words before: what was done by them, nobody knows.
            let is_known_key = said.type_.as_str() == "idempotency_error";
            match status {
                401 | 403 | 409 | 429 | 500.. => Trouble::Unsure(format!("{status}: {word}")),
                _ if is_known_key => Trouble::Unsure(word),
                _ => Trouble::Refused(word),
            }
        }
        other => Trouble::Unsure(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_come_back_to_their_payment() {
        let stripe = Stripe::new("sk_test_1", Some("http://127.0.0.1:1"), "https://gpu.example.org").unwrap();
        let (organisation, payment) = ("org_01ka4c2d00000000000000000z", "pay_01ka4c2d00000000000000000z");
        let page = stripe.page_of(organisation.parse().unwrap(), payment.parse().unwrap());
        assert_eq!(page, format!("https://gpu.example.org/o/{organisation}/wallet/top-ups/{payment}"));
    }

    #[test]
    fn a_key_that_was_used_for_other_words_says_nothing_of_what_was_done() {
        let said = |body: &str| trouble(StripeError::Stripe(Box::new(miniserde::json::from_str(body).unwrap()), 400));
        let known = said(r#"{"type": "idempotency_error"}"#);
        assert!(matches!(known, Trouble::Unsure(_)), "{known:?}");
        let refused = said(r#"{"type": "invalid_request_error", "code": "resource_missing"}"#);
        assert!(matches!(&refused, Trouble::Refused(word) if word == "resource_missing"), "{refused:?}");
    }

    #[test]
    fn a_key_that_no_request_can_carry_is_refused() {
        assert!(Stripe::new("sk_test_\n", None, "https://gpu.example.org").is_err());
    }

    #[tokio::test]
    async fn a_provider_that_is_not_there_leaves_it_open_what_happened() {
        // Nothing listens on the port of nobody.
        let stripe = Stripe::new("sk_test_1", Some("http://127.0.0.1:1/"), "https://gpu.example.org").unwrap();
        let looked = stripe.look(&Reference::Session("cs_1".to_owned())).await;
        assert!(matches!(looked, Err(Trouble::Unsure(_))), "{looked:?}");
    }
}
