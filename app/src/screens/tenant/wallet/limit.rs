//! The organisation's spending limit on the wallet's page: how far it is used, and the form that sets it. An empty maximum
//! takes it away.

use axum::response::{IntoResponse, Response};
use domain::{Tx, access::policy::LimitSpending, budgets};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Refused};
use types::{BudgetView, Currency, Money, SetSpendingLimit};

use super::super::budget::{bar, known};
use crate::{
    Flash, Room,
    components::{Button, Card, Field, Form, facts},
    screens::asked::{decimal_of, is_said_here, micros, notice, problem},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    ceiling: String,
    alert: String,
}

/// What was sent and why it cannot be taken.
pub(super) type Returned = Option<(Wanted, Refused)>;

/// Sets it, or takes it away.
pub(crate) async fn set(room: Room<LimitSpending>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    match done(&room, &sent).await {
        Ok(flash) => Ok(room.redirect("/wallet", flash)),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = super::page(&room.with()?, None, Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn done(room: &Room<LimitSpending>, sent: &Wanted) -> Result<Flash, Refused> {
    let words = room.words();
    if sent.ceiling.trim().is_empty() {
        budgets::remove_spending_limit(&room.portal.db, &room.scope, room.now).await?;
        return Ok(Flash::done(say!(words, "limit-removed")));
    }
    let tx = room.look().await?;
    let currency = currency_in(room, &tx).await?;
    drop(tx);
    let money = |micros| Money { micros, currency };
    let alert = match sent.alert.trim().is_empty() {
        true => None,
        false => Some(money(micros("alert", &sent.alert)?)),
    };
    let ask = SetSpendingLimit { ceiling: money(micros("ceiling", &sent.ceiling)?), alert };
    let view = budgets::set_spending_limit(&room.portal.db, &room.scope, ask, room.now).await?;
    let flash = Flash::done(say!(words, "limit-set", ceiling = words.money(view.ceiling)));
    Ok(flash.then(say!(words, "budget-set-means", alert = words.money(view.alert))))
}

async fn currency_in(room: &Room<LimitSpending>, tx: &Tx) -> Result<Currency, Refused> {
    let scope = room.seat.prove::<domain::access::policy::ReadBalance>()?;
    Ok(domain::ledger::wallet_in(tx, &scope).await?.currency)
}

/// The card: what is used, and for who may move it the form.
pub(super) fn card(
    words: &Words,
    action: Option<String>,
    limit: Option<&BudgetView>,
    currency: Currency,
    returned: Returned,
) -> AnyView {
    let used = limit.map(|limit| view! { {bar(limit)}{facts(known(words, limit))} });
    let none = limit.is_none().then(|| view! { <p class="sm faint">{say!(words, "limit-none")}</p> });
    let told = limit.map(|limit| {
        let (ceiling, alert) = (words.money(limit.ceiling), words.money(limit.alert));
        view! { <p class="sm soft">{say!(words, "limit-is", ceiling = ceiling, alert = alert)}</p> }
    });
    let form = action.map(|action| form(words, action, limit, currency, returned));
    let body = view! { <div class="stack">{none}{told}{used}{form}</div> };
    Card::titled(say!(words, "limit")).id("budget").body(body.into_any())
}

fn form(words: &Words, action: String, limit: Option<&BudgetView>, currency: Currency, returned: Returned) -> AnyView {
    let first = limit.map_or_else(Wanted::default, |limit| Wanted {
        ceiling: decimal_of(limit.ceiling.micros),
        alert: decimal_of(limit.alert.micros),
    });
    let (sent, refused) = returned.map_or((first, None), |(sent, refused)| (sent, Some(refused)));
    let ceiling = Field::amount("ceiling", say!(words, "limit-ceiling")).value(sent.ceiling).unit(currency.word());
    let ceiling = ceiling.hint(say!(words, "limit-ceiling-hint")).error(problem(words, refused.as_ref(), "ceiling"));
    let alert = Field::amount("alert", say!(words, "budget-alert")).value(sent.alert).unit(currency.word());
    let alert = alert.hint(say!(words, "limit-alert-hint")).error(problem(words, refused.as_ref(), "alert"));
    let fields = view! {
        {ceiling.view()}{alert.view()}
        <div>{Button::new(say!(words, "limit-save")).submit()}</div>
    };
    let form = Form::post(action).around(fields.into_any());
    view! { {notice(words, refused.as_ref())}{form} }.into_any()
}
