//! `cargo xtask controlplane`: a real Kubernetes control plane with GPU nodes that nobody owns, for development on it.
//! It goes on after this program until `down`.

use std::{
    fs::{self, File},
    path::PathBuf,
    process::Command,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use clap::Subcommand;
use rustix::process::Signal;

use crate::{
    leftover,
    process::{self, Running},
    stop, terminal,
    workspace::Workspace,
};

/// How long a start may take: on a busy machine the API server fills its caches for long.
const PATIENCE: Duration = Duration::from_secs(300);

/// What is done with it.
#[derive(Debug, Subcommand)]
pub(crate) enum Wanted {
    /// Build its programs, once: that takes about 25 minutes of a processor
    Build,
    /// Start it, building what is missing, and print its kubeconfig
    Up,
    /// End it: nothing is left of it
    Down,
}

/// Builds, starts or ends it.
pub(crate) fn run(workspace: &Workspace, wanted: &Wanted) -> anyhow::Result<()> {
    match wanted {
        Wanted::Build => build(workspace),
        Wanted::Up => up(workspace),
        Wanted::Down => down(workspace),
    }
}

fn build(workspace: &Workspace) -> anyhow::Result<()> {
    process::run(&mut process::cargo(workspace, &["build", "--workspace", "--bins"]))?;
    provide(workspace)
}

/// Builds its programs where that was not done before, with the workspace's own program for it, which is built.
fn provide(workspace: &Workspace) -> anyhow::Result<()> {
    process::run(program(workspace).arg("build"))
}

/// Its programs while they are built beside everything else, on what that leaves of the processors.
#[derive(Debug)]
pub(crate) struct Making(Running);

impl Making {
    /// Begins to build them; where they are there it has ended at once.
    pub(crate) fn begin(workspace: &Workspace) -> anyhow::Result<Self> {
        let mut command = program(workspace);
        if let Some(nice) = process::in_path("nice") {
            command = Command::new(nice);
            command.args(["-n", "19"]).arg(workspace.program("controlplane"));
        }
        Ok(Self(Running::start(command.arg("build"))?))
    }

    /// Waits until they are there.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        let status = self.0.wait()?;
        ensure!(status.success(), "it was not built ({status}), for the reason that its builder gave above");
        Ok(())
    }
}

fn up(workspace: &Workspace) -> anyhow::Result<()> {
    build(workspace)?;
    fs::create_dir_all(workspace.data())?;
    down(workspace)?;
    let (kubeconfig, log_file) = (kubeconfig(workspace), workspace.data().join("controlplane.log"));
    let log = File::create(&log_file).with_context(|| format!("cannot write {}", log_file.display()))?;
    let mut command = program(workspace);
    command.args(["up", "--kubeconfig"]).arg(&kubeconfig).stdout(log.try_clone()?).stderr(log);
    let mut running = Running::start(&mut command)?;
    leftover::note(&pid_file(workspace), &running)?;
    let started = terminal::silent_step("start the control plane", || {
        let is_up = stop::wait_until(PATIENCE, || {
            if let Some(status) = running.ended()? {
                bail!("it ended at once ({status})");
            }
            Ok(kubeconfig.is_file())
        })?;
        ensure!(is_up, "it is not ready after {} s", PATIENCE.as_secs());
        Ok(())
    });
    started.with_context(|| format!("its log is {}", log_file.display()))?;
    running.leave();
    terminal::say(&format!(
        "Its kubeconfig is {path}\nRun Tamuda on it with `cargo xtask dev --cluster kubeconfig:{path}`; \
         `cargo xtask controlplane down` ends it.",
        path = kubeconfig.display()
    ));
    Ok(())
}

fn down(workspace: &Workspace) -> anyhow::Result<()> {
    leftover::end(&pid_file(workspace), &workspace.program("controlplane"), Signal::TERM);
    match fs::remove_file(kubeconfig(workspace)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).context("its kubeconfig stays"),
        _ => Ok(()),
    }
}

fn program(workspace: &Workspace) -> Command {
    Command::new(workspace.program("controlplane"))
}

fn kubeconfig(workspace: &Workspace) -> PathBuf {
    workspace.data().join("controlplane.kubeconfig")
}

fn pid_file(workspace: &Workspace) -> PathBuf {
    workspace.data().join("controlplane.pid")
}
