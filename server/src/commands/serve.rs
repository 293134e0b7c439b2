//! `tamuda serve`: everything that runs, from the settings to the last answer.

use anyhow::Context;
use domain::{Clock, Database};
use session::{Attempts, Portal, Settings};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::schema;
use crate::{
    config::{ClusterChoice, ServeArguments},
    http::{self, State},
};

/// Serves until TERM or Ctrl-C, then lets running requests end.
pub(crate) async fn serve(settings: ServeArguments) -> anyhow::Result<()> {
    let urls = settings.checked()?;
    schema::up_to_date(&urls.worker).await?;
    let portal = Portal {
        db: Database::connect(&urls).await?,
        clock: Clock::System,
        settings: std::sync::Arc::new(Settings {
            base_url: settings.base_url.as_str().to_owned(),
            trusted_proxies: settings.trusted_proxies.clone(),
            simulated: settings.cluster.cluster == ClusterChoice::Simulator,
        }),
        attempts: Attempts::default(),
    };
    let stop = CancellationToken::new();
    let state = State::new(portal, stop.clone());
    let listener = TcpListener::bind(settings.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", settings.listen))?;
    tracing::info!(address = %listener.local_addr()?, base_url = settings.base_url.as_str(), "serving");
    let ended = tokio::spawn(end_when_asked(stop.clone()));
    let served = http::serve(listener, state, &settings.site, stop.clone()).await;
    stop.cancel();
    ended.abort();
    served
}

/// Cancels `stop` at the first TERM or Ctrl-C.
async fn end_when_asked(stop: CancellationToken) -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    tracing::info!("asked to stop: no new requests, running ones may end");
    stop.cancel();
    Ok(())
}
