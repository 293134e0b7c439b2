//! Instances: what an organisation wishes of each, and how far the cluster has come.
//!
//! A person's request writes the wish and returns; the reconciler reads it as `types::InstanceWish` and makes it true.
//! What the cluster shows comes back as sightings, which move phase and reason here and the seconds in `metering`.
//! The last wish wins: each has a number of one sequence, and what comes for an older one is not heard.

mod change;
mod entity;
mod expire;
mod launch;
mod limits;
mod logs;
mod observe;
mod outcome;
mod phases;
mod read;
mod rules;
mod seen;
mod settle_wish;
mod unpaid;
mod waiting;
mod wishes;

pub(crate) use self::{
    change::delete_all_in,
    entity::next_wish_seq_in,
    settle_wish::move_timers_in,
    unpaid::{Running, lock_running_in, stop_unpaid_in},
};
pub use self::{
    change::{delete_instance, restart_instance, start_instance, stop_for_credit, stop_instance, undo_delete},
    expire::expire_deadlines,
    launch::launch_instance,
    limits::mind_budgets,
    logs::{LogSource, LogStream, LogTarget, LogTrouble, LogWindow, read_logs},
    outcome::{record_namespace, record_outcome},
    phases::READY_WITHIN_S,
    read::{count_in, instance_in, list_instances_in},
    seen::{record_seen, record_what_can_be},
    waiting::{namespace_in, untaken_in, untaken_namespaces_in},
    wishes::{Awake, Wished, awake_in, namespaces_in, wish_of_in},
};
