//! The port to an instance's log: the one thing that is read from the cluster itself and not from rows.

use std::pin::Pin;

use futures_util::Stream;
use types::{ClusterId, InstanceId, LogLine, OrganisationId, Timestamp};

use super::entity;
use crate::{
    Error, Result, Tx,
    access::{Scope, policy::ReadLogs},
};

/// Whose log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogTarget {
    /// The cluster where it runs.
    pub cluster: ClusterId,
    /// Whose instance.
    pub organisation: OrganisationId,
    /// Which instance.
    pub instance: InstanceId,
    /// Which attempt's pod.
    pub attempt: i32,
}

/// Which part of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogWindow {
    /// Lines written at this instant or later; nothing means from the beginning.
    pub since: Option<Timestamp>,
    /// Only so many of the last lines.
    pub last: Option<u32>,
    /// Whether lines that are still to be written follow.
    pub follow: bool,
}

/// Why a log cannot be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogTrouble {
    /// There is no container yet, or no longer.
    #[error("there is no container to read from")]
    NoContainer,
    /// The cluster or the node does not answer.
    #[error("the cluster does not answer")]
    Unreachable,
}

/// Lines in the order in which they were written; ends after the first trouble.
pub type LogStream = Pin<Box<dyn Stream<Item = std::result::Result<LogLine, LogTrouble>> + Send>>;

/// Reads logs from the cluster; implemented where the cluster is known.
pub trait LogSource: Send + Sync {
    /// The lines of one pod's container.
    fn lines(&self, of: LogTarget, window: LogWindow) -> LogStream;
}

/// The log of an instance's present attempt.
///
/// The transaction may end before the stream does: who reads long checks membership again meanwhile.
///
/// # Errors
/// `NotFound` for another organisation's instance as for one that never was.
pub async fn read_logs(
    tx: &Tx,
    scope: &Scope<ReadLogs>,
    source: &dyn LogSource,
    instance: InstanceId,
    window: LogWindow,
) -> Result<LogStream> {
    tx.admits(scope)?;
    let row = entity::find_in(tx, instance).await?.ok_or(Error::NotFound)?;
    let of = LogTarget { cluster: row.cluster_id, organisation: row.organisation_id, instance, attempt: row.attempt };
    Ok(source.lines(of, window))
}
