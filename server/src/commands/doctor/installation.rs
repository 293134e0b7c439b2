//! What stands in the database, and whether the world is as it says: cluster, leader, clocks, books, audit.

use anyhow::{Context, bail, ensure};
use domain::{
    Clock, Database, DatabaseUrls, Open,
    access::Job,
    audit,
    clusters::{self, ClusterHealth},
    ledger::checks,
};
use k8s::Cluster;
use types::Timestamp;

use super::Finding;
use crate::{commands::serve::address, config::ClusterArguments};

/// The name under which the doctor reads.
const JOB: Job = Job::of("doctor");
/// Clocks that are further apart than this bill wrong seconds.
const SKEW_MS: i64 = 5_000;
/// The leader moves a healthy cluster's row each minute.
const UNSEEN_MS: i64 = 150_000;

/// Where a look at the installation stands.
struct Look<'a> {
    open: Open,
    settings: &'a ClusterArguments,
    now: Timestamp,
}

pub(super) async fn look(urls: &DatabaseUrls, settings: &ClusterArguments) -> Vec<Finding> {
    let now = Clock::System.now();
    let open = async { anyhow::Ok(Database::connect(urls).await?.work(JOB, now).await?) };
    match open.await {
        Ok(open) => Look { open, settings, now }.all().await,
        Err(error) => vec![Finding::of("installation", Err(error))],
    }
}

impl Look<'_> {
    async fn all(&self) -> Vec<Finding> {
        let mut findings = vec![Finding::of("installation", self.founded().await)];
        let (api, version) = ("the cluster's API server", self.version().await);
        let answers = version.is_ok();
        findings.push(Finding::of(api, version.map(drop)));
        findings.push(match answers {
            true => Finding::of("clocks", self.clocks().await),
            false => Finding::unseen("clocks", "the cluster does not answer"),
        });
        findings.extend(self.work().await);
        findings.push(Finding::of("books", self.books().await));
        findings.push(Finding::of("audit", self.audit().await));
        findings
    }

    async fn founded(&self) -> anyhow::Result<()> {
        let founded = clusters::installation_in(&self.open).await;
        founded.context("there is no installation yet: run `tamuda admin found`")?;
        let name = &self.settings.cluster_name;
        let known = clusters::find_cluster_in(&self.open, name).await?;
        ensure!(known.is_some(), "no cluster is called {name}: run `tamuda admin register-cluster`");
        Ok(())
    }

    async fn cluster(&self) -> anyhow::Result<Cluster> {
        let installation = clusters::installation_in(&self.open).await?.to_string().parse()?;
        Ok(Cluster::connect(&address(self.settings), installation).await?)
    }

    async fn version(&self) -> anyhow::Result<String> {
        Ok(self.cluster().await?.version().await?)
    }

    async fn clocks(&self) -> anyhow::Result<()> {
        let database = clusters::database_time_in(&self.open).await?.millis_since(Clock::System.now());
        let server = self.cluster().await?.time().await?.map_or(0, |time| time.millis_since(Clock::System.now()));
        for (whose, skew_ms) in [("the database's", database), ("the API server's", server)] {
            let seconds = skew_ms as f64 / 1e3;
            ensure!(skew_ms.abs() <= SKEW_MS, "{whose} is {seconds:+.1} s from this machine's: set up NTP on both");
        }
        Ok(())
    }

    async fn work(&self) -> Vec<Finding> {
        match clusters::health_in(&self.open).await {
            Ok(health) => health.iter().map(|cluster| self.one(cluster)).collect(),
            Err(error) => vec![Finding::of("workers", Err(error.into()))],
        }
    }

    fn one(&self, cluster: &ClusterHealth) -> Finding {
        let check = format!("work on {}", cluster.name);
        if !cluster.is_led(self.now) {
            return Finding::unseen(&check, "nobody leads: start `tamuda serve` (with workers)");
        }
        Finding::of(check, self.goes_on(cluster))
    }

    fn goes_on(&self, cluster: &ClusterHealth) -> anyhow::Result<()> {
        if let Some(trouble) = &cluster.trouble {
            bail!("the cluster is not seen: {trouble}");
        }
        let unseen_ms = cluster.observed_through.map(|through| self.now.millis_since(through));
        ensure!(unseen_ms.is_none_or(|ms| ms <= UNSEEN_MS), "the cluster was not seen whole for too long");
        ensure!(cluster.skew_ms.abs() <= SKEW_MS, "its clocks are {} ms apart: set up NTP", cluster.skew_ms);
        ensure!(cluster.n_questions == 0, "the operator is asked something: answer it in the hall, /staff");
        Ok(())
    }

    async fn books(&self) -> anyhow::Result<()> {
        let findings = checks::run(&self.open).await?;
        let line =
            |finding: &checks::Finding| format!("{} of {}: {}", finding.rule, finding.subject, finding.difference);
        let lines: Vec<_> = findings.iter().take(5).map(line).collect();
        ensure!(findings.is_empty(), "{} do not add up, the first: {}", findings.len(), lines.join("; "));
        Ok(())
    }

    async fn audit(&self) -> anyhow::Result<()> {
        let verdict = audit::verify(&self.open, &[]).await?;
        if let Some(broken) = verdict.broken {
            bail!("seal {} of {} {} does not hold: {:?}", broken.seq, broken.table, broken.row, broken.fault);
        }
        Ok(())
    }
}
