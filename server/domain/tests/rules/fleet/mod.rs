//! A cluster as its leader reports it, on top of the world: nodes with free GPUs, quotas, pods in every state.

#![allow(dead_code, reason = "no test file needs all of the fleet")]

use std::collections::BTreeMap;

use domain::{
    access::{Scope, policy::LaunchInstances},
    clusters::{Lead, take_lead},
    commands::Command,
    instances::{launch_instance, record_seen},
    ledger::record_transfer,
    quotas::set_quota,
};
use types::{
    ClusterSeen, ContainerRuns, FlavourId, GpuResource, InstanceId, InstanceView, LaunchInstance, Money, NodeSeen,
    PodSeen, PodStage, RecordTransfer, Resources, SetQuota, Since, Timestamp,
};

use crate::world::{JOB, Tenant, World, noon};

/// The world with a leader, one node of eight H100 and one of seven slices.
pub(crate) struct Fleet {
    pub(crate) world: World,
    pub(crate) lead: Lead,
}

impl Fleet {
    /// With nothing launched; both tenants have a quota of eight of each flavour and a million of money.
    pub(crate) async fn new() -> Self {
        let fleet = Self::without_money().await;
        for tenant in [fleet.world.atlas, fleet.world.breton] {
            fleet.top_up(tenant, 1_000_000_000_000).await;
        }
        fleet
    }

    /// The same with empty wallets.
    pub(crate) async fn without_money() -> Self {
        let world = World::new().await;
        let lead = take_lead(&world.db, JOB, "test", noon()).await.unwrap().unwrap();
        // Tests let hours pass without renewing.
        world.run("UPDATE leader SET until = '2100-01-01'", []).await;
        let fleet = Self { world, lead };
        for node in [node("h100-01", "nvidia.com/gpu", 8), node("h100-02", "nvidia.com/mig-1g.10gb", 7)] {
            fleet.report(ClusterSeen::Node(Box::new(node)), noon()).await;
        }
        fleet.report(ClusterSeen::Fresh { through: noon() }, noon()).await;
        for tenant in [fleet.world.atlas, fleet.world.breton] {
            for flavour in [fleet.world.h100, fleet.world.slice] {
                fleet.quota(tenant, flavour, 8).await;
            }
        }
        fleet
    }

    /// Records a report of the leader.
    pub(crate) async fn report(&self, seen: ClusterSeen, now: Timestamp) {
        record_seen(&self.world.db, JOB, (self.world.cluster, self.lead.epoch), &seen, now).await.unwrap();
        self.world.follow_rates(now).await;
    }

    /// Reports a pod at an instant.
    pub(crate) async fn pod(&self, pod: PodSeen, now: Timestamp) {
        self.report(ClusterSeen::Pod(Box::new(pod)), now).await;
    }

    /// The operator sets a quota.
    pub(crate) async fn quota(&self, tenant: Tenant, flavour: FlavourId, units: u32) {
        let scope = self.world.scope("operator@hub.test", tenant).await;
        let ask = SetQuota { flavour, units, reason: "test".to_owned() };
        set_quota(&self.world.db, &scope, ask, noon()).await.unwrap();
    }

    /// Finance books a transfer.
    pub(crate) async fn top_up(&self, tenant: Tenant, micros: i64) {
        let scope = self.world.scope("finance@hub.test", tenant).await;
        let reference = format!("transfer-{}-{micros}", tenant.slug);
        let ask = RecordTransfer { reference, amount: Money { micros, currency: tenant.currency } };
        let command = Command::new(&ask.reference, "record_transfer", &ask).unwrap();
        record_transfer(&self.world.db, &scope, ask, command, noon()).await.unwrap();
    }

    /// The tenant's developer may launch.
    pub(crate) async fn developer(&self, tenant: Tenant) -> Scope<LaunchInstances> {
        self.world.scope(&format!("developer@{}.test", tenant.slug), tenant).await
    }

    /// The tenant's developer launches one H100, with a key of its own.
    pub(crate) async fn launch(&self, tenant: Tenant, name: &str, now: Timestamp) -> InstanceView {
        let ask = self.ask(tenant, name);
        launch(&self.world, &self.developer(tenant).await, ask, name, now).await.unwrap()
    }

    /// A request for one H100.
    pub(crate) fn ask(&self, tenant: Tenant, name: &str) -> LaunchInstance {
        LaunchInstance {
            project: tenant.project,
            name: name.to_owned(),
            flavour: self.world.h100,
            units: 1,
            template: "pytorch".to_owned(),
            environment: BTreeMap::new(),
            volumes: Vec::new(),
            new_volume: None,
        }
    }
}

/// Launches with a key.
pub(crate) async fn launch(
    world: &World,
    scope: &Scope<LaunchInstances>,
    ask: LaunchInstance,
    key: &str,
    now: Timestamp,
) -> domain::Result<InstanceView> {
    let command = Command::new(key, "launch_instance", &ask)?;
    launch_instance(&world.db, scope, ask, command, now).await
}

/// A node that is ready, with nothing used.
pub(crate) fn node(name: &str, resource: &str, units: i64) -> NodeSeen {
    NodeSeen {
        name: name.to_owned(),
        labels: BTreeMap::new(),
        product: Some("NVIDIA-H100".to_owned()),
        gpu_memory_mib: Some(81_920),
        ready: Some(Since { holds: true, at: noon().plus_seconds(-3600) }),
        renewed_at: Some(noon()),
        cordoned: false,
        simulated: true,
        zone: None,
        gpus: vec![GpuResource {
            resource: resource.to_owned(),
            capacity: units,
            allocatable: units,
            ours: 0,
            foreign: 0,
        }],
        allocatable: Resources::default(),
    }
}

/// The pod of an instance's attempt, just created at `at` and looking for a node.
pub(crate) fn pod(tenant: Tenant, instance: InstanceId, attempt: i32, at: Timestamp) -> PodSeen {
    PodSeen::taken(tenant.id, instance, attempt, at)
}

/// The same pod, ready since `at` on a node.
pub(crate) fn ready(mut pod: PodSeen, at: Timestamp) -> PodSeen {
    pod.stage = PodStage::Ready;
    pod.node = Some("h100-01".to_owned());
    pod.scheduled_at = Some(pod.created_at.plus_seconds(1));
    pod.container = Some(ContainerRuns { id: "c0".to_owned(), started_at: at.plus_seconds(-1) });
    pod.ready = Some(Since { holds: true, at });
    pod
}
