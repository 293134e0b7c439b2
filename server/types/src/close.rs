//! The close of a month and the finalisation of all its drafts at once.

use serde::{Deserialize, Serialize};

use crate::{Currency, FinaliseRunId, InvoiceId, Money, OrganisationId, Refusal, ReviewReason, Timestamp, word::words};

words! {
    /// What a month's close asks for; each is counted from the database.
    CloseCheck {
        /// Every cluster is known up to the month's end, or waived.
        Clusters = "clusters",
        /// Every period that began before the month's end is closed.
        Periods = "periods",
        /// Every closed period with something to bill has its draft.
        Drafted = "drafted",
        /// Every reason to look at a draft was looked at.
        Review = "review",
        /// No line of a bank's statement up to the month's end waits.
        Bank = "bank",
        /// The provider of payments and we agree.
        Provider = "provider",
        /// Every draft is finalised.
        Drafts = "drafts",
        /// The trial balance is zero and the balances are what the ledger sums up to.
        Balance = "balance",
        /// Nothing else that is checked breaks its rule.
        Rules = "rules",
    }
}

words! {
    /// How a month stands.
    MonthState {
        /// It is not over.
        Running = "running",
        /// It is over, and nobody has opened its close.
        Unopened = "unopened",
        /// Its close is open.
        Open = "open",
        /// Nothing is booked in it any more.
        Closed = "closed",
    }
}

words! {
    /// How the finalisation of a month's drafts stands.
    FinaliseRunState {
        /// Somebody works at it.
        Running = "running",
        /// A person stopped it.
        Stopped = "stopped",
        /// Every draft was reached.
        Ended = "ended",
    }
}

words! {
    /// What became of one draft.
    FinaliseItemState {
        /// It was not reached yet.
        Waiting = "waiting",
        /// It is finalised.
        Done = "done",
        /// It could not be.
        Failed = "failed",
        /// It has reasons that nobody has looked at.
        Left = "left",
    }
}

/// One line of a month's checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseLine {
    /// What is asked for.
    pub check: CloseCheck,
    /// Whether it holds.
    pub is_done: bool,
    /// How many things stand in the way.
    pub n_open: i64,
    /// The screen where they are mended.
    pub mended_at: String,
}

/// A month among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthSummary {
    /// 2026-10, on the seller's calendar.
    pub month: String,
    /// Its first instant.
    pub started_at: Timestamp,
    /// The first instant after it.
    pub ended_at: Timestamp,
    /// How it stands.
    pub state: MonthState,
    /// Who opened its close.
    pub opened_by: Option<String>,
    /// When.
    pub opened_at: Option<Timestamp>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// When.
    pub closed_at: Option<Timestamp>,
}

/// A month with its checklist: as it is now, or of a closed month as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthCloseView {
    /// The month.
    pub month: MonthSummary,
    /// Its lines, in the order of the work.
    pub lines: Vec<CloseLine>,
    /// Lines that hold.
    pub n_done: u32,
}

/// Which month's close finance opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenMonth {
    /// 2026-10, on the seller's calendar.
    pub month: String,
}

/// Which drafts of a month are finalised: those that ended by its end and need no look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct FinaliseAll {
    /// Those in this currency alone.
    pub currency: Option<Currency>,
}

/// A finalisation of many drafts, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FinaliseRunView {
    /// Its id.
    pub id: FinaliseRunId,
    /// The month.
    pub month: String,
    /// The currency that was asked for.
    pub currency: Option<Currency>,
    /// How it stands.
    pub state: FinaliseRunState,
    /// All drafts of the month, when it was asked for.
    pub n_drafts: i64,
    /// Those that are finalised.
    pub n_done: i64,
    /// Those that could not be.
    pub n_failed: i64,
    /// Those that were left since they need a look.
    pub n_left: i64,
    /// Those that were not reached yet.
    pub n_waiting: i64,
    /// Who asked for it.
    pub asked_by: Option<String>,
    /// When.
    pub asked_at: Timestamp,
    /// Who stopped it.
    pub stopped_by: Option<String>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// What failed and what was left, in the order of the work; at most 200.
    pub for_people: Vec<FinaliseItemView>,
}

/// A draft of a run that a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FinaliseItemView {
    /// The draft.
    pub invoice: InvoiceId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
    /// What became of it.
    pub state: FinaliseItemState,
    /// What it came to when it was asked for.
    pub total: Money,
    /// Why to look, where it was left.
    pub reasons: Vec<ReviewReason>,
    /// Why it could not be finalised, where it failed.
    pub refusal: Option<Refusal>,
}

/// Says that the reasons to look at a draft were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookAtDraft {
    /// What was found, 1 to 500 characters.
    pub reason: String,
}

/// A look at a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftLookView {
    /// The draft.
    pub invoice: InvoiceId,
    /// The reasons that it had.
    pub reasons: Vec<ReviewReason>,
    /// What was found.
    pub note: String,
    /// When.
    pub looked_at: Timestamp,
}

impl CloseCheck {
    /// The screen where what stands in the way is mended; of what only the ledger shows, the books.
    #[must_use]
    pub const fn mended_at(self) -> &'static str {
        match self {
            Self::Clusters | Self::Periods | Self::Drafted => "/staff/billing",
            Self::Review | Self::Drafts => "/staff/billing?status=draft",
            Self::Bank => "/staff/bank",
            Self::Provider => "/staff/findings",
            Self::Balance | Self::Rules => "/staff/books",
        }
    }
}

impl FinaliseRunView {
    /// How much of it is over, in thousandths.
    #[must_use]
    pub fn share(&self) -> i64 {
        if self.n_drafts == 0 { 1000 } else { (self.n_drafts - self.n_waiting) * 1000 / self.n_drafts }
    }
}
