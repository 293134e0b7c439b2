//! Noting on a draft that the reasons to look at it were looked at.

use axum::response::Response;
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    invoices,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{DraftLookView, InvoiceId, LookAtDraft, ReviewView};

use super::super::{asked::reason_field, invoice};
use crate::{
    Flash, Office,
    components::{Button, Card, Form, both, text, time},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Looked {
    reason: String,
    idempotency_key: String,
}

type Which = Path<(String, InvoiceId)>;

/// Notes the look.
pub(crate) async fn look(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Path((_, id)): Which,
    Sent(sent): Sent<Looked>,
) -> Result<Response, Refused> {
    let ask = LookAtDraft { reason: sent.reason };
    let command = Command::new(&sent.idempotency_key, "look_at_draft", &(id, &ask))?;
    let (db, now) = (&office.portal.db, office.now);
    match invoices::look_at_draft(db, &scope, (id, &ask), command, now).await.map_err(Refused::from) {
        Ok(_) => {
            let href = format!("/staff/billing/{}/invoices/{id}", seat.slug());
            Ok(office.redirect(&href, Flash::done(say!(office.words(), "close-looked"))))
        }
        Err(refused) => invoice::again(&office, &seat, id, refused).await,
    }
}

/// The form on a draft that has reasons, and the looks that there were.
pub(crate) fn card(
    office: &Office<ReadInvoices>,
    base: &str,
    (review, looks): (&ReviewView, &[DraftLookView]),
    refused: Option<&Refused>,
) -> Option<AnyView> {
    let words = office.words();
    if review.reasons.is_empty() {
        return None;
    }
    let said = looks.iter().map(|look| noted(words, look)).collect_view();
    let is_looked_at = review.reasons.iter().all(|reason| looks.iter().any(|look| look.reasons.contains(reason)));
    let form = (!is_looked_at && super::may_close(office)).then(|| {
        let fields = view! {
            {reason_field(words, "", say!(words, "close-look-hint"), refused)}
            <div>{Button::new(say!(words, "close-look")).submit()}</div>
        };
        Form::post(format!("{base}/look")).once(office.key()).around(fields.into_any())
    });
    let body = view! { {said}{form} };
    Some(Card::titled(say!(words, "close-looks")).body(body.into_any()))
}

fn noted(words: &Words, look: &DraftLookView) -> AnyView {
    let note = view! { <bdi>{look.note.clone()}</bdi> }.into_any();
    let at = time(look.looked_at, words.moment(look.looked_at));
    let reasons = look.reasons.iter().map(|reason| words.say("staff-review", &[("word", reason.word().into())]));
    let reasons = text(reasons.collect::<Vec<_>>().join(" · "));
    view! { <p class="sm">{both(note, view! { {at}" · "{reasons} }.into_any())}</p> }.into_any()
}
