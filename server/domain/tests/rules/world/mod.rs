//! The world of the domain's tests: a hub with staff, two organisations with people, a cluster, flavours, prices, taxes.
//! Facts of a cluster that a test needs without a cluster stand in `facts`.

#![allow(dead_code, reason = "no test file needs all of the world")]

pub(crate) mod credit;
pub(crate) mod dice;
pub(crate) mod facts;
pub(crate) mod once;
mod people;

use domain::{
    Database, DatabaseUrls, Error,
    access::{Actor, Job, Permission, Scope, Survey, signed_in},
    founding::{Founding, NewOrganisation},
};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement, Value};
use testing::TestDatabase;
use tokio::sync::OnceCell;
use types::{ClusterId, Currency, FlavourId, OrganisationId, ProjectId, Timestamp};

/// The worker that tests act as where no person does.
pub(crate) const JOB: Job = Job::of("test");

/// Again where the database was busy, as a person would.
pub(crate) async fn patient<T>(ask: impl AsyncFn() -> domain::Result<T>) -> domain::Result<T> {
    loop {
        match ask().await {
            Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
            answer => return answer,
        }
    }
}

/// Everything a test begins with.
pub(crate) struct World {
    /// As the portal reaches it.
    pub(crate) db: Database,
    /// As `tamuda admin` does.
    pub(crate) founding: Founding,
    /// The seller.
    pub(crate) hub: OrganisationId,
    /// A Moroccan company that pays dirhams with 20 % tax.
    pub(crate) atlas: Tenant,
    /// A French company that pays euros; by reverse charge it is billed without tax.
    pub(crate) breton: Tenant,
    /// The one cluster.
    pub(crate) cluster: ClusterId,
    /// A whole GPU: 30 MAD or 2.80 EUR an hour, net.
    pub(crate) h100: FlavourId,
    /// A MIG slice: 5 MAD or 0.45 EUR an hour, net.
    pub(crate) slice: FlavourId,
    owner: DatabaseConnection,
    _database: TestDatabase,
}

/// A tenant with a project; its people are `owner@<slug>.test`, `admin@…`, `developer@…`, `billing@…`, `viewer@…`.
#[derive(Clone, Copy)]
pub(crate) struct Tenant {
    pub(crate) id: OrganisationId,
    pub(crate) slug: &'static str,
    pub(crate) project: ProjectId,
    pub(crate) currency: Currency,
}

/// The first instant of October 2026 in Casablanca: when everything began.
pub(crate) fn start() -> Timestamp {
    at("2026-10-01T00:00:00Z")
}

/// A reasonable now: noon of the third day.
pub(crate) fn noon() -> Timestamp {
    at("2026-10-03T12:00:00Z")
}

/// An instant by its RFC 3339 text.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Who and what is there when a test begins.
#[derive(Clone, Copy)]
struct Beginning {
    hub: OrganisationId,
    atlas: Tenant,
    breton: Tenant,
    cluster: ClusterId,
    h100: FlavourId,
    slice: FlavourId,
}

impl World {
    /// A database of its own with the whole world in it, which is made once and copied: that takes a hundred statements.
    pub(crate) async fn new() -> Self {
        static FIRST: OnceCell<(TestDatabase, Beginning)> = OnceCell::const_new();
        let (first, beginning) = FIRST.get_or_init(Self::first).await;
        Self::reach(first.copy().await.unwrap(), *beginning).await
    }

    /// The world that the others are copies of, with nobody connected to it any more.
    async fn first() -> (TestDatabase, Beginning) {
        let database = TestDatabase::new().await;
        let founding = Founding::connect(&database.owner_url()).await.unwrap();
        let hub = founding.found_installation(&organisation("hub", Currency::Mad, "MA"), start()).await.unwrap();
        let cluster = founding.register_cluster("tetouan-1", "tetouan", true, start()).await.unwrap();
        let atlas = tenant(&founding, "atlas", Currency::Mad, "MA").await;
        let breton = tenant(&founding, "breton", Currency::Eur, "FR").await;
        let (h100, slice) = (FlavourId::new(start()), FlavourId::new(start()));
        let beginning = Beginning { hub, atlas, breton, cluster, h100, slice };
        let world = Self::reach(database, beginning).await;
        world.stock_catalogue().await;
        people::settle_in(&world).await;
        let Self { owner, _database: database, .. } = world;
        owner.close().await.unwrap();
        (database, beginning)
    }

    async fn reach(database: TestDatabase, beginning: Beginning) -> Self {
        let urls =
            DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
        let mut options = ConnectOptions::new(database.owner_url());
        options.max_connections(2).sqlx_logging(false);
        let owner = sea_orm::Database::connect(options).await.unwrap();
        let founding = Founding::connect(&database.owner_url()).await.unwrap();
        let db = Database::connect(&urls).await.unwrap();
        let Beginning { hub, atlas, breton, cluster, h100, slice } = beginning;
        Self { db, founding, hub, atlas, breton, cluster, h100, slice, owner, _database: database }
    }

    /// One more organisation like `atlas`, without people but the developer who is everywhere.
    pub(crate) async fn another(&self, slug: &'static str) -> Tenant {
        let tenant = tenant(&self.founding, slug, Currency::Mad, "MA").await;
        people::join(self, tenant, people::EVERYWHERE, "developer").await;
        tenant
    }

    /// Somebody with an account, who belongs nowhere.
    pub(crate) async fn newcomer(&self, email: &str) -> Actor {
        people::sign_in(self, email).await;
        self.actor(email).await
    }

    /// The person with this address, signed in.
    pub(crate) async fn actor(&self, email: &str) -> Actor {
        signed_in(&self.db, email, "192.0.2.1", noon()).await.unwrap()
    }

    /// The proof that the person may do `P` in the tenant's organisation.
    pub(crate) async fn scope<P: Permission>(&self, email: &str, tenant: Tenant) -> Scope<P> {
        self.actor(email).await.enter(&self.db, tenant.slug).await.unwrap().prove().unwrap()
    }

    /// The proof that `operator`, `incubator`, `finance` or `auditor` may do `P` across organisations.
    pub(crate) async fn survey<P: Permission>(&self, role: &str) -> Survey<P> {
        self.actor(&format!("{role}@hub.test")).await.prove().unwrap()
    }

    /// The database, for tests that connect as one of its roles.
    pub(crate) fn database(&self) -> &TestDatabase {
        &self._database
    }

    /// Runs a statement as the owner of the tables, whom no policy binds.
    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) {
        self.try_run(sql, values).await.unwrap();
    }

    /// The same, where the database is to refuse.
    pub(crate) async fn try_run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        self.owner.execute_raw(statement).await.map(drop)
    }

    /// The number in the first column, named `n`, of the one row that a query of the owner gives.
    pub(crate) async fn number<const N: usize>(&self, sql: &str, values: [Value; N]) -> i64 {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        self.owner.query_one_raw(statement).await.unwrap().unwrap().try_get("", "n").unwrap()
    }

    /// A digest of each table but sessions and the records of commands: equal where nothing was stored or changed.
    pub(crate) async fn fingerprint(&self) -> Vec<(String, i64)> {
        let tables = "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
                      AND relkind = 'r' AND relname NOT IN ('session', 'idempotency', 'seaql_migrations') ORDER BY 1";
        let tables = self.owner.query_all_raw(Statement::from_string(DbBackend::Postgres, tables)).await.unwrap();
        // One statement: properties take hundreds of digests.
        let digest = |row: &QueryResult| {
            let name: String = row.try_get("", "name").unwrap();
            format!(
                "SELECT '{name}'::text AS name,
                     coalesce(sum(hashtextextended(t::text, 0)) % 1000000007, 0)::bigint AS n FROM {name} t"
            )
        };
        let sql = tables.iter().map(digest).collect::<Vec<_>>().join(" UNION ALL ") + " ORDER BY 1";
        let rows = self.owner.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
        rows.iter().map(|row| (row.try_get("", "name").unwrap(), row.try_get("", "n").unwrap())).collect()
    }

    async fn stock_catalogue(&self) {
        self.flavour(self.h100, "h100", "whole", "nvidia.com/gpu", 8).await;
        self.flavour(self.slice, "h100-1g", "mig", "nvidia.com/mig-1g.10gb", 1).await;
        for (flavour, currency, micros_per_hour) in [
            (self.h100, "MAD", 30_000_000_i64),
            (self.h100, "EUR", 2_800_000),
            (self.slice, "MAD", 5_000_000),
            (self.slice, "EUR", 450_000),
        ] {
            self.price(flavour, currency, 1, micros_per_hour, start()).await;
        }
    }

    async fn flavour(&self, id: FlavourId, slug: &str, kind: &str, resource: &str, max_units: i32) {
        let sql = "INSERT INTO flavour (id, slug, name, gpu_model, gpu_kind, gpu_memory_mib, resource, node_labels,
                       n_vcpus, memory_mib, disk_mib, max_units, simulated, first_seen_at)
                   VALUES ($1, $2, $2, 'H100', $3, 81920, $4, '{}', 16, 131072, 512000, $5, true, $6)";
        let values = [id.into(), slug.into(), kind.into(), resource.into(), max_units.into(), Value::from(start())];
        self.run(sql, values).await;
    }

    /// Ends the running price of a flavour at `from`, if there is one, and begins the next version there.
    pub(crate) async fn price(&self, flavour: FlavourId, currency: &str, version: i32, micros: i64, from: Timestamp) {
        let end = "UPDATE price SET ended_at = $3 WHERE flavour_id = $1 AND currency = $2 AND ended_at IS NULL";
        self.run(end, [flavour.into(), currency.into(), from.into()]).await;
        let sql = "INSERT INTO price (id, flavour_id, currency, version, micros_per_hour, started_at, set_at)
                   VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $5)";
        self.run(sql, [flavour.into(), currency.into(), version.into(), micros.into(), from.into()]).await;
    }

    /// Ends the running tax rule of a country at `from`, if there is one, and begins the next there.
    pub(crate) async fn tax(
        &self,
        country: &str,
        business: bool,
        category: &str,
        rate_ppm: i32,
        reason: Option<&str>,
        from: Timestamp,
    ) {
        let end = "UPDATE tax_rule SET ended_at = $3 WHERE country = $1 AND is_business = $2 AND ended_at IS NULL";
        self.run(end, [country.into(), business.into(), from.into()]).await;
        let sql = "INSERT INTO tax_rule (id, country, is_business, category, rate_ppm, reason_code, advance_invoice,
                       started_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, false, $6)";
        let values =
            [country.into(), business.into(), category.into(), rate_ppm.into(), reason.into(), Value::from(from)];
        self.run(sql, values).await;
    }
}

async fn tenant(founding: &Founding, slug: &'static str, currency: Currency, country: &str) -> Tenant {
    let id = founding.open_organisation(&organisation(slug, currency, country), start()).await.unwrap();
    let project = founding.add_project(id, "research", "Research", start()).await.unwrap();
    Tenant { id, slug, project, currency }
}

/// An organisation with everything that an invoice needs.
pub(crate) fn organisation(slug: &str, currency: Currency, country: &str) -> NewOrganisation {
    let is_moroccan = country == "MA";
    let number = |text: &str| is_moroccan.then(|| text.to_owned());
    NewOrganisation {
        slug: slug.to_owned(),
        name: slug.to_owned(),
        legal_name: format!("{slug} SARL"),
        address: "1 avenue Hassan II, Tétouan".to_owned(),
        country: country.to_owned(),
        is_business: true,
        ice: number("001234567000089"),
        tax_id: number("12345678"),
        trade_register: number("4321"),
        business_tax: number("87654321"),
        currency,
        language: "en".to_owned(),
        time_zone: if is_moroccan { "Africa/Casablanca" } else { "Europe/Paris" }.to_owned(),
    }
}
