//! A portal that sells: a cluster as its leader reports it, a price, and the organisation `acme` that can pay.

use std::collections::BTreeMap;

use domain::{
    access::Job,
    catalogue::record_flavours,
    clusters::{ask_operator, take_lead},
    instances::record_seen,
    settlement::{follow_rates, organisations_with_new_rates},
};
use serde_json::{Value, json};
use types::{
    ClusterId, ClusterSeen, ContainerRuns, GpuResource, InstanceId, NodeSeen, OperatorQuestion, OrganisationId,
    PodSeen, PodStage, Resources, Role, Since, StaffRole, Timestamp,
};

use super::{Answer, Caller, TestPortal, start};

/// Who reports what the cluster does.
const JOB: Job = Job::of("test");
/// Net price of an H100 for an hour: 30 MAD.
pub(crate) const PRICE: i64 = 30_000_000;

/// A portal with one node of eight H100, of which `acme` may hold four, and 10,000 MAD in its wallet.
pub(crate) struct Shop {
    pub(crate) portal: TestPortal,
    pub(crate) acme: OrganisationId,
    pub(crate) cluster: ClusterId,
    pub(crate) flavour: String,
    pub(crate) project: String,
    pub(crate) owner: Caller,
    pub(crate) operator: Caller,
    pub(crate) finance: Caller,
    pub(crate) incubator: Caller,
    epoch: i64,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let portal = TestPortal::new().await;
        let cluster = portal.founding.register_cluster("tetouan-1", "Tétouan", true, start()).await.unwrap();
        let organisation = portal.organisation("acme").await;
        let (acme, owner) = (organisation.id, organisation.member(Role::Owner).await);
        let project = portal.founding.add_project(acme, "training", "Training", start()).await.unwrap().to_string();
        let operator = portal.staff(StaffRole::Operator).await;
        let finance = portal.staff(StaffRole::Finance).await;
        let incubator = portal.staff(StaffRole::Incubator).await;
        let lead = take_lead(&portal.state.portal.db, JOB, "test", start()).await.unwrap().unwrap();
        // Tests let days pass without renewing.
        portal.as_owner("UPDATE leader SET until = '2100-01-01'").await;
        let epoch = lead.epoch;
        let flavour = String::new();
        let mut shop = Self { portal, acme, cluster, flavour, project, owner, operator, finance, incubator, epoch };
        shop.stock().await;
        shop
    }

    /// Nodes, a price, a quota and money, by the ways that the hub's people have.
    async fn stock(&mut self) {
        let (node, place) = (node("h100-01", 8), (self.cluster, self.epoch));
        let flavours = k8s::catalogue(std::slice::from_ref(&node)).flavours;
        let seen = (flavours.as_slice(), std::slice::from_ref(&node));
        record_flavours(&self.portal.state.portal.db, JOB, place, seen, start()).await.unwrap();
        self.report(ClusterSeen::Node(Box::new(node))).await;
        self.observe().await;
        let prices = self.finance.get("/api/v1/staff/prices").await.json();
        self.flavour = prices["items"][0]["flavour"].as_str().unwrap().to_owned();
        let price = json!({ "flavour": self.flavour, "currency": "MAD", "micros_per_hour": PRICE });
        assert_eq!(self.finance.post("/api/v1/staff/prices", &price).await.status, 201);
        let quota = json!({ "flavour": self.flavour, "units": 4, "reason": "the pilot" });
        assert_eq!(self.operator.put("/api/v1/organisations/acme/quotas", &quota).await.status, 200);
        let transfer = json!({ "reference": "BMCE 1", "amount": mad(10_000) });
        let path = "/api/v1/organisations/acme/wallet/transfers";
        assert_eq!(self.finance.post(path, &transfer).await.status, 200);
    }

    /// The leader reports.
    pub(crate) async fn report(&self, seen: ClusterSeen) {
        let (db, now) = (&self.portal.state.portal.db, self.portal.now());
        record_seen(db, JOB, (self.cluster, self.epoch), &seen, now).await.unwrap();
        let changed = organisations_with_new_rates(&db.work(JOB, now).await.unwrap()).await.unwrap();
        for organisation in changed {
            follow_rates(db, JOB, organisation, now).await.unwrap();
        }
    }

    /// Everything until now was seen.
    pub(crate) async fn observe(&self) {
        self.report(ClusterSeen::Fresh { through: self.portal.now() }).await;
    }

    /// The leader found a cluster that is newer than the database.
    pub(crate) async fn ask_operator(&self) {
        let (db, place, now) = (&self.portal.state.portal.db, (self.cluster, self.epoch), self.portal.now());
        ask_operator(db, JOB, place, OperatorQuestion::RestoredDatabase, &BTreeMap::new(), now).await.unwrap();
    }

    /// A request to launch one H100.
    pub(crate) fn ask(&self, name: &str) -> Value {
        json!({ "project": self.project, "name": name, "flavour": self.flavour, "units": 1, "template": "pytorch" })
    }

    /// The owner launches one; its address in the API.
    pub(crate) async fn launch(&self, name: &str) -> String {
        let answer = self.owner.post("/api/v1/organisations/acme/instances", &self.ask(name)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.header("location").to_owned()
    }

    /// Finance prices storage, the operator gives a terabyte, and the owner makes a volume; its id. Once in a shop, and
    /// by people who have just signed in, since months may have passed.
    pub(crate) async fn volume(&self, name: &str, size_gb: u32) -> String {
        let storage = domain::volumes::STORAGE.to_string();
        let price = json!({ "flavour": storage, "currency": "MAD", "micros_per_hour": 1_000 });
        let finance = self.portal.signed_in("finance@hub.test").await;
        assert_eq!(finance.post("/api/v1/staff/prices", &price).await.status, 201);
        let quota = json!({ "flavour": storage, "units": 1_000, "reason": "the pilot" });
        let operator = self.portal.signed_in("operator@hub.test").await;
        assert_eq!(operator.put("/api/v1/organisations/acme/quotas", &quota).await.status, 200);
        let owner = self.portal.signed_in("owner@acme.test").await;
        let ask = json!({ "project": self.project, "name": name, "size_gb": size_gb });
        let answer = owner.post("/api/v1/organisations/acme/volumes", &ask).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.text("id")
    }

    /// The pod of the instance's first attempt is ready since now.
    pub(crate) async fn ready(&self, address: &str) -> PodSeen {
        let id = address.rsplit('/').next().unwrap().parse().unwrap();
        let pod = ready(self.acme, id, self.portal.now());
        self.report(ClusterSeen::Pod(Box::new(pod.clone()))).await;
        pod
    }

    /// One H100 that ran from 10:00 to 12:00 on the second of March, and then April: the period that can be closed.
    /// Everybody's session has ended by then; the caller is finance, signed in again.
    pub(crate) async fn april(&self) -> Caller {
        let address = self.launch("train-1").await;
        self.portal.pass(3600);
        let pod = self.ready(&address).await;
        self.portal.pass(2 * 3600);
        self.observe().await;
        assert_eq!(self.owner.post(&format!("{address}/stop"), &json!({})).await.status, 200);
        self.report(ClusterSeen::PodGone(Box::new(pod))).await;
        self.portal.pass(31 * 24 * 3600);
        self.observe().await;
        self.portal.signed_in("finance@hub.test").await
    }

    /// The running period of `acme`.
    pub(crate) async fn period(&self, finance: &Caller) -> String {
        let answer = finance.get("/api/v1/staff/periods/acme").await;
        answer.json()["period"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
    }

    /// The April in which `acme`'s first period was closed; finance, and the draft's address.
    pub(crate) async fn drafted(&self) -> (Caller, String) {
        let finance = self.april().await;
        let period = self.period(&finance).await;
        let path = format!("/api/v1/organisations/acme/periods/{period}/close");
        let closed = finance.post(&path, &json!({})).await;
        let draft = closed.json()["invoice"].as_str().unwrap_or_else(|| panic!("{closed:?}")).to_owned();
        (finance, format!("/api/v1/organisations/acme/invoices/{draft}"))
    }

    /// `acme` has used so many micros of a dirham more than it had, as a settlement of now would book it.
    pub(crate) async fn owes(&self, micros: i64) {
        let (acme, now) = (self.acme.uuid(), self.portal.now());
        let sql = format!(
            "WITH entry AS (
                 INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
                 VALUES (gen_random_uuid(), '{acme}', 'debt', 'settlement', '{{}}', '{now}', '\\x00') RETURNING id),
             side AS (
                 INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
                 SELECT e.id, t.line, '{acme}', house_account(t.kind, 'MAD'), t.amount
                 FROM entry e, (VALUES (1, 'receivable', -{micros}), (2, 'accrued', {micros})) t (line, kind, amount))
             INSERT INTO dunning (organisation_id, since, next_at) VALUES ('{acme}', '{now}', '{now}')"
        );
        self.portal.as_owner(&sql).await;
    }

    /// Somebody else of finance.
    pub(crate) async fn second(&self) -> Caller {
        let user = self.portal.person("second@hub.test").await;
        self.portal.founding.appoint(user, StaffRole::Finance, self.portal.now()).await.unwrap();
        self.portal.signed_in("second@hub.test").await
    }

    /// `acme` owes so many dirhams that stand on no invoice.
    pub(crate) async fn owe(&self, amount: i64) {
        let micros = amount * 1_000_000;
        let sql = format!(
            "WITH entry AS (
                 INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
                 SELECT gen_random_uuid(), id, 'debt', 'transfer_undone', '{{}}', '{}'::timestamptz - interval '1 day', ''
                 FROM organisation
                 WHERE slug = 'acme' RETURNING id, organisation_id)
             INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
             SELECT id, line, organisation_id, house_account(house, 'MAD'), amount
             FROM entry, (VALUES (1, 'receivable', -{micros}::bigint), (2, 'rounding', {micros}::bigint))
                 v(line, house, amount)",
            self.portal.now()
        );
        self.portal.as_owner(&sql).await;
    }

    /// Rows of these tables, which a refusal leaves as they were.
    pub(crate) async fn rows(&self, tables: &[&str]) -> Vec<i64> {
        let mut counts = Vec::new();
        for table in tables {
            counts.push(self.portal.count(table).await);
        }
        counts
    }
}

/// So many dirhams on the wire.
pub(crate) fn mad(amount: i64) -> Value {
    json!({ "micros": amount * 1_000_000, "currency": "MAD" })
}

/// The first item of a list.
pub(crate) fn first(answer: &Answer) -> Value {
    answer.json()["items"][0].clone()
}

fn node(name: &str, units: i64) -> NodeSeen {
    NodeSeen {
        name: name.to_owned(),
        labels: BTreeMap::from([("nvidia.com/gpu.product".to_owned(), "NVIDIA-H100-80GB-HBM3".to_owned())]),
        product: Some("NVIDIA-H100-80GB-HBM3".to_owned()),
        gpu_memory_mib: Some(81_559),
        ready: Some(Since { holds: true, at: start().plus_seconds(-3600) }),
        renewed_at: Some(start()),
        cordoned: false,
        simulated: true,
        zone: None,
        gpus: vec![GpuResource {
            resource: "nvidia.com/gpu".to_owned(),
            capacity: units,
            allocatable: units,
            ours: 0,
            foreign: 0,
        }],
        allocatable: Resources { cpu_millis: 192_000, memory_bytes: 2 << 40, disk_bytes: 8 << 40 },
    }
}

fn ready(organisation: OrganisationId, instance: InstanceId, at: Timestamp) -> PodSeen {
    PodSeen {
        node: Some("h100-01".to_owned()),
        stage: PodStage::Ready,
        scheduled_at: Some(at.plus_seconds(-59)),
        ready: Some(Since { holds: true, at }),
        container: Some(ContainerRuns { id: "c0".to_owned(), started_at: at.plus_seconds(-1) }),
        ..PodSeen::taken(organisation, instance, 1, at.plus_seconds(-60))
    }
}
