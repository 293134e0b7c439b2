//! What happens in the demonstration, as a table: who ran what, from when, for how long, and what went wrong.

use types::{Currency, InstanceId, OrganisationId};

use super::people::{ATLAS, RIF, Tenant};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// One planned run of an instance, counted from the first instant of its month.
#[derive(Clone, Copy)]
pub(super) struct Planned {
    pub(super) tenant: Tenant,
    pub(super) project: usize,
    pub(super) name: &'static str,
    pub(super) flavour: &'static str,
    pub(super) units: u32,
    pub(super) template: &'static str,
    pub(super) from_s: i64,
    pub(super) lasts_s: i64,
    /// When its node is lost, from its start, and for how long.
    pub(super) fault: Option<(i64, i64)>,
}

/// A run under way, with what the cluster calls it.
pub(super) struct Run {
    pub(super) organisation: OrganisationId,
    pub(super) instance: InstanceId,
    pub(super) wish_seq: i64,
    pub(super) node: String,
}

const fn run(
    (tenant, project): (Tenant, usize),
    (name, template): (&'static str, &'static str),
    (flavour, units): (&'static str, u32),
    (from_s, lasts_s): (i64, i64),
) -> Planned {
    Planned { tenant, project, name, flavour, units, template, from_s, lasts_s, fault: None }
}

const fn with_fault(planned: Planned, after_s: i64, lasts_s: i64) -> Planned {
    Planned { fault: Some((after_s, lasts_s)), ..planned }
}

/// The month before last, last month with another rhythm, and this one, of which is told what is over by now.
pub(super) const MONTHS: [&[Planned]; 3] = [
    &[
        with_fault(
            run((RIF, 0), ("alphafold-sweep", "pytorch"), ("h200", 1), (2 * DAY + 9 * HOUR, 61 * HOUR + 1831)),
            30 * HOUR,
            962,
        ),
        run((RIF, 0), ("msa-search", "ubuntu"), ("a100-1g.10gb", 1), (4 * DAY + 8 * HOUR, 96 * HOUR + 760)),
        run((RIF, 1), ("cell-segmentation", "pytorch"), ("l40s", 2), (11 * DAY + 7 * HOUR, 33 * HOUR + 127)),
        run((RIF, 0), ("docking", "vscode"), ("h100", 1), (19 * DAY + 10 * HOUR, 18 * HOUR + 2411)),
        run((ATLAS, 0), ("grasp-policy", "pytorch"), ("h100", 2), (3 * DAY + 15 * HOUR + 1260, 40 * HOUR + 333)),
        run((ATLAS, 1), ("slam-eval", "ubuntu"), ("l40s", 1), (14 * DAY + 16 * HOUR, 52 * HOUR)),
    ],
    &[
        run((RIF, 0), ("alphafold-sweep-2", "pytorch"), ("h200", 1), (DAY + 9 * HOUR, 74 * HOUR + 905)),
        with_fault(
            run((RIF, 1), ("denoising", "pytorch"), ("l40s", 1), (6 * DAY + 8 * HOUR, 71 * HOUR + 44)),
            20 * HOUR,
            1503,
        ),
        run((RIF, 0), ("embeddings", "vllm"), ("h100", 1), (17 * DAY + 6 * HOUR, 26 * HOUR + 59)),
        run((ATLAS, 0), ("grasp-policy-2", "pytorch"), ("h100", 2), (5 * DAY + 14 * HOUR, 38 * HOUR + 2100)),
        run((ATLAS, 1), ("nav-sim", "vscode"), ("h200", 1), (20 * DAY + 15 * HOUR, 22 * HOUR + 17)),
    ],
    &[
        run((RIF, 1), ("atlas-of-cells", "pytorch"), ("l40s", 1), (9 * HOUR, 7 * HOUR + 310)),
        run((ATLAS, 1), ("map-merge", "ubuntu"), ("l40s", 1), (11 * HOUR, 9 * HOUR + 42)),
        run((RIF, 0), ("structure-server", "vllm"), ("h100", 1), (2 * DAY + 8 * HOUR, 31 * HOUR + 1204)),
        with_fault(
            run((ATLAS, 0), ("push-policy", "pytorch"), ("h100", 2), (4 * DAY + 13 * HOUR, 29 * HOUR + 77)),
            11 * HOUR,
            734,
        ),
        run((RIF, 0), ("fold-baseline", "pytorch"), ("h200", 1), (7 * DAY + 10 * HOUR, 44 * HOUR + 365)),
        run((RIF, 1), ("tissue-types", "vscode"), ("a100-1g.10gb", 1), (12 * DAY + 7 * HOUR, 51 * HOUR + 18)),
        run((ATLAS, 0), ("grasp-replay", "pytorch"), ("h100", 1), (15 * DAY + 9 * HOUR, 26 * HOUR + 1510)),
        run((RIF, 0), ("ligand-screen", "pytorch"), ("h200", 1), (18 * DAY + 6 * HOUR, 38 * HOUR + 902)),
        run((RIF, 1), ("microscope-day", "pytorch"), ("l40s", 2), (23 * DAY + 8 * HOUR, 19 * HOUR + 240)),
        run((RIF, 0), ("fold-ablation", "pytorch"), ("h200", 1), (26 * DAY + 7 * HOUR, 16 * HOUR + 51)),
    ],
];

/// What runs when the portal starts.
pub(super) const PRESENT: &[Planned] = &[
    run((RIF, 0), ("alphafold-sweep-3", "pytorch"), ("h200", 1), (0, 0)),
    run((RIF, 1), ("segmentation-lab", "vscode"), ("a100-1g.10gb", 1), (0, 0)),
    run((ATLAS, 0), ("grasp-policy-3", "pytorch"), ("h100", 2), (0, 0)),
];

/// What one unit costs in an hour: dirhams, euros and dollars, net, in thousandths. What is not here is not for sale.
pub(super) const PRICES: [(&str, [i64; 3]); 5] = [
    ("h200", [27_400, 2_540, 2_740]),
    ("h100", [21_900, 2_030, 2_190]),
    ("a100-3g.40gb", [8_600, 800, 860]),
    ("a100-1g.10gb", [2_900, 270, 290]),
    ("l40s", [9_800, 910, 980]),
];

/// Units that each organisation may hold.
pub(super) const QUOTAS: [(&str, u32); 5] =
    [("h200", 4), ("h100", 4), ("a100-3g.40gb", 4), ("a100-1g.10gb", 8), ("l40s", 4)];

/// Accounts of the hub, right in themselves and nobody's.
pub(super) const ACCOUNTS: [(Currency, &str); 2] =
    [(Currency::Mad, "MA64011519000001205000534921"), (Currency::Usd, "MA64011519000001205000535018")];

#[cfg(test)]
mod tests {
    use super::*;

    /// Reports of the cluster follow an event by up to a minute, and the story never goes back in time.
    #[test]
    fn no_two_events_of_a_month_are_within_two_minutes() {
        for month in MONTHS {
            let mut events: Vec<i64> = month
                .iter()
                .flat_map(|run| {
                    let fault = run.fault.map(|(after, lasts)| [run.from_s + after, run.from_s + after + lasts]);
                    [run.from_s, run.from_s + run.lasts_s].into_iter().chain(fault.into_iter().flatten())
                })
                .collect();
            events.sort_unstable();
            assert!(events.windows(2).all(|pair| pair[1] - pair[0] >= 120), "{events:?}");
        }
    }
}
