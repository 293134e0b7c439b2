//! The demonstration world, made by the real use cases with a moving `now`: the month before last is finalised, last
//! month is ready to close, this one runs. Nodes and flavours come from the cluster that is there.

mod cluster;
mod history;
mod people;
mod plan;

use anyhow::{Context, ensure};
use domain::{
    Clock, Database, DatabaseUrls, Error,
    access::{Actor, NewSession, Permission, Scope, Survey, sign_in, signed_in},
    commands::Command,
    founding::Founding,
};
use jiff::{ToSpan, tz::TimeZoneDatabase};
use serde::Serialize;
use types::{ClusterId, FlavourId, Timestamp};

pub use people::SignIn;

/// One password for everybody: production refuses this data.
const PASSWORD: &str = "tetouan-demo";
/// Where the demonstration's browser sits.
const ADDRESS: &str = "127.0.0.1";

/// Makes the demonstration world, or finds the one that is there; the people who can sign in.
///
/// # Errors
/// When the cluster shows no nodes within a minute, or the database holds an installation that is not the
/// demonstration's.
pub async fn seed(
    owner_url: &str,
    urls: &DatabaseUrls,
    cluster: &k8s::ClusterAddress,
    clock: &Clock,
) -> anyhow::Result<Vec<SignIn>> {
    let founding = Founding::connect(owner_url).await?;
    if founding.hub().await?.is_some() {
        let db = Database::connect(urls).await?;
        let (operator, now) = (people::STAFF[0], clock.now());
        ensure!(actor(&db, operator.email, now).await.is_ok(), "this database holds an installation that is no demo");
        ensure!(
            history::is_told(&db, now).await?,
            "the demo was begun and not finished: drop this database, seed again"
        );
        return Ok(people::sign_ins());
    }
    let months = Months::before(clock.now())?;
    let cluster_id = people::found(&founding, months.first).await?;
    let mut demo = Demo { db: Database::connect(urls).await?, cluster: cluster_id, months, flavours: Vec::new() };
    let nodes = cluster::nodes(&demo.db, cluster, clock).await.context("the demo needs the cluster's nodes")?;
    demo.flavours = cluster::record(&demo, &nodes).await?;
    history::play(&demo).await?;
    Ok(people::sign_ins())
}

/// The first instants of the months that the demonstration tells of.
#[derive(Clone, Copy)]
struct Months {
    /// The month before last.
    first: Timestamp,
    /// Last month.
    second: Timestamp,
    /// This one.
    third: Timestamp,
    /// The present.
    now: Timestamp,
}

impl Months {
    fn before(now: Timestamp) -> anyhow::Result<Self> {
        let zone = TimeZoneDatabase::bundled().get(people::ZONE)?;
        let this = now.as_jiff().to_zoned(zone.clone()).date().first_of_month();
        let start = |months: i32| -> anyhow::Result<Timestamp> {
            Ok(this.checked_sub(months.months())?.to_zoned(zone.clone())?.timestamp().into())
        };
        Ok(Self { first: start(2)?, second: start(1)?, third: start(0)?, now })
    }
}

/// The world while it is made.
struct Demo {
    db: Database,
    cluster: ClusterId,
    months: Months,
    flavours: Vec<(String, FlavourId)>,
}

impl Demo {
    fn flavour(&self, slug: &str) -> Option<FlavourId> {
        self.flavours.iter().find(|(known, _)| known == slug).map(|(_, id)| *id)
    }

    /// The proof of a person in an organisation, at a moment of the story.
    async fn scope<P: Permission>(&self, email: &str, slug: &str, now: Timestamp) -> anyhow::Result<Scope<P>> {
        Ok(actor(&self.db, email, now).await?.enter(&self.db, slug).await?.prove()?)
    }

    /// The proof of a member of staff across organisations.
    async fn survey<P: Permission>(&self, email: &str, now: Timestamp) -> anyhow::Result<Survey<P>> {
        Ok(actor(&self.db, email, now).await?.prove()?)
    }
}

/// A person who has just signed in; the session is left to run out.
async fn actor(db: &Database, email: &str, now: Timestamp) -> Result<Actor, Error> {
    let ask = NewSession {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        device: "demo".to_owned(),
        address: ADDRESS.to_owned(),
        language: "en".to_owned(),
    };
    let token = sign_in(db, ask, now).await?.session()?;
    signed_in(db, token.reveal(), ADDRESS, now).await
}

/// A command whose key is the request itself: the story tells nothing twice.
fn command(name: &'static str, key: &str, body: &impl Serialize) -> Result<Command, Error> {
    Command::new(&format!("demo-{name}-{key}"), name, body)
}
