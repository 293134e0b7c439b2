//! A running simulator: started, spoken to, stopped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::api::{self, Api, Doors, Line};
use crate::config::SimulatorConfig;
use crate::faults::{Fault, Faults, Planned};
use crate::store::Store;
use crate::world::World;

/// A simulated cluster behind a port; it ends when this is dropped.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    api: Arc<Api>,
    cut_all: watch::Sender<u64>,
    tasks: Vec<JoinHandle<()>>,
}

impl Simulator {
    /// Opens the store, listens and lets the world run. Fails when the port is taken or the store is damaged or in use.
    pub async fn start(config: SimulatorConfig) -> anyhow::Result<Self> {
        let socket =
            TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
        let address = socket.local_addr()?;
        let (store, changes) = Store::open(config.store.as_deref(), config.clock.clone(), config.history)?;
        let faults = Arc::new(Faults::new(config.clock.clone()));
        let (settlers, asked) = mpsc::unbounded_channel();
        let api =
            Arc::new(Api::new(store.clone(), faults.clone(), config.clock.clone(), settlers, address.to_string()));
        let mut world = World::new(store.clone(), faults.clone(), &config, changes, asked);
        world.found().context("the store refused the first objects")?;
        let cut_all = watch::Sender::new(0);
        let doors = Doors::new(socket, faults, cut_all.clone())?;
        let service = api::router(api.clone()).into_make_service_with_connect_info::<Line>();
        let serving = async move {
            if let Err(error) = axum::serve(doors, service).await {
                tracing::error!(%error, "the API ended");
            }
        };
        let tasks = vec![
            tokio::spawn(world.run()),
            tokio::spawn(serving),
            tokio::spawn(async move { store.sync_forever().await }),
        ];
        Ok(Self { address, api, cut_all, tasks })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL, as a kubeconfig's `server`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A kubeconfig for kubectl and kube-rs; there is nobody to authenticate.
    pub fn kubeconfig(&self) -> String {
        format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: simulator\nclusters:\n- name: simulator\n  cluster:\n    server: {}\n\
             contexts:\n- name: simulator\n  context:\n    cluster: simulator\n    user: simulator\n\
             users:\n- name: simulator\n  user: {{}}\n",
            self.url()
        )
    }

    /// Switches a fault on and answers the id that clears it.
    pub fn inject(&self, fault: Fault) -> String {
        self.api.faults.add(fault)
    }

    /// Switches a fault off; false when it is not on.
    pub fn clear(&self, id: &str) -> bool {
        self.api.faults.clear(id)
    }

    /// Switches every fault off.
    pub fn clear_all(&self) {
        self.api.faults.clear_all();
    }

    /// The faults that are on.
    pub fn faults(&self) -> Vec<Planned> {
        self.api.faults.list()
    }

    /// Forgets the history of changes: later watches from before now are told 410.
    pub fn compact(&self) {
        self.api.compact();
    }

    /// Moves a stepped clock and waits until the world has done all that came due.
    pub async fn advance(&self, by: Duration) {
        self.api.clock.advance(by);
        self.api.settle().await;
    }

    /// Waits until the world has done all that is due now.
    pub async fn settle(&self) {
        self.api.settle().await;
    }

    /// Cuts every connection and waits until nothing runs any more.
    pub async fn stop(mut self) {
        self.cut_all.send_modify(|n| *n += 1);
        for task in self.tasks.drain(..) {
            task.abort();
            task.await.ok();
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.cut_all.send_modify(|n| *n += 1);
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}
