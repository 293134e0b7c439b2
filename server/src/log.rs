//! Structured logs on stderr: for people in development, one JSON object a line in production.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Begins to log; `TAMUDA_LOG` chooses what, as `info,domain=debug`.
pub(crate) fn begin(format: LogFormat) {
    let filter = EnvFilter::try_from_env(crate::config::LOG_FILTER).unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let begun = match format {
        LogFormat::Text => {
            let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            logs.with_ansi(colours).try_init()
        }
        LogFormat::Json => logs.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
    };
    // In tests the first portal of the process began already.
    drop(begun);
}
