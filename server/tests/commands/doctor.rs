//! `tamuda doctor`: each trouble is named, and what cannot be seen is not called wrong.

use clap::Parser;
use domain::{Clock, clusters, founding::Founding};
use k8s_simulator::{Fault, FaultKind, Simulator, SimulatorConfig};
use sea_orm_migration::sea_orm::ConnectionTrait;
use server::{
    commands::{Report, examined},
    config::{Cli, Verb},
};
use tempfile::NamedTempFile;
use testing::TestDatabase;

use crate::portal::organisation;

/// An installation on a simulator of its own.
struct Patient {
    database: TestDatabase,
    simulator: Simulator,
    kubeconfig: NamedTempFile,
}

impl Patient {
    async fn new() -> Self {
        let simulator = Simulator::start(SimulatorConfig::quick()).await.unwrap();
        let kubeconfig = NamedTempFile::new().unwrap();
        std::fs::write(kubeconfig.path(), simulator.kubeconfig()).unwrap();
        Self { database: TestDatabase::new().await, simulator, kubeconfig }
    }

    async fn founding(&self) -> Founding {
        Founding::connect(&self.database.owner_url()).await.unwrap()
    }

    async fn healthy(self) -> Self {
        let (founding, now) = (self.founding().await, Clock::System.now());
        founding.found_installation(&organisation("hub"), now).await.unwrap();
        founding.register_cluster("tetouan-1", "Tétouan", true, now).await.unwrap();
        self
    }

    async fn report(&self) -> Report {
        let arguments = [
            "tamuda".to_owned(),
            "doctor".to_owned(),
            format!("--database-tenant={}", self.database.tenant_url()),
            format!("--database-staff={}", self.database.staff_url()),
            format!("--database-worker={}", self.database.worker_url()),
            format!("--simulator-kubeconfig={}", self.kubeconfig.path().display()),
        ];
        let Verb::Doctor(ask) = Cli::try_parse_from(arguments).unwrap().verb else { panic!("not the doctor") };
        examined(&ask).await
    }
}

/// What is wrong, then what could not be seen.
fn troubles(report: &Report) -> (Vec<&str>, Vec<&str>) {
    let of = |ok| report.findings.iter().filter(move |finding| finding.ok == ok).map(|finding| finding.check.as_str());
    (of(Some(false)).collect(), of(None).collect())
}

fn words<'a>(report: &'a Report, check: &str) -> &'a str {
    let finding = report.findings.iter().find(|finding| finding.check == check).unwrap();
    finding.trouble.as_deref().unwrap_or_default()
}

#[tokio::test]
async fn a_new_installation_lacks_only_somebody_who_leads() {
    let patient = Patient::new().await.healthy().await;
    let report = patient.report().await;
    assert_eq!(troubles(&report), (vec![], vec!["work on tetouan-1"]));
    assert_eq!(report.status(), 2);
    let urls = domain::DatabaseUrls {
        tenant: patient.database.tenant_url(),
        staff: patient.database.staff_url(),
        worker: patient.database.worker_url(),
    };
    let db = domain::Database::connect(&urls).await.unwrap();
    clusters::take_lead(&db, domain::access::Job::of("test"), "a test", Clock::System.now()).await.unwrap().unwrap();
    assert_eq!(patient.report().await.status(), 0);
}

#[tokio::test]
async fn a_database_without_an_installation_is_told_the_next_step() {
    let report = Patient::new().await.report().await;
    assert_eq!(report.status(), 1);
    assert!(words(&report, "installation").contains("run `tamuda admin found`"), "{report:?}");
}

#[tokio::test]
async fn a_cluster_that_is_away_hides_its_clock() {
    let patient = Patient::new().await.healthy().await;
    patient.simulator.inject(Fault::new(FaultKind::Unavailable));
    let report = patient.report().await;
    assert_eq!(troubles(&report).0, ["the cluster's API server"]);
    assert!(troubles(&report).1.contains(&"clocks"));
}

#[tokio::test]
async fn a_clock_that_is_off_is_wrong_in_either_direction() {
    let patient = Patient::new().await.healthy().await;
    for ms in [20_000, -20_000] {
        patient.simulator.clear_all();
        patient.simulator.inject(Fault::new(FaultKind::ClockSkew { node: None, ms }));
        let report = patient.report().await;
        assert_eq!(troubles(&report).0, ["clocks"], "{report:?}");
    }
}

#[tokio::test]
async fn books_that_do_not_add_up_are_found() {
    let patient = Patient::new().await.healthy().await;
    let founding = patient.founding().await;
    let acme = founding.open_organisation(&organisation("acme"), Clock::System.now()).await.unwrap();
    let root = sea_orm_migration::sea_orm::Database::connect(patient.database.superuser_url()).await.unwrap();
    let sql = format!(
        "INSERT INTO account (id, organisation_id, kind, unit, posted, held)
         SELECT gen_random_uuid(), '{}', 'wallet', 'MAD', 1, 0",
        acme.uuid()
    );
    root.execute_unprepared(&sql).await.unwrap();
    let report = patient.report().await;
    assert_eq!(troubles(&report).0, ["books"]);
    assert!(words(&report, "books").contains("posted_is_sum_of_postings"), "{report:?}");
}
