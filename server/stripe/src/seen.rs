//! What Stripe says of its objects, in our words. A word that we do not know means that it is not over.

use std::collections::HashMap;

use domain::payments::{
    Event, Look, Seen,
    cards::{CardSeen, Charged, Kept},
};
use miniserde::json::Value;
use stripe_checkout::{CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus};
use stripe_core::{PaymentIntent, PaymentIntentStatus};
use types::{Currency, PaymentId};

/// Under what Stripe keeps our name of a payment.
pub(crate) const PAYMENT: &str = "payment";
/// And that nobody is there to try another card.
pub(crate) const ALONE: &str = "alone";

/// Our currency as Stripe calls it.
pub(crate) fn currency(of: Currency) -> stripe_types::Currency {
    match of {
        Currency::Mad => stripe_types::Currency::MAD,
        Currency::Eur => stripe_types::Currency::EUR,
        Currency::Usd => stripe_types::Currency::USD,
    }
}

/// How far the payment of a page is; its movement of money is expanded.
pub(crate) fn of_session(session: &CheckoutSession) -> Look {
    let intent = session.payment_intent.as_ref();
    let seen = match &session.status {
        // No money is on its way, whatever becomes of the page.
        _ if matches!(session.mode, CheckoutSessionMode::Setup) => Seen::OnItsWay,
        Some(CheckoutSessionStatus::Open) => Seen::Open,
        Some(CheckoutSessionStatus::Expired) => Seen::Expired,
        Some(CheckoutSessionStatus::Complete) => match &session.payment_status {
            CheckoutSessionPaymentStatus::Paid | CheckoutSessionPaymentStatus::NoPaymentRequired => Seen::Paid,
            _ => intent.and_then(|intent| intent.as_object()).map_or(Seen::OnItsWay, unpaid),
        },
        _ => Seen::OnItsWay,
    };
    Look {
        session: Some(session.id.to_string()),
        intent: intent.map(|intent| intent.id().to_string()),
        payment: session.metadata.as_ref().and_then(ours),
        seen,
        amount: session.amount_total.unwrap_or(0),
        currency: session.currency.as_ref().and_then(currency_of),
    }
}

/// How far a movement of money is.
pub(crate) fn of_intent(intent: &PaymentIntent) -> Look {
    let seen = match &intent.status {
        PaymentIntentStatus::Succeeded => Seen::Paid,
        PaymentIntentStatus::Canceled => Seen::Cancelled,
        PaymentIntentStatus::RequiresPaymentMethod if intent.metadata.contains_key(ALONE) => unpaid(intent),
        PaymentIntentStatus::RequiresAction
        | PaymentIntentStatus::RequiresConfirmation
        | PaymentIntentStatus::RequiresPaymentMethod => Seen::Open,
        _ => Seen::OnItsWay,
    };
    Look {
        session: None,
        intent: Some(intent.id.to_string()),
        payment: ours(&intent.metadata),
        amount: if seen == Seen::Paid { intent.amount_received } else { intent.amount },
        seen,
        currency: currency_of(&intent.currency),
    }
}

/// How far a payment without anybody there is, and where its bank asks for them.
pub(crate) fn of_charge(intent: &PaymentIntent) -> Charged {
    let look = of_intent(intent);
    let action = intent.next_action.as_ref().filter(|_| look.seen == Seen::Open);
    let confirm_at = action.and_then(|action| action.redirect_to_url.as_ref()?.url.clone());
    Charged { look, confirm_at }
}

/// What became of the card of a page; its payment or its setup is expanded, with the card.
pub(crate) fn kept(session: &CheckoutSession) -> Kept {
    match &session.status {
        Some(CheckoutSessionStatus::Expired) => Kept::Expired,
        Some(CheckoutSessionStatus::Complete) => card(session).map_or(Kept::Nothing, Kept::Card),
        _ => Kept::Open,
    }
}

fn card(session: &CheckoutSession) -> Option<CardSeen> {
    let setup = session.setup_intent.as_ref().and_then(|intent| intent.as_object()?.payment_method.as_ref());
    let payment = session.payment_intent.as_ref().and_then(|intent| intent.as_object()?.payment_method.as_ref());
    let method = setup.or(payment)?.as_object()?;
    let plate = method.card.as_ref()?;
    Some(CardSeen {
        method: method.id.to_string(),
        brand: plate.brand.clone(),
        last4: plate.last4.clone(),
        exp_month: plate.exp_month.try_into().ok()?,
        exp_year: plate.exp_year.try_into().ok()?,
    })
}

/// Something that happened; of what it happened to, the name alone.
pub(crate) fn of_event(event: &stripe_core::Event) -> Event {
    let object = match &event.data.object {
        Value::Object(object) => match object.get("id") {
            Some(Value::String(id)) => Some(id.clone()),
            _ => None,
        },
        _ => None,
    };
    Event { id: event.id.to_string(), kind: event.type_.as_str().to_owned(), object }
}

/// A page that is done and whose money has not come.
fn unpaid(intent: &PaymentIntent) -> Seen {
    match &intent.status {
        PaymentIntentStatus::Canceled => Seen::Cancelled,
        PaymentIntentStatus::RequiresPaymentMethod => {
            let error = intent.last_payment_error.as_ref();
            let code = error.and_then(|error| error.code.as_ref()).map(|code| code.as_str().to_owned());
            let word = error.and_then(|error| error.decline_code.clone()).or(code);
            Seen::Failed(word.unwrap_or_else(|| "unpaid".to_owned()))
        }
        _ => Seen::OnItsWay,
    }
}

/// What we call it, where that was said when it was made.
pub(crate) fn ours(metadata: &HashMap<String, String>) -> Option<PaymentId> {
    metadata.get(PAYMENT)?.parse().ok()
}

pub(crate) fn currency_of(of: &stripe_types::Currency) -> Option<Currency> {
    match of {
        stripe_types::Currency::MAD => Some(Currency::Mad),
        stripe_types::Currency::EUR => Some(Currency::Eur),
        stripe_types::Currency::USD => Some(Currency::Usd),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_currencies_are_what_stripe_gives_back() {
        for of in Currency::ALL {
            assert_eq!(currency_of(&currency(*of)), Some(*of));
        }
        assert_eq!(currency_of(&stripe_types::Currency::BYN), None);
    }

    #[test]
    fn what_was_made_by_others_names_no_payment_of_ours() {
        let metadata = |value: &str| HashMap::from([("payment".to_owned(), value.to_owned())]);
        assert_eq!(ours(&HashMap::new()), None);
        assert_eq!(ours(&metadata("inv_01ka4c2d00000000000000000z")), None);
        let named = ours(&metadata("pay_01ka4c2d00000000000000000z")).map(|payment| payment.to_string());
        assert_eq!(named.as_deref(), Some("pay_01ka4c2d00000000000000000z"));
    }
}
