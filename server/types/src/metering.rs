//! Views of attempts, their stations and their seconds.

use serde::{Deserialize, Serialize};

use crate::{IntervalId, IntervalReason, LeaseId, Phase, Timestamp};

/// One attempt of an instance: a lease.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptView {
    /// Its lease.
    pub lease: LeaseId,
    /// Which one, from 1.
    pub attempt: u32,
    /// The node that it was given.
    pub node: Option<String>,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The stations that it passed, in their order, by the cluster's own times.
    pub stations: Vec<StationView>,
    /// Its seconds, oldest first, billed or not; at most the last 500 stretches.
    pub intervals: Vec<IntervalView>,
}

/// A station on the way to running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationView {
    /// Which one.
    pub phase: Phase,
    /// When it was reached.
    pub at: Timestamp,
}

/// A stretch of a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IntervalView {
    /// Its id.
    pub id: IntervalId,
    /// Its first second.
    pub started_at: Timestamp,
    /// The second after its last; nothing while it goes on.
    pub ended_at: Option<Timestamp>,
    /// Whether it is billed.
    pub billable: bool,
    /// Why it is not.
    pub reason: Option<IntervalReason>,
}

/// What an organisation held on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageDay {
    /// Its first second on the seller's calendar.
    pub started_at: Timestamp,
    /// Units times seconds that are billed.
    pub billed_unit_s: i64,
    /// Units times seconds that are not.
    pub unbilled_unit_s: i64,
}
