//! Finalises the drafts of runs that go on, one after the other. Every replica does: a draft belongs to who took it.

use std::time::Duration;

use domain::{Clock, Database, access::Job, invoices};

const JOB: Job = Job::of("finalise-all");
/// How often is looked when there was nothing.
const LOOK_EACH: Duration = Duration::from_secs(1);

/// Does it until it is dropped.
pub(crate) async fn finalise(db: &Database, clock: &Clock) {
    loop {
        match invoices::finalise_next(db, JOB, clock.now()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "a draft waits"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}
