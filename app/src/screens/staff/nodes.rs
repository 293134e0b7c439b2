//! The nodes: as a hall with a cell per GPU, and as a table with everything that is known of each.

use domain::{access::policy::ReadNodes, clusters};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{ClusterView, GpuView, HallView, NodeView, Timestamp};

use super::hall::{freshness, troubles};
use crate::{
    Office, Page, StaffWay,
    components::{
        Card, Cell, Column, Empty, Heading, Node, Row, Table, Tone, both, hall, ident, number, pill, tag, text, time,
    },
};

/// What the nodes hold together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) gpus: i64,
    pub(super) gpus_used: i64,
    pub(super) gpus_lost: i64,
    pub(super) slices: i64,
    pub(super) slices_used: i64,
    pub(super) nodes_away: i64,
}

/// The table.
pub(crate) async fn show(office: Office<ReadNodes>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let nodes = clusters::list_nodes(&open, &office.survey).await?.items;
    let seen = clusters::list_clusters(&open, &office.survey).await?.items;
    drop(open);
    let shell = office.shell(StaffWay::Nodes).await?;
    Ok(office.page(shell, StaffWay::Nodes, || view(&office, &seen, &nodes)))
}

fn view(office: &Office<ReadNodes>, seen: &[ClusterView], nodes: &[NodeView]) -> AnyView {
    let (words, now) = (office.words(), office.now);
    let heading = Heading::new(say!(words, "nav-nodes")).beneath(freshness(words, now, seen));
    let cards = seen.iter().map(|cluster| card(words, now, cluster, nodes)).collect_view();
    view! { {heading.view()}{troubles(words, now, seen)}{cards} }.into_any()
}

/// A hall for each cluster.
pub(super) fn halls(words: &Words, now: Timestamp, all: &HallView) -> AnyView {
    let halls = all.clusters.iter().map(|cluster| {
        let own = of_cluster(&all.nodes, cluster).map(|node| drawn(words, now, node)).collect::<Vec<_>>();
        let body = if own.is_empty() { none(words) } else { hall(own) };
        view! {
            <section class="stack tight">
                <div class="between"><h2 class="row wrap"><bdi>{cluster.name.clone()}</bdi>{simulated(words, cluster)}</h2>{legend(words)}</div>
                {body}
            </section>
        }
    });
    halls.collect_view().into_any()
}

fn of_cluster<'a>(nodes: &'a [NodeView], cluster: &'a ClusterView) -> impl Iterator<Item = &'a NodeView> {
    nodes.iter().filter(|node| node.cluster == cluster.name)
}

fn simulated(words: &Words, cluster: &ClusterView) -> Option<AnyView> {
    cluster.simulated.then(|| view! { <span class="tag simulated">{say!(words, "simulated")}</span> }.into_any())
}

fn legend(words: &Words) -> AnyView {
    let entry = |class, said: String| view! { <li><i class=class></i><span>{said}</span></li> };
    view! {
        <ul class="legend">
            {entry("in-use", say!(words, "staff-cell-used"))}
            {entry("vacant", say!(words, "staff-cell-free"))}
            {entry("lost", say!(words, "staff-cell-lost"))}
        </ul>
    }
    .into_any()
}

fn none(words: &Words) -> AnyView {
    let (title, next) = (say!(words, "staff-no-nodes"), say!(words, "staff-no-nodes-next"));
    Card::plain().body(Empty { title, words: next, next: None }.view())
}

fn drawn(words: &Words, now: Timestamp, node: &NodeView) -> Node {
    let (tone, state) = standing(words, now, node);
    Node {
        name: node.name.clone(),
        href: Some(format!("/staff/nodes#{}", node.name)),
        model: model(node),
        state,
        tone,
        beside: node.zone.clone(),
        cells: node.gpus.iter().flat_map(cells).collect(),
    }
}

/// How a node stands, the worst first.
fn standing(words: &Words, now: Timestamp, node: &NodeView) -> (Tone, String) {
    let lost = node.gpus.iter().map(lost).sum::<i64>();
    let (used, all) = node.gpus.iter().fold((0, 0), |(used, all), gpu| (used + in_use(gpu), all + gpu.n_capacity));
    let seen = |at: Option<Timestamp>| at.map_or_else(|| say!(words, "unknown"), |at| words.ago(now, at));
    if let Some(at) = node.gone_at {
        return (Tone::Bad, say!(words, "staff-node-gone", ago = words.ago(now, at)));
    }
    if !node.ready {
        return (Tone::Bad, say!(words, "staff-node-away", ago = seen(node.renewed_at.or(node.ready_since))));
    }
    match (lost, node.cordoned) {
        (1.., _) => (Tone::Bad, say!(words, "staff-gpus-lost", n = lost)),
        (_, true) => (Tone::Warn, say!(words, "staff-node-cordoned")),
        _ => (Tone::Good, say!(words, "staff-in-use-of", used = words.count(used), all = words.count(all))),
    }
}

/// "H100 80GB HBM3 ×8", or what it is cut into.
fn model(node: &NodeView) -> String {
    let product = node.product.as_deref().unwrap_or("?");
    let product = product.trim_start_matches("NVIDIA-").replace('-', " ");
    let parts = node.gpus.iter().map(|gpu| match slice_of(gpu) {
        Some(slice) => format!("{slice} ×{}", gpu.n_capacity),
        None => format!("{product} ×{}", gpu.n_capacity),
    });
    let cut = node.gpus.iter().all(|gpu| slice_of(gpu).is_some());
    cut.then(|| product.clone()).into_iter().chain(parts).collect::<Vec<_>>().join(" · ")
}

/// The slice's name, where the resource is one: `1g.10gb`.
fn slice_of(gpu: &GpuView) -> Option<&str> {
    gpu.resource.strip_prefix("nvidia.com/mig-")
}

fn in_use(gpu: &GpuView) -> i64 {
    (gpu.n_ours + gpu.n_foreign).clamp(0, gpu.n_capacity)
}

fn lost(gpu: &GpuView) -> i64 {
    (gpu.n_capacity - gpu.n_allocatable).max(0)
}

/// A cell for each whole GPU; slices fill one GPU after the other, as many as the GPU can be cut into.
fn cells(gpu: &GpuView) -> Vec<Cell> {
    let per_gpu = slice_of(gpu).map(|slice| match slice.as_bytes().first() {
        Some(b'1') => 7,
        Some(b'2') => 3,
        Some(b'3') => 2,
        _ => 1,
    });
    let Some(per_gpu) = per_gpu else { return whole_cells(gpu) };
    let (mut used, mut left, mut cells) = (in_use(gpu), gpu.n_capacity, Vec::new());
    while left > 0 {
        let all = left.min(per_gpu);
        let filled = used.min(all);
        cells.push(Cell::Sliced { used: small(filled), all: small(all) });
        (used, left) = (used - filled, left - all);
    }
    cells
}

fn whole_cells(gpu: &GpuView) -> Vec<Cell> {
    let used = in_use(gpu).min(gpu.n_allocatable);
    let cell = |place| match place {
        place if place < used => Cell::Used,
        place if place < gpu.n_allocatable => Cell::Free,
        _ => Cell::Lost,
    };
    (0..gpu.n_capacity).map(cell).collect()
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// What all nodes hold together.
pub(super) fn count(nodes: &[NodeView]) -> Count {
    let mut count = Count::default();
    for node in nodes {
        count.nodes_away += i64::from(!node.ready || node.gone_at.is_some());
        for gpu in &node.gpus {
            if slice_of(gpu).is_some() {
                count.slices += gpu.n_capacity;
                count.slices_used += in_use(gpu);
            } else {
                count.gpus += gpu.n_capacity;
                count.gpus_used += in_use(gpu);
                count.gpus_lost += lost(gpu);
            }
        }
    }
    count
}

fn card(words: &Words, now: Timestamp, cluster: &ClusterView, nodes: &[NodeView]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "staff-node")),
        Column::new(say!(words, "staff-standing")),
        Column::new(say!(words, "staff-resource")),
        Column::end(say!(words, "staff-ours")),
        Column::end(say!(words, "staff-foreign")),
        Column::end(say!(words, "staff-free")),
        Column::end(say!(words, "staff-changed")),
    ];
    let rows = of_cluster(nodes, cluster).map(|node| row(words, now, node)).collect::<Vec<_>>();
    let title = format!("{} · {}", cluster.name, cluster.region);
    if rows.is_empty() {
        return none(words);
    }
    let end = simulated(words, cluster).unwrap_or_else(|| text(""));
    Card::titled(title.clone()).end(end).flush(Table::new(title, columns).rows(rows).view())
}

fn row(words: &Words, now: Timestamp, node: &NodeView) -> Row {
    let (tone, state) = standing(words, now, node);
    let each = |said: fn(&GpuView) -> i64| lines(node, |gpu| number(words.count(said(gpu))));
    let cordoned = (node.cordoned && tone != Tone::Warn).then(|| tag(say!(words, "staff-node-cordoned")));
    Row::new(vec![
        both(ident(node.name.clone()), text(model(node))),
        view! { <span class="row wrap">{pill(tone, state)}{cordoned}</span> }.into_any(),
        lines(node, |gpu| ident(gpu.resource.clone())),
        each(|gpu| gpu.n_ours),
        each(|gpu| gpu.n_foreign),
        each(|gpu| (gpu.n_allocatable - gpu.n_ours - gpu.n_foreign).max(0)),
        time(node.seen_at, words.ago(now, node.seen_at)),
    ])
    .id(node.name.clone())
}

/// A line for each resource, so that figures stand beside the name that they are of.
fn lines(node: &NodeView, said: impl Fn(&GpuView) -> AnyView) -> AnyView {
    if node.gpus.is_empty() {
        return text("–");
    }
    let lines = node.gpus.iter().map(|gpu| view! { <div>{said(gpu)}</div> }).collect::<Vec<_>>();
    view! { <div>{lines}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gpu(resource: &str, n_capacity: i64, n_allocatable: i64, n_ours: i64) -> GpuView {
        GpuView { resource: resource.to_owned(), n_capacity, n_allocatable, n_ours, n_foreign: 0 }
    }

    #[test]
    fn a_lost_gpu_is_drawn_as_lost_and_not_as_free() {
        let cells = cells(&gpu("nvidia.com/gpu", 4, 3, 2));
        assert_eq!(cells, [Cell::Used, Cell::Used, Cell::Free, Cell::Lost]);
    }

    #[test]
    fn slices_fill_as_many_gpus_as_they_are_cut_from() {
        let cells = cells(&gpu("nvidia.com/mig-1g.10gb", 14, 14, 9));
        assert_eq!(cells, [Cell::Sliced { used: 7, all: 7 }, Cell::Sliced { used: 2, all: 7 }]);
    }
}
