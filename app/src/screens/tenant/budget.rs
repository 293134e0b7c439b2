//! The budget of a project or a member: how far it is used, and the form that sets it. An empty ceiling takes it away.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule, Tx,
    access::{
        Permission,
        policy::{ManageProjects, ReadBalance},
    },
    budgets, ledger,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{BudgetSubject, BudgetView, BudgetWindow, Currency, Money, ProjectId, SetBudget, UserId};

use super::{members, projects};
use crate::{
    Flash, Room,
    components::{Button, Card, Field, Form, Select, Tone, facts, meter, text},
    screens::asked::{decimal_of, is_said_here, micros, notice, problem},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    window: String,
    ceiling: String,
    alert: String,
}

/// What was sent and why it cannot be taken.
pub(super) type Returned = Option<(Wanted, Refused)>;

/// Sets a project's.
pub(crate) async fn of_project(
    room: Room<ManageProjects>,
    Path((_, project)): Path<(String, ProjectId)>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let path = projects::one::address(project);
    match set(&room, BudgetSubject::Project(project), &sent).await {
        Ok(flash) => Ok(room.redirect(&path, flash)),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = projects::one::page(&room, project, Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Sets a member's.
pub(crate) async fn of_member(
    room: Room<ManageProjects>,
    Path((_, member)): Path<(String, UserId)>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let path = members::one::address(member);
    match set(&room, BudgetSubject::Member(member), &sent).await {
        Ok(flash) => Ok(room.redirect(&path, flash)),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = members::one::page(&room.with()?, member, Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn set(room: &Room<ManageProjects>, subject: BudgetSubject, sent: &Wanted) -> Result<Flash, Refused> {
    let words = room.words();
    let tx = room.look().await?;
    let found = Found::read_in(room, &tx, subject).await?;
    drop(tx);
    if sent.ceiling.trim().is_empty() {
        if let Some(budget) = found.budget {
            budgets::remove_budget(&room.portal.db, &room.scope, budget.id, room.now).await?;
        }
        return Ok(Flash::done(say!(words, "budget-removed")));
    }
    let money = |micros| Money { micros, currency: found.currency };
    let alert = match sent.alert.trim().is_empty() {
        true => None,
        false => Some(money(micros("alert", &sent.alert)?)),
    };
    let window = sent.window.parse().map_err(|_| Error::Invalid { field: "window", rule: Rule::Known })?;
    let ask = SetBudget { subject, window, ceiling: money(micros("ceiling", &sent.ceiling)?), alert };
    let view = budgets::set_budget(&room.portal.db, &room.scope, ask, room.now).await?;
    let flash = Flash::done(say!(words, "budget-set", ceiling = words.money(view.ceiling)));
    Ok(flash.then(say!(words, "budget-set-means", alert = words.money(view.alert))))
}

/// The budget there is, and in which currency it would be.
pub(super) struct Found {
    budget: Option<BudgetView>,
    currency: Currency,
}

impl Found {
    pub(super) async fn read_in<P: Permission>(
        room: &Room<P>,
        tx: &Tx,
        subject: BudgetSubject,
    ) -> Result<Self, Refused> {
        let scope = room.seat.prove::<ReadBalance>()?;
        let budget = budgets::budget_of_in(tx, &scope, subject).await?;
        Ok(Self { budget, currency: ledger::wallet_in(tx, &scope).await?.currency })
    }
}

/// The card: what is used, and the form, which posts to `action`.
pub(super) fn card(words: &Words, action: String, found: Found, returned: Returned) -> AnyView {
    let used = found.budget.as_ref().map(|budget| view! { {bar(budget)}{facts(known(words, budget))} });
    let none = found.budget.is_none().then(|| view! { <p class="sm faint">{say!(words, "budget-none")}</p> });
    let first = found.budget.as_ref().map_or_else(Wanted::default, |budget| Wanted {
        window: budget.window.word().to_owned(),
        ceiling: decimal_of(budget.ceiling.micros),
        alert: decimal_of(budget.alert.micros),
    });
    let (sent, refused) = returned.map_or((first, None), |(sent, refused)| (sent, Some(refused)));
    let unit = found.currency.word();
    let ceiling = Field::amount("ceiling", say!(words, "budget-ceiling")).value(sent.ceiling).unit(unit);
    let ceiling = ceiling.hint(say!(words, "budget-ceiling-hint")).error(problem(words, refused.as_ref(), "ceiling"));
    let alert = Field::amount("alert", say!(words, "budget-alert")).value(sent.alert).unit(unit);
    let alert = alert.hint(say!(words, "budget-alert-hint")).error(problem(words, refused.as_ref(), "alert"));
    let fields = view! {
        {ceiling.view()}{alert.view()}{window(words, sent.window).view()}
        <div>{Button::new(say!(words, "budget-save")).primary().submit()}</div>
    };
    let form = Form::post(action).around(fields.into_any());
    let body = view! { <div class="stack">{notice(words, refused.as_ref())}{none}{used}{form}</div> };
    Card::titled(say!(words, "budget")).id("budget").body(body.into_any())
}

/// Over which time a budget counts, to choose.
pub(super) fn window(words: &Words, chosen: String) -> Select {
    let option = |window: &BudgetWindow| {
        let word = window.word();
        (word.to_owned(), words.say("budget-window", &[("word", word.into())]))
    };
    Select {
        name: "window".to_owned(),
        label: say!(words, "budget-counts"),
        options: BudgetWindow::ALL.iter().map(option).collect(),
        chosen,
        hint: None,
        error: None,
    }
}

/// How full it is, in colour.
pub(super) fn bar(budget: &BudgetView) -> AnyView {
    let used = i128::from(budget.spent.micros) + i128::from(budget.held.micros);
    let share = used * 1000 / i128::from(budget.ceiling.micros.max(1));
    let tone = match budget.spent.micros {
        spent if spent >= budget.ceiling.micros => Tone::Bad,
        spent if spent >= budget.alert.micros => Tone::Warn,
        _ => Tone::Good,
    };
    meter(i64::try_from(share).unwrap_or(1000), tone)
}

/// The same in words, for a list: `120.00 of 500.00 MAD, this month`.
pub(super) fn said(words: &Words, budget: &BudgetView) -> String {
    let window = words.say("budget-window", &[("word", budget.window.word().into())]);
    say!(
        words,
        "budget-used-of",
        spent = words.money(budget.spent),
        ceiling = words.money(budget.ceiling),
        window = window
    )
}

pub(super) fn known(words: &Words, budget: &BudgetView) -> Vec<(String, AnyView)> {
    vec![
        (say!(words, "budget-spent"), text(words.money(budget.spent))),
        (say!(words, "budget-held"), text(words.money(budget.held))),
        (say!(words, "budget-left"), text(words.money(budget.left()))),
    ]
}
