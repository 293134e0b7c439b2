//! A portal of a test's own: its router called in this process, on a database of its own, with a clock that stands.

mod answer;
mod caller;
mod cards;
mod kept;
mod shop;

use std::sync::Arc;

use app::{Logs, Screens, Site};
use axum::Router;
use domain::{
    Clock, Database, DatabaseUrls,
    founding::{Founding, NewOrganisation},
    instances::{LogSource, LogStream, LogTarget, LogTrouble, LogWindow},
    secrets::SecretKeys,
};
use sea_orm_migration::sea_orm::ConnectionTrait;
use server::http::{State, events::Hinter, router};
use session::{Cards, Networks, Portal, Settings};
use stripe_gateway::WebhookSecrets;
use testing::TestDatabase;
use tokio_util::sync::CancellationToken;
use types::{Currency, OrganisationId, Role, StaffRole, Timestamp, UserId};

pub(crate) use answer::Answer;
pub(crate) use caller::{Caller, Stream};
pub(crate) use cards::{Double, signed};
pub(crate) use shop::{PRICE, Shop, first, mad};

/// What every person of the tests signs in with.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A portal with its database.
pub(crate) struct TestPortal {
    router: Router,
    pub(crate) state: State,
    pub(crate) founding: Founding,
    pub(crate) database: TestDatabase,
}

/// An organisation of a test.
pub(crate) struct TestOrganisation<'a> {
    portal: &'a TestPortal,
    pub(crate) id: OrganisationId,
    slug: String,
}

/// The instant that tests begin at.
pub(crate) fn start() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

impl TestPortal {
    pub(crate) async fn new() -> Self {
        Self::at("http://portal.test").await
    }

    /// A portal that people reach under `base_url`.
    pub(crate) async fn at(base_url: &str) -> Self {
        Self::set(settings(base_url)).await
    }

    /// A portal as in production: staff have a second factor.
    pub(crate) async fn of_production() -> Self {
        Self::set(Settings { staff_need_factor: true, ..settings("https://portal.test") }).await
    }

    async fn set(settings: Settings) -> Self {
        let database = TestDatabase::new().await;
        let urls =
            DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
        let db = Database::connect(&urls).await.unwrap();
        let founding = Founding::connect(&database.owner_url()).await.unwrap();
        founding.found_installation(&organisation("hub"), start()).await.unwrap();
        let state = state(db, settings);
        let router = router(state.clone(), std::env::temp_dir().join("no-site").as_path()).unwrap();
        Self { router, state, founding, database }
    }

    /// A portal that takes cards by the double, which signs what it tells with `whsec_test`.
    pub(crate) async fn taking_cards(double: &Arc<Double>) -> Self {
        let portal = Self::new().await;
        let mut state = portal.state.clone().hearing(Some(WebhookSecrets::parse("whsec_test")));
        let gateway: Arc<dyn domain::payments::Gateway> = double.clone();
        state.portal.cards = Some(Cards(gateway));
        state.screens.portal = state.portal.clone();
        let router = router(state.clone(), std::env::temp_dir().join("no-site").as_path()).unwrap();
        Self { router, state, ..portal }
    }

    /// A portal whose roles reach this database instead of its own.
    pub(crate) async fn with_database(url: &str) -> Self {
        let portal = Self::new().await;
        let urls = DatabaseUrls { tenant: url.to_owned(), staff: url.to_owned(), worker: url.to_owned() };
        let state = state(Database::connect(&urls).await.unwrap(), settings("http://portal.test"));
        let router = router(state.clone(), std::env::temp_dir().join("no-site").as_path()).unwrap();
        Self { router, state, ..portal }
    }

    /// The same portal, whose logs come from elsewhere; who signed in before does not reach it.
    pub(crate) fn reading(self, logs: impl LogSource + 'static) -> Self {
        let mut state = self.state.clone();
        state.screens.logs = Logs(Arc::new(logs));
        let router = router(state.clone(), std::env::temp_dir().join("no-site").as_path()).unwrap();
        Self { router, state, ..self }
    }

    /// Changes the database behind the portal's back.
    pub(crate) async fn as_owner(&self, sql: &str) {
        let owner = sea_orm_migration::sea_orm::Database::connect(self.database.owner_url()).await.unwrap();
        owner.execute_unprepared(sql).await.unwrap();
        owner.close().await.unwrap();
    }

    /// How many rows a table has, whoever may see them.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let rows = self.database.rows(&format!("SELECT count(*) AS n FROM {table}")).await.unwrap();
        rows[0]["n"].as_i64().unwrap()
    }

    /// A digest of every table but those that a request touches whatever it asks: equal where nothing was stored.
    pub(crate) async fn fingerprint(&self) -> Vec<String> {
        let tables = "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
                      AND relkind = 'r' AND relname NOT IN ('session', 'seaql_migrations')";
        let digest = |name: &str| {
            format!(
                "SELECT '{name}' AS name, coalesce(sum(hashtextextended(t::text, 0)) % 1000000007, 0)::bigint AS n
                 FROM {name} t"
            )
        };
        let tables = self.database.rows(tables).await.unwrap();
        let all: Vec<String> = tables.iter().map(|row| digest(row["name"].as_str().unwrap())).collect();
        let rows = self.database.rows(&all.join(" UNION ALL ")).await.unwrap();
        let mut digests: Vec<String> = rows.iter().map(|row| format!("{} {}", row["name"], row["n"])).collect();
        digests.sort();
        digests
    }

    /// A new organisation with this slug.
    pub(crate) async fn organisation(&self, slug: &str) -> TestOrganisation<'_> {
        let id = self.founding.open_organisation(&organisation(slug), self.now()).await.unwrap();
        TestOrganisation { portal: self, id, slug: slug.to_owned() }
    }

    /// A new person of the hub's staff, signed in.
    pub(crate) async fn staff(&self, role: StaffRole) -> Caller {
        let email = format!("{role}@hub.test");
        let user = self.person(&email).await;
        self.founding.appoint(user, role, self.now()).await.unwrap();
        self.signed_in(&email).await
    }

    /// A new person who belongs nowhere, signed in.
    pub(crate) async fn stranger(&self) -> Caller {
        self.person("stranger@else.test").await;
        self.signed_in("stranger@else.test").await
    }

    /// Nobody: requests without a session.
    pub(crate) fn nobody(&self) -> Caller {
        Caller::new(self.router.clone(), None)
    }

    /// What the clock shows.
    pub(crate) fn now(&self) -> Timestamp {
        self.state.portal.clock.now()
    }

    /// Moves the clock.
    pub(crate) fn pass(&self, seconds: i64) {
        self.state.portal.clock.set(self.now().plus_seconds(seconds));
    }

    pub(crate) async fn person(&self, email: &str) -> UserId {
        self.founding.add_person(email, email.split('@').next().unwrap(), PASSWORD, self.now()).await.unwrap()
    }

    /// Signs a person in through the API.
    pub(crate) async fn signed_in(&self, email: &str) -> Caller {
        let ask = serde_json::json!({ "email": email, "password": PASSWORD });
        let answer = self.nobody().post("/api/v1/session", &ask).await;
        assert_eq!(answer.status, 204, "{answer:?}");
        Caller::new(self.router.clone(), answer.cookie())
    }
}

impl TestOrganisation<'_> {
    /// A new member with this role, signed in.
    pub(crate) async fn member(&self, role: Role) -> Caller {
        let email = format!("{role}@{}.test", self.slug);
        let user = self.portal.person(&email).await;
        self.portal.founding.add_member(self.id, user, role, self.portal.now()).await.unwrap();
        self.portal.signed_in(&email).await
    }

    /// A new owner, signed in.
    pub(crate) async fn owner(&self) -> Caller {
        self.member(Role::Owner).await
    }
}

fn settings(base_url: &str) -> Settings {
    Settings {
        base_url: base_url.to_owned(),
        trusted_proxies: Networks::default(),
        simulated: true,
        staff_need_factor: false,
        mailbox: false,
    }
}

fn state(db: Database, settings: Settings) -> State {
    let portal = Portal {
        db,
        clock: Clock::at(start()),
        settings: Arc::new(settings),
        providers: Arc::default(),
        keys: SecretKeys::parse(&format!("test {}", "5e".repeat(32))).unwrap(),
        cards: None,
    };
    let screens = Screens { portal, site: Site::default(), logs: Logs(Arc::new(NoCluster)) };
    State::new(screens, Hinter::default(), CancellationToken::new())
}

/// There is no cluster: every log is out of reach.
struct NoCluster;

impl LogSource for NoCluster {
    fn lines(&self, _: LogTarget, _: LogWindow) -> LogStream {
        Box::pin(futures_util::stream::iter([Err(LogTrouble::Unreachable)]))
    }
}

pub(crate) fn organisation(slug: &str) -> NewOrganisation {
    NewOrganisation {
        slug: slug.to_owned(),
        name: slug.to_uppercase(),
        legal_name: format!("{slug} SARL"),
        address: "Tétouan".to_owned(),
        country: "MA".to_owned(),
        is_business: true,
        ice: None,
        tax_id: None,
        trade_register: None,
        business_tax: None,
        currency: Currency::Mad,
        language: "en".to_owned(),
        time_zone: "Africa/Casablanca".to_owned(),
    }
}
