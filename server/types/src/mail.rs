//! Letters to people, as the operator sees those that did not leave.

use serde::{Deserialize, Serialize};

use crate::{LetterId, Timestamp, word::words};

words! {
    /// What a letter says.
    LetterKind {
        /// The way to a new password.
        ResetPassword = "reset-password",
        /// The way to an account.
        Register = "register",
        /// There is an account with that address already.
        AlreadyRegistered = "already-registered",
        /// Somebody asks the reader into an organisation.
        Invitation = "invitation",
        /// Somebody came into the reader's organisation by its domain.
        MemberJoined = "member-joined",
        /// The hub confirmed the domain of the reader's organisation, or refused it.
        DomainAnswered = "domain-answered",
        /// Somebody has a role at the hub now, or no more.
        StaffChanged = "staff-changed",
        /// Somebody signed in from where nobody did before.
        NewDevice = "new-device",
        /// The account can be entered through a provider now.
        IdentityLinked = "identity-linked",
        /// The account can no longer be entered through a provider.
        IdentityUnlinked = "identity-unlinked",
        /// A budget reached its alert.
        BudgetAlert = "budget-alert",
        /// A budget reached its ceiling, and what it counts was stopped.
        BudgetReached = "budget-reached",
        /// The money of an organisation ends within half an hour, or within ten minutes.
        MoneyLow = "money-low",
        /// The money of an organisation has ended, and what ran was stopped.
        MoneyOut = "money-out",
        /// A lot that has something left runs out.
        LotEnding = "lot-ending",
        /// The hub credited a line that the reader's organisation contested, or refused to.
        LineAnswered = "line-answered",
        /// A customer contests a line, as the hub's desk reads of it.
        LineContested = "line-contested",
        /// A signature of a second person is asked for, as those of the hub read who can give it.
        SignOffWaits = "sign-off-waits",
        /// A looser limit for signatures is asked for, as those of the hub read who can agree to it.
        SignOffLimitWaits = "sign-off-limit-waits",
        /// What was due is not paid: what comes next, and when.
        PaymentOverdue = "payment-overdue",
        /// The card with which a wallet tops itself up was refused.
        AutoTopUpDeclined = "auto-top-up-declined",
        /// A bank asks for its customer before a wallet tops itself up.
        AutoTopUpAsks = "auto-top-up-asks",
        /// Money of an organisation went back to where it came from.
        RefundPaid = "refund-paid",
        /// Money was to go back, could not, and is in the wallet again.
        RefundFailed = "refund-failed",
        /// Volumes are frozen, are deleted in 14, 7 or 1 day, or were deleted.
        VolumesEnding = "volumes-ending",
        /// A second factor was set, used up or taken away.
        FactorChanged = "factor-changed",
        /// The hub is about to take all second factors away, has done so, or does not after all.
        FactorsReset = "factors-reset",
        /// The password is another one now.
        PasswordChanged = "password-changed",
        /// The way to signing in with this address.
        ChangeAddress = "change-address",
        /// The account is erased in a day.
        AccountClosed = "account-closed",
        /// An organisation was closed, is kept after all, or has ended.
        OrganisationClosed = "organisation-closed",
        /// The hub stopped the reader's account, opened it again, or ended all its sessions.
        AccountStopped = "account-stopped",
        /// An operator did so to somebody's account, as the other operators read of it.
        OperatorsTold = "operators-told",
        /// The account is signed in to with another address now.
        AddressChanged = "address-changed",
    }
}

words! {
    /// What became of a letter.
    LetterState {
        /// It is tried again.
        Waits = "waits",
        /// It is tried no more, unless somebody asks for it.
        GivenUp = "given-up",
    }
}

/// A letter that did not leave; what it says is not shown, since it may hold a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LetterView {
    /// Its id.
    pub id: LetterId,
    /// What it says.
    pub kind: LetterKind,
    /// To whom.
    pub recipient: String,
    /// Whether it is tried again.
    pub state: LetterState,
    /// How often it was tried.
    pub n_attempts: i32,
    /// What the mail server or the network said last.
    pub failure: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    /// From when on nobody can use it.
    pub useful_until: Timestamp,
}
