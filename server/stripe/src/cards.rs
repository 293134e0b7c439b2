//! Cards that Stripe keeps: a page to give one on, what became of it, money from one while nobody is there, and forgetting it.

use std::collections::HashMap;

use domain::payments::{
    Answer, Checkout, Trouble,
    cards::{Charged, Forget, KeepsCards, Kept, NewCharge, NewSetup},
};
use miniserde::json::Value;
use serde::Serialize;
use stripe::{RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::{
    CheckoutSessionMode,
    checkout_session::{CreateCheckoutSession, CreateCheckoutSessionPaymentMethodTypes, RetrieveCheckoutSession},
};
use stripe_client_core::{RequestBuilder, StripeMethod};
use stripe_core::payment_intent::{CreatePaymentIntent, CreatePaymentIntentOffSession, ListPaymentIntent};
use types::PaymentId;

use crate::{
    gateway::{Stripe, once_for, trouble},
    seen,
};

/// The status of a card that was refused.
const PAYMENT_REQUIRED: u16 = 402;
/// So many payments of a customer are looked through: an hour lies between two, and a lost one is looked for within a day.
const MOST_LISTED: i64 = 100;

/// Takes a card from its customer; the crate with Stripe's own request is no part of this program.
#[derive(Serialize)]
struct Detach {
    #[serde(skip)]
    method: String,
}

impl StripeRequest for Detach {
    type Output = Value;

    fn build(&self) -> RequestBuilder {
        // A form without a field is one still: Stripe asks for its type.
        RequestBuilder::new(StripeMethod::Post, format!("/payment_methods/{}/detach", self.method)).form(self)
    }
}

impl Stripe {
    async fn new_setup(&self, ask: &NewSetup) -> Result<Checkout, Trouble> {
        let page = self.cards_page_of(ask.organisation);
        let ours = HashMap::from([
            ("card".to_owned(), ask.card.to_string()),
            ("organisation".to_owned(), ask.organisation.to_string()),
        ]);
        let request = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Setup)
            .payment_method_types(vec![CreateCheckoutSessionPaymentMethodTypes::Card])
            .currency(seen::currency(ask.currency))
            .customer(ask.customer.as_str())
            .client_reference_id(ask.card.to_string())
            .metadata(ours)
            .success_url(page.as_str())
            .cancel_url(page.as_str());
        let session = self.send(request, once_for(&ask.key)?).await?;
        Ok(Checkout { session: session.id.to_string(), pay_at: session.url })
    }

    async fn card_of(&self, session: &str) -> Result<Kept, Trouble> {
        let parts = ["setup_intent.payment_method", "payment_intent.payment_method"];
        let request = RetrieveCheckoutSession::new(session).expand(parts.map(str::to_owned).to_vec());
        Ok(seen::kept(&self.send(request, RequestStrategy::Once).await?))
    }

    /// A card that is refused answers with the payment that was made, which says why.
    async fn new_charge(&self, ask: &NewCharge) -> Result<Charged, Trouble> {
        let ours = HashMap::from([
            (seen::PAYMENT.to_owned(), ask.payment.to_string()),
            ("organisation".to_owned(), ask.organisation.to_string()),
            (seen::ALONE.to_owned(), "yes".to_owned()),
        ]);
        let request = CreatePaymentIntent::new(ask.amount, seen::currency(ask.currency))
            .payment_method_types(vec!["card".to_owned()])
            .customer(ask.customer.as_str())
            .payment_method(ask.method.as_str())
            .metadata(ours)
            .off_session(CreatePaymentIntentOffSession::Bool(true))
            .confirm(true)
            .return_url(self.page_of(ask.organisation, ask.payment));
        match self.ask(request, once_for(&ask.key)?).await {
            Ok(intent) => Ok(seen::of_charge(&intent)),
            Err(Some(StripeError::Stripe(said, PAYMENT_REQUIRED))) => match said.payment_intent.as_ref() {
                Some(intent) => Ok(seen::of_charge(intent)),
                None => Err(trouble(StripeError::Stripe(said, PAYMENT_REQUIRED))),
            },
            Err(Some(error)) => Err(trouble(error)),
            Err(None) => Err(Trouble::Unsure("no answer in time".to_owned())),
        }
    }

    async fn charge_of(&self, customer: &str, payment: PaymentId) -> Result<Option<Charged>, Trouble> {
        let request = ListPaymentIntent::new().customer(customer).limit(MOST_LISTED);
        let list = self.send(request, RequestStrategy::Once).await?;
        let found = list.data.iter().find(|intent| seen::ours(&intent.metadata) == Some(payment));
        Ok(found.map(seen::of_charge))
    }

    async fn detach(&self, ask: &Forget) -> Result<(), Trouble> {
        self.send(Detach { method: ask.method.clone() }, once_for(&ask.key)?).await.map(drop)
    }
}

impl KeepsCards for Stripe {
    fn open_setup<'a>(&'a self, ask: &'a NewSetup) -> Answer<'a, Checkout> {
        Box::pin(self.new_setup(ask))
    }

    fn kept_card<'a>(&'a self, session: &'a str) -> Answer<'a, Kept> {
        Box::pin(self.card_of(session))
    }

    fn charge<'a>(&'a self, ask: &'a NewCharge) -> Answer<'a, Charged> {
        Box::pin(self.new_charge(ask))
    }

    fn find_charge<'a>(&'a self, customer: &'a str, payment: PaymentId) -> Answer<'a, Option<Charged>> {
        Box::pin(self.charge_of(customer, payment))
    }

    fn forget_card<'a>(&'a self, ask: &'a Forget) -> Answer<'a, ()> {
        Box::pin(self.detach(ask))
    }
}
