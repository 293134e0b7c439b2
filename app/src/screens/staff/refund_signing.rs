//! A refund above the limit: asking for its second signature, and giving the money back once that is there.

use axum::response::Response;
use domain::{
    access::{
        Seat,
        policy::{CloseBilling, ReadInvoices},
    },
    commands::Command,
    refunds,
};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Allowed, Form as Sent, Refused};
use types::AskRefund;

use super::{
    asked::decimal_of,
    refunds::{Wanted, again, base, currency},
};
use crate::{
    Flash, Office,
    components::{Button, Card, Form, hidden},
};

/// Asks for the signature that a refund needs.
pub(crate) async fn ask(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Sent(wanted): Sent<Wanted>,
) -> Result<Response, Refused> {
    let currency = currency(&office, &seat).await?;
    let outcome = async {
        let ask = wanted.ask(currency)?;
        let command = Command::new(&wanted.idempotency_key, "ask_to_refund", &ask)?;
        Ok::<_, Refused>(refunds::ask_to_refund(&office.portal.db, &scope, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(view) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "sign-off-now-asked")).then(say!(words, "sign-off-now-asked-means"));
            Ok(office.redirect(&format!("/staff/billing/{}/sign-offs/{}", seat.slug(), view.id), flash))
        }
        Err(refused) => again(&office, &seat, wanted, refused).await,
    }
}

/// What is above the limit can be asked for with what was sent.
pub(super) fn asking(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    wanted: &Wanted,
    refused: Option<&Refused>,
) -> Option<AnyView> {
    let words = office.words();
    if refused?.refusal().fact != "sign-off-needed" {
        return None;
    }
    let fields =
        [("payment", wanted.payment.clone()), ("amount", wanted.amount.clone()), ("reason", wanted.reason.clone())];
    let button = Button::new(say!(words, "sign-off-ask")).primary();
    let form = Form::post(format!("{}/sign-off", base(seat))).once(office.key()).around(again_with(fields, button));
    let body = view! { <p class="sm">{say!(words, "refund-ask-to-sign")}</p>{form} };
    Some(Card::titled(say!(words, "sign-off-ask")).body(body.into_any()))
}

/// What was signed, to be given back now.
pub(super) fn now(words: &Words, key: String, seat: &Seat, ask: &AskRefund) -> AnyView {
    let amount = ask.amount.map(|amount| decimal_of(amount.micros)).unwrap_or_default();
    let fields = [("payment", source(ask)), ("amount", amount), ("reason", ask.reason.clone())];
    let fields = again_with(fields, Button::new(say!(words, "refund-now")).primary());
    let fields = view! { <p class="sm">{say!(words, "refund-final")}</p>{fields} };
    Form::post(base(seat)).once(key).around(fields.into_any())
}

/// The id of what it is of.
pub(super) fn source(ask: &AskRefund) -> String {
    let line = ask.bank_line.map(|line| line.to_string());
    ask.payment.map(|payment| payment.to_string()).or(line).unwrap_or_default()
}

fn again_with(fields: [(&'static str, String); 3], button: Button) -> AnyView {
    let fields = fields.map(|(name, value)| hidden(name, value)).collect_view();
    view! { {fields}<div>{button.submit()}</div> }.into_any()
}
