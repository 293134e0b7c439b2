//! Which GPUs stand in which node: models, memory as the driver reports it, and how MIG splits them.

/// A node to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodePlan {
    /// Its name.
    pub name: String,
    /// The zone (here: the row of racks).
    pub zone: String,
    /// The machine's model, as its maker names it.
    pub machine: String,
    /// Hardware threads.
    pub cpus: u64,
    /// Memory in GiB.
    pub memory_gib: u64,
    /// Local disk for images and containers in GiB.
    pub disk_gib: u64,
    /// How many pods it takes.
    pub pods: u32,
    /// Its GPUs.
    pub gpu: GpuPlan,
}

/// The GPUs of a node: all of one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpuPlan {
    /// The product as GPU Feature Discovery writes it.
    pub product: String,
    /// The architecture.
    pub family: String,
    /// Compute capability, major and minor.
    pub compute: (u8, u8),
    /// Memory of one GPU in MiB.
    pub memory_mib: u32,
    /// How many are in the machine.
    pub installed: u32,
    /// How many of them are given out whole.
    pub whole: u32,
    /// Whether the model can be split by MIG.
    pub mig_capable: bool,
    /// MIG profiles and how many slices of each there are.
    pub slices: Vec<(String, u32)>,
}

/// The hub's hall: two H200 nodes, two H100 nodes, one A100 node split by MIG, one L40S node.
pub fn hub() -> Vec<NodePlan> {
    let h200 = || whole("NVIDIA-H200", "hopper", (9, 0), 143_771, 8);
    let h100 = || whole("NVIDIA-H100-80GB-HBM3", "hopper", (9, 0), 81_559, 8);
    let l40s = GpuPlan { mig_capable: false, ..whole("NVIDIA-L40S", "ada-lovelace", (8, 9), 46_068, 4) };
    vec![
        large("tet-h200-01", "row-a", "XE9680", h200()),
        large("tet-h200-02", "row-a", "XE9680", h200()),
        large("tet-h100-01", "row-b", "DGX-H100", h100()),
        large("tet-h100-02", "row-b", "DGX-H100", h100()),
        NodePlan { cpus: 256, memory_gib: 1024, ..large("tet-a100-01", "row-c", "DGX-A100", split_a100()) },
        NodePlan { cpus: 128, memory_gib: 768, disk_gib: 3500, ..large("tet-l40s-01", "row-c", "R760xa", l40s) },
    ]
}

/// So many such halls side by side, for tests of scale: the nodes of the second are called `tet2-…`, and so on.
pub fn hubs(n_halls: usize) -> Vec<NodePlan> {
    let named =
        |hall: usize, node: NodePlan| NodePlan { name: node.name.replacen("tet-", &format!("tet{hall}-"), 1), ..node };
    let more = (2..=n_halls).flat_map(|hall| hub().into_iter().map(move |node| named(hall, node)));
    hub().into_iter().chain(more).collect()
}

/// Eight A100 with 80 GB: four whole, two cut into seven 1g.10gb each, two into two 3g.40gb each, all of which the
/// seven compute and eight memory slices of an A100 permit.
fn split_a100() -> GpuPlan {
    let slices = vec![("1g.10gb".to_owned(), 14), ("3g.40gb".to_owned(), 4)];
    GpuPlan { whole: 4, slices, ..whole("NVIDIA-A100-SXM4-80GB", "ampere", (8, 0), 81_920, 8) }
}

/// The memory of one slice in MiB, as the driver reports it on an A100 with 80 GB.
pub(super) fn slice_memory_mib(profile: &str) -> u32 {
    match profile {
        "1g.10gb" => 9_728,
        "2g.20gb" => 19_968,
        "3g.40gb" | "4g.40gb" => 40_192,
        _ => 81_050,
    }
}

fn whole(product: &str, family: &str, compute: (u8, u8), memory_mib: u32, count: u32) -> GpuPlan {
    GpuPlan {
        product: product.to_owned(),
        family: family.to_owned(),
        compute,
        memory_mib,
        installed: count,
        whole: count,
        mig_capable: true,
        slices: Vec::new(),
    }
}

fn large(name: &str, zone: &str, machine: &str, gpu: GpuPlan) -> NodePlan {
    NodePlan {
        name: name.to_owned(),
        zone: zone.to_owned(),
        machine: machine.to_owned(),
        cpus: 192,
        memory_gib: 2048,
        disk_gib: 7000,
        pods: 250,
        gpu,
    }
}
