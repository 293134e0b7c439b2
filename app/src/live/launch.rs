//! What a launch would do and cost, in words: the summary beside the form.

mod storage;

use domain::access::{
    Seat,
    policy::{LimitSpending, ManageProjects},
};
use messages::{Value, Words, say};
use types::{Argument, LaunchPlan, Money, Patch, PayerView, Timestamp, Verdict, VerdictReason, VerdictWord};

use crate::components::{Tone, verdict_class};

/// Ways on that a summary has places for: the budget to raise, and three launches.
pub(crate) const WAYS_ON: usize = 4;

/// The plan for one reader: each text stands in the place of the same name.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) tone: Tone,
    pub(crate) answer: String,
    pub(crate) reason: String,
    /// Words and address of what would help and what would start now.
    pub(crate) ways_on: Vec<(String, String)>,
    pub(crate) price: String,
    pub(crate) unit: String,
    pub(crate) note: String,
    pub(crate) tax: (String, String),
    pub(crate) reserved: String,
    /// The volumes that are mounted, the one that is made with its price, and what is set aside for it.
    pub(crate) mounts: String,
    pub(crate) makes: String,
    pub(crate) lifeboat: String,
    pub(crate) lasts: String,
    pub(crate) quota: String,
    pub(crate) paid_by: String,
    pub(crate) button: String,
    pub(crate) refused: bool,
    pub(crate) curl: String,
}

/// The summary's places with their words, for the API's answer; `template` is the one that is chosen.
#[must_use]
pub fn launch_patch(words: &Words, plan: &LaunchPlan, seat: &Seat, template: &str, now: Timestamp) -> Patch {
    let offer = offer(words, plan, seat, template, now);
    let patch = Patch::of("launch")
        .attribute("verdict", "class", verdict_class(offer.tone))
        .text("verdict-answer", offer.answer)
        .text("verdict-reason", offer.reason)
        .text("price", offer.price)
        .text("unit", offer.unit)
        .text("note", offer.note)
        .text("tax", offer.tax.1)
        .text("reserved", offer.reserved)
        .text("mounts", offer.mounts)
        .text("makes", offer.makes)
        .text("lifeboat", offer.lifeboat)
        .text("lasts", offer.lasts)
        .text("quota", offer.quota)
        .text("paid", offer.paid_by)
        .text("button", offer.button)
        .attribute("submit", "aria-disabled", if offer.refused { "true" } else { "false" })
        .text("curl", offer.curl);
    (0..WAYS_ON).fold(patch, |patch, place| {
        let slot = format!("way-{place}");
        match offer.ways_on.get(place) {
            Some((words, href)) => {
                patch.text(&slot, words).attribute(&slot, "href", href).attribute(&slot, "hidden", "")
            }
            None => patch.attribute(&slot, "hidden", "hidden"),
        }
    })
}

/// What a page and a patch say of a plan.
pub(crate) fn offer(words: &Words, plan: &LaunchPlan, seat: &Seat, template: &str, now: Timestamp) -> Offer {
    let (tone, answer) = answer(words, &plan.verdict);
    let currency = plan.per_hour.map_or("", |price| price.currency.word());
    let dash = || "–".to_owned();
    Offer {
        tone,
        answer,
        reason: reason(words, plan),
        ways_on: ways_on(words, plan, seat, template),
        price: plan.per_hour.map_or_else(dash, |price| words.amount_exact(price)),
        unit: say!(words, "per-hour-unit", currency = currency),
        note: plan.per_month.map_or_else(String::new, |month| say!(words, "price-note", month = words.money(month))),
        tax: tax(words, plan),
        reserved: plan.cover.as_ref().map_or_else(dash, |cover| reserved(words, cover.reserved)),
        mounts: storage::mounts(words, plan),
        makes: storage::makes(words, plan),
        lifeboat: storage::lifeboat(words, plan),
        lasts: lasts(words, plan, now),
        quota: quota(words, plan),
        paid_by: paid_by(words, plan),
        button: button(words, plan),
        refused: plan.verdict.word == VerdictWord::Cannot,
        curl: curl(plan, seat.slug(), template),
    }
}

fn answer(words: &Words, verdict: &Verdict) -> (Tone, String) {
    match verdict.word {
        VerdictWord::Now => (Tone::Good, say!(words, "verdict-now")),
        VerdictWord::Waits => (Tone::Warn, say!(words, "verdict-waits")),
        VerdictWord::Cannot => (Tone::Bad, say!(words, "verdict-cannot")),
    }
}

fn reason(words: &Words, plan: &LaunchPlan) -> String {
    let (verdict, flavour) = (&plan.verdict, &plan.flavour);
    let Some(reason) = verdict.reason else {
        let (free, all) = (flavour.n_free, flavour.n_units);
        return say!(words, "verdict-now-means", free = free, all = all, flavour = flavour.name.as_str());
    };
    let told = verdict.arguments.iter().map(|(name, value)| (name.as_str(), words.argument(value)));
    let values: Vec<_> = told.chain([("flavour", Value::from(flavour.name.as_str()))]).collect();
    words.say(&format!("verdict-{}", reason.word()), &values)
}

fn ways_on(words: &Words, plan: &LaunchPlan, seat: &Seat, template: &str) -> Vec<(String, String)> {
    let (organisation, project) = (seat.slug(), plan.project);
    let raise = budget_to_raise(plan, seat).map(|href| (say!(words, "budget-raise"), href));
    let ways = plan.verdict.alternatives.iter().map(|way| {
        let rate = words.per_hour(way.per_hour);
        let said = say!(words, "way-on", units = way.units, flavour = way.name.as_str(), rate = rate);
        let (flavour, units) = (way.flavour, way.units);
        let storage = storage::query(plan);
        let chosen = format!("flavour={flavour}&units={units}&template={template}&project={project}{storage}");
        (said, format!("/o/{organisation}/launch?{chosen}"))
    });
    raise.into_iter().chain(ways).take(WAYS_ON).collect()
}

/// Where the reader may raise the budget that is in the way: the organisation's, the project's, or their own.
fn budget_to_raise(plan: &LaunchPlan, seat: &Seat) -> Option<String> {
    if plan.verdict.reason != Some(VerdictReason::Budget) {
        return None;
    }
    let Some(Argument::Text(of)) = plan.verdict.arguments.get("of") else { return None };
    let may = if of == "organisation" { seat.may::<LimitSpending>() } else { seat.may::<ManageProjects>() };
    let page = match of.as_str() {
        _ if !may => return None,
        "organisation" => "wallet".to_owned(),
        "project" => format!("projects/{}", plan.project),
        "member" => format!("members/{}", seat.person()?.id),
        // A token's lasts as long as the token.
        _ => return None,
    };
    Some(format!("/o/{}/{page}#budget", seat.slug()))
}

/// Label and price with tax.
fn tax(words: &Words, plan: &LaunchPlan) -> (String, String) {
    let Some(price) = plan.per_hour_with_tax else { return (say!(words, "without-tax"), "–".to_owned()) };
    if plan.rate_ppm == 0 {
        return (say!(words, "without-tax"), say!(words, "no-tax"));
    }
    (say!(words, "with-tax", rate = words.percent(plan.rate_ppm.into())), words.per_hour(price))
}

fn reserved(words: &Words, amount: Money) -> String {
    say!(words, "reserved-for", amount = words.money(amount))
}

fn lasts(words: &Words, plan: &LaunchPlan, now: Timestamp) -> String {
    match plan.cover.as_ref().map(|cover| cover.lasts_until) {
        None => "–".to_owned(),
        Some(None) => say!(words, "lasts-long"),
        Some(Some(until)) => words.about(until.seconds_since(now)),
    }
}

fn quota(words: &Words, plan: &LaunchPlan) -> String {
    let used = plan.quota.used.saturating_add(plan.units);
    say!(words, "quota-of", used = used, quota = plan.quota.units)
}

fn paid_by(words: &Words, plan: &LaunchPlan) -> String {
    let name = |payer: &PayerView| payer.name.clone().unwrap_or_else(|| say!(words, "your-wallet"));
    let lifeboat = plan.new_volume.as_ref().and_then(|new| new.lifeboat.as_ref());
    let payers = plan.cover.iter().chain(lifeboat).flat_map(|cover| &cover.paid_by);
    let mut names: Vec<String> = Vec::new();
    for name in payers.map(name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { "–".to_owned() } else { names.join(&say!(words, "list-and")) }
}

fn button(words: &Words, plan: &LaunchPlan) -> String {
    let (units, flavour) = (plan.units, plan.flavour.name.as_str());
    match plan.verdict.word {
        VerdictWord::Waits => say!(words, "launch-queue-button", units = units, flavour = flavour),
        VerdictWord::Now | VerdictWord::Cannot => say!(words, "launch-button", units = units, flavour = flavour),
    }
}

/// The same launch as a call of the API; what stands in angle brackets is the caller's.
fn curl(plan: &LaunchPlan, organisation: &str, template: &str) -> String {
    let (flavour, units, project, storage) = (plan.flavour.id, plan.units, plan.project, storage::fields(plan));
    format!(
        "curl -X POST $TAMUDA/api/v1/organisations/{organisation}/instances \\\n  \
         -H 'Idempotency-Key: <key>' -H 'Content-Type: application/json' \\\n  \
         -d '{{\"project\":\"{project}\",\"name\":\"<name>\",\"flavour\":\"{flavour}\",\"units\":{units},\
         \"template\":\"{template}\"{storage}}}'"
    )
}
