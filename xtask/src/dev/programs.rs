//! The programs that run: PostgreSQL, the simulator, the portal; how each is started, renewed and looked after.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::Command,
    time::{Duration, SystemTime},
};

use anyhow::{Context, bail, ensure};
use rustix::process::Signal;

use crate::{
    leftover,
    postgres::Postgres,
    process::{self, Running},
    site::Profile,
    stop, terminal,
    workspace::Workspace,
};

const SIMULATOR_PORT: u16 = 16443;

/// Which cluster the portal works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cluster {
    Simulator,
    /// `kubeconfig:PATH` or `in-cluster`, as the portal reads it.
    Real(String),
}

impl Cluster {
    /// Reads the flag `--cluster`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "simulator" => Ok(Self::Simulator),
            "in-cluster" => Ok(Self::Real(text.to_owned())),
            _ if text.strip_prefix("kubeconfig:").is_some_and(|path| !path.is_empty()) => {
                Ok(Self::Real(text.to_owned()))
            }
            _ => Err("say simulator, kubeconfig:PATH or in-cluster".to_owned()),
        }
    }

    fn setting(&self) -> &str {
        match self {
            Self::Simulator => "simulator",
            Self::Real(setting) => setting,
        }
    }
}

/// They end in the order of the fields: who uses a program ends before it.
#[derive(Debug)]
pub(super) struct Programs<'a> {
    portal: Option<Running>,
    simulator: Option<Simulator>,
    postgres: Postgres,
    workspace: &'a Workspace,
    cluster: Cluster,
    port: u16,
    simulator_port: u16,
}

#[derive(Debug)]
struct Simulator {
    running: Running,
    built_at: SystemTime,
}

impl<'a> Programs<'a> {
    /// With PostgreSQL running, what a killed run left behind ended, and the ports chosen.
    pub(super) fn new(
        workspace: &'a Workspace,
        port: u16,
        cluster: Cluster,
        postgres: Postgres,
    ) -> anyhow::Result<Self> {
        for name in ["tamuda", "k8s-simulator"] {
            leftover::end(&pid_file(workspace, name), &workspace.program(name), Signal::TERM);
        }
        let free = free_port(port)?;
        if free != port {
            terminal::warn(&format!("port {port} is taken: the portal takes {free}"));
        }
        let simulator_port = free_port(SIMULATOR_PORT)?;
        Ok(Self { portal: None, simulator: None, postgres, workspace, cluster, port: free, simulator_port })
    }

    /// The portal's address: by a name, since browsers make passkeys for no number.
    pub(super) fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The simulator's kubeconfig, for `kubectl --kubeconfig`.
    pub(super) fn kubeconfig(&self) -> PathBuf {
        self.store().join("kubeconfig")
    }

    /// How to look into the cluster, where it is the simulator.
    pub(super) fn hint(&self) -> Option<String> {
        let command = format!("kubectl --kubeconfig {} get pods -A --watch", self.kubeconfig().display());
        (self.cluster == Cluster::Simulator).then_some(command)
    }

    /// Is a portal running?
    pub(super) fn is_portal_up(&self) -> bool {
        self.portal.is_some()
    }

    /// Brings the database to the shape that the built portal expects.
    pub(super) fn migrate(&self) -> anyhow::Result<()> {
        let mut migrate = self.tamuda(&["migrate", "--bootstrap"])?;
        terminal::silent_step("migrate the database", || process::output(&mut migrate).map(drop))
    }

    /// Makes the demo world, unless it is there, and gives its sign-ins as JSON.
    pub(super) fn seed_demo(&self) -> anyhow::Result<String> {
        let mut seed = self.tamuda(&["admin", "seed-demo", "--json"])?;
        terminal::silent_step("seed the demo world", || process::output(&mut seed))
    }

    /// Starts the simulator, or starts it anew on its store when its program changed.
    pub(super) fn renew_simulator(&mut self) -> anyhow::Result<()> {
        let program = self.workspace.program("k8s-simulator");
        if self.cluster != Cluster::Simulator {
            return Ok(());
        }
        let built_at = program.metadata().and_then(|metadata| metadata.modified())?;
        if self.simulator.as_ref().is_some_and(|simulator| simulator.built_at == built_at) {
            return Ok(());
        }
        // The store is one process's: the old one has ended before the new one opens it.
        drop(self.simulator.take());
        self.simulator = Some(Simulator { running: self.start_simulator()?, built_at });
        Ok(())
    }

    /// Starts the portal in place of the one before, and waits until it answers.
    pub(super) fn renew_portal(&mut self) -> anyhow::Result<()> {
        drop(self.portal.take());
        let mut running = Running::start(&mut self.tamuda(&["serve"])?)?;
        leftover::note(&pid_file(self.workspace, "tamuda"), &running)?;
        terminal::silent_step("start the portal", || wait_for(&mut running, self.port, "the portal"))?;
        self.portal = Some(running);
        Ok(())
    }

    /// Notices what ended by itself: the simulator is started again, the portal when a source changes.
    pub(super) fn look_after(&mut self) -> anyhow::Result<()> {
        self.postgres.check()?;
        if let Some(status) = self.portal.as_mut().map(Running::ended).transpose()?.flatten() {
            self.portal = None;
            terminal::warn(&format!("the portal ended ({status}): it is started again when a source changes"));
        }
        let ended = self.simulator.as_mut().map(|simulator| simulator.running.ended()).transpose()?.flatten();
        if let Some(status) = ended {
            terminal::warn(&format!("the simulator ended ({status}): it is started again on its store"));
            self.simulator = None;
            self.renew_simulator()?;
        }
        Ok(())
    }

    fn start_simulator(&self) -> anyhow::Result<Running> {
        let store = self.store();
        fs::create_dir_all(&store)?;
        let log_file = store.with_extension("log");
        let log = File::create(&log_file)?;
        let mut command = Command::new(self.workspace.program("k8s-simulator"));
        command.arg("--listen").arg(address(self.simulator_port).to_string());
        command.arg("--store").arg(store).arg("--kubeconfig").arg(self.kubeconfig());
        let mut running = Running::start(command.stdout(log.try_clone()?).stderr(log))?;
        leftover::note(&pid_file(self.workspace, "k8s-simulator"), &running)?;
        terminal::silent_step("start the simulator", || wait_for(&mut running, self.simulator_port, "the simulator"))
            .with_context(|| format!("its log is {}", log_file.display()))?;
        Ok(running)
    }

    /// The portal's program with everything it must be told.
    fn tamuda(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(self.workspace.program("tamuda"));
        command.args(arguments);
        for (variable, role) in [
            ("TAMUDA_DATABASE_OWNER", "tamuda_owner"),
            ("TAMUDA_DATABASE_TENANT", "tamuda_tenant"),
            ("TAMUDA_DATABASE_STAFF", "tamuda_staff"),
            ("TAMUDA_DATABASE_WORKER", "tamuda_worker"),
        ] {
            command.env(variable, self.postgres.url(role, "tamuda")?);
        }
        command.env("TAMUDA_SECRET_KEYS", self.postgres.secret_keys()?);
        command.env("TAMUDA_MODE", "development").env("TAMUDA_CLUSTER", self.cluster.setting());
        command.env("TAMUDA_LISTEN", address(self.port).to_string()).env("TAMUDA_BASE_URL", self.url());
        command.env("TAMUDA_SITE", self.workspace.target().join(Profile::Development.folder()));
        command.env("TAMUDA_SIMULATOR_KUBECONFIG", self.kubeconfig());
        Ok(command)
    }

    fn store(&self) -> PathBuf {
        self.workspace.data().join("simulator")
    }
}

fn pid_file(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.data().join(format!("{name}.pid"))
}

/// The first free port from `wanted` on.
fn free_port(wanted: u16) -> anyhow::Result<u16> {
    let is_free = |port: &u16| TcpListener::bind(address(*port)).is_ok();
    (wanted..=wanted.saturating_add(200)).find(is_free).with_context(|| format!("no port from {wanted} on is free"))
}

fn wait_for(running: &mut Running, port: u16, who: &str) -> anyhow::Result<()> {
    let answers = stop::wait_until(Duration::from_secs(60), || {
        if let Some(status) = running.ended()? {
            bail!("{who} ended at once ({status})");
        }
        Ok(TcpStream::connect_timeout(&address(port), Duration::from_secs(1)).is_ok())
    })?;
    ensure!(answers, "{who} does not answer after 60 s");
    Ok(())
}

fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_port_gives_the_next_free_one() {
        let taken = TcpListener::bind(address(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(port).unwrap() > port);
    }

    #[test]
    fn cluster_is_said_and_never_guessed() {
        assert_eq!(Cluster::parse("simulator"), Ok(Cluster::Simulator));
        assert_eq!(Cluster::parse("kubeconfig:/a"), Ok(Cluster::Real("kubeconfig:/a".to_owned())));
        assert!(Cluster::parse("kubeconfig:").is_err() && Cluster::parse("/a").is_err());
    }
}
