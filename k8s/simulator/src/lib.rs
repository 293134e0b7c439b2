//! An API server that answers what the portal asks of Kubernetes, with nodes, a scheduler and kubelets that are simulated.
//!
//! `store` holds the objects and their journal; `api` speaks HTTP; `admission` judges writes; `hall` knows the nodes;
//! `world` runs scheduler, kubelets and controllers on one agenda; `faults` breaks things on purpose. What it does like
//! a real cluster, and what it does not, stands in this package's README.

mod admission;
mod api;
mod clock;
mod config;
mod deletion;
mod events;
mod faults;
mod hall;
mod json;
mod kinds;
mod kubelet;
mod logs;
mod quantity;
mod scheduler;
mod simulator;
mod store;
mod uid;
mod world;

pub use self::clock::Clock;
pub use self::config::{Delays, SimulatorConfig};
pub use self::faults::{Fault, FaultKind, Planned, PodTarget, RequestTarget};
pub use self::hall::{GpuPlan, NodePlan, hub, hubs, nodes};
pub use self::kinds::Kind;
pub use self::simulator::Simulator;
