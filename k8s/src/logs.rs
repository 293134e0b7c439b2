//! What an instance's container writes, as it writes it.

use futures_util::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, Stream, stream};
use k8s_openapi::api::core::v1::Pod;
use kube::{Api, api::LogParams};
use types::{InstanceId, OrganisationId, Timestamp};

use crate::{
    Error,
    connect::{Cluster, within},
    names,
    objects::CONTAINER,
};

/// Bytes of a line that are shown as one.
const LONGEST_LINE: u64 = 64 * 1024;

/// Which lines are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogsWanted {
    /// Whose instance.
    pub organisation: OrganisationId,
    /// Which instance.
    pub instance: InstanceId,
    /// Which attempt of it.
    pub attempt: i32,
    /// Lines from the end; all when none is said.
    pub tail: Option<i64>,
    /// Whether to go on with what is written from now on.
    pub follow: bool,
    /// The container before the one that runs now.
    pub previous: bool,
}

/// One line of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When the node read it; none when the node did not say.
    pub at: Option<Timestamp>,
    /// The line without its end; what is not UTF-8 is replaced.
    pub text: String,
}

impl Cluster {
    /// The lines of an attempt's container. The stream ends with the container, or when the cluster cuts it.
    ///
    /// # Errors
    /// When there is no such pod, it has not started, or the cluster does not answer within 5 s.
    pub async fn logs(
        &self,
        wanted: LogsWanted,
    ) -> Result<impl Stream<Item = Result<LogLine, std::io::Error>> + Send + use<>, Error> {
        let pods: Api<Pod> = Api::namespaced(self.streaming.clone(), &names::namespace(wanted.organisation));
        let params = LogParams {
            container: Some(CONTAINER.to_owned()),
            follow: wanted.follow,
            previous: wanted.previous,
            tail_lines: wanted.tail,
            timestamps: true,
            ..LogParams::default()
        };
        let name = names::pod(wanted.instance, wanted.attempt);
        let bytes = within(pods.log_stream(&name, &params)).await?;
        Ok(stream::try_unfold(Box::pin(bytes), |mut bytes| async move {
            Ok(next_line(&mut bytes).await?.map(|line| (read(&line), bytes)))
        }))
    }
}

/// The next line without its end; a line that is longer than memory should bear comes in pieces.
async fn next_line(bytes: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    bytes.take(LONGEST_LINE).read_until(b'\n', &mut line).await?;
    if line.is_empty() {
        return Ok(None);
    }
    line.pop_if(|last| *last == b'\n');
    Ok(Some(line))
}

fn read(line: &[u8]) -> LogLine {
    let line = String::from_utf8_lossy(line);
    let line = line.strip_suffix('\r').unwrap_or(&line);
    let stamped = line.split_once(' ').unwrap_or((line, ""));
    match stamped.0.parse() {
        Ok(at) => LogLine { at: Some(at), text: stamped.1.to_owned() },
        Err(_) => LogLine { at: None, text: line.to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_its_time_and_its_text() {
        let line = read(b"2026-11-01T00:00:00.5Z epoch 1, loss 0.5\r");
        assert_eq!(line.at, "2026-11-01T00:00:00.5Z".parse().ok());
        assert_eq!(line.text, "epoch 1, loss 0.5");
    }

    #[test]
    fn what_has_no_time_or_is_not_text_is_kept_as_well_as_can_be() {
        assert_eq!(read(b"no time here"), LogLine { at: None, text: "no time here".into() });
        assert_eq!(read(b"2026-11-01T00:00:00Z").text, "");
        assert_eq!(read(b"\xff\xfe"), LogLine { at: None, text: "\u{fffd}\u{fffd}".into() });
    }
}
