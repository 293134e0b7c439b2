//! Requests and views of budgets: what an organisation, a project, a member or a token may spend.

use serde::{Deserialize, Serialize};

use crate::{BudgetId, Money, OrganisationId, ProjectId, Timestamp, TokenId, UserId, word::words};

words! {
    /// Over which time a budget counts.
    BudgetWindow {
        /// The month of the hub's calendar; each begins at zero.
        Month = "month",
        /// From when it was set, without an end.
        Total = "total",
    }
}

/// Whose spending a budget limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum BudgetSubject {
    /// Everything that is launched in an organisation: its spending limit.
    Organisation(OrganisationId),
    /// Everything that is launched in a project.
    Project(ProjectId),
    /// Everything that a member launches.
    Member(UserId),
    /// Everything that a token launches.
    Token(TokenId),
}

impl BudgetSubject {
    /// What it is: the word on the wire and in SQL.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Organisation(_) => "organisation",
            Self::Project(_) => "project",
            Self::Member(_) => "member",
            Self::Token(_) => "token",
        }
    }

    /// What SQL stores of it beside the kind.
    #[must_use]
    pub const fn uuid(self) -> uuid::Uuid {
        match self {
            Self::Organisation(id) => id.uuid(),
            Self::Project(id) => id.uuid(),
            Self::Member(id) => id.uuid(),
            Self::Token(id) => id.uuid(),
        }
    }
}

/// A budget, and how far it is used. All amounts are gross, whoever pays them: a lot's use counts like the wallet's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BudgetView {
    /// Its id.
    pub id: BudgetId,
    /// Whose spending it limits.
    pub subject: BudgetSubject,
    /// What that is called.
    pub name: String,
    /// Over which time it counts.
    pub window: BudgetWindow,
    /// Where the organisation gets a letter.
    pub alert: Money,
    /// Where launches are refused and what runs is stopped.
    pub ceiling: Money,
    /// What usage up to the last settlement cost in this window.
    pub spent: Money,
    /// What is set aside for usage since then and for the time ahead.
    pub held: Money,
    /// Since when `spent` counts.
    pub since: Timestamp,
}

impl BudgetView {
    /// What a launch may still take.
    #[must_use]
    pub fn left(&self) -> Money {
        let left = self.ceiling.micros.saturating_sub(self.spent.micros).saturating_sub(self.held.micros);
        Money { micros: left.max(0), currency: self.ceiling.currency }
    }
}

/// Asks to limit what a project or a member may spend; of two for the same one the later counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetBudget {
    /// Whose spending; a token's is said when the token is made, the organisation's own by its spending limit.
    pub subject: BudgetSubject,
    /// Over which time.
    pub window: BudgetWindow,
    /// Gross, in the organisation's currency.
    pub ceiling: Money,
    /// Gross, at most the ceiling; four fifths of it where nothing is said.
    #[serde(default)]
    pub alert: Option<Money>,
}

/// Asks to limit what an organisation may spend in each month of the hub's calendar; of two the later counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetSpendingLimit {
    /// Gross, in the organisation's currency.
    pub ceiling: Money,
    /// Gross, at most the ceiling; four fifths of it where nothing is said.
    #[serde(default)]
    pub alert: Option<Money>,
}

/// What an organisation may spend in a month, if it has said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpendingLimit {
    /// The limit, and how far it is used; nothing where only the wallet limits it.
    pub limit: Option<BudgetView>,
}
