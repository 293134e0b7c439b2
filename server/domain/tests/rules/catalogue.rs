//! The catalogue on a real database: flavours from nodes, free counts, quotes and what everybody may see.

use std::collections::BTreeMap;

use crate::fleet::{Fleet, node};
use crate::world::{JOB, noon};
use domain::{
    access::policy::{LaunchInstances, ReadOrganisation},
    catalogue::{list_flavours_in, list_public_in, quote_in, record_flavours},
};
use types::{
    ClusterSeen, Currency, FlavourSeen, FlavourView, GpuKind, NodeSeen, PlanLaunch, QuoteView, Resources,
    VerdictReason, VerdictWord,
};

fn seen(slug: &str, memory_mib: i64) -> FlavourSeen {
    FlavourSeen {
        slug: slug.to_owned(),
        name: slug.to_uppercase(),
        model: slug.to_uppercase(),
        kind: GpuKind::Whole,
        memory_mib,
        resource: "nvidia.com/gpu".to_owned(),
        nodes: BTreeMap::from([("nvidia.com/gpu.product".to_owned(), slug.to_owned())]),
        unit: Resources { cpu_millis: 24_000, memory_bytes: 240 << 30, disk_bytes: 1 << 40 },
        most_units: 8,
        simulated: true,
    }
}

fn labelled(name: &str, slug: &str, used: i64) -> NodeSeen {
    let mut node = node(name, "nvidia.com/gpu", 8);
    node.labels.insert("nvidia.com/gpu.product".to_owned(), slug.to_owned());
    node.gpus[0].ours = used;
    node
}

async fn record(fleet: &Fleet, flavours: &[FlavourSeen], nodes: &[NodeSeen]) {
    let place = (fleet.world.cluster, fleet.lead.epoch);
    record_flavours(&fleet.world.db, JOB, place, (flavours, nodes), noon()).await.unwrap();
}

async fn public(fleet: &Fleet, slug: &str) -> Option<FlavourView> {
    let open = fleet.world.db.public(noon()).await.unwrap();
    let list = list_public_in(&open, Currency::Mad).await.unwrap();
    list.items.into_iter().find(|flavour| flavour.slug == slug)
}

async fn quote(fleet: &Fleet, units: u32) -> QuoteView {
    let scope = fleet.world.scope::<LaunchInstances>("developer@atlas.test", fleet.world.atlas).await;
    let tx = fleet.world.db.look(&scope, noon()).await.unwrap();
    quote_in(&tx, &scope, &PlanLaunch::of(fleet.world.h100, units, None)).await.unwrap()
}

#[tokio::test]
async fn free_units_are_those_of_nodes_that_take_launches() {
    let fleet = Fleet::new().await;
    let mut cordoned = labelled("h200-03", "h200", 0);
    cordoned.cordoned = true;
    let nodes = [labelled("h200-01", "h200", 5), labelled("h200-02", "h200", 7), cordoned];
    record(&fleet, &[seen("h200", 144_384)], &nodes).await;
    let view = public(&fleet, "h200").await.unwrap();
    assert_eq!((view.n_units, view.n_free, view.n_free_on_one_node), (16, 4, 3));
    assert_eq!((view.n_vcpus, view.memory_mib, view.per_hour), (24, 240 << 10, None));
    assert!(view.simulated && view.quota.is_none());
    fleet.report(ClusterSeen::NodeGone { name: "h200-01".to_owned() }, noon()).await;
    let view = public(&fleet, "h200").await.unwrap();
    assert_eq!((view.n_units, view.n_free), (8, 1));
}

#[tokio::test]
async fn what_did_not_change_is_not_written() {
    let fleet = Fleet::new().await;
    let (flavours, nodes) = ([seen("h200", 144_384)], [labelled("h200-01", "h200", 5)]);
    record(&fleet, &flavours, &nodes).await;
    let newest = "SELECT max(x)::bigint AS n FROM (SELECT xmin::text::bigint AS x FROM flavour
                  UNION ALL SELECT xmin::text::bigint FROM node UNION ALL SELECT xmin::text::bigint FROM node_flavour) t";
    let before = fleet.world.number(newest, []).await;
    record(&fleet, &flavours, &nodes).await;
    let mut renewed = nodes[0].clone();
    renewed.renewed_at = Some(noon().plus_seconds(10));
    fleet.report(ClusterSeen::Node(Box::new(renewed)), noon().plus_seconds(10)).await;
    assert_eq!(fleet.world.number(newest, []).await, before);
    record(&fleet, &flavours, &[labelled("h200-01", "h200", 6)]).await;
    assert!(fleet.world.number(newest, []).await > before);
}

#[tokio::test]
async fn a_quote_says_what_the_start_sets_aside_and_whether_it_starts() {
    let fleet = Fleet::new().await;
    let now = quote(&fleet, 2).await;
    assert_eq!((now.verdict.word, now.verdict.reason), (VerdictWord::Now, None));
    assert_eq!(now.per_hour.unwrap().micros, 60_000_000);
    assert_eq!(now.per_hour_with_tax.unwrap().micros, 72_000_000);
    assert_eq!(now.cover.unwrap().reserved.micros, 72_000_000);
    let mut busy = node("h100-01", "nvidia.com/gpu", 8);
    busy.gpus[0].foreign = 7;
    fleet.report(ClusterSeen::Node(Box::new(busy)), noon()).await;
    let waits = quote(&fleet, 2).await.verdict;
    assert_eq!((waits.word, waits.reason), (VerdictWord::Waits, Some(VerdictReason::NoFreeGpu)));
    let units: Vec<_> = waits.alternatives.iter().map(|other| (other.slug.as_str(), other.units)).collect();
    assert_eq!(units, [("h100-1g", 1), ("h100", 1)]);
    fleet.quota(fleet.world.atlas, fleet.world.h100, 1).await;
    assert_eq!(quote(&fleet, 2).await.verdict.reason, Some(VerdictReason::Quota));
}

#[tokio::test]
async fn a_quote_beyond_the_balance_is_refused_and_names_what_the_balance_covers() {
    let fleet = Fleet::without_money().await;
    fleet.top_up(fleet.world.atlas, 6_000_000).await;
    let quote = quote(&fleet, 1).await;
    assert_eq!((quote.verdict.word, quote.verdict.reason), (VerdictWord::Cannot, Some(VerdictReason::Credit)));
    let slugs: Vec<_> = quote.verdict.alternatives.iter().map(|other| other.slug.as_str()).collect();
    assert_eq!(slugs, ["h100-1g"], "a slice costs 6.00 with tax");
}

#[tokio::test]
async fn a_cluster_that_is_silent_promises_nothing() {
    let fleet = Fleet::new().await;
    fleet.report(ClusterSeen::Stale { since: noon() }, noon()).await;
    assert_eq!(quote(&fleet, 1).await.verdict.reason, Some(VerdictReason::ClusterSilent));
    fleet.report(ClusterSeen::Fresh { through: noon() }, noon()).await;
    assert_eq!(quote(&fleet, 1).await.verdict.word, VerdictWord::Now);
}

#[tokio::test]
async fn each_organisation_sees_prices_in_its_own_currency_and_its_own_quota() {
    let fleet = Fleet::new().await;
    fleet.launch(fleet.world.atlas, "one", noon()).await;
    for (tenant, used, micros) in [(fleet.world.atlas, 1, 30_000_000), (fleet.world.breton, 0, 2_800_000)] {
        let scope = fleet.world.scope::<ReadOrganisation>(&format!("billing@{}.test", tenant.slug), tenant).await;
        let tx = fleet.world.db.look(&scope, noon()).await.unwrap();
        let list = list_flavours_in(&tx, &scope).await.unwrap();
        let view = list.items.into_iter().find(|view| view.id == fleet.world.h100).unwrap();
        assert_eq!((view.quota.unwrap().used, view.per_hour.unwrap().micros), (used, micros), "{}", tenant.slug);
    }
}
