//! Whether somebody asked this run to end: Ctrl-C, TERM, or a terminal that closed.

use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};

static ASKED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// How often waiting loops look up.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// The error of work that was given up because somebody asked.
#[derive(Debug)]
pub(crate) struct Stopped;

impl std::fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

/// From now on the signals are remembered instead of ending this process at once.
pub(crate) fn listen() -> anyhow::Result<()> {
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        flag::register(signal, Arc::clone(&ASKED))?;
    }
    Ok(())
}

/// Has anybody asked?
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Fails once somebody has asked.
pub(crate) fn check() -> anyhow::Result<()> {
    if asked() { Err(Stopped.into()) } else { Ok(()) }
}

/// Waits until `condition` holds; false when `limit` passed before, an error when somebody asked to stop.
pub(crate) fn wait_until(limit: Duration, mut condition: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<bool> {
    let start = Instant::now();
    loop {
        check()?;
        if condition()? {
            return Ok(true);
        }
        if start.elapsed() > limit {
            return Ok(false);
        }
        thread::sleep(TICK);
    }
}
