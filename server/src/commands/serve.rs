//! `tamuda serve`: everything that runs, from the settings to the last answer.

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context, ensure};
use app::{Logs, Screens, Site};
use domain::{Clock, Database};
use k8s::ClusterAddress;
use openid::Providers;
use session::{Cards, Portal, Settings};
use stripe_gateway::{Stripe, WebhookSecrets};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::schema;
use crate::{
    config::{ClusterArguments, ClusterChoice, Mode, ServeArguments},
    http::{self, State, events::Hinter},
    mail::Post,
    workers::{
        cluster::ClusterWork, draw_documents::draw_documents, finalise::finalise, keep_cards::keep_cards,
        reseal::reseal, send_mail::send_mail, take_payments::take_payments,
    },
};

/// Serves until TERM or Ctrl-C, then lets running requests end.
pub(crate) async fn serve(settings: ServeArguments) -> anyhow::Result<()> {
    let urls = settings.checked()?;
    schema::up_to_date(&urls.worker).await?;
    let post = Post::chosen(&settings.mail, settings.mode, settings.base_url.as_str())?;
    let portal = portal(&settings, post.as_ref(), Database::connect(&urls).await?)?;
    let (db, clock, stop, hinter) =
        (portal.db.clone(), portal.clock.clone(), CancellationToken::new(), Hinter::default());
    let cluster = &settings.cluster;
    let cluster = ClusterWork::connect(db, clock, &address(cluster), &cluster.cluster_name, hinter.clone()).await?;
    let screens = Screens { portal: portal.clone(), site: site(&settings.site)?, logs: Logs(Arc::new(cluster.logs())) };
    let webhooks = settings.stripe.webhook_secrets()?.map(|secrets| WebhookSecrets::parse(secrets.reveal()));
    ensure!(
        webhooks.as_ref().is_none_or(|secrets| !secrets.is_empty()),
        "TAMUDA_STRIPE_WEBHOOK_SECRETS holds no secret"
    );
    let state = State::new(screens, hinter, stop.clone()).hearing(webhooks);
    let listener = TcpListener::bind(settings.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", settings.listen))?;
    tracing::info!(address = %listener.local_addr()?, base_url = settings.base_url.as_str(), "serving");
    let ended = tokio::spawn(end_when_asked(stop.clone()));
    let serving = http::serve(listener, state, &settings.site, stop.clone());
    let aside = async {
        tokio::join!(
            reseal(&portal.db, &portal.clock, &portal.keys),
            sending(&portal, post),
            paying(&portal),
            finalise(&portal.db, &portal.clock),
            draw_documents(&portal.db, &portal.clock),
        );
    };
    let working = work(cluster, aside, settings.no_workers, stop.clone());
    // Each is waited for: a leader that is not let finish does not give its lead up, and the next one waits for it.
    let (served, worked) = tokio::join!(ending_all(&stop, serving), ending_all(&stop, working));
    ended.abort();
    worked.and(served)
}

/// Ends everything with the first part that ends: workers end before the program only with a reason, and then the
/// program must not seem well.
async fn ending_all(stop: &CancellationToken, part: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let outcome = part.await;
    stop.cancel();
    outcome
}

/// Leads whenever nobody else does, and sends letters; a process without workers only waits for its end.
async fn work(
    cluster: ClusterWork,
    sending: impl Future<Output = ()>,
    no_workers: bool,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    if !no_workers {
        let leading = cluster.run(stop.clone());
        tokio::pin!(leading);
        tokio::select! {
            led = &mut leading => led?,
            () = sending => leading.await?,
        }
    }
    stop.cancelled().await;
    Ok(())
}

/// Sends letters for ever; without a mail server they wait, and the log says so once.
async fn sending(portal: &Portal, post: Option<Post>) {
    match post {
        Some(post) => {
            send_mail(portal.db.clone(), portal.clock.clone(), post, portal.settings.base_url.clone()).await;
        }
        None => tracing::warn!("letters wait: there is no mail server, set TAMUDA_MAIL_URL"),
    }
}

/// Minds payments by card for ever, where the hub takes cards.
async fn paying(portal: &Portal) {
    if let Some(Cards(gateway)) = &portal.cards {
        let (db, clock) = (&portal.db, &portal.clock);
        tokio::join!(take_payments(db, clock, &**gateway), keep_cards(db, clock, &**gateway));
    }
}

/// Who takes cards; nobody without a key.
fn cards(settings: &ServeArguments) -> anyhow::Result<Option<Cards>> {
    let Some(key) = settings.stripe.key(settings.mode)? else { return Ok(None) };
    let stripe = Stripe::new(key.reveal(), settings.stripe.stripe_url.as_deref(), settings.base_url.as_str());
    Ok(Some(Cards(Arc::new(stripe.context("TAMUDA_STRIPE_KEY or TAMUDA_STRIPE_URL")?))))
}

/// Where people may sign in besides; nowhere without the file that says so.
fn providers(settings: &ServeArguments) -> anyhow::Result<Providers> {
    let Some(path) = &settings.sign_in_providers else { return Ok(Providers::default()) };
    Providers::read(path, settings.mode == Mode::Development).context("TAMUDA_SIGN_IN_PROVIDERS")
}

fn portal(settings: &ServeArguments, post: Option<&Post>, db: Database) -> anyhow::Result<Portal> {
    let (providers, keys, cards) = (Arc::new(providers(settings)?), settings.keys()?, cards(settings)?);
    let mailbox = matches!(post, Some(Post::Mailbox));
    let simulated = settings.cluster.cluster == ClusterChoice::Simulator;
    let settings = Settings {
        base_url: settings.base_url.as_str().to_owned(),
        trusted_proxies: settings.trusted_proxies.clone(),
        simulated,
        staff_need_factor: settings.mode == Mode::Production,
        mailbox,
    };
    Ok(Portal { db, clock: Clock::System, settings: Arc::new(settings), providers, keys, cards })
}

/// How `k8s` names the cluster that was chosen.
pub(super) fn address(of: &ClusterArguments) -> ClusterAddress {
    match &of.cluster {
        ClusterChoice::Simulator => ClusterAddress::Simulator { kubeconfig: of.simulator_kubeconfig.clone() },
        ClusterChoice::Kubeconfig(path) => ClusterAddress::Kubeconfig(path.clone()),
        ClusterChoice::InCluster => ClusterAddress::InCluster,
    }
}

/// The addresses of the built files.
fn site(folder: &Path) -> anyhow::Result<Site> {
    let path = folder.join("manifest.json");
    let text = fs::read_to_string(&path);
    let text =
        text.with_context(|| format!("cannot read {}: build the site with `cargo xtask build`", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))
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
