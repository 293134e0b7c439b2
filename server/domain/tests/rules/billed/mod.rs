//! A hub in Tétouan with one organisation, one flavour and people of finance, on a database of its own.

#![allow(dead_code, reason = "each test file uses its part of the world")]

use domain::{
    Database, DatabaseUrls,
    access::{Actor, NewSession, Permission, Scope, Survey, sign_in, signed_in},
    commands::Command,
    founding::{Founding, NewOrganisation},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use testing::TestDatabase;
use types::{Currency, FlavourId, OrganisationId, ProjectId, StaffRole, Timestamp, UserId};
use uuid::Uuid;

/// Everything that a test needs to bill somebody.
pub(crate) struct World {
    pub(crate) db: Database,
    pub(crate) owner: DatabaseConnection,
    pub(crate) founding: Founding,
    pub(crate) finance: Actor,
    pub(crate) database: TestDatabase,
    pub(crate) flavour: FlavourId,
}

/// The instant that a text names.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A company in Morocco that pays in dirhams.
pub(crate) fn company(slug: &str) -> NewOrganisation {
    NewOrganisation {
        slug: slug.to_owned(),
        name: slug.to_owned(),
        legal_name: format!("{slug} SARL"),
        address: "1 avenue Hassan II, Tétouan".to_owned(),
        country: "MA".to_owned(),
        is_business: true,
        ice: Some("001525678000078".to_owned()),
        tax_id: Some("40123456".to_owned()),
        trade_register: None,
        business_tax: None,
        currency: Currency::Mad,
        language: "fr".to_owned(),
        time_zone: "Africa/Casablanca".to_owned(),
    }
}

impl World {
    /// A founded hub at `now` with one person of finance.
    pub(crate) async fn at(now: Timestamp) -> Self {
        let database = TestDatabase::new().await;
        let founding = Founding::connect(&database.owner_url()).await.unwrap();
        founding.found_installation(&company("hub"), now).await.unwrap();
        let urls =
            DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
        let db = Database::connect(&urls).await.unwrap();
        let owner = sea_orm::Database::connect(database.owner_url()).await.unwrap();
        let finance = staff(&db, &founding, StaffRole::Finance, now).await;
        let flavour = add_flavour(&owner, "h100-80g", now).await;
        Self { db, owner, founding, finance, database, flavour }
    }

    /// Another person of the hub.
    pub(crate) async fn staff(&self, role: StaffRole, now: Timestamp) -> Actor {
        staff(&self.db, &self.founding, role, now).await
    }

    /// An organisation with one project.
    pub(crate) async fn organisation(&self, slug: &str, now: Timestamp) -> (OrganisationId, ProjectId) {
        let organisation = self.founding.open_organisation(&company(slug), now).await.unwrap();
        let project = self.founding.add_project(organisation, "train", "Training", now).await.unwrap();
        (organisation, project)
    }

    /// What finance may do across organisations.
    pub(crate) fn survey<P: Permission>(&self) -> Survey<P> {
        self.finance.prove().unwrap()
    }

    /// What finance may do in one organisation.
    pub(crate) async fn scope<P: Permission>(&self, organisation: OrganisationId) -> Scope<P> {
        self.finance.enter(&self.db, &organisation.to_string()).await.unwrap().prove().unwrap()
    }

    /// Runs a statement as the database's owner.
    pub(crate) async fn run(&self, sql: &str) {
        self.owner.execute_unprepared(sql).await.unwrap();
    }

    /// The first column of the first row, as text, as the database's owner sees it.
    pub(crate) async fn text(&self, sql: &str) -> Option<String> {
        let row = self.owner.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
        row.and_then(|row| row.try_get_by_index::<Option<String>>(0).unwrap())
    }
}

/// A command that nobody gave before.
pub(crate) fn command(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

/// A flavour as a cluster would show it.
pub(crate) async fn add_flavour(owner: &DatabaseConnection, slug: &str, now: Timestamp) -> FlavourId {
    let id = FlavourId::new(now);
    let sql = format!(
        "INSERT INTO flavour (id, slug, name, gpu_model, gpu_kind, gpu_memory_mib, resource, node_labels, n_vcpus,
             memory_mib, disk_mib, max_units, simulated, first_seen_at) VALUES ('{}', '{slug}', '{slug}', 'H100', 'whole', 81920, 'nvidia.com/gpu', '{{}}', 8,
             65536, 102400, 8, true, '{now}')",
        id.uuid()
    );
    owner.execute_unprepared(&sql).await.unwrap();
    id
}

async fn staff(db: &Database, founding: &Founding, role: StaffRole, now: Timestamp) -> Actor {
    let email = format!("{}@{role}.example", Uuid::now_v7().simple());
    let user: UserId = founding.add_person(&email, role.word(), "a few words in a row", now).await.unwrap();
    founding.appoint(user, role, now).await.unwrap();
    let ask = NewSession {
        email,
        password: "a few words in a row".to_owned(),
        device: "test".to_owned(),
        address: "127.0.0.1".to_owned(),
        language: "en".to_owned(),
    };
    let token = sign_in(db, ask, now).await.unwrap().session().unwrap();
    signed_in(db, token.reveal(), "127.0.0.1", now).await.unwrap()
}
