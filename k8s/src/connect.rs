//! The way to a cluster: which one is said, never guessed, and one client for each patience.

use std::{path::PathBuf, time::Duration};

use jiff::fmt::rfc2822::DateTimeParser;
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};

use types::Timestamp;

use crate::{Error, names::Installation, permit::WRITE_TIMEOUT};

/// How long a connection may take to open.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a watch's connection may be silent: longer than a watch lasts.
const WATCH_SILENCE: Duration = Duration::from_secs(45);

/// Which cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClusterAddress {
    /// The simulator that wrote this kubeconfig.
    Simulator {
        /// The file.
        kubeconfig: PathBuf,
    },
    /// The current context of this kubeconfig.
    Kubeconfig(PathBuf),
    /// The cluster that this process runs in.
    InCluster,
}

/// Why there is no way to the cluster.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The kubeconfig cannot be used.
    #[error("the kubeconfig {path} cannot be used: {source}")]
    Kubeconfig {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: kube::config::KubeconfigError,
    },
    /// This process does not run in a cluster.
    #[error("this process does not run in a cluster: {0}")]
    NotInCluster(#[from] kube::config::InClusterError),
    /// The credentials or the address cannot be used.
    #[error("the cluster's address or credentials cannot be used: {0}")]
    Client(Box<kube::Error>),
}

/// A cluster, as one installation of Tamuda sees it. Connecting sends nothing: a cluster that is away
/// is an outage, not a reason not to start.
#[derive(Clone)]
pub struct Cluster {
    pub(crate) installation: Installation,
    /// For what somebody waits for and for writes: no retries, one short time-out.
    pub(crate) quick: Client,
    /// For watches: silence longer than a watch ends the connection.
    pub(crate) watching: Config,
    /// For streams that may rightly be silent for hours.
    pub(crate) streaming: Client,
}

impl Cluster {
    /// The way to the cluster at `address` for one installation.
    ///
    /// # Errors
    /// When the address cannot be read or its credentials cannot be used.
    pub async fn connect(address: &ClusterAddress, installation: Installation) -> Result<Self, ConnectError> {
        Self::with_config(read(address).await?, installation)
    }

    /// The way to the cluster that `config` names.
    ///
    /// # Errors
    /// When the credentials cannot be used.
    pub fn with_config(mut config: Config, installation: Installation) -> Result<Self, ConnectError> {
        config.default_retry = false;
        config.connect_timeout = Some(CONNECT_TIMEOUT);
        config.reset_reader_on_write = true;
        let patient = |silence| {
            let mut patient = config.clone();
            patient.read_timeout = silence;
            patient
        };
        let client = |config| Client::try_from(config).map_err(|error| ConnectError::Client(Box::new(error)));
        let (quick, streaming) = (client(patient(Some(WRITE_TIMEOUT)))?, client(patient(None))?);
        Ok(Self { installation, quick, streaming, watching: patient(Some(WATCH_SILENCE)) })
    }

    /// Which installation this is.
    #[must_use]
    pub const fn installation(&self) -> &Installation {
        &self.installation
    }

    /// What the API server calls its version.
    ///
    /// # Errors
    /// When it does not answer within 5 s.
    pub async fn version(&self) -> Result<String, Error> {
        within(self.quick.apiserver_version()).await.map(|version| version.git_version)
    }

    /// What the API server's clock says, to the second below; nothing when it does not tell.
    ///
    /// # Errors
    /// When it does not answer within 5 s.
    pub async fn time(&self) -> Result<Option<Timestamp>, Error> {
        let mut request = http::Request::new(kube::client::Body::empty());
        *request.uri_mut() = http::Uri::from_static("/version");
        let answer = within(self.quick.send(request)).await?;
        let date = answer.headers().get(http::header::DATE).and_then(|date| date.to_str().ok());
        Ok(date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok()).map(Timestamp::from))
    }
}

/// The answer of a call that somebody waits for.
pub(crate) async fn within<T>(call: impl Future<Output = kube::Result<T>>) -> Result<T, Error> {
    tokio::time::timeout(WRITE_TIMEOUT, call).await.map_err(|_| Error::TimedOut)?.map_err(Error::from)
}

async fn read(address: &ClusterAddress) -> Result<Config, ConnectError> {
    let (ClusterAddress::Simulator { kubeconfig: path } | ClusterAddress::Kubeconfig(path)) = address else {
        return Ok(Config::incluster()?);
    };
    let wrong = |source| ConnectError::Kubeconfig { path: path.clone(), source };
    let file = Kubeconfig::read_from(path).map_err(wrong)?;
    Config::from_custom_kubeconfig(file, &KubeConfigOptions::default()).await.map_err(wrong)
}
