//! What can go wrong in talking to a cluster, and what each answer means for a wish.

use kube::core::Status;
use types::{InstanceReason, WishOutcome};

/// Why a call did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing was sent: leadership could have ended before the answer.
    #[error("the leader's lease has less left than a write may take")]
    LeaseTooShort,
    /// No answer in time; whether it was done is unknown.
    #[error("the cluster did not answer in time")]
    TimedOut,
    /// No answer, or one that cannot be read; whether it was done is unknown.
    #[error("the cluster cannot be reached: {}", deepest(.0))]
    Unreachable(#[source] Box<kube::Error>),
    /// The cluster said no.
    #[error("the cluster answered {}: {}", .0.code, .0.message)]
    Refused(Box<Status>),
    /// The namespace or object belongs to somebody else.
    #[error("{name} belongs to {owner}, not to this installation")]
    Foreign {
        /// What it is called.
        name: String,
        /// What its labels say.
        owner: String,
    },
}

impl From<kube::Error> for Error {
    fn from(error: kube::Error) -> Self {
        match error {
            kube::Error::Api(status) if status.code < 500 => Self::Refused(status),
            other => Self::Unreachable(Box::new(other)),
        }
    }
}

impl Error {
    /// Whether the object or version named is not there.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.code() == Some(404)
    }

    /// Whether the object is not the one that was named, or changed meanwhile.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.code() == Some(409)
    }

    /// Whether the namespace's ResourceQuota stands in the way.
    #[must_use]
    pub fn is_quota(&self) -> bool {
        self.refused_with(403, "exceeded quota") || self.refused_with(403, "status unknown for quota")
    }

    /// Whether it is the ResourceQuota of this name that stands in the way.
    pub(crate) fn is_quota_of(&self, name: &str) -> bool {
        let named = format!("quota: {name},");
        self.is_quota() && matches!(self, Self::Refused(status) if status.message.contains(&named))
    }

    /// Whether the cluster refuses the request itself, and not only its moment.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self.code(), Some(400 | 403 | 413 | 422))
    }

    /// Whether a new namespace has no service account yet.
    #[must_use]
    pub fn is_young_namespace(&self) -> bool {
        self.refused_with(403, "serviceaccount") || self.refused_with(403, "service account")
    }

    /// What the error means for a wish: only a rule of the cluster ends it, everything else is tried again.
    ///
    /// # Errors
    /// [`Error::LeaseTooShort`] says nothing about the wish: another leader carries it on.
    pub(crate) fn outcome(self) -> Result<WishOutcome, Self> {
        let message = self.to_string();
        let waits = |reason| Ok(WishOutcome::Waits { reason, message: message.clone() });
        match &self {
            Self::LeaseTooShort => Err(self),
            Self::TimedOut | Self::Unreachable(_) => waits(InstanceReason::ClusterUnreachable),
            _ if self.is_young_namespace() || self.is_quota() => waits(InstanceReason::ClusterQuotaCatchingUp),
            Self::Refused(status) if is_final(status) => {
                Ok(WishOutcome::Refused { reason: InstanceReason::PolicyRefused, message })
            }
            Self::Foreign { .. } => waits(InstanceReason::OperatorAsked),
            Self::Refused(_) => waits(InstanceReason::ClusterUnreachable),
        }
    }

    fn code(&self) -> Option<u16> {
        if let Self::Refused(status) = self { Some(status.code) } else { None }
    }

    fn refused_with(&self, code: u16, words: &str) -> bool {
        matches!(self, Self::Refused(status) if status.code == code && status.message.contains(words))
    }
}

/// Whether asking again can never help: the object breaks a rule. Missing rights of the portal are the
/// operator's to mend, so they are no rule of this kind.
fn is_final(status: &Status) -> bool {
    let broken_rule = ["violates PodSecurity", "denied the request", "denied request", "is forbidden: violates"];
    match status.code {
        400 | 413 | 422 => true,
        403 => broken_rule.iter().any(|words| status.message.contains(words)),
        _ => false,
    }
}

/// The cause at the bottom, which is what an operator can act on.
fn deepest(error: &kube::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(code: u16, message: &str) -> WishOutcome {
        let status = Status::failure(message, "").with_code(code).boxed();
        Error::from(kube::Error::Api(status)).outcome().unwrap()
    }

    fn reason(outcome: &WishOutcome) -> (&str, InstanceReason) {
        match outcome {
            WishOutcome::Done => unreachable!("an error is never done"),
            WishOutcome::Waits { reason, .. } => ("waits", *reason),
            WishOutcome::Refused { reason, .. } => ("refused", *reason),
        }
    }

    #[test]
    fn only_a_broken_rule_ends_a_wish() {
        use InstanceReason::{ClusterQuotaCatchingUp, ClusterUnreachable, PolicyRefused};
        let pod_security = "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": privileged";
        let quota = "pods \"p\" is forbidden: exceeded quota: tamuda, requested: requests.nvidia.com/gpu=1";
        let young = "pods \"p\" is forbidden: error looking up service account tm-a/default: not found";
        for (code, message, expected) in [
            (403, pod_security, ("refused", PolicyRefused)),
            (422, "Pod \"p\" is invalid", ("refused", PolicyRefused)),
            (403, quota, ("waits", ClusterQuotaCatchingUp)),
            (403, young, ("waits", ClusterQuotaCatchingUp)),
            (403, "user cannot patch pods", ("waits", ClusterUnreachable)),
            (409, "the object has been modified", ("waits", ClusterUnreachable)),
            (429, "too many requests", ("waits", ClusterUnreachable)),
            (500, "etcdserver: request timed out", ("waits", ClusterUnreachable)),
            (501, "not implemented", ("waits", ClusterUnreachable)),
        ] {
            assert_eq!(reason(&answer(code, message)), expected, "{code} {message}");
        }
        assert_eq!(reason(&Error::TimedOut.outcome().unwrap()).0, "waits");
    }

    #[test]
    fn a_lease_that_is_too_short_says_nothing_about_the_wish() {
        assert!(matches!(Error::LeaseTooShort.outcome(), Err(Error::LeaseTooShort)));
    }
}
