//! The port to logs, over the cluster itself: the one thing that is not read from rows.

use domain::instances::{LogSource, LogStream, LogTarget, LogTrouble, LogWindow};
use futures_util::{StreamExt, TryStreamExt, future, stream};
use k8s::LogsWanted;
use types::LogLine;

/// Logs of the one cluster that this process is connected to.
#[derive(Clone)]
pub struct ClusterLogs(k8s::Cluster);

impl ClusterLogs {
    pub(super) fn new(cluster: k8s::Cluster) -> Self {
        Self(cluster)
    }
}

impl LogSource for ClusterLogs {
    fn lines(&self, of: LogTarget, window: LogWindow) -> LogStream {
        let cluster = self.0.clone();
        let opened = async move { cluster.logs(wanted(of, window)).await.map_err(|error| trouble(&error)) };
        let lines = stream::once(opened)
            .map_ok(|lines| {
                lines.map_ok(|line| LogLine { at: line.at, text: line.text }).map_err(|_| LogTrouble::Unreachable)
            })
            .try_flatten();
        let since = window.since;
        let recent = move |line: &LogLine| since.is_none_or(|since| line.at.is_none_or(|at| at >= since));
        Box::pin(lines.try_filter(move |line| future::ready(recent(line))).boxed())
    }
}

fn wanted(of: LogTarget, window: LogWindow) -> LogsWanted {
    LogsWanted {
        organisation: of.organisation,
        instance: of.instance,
        attempt: of.attempt,
        tail: window.last.map(i64::from),
        follow: window.follow,
        previous: false,
    }
}

/// A pod that is not there or has not started has no log; everything else is the cluster's silence.
fn trouble(error: &k8s::Error) -> LogTrouble {
    if matches!(error, k8s::Error::Refused(_)) { LogTrouble::NoContainer } else { LogTrouble::Unreachable }
}
