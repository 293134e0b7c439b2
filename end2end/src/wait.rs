//! Waiting for what comes in its own time.

use std::time::{Duration, Instant};

use tokio::time::sleep;

/// A loaded machine gets this long before a journey gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// Tries until it succeeds, or gives the last error when patience ends.
pub(crate) async fn until<T>(attempt: impl AsyncFnMut() -> anyhow::Result<T>) -> anyhow::Result<T> {
    until_within(PATIENCE, attempt).await
}

/// Tries until it succeeds, or gives the last error when this patience ends.
pub async fn until_within<T>(
    patience: Duration,
    mut attempt: impl AsyncFnMut() -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let start = Instant::now();
    loop {
        match attempt().await {
            Err(error) if start.elapsed() > patience => return Err(error),
            Err(_) => sleep(Duration::from_millis(20)).await,
            Ok(found) => return Ok(found),
        }
    }
}
