//! The form of a grant, and the page that shows what it would change before it is given.

use domain::access::{Seat, policy::GrantCredits};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{GrantPreview, LotKind, Timestamp};

use super::{Found, Names, amount_words, wanted::Wanted};
use crate::{
    Office,
    components::{Button, Card, Field, Form, Heading, Select, amount, facts, hidden, text, time},
    screens::staff::asked::{problem, reason_field},
};

pub(super) fn card(
    office: &Office<GrantCredits>,
    seat: &Seat,
    found: &Found,
    wanted: &Wanted,
    refused: Option<&Refused>,
) -> AnyView {
    let words = office.words();
    let fields = view! {
        {how_much(words, found, wanted, refused)}
        {what_for(words, found, wanted, refused)}
        {when_and_why(words, wanted, refused)}
        <div>{Button::new(say!(words, "staff-see-effect")).primary().submit()}</div>
    };
    let form = Form::post(format!("/staff/grants/{}/preview", seat.slug())).around(fields.into_any());
    Card::titled(say!(words, "staff-new-grant")).id("grant").body(form)
}

fn how_much(words: &Words, found: &Found, wanted: &Wanted, refused: Option<&Refused>) -> AnyView {
    let kinds = LotKind::ALL.iter().map(|kind| {
        let said = words.say("staff-lot-kind-long", &[("word", kind.word().into())]);
        (kind.word().to_owned(), said)
    });
    let kind = Select {
        name: "kind".to_owned(),
        label: say!(words, "staff-who-pays"),
        options: kinds.collect(),
        chosen: wanted.kind.clone(),
        hint: None,
        error: problem(words, refused, "kind"),
    };
    let name = Field::text("name", say!(words, "staff-lot-name"))
        .value(&wanted.name)
        .hint(say!(words, "staff-lot-name-hint"))
        .error(problem(words, refused, "name"))
        .required();
    let much = Field::amount("amount", say!(words, "staff-how-much"))
        .value(&wanted.amount)
        .error(problem(words, refused, "amount"))
        .required();
    // Storage has no hours of GPUs: money alone is given for it.
    let has_hours = |flavour: &&types::QuotaView| flavour.flavour != domain::volumes::STORAGE;
    let hours = |flavour: &types::QuotaView| {
        (flavour.flavour.to_string(), say!(words, "staff-hours-of", flavour = flavour.name.as_str()))
    };
    let money = (String::new(), found.wallet.currency.word().to_owned());
    let unit = Select {
        name: "unit".to_owned(),
        label: say!(words, "staff-unit"),
        options: [money].into_iter().chain(found.flavours.iter().filter(has_hours).map(hours)).collect(),
        chosen: wanted.unit.clone(),
        hint: None,
        error: problem(words, refused, "unit"),
    };
    view! { {kind.view()}{name.view()}<div class="grid-2">{much.view()}{unit.view()}</div> }.into_any()
}

fn what_for(words: &Words, found: &Found, wanted: &Wanted, refused: Option<&Refused>) -> AnyView {
    let all = |said: String| (String::new(), said);
    let flavours = found.flavours.iter().map(|flavour| (flavour.flavour.to_string(), flavour.name.clone()));
    // What pays for one that is closed pays nothing.
    let open = found.projects.iter().filter(|project| project.closed_at.is_none());
    let projects = open.map(|project| (project.id.to_string(), project.name.clone()));
    let flavours = Select {
        name: "flavours".to_owned(),
        label: say!(words, "staff-pays-flavour"),
        options: [all(say!(words, "staff-every-flavour"))].into_iter().chain(flavours).collect(),
        chosen: wanted.flavours.clone(),
        hint: None,
        error: problem(words, refused, "flavours"),
    };
    let projects = Select {
        name: "projects".to_owned(),
        label: say!(words, "staff-pays-project"),
        options: [all(say!(words, "staff-every-project"))].into_iter().chain(projects).collect(),
        chosen: wanted.projects.clone(),
        hint: None,
        error: problem(words, refused, "projects"),
    };
    view! { <div class="grid-2">{flavours.view()}{projects.view()}</div> }.into_any()
}

fn when_and_why(words: &Words, wanted: &Wanted, refused: Option<&Refused>) -> AnyView {
    let from = Field::moment("effective_at", say!(words, "staff-pays-from"))
        .value(&wanted.effective_at)
        .hint(say!(words, "staff-empty-is-now"))
        .error(problem(words, refused, "effective_at"));
    let to = Field::moment("expires_at", say!(words, "staff-expires"))
        .value(&wanted.expires_at)
        .hint(say!(words, "staff-empty-is-never"))
        .error(problem(words, refused, "expires_at"));
    let reason = reason_field(words, wanted.reason.clone(), say!(words, "staff-grant-reason-hint"), refused);
    view! { <div class="grid-2">{from.view()}{to.view()}</div>{reason} }.into_any()
}

/// What would change, with the button that gives it and the way back.
pub(super) fn preview(
    office: &Office<GrantCredits>,
    seat: &Seat,
    found: &Found,
    wanted: &Wanted,
    preview: &GrantPreview,
) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "staff-grant-preview", name = seat.name()))
        .beneath(say!(words, "staff-nothing-given-yet"));
    let fields = wanted.fields().map(|(name, value)| hidden(name, value)).collect_view();
    let buttons = view! {
        {fields}
        <div class="row wrap">
            {Button::new(say!(words, "staff-give")).primary().submit()}
            {Button::new(say!(words, "staff-change")).to(wanted.address(seat.slug()))}
        </div>
    };
    let action = format!("/staff/grants/{}", seat.slug());
    let form = Form::post(action).once(office.key()).around(buttons.into_any());
    let body = view! { {facts(effect(words, found, preview))}{form} };
    let said = facts(said_again(words, found, wanted));
    view! {
        {heading.view()}
        <div class="split">
            {Card::titled(say!(words, "staff-effect")).body(body.into_any())}
            {Card::titled(say!(words, "staff-your-grant")).body(said)}
        </div>
    }
    .into_any()
}

fn effect(words: &Words, found: &Found, preview: &GrantPreview) -> Vec<(String, AnyView)> {
    let names = Names::of(found);
    let lasts = |at: Option<Timestamp>| match at {
        Some(at) => time(at, words.moment(at)),
        None => text(say!(words, "staff-lasts")),
    };
    let lots = |left: types::LeftView| amount(amount_words(words, &names, left.left));
    vec![
        (say!(words, "staff-lots-before"), lots(preview.before)),
        (say!(words, "staff-lots-after"), lots(preview.after)),
        (say!(words, "staff-wallet-stays"), amount(words.money(preview.balance))),
        (say!(words, "staff-empty-before"), lasts(preview.empty_before)),
        (say!(words, "staff-empty-after"), lasts(preview.empty_after)),
    ]
}

fn said_again(words: &Words, found: &Found, wanted: &Wanted) -> Vec<(String, AnyView)> {
    let or = |value: &str, otherwise: String| if value.is_empty() { otherwise } else { value.replace('T', " ") };
    let flavour = |id: &str| found.flavours.iter().find(|flavour| flavour.flavour.to_string() == id);
    let project = found.projects.iter().find(|project| project.id.to_string() == wanted.projects);
    let unit = match flavour(&wanted.unit) {
        Some(flavour) => say!(words, "staff-hours-of", flavour = flavour.name.as_str()),
        None => found.wallet.currency.word().to_owned(),
    };
    let kind = words.say("staff-lot-kind", &[("word", wanted.kind.as_str().into())]);
    let pays = flavour(&wanted.flavours).map(|flavour| flavour.name.clone());
    let isolated = |said: String| view! { <bdi>{said}</bdi> }.into_any();
    vec![
        (say!(words, "staff-who-pays"), text(kind)),
        (say!(words, "staff-lot-name"), isolated(wanted.name.clone())),
        (say!(words, "staff-how-much"), isolated(format!("{} {unit}", wanted.amount))),
        (say!(words, "staff-pays-flavour"), isolated(pays.unwrap_or_else(|| say!(words, "staff-every-flavour")))),
        (
            say!(words, "staff-pays-project"),
            isolated(project.map_or_else(|| say!(words, "staff-every-project"), |project| project.name.clone())),
        ),
        (say!(words, "staff-pays-from"), isolated(or(&wanted.effective_at, say!(words, "staff-at-once")))),
        (say!(words, "staff-expires"), isolated(or(&wanted.expires_at, say!(words, "staff-never")))),
        (say!(words, "staff-reason"), isolated(wanted.reason.clone())),
    ]
}
