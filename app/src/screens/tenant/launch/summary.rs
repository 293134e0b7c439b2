//! What the choice would do and cost, beside the form: the island changes the same places that the page fills.

use domain::access::policy::LaunchInstances;
use leptos::prelude::*;
use messages::say;
use types::LaunchPlan;

use super::Shown;
use crate::{
    Room,
    components::{Icon, Mark, Verdict, facts, icon_along, live, live_words, text},
    live::{Offer, WAYS_ON, offer},
};

pub(super) fn view(room: &Room<LaunchInstances>, shown: &Shown) -> AnyView {
    let Some(plan) = &shown.plan else { return ().into_any() };
    let words = room.words();
    let template = shown.chosen.template.as_deref().unwrap_or_default();
    let offer = offer(words, plan, &room.seat, template, room.now);
    let busy = Mark::of("launch", "summary");
    view! {
        <aside class="card sticky" aria-label=say!(words, "launch-summary") data-live=busy.id() data-slot=busy.slot() aria-busy="false">
            <div class="body">
                {verdict(&offer)}
                <div>
                    <div class="price"><b>{figure("price", &offer.price)}</b><span class="soft">{place("unit", &offer.unit)}</span></div>
                    <p class="xs faint">{place("note", &offer.note)}</p>
                </div>
                {facts(pairs(room, plan, &offer))}
                {submit(room, &offer)}
                {curl(room, &offer)}
            </div>
        </aside>
    }
    .into_any()
}

/// Words that the island keeps fresh.
fn place(slot: &str, words: &str) -> AnyView {
    live_words(&Mark::of("launch", slot), words)
}

/// An amount that the island keeps fresh.
fn figure(slot: &str, words: &str) -> AnyView {
    live(&Mark::of("launch", slot), words)
}

/// The verdict with a place for each way on, shown or not.
fn verdict(offer: &Offer) -> AnyView {
    let way = |place: usize| {
        let (words, href) = offer.ways_on.get(place).cloned().unzip();
        let mark = Mark::of("launch", format!("way-{place}"));
        let (id, slot, hidden) = (mark.id(), mark.slot(), words.is_none());
        view! { <a class="link" href=href.unwrap_or_default() hidden=hidden data-live=id data-slot=slot>{words}</a> }
            .into_any()
    };
    let verdict = Verdict {
        tone: offer.tone,
        answer: offer.answer.clone(),
        reason: offer.reason.clone(),
        ways_on: (0..WAYS_ON).map(way).collect(),
        mark: Mark::of("launch", "verdict"),
    };
    verdict.view()
}

fn pairs(room: &Room<LaunchInstances>, plan: &LaunchPlan, offer: &Offer) -> Vec<(String, AnyView)> {
    let words = room.words();
    let raise =
        view! { {place("quota", &offer.quota)}<br /><span class="xs faint">{say!(words, "quota-raise")}</span> };
    let quota =
        if plan.quota.used + plan.units > plan.quota.units { raise.into_any() } else { place("quota", &offer.quota) };
    vec![
        (say!(words, "billing-starts"), text(say!(words, "when-gpu-answers"))),
        (say!(words, "stopped-it-costs"), text(say!(words, "nothing-at-all"))),
        (offer.tax.0.clone(), figure("tax", &offer.tax.1)),
        (say!(words, "reserved-now"), place("reserved", &offer.reserved)),
        (say!(words, "launch-mounts"), place("mounts", &offer.mounts)),
        (say!(words, "launch-makes"), place("makes", &offer.makes)),
        (say!(words, "launch-lifeboat"), place("lifeboat", &offer.lifeboat)),
        (say!(words, "balance-lasts-with"), place("lasts", &offer.lasts)),
        (say!(words, "quota-after"), quota),
        (say!(words, "paid-by"), place("paid", &offer.paid_by)),
    ]
}

/// The one button; without script another one asks for the summary of what was chosen since.
fn submit(room: &Room<LaunchInstances>, offer: &Offer) -> AnyView {
    let mark = Mark::of("launch", "submit");
    let refused = if offer.refused { "true" } else { "false" };
    view! {
        <button class="btn primary big" type="submit" aria-disabled=refused data-live=mark.id() data-slot=mark.slot()>{place("button", &offer.button)}</button>
        <button class="btn wide without-script" type="submit" formmethod="get" formnovalidate=true>{say!(room.words(), "launch-check")}</button>
    }
    .into_any()
}

fn curl(room: &Room<LaunchInstances>, offer: &Offer) -> AnyView {
    let words = room.words();
    let label = say!(words, "same-by-api");
    view! {
        <details class="as-table"><summary>{icon_along(Icon::Onward)}{label.clone()}</summary>
            <pre class="snippet" tabindex="0" role="region" aria-label=label translate="no">{place("curl", &offer.curl)}</pre>
        </details>
    }
    .into_any()
}
