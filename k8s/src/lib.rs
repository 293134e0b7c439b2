//! The cluster: what should run is applied, what runs is observed.
//! Knows ids and wishes from `types`; rules, rows and money are the domain's.

mod carry_out;
mod catalogue;
mod collect;
mod connect;
mod error;
mod logs;
mod names;
mod objects;
mod observe;
mod permit;
mod plan;
mod quantity;
mod queue;
mod see;

pub use carry_out::at_rest;
pub use catalogue::{Catalogue, RefusedNode, catalogue};
pub use collect::{Collector, Managed, ManagedPod, Orphan, Verdict, database_is_older, judge};
pub use connect::{Cluster, ClusterAddress, ConnectError};
pub use error::Error;
pub use logs::{LogLine, LogsWanted};
pub use names::{Installation, NotAnInstallation};
pub use observe::{Freshness, Observed, observe};
pub use permit::Permit;
pub use plan::{Action, InstanceSeen, plan, plan_volume};
pub use queue::{Cause, Next, Queue, Worker};

/// The field manager of every object that Tamuda writes.
pub const FIELD_MANAGER: &str = "tamuda";
