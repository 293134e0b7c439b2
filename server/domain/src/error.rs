//! What can go wrong, as facts. How it is said to people stands in the messages, not here.

mod constraints;

use types::{Code, Money, Refusal};

/// A refusal or a failure of a use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The organisation would hold more units of a flavour than it may.
    #[error("asked for {asked} of {flavour} with {left} left of the quota of {quota}")]
    QuotaExceeded {
        /// The flavour's name.
        flavour: String,
        /// Units asked for.
        asked: u32,
        /// Units left.
        left: u32,
        /// Units in all.
        quota: u32,
    },
    /// Balance and grants do not cover what must be set aside.
    #[error("needs {} with {} available", needed.micros, available.micros)]
    InsufficientCredit {
        /// Gross amount that must be set aside.
        needed: Money,
        /// Gross amount that is free.
        available: Money,
    },
    /// What was due long ago is not paid: nothing new starts.
    #[error("{} is overdue", owed.micros)]
    PaymentOverdue {
        /// What is overdue.
        owed: Money,
    },
    /// A budget that counts the launch has less left than its first hour costs.
    #[error("needs {} with {} left of the budget of the {of} {name}", needed.micros, left.micros)]
    BudgetExceeded {
        /// organisation, project, member or token.
        of: &'static str,
        /// What that is called.
        name: String,
        /// Gross amount that must be set aside.
        needed: Money,
        /// Gross amount that is left.
        left: Money,
    },
    /// A credit note would take more of an invoice's line back than is left of it.
    #[error("asked for {} of line {line} with {} left", asked.micros, left.micros)]
    CreditExceeds {
        /// The line's number on the invoice.
        line: u16,
        /// Before gifts and tax.
        asked: Money,
        /// What is left of it.
        left: Money,
    },
    /// So much is done by two people: nobody else has signed exactly this.
    #[error("{} needs a second signature: it is above {}", amount.micros, limit.micros)]
    SignOffNeeded {
        /// Of how much.
        amount: Money,
        /// What one person may do alone.
        limit: Money,
    },
    /// The flavour has no price in the organisation's currency now.
    #[error("{flavour} is not for sale")]
    NotForSale {
        /// The flavour's name.
        flavour: String,
    },
    /// A field that cannot be stored.
    #[error("{field}: {rule:?}")]
    Invalid {
        /// The request's field.
        field: &'static str,
        /// What holds for it.
        rule: Rule,
    },
    /// Another living thing of the organisation has the name.
    #[error("the name {name} is taken")]
    NameTaken {
        /// The name asked for.
        name: String,
    },
    /// A project cannot be closed while instances of it are not deleted.
    #[error("{n} instances of the project are not deleted")]
    ProjectHolds {
        /// As many.
        n: i64,
        /// What they are called, by name; the first of them where they are many.
        names: Vec<String>,
    },
    /// What stands in the way; the word chooses the sentence.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// A period cannot be closed: a cluster with leases in it is not known up to its end.
    #[error("{cluster} is known up to {known_through}, {needed} is needed")]
    NotConfirmed {
        /// The cluster's name.
        cluster: String,
        /// Up to where its facts are certain.
        known_through: types::Timestamp,
        /// The period's end.
        needed: types::Timestamp,
    },
    /// A month cannot be closed: a line of its checklist does not hold.
    #[error("{n_open} things stand in the way of {check}")]
    MonthNotReady {
        /// Which line.
        check: types::CloseCheck,
        /// How many things stand in its way.
        n_open: i64,
    },
    /// Another portal leads by now: what a worker wrote under the lead that it lost is not stored.
    #[error("another portal leads")]
    NotLeading,
    /// The thing is not the version that the caller named.
    #[error("the thing has changed")]
    Changed,
    /// The key was used with another request.
    #[error("the idempotency key was used with another request")]
    KeyReused,
    /// Does not exist, or is not the caller's to see.
    #[error("not found")]
    NotFound,
    /// Visible, but not allowed.
    #[error("needs the permission {0}")]
    Forbidden(&'static str),
    /// Staff, once they have a second factor.
    #[error("needs a second factor")]
    StaffFactor,
    /// The role may, but the token was not given the permission.
    #[error("the token lacks the permission {0}")]
    TokenLacks(&'static str),
    /// The token does not reach the project or the flavour.
    #[error("the token does not reach the {0}")]
    BeyondToken(&'static str),
    /// The token would run more units at once than it may.
    #[error("the token may run {most} units at once")]
    TokenUnits {
        /// As many.
        most: u32,
    },
    /// The project is for some members, and the actor is none of them.
    #[error("the project is for others")]
    BeyondProject,
    /// They must show once more who they are.
    #[error("was shown too long ago who it is")]
    ProveFirst,
    /// A program came with a token where a person must.
    #[error("a token opens nothing here")]
    NeedsPerson,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The address or the password is wrong; which one is not said.
    #[error("wrong address or password")]
    WrongPassword,
    /// The password is right, and the person has set a second factor.
    #[error("a second factor is asked for")]
    FactorNeeded,
    /// The code or the passkey is wrong, or was used before; which one is not said.
    #[error("wrong code or passkey")]
    WrongFactor,
    /// They showed who they are, and the hub has stopped their account.
    #[error("the account is stopped")]
    AccountStopped,
    /// A refusal that was stored with the command's key and is told again.
    #[error("refused before: {}", .0.fact)]
    Refused(Box<Refusal>),
    /// Locks or the database did not answer in time, twice.
    #[error("the database is busy or away")]
    Unavailable(#[source] sea_orm::DbErr),
    /// The database failed; the cause is logged where the answer is made.
    #[error("the database failed")]
    Database(#[source] sea_orm::DbErr),
    /// What we stored does not read back.
    #[error("stored data does not read back: {0}")]
    Corrupt(String),
}

/// What holds for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Has this many characters.
    Length {
        /// At least.
        min: u32,
        /// At most.
        max: u32,
    },
    /// Is a whole number in this range.
    Range {
        /// At least.
        min: i64,
        /// At most.
        max: i64,
    },
    /// Is an amount above zero, and not beyond what can be booked.
    PositiveAmount,
    /// Is an amount from the one to the other.
    Within {
        /// At least.
        least: Money,
        /// At most.
        most: Money,
    },
    /// Is in the organisation's currency.
    Currency,
    /// Names something that exists.
    Known,
    /// Has lowercase letters, digits and single dashes.
    Slug,
    /// Is said.
    Required,
    /// Is not above the ceiling.
    AtMostCeiling,
    /// Is later than now.
    Future,
    /// Is later than the field before it.
    Order,
    /// Has the form that the field's hint shows.
    Form,
    /// Stands in no list of stolen passwords.
    Unbreached,
    /// More than words that everybody would try here.
    BeyondOwnWords,
    /// Is an address that a letter can be sent to.
    Email,
    /// Is a domain that addresses can be at.
    Domain,
    /// Is a domain that is somebody's own, not one where everybody can have an address.
    OwnDomain,
}

/// What a use case returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The refusal to tell and to store; nothing for a failure of ours, which is neither.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        Some(match self {
            Self::QuotaExceeded { flavour, asked, left, quota } => Refusal::new(Code::QuotaExceeded, "quota-exceeded")
                .about("units")
                .with("flavour", flavour.as_str())
                .with("asked", *asked)
                .with("left", *left)
                .with("quota", *quota),
            Self::InsufficientCredit { needed, available } => {
                Refusal::new(Code::InsufficientCredit, "insufficient-credit")
                    .with("needed", *needed)
                    .with("available", *available)
            }
            Self::PaymentOverdue { owed } => Refusal::new(Code::PaymentOverdue, "payment-overdue").with("owed", *owed),
            Self::BudgetExceeded { of, name, needed, left } => Refusal::new(Code::BudgetExceeded, "budget-exceeded")
                .with("of", *of)
                .with("name", name.as_str())
                .with("needed", *needed)
                .with("left", *left),
            Self::CreditExceeds { line, asked, left } => Refusal::new(Code::Conflict, "credit-exceeds")
                .about("amount")
                .with("line", u32::from(*line))
                .with("asked", *asked)
                .with("left", *left),
            Self::SignOffNeeded { amount, limit } => {
                Refusal::new(Code::Conflict, "sign-off-needed").with("amount", *amount).with("limit", *limit)
            }
            Self::NotForSale { flavour } => {
                Refusal::new(Code::NotForSale, "not-for-sale").about("flavour").with("flavour", flavour.as_str())
            }
            Self::Invalid { field, rule } => rule.refusal().about(field),
            Self::NameTaken { name } => {
                Refusal::new(Code::NameTaken, "name-taken").about("name").with("name", name.as_str())
            }
            Self::ProjectHolds { n, names } => {
                let rest = if i64::try_from(names.len()).is_ok_and(|told| told < *n) { ", …" } else { "" };
                let names = format!("{}{rest}", names.join(", "));
                Refusal::new(Code::Conflict, "project-holds").with("n", *n).with("names", names)
            }
            Self::Conflict(fact @ ("price-overlaps" | "tax-rule-overlaps")) => {
                Refusal::new(Code::Conflict, fact).about("started_at")
            }
            Self::Conflict(fact) => Refusal::new(Code::Conflict, fact),
            Self::NotConfirmed { cluster, known_through, needed } => {
                Refusal::new(Code::Conflict, "cluster-not-confirmed")
                    .with("cluster", cluster.as_str())
                    .with("known_through", *known_through)
                    .with("needed", *needed)
            }
            Self::MonthNotReady { check, n_open } => {
                Refusal::new(Code::Conflict, "month-not-ready").with("check", check.word()).with("n", *n_open)
            }
            Self::Changed => Refusal::new(Code::PreconditionFailed, "changed"),
            Self::KeyReused => Refusal::new(Code::IdempotencyConflict, "key-reused"),
            Self::NotFound => Refusal::new(Code::NotFound, "not-found"),
            Self::Forbidden(permission) => Refusal::new(Code::Forbidden, "forbidden").with("permission", *permission),
            Self::TokenLacks(permission) => {
                Refusal::new(Code::Forbidden, "token-lacks").with("permission", *permission)
            }
            Self::BeyondToken(field) => Refusal::new(Code::Forbidden, "token-reach").about(field).with("field", *field),
            Self::TokenUnits { most } => {
                Refusal::new(Code::QuotaExceeded, "token-units").about("units").with("most", *most)
            }
            Self::BeyondProject => Refusal::new(Code::Forbidden, "project-closed").about("project"),
            Self::StaffFactor => Refusal::new(Code::Forbidden, "staff-factor"),
            Self::ProveFirst => Refusal::new(Code::Forbidden, "prove-first"),
            Self::NeedsPerson => Refusal::new(Code::Forbidden, "token-no-person"),
            Self::Unauthenticated => Refusal::new(Code::Unauthenticated, "unauthenticated"),
            Self::WrongPassword => Refusal::new(Code::WrongPassword, "wrong-password").about("password"),
            Self::FactorNeeded => Refusal::new(Code::FactorNeeded, "factor-needed").about("code"),
            Self::WrongFactor => Refusal::new(Code::WrongFactor, "wrong-factor").about("code"),
            Self::AccountStopped => Refusal::new(Code::Forbidden, "account-stopped"),
            Self::Refused(refusal) => (**refusal).clone(),
            Self::NotLeading | Self::Unavailable(_) | Self::Database(_) | Self::Corrupt(_) => return None,
        })
    }
}

impl Rule {
    fn refusal(self) -> Refusal {
        let invalid = |fact| Refusal::new(Code::Invalid, fact);
        match self {
            Self::Length { min, max } => invalid("invalid-length").with("min", min).with("max", max),
            Self::Range { min, max } => invalid("invalid-range").with("min", min).with("max", max),
            Self::PositiveAmount => invalid("invalid-amount"),
            Self::Within { least, most } => invalid("invalid-within").with("least", least).with("most", most),
            Self::Currency => invalid("invalid-currency"),
            Self::Known => invalid("invalid-unknown"),
            Self::Slug => invalid("invalid-slug"),
            Self::Required => invalid("invalid-required"),
            Self::AtMostCeiling => invalid("invalid-above-ceiling"),
            Self::Future => invalid("invalid-past"),
            Self::Order => invalid("invalid-order"),
            Self::Form => invalid("invalid-form"),
            Self::Unbreached => invalid("invalid-breached"),
            Self::BeyondOwnWords => invalid("invalid-own-words"),
            Self::Email => invalid("invalid-email"),
            Self::Domain => invalid("invalid-domain"),
            Self::OwnDomain => invalid("invalid-public-domain"),
        }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        // Whatever the server says to a connection that begins, the next one may do.
        if matches!(error, sea_orm::DbErr::Conn(_) | sea_orm::DbErr::ConnectionAcquire(_)) {
            return Self::Unavailable(error);
        }
        match crate::database::sql_state(&error).as_deref() {
            // Lock time-out, a transaction that slept too long, deadlock, serialisation failure, and a server that shuts down or
            // starts.
            Some("55P03" | "25P03" | "40P01" | "40001" | "57P01" | "57P02" | "57P03") => Self::Unavailable(error),
            // Its disk or memory is full, or it has too many connections; not that one statement goes beyond a limit.
            Some("53000" | "53100" | "53200" | "53300") => Self::Unavailable(error),
            // A character that no text can have: zero.
            Some("22021") => Self::Refused(Box::new(Refusal::new(Code::Invalid, "invalid-character"))),
            Some(_) => crate::database::constraint(&error)
                .and_then(constraints::of_constraint)
                .unwrap_or(Self::Database(error)),
            None if crate::database::is_lost_connection(&error) => Self::Unavailable(error),
            None => Self::Database(error),
        }
    }
}
