//! The hall: what the clusters say now, what waits, what the operator is asked, and seconds that nobody saw.

use domain::{access::policy::ReadNodes, clusters};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{ClusterView, HallView, Timestamp, UnconfirmedView};

use super::{nodes, questions, waiting};
use crate::{
    Office, Page, StaffWay,
    components::{
        Banner, Card, Column, Heading, Row, Stat, Table, Tone, banner, both, ident, link, number, strip, text, time,
    },
};

/// Clocks further apart than this are trouble.
const SKEW_MS: i64 = 5_000;

/// Waits that the hall shows; the others stand on their own page.
const WAITS: usize = 8;

/// The page.
pub(crate) async fn show(office: Office<ReadNodes>) -> Result<Page, Refused> {
    let hall = clusters::hall(&office.look().await?, &office.survey).await?;
    let shell = office.shell(StaffWay::Hall).await?;
    Ok(office.page(shell, StaffWay::Hall, || view(&office, &hall)))
}

fn view(office: &Office<ReadNodes>, hall: &HallView) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "nav-hall")).beneath(freshness(words, office.now, &hall.clusters));
    view! {
        {heading.view()}
        {troubles(words, office.now, &hall.clusters)}
        {figures(words, hall)}
        {questions::open(office, &hall.questions)}
        {waits(words, office.now, hall)}
        {nodes::halls(words, office.now, hall)}
        {(!hall.unconfirmed.is_empty()).then(|| unconfirmed(words, &hall.unconfirmed))}
    }
    .into_any()
}

/// "What the cluster says, 1 s ago": the age of the oldest view.
pub(super) fn freshness(words: &Words, now: Timestamp, clusters: &[ClusterView]) -> String {
    match clusters.iter().map(|cluster| cluster.observed_through).min().flatten() {
        Some(through) => say!(words, "staff-fresh", ago = words.ago(now, through)),
        None => say!(words, "staff-never-seen"),
    }
}

/// What keeps a cluster from being seen, and clocks that do not agree.
pub(super) fn troubles(words: &Words, now: Timestamp, clusters: &[ClusterView]) -> AnyView {
    let warn = |tone, title, words| banner(Banner { tone, title, words: Some(words), action: None });
    let silent = |cluster: &ClusterView| {
        cluster.trouble.as_ref()?;
        let since = cluster.observed_through.map_or_else(|| say!(words, "unknown"), |at| words.ago(now, at));
        let title = say!(words, "staff-cluster-silent", cluster = cluster.name.as_str(), since = since);
        Some(warn(Tone::Bad, title, say!(words, "staff-cluster-silent-means")))
    };
    let skewed = |cluster: &ClusterView| {
        let seconds = words.decimal(cluster.skew_ms.saturating_abs().saturating_mul(1000), 1);
        let title = say!(words, "staff-skew", cluster = cluster.name.as_str(), seconds = seconds);
        (cluster.skew_ms.abs() > SKEW_MS).then(|| warn(Tone::Warn, title, say!(words, "staff-skew-means")))
    };
    clusters.iter().flat_map(|cluster| [silent(cluster), skewed(cluster)]).flatten().collect_view().into_any()
}

fn figures(words: &Words, hall: &HallView) -> AnyView {
    let count = nodes::count(&hall.nodes);
    let stat = |label, value: i64, unit, note| Stat { label, value: words.count(value), unit, note };
    let of = |all: i64| say!(words, "staff-of", all = words.count(all));
    let oldest = hall.waiting.first().map(|wait| say!(words, "staff-oldest", name = wait.name.as_str()));
    let slices =
        (count.slices > 0).then(|| stat(say!(words, "staff-slices-in-use"), count.slices_used, of(count.slices), None));
    let faults = (count.nodes_away > 0).then(|| say!(words, "staff-nodes-away", n = count.nodes_away));
    let asked = i64::try_from(questions::n_open(&hall.questions)).unwrap_or(0);
    let n_waiting = i64::try_from(hall.waiting.len()).unwrap_or(0);
    let stats = [
        Some(stat(say!(words, "staff-gpus-in-use"), count.gpus_used, of(count.gpus), None)),
        slices,
        Some(stat(say!(words, "nav-waiting"), n_waiting, say!(words, "staff-instances"), oldest)),
        Some(stat(say!(words, "staff-faults"), count.gpus_lost, say!(words, "staff-gpus"), faults)),
        Some(stat(say!(words, "staff-questions"), asked, say!(words, "staff-open"), None)),
    ];
    strip(stats.into_iter().flatten().collect())
}

fn waits(words: &Words, now: Timestamp, hall: &HallView) -> AnyView {
    let card = Card::titled(say!(words, "staff-waiting-why"));
    if hall.waiting.is_empty() {
        return card.body(view! { <p class="soft">{say!(words, "staff-nothing-waits")}</p> }.into_any());
    }
    let all = say!(words, "staff-all-waits", n = words.count(i64::try_from(hall.waiting.len()).unwrap_or(0)));
    let shown = &hall.waiting[..hall.waiting.len().min(WAITS)];
    card.end(link(StaffWay::Waiting.path(), all)).flush(waiting::table(words, now, shown))
}

fn unconfirmed(words: &Words, gaps: &[UnconfirmedView]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "staff-instance")),
        Column::new(say!(words, "staff-from")),
        Column::new(say!(words, "staff-until")),
        Column::end(say!(words, "staff-length")),
    ];
    let row = |gap: &UnconfirmedView| {
        let name = view! { <bdi class="strong">{gap.name.clone()}</bdi> }.into_any();
        let until = gap.ended_at.map_or_else(|| text(say!(words, "staff-goes-on")), |at| time(at, words.moment(at)));
        let length = gap.ended_at.map(|at| words.span(at.seconds_since(gap.started_at)));
        let beneath = view! { <bdi>{gap.organisation_name.clone()}</bdi>" · "{ident(gap.instance.to_string())} };
        Row::new(vec![
            both(name, beneath.into_any()),
            time(gap.started_at, words.moment(gap.started_at)),
            until,
            number(length.unwrap_or_else(|| "–".to_owned())),
        ])
    };
    let table = Table::new(say!(words, "staff-unconfirmed"), columns).rows(gaps.iter().map(row).collect());
    let foot = text(say!(words, "staff-unconfirmed-means"));
    Card::titled(say!(words, "staff-unconfirmed")).foot(foot).flush(table.view())
}
