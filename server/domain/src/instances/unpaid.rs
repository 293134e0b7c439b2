//! Stopping what runs of an organisation that has not paid for long; whether it has is decided by who asks.

use types::InstanceReason;

use super::{
    change::stop_in,
    entity::{self, Instance},
    settle_wish,
};
use crate::{Result, Tx};

/// What runs of an organisation; nobody else changes it until the transaction ends.
#[derive(Debug)]
pub(crate) struct Running {
    instances: Vec<Instance>,
}

/// Locks what runs of the transaction's organisation.
pub(crate) async fn lock_running_in(tx: &Tx) -> Result<Running> {
    let sql = format!(
        "SELECT {} FROM instance WHERE organisation_id = $1 AND wish = 'running' ORDER BY id FOR NO KEY UPDATE",
        entity::COLUMNS
    );
    Ok(Running { instances: tx.all(&sql, [tx.organisation.into()]).await? })
}

/// Stops all of it, and moves the timers; what it is called.
pub(crate) async fn stop_unpaid_in(tx: &Tx, running: &Running) -> Result<Vec<String>> {
    for instance in &running.instances {
        stop_in(tx, instance, InstanceReason::PaymentOverdue, None).await?;
    }
    settle_wish::move_timers_in(tx).await?;
    Ok(running.instances.iter().map(|instance| instance.name.clone()).collect())
}
