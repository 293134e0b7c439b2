//! What a month of running instances leaves in the database, by the use cases that the portal's workers call, with a
//! moved clock: launches, the cluster's reports, every renewal of a hold and every settlement when it falls due, the
//! stop, and the month's close with its invoice.

use std::collections::BTreeMap;

use anyhow::Context;
use domain::{
    access::{
        Actor,
        policy::{CloseBilling, LaunchInstances, ReadInvoices, SetQuotas, StopInstances},
    },
    audit,
    billing::{close_period, list_running_periods},
    clusters::{self, Lead},
    instances,
    invoices::{finalise_invoice, invoice_in},
    quotas::set_quota,
    settlement,
};
use types::{
    ClosePeriod, ClusterSeen, ContainerRuns, Cursor, Deletion, FinaliseInvoice, InstanceId, LaunchInstance, NodeSeen,
    PodSeen, PodStage, SetQuota, Since, StaffRole, StopInstance, Timestamp, WishOutcome,
};

use crate::{
    books::{Books, JOB, Tenant, command},
    row::Row,
    say, scaled,
    tables::{self, Written},
};

const STARTED: &str = "2026-10-01T00:00:00Z";
/// The clock's step: half of what a hold covers, when it is renewed.
const STEP_S: i64 = 30 * 60;
const DAY_S: i64 = 24 * 3600;
const MOST_BYTES: i64 = 32 * 1024;
const NODE: &str = "tet-h100-01";

/// An instance that runs all month.
#[derive(Clone, Copy)]
struct Running {
    tenant: Tenant,
    id: InstanceId,
    from: Timestamp,
}

/// The month, with everybody who acts in it.
struct Month {
    books: Books,
    finance: Actor,
    developer: Actor,
    tenants: Vec<Tenant>,
    lead: Lead,
}

/// Bytes for each instance and month, and rows written for each hour.
pub(crate) async fn measure() -> anyhow::Result<Vec<Row>> {
    let from: Timestamp = STARTED.parse()?;
    let (n_tenants, n_each, n_days) = (scaled(4, 1), scaled(50, 5), scaled(30, 2) as i64);
    say(&format!("lets {} instances of {n_tenants} organisations run for {n_days} days", n_tenants * n_each));
    let month = Month::begin(from, n_tenants, n_each).await?;
    month.books.run("VACUUM FULL").await?;
    let before = tables::sizes(&month.books.database).await?;
    let running = month.launch(n_each, from).await?;
    let launched = Written::now(&month.books.database).await?;
    let end = month.pass(from.plus_seconds(3600), from.plus_seconds(n_days * DAY_S)).await?;
    let run = Written::now(&month.books.database).await?;
    month.end(&running, end).await?;
    month.books.run("VACUUM FULL").await?;
    let after = tables::sizes(&month.books.database).await?;
    let (n, hours) = (running.len() as i64, n_days * 24);
    let bytes = after.values().sum::<i64>() - before.values().sum::<i64>();
    let each = bytes / n * 30 / n_days;
    let size = Row::new("database for an instance and month", format!("{:.1} KiB", each as f64 / 1024.0));
    let per_hour = |count: i64| count as f64 * 1000.0 / (n as f64 * hours as f64);
    let rows = run.rows_since(&launched, &["cluster_observation", "leader", "leader_lease"]);
    let money = Row::new("rows an hour by money of 1,000 unchanging instances", format!("{:.0}", per_hour(rows)))
        .beside(&format!("in {n_days} days of {n}: {}", run.most_since(&launched)));
    Ok(vec![size.beside(&largest(&before, &after, n)).allowed("≤ 32 KiB", each <= MOST_BYTES), money])
}

/// The tables that grew most, for each instance.
fn largest(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>, n: i64) -> String {
    let mut grown: Vec<_> =
        after.iter().map(|(name, bytes)| (name, bytes - before.get(name).copied().unwrap_or(0))).collect();
    grown.sort_by_key(|(_, bytes)| -bytes);
    let words = grown.iter().take(4).map(|(name, bytes)| format!("{name} {:.1}", *bytes as f64 / n as f64 / 1024.0));
    format!("tables with indexes: {}", words.collect::<Vec<_>>().join(", "))
}

impl Month {
    async fn begin(now: Timestamp, n_tenants: usize, n_each: usize) -> anyhow::Result<Self> {
        let books = Books::open(now).await?;
        let (operator, finance) =
            (books.staff(StaffRole::Operator, now).await?, books.staff(StaffRole::Finance, now).await?);
        let mut tenants = Vec::new();
        for place in 0..n_tenants {
            let tenant = books.tenant(&format!("tenant-{place}"), now).await?;
            books.top_up(&finance, tenant, now).await?;
            let scope = books.scope::<SetQuotas>(&operator, tenant).await?;
            let ask = SetQuota { flavour: books.flavour, units: n_each as u32, reason: "a measurement".to_owned() };
            set_quota(&books.db, &scope, ask, now).await?;
            tenants.push(tenant);
        }
        let developer = books.developer(&tenants, now).await?;
        let lead = clusters::take_lead(&books.db, JOB, "bench", now).await?.context("somebody leads")?;
        // Days pass without renewing it.
        books.run("UPDATE leader SET until = '2100-01-01'").await?;
        let month = Self { books, finance, developer, tenants, lead };
        month.report(ClusterSeen::Node(Box::new(node(now))), now).await?;
        month.report(ClusterSeen::Fresh { through: now }, now).await?;
        Ok(month)
    }

    async fn report(&self, seen: ClusterSeen, now: Timestamp) -> anyhow::Result<()> {
        let place = (self.books.cluster, self.lead.epoch);
        Ok(instances::record_seen(&self.books.db, JOB, place, &seen, now).await?)
    }

    /// Launches them all, and shows each station of each.
    async fn launch(&self, n_each: usize, now: Timestamp) -> anyhow::Result<Vec<Running>> {
        let mut running = Vec::new();
        for tenant in &self.tenants {
            let scope = self.books.scope::<LaunchInstances>(&self.developer, *tenant).await?;
            for place in 0..n_each {
                let at = now.plus_seconds(60 + place as i64);
                let ask = LaunchInstance {
                    project: tenant.project,
                    name: format!("instance-{place}"),
                    flavour: self.books.flavour,
                    units: 1,
                    template: "pytorch".to_owned(),
                    environment: BTreeMap::new(),
                    volumes: Vec::new(),
                    new_volume: None,
                };
                let key = command(&ask)?;
                let view = instances::launch_instance(&self.books.db, &scope, ask, key, at).await?;
                let one = Running { tenant: *tenant, id: view.id, from: at };
                self.taken(one, at).await?;
                for (after_s, stage) in
                    [(1, PodStage::Scheduling), (2, PodStage::Pulling), (20, PodStage::Starting), (25, PodStage::Ready)]
                {
                    let pod = self.pod(one, stage).await?;
                    self.report(ClusterSeen::Pod(Box::new(pod)), at.plus_seconds(after_s)).await?;
                }
                running.push(one);
            }
        }
        Ok(running)
    }

    /// Says that the cluster took the last wish.
    async fn taken(&self, one: Running, now: Timestamp) -> anyhow::Result<()> {
        let of = (one.tenant.id, one.id, self.wish_seq(one, now).await?);
        Ok(instances::record_outcome(&self.books.db, JOB, self.lead.epoch, of, &WishOutcome::Done, now).await?)
    }

    async fn wish_seq(&self, one: Running, now: Timestamp) -> anyhow::Result<i64> {
        let open = self.books.db.work(JOB, now).await?;
        let wished = instances::wish_of_in(&open, self.books.cluster, one.id).await?;
        Ok(wished.context("no wish")?.wish.wish_seq)
    }

    /// What passes in the time between: the cluster is seen, what is due is settled, the audit is sealed.
    async fn pass(&self, from: Timestamp, to: Timestamp) -> anyhow::Result<Timestamp> {
        let (db, mut now) = (&self.books.db, from);
        while now < to {
            now = now.plus_seconds(STEP_S);
            self.report(ClusterSeen::Fresh { through: now }, now).await?;
            let due = settlement::due(&db.work(JOB, now).await?, now).await?;
            for organisation in due {
                settlement::settle(db, JOB, organisation, now).await?;
            }
            audit::seal(db, JOB, now).await?;
            if now.seconds_since(from) % (5 * DAY_S) < STEP_S {
                say(&format!("{} days have passed", now.seconds_since(from) / DAY_S));
            }
        }
        Ok(now)
    }

    /// Stops everything, and bills the month where it is over.
    async fn end(&self, running: &[Running], now: Timestamp) -> anyhow::Result<()> {
        let db = &self.books.db;
        for one in running {
            let scope = self.books.scope::<StopInstances>(&self.developer, one.tenant).await?;
            let ask = StopInstance { instance: one.id, version: None, reason: None };
            instances::stop_instance(db, &scope, &ask, now).await?;
            let deletion = Some(Deletion { requested_at: now, due_at: now.plus_seconds(30) });
            let gone = PodSeen { deletion, ..self.pod(*one, PodStage::Terminating).await? };
            self.report(ClusterSeen::PodGone(Box::new(gone)), now.plus_seconds(5)).await?;
            self.taken(*one, now.plus_seconds(6)).await?;
        }
        let now = self.pass(now, "2026-11-02T00:00:00Z".parse::<Timestamp>()?.max(now.plus_seconds(DAY_S))).await?;
        for tenant in &self.tenants {
            self.bill(*tenant, now).await?;
        }
        audit::seal(db, JOB, now).await?;
        Ok(())
    }

    async fn bill(&self, tenant: Tenant, now: Timestamp) -> anyhow::Result<()> {
        let db = &self.books.db;
        let survey = self.finance.prove::<ReadInvoices>()?;
        let open = db.survey(&survey, now).await?;
        let periods = list_running_periods(&open, &survey, &Cursor::default()).await?.items;
        drop(open);
        let period = periods.iter().find(|period| period.organisation == tenant.id).context("no period runs")?.period;
        let close = self.books.scope::<CloseBilling>(&self.finance, tenant).await?;
        let ask = ClosePeriod { period };
        let key = command(&ask)?;
        let invoice = close_period(db, &close, ask, key, now).await?.invoice.context("no invoice")?;
        let read = self.books.scope::<ReadInvoices>(&self.finance, tenant).await?;
        let sha256 = invoice_in(&db.look(&read, now).await?, &read, invoice).await?.sha256;
        let ask = FinaliseInvoice { invoice, sha256 };
        let command = command(&ask)?;
        finalise_invoice(db, &close, ask, command, now).await?;
        Ok(())
    }

    /// An instance's pod at a station of its life.
    async fn pod(&self, of: Running, stage: PodStage) -> anyhow::Result<PodSeen> {
        let characters = of.id.characters();
        let started = matches!(stage, PodStage::Starting | PodStage::Ready | PodStage::Terminating);
        let ready_at = of.from.plus_seconds(25);
        let taken = PodSeen::taken(of.tenant.id, of.id, 1, of.from.plus_seconds(1));
        Ok(PodSeen {
            wish_seq: self.wish_seq(of, of.from).await?,
            node: (stage != PodStage::Scheduling).then(|| NODE.to_owned()),
            stage,
            scheduled_at: (stage != PodStage::Scheduling).then(|| of.from.plus_seconds(2)),
            pulling_at: (stage != PodStage::Scheduling).then(|| of.from.plus_seconds(2)),
            ready: (stage == PodStage::Ready).then_some(Since { holds: true, at: ready_at }),
            container: started.then(|| ContainerRuns {
                id: format!("containerd://{characters}"),
                started_at: of.from.plus_seconds(24),
            }),
            ..taken
        })
    }
}

/// A node with room for everything.
fn node(now: Timestamp) -> NodeSeen {
    NodeSeen {
        name: NODE.to_owned(),
        labels: BTreeMap::new(),
        product: Some("NVIDIA-H100".to_owned()),
        gpu_memory_mib: Some(81_920),
        ready: Some(Since { holds: true, at: now.plus_seconds(-3600) }),
        renewed_at: Some(now),
        cordoned: false,
        simulated: true,
        zone: None,
        gpus: vec![types::GpuResource {
            resource: "nvidia.com/gpu".to_owned(),
            capacity: 1_000,
            allocatable: 1_000,
            ours: 0,
            foreign: 0,
        }],
        allocatable: types::Resources::default(),
    }
}
