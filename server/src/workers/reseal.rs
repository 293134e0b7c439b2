//! Sealing anew, with the first key, what another has sealed. Keys change only when the program starts, so once is enough.

use domain::{
    Clock, Database,
    access::{Job, factors},
    secrets::SecretKeys,
};

const JOB: Job = Job::of("reseal");

/// Does it until nothing is left to do. What cannot be opened is said in the log: whose it is has to set it anew.
pub(crate) async fn reseal(db: &Database, clock: &Clock, keys: &SecretKeys) {
    let mut n_resealed = 0;
    loop {
        match factors::reseal(db, JOB, keys, clock.now()).await {
            Ok(0) => break,
            Ok(n) => n_resealed += n,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                return tracing::error!(error, n_resealed, "stored secrets are not sealed with the first key");
            }
        }
    }
    if n_resealed > 0 {
        tracing::info!(n_resealed, "stored secrets are sealed with the first key now");
    }
}
