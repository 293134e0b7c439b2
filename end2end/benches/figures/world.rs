//! The worlds that figures share: the demonstration, and the same with a hundred running instances.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context, ensure};
use end2end::{Hub, Portal, Visitor, places, until_within};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{say, scaled};

/// The organisation that has the hundred.
pub(crate) const RIF: &str = "rif-biomed";
/// How long a world may take to come to rest.
pub(crate) const PATIENCE: Duration = Duration::from_secs(300);
/// Launches that are under way at a time.
const AT_ONCE: usize = 8;
/// Room for a hundred, and for what the launches of the measurement start besides.
const HUB: Hub = Hub::Simulated { n_halls: 12, speed: 40.0 };

/// Made when first needed.
#[derive(Default)]
pub(crate) struct Worlds {
    demo: Option<Portal>,
    site: Option<TempDir>,
    has_hundred: bool,
}

impl Worlds {
    /// The demonstration world, whose instances run.
    pub(crate) async fn demo(&mut self) -> anyhow::Result<&mut Portal> {
        if self.demo.is_none() {
            say("makes the demonstration world");
            let site = copied_site()?;
            let mut world = Portal::before_start(HUB).await?;
            world.start_portal_with(&["--site", &site.path().display().to_string()]).await?;
            let founder = world.visitor("developer of Rif").await?;
            all_running(&founder, RIF, 2).await?;
            (self.demo, self.site) = (Some(world), Some(site));
        }
        self.demo.as_mut().context("it was made")
    }

    /// The same with a hundred running instances of one organisation.
    pub(crate) async fn hundred(&mut self) -> anyhow::Result<&mut Portal> {
        self.demo().await?;
        let world = self.demo.as_mut().context("it was made")?;
        if !self.has_hundred {
            say("launches instances until there are a hundred");
            provide(world, RIF, &["h200", "h100", "a100-1g.10gb"]).await?;
            let founder = world.visitor("developer of Rif").await?;
            launch_many(&founder, RIF, &[("h200", 40), ("h100", 58)]).await?;
            all_running(&founder, RIF, 100).await?;
            // What PostgreSQL does by itself within a minute: until then it has plans for the empty tables.
            world.database().analyse().await?;
            self.has_hundred = true;
        }
        Ok(world)
    }

    /// The folder that this world's portal serves as its site.
    pub(crate) async fn site(&mut self) -> anyhow::Result<PathBuf> {
        self.demo().await?;
        Ok(self.site.as_ref().context("it was made")?.path().to_path_buf())
    }
}

/// A copy, to which a measurement may add.
fn copied_site() -> anyhow::Result<TempDir> {
    let copy = TempDir::new()?;
    for entry in fs::read_dir(places::site()?)? {
        let entry = entry?;
        fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
    }
    Ok(copy)
}

/// Quotas and money for as much as a measurement wants, by the hub's own people.
pub(crate) async fn provide(world: &Portal, organisation: &str, flavours: &[&str]) -> anyhow::Result<()> {
    let operator = world.visitor("operator of the hub").await?;
    let known = operator.get(&format!("/api/v1/organisations/{organisation}/catalogue")).await?;
    for slug in flavours {
        let flavour = flavour(&known, slug)?;
        let ask = json!({"flavour": flavour, "units": 10_000, "reason": "a measurement"});
        operator.put(&format!("/api/v1/organisations/{organisation}/quotas"), &ask).await?;
    }
    let finance = world.visitor("finance of the hub").await?;
    let wallet = finance.get(&format!("/api/v1/organisations/{organisation}/wallet")).await?;
    let currency = &wallet["balance"]["currency"];
    let ask = json!({"reference": format!("a measurement of {organisation}"), "amount": {"micros": 10_000_000_000_000_i64, "currency": currency}});
    let key = format!("measure-{organisation}");
    finance.post(&format!("/api/v1/organisations/{organisation}/wallet/transfers"), &key, &ask).await?;
    // A changed quota reaches the namespace within a second or two.
    tokio::time::sleep(Duration::from_secs(3)).await;
    Ok(())
}

/// Launches so many of each flavour, some at a time.
pub(crate) async fn launch_many(founder: &Visitor, organisation: &str, wanted: &[(&str, usize)]) -> anyhow::Result<()> {
    let launches = Launches::of(founder, organisation).await?;
    let all = wanted.iter().flat_map(|(slug, n)| (0..*n).map(move |place| (*slug, place)));
    let asks: Vec<Value> = all
        .map(|(slug, place)| launches.ask(slug, &format!("many-{}-{place}", slug.replace('.', "-"))))
        .collect::<anyhow::Result<_>>()?;
    let launched = stream::iter(&asks).map(|ask| launches.send(ask)).buffer_unordered(AT_ONCE);
    launched.try_collect::<Vec<_>>().await.map(drop)
}

/// What launches of one founder have in common.
#[derive(Clone, Debug)]
pub(crate) struct Launches {
    founder: Visitor,
    address: String,
    project: Value,
    flavours: Value,
}

impl Launches {
    /// Reads what a launch has to name.
    pub(crate) async fn of(founder: &Visitor, organisation: &str) -> anyhow::Result<Self> {
        let address = format!("/api/v1/organisations/{organisation}");
        let project = founder.get(&format!("{address}/projects")).await?["items"][0]["id"].clone();
        let flavours = founder.get(&format!("{address}/catalogue")).await?;
        Ok(Self { founder: founder.clone(), address: format!("{address}/instances"), project, flavours })
    }

    /// The body of a launch of one unit.
    pub(crate) fn ask(&self, slug: &str, name: &str) -> anyhow::Result<Value> {
        let flavour = flavour(&self.flavours, slug)?;
        Ok(json!({"project": self.project, "name": name, "flavour": flavour, "units": 1, "template": "ubuntu"}))
    }

    /// Launches; the 26 characters by which the cluster knows the instance.
    pub(crate) async fn send(&self, ask: &Value) -> anyhow::Result<String> {
        let key = ask["name"].as_str().context("a launch has a name")?;
        let launched = self.founder.post(&self.address, key, ask).await?;
        Ok(launched["id"].as_str().context("a launch without an id")?.trim_start_matches("ins_").to_owned())
    }
}

fn flavour<'a>(catalogue: &'a Value, slug: &str) -> anyhow::Result<&'a Value> {
    let flavours = catalogue["items"].as_array().context("no catalogue")?;
    let found =
        flavours.iter().find(|flavour| flavour["slug"] == slug).with_context(|| format!("no flavour {slug}"))?;
    Ok(&found["id"])
}

/// Waits until the organisation has so many instances and all of them run.
pub(crate) async fn all_running(founder: &Visitor, organisation: &str, n: usize) -> anyhow::Result<()> {
    let address = format!("/api/v1/organisations/{organisation}/instances?limit=200&phase=running");
    until_within(PATIENCE, async || {
        let running = founder.get(&address).await?["items"].as_array().map_or(0, Vec::len);
        ensure!(running >= n.min(200), "{running} of {n} run");
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(())
    })
    .await
}

/// Repetitions of a measurement that is repeated each tenth of a second.
pub(crate) const fn n_repeated() -> usize {
    scaled(300, 40)
}
