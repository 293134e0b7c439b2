//! Nodes as GPU Feature Discovery labels them, and what is for sale of each.

use proptest::prelude::*;

use super::*;

fn node(product: &str, gpus: &[(&str, i64)], labels: &[(&str, &str)]) -> NodeSeen {
    let labels = labels.iter().map(|(key, value)| (format!("nvidia.com/{key}"), (*value).to_owned())).collect();
    let gpu = |(resource, units): &(&str, i64)| GpuResource {
        resource: format!("nvidia.com/{resource}"),
        capacity: *units,
        allocatable: *units,
        ours: 0,
        foreign: 0,
    };
    NodeSeen {
        name: format!("node-of-{product}"),
        labels,
        product: Some(product.to_owned()),
        gpu_memory_mib: Some(81_559),
        ready: None,
        renewed_at: None,
        cordoned: false,
        simulated: false,
        zone: None,
        gpus: gpus.iter().map(gpu).collect(),
        allocatable: Resources { cpu_millis: 192_000, memory_bytes: 2048 * GIB, disk_bytes: 7000 * GIB },
    }
}

fn only(node: NodeSeen) -> FlavourSeen {
    let found = catalogue(&[node]);
    assert_eq!(found.refused, []);
    found.flavours.into_iter().next().unwrap()
}

#[test]
fn a_products_name_makes_its_slug_and_name() {
    for (product, slug, name) in [
        ("NVIDIA-H200", "h200", "H200"),
        ("NVIDIA-H100-80GB-HBM3", "h100", "H100"),
        ("NVIDIA-H100-PCIe", "h100-pcie", "H100 PCIe"),
        ("NVIDIA-A100-SXM4-80GB", "a100", "A100"),
        ("NVIDIA-A100-SXM4-40GB", "a100-40gb", "A100 40GB"),
        ("NVIDIA-L40S", "l40s", "L40S"),
        ("Tesla-T4", "t4", "T4"),
    ] {
        let flavour = only(node(product, &[("gpu", 8)], &[]));
        assert_eq!((flavour.slug.as_str(), flavour.name.as_str()), (slug, name));
        assert_eq!((flavour.kind, flavour.most_units, flavour.memory_mib), (GpuKind::Whole, 8, 81_559));
    }
}

#[test]
fn a_unit_is_its_part_of_the_node_rounded_down() {
    let unit = only(node("NVIDIA-H200", &[("gpu", 8)], &[])).unit;
    assert_eq!(unit, Resources { cpu_millis: 22_000, memory_bytes: 240 * GIB, disk_bytes: 820 * GIB });
}

#[test]
fn slices_are_sold_beside_whole_gpus_with_either_strategy() {
    let gpus = [("gpu", 4), ("mig-1g.10gb", 14), ("mig-3g.40gb", 4)];
    let mixed = catalogue(&[node("NVIDIA-A100-SXM4-80GB", &gpus, &[("mig-1g.10gb.memory", "9728")])]);
    let slugs: Vec<&str> = mixed.flavours.iter().map(|flavour| flavour.slug.as_str()).collect();
    assert_eq!(slugs, ["a100", "a100-1g.10gb", "a100-3g.40gb"]);
    let slice = &mixed.flavours[1];
    assert_eq!((slice.name.as_str(), slice.memory_mib, slice.most_units), ("A100 · 1g.10gb", 9728, 1));
    assert_eq!(mixed.flavours[2].memory_mib, 40_960);

    let single = only(node("NVIDIA-A100-SXM4-80GB-MIG-1g.10gb", &[("gpu", 56)], &[]));
    assert_eq!((single.slug.as_str(), single.resource.as_str()), ("a100-1g.10gb", GPU));
    assert_eq!((single.kind, single.most_units), (GpuKind::Mig, 1));
}

#[test]
fn what_tenants_would_share_is_refused_and_said() {
    for (product, labels) in [
        ("NVIDIA-L40S-SHARED", [("gpu.replicas", "1")]),
        ("NVIDIA-L40S", [("gpu.replicas", "4")]),
        ("NVIDIA-L40S", [("gpu.sharing-strategy", "mps")]),
    ] {
        let found = catalogue(&[node(product, &[("gpu", 4)], &labels)]);
        assert_eq!((found.flavours.len(), found.refused.len()), (0, 1), "{product} {labels:?}");
    }
}

#[test]
fn two_products_are_never_sold_as_one() {
    let nodes = [node("NVIDIA-A100-SXM4-80GB", &[("gpu", 8)], &[]), node("NVIDIA-A100-SXM5-80GB", &[("gpu", 8)], &[])];
    let found = catalogue(&nodes);
    assert_eq!((found.flavours.len(), found.refused.len()), (1, 1));
}

proptest! {
    #[test]
    fn all_units_of_a_node_fit_on_it(
        whole in 0..9_i64, small in 0..57_i64, large in 0..17_i64, cpu in 1_000..256_000_i64, gib in 8..4_096_i64,
    ) {
        prop_assume!(whole + small + large > 0);
        let gpus = [("gpu", whole), ("mig-1g.10gb", small), ("mig-3g.40gb", large)];
        let mut node = node("NVIDIA-A100-SXM4-80GB", &gpus, &[]);
        node.allocatable = Resources { cpu_millis: cpu, memory_bytes: gib * GIB, disk_bytes: gib * GIB };
        let units = BTreeMap::from(gpus.map(|(resource, units)| (format!("nvidia.com/{resource}"), units)));
        let sum = |amount: fn(&Resources) -> i64| -> i64 {
            catalogue(std::slice::from_ref(&node)).flavours.iter().map(|it| units[&it.resource] * amount(&it.unit)).sum()
        };
        prop_assert!(sum(|unit| unit.cpu_millis) <= cpu);
        prop_assert!(sum(|unit| unit.memory_bytes) <= gib * GIB);
        prop_assert!(sum(|unit| unit.disk_bytes) <= gib * GIB);
    }
}
