//! Billing periods: what runs, what can be closed, and what stands in the way.

use serde::{Deserialize, Serialize};

use crate::{ClusterId, InvoiceId, OrganisationId, PeriodId, Timestamp, word::words};

words! {
    /// How near a running period is to its close.
    PeriodState {
        /// Its end has not come.
        Running = "running",
        /// Its end has passed, and not everything before it is known and settled.
        Waiting = "waiting",
        /// It can be closed.
        Ready = "ready",
    }
}

/// A running period of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunningPeriodView {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
    /// The period.
    pub period: PeriodId,
    /// Where it begins.
    pub started_at: Timestamp,
    /// Where it will end on the seller's calendar.
    pub ends_at: Timestamp,
    /// How near it is to its close.
    pub state: PeriodState,
    /// Up to where usage is settled.
    pub settled_through: Timestamp,
    /// The clusters that are not known up to the end.
    pub blockers: Vec<CloseBlocker>,
}

/// A cluster that a close waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseBlocker {
    /// The cluster.
    pub cluster: ClusterId,
    /// What it is called.
    pub name: String,
    /// Up to where its facts are certain.
    pub known_through: Timestamp,
    /// Why it does not move, where that is known.
    pub trouble: Option<String>,
}

/// Which period finance closes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosePeriod {
    /// The running period.
    pub period: PeriodId,
}

/// A cluster that finance no longer waits for: what it has not confirmed of the period is never billed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaiveCluster {
    /// The running period.
    pub period: PeriodId,
    /// The cluster.
    pub cluster: ClusterId,
    /// Why, 3 to 500 characters.
    pub reason: String,
}

/// A period that was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosedPeriodView {
    /// The period.
    pub period: PeriodId,
    /// Where it begins.
    pub started_at: Timestamp,
    /// The first instant after it; the next period begins there.
    pub ended_at: Timestamp,
    /// Its draft; nothing when there is nothing to bill.
    pub invoice: Option<InvoiceId>,
    /// The period that runs now.
    pub next: PeriodId,
}

/// What a waiver did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaiverView {
    /// From where the cluster's facts are not certain.
    pub waived_from: Timestamp,
    /// The end of the period.
    pub waived_through: Timestamp,
    /// Intervals that are no longer billed, in whole or in part.
    pub n_intervals: u64,
}
