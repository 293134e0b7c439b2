//! The binary: a simulated cluster as a process of its own, so that it outlives the portal.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use k8s_simulator::{Delays, Simulator, SimulatorConfig, hubs};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A simulated Kubernetes cluster for Tamuda: no program runs in it and no GPU is used.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address and port to listen on
    #[arg(long, env = "TAMUDA_SIMULATOR_LISTEN", default_value = "127.0.0.1:6480")]
    listen: SocketAddr,
    /// Folder of the journalled store; everything is forgotten at the end without one
    #[arg(long, env = "TAMUDA_SIMULATOR_STORE")]
    store: Option<PathBuf>,
    /// Where to write a kubeconfig
    #[arg(long, env = "TAMUDA_SIMULATOR_KUBECONFIG")]
    kubeconfig: Option<PathBuf>,
    /// How many times as fast as life pods start, pull and stop
    #[arg(long, env = "TAMUDA_SIMULATOR_SPEED", default_value_t = 1.0)]
    speed: f64,
    /// How many copies of the hub's hall stand side by side
    #[arg(long, env = "TAMUDA_SIMULATOR_HALLS", default_value_t = 1)]
    halls: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let arguments = Arguments::parse();
    let delays = Delays::real().hurried(arguments.speed);
    let (listen, store, nodes) = (arguments.listen, arguments.store, hubs(arguments.halls));
    let config = SimulatorConfig { listen, store, nodes, delays, ..SimulatorConfig::default() };
    let simulator = Simulator::start(config).await?;
    if let Some(path) = &arguments.kubeconfig {
        write_whole(path, &simulator.kubeconfig())?;
    }
    tracing::info!(url = simulator.url(), "the simulated cluster listens");
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    simulator.stop().await;
    Ok(())
}

/// Writes a file so that nobody ever reads half of it.
fn write_whole(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let draft = path.with_extension("draft");
    std::fs::write(&draft, text).with_context(|| format!("cannot write {}", draft.display()))?;
    std::fs::rename(&draft, path).with_context(|| format!("cannot write {}", path.display()))
}
