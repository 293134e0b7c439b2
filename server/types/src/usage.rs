//! What an organisation used in a month and who paid, by group and stretch by stretch.

use serde::{Deserialize, Serialize};

use crate::{
    Currency, FlavourId, IntervalId, Money, PriceId, ProjectId, Timestamp, TokenId, UsedId, UserId, word::words,
};

words! {
    /// What usage is summed by.
    UsageBy {
        /// Shares of the organisation.
        Project = "project",
        /// Whoever launched; programs of the organisation by their token.
        Member = "member",
        /// What was held.
        Flavour = "flavour",
    }
}

/// What was rated of a month of the seller's calendar, as its invoice is made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageMonth {
    /// Which one: `2026-10`.
    pub month: String,
    /// The month before.
    pub before: String,
    /// The month after; nothing while it has not begun.
    pub after: Option<String>,
    /// Its first instant.
    pub started_at: Timestamp,
    /// The first instant after it.
    pub ended_at: Timestamp,
    /// What it is summed by.
    pub by: UsageBy,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The groups, what cost most first.
    pub groups: Vec<UsageGroup>,
    /// All groups together, whatever they are summed by.
    pub total: UsageSum,
}

/// One project, member, token or flavour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageGroup {
    /// The id of the project, member, token or flavour; nothing where nobody wrote down who launched.
    pub id: Option<String>,
    /// What it is called; nothing for somebody who is no member any more.
    pub name: Option<String>,
    /// What was used and who paid.
    pub sum: UsageSum,
}

/// What was used and who paid: `net + tax = granted + wallet`, exact to the micro-unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageSum {
    /// Seconds times units.
    pub unit_seconds: i64,
    /// The price.
    pub net: Money,
    /// The tax on it.
    pub tax: Money,
    /// What grants took off, with the tax that would have been on it.
    pub granted: Money,
    /// What the wallet paid, or still owes, with tax.
    pub wallet: Money,
}

/// A stretch of one instance at one price and one tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageStretch {
    /// The interval that it is of.
    pub interval: IntervalId,
    /// Whose share of the organisation paid.
    pub project: ProjectId,
    /// What the project is called.
    pub project_name: String,
    /// Who launched it; nothing where a program of the organisation did.
    pub member: Option<UserId>,
    /// What they are called; nothing for somebody who is no member any more.
    pub member_name: Option<String>,
    /// The token by which it was launched.
    pub token: Option<TokenId>,
    /// What the token is called.
    pub token_name: Option<String>,
    /// What was held.
    pub flavour: FlavourId,
    /// What the flavour is called.
    pub flavour_name: String,
    /// The instance, or the volume.
    pub instance: UsedId,
    /// What it is called.
    pub instance_name: String,
    /// The first second.
    pub started_at: Timestamp,
    /// The second after the last.
    pub ended_at: Timestamp,
    /// How many units of the flavour.
    pub units: i32,
    /// The price.
    pub price: PriceId,
    /// The price's version.
    pub price_version: i32,
    /// What an hour of one unit costs, net.
    pub per_hour: Money,
    /// What it cost and who paid.
    pub sum: UsageSum,
}
