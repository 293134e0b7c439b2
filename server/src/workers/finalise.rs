//! Finalises the drafts of runs that go on. Every replica does: a draft belongs to who took it.

use std::time::Duration;

use domain::{Clock, Database, access::Job, invoices};

const JOB: Job = Job::of("finalise-all");
/// So many drafts are read at a time.
const MOST: usize = 64;
/// How often is looked when there was nothing.
const LOOK_EACH: Duration = Duration::from_secs(1);

/// Does it until it is dropped.
pub(crate) async fn finalise(db: &Database, clock: &Clock) {
    loop {
        match invoices::finalise_some(db, JOB, MOST, clock.now()).await {
            Ok(1..) => continue,
            Ok(0) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "a draft waits"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}
