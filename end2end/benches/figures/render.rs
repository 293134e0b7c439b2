//! The list of instances rendered again and again from what was read once: a process of its own, so that it has to
//! itself what the portal has. This program starts itself for it.

use std::{env, path::Path, process::Stdio, sync::Arc};

use anyhow::{Context, bail};
use app::{InstanceList, Logs, Page, Room, Screens};
use axum::{Router, extract::State, http::request::Parts, routing::get, serve::ListenerExt};
use domain::{
    Clock, Database, DatabaseUrls,
    access::policy::ReadInstances,
    instances::{LogSource, LogStream, LogTarget, LogWindow},
    secrets::SecretKeys,
};
use end2end::Portal;
use session::{Refused, Settings};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::{Child, Command},
    sync::OnceCell,
};

/// The word that makes this program the renderer.
pub(crate) const WORD: &str = "render-the-list";

/// The running renderer; killed when it is dropped.
pub(crate) struct Renderer {
    _child: Child,
    host: String,
}

impl Renderer {
    /// Starts it on a world's database.
    pub(crate) async fn start(world: &Portal, site: &Path) -> anyhow::Result<Self> {
        let database = world.database();
        let mut command = Command::new(env::current_exe()?);
        command.args([WORD, &database.tenant_url(), &database.staff_url(), &database.worker_url()]).arg(site);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let said = child.stdout.take().context("it has an output")?;
        let host = BufReader::new(said).lines().next_line().await?.context("the renderer did not start")?;
        Ok(Self { _child: child, host })
    }

    /// Where it answers.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

#[derive(Clone)]
struct Kept {
    screens: Screens,
    list: Arc<OnceCell<(Room<ReadInstances>, InstanceList)>>,
}

/// Answers with the list for as long as it runs; what to read is read at the first request.
pub(crate) async fn serve(words: &[String]) -> anyhow::Result<()> {
    let [tenant, staff, worker, site] = words else { bail!("three databases and a site are needed") };
    let urls = DatabaseUrls { tenant: tenant.clone(), staff: staff.clone(), worker: worker.clone() };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let host = listener.local_addr()?.to_string();
    let settings = Settings {
        base_url: format!("http://{host}"),
        trusted_proxies: session::Networks::default(),
        simulated: true,
        staff_need_factor: false,
        mailbox: false,
    };
    let portal = session::Portal {
        db: Database::connect(&urls).await?,
        clock: Clock::System,
        settings: Arc::new(settings),
        providers: Arc::default(),
        keys: SecretKeys::default(),
        cards: None,
    };
    let manifest = std::fs::read_to_string(Path::new(site).join("manifest.json"))?;
    let screens = Screens { portal, site: serde_json::from_str(&manifest)?, logs: Logs(Arc::new(NoLogs)) };
    let router = Router::new()
        .route("/o/{organisation}/instances", get(list))
        .with_state(Kept { screens, list: Arc::default() });
    println!("{host}");
    Ok(axum::serve(listener.tap_io(|connection| drop(connection.set_nodelay(true))), router).await?)
}

async fn list(State(kept): State<Kept>, mut parts: Parts) -> Result<Page, Refused> {
    let read = async || {
        use axum::extract::FromRequestParts;
        let room = Room::<ReadInstances>::from_request_parts(&mut parts, &kept.screens).await?;
        let list = InstanceList::newest(&room).await?;
        Ok::<_, Refused>((room, list))
    };
    let (room, list) = kept.list.get_or_try_init(read).await?;
    Ok(list.clone().page(room))
}

/// No page here shows a log.
struct NoLogs;

impl LogSource for NoLogs {
    fn lines(&self, _: LogTarget, _: LogWindow) -> LogStream {
        Box::pin(futures_util::stream::empty())
    }
}
