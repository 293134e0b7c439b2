//! The ladder: what becomes of an organisation that does not pay what is due, step by step, each with its day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Money, OrganisationId, Timestamp, word::words};

words! {
    /// A step of the ladder, in the order in which they come.
    DunningStep {
        /// The first letter: it may have been forgotten.
        FirstLetter = "first_letter",
        /// The second letter.
        SecondLetter = "second_letter",
        /// The last letter before anything is refused.
        LastLetter = "last_letter",
        /// Nothing new starts.
        Refused = "refused",
        /// What ran is stopped.
        Stopped = "stopped",
    }
}

impl DunningStep {
    /// How many days after the day on which it was due.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::FirstLetter => 1,
            Self::SecondLetter => 7,
            Self::LastLetter => 14,
            Self::Refused => 21,
            Self::Stopped => 30,
        }
    }
}

/// A step as an organisation reads it: as published, and in its own case with its instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DunningRung {
    /// Which one.
    pub step: DunningStep,
    /// How many days after the day on which it was due, at the earliest.
    pub days: i64,
    /// Whether it was taken.
    pub is_taken: bool,
    /// When it was taken, or will be where nothing is paid; nothing where nothing is overdue.
    pub at: Option<Timestamp>,
}

/// What an organisation has not paid in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverdueView {
    /// How much of what it owes is overdue.
    pub amount: Money,
    /// The day on which the oldest part of it was due, on the hub's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub due_on: Date,
    /// The last step that was taken; nothing before the first.
    pub step: Option<DunningStep>,
    /// Whether nothing new starts now.
    pub refuses_launches: bool,
    /// Until when finance has let the ladder rest; nothing where it goes on.
    pub paused_until: Option<Timestamp>,
}

/// The ladder as it is published, and how far an organisation stands on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DunningView {
    /// What is overdue; nothing where all that was due is paid.
    pub overdue: Option<OverdueView>,
    /// All steps, in their order.
    pub rungs: Vec<DunningRung>,
}

/// An organisation with something overdue, as finance sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DunningCase {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
    /// How much was overdue when it was looked at last.
    pub amount: Money,
    /// The day on which the oldest part of it was due, on the hub's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub due_on: Date,
    /// The last step that was taken; nothing before the first.
    pub step: Option<DunningStep>,
    /// When it is looked at next, and the next step taken where its day has come.
    pub next_at: Timestamp,
    /// Until when the ladder rests; nothing where it goes on.
    pub paused_until: Option<Timestamp>,
    /// Why it rests.
    pub pause_reason: Option<String>,
    /// Who let it rest.
    pub paused_by: Option<String>,
}

/// Asks to let an organisation's ladder rest: no step is taken and no start is refused because of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PauseDunning {
    /// The day on which it goes on, on the hub's calendar: later than today, and within 90 days.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Date,
    /// Why, 1 to 500 characters: who promised what.
    pub reason: String,
}

/// Asks to let an organisation's ladder go on before the end of its pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResumeDunning {
    /// Why, 1 to 500 characters.
    pub reason: String,
}
