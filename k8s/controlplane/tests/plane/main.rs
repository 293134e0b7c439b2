//! The suite's promises on a real control plane, and what only a real one can show. Its containers are kwok's: see
//! `k8s/controlplane`.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

mod access;
mod admission;
#[path = "../../../tests/suite/collecting.rs"]
mod collecting;
#[path = "../../../tests/suite/failing.rs"]
mod failing;
mod faults;
#[path = "../../../tests/suite/launching.rs"]
mod launching;
#[path = "../../../tests/suite/observing.rs"]
mod observing;
mod peer;
mod proxy;
#[path = "../../../tests/suite/trouble.rs"]
mod trouble;
#[path = "../../../tests/suite/volumes.rs"]
mod volumes;
#[path = "../../../tests/suite/world.rs"]
mod world;
