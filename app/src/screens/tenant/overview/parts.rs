//! The parts of the overview.

use domain::access::policy::{LaunchInstances, ReadOrganisation};
use leptos::prelude::*;
use messages::say;
use types::{InstanceView, OrganisationStanding, Phase, Timestamp, WalletView};

use super::{super::closing, Shown};
use crate::{
    Room, Way,
    components::{
        Banner, Button, Card, Column, Empty, Mark, Row, Stat, Step, Table, Tone, banner, both, cover, live_words,
        phase, steps, strip, text,
    },
    live::reason,
    room::wallet::{ends_soon, granted, lasts, outlook},
};

/// Instances that the page lists.
const MOST_LISTED: usize = 8;
/// Below this much money left, the page says so.
const LOW_SECONDS: i64 = 86_400;

/// The instances that the page lists, those that want attention first.
pub(super) fn followed(shown: &Shown) -> Vec<&InstanceView> {
    let mut living: Vec<_> = shown.instances.iter().flatten().filter(|view| view.phase != Phase::Deleted).collect();
    living.sort_by_key(|view| rank(view.phase));
    living.truncate(MOST_LISTED);
    living
}

fn rank(phase: Phase) -> u8 {
    match phase {
        Phase::Degraded | Phase::Failed => 0,
        _ if phase.waits() => 1,
        Phase::Running => 2,
        _ => 3,
    }
}

/// Banners for what does not take care of itself.
pub(super) fn attention(room: &Room<ReadOrganisation>, shown: &Shown) -> AnyView {
    let words = room.words();
    let suspended = (room.seat.standing() == OrganisationStanding::Suspended).then(|| {
        let (title, means) = (say!(words, "attention-suspended"), say!(words, "attention-suspended-means"));
        banner(Banner { tone: Tone::Bad, title, words: Some(means), action: None })
    });
    let money = shown.wallet.as_ref().and_then(|wallet| low_money(room, wallet));
    view! { {closing::notice(room)}{suspended}{money} }.into_any()
}

fn low_money(room: &Room<ReadOrganisation>, wallet: &WalletView) -> Option<AnyView> {
    let words = room.words();
    let (tone, _) = outlook(wallet, room.now);
    let open = Button::new(say!(words, "see-wallet")).small().to(room.href(Way::Wallet.path()));
    if tone == Tone::Bad {
        let (title, means) = (say!(words, "attention-out"), say!(words, "attention-out-means"));
        return Some(banner(Banner { tone, title, words: Some(means), action: Some(open) }));
    }
    // Of what ends sooner the frame speaks.
    let is_low = |at: &Timestamp| at.seconds_since(room.now) < LOW_SECONDS && ends_soon(wallet, room.now).is_none();
    let empty_at = wallet.empty_at.filter(is_low)?;
    let title = say!(words, "attention-low", about = words.about(empty_at.seconds_since(room.now)));
    let means = say!(words, "attention-low-means", moment = words.moment(empty_at));
    Some(banner(Banner { tone, title, words: Some(means), action: Some(open) }))
}

pub(super) fn numbers(room: &Room<ReadOrganisation>, shown: &Shown) -> AnyView {
    let words = room.words();
    let running = shown.instances.as_ref().map(|instances| {
        let n = |wanted: fn(Phase) -> bool| instances.iter().filter(|view| wanted(view.phase)).count();
        let (n_running, n_living) = (n(|phase| phase == Phase::Running), n(|phase| phase != Phase::Deleted));
        Stat {
            label: say!(words, "overview-running"),
            value: n_running.to_string(),
            unit: say!(words, "overview-of", n = n_living),
            note: Some(say!(words, "overview-waiting", n = n(Phase::waits))),
        }
    });
    let spending = shown.wallet.as_ref().map(|wallet| Stat {
        label: say!(words, "overview-spending"),
        value: words.amount(wallet.per_hour),
        unit: say!(words, "per-hour-short", currency = wallet.currency.word()),
        note: Some(say!(words, "overview-spending-means")),
    });
    let left = shown.wallet.as_ref().map(|wallet| Stat {
        label: say!(words, "balance"),
        value: words.amount(wallet.balance),
        unit: wallet.currency.word().to_owned(),
        note: Some(lasts(words, wallet, room.now)),
    });
    let period = shown.periods.iter().flatten().next().map(|document| Stat {
        label: say!(words, "overview-period"),
        value: words.amount(document.net),
        unit: document.currency.word().to_owned(),
        note: Some(say!(words, "overview-period-means")),
    });
    let stats: Vec<_> = [running, spending, period, left].into_iter().flatten().collect();
    if stats.is_empty() { ().into_any() } else { strip(stats) }
}

/// The first steps, until all are done; each is done when the data says so.
pub(super) fn first_steps(room: &Room<ReadOrganisation>, shown: &Shown) -> AnyView {
    let (Some(instances), Some(wallet), Some(periods)) = (&shown.instances, &shown.wallet, &shown.periods) else {
        return ().into_any();
    };
    let words = room.words();
    let billed = periods.iter().any(|period| !period.lines.is_empty());
    let used = billed || periods.iter().any(|period| !period.unbilled.is_empty());
    let has_credit = used || wallet.balance.micros > 0 || granted(wallet).micros > 0 || !wallet.lots.is_empty();
    let has_launched = used || !instances.is_empty();
    if has_credit && has_launched && billed {
        return ().into_any();
    }
    let step = |done, (said, note): (String, String), way: Option<Way>| {
        let href = way.filter(|way| way.is_open_to(&room.seat)).map(|way| room.href(way.path()));
        Step { done, words: said, note, href }
    };
    let role = room.seat.role().map_or_else(|| say!(words, "staff-area"), |role| words.role(role));
    let join = (say!(words, "step-join", organisation = room.seat.name()), say!(words, "step-join-means", role = role));
    let credit = (say!(words, "step-credit"), say!(words, "step-credit-means"));
    let launch = (say!(words, "step-launch"), say!(words, "step-launch-means"));
    let see = (say!(words, "step-see"), say!(words, "step-see-means"));
    let list = vec![
        step(true, join, None),
        step(has_credit, credit, Some(Way::Wallet)),
        step(has_launched, launch, Some(Way::Launch)),
        step(billed, see, Some(Way::Usage)),
    ];
    Card::titled(say!(words, "first-steps")).flush(steps(list, &say!(words, "done")))
}

/// The instances, those that want attention first.
pub(super) fn living(room: &Room<ReadOrganisation>, shown: &Shown) -> AnyView {
    if shown.instances.is_none() {
        return ().into_any();
    }
    let (words, followed) = (room.words(), followed(shown));
    if followed.is_empty() {
        let launch = || Button::new(say!(words, "launch-title")).to(room.href(Way::Launch.path()));
        let empty = Empty {
            title: say!(words, "instances-none"),
            words: say!(words, "instances-none-means"),
            next: room.seat.may::<LaunchInstances>().then(launch),
        };
        return Card::plain().flush(empty.view());
    }
    let columns = vec![
        Column::new(say!(words, "instance")),
        Column::new(say!(words, "instance-phase")),
        Column::wide(say!(words, "instance-reason-and-next")),
    ];
    let rows = followed.into_iter().map(|view| row(room, view)).collect();
    let all = Button::new(say!(words, "see-all")).small().quiet().to(room.href(Way::Instances.path()));
    Card::titled(say!(words, "nav-instances"))
        .end(all)
        .flush(Table::new(say!(words, "nav-instances"), columns).rows(rows).view())
}

fn row(room: &Room<ReadOrganisation>, view: &InstanceView) -> Row {
    let words = room.words();
    let gpu = say!(words, "units-of", units = view.units, flavour = view.flavour_name.as_str());
    Row::new(vec![
        both(cover(room.href(&format!("/instances/{}", view.id)), view.name.as_str()), text(gpu)),
        phase(words, view.phase, &Mark::of(view.id, "phase")),
        live_words(&Mark::of(view.id, "reason"), reason(words, view, room.now)),
    ])
    .goes()
}
