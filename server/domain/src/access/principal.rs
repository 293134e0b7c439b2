//! Who acts: a person, a program with a token and its reach, a worker of ours, or nobody.

use types::{FlavourId, ProjectId, SessionId, StaffRole, TokenId, UserId};

use crate::{Error, Result};

/// Who acts, as the audit and the idempotency records name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// A person, by a session.
    Person {
        /// Who.
        user: UserId,
        /// Signed in how.
        session: SessionId,
        /// From where, for the audit.
        address: String,
        /// By which request, for the audit.
        request: Option<String>,
        /// Set where the staff right counts and not a membership.
        staff: Option<StaffRole>,
    },
    /// Whoever read what was sent to a person's address, once.
    Recipient {
        /// Whose address it is.
        user: UserId,
        /// From where, for the audit.
        address: String,
    },
    /// A program, by a token.
    Token {
        /// Which one.
        token: TokenId,
        /// Whose it is; nothing for a service account's.
        user: Option<UserId>,
        /// From where, for the audit.
        address: String,
        /// By which request, for the audit.
        request: Option<String>,
        /// What it can act on.
        reach: Reach,
    },
    /// One of our own workers.
    Worker(&'static str),
    /// A visitor who only reads what everybody may.
    Nobody,
}

/// What a token can act on beside its permissions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Empty for all.
    pub projects: Vec<ProjectId>,
    /// Empty for all.
    pub flavours: Vec<FlavourId>,
    /// How many units may run at once by it.
    pub most_units: Option<u32>,
}

impl Principal {
    /// The name that commands and audit rows are stored under.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Person { user, .. } | Self::Recipient { user, .. } => user.to_string(),
            Self::Token { token, .. } => token.to_string(),
            Self::Worker(name) => format!("worker:{name}"),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// The person, if it is one.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Person { user, .. } | Self::Recipient { user, .. } => Some(*user),
            Self::Token { user, .. } => *user,
            Self::Worker(_) | Self::Nobody => None,
        }
    }

    /// The token, if a program came with one.
    #[must_use]
    pub fn token(&self) -> Option<TokenId> {
        self.reach().map(|(token, _)| token)
    }

    /// The token and what it can act on; nothing for everybody else, whom permissions alone bind.
    fn reach(&self) -> Option<(TokenId, &Reach)> {
        match self {
            Self::Token { token, reach, .. } => Some((*token, reach)),
            Self::Person { .. } | Self::Recipient { .. } | Self::Worker(_) | Self::Nobody => None,
        }
    }

    /// The projects whose things it sees; nothing for all.
    pub(crate) fn projects(&self) -> Option<&[ProjectId]> {
        self.reach().map(|(_, reach)| reach.projects.as_slice()).filter(|projects| !projects.is_empty())
    }

    /// Whether it sees things of a project.
    pub(crate) fn sees(&self, project: ProjectId) -> bool {
        self.projects().is_none_or(|projects| projects.contains(&project))
    }

    /// Refuses to run a flavour in a project that a token does not reach.
    pub(crate) fn check_reach(&self, project: ProjectId, flavour: FlavourId) -> Result<()> {
        if !self.sees(project) {
            return Err(Error::BeyondToken("project"));
        }
        let flavours = self.reach().map(|(_, reach)| reach.flavours.as_slice()).unwrap_or_default();
        if flavours.is_empty() || flavours.contains(&flavour) { Ok(()) } else { Err(Error::BeyondToken("flavour")) }
    }

    /// The token that may run only so many units at once.
    pub(crate) fn most_units(&self) -> Option<(TokenId, u32)> {
        self.reach().and_then(|(token, reach)| reach.most_units.map(|most| (token, most)))
    }
}
