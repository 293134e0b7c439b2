//! What the nodes offer for sale, derived from their labels and resources: pure.
//!
//! Whole GPUs and MIG slices only: time-slicing and MPS are no boundary between tenants, so what is shared
//! that way is refused. A slug depends on the GPU's own name alone, never on which other nodes exist.

use std::collections::BTreeMap;

use types::{FlavourSeen, GpuKind, GpuResource, NodeSeen, Resources};

const GPU: &str = "nvidia.com/gpu";
const PRODUCT: &str = "nvidia.com/gpu.product";
/// Compute slices of a whole GPU: what MIG divides by.
const SEVENTHS: i64 = 7;
const GIB: i64 = 1 << 30;

/// Everything that the nodes offer, and what of it may not be sold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Sorted by slug.
    pub flavours: Vec<FlavourSeen>,
    /// Offers that were left out, for the operator to see.
    pub refused: Vec<RefusedNode>,
}

/// Something that a node offers and that may not be sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedNode {
    /// The node.
    pub node: String,
    /// The resource.
    pub resource: String,
    /// Why.
    pub reason: &'static str,
}

/// What can be sold of these nodes; those that are cordoned or away still count, since they come back.
#[must_use]
pub fn catalogue(nodes: &[NodeSeen]) -> Catalogue {
    let mut refused = Vec::new();
    let mut flavours: BTreeMap<String, FlavourSeen> = BTreeMap::new();
    for (node, gpu) in nodes.iter().flat_map(|node| node.gpus.iter().map(move |gpu| (node, gpu))) {
        let refuse = |reason| RefusedNode { node: node.name.clone(), resource: gpu.resource.clone(), reason };
        match flavour(node, gpu) {
            Err(reason) => refused.push(refuse(reason)),
            Ok(flavour) => match flavours.get_mut(&flavour.slug) {
                Some(known) if known.nodes != flavour.nodes => {
                    refused.push(refuse("another product has the same name"));
                }
                Some(known) => join(known, &flavour),
                None => drop(flavours.insert(flavour.slug.clone(), flavour)),
            },
        }
    }
    Catalogue { flavours: flavours.into_values().collect(), refused }
}

/// Two nodes of one flavour: a unit is what the smaller one can give.
fn join(known: &mut FlavourSeen, other: &FlavourSeen) {
    known.unit = Resources {
        cpu_millis: known.unit.cpu_millis.min(other.unit.cpu_millis),
        memory_bytes: known.unit.memory_bytes.min(other.unit.memory_bytes),
        disk_bytes: known.unit.disk_bytes.min(other.unit.disk_bytes),
    };
    known.memory_mib = known.memory_mib.min(other.memory_mib);
    known.most_units = known.most_units.max(other.most_units);
    known.simulated &= other.simulated;
}

fn flavour(node: &NodeSeen, gpu: &GpuResource) -> Result<FlavourSeen, &'static str> {
    let product = node.product.as_deref().ok_or("the node does not name its GPU")?;
    if is_shared(node, gpu) || product.ends_with("-SHARED") {
        return Err("shared by time-slicing or MPS, which is no boundary between tenants");
    }
    // With MIG's single strategy the slice is called a GPU and stands in the product's name.
    let (product_name, single) = product.split_once("-MIG-").map_or((product, None), |(name, p)| (name, Some(p)));
    let profile = gpu.resource.strip_prefix("nvidia.com/mig-").or(single);
    let words = product_words(product_name);
    let model = words.first().copied().ok_or("the node does not name its GPU")?.to_owned();
    let (slug, name) = (words.join("-").to_ascii_lowercase(), words.join(" "));
    let sevenths = profile.map_or(Ok(SEVENTHS), slices)?;
    Ok(FlavourSeen {
        slug: profile.map_or_else(|| slug.clone(), |profile| format!("{slug}-{profile}")),
        name: profile.map_or_else(|| name.clone(), |profile| format!("{name} · {profile}")),
        model,
        kind: if profile.is_some() { GpuKind::Mig } else { GpuKind::Whole },
        memory_mib: memory(node, profile).ok_or("the node does not say how much memory its GPU has")?,
        resource: gpu.resource.clone(),
        nodes: BTreeMap::from([(PRODUCT.to_owned(), product.to_owned())]),
        unit: share(node, sevenths, single),
        most_units: if profile.is_some() { 1 } else { gpu.capacity },
        simulated: node.simulated,
    })
}

/// Whether the device plugin hands one device to several pods.
fn is_shared(node: &NodeSeen, gpu: &GpuResource) -> bool {
    let label = |name: &str| node.labels.get(&format!("{}.{name}", gpu.resource)).map(String::as_str);
    let by_strategy = label("sharing-strategy").is_some_and(|strategy| strategy != "none");
    by_strategy || label("replicas").and_then(|text| text.parse::<i64>().ok()).is_some_and(|copies| copies > 1)
}

/// What tells one product from another: not the maker, not the socket, not the usual amount of memory.
fn product_words(product: &str) -> Vec<&str> {
    let usual = |word: &&str| {
        !matches!(*word, "NVIDIA" | "Tesla" | "80GB") && !word.starts_with("SXM") && !word.starts_with("HBM")
    };
    product.split('-').filter(usual).collect()
}

/// Compute slices of a profile such as `1g.10gb` or `1g.10gb.me`.
fn slices(profile: &str) -> Result<i64, &'static str> {
    let slices = profile.split_once("g.").and_then(|(slices, _)| slices.parse().ok());
    slices.filter(|slices| (1..=SEVENTHS).contains(slices)).ok_or("not a MIG profile that is known")
}

/// GPU memory of one unit, in MiB: the node's own word, or the profile's.
fn memory(node: &NodeSeen, profile: Option<&str>) -> Option<i64> {
    let Some(profile) = profile else { return node.gpu_memory_mib };
    let label = node.labels.get(&format!("nvidia.com/mig-{profile}.memory")).and_then(|text| text.parse().ok());
    label.or_else(|| profile.split('.').nth(1)?.strip_suffix("gb")?.parse::<i64>().ok().map(|gb| gb * 1024))
}

/// A unit's part of what the node gives to pods. A sixteenth stays for the cluster's own pods, which run on
/// every node; otherwise the last unit could never be placed.
fn share(node: &NodeSeen, sevenths: i64, single: Option<&str>) -> Resources {
    let weight = |gpu: &GpuResource| match gpu.resource.strip_prefix("nvidia.com/mig-").or(single) {
        Some(profile) => slices(profile).unwrap_or(SEVENTHS) * gpu.capacity,
        None if gpu.resource == GPU => SEVENTHS * gpu.capacity,
        None => 0,
    };
    let whole = node.gpus.iter().map(weight).sum::<i64>().max(1);
    let part = |amount: i64| (i128::from(amount) * 15 * i128::from(sevenths) / (16 * i128::from(whole))) as i64;
    Resources {
        cpu_millis: rounded(part(node.allocatable.cpu_millis), 1000, 100),
        memory_bytes: rounded(part(node.allocatable.memory_bytes), GIB, GIB / 16),
        disk_bytes: rounded(part(node.allocatable.disk_bytes), 10 * GIB, GIB),
    }
}

/// Down to a multiple of `step`, or of `finer` when there is less than one step.
fn rounded(amount: i64, step: i64, finer: i64) -> i64 {
    let step = if amount >= step { step } else { finer };
    amount / step * step
}

#[cfg(test)]
#[path = "catalogue/tests.rs"]
mod tests;
