//! What a simulator is started with: where it listens, where it keeps its objects, which nodes it has, how fast it is.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::hall::{NodePlan, hub};

/// Everything that can be chosen about a simulator.
#[derive(Clone, Debug)]
pub struct SimulatorConfig {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The folder of the journalled store; without one everything is forgotten at the end.
    pub store: Option<PathBuf>,
    /// The nodes to make when they do not exist yet.
    pub nodes: Vec<NodePlan>,
    /// The time.
    pub clock: Clock,
    /// How long things take.
    pub delays: Delays,
    /// How many changes of one kind a watch can be behind before it is told 410.
    pub history: usize,
}

/// How long each step of the cluster takes.
#[derive(Clone, Debug)]
pub struct Delays {
    /// From a pod's creation to its binding.
    pub schedule: Duration,
    /// From the binding to the kubelet's first word.
    pub accept: Duration,
    /// The shortest and the longest first pull of an image on a node.
    pub pull: (Duration, Duration),
    /// From the pulled image to the running container.
    pub start: Duration,
    /// From running to Ready where the container has a readiness probe.
    pub ready: Duration,
    /// How long a container takes to stop when asked to.
    pub stop: Duration,
    /// From a namespace's creation to its `default` service account.
    pub service_account: Duration,
    /// From a claim's creation to its volume.
    pub bind_claim: Duration,
    /// The first wait before a failed pull or a crashed container is tried again; it doubles each time.
    pub back_off: Duration,
    /// The longest wait of that kind.
    pub back_off_limit: Duration,
    /// Between two renewals of a node's Lease.
    pub lease: Duration,
    /// How old a node's Lease may be before the node is declared unreachable.
    pub node_grace: Duration,
    /// Between two looks at the Leases.
    pub node_monitor: Duration,
    /// From a node's deletion to the end of the pods that were bound to it.
    pub orphans: Duration,
}

impl Default for SimulatorConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            store: None,
            nodes: hub(),
            clock: Clock::system(),
            delays: Delays::real(),
            history: 4096,
        }
    }
}

impl SimulatorConfig {
    /// A simulator on a free port, in memory, whose pods are Ready within milliseconds.
    pub fn quick() -> Self {
        Self { delays: Delays::quick(), ..Self::default() }
    }
}

impl Delays {
    /// What feels like a hub.
    pub fn real() -> Self {
        Self {
            schedule: Duration::from_millis(400),
            accept: Duration::from_millis(200),
            pull: (Duration::from_secs(8), Duration::from_secs(15)),
            start: Duration::from_secs(4),
            ready: Duration::from_secs(2),
            stop: Duration::from_secs(1),
            service_account: Duration::from_millis(150),
            bind_claim: Duration::from_millis(300),
            back_off: Duration::from_secs(10),
            back_off_limit: Duration::from_secs(300),
            lease: Duration::from_secs(10),
            node_grace: Duration::from_secs(50),
            node_monitor: Duration::from_secs(5),
            orphans: Duration::from_secs(50),
        }
    }

    /// What a test has patience for: every step within 20 ms, a lost node known within half a second.
    pub fn quick() -> Self {
        let step = Duration::from_millis(10);
        Self {
            schedule: step,
            accept: step,
            pull: (step, Duration::from_millis(20)),
            start: step,
            ready: step,
            stop: step,
            service_account: step,
            bind_claim: step,
            back_off: Duration::from_millis(50),
            back_off_limit: Duration::from_millis(400),
            lease: Duration::from_millis(100),
            node_grace: Duration::from_millis(400),
            node_monitor: Duration::from_millis(50),
            orphans: Duration::from_secs(1),
        }
    }

    /// The same steps, `factor` times as fast; the Leases keep their pace, because others read their times.
    #[must_use]
    pub fn hurried(mut self, factor: f64) -> Self {
        let steps = [
            &mut self.schedule,
            &mut self.accept,
            &mut self.pull.0,
            &mut self.pull.1,
            &mut self.start,
            &mut self.ready,
            &mut self.stop,
            &mut self.service_account,
            &mut self.bind_claim,
            &mut self.back_off,
            &mut self.back_off_limit,
        ];
        for step in steps {
            *step = step.div_f64(factor.max(0.001));
        }
        self
    }
}
