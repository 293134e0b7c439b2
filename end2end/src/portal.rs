//! A whole world for one journey: a migrated database with the demo people, a cluster, and the portal on both.

use std::{
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::Value;
use tempfile::TempDir;
use testing::TestDatabase;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::OnceCell,
};

use crate::{
    cluster::Cluster,
    places,
    program::{self, Program},
    visitor::Visitor,
    wait,
    wire::Wire,
};

/// Somebody of the demo world who can sign in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The address that signs in.
    pub email: String,
    /// The password that goes with it.
    pub password: String,
    /// What the person is, in the demo world's words.
    pub role: String,
}

/// The cluster: how large and how quick.
#[derive(Clone, Copy, Debug)]
pub enum Hub {
    /// The hub's hall, on the cluster that `TAMUDA_TEST_CLUSTER` says.
    Ordinary,
    /// The simulator.
    Simulated {
        /// Copies of the hall.
        n_halls: usize,
        /// How many times as fast as life pods come and go.
        speed: f64,
    },
    /// A real control plane.
    Real {
        /// How many times as many GPUs as the hall has.
        times: u64,
    },
}

/// The running programs. They are killed, and the database is dropped, with this value.
#[derive(Debug)]
pub struct Portal {
    portal: Option<Program>,
    cluster: Cluster,
    address: SocketAddr,
    people: Vec<SignIn>,
    database: TestDatabase,
    /// What the portal reaches its database over, in tests about its crashes.
    wire: Option<Wire>,
    folder: TempDir,
}

/// A portal beside another one; it is killed with this value.
#[derive(Debug)]
pub struct Replica {
    program: Program,
    origin: String,
}

impl Replica {
    /// Where it answers, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The last lines that it logged.
    #[must_use]
    pub fn last_words(&self) -> String {
        self.program.last_words()
    }
}

impl Portal {
    /// Starts everything and waits until the portal is ready.
    pub async fn start() -> anyhow::Result<Self> {
        let mut world = Self::without_portal().await?;
        world.start_portal().await?;
        Ok(world)
    }

    /// Starts everything, the portal with more arguments.
    pub async fn start_with(more: &[&str]) -> anyhow::Result<Self> {
        let mut world = Self::without_portal().await?;
        world.start_portal_with(more).await?;
        Ok(world)
    }

    /// Starts everything, the portal with more arguments and with a wire between it and its database.
    pub async fn start_on_a_wire(more: &[&str]) -> anyhow::Result<Self> {
        let mut world = Self::without_portal().await?;
        let url = world.database.worker_url();
        let (_, socket) = url.split_once("host=").context("the test server is reached over no socket")?;
        let functions =
            "SELECT proname AS name, prosrc AS body FROM pg_proc WHERE pronamespace = 'public'::regnamespace";
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let functions = world.database.rows(functions).await?;
        let functions: Vec<_> = functions.iter().map(|row| (text(row, "name"), text(row, "body"))).collect();
        world.wire = Some(Wire::to(Path::new(socket), &functions)?);
        world.start_portal_with(more).await?;
        Ok(world)
    }

    /// Starts a cluster of this kind and makes the demo world on it; the portal is started by whoever measures it.
    pub async fn before_start(hub: Hub) -> anyhow::Result<Self> {
        let mut world = Self::empty(TestDatabase::new().await, hub).await?;
        world.people = world.seed().await?;
        Ok(world)
    }

    /// The demo world is made once and copied for each: it takes seconds of computing.
    async fn without_portal() -> anyhow::Result<Self> {
        static DEMO: OnceCell<(TestDatabase, Vec<SignIn>)> = OnceCell::const_new();
        let (demo, people) = DEMO
            .get_or_try_init(async || {
                Self::before_start(Hub::Ordinary).await.map(|world| (world.database, world.people))
            })
            .await?;
        let mut world = Self::empty(demo.copy().await?, Hub::Ordinary).await?;
        world.people.clone_from(people);
        Ok(world)
    }

    async fn empty(database: TestDatabase, hub: Hub) -> anyhow::Result<Self> {
        let (folder, address) = (TempDir::new()?, free_address().await?);
        let cluster = Cluster::start(hub, folder.path()).await?;
        fs::write(folder.path().join("secret-keys"), format!("test {}\n", "5e".repeat(32)))?;
        Ok(Self { portal: None, cluster, address, people: Vec::new(), database, wire: None, folder })
    }

    async fn seed(&self) -> anyhow::Result<Vec<SignIn>> {
        people(&program::output(&mut self.tamuda(&["admin", "seed-demo", "--json"])?).await?)
    }

    /// Somebody of the demo world, signed in over the API.
    pub async fn visitor(&self, role: &str) -> anyhow::Result<Visitor> {
        Visitor::sign_in(&self.origin(), self.person(role)?).await
    }

    /// The last lines that the portal logged; nothing while it does not run.
    #[must_use]
    pub fn last_words(&self) -> String {
        self.portal.as_ref().map(Program::last_words).unwrap_or_default()
    }

    /// The wire between the portal and its database.
    pub fn wire(&self) -> anyhow::Result<&Wire> {
        self.wire.as_ref().context("this portal was started without a wire")
    }

    /// What `tamuda doctor --json` says.
    pub async fn doctor(&self) -> anyhow::Result<Value> {
        let output = self.tamuda(&["doctor", "--json"])?.output().await?;
        serde_json::from_slice(&output.stdout).context("the doctor's report is no JSON")
    }

    /// The cluster's pods of one instance, as the cluster itself lists them.
    pub async fn pods(&self, instance: &str) -> anyhow::Result<Vec<Value>> {
        let pods = self.cluster.pods().await?;
        let characters = instance.trim_start_matches("ins_");
        let is_of = |pod: &&Value| pod["metadata"]["labels"].to_string().contains(characters);
        Ok(pods.iter().filter(is_of).cloned().collect())
    }

    /// Where the portal answers, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the simulator answers.
    pub fn simulator_origin(&self) -> anyhow::Result<String> {
        Ok(self.cluster.simulator()?.origin())
    }

    /// How a Kubernetes client reaches the cluster.
    #[must_use]
    pub fn kubeconfig(&self) -> PathBuf {
        self.cluster.kubeconfig()
    }

    /// Switches a fault of the simulator on, as its README lists them.
    pub async fn switch_fault(&self, fault: &Value) -> anyhow::Result<()> {
        self.cluster.simulator()?.switch_fault(fault).await.map(drop)
    }

    /// A node's kubelet falls silent; its pods run on unseen.
    pub async fn lose_node(&self, node: &str) -> anyhow::Result<()> {
        self.cluster.silence_node(node, true).await
    }

    /// The kubelet speaks again.
    pub async fn return_node(&self, node: &str) -> anyhow::Result<()> {
        self.cluster.silence_node(node, false).await
    }

    /// The database behind the portal.
    #[must_use]
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// The first demo person whose role contains these words.
    pub fn person(&self, role: &str) -> anyhow::Result<&SignIn> {
        self.people.iter().find(|person| person.role.contains(role)).with_context(|| format!("nobody is {role}"))
    }

    /// The most memory that the portal has had, in bytes.
    pub fn most_memory(&self) -> anyhow::Result<u64> {
        self.portal.as_ref().context("the portal does not run")?.most_memory()
    }

    /// Kills the portal as a crash would (`SIGKILL`); the cluster goes on.
    pub async fn crash_portal(&mut self) -> anyhow::Result<()> {
        self.portal.take().context("the portal does not run")?.kill().await
    }

    /// Lets the portal stand still, as a machine that sleeps does, or go on.
    pub async fn pause_portal(&self, pauses: bool) -> anyhow::Result<()> {
        self.portal.as_ref().context("the portal does not run")?.pause(pauses).await
    }

    /// Starts a second portal on the same database and cluster, and waits until it is ready.
    pub async fn start_replica(&self) -> anyhow::Result<Replica> {
        let address = free_address().await?;
        let mut command = self.tamuda(&["serve"])?;
        let origin = format!("http://{address}");
        command.env("TAMUDA_LISTEN", address.to_string()).env("TAMUDA_BASE_URL", &origin);
        let program = Program::start(&mut command, &self.folder.path().join("replica.log"))?;
        let ready = wait::until(async || {
            ensure!(answers_well(address, "/readyz").await?, "the second portal is not ready");
            Ok(())
        });
        ready.await.with_context(|| program.last_words())?;
        Ok(Replica { program, origin })
    }

    /// Asks the portal to end, as a service manager would, and waits until it has.
    pub async fn stop_portal(&mut self) -> anyhow::Result<()> {
        self.portal.take().context("the portal does not run")?.end().await
    }

    /// Starts the portal on its database and cluster, after a crash.
    pub async fn start_portal(&mut self) -> anyhow::Result<()> {
        self.start_portal_with(&[]).await
    }

    /// Starts it with more arguments and waits until it is ready.
    pub async fn start_portal_with(&mut self, more: &[&str]) -> anyhow::Result<()> {
        let mut portal = self.spawn_portal(more)?;
        let address = self.address;
        let ready = wait::until(async || {
            ensure!(answers_well(address, "/readyz").await?, "the portal is not ready");
            Ok(())
        });
        ready.await.with_context(|| portal.last_words())?;
        portal.check()?;
        self.portal = Some(portal);
        Ok(())
    }

    /// Starts it with more arguments and waits for nothing but the first whole page; how long that took.
    pub async fn start_portal_cold(&mut self, more: &[&str]) -> anyhow::Result<Duration> {
        let start = Instant::now();
        self.portal = Some(self.spawn_portal(more)?);
        while !answers_well(self.address, "/").await.unwrap_or(false) {
            ensure!(start.elapsed() < wait::PATIENCE, "the portal shows no page");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(start.elapsed())
    }

    fn spawn_portal(&self, more: &[&str]) -> anyhow::Result<Program> {
        let log = self.folder.path().join("portal.log");
        Program::start(&mut self.tamuda(&[&["serve"], more].concat())?, &log)
    }

    /// Kills the simulator: for the portal, a cluster that no longer answers.
    pub async fn crash_simulator(&mut self) -> anyhow::Result<()> {
        self.cluster.simulator_mut()?.crash().await
    }

    /// Starts the simulator on its store, after a crash.
    pub async fn start_simulator(&mut self) -> anyhow::Result<()> {
        self.cluster.simulator_mut()?.start().await
    }

    fn tamuda(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(places::program("tamuda")?);
        command.args(arguments);
        // The program refuses settings that it does not know, and those of the tests are none of its own.
        for (name, _) in env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"TAMUDA_")) {
            command.env_remove(name);
        }
        command.env("TAMUDA_DATABASE_OWNER", self.database.owner_url());
        command.env("TAMUDA_DATABASE_TENANT", self.through_wire(self.database.tenant_url()));
        command.env("TAMUDA_DATABASE_STAFF", self.through_wire(self.database.staff_url()));
        command.env("TAMUDA_DATABASE_WORKER", self.through_wire(self.database.worker_url()));
        command.env("TAMUDA_LISTEN", self.address.to_string()).env("TAMUDA_BASE_URL", self.origin());
        command.env("TAMUDA_SITE", places::site()?).env("TAMUDA_MODE", "development");
        command.env("TAMUDA_SECRET_KEYS", self.folder.path().join("secret-keys"));
        command.envs(self.cluster.settings());
        Ok(command)
    }

    fn through_wire(&self, url: String) -> String {
        match (&self.wire, url.split_once("host=")) {
            (Some(wire), Some((before, _))) => format!("{before}host={}", wire.folder().display()),
            _ => url,
        }
    }
}

fn people(text: &str) -> anyhow::Result<Vec<SignIn>> {
    let people: Vec<Value> = serde_json::from_str(text).context("`tamuda admin seed-demo --json` printed no list")?;
    let word = |person: &Value, key: &str| person[key].as_str().map(str::to_owned);
    let read = |person: &Value| {
        let [email, password, role] = ["email", "password", "role"].map(|key| word(person, key));
        Some(SignIn { email: email?, password: password?, role: role? })
    };
    people.iter().map(read).collect::<Option<_>>().context("a demo person lacks an email, a password or a role")
}

/// A port that nobody has, and that stays free while a crashed portal is down: the system gives those from 32,768 on to
/// whoever asks for any, and this process gives each of the others once.
pub(crate) async fn free_address() -> anyhow::Result<SocketAddr> {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let first = std::process::id() % 10_000;
    for _ in 0..10_000 {
        let given = u32::from(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(20_000 + (first + given) % 10_000)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).await.is_ok() {
            return Ok(address);
        }
    }
    anyhow::bail!("no port from 20,000 to 29,999 is free")
}

/// Does a GET of this path answer 200?
async fn answers_well(address: SocketAddr, path: &str) -> anyhow::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer.split(' ').nth(1) == Some("200"))
}
