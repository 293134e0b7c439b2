//! Taking back what is left of a lot: what that does, the reason, and the reversing entry.

use axum::response::{IntoResponse, Response};
use domain::{
    access::{Seat, policy::GrantCredits},
    commands::Command,
    grants,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{LotId, LotView, UndoGrant};

use super::{
    asked::{is_said_here, notice, reason_field},
    grant::{Found, Names, amount_words, found, lot_left},
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Form, Heading, amount, facts, refused as refused_button},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    idempotency_key: String,
}

type Which = Path<(String, LotId)>;

/// The page.
pub(crate) async fn show(
    office: Office<GrantCredits>,
    Allowed(_, seat): Allowed<GrantCredits>,
    Path((_, lot)): Which,
) -> Result<Page, Refused> {
    page(&office, &seat, lot, None).await
}

/// Takes it back.
pub(crate) async fn undo(
    office: Office<GrantCredits>,
    Allowed(scope, seat): Allowed<GrantCredits>,
    Path((_, lot)): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let ask = UndoGrant { reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "undo_grant", &(lot, &ask))?;
    let outcome = grants::undo_grant(&office.portal.db, &scope, lot, ask, command, office.now).await;
    match outcome.map_err(Refused::from) {
        Ok(view) => {
            let (words, known) = (office.words(), found(&office, &seat).await?);
            let back = amount_words(words, &Names::of(&known), view.voided);
            let flash = Flash::done(say!(words, "staff-taken-back", amount = back));
            let next = say!(words, "staff-taken-back-means");
            Ok(office.redirect(&format!("/staff/grants/{}", seat.slug()), flash.then(next)))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, &seat, lot, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(
    office: &Office<GrantCredits>,
    seat: &Seat,
    id: LotId,
    returned: Option<(Wanted, Refused)>,
) -> Result<Page, Refused> {
    let known = found(office, seat).await?;
    let lot = known.lots.iter().find(|lot| lot.id == id).ok_or(domain::Error::NotFound)?;
    let shell = office.shell(StaffWay::Grants).await?;
    Ok(office.page_of(shell, StaffWay::Grants, &lot.name, || view(office, seat, &known, lot, returned)))
}

fn view(
    office: &Office<GrantCredits>,
    seat: &Seat,
    known: &Found,
    lot: &LotView,
    returned: Option<(Wanted, Refused)>,
) -> AnyView {
    let (words, names) = (office.words(), Names::of(known));
    let said = |value| amount(amount_words(words, &names, value));
    let pairs = vec![
        (say!(words, "staff-lot-granted"), said(lot.granted)),
        (say!(words, "staff-lot-used-label"), said(lot.used)),
        (say!(words, "staff-lot-left-label"), said(lot.left)),
    ];
    let heading = Heading::new(say!(words, "staff-take-back-of", lot = lot.name.as_str(), name = seat.name()));
    view! {
        {heading.view()}
        {notice(words, returned.as_ref().map(|(_, refused)| refused))}
        <div class="split">
            {Card::titled(say!(words, "staff-take-back")).body(form(office, seat, lot, returned))}
            {Card::titled(say!(words, "staff-now")).body(facts(pairs))}
        </div>
    }
    .into_any()
}

fn form(office: &Office<GrantCredits>, seat: &Seat, lot: &LotView, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = office.words();
    if !lot_left(lot) {
        return refused_button("nothing-left", say!(words, "staff-take-back"), say!(words, "refusal-lot-used-up"));
    }
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let reason = reason_field(words, sent.reason, say!(words, "staff-take-back-hint"), refused.as_ref());
    let fields = view! {
        <p class="sm">{say!(words, "staff-take-back-means")}</p>
        {reason}
        <div>{Button::new(say!(words, "staff-take-back")).danger().primary().submit()}</div>
    };
    let action = format!("/staff/grants/{}/lots/{}", seat.slug(), lot.id);
    Form::post(action).once(office.key()).around(fields.into_any())
}
