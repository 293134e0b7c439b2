//! What this crate promises, on whatever answers as a Kubernetes API: the simulator, and later the real
//! control plane under the same tests.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

mod collecting;
mod failing;
mod launching;
mod mounted;
mod observing;
mod peer;
mod trouble;
mod volumes;
mod world;
