//! A hub with its books and no cluster, for what is measured on the use cases themselves: people of the hub, one
//! flavour with its price, organisations.

use domain::{
    Database, DatabaseUrls,
    access::{Actor, Job, NewSession, Permission, Scope, policy::CloseBilling, sign_in, signed_in},
    commands::Command,
    founding::{Founding, NewOrganisation},
    ledger::record_transfer,
};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};
use testing::TestDatabase;
use types::{
    ClusterId, Currency, FlavourId, Money, OrganisationId, ProjectId, RecordTransfer, Role, StaffRole, Timestamp,
};
use uuid::Uuid;

pub(crate) const JOB: Job = Job::of("bench");
/// The hub's word in addresses, and who does its finances.
pub(crate) const HUB: &str = "hub";
pub(crate) const FINANCE: &str = "finance@hub.example";
const PASSWORD: &str = "measured passwords";
const ADDRESS: &str = "127.0.0.1";
/// Connections of each role.
pub(crate) const AT_ONCE: usize = 4;

/// The hub.
pub(crate) struct Books {
    pub(crate) db: Database,
    pub(crate) owner: DatabaseConnection,
    pub(crate) database: TestDatabase,
    pub(crate) cluster: ClusterId,
    pub(crate) flavour: FlavourId,
    founding: Founding,
}

/// An organisation with its one project.
#[derive(Clone, Copy)]
pub(crate) struct Tenant {
    pub(crate) id: OrganisationId,
    pub(crate) project: ProjectId,
}

impl Books {
    /// A hub that begins at `now`.
    pub(crate) async fn open(now: Timestamp) -> anyhow::Result<Self> {
        let database = TestDatabase::new().await;
        let founding = Founding::connect(&database.owner_url()).await?;
        founding.found_installation(&organisation(HUB), now).await?;
        let cluster = founding.register_cluster("tetouan-1", "tetouan", true, now).await?;
        let urls =
            DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
        let mut options = ConnectOptions::new(database.owner_url());
        options.max_connections(AT_ONCE as u32).sqlx_logging(false);
        let owner = sea_orm::Database::connect(options).await?;
        let flavour = FlavourId::new(now);
        let books = Self { db: Database::connect(&urls).await?, owner, database, cluster, flavour, founding };
        books.stock(now).await?;
        Ok(books)
    }

    /// Runs statements as the owner of the tables.
    pub(crate) async fn run(&self, sql: &str) -> anyhow::Result<()> {
        Ok(self.owner.execute_unprepared(sql).await.map(drop)?)
    }

    /// Somebody of the hub, signed in.
    pub(crate) async fn staff(&self, role: StaffRole, now: Timestamp) -> anyhow::Result<Actor> {
        let email = format!("{}@hub.example", role.word());
        let user = self.founding.add_person(&email, role.word(), PASSWORD, now).await?;
        self.founding.appoint(user, role, now).await?;
        signed_in_again(&self.db, &email, now).await
    }

    /// One more organisation.
    pub(crate) async fn tenant(&self, slug: &str, now: Timestamp) -> anyhow::Result<Tenant> {
        let id = self.founding.open_organisation(&organisation(slug), now).await?;
        let project = self.founding.add_project(id, "research", "Research", now).await?;
        Ok(Tenant { id, project })
    }

    /// A developer of all these organisations, signed in.
    pub(crate) async fn developer(&self, tenants: &[Tenant], now: Timestamp) -> anyhow::Result<Actor> {
        let email = "developer@tenant.example";
        let user = self.founding.add_person(email, "Developer", PASSWORD, now).await?;
        for tenant in tenants {
            self.founding.add_member(tenant.id, user, Role::Developer, now).await?;
        }
        signed_in_again(&self.db, email, now).await
    }

    /// What somebody may do in an organisation.
    pub(crate) async fn scope<P: Permission>(&self, who: &Actor, tenant: Tenant) -> anyhow::Result<Scope<P>> {
        Ok(who.enter(&self.db, &tenant.id.to_string()).await?.prove()?)
    }

    /// Money that never ends.
    pub(crate) async fn top_up(&self, finance: &Actor, tenant: Tenant, now: Timestamp) -> anyhow::Result<()> {
        let scope = self.scope::<CloseBilling>(finance, tenant).await?;
        let amount = Money { micros: 1_000_000_000_000_000, currency: Currency::Mad };
        let ask = RecordTransfer { reference: format!("transfer {}", tenant.id), amount };
        let command = command(&ask)?;
        record_transfer(&self.db, &scope, ask, command, now).await?;
        Ok(())
    }

    /// Lets go of every connection, and gives away the database.
    pub(crate) async fn leave(self) -> anyhow::Result<TestDatabase> {
        let Self { owner, database, .. } = self;
        owner.close().await?;
        Ok(database)
    }

    async fn stock(&self, now: Timestamp) -> anyhow::Result<()> {
        let id = self.flavour.uuid();
        self.run(&format!(
            "INSERT INTO flavour (id, slug, name, gpu_model, gpu_kind, gpu_memory_mib, resource, node_labels, n_vcpus,
                 memory_mib, disk_mib, max_units, simulated, first_seen_at)
             VALUES ('{id}', 'h100', 'H100', 'H100', 'whole', 81920, 'nvidia.com/gpu', '{{}}', 16, 131072, 512000, 8,
                 true, '{now}');
             INSERT INTO price (id, flavour_id, currency, version, micros_per_hour, started_at, set_at)
             VALUES (gen_random_uuid(), '{id}', 'MAD', 1, 30000000, '{now}', '{now}')"
        ))
        .await
    }
}

/// Somebody who is known here, in a session of their own.
pub(crate) async fn signed_in_again(db: &Database, email: &str, now: Timestamp) -> anyhow::Result<Actor> {
    let ask = NewSession {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        device: "bench".to_owned(),
        address: ADDRESS.to_owned(),
        language: "en".to_owned(),
    };
    let token = sign_in(db, ask, now).await?.session()?;
    Ok(signed_in(db, token.reveal(), ADDRESS, now).await?)
}

/// A command that nobody gave before.
pub(crate) fn command(body: &impl serde::Serialize) -> anyhow::Result<Command> {
    Ok(Command::new(&Uuid::now_v7().to_string(), "bench", body)?)
}

fn organisation(slug: &str) -> NewOrganisation {
    NewOrganisation {
        slug: slug.to_owned(),
        name: slug.to_owned(),
        legal_name: format!("{slug} SARL"),
        address: "1 avenue Hassan II, Tétouan".to_owned(),
        country: "MA".to_owned(),
        is_business: true,
        ice: Some("001234567000089".to_owned()),
        tax_id: Some("12345678".to_owned()),
        trade_register: Some("4321".to_owned()),
        business_tax: Some("87654321".to_owned()),
        currency: Currency::Mad,
        language: "en".to_owned(),
        time_zone: "Africa/Casablanca".to_owned(),
    }
}
