//! A double of a provider of payments: it opens pages, says that they are paid once it is told to, and signs what it tells.

use std::sync::Mutex;

use domain::payments::{
    Answer, Checkout, Event, Gateway, Look, NewCheckout, NewCustomer, NewRefund, Reference, RefundLook, RefundSeen,
    RefundsOf, Seen, Trouble,
};
use ring::hmac;
use types::{Currency, PaymentProvider, Timestamp};

/// The double.
#[derive(Default)]
pub(crate) struct Double(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    asks: Vec<NewCheckout>,
    is_paid: bool,
    is_away: bool,
}

impl Double {
    /// All pages are paid from now on.
    pub(crate) fn pay(&self) {
        self.0.lock().unwrap().is_paid = true;
    }

    /// It does not answer from now on.
    pub(crate) fn go_away(&self) {
        self.0.lock().unwrap().is_away = true;
    }

    /// Whether pages are paid.
    pub(super) fn is_paid(&self) -> bool {
        self.0.lock().unwrap().is_paid
    }

    /// For how many pages it was asked.
    pub(crate) fn n_asked(&self) -> usize {
        self.0.lock().unwrap().asks.len()
    }
}

impl Gateway for Double {
    fn provider(&self) -> PaymentProvider {
        PaymentProvider::Stripe
    }

    fn make_customer<'a>(&'a self, ask: &'a NewCustomer) -> Answer<'a, String> {
        let is_away = self.0.lock().unwrap().is_away;
        let away = Err(Trouble::Unsure("away".to_owned()));
        Box::pin(std::future::ready(if is_away { away } else { Ok(format!("cus_{}", ask.organisation)) }))
    }

    fn open_checkout<'a>(&'a self, ask: &'a NewCheckout) -> Answer<'a, Checkout> {
        let mut kept = self.0.lock().unwrap();
        kept.asks.push(ask.clone());
        let session = format!("cs_{}", ask.payment);
        let checkout = Checkout { pay_at: Some(format!("https://pay.test/{session}")), session };
        Box::pin(std::future::ready(Ok(checkout)))
    }

    fn look<'a>(&'a self, at: &'a Reference) -> Answer<'a, Look> {
        let kept = self.0.lock().unwrap();
        let ask = kept.asks.iter().find(|ask| at.text().ends_with(&ask.payment.to_string()));
        let look = ask.map(|ask| Look {
            session: Some(format!("cs_{}", ask.payment)),
            intent: kept.is_paid.then(|| format!("pi_{}", ask.payment)),
            payment: Some(ask.payment),
            seen: if kept.is_paid { Seen::Paid } else { Seen::Open },
            amount: ask.amount,
            currency: Some(ask.currency),
        });
        Box::pin(std::future::ready(look.ok_or_else(|| Trouble::Refused("resource_missing".to_owned()))))
    }

    fn give_back<'a>(&'a self, ask: &'a NewRefund) -> Answer<'a, RefundLook> {
        let look = RefundLook {
            reference: format!("re_{}", ask.refund),
            refund: Some(ask.refund),
            intent: Some(ask.intent.clone()),
            seen: RefundSeen::Done,
            amount: ask.amount,
            currency: Some(Currency::Mad),
            card: Some("4242".to_owned()),
        };
        Box::pin(std::future::ready(Ok(look)))
    }

    fn look_at_refund<'a>(&'a self, _: &'a str) -> Answer<'a, RefundLook> {
        Box::pin(std::future::ready(Err(Trouble::Unsure("away".to_owned()))))
    }

    fn list_refunds<'a>(&'a self, _: &'a RefundsOf) -> Answer<'a, Vec<RefundLook>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn list_since(&self, _: Timestamp) -> Answer<'_, Vec<Event>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
}

/// The header for these bytes, signed at `at` with this secret.
pub(crate) fn signed(secret: &str, body: &str, at: Timestamp) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{}.{body}", at.as_second()).as_bytes());
    let digits: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={},v1={digits}", at.as_second())
}
