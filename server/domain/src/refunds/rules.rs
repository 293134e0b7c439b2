//! How a refund goes on, how much can go back, and which notices are of refunds.

use types::RefundState;

use crate::payments::{MICROS_PER_MINOR, RefundSeen};

/// How far a state is: a refund never goes to a lower one, nor beside.
const fn rank(state: RefundState) -> u8 {
    match state {
        RefundState::Wanted => 0,
        RefundState::Sent => 1,
        RefundState::Waits | RefundState::ToPay => 2,
        RefundState::Succeeded => 3,
        // Above what was paid: a card's bank may send back what seemed well.
        RefundState::Failed => 4,
    }
}

/// Whether a refund may go from one state to the other; the database's trigger says the same.
pub(super) fn may_follow(from: RefundState, to: RefundState) -> bool {
    rank(to) > rank(from)
}

/// The state that a look at the provider's speaks of.
pub(super) fn state_of(seen: &RefundSeen) -> RefundState {
    match seen {
        RefundSeen::OnItsWay => RefundState::Waits,
        RefundSeen::Done => RefundState::Succeeded,
        RefundSeen::Failed(_) => RefundState::Failed,
    }
}

/// The most that can go back, in minor units: what is left of what came, as far as the wallet has it free.
pub(super) fn most(left: i64, free_micros: i64) -> i64 {
    left.min(free_micros.max(0) / MICROS_PER_MINOR).max(0)
}

/// What an event of refunds names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A refund.
    Refund(String),
    /// What a card was charged, of which something went back.
    Charge(String),
}

impl Named {
    /// What the provider calls it.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Refund(text) | Self::Charge(text) => text,
        }
    }
}

/// What an event is about; nothing where it is no refund.
pub(crate) fn named(kind: Option<&str>, object: Option<&str>) -> Option<Named> {
    let (kind, object) = (kind?, object?.to_owned());
    match kind.split('.').collect::<Vec<_>>()[..] {
        ["refund", ..] | ["charge", "refund", ..] => Some(Named::Refund(object)),
        ["charge", "refunded"] => Some(Named::Charge(object)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_paid_can_still_fail_and_what_failed_stays_so() {
        use RefundState::{Failed, Sent, Succeeded, ToPay, Waits, Wanted};
        assert!(may_follow(Succeeded, Failed) && may_follow(Wanted, Succeeded) && may_follow(Sent, Waits));
        assert!(!RefundState::ALL.iter().any(|to| may_follow(Failed, *to)));
        assert!(!may_follow(Waits, Sent) && !may_follow(Waits, Waits) && !may_follow(ToPay, Waits));
        assert!(may_follow(ToPay, Succeeded) && may_follow(ToPay, Failed));
    }

    #[test]
    fn whole_minor_units_of_what_is_free_go_back() {
        assert_eq!(most(500, 4_999_999), 499);
        assert_eq!(most(500, 90_000_000), 500);
        assert_eq!((most(500, -1), most(0, 90_000_000)), (0, 0));
    }

    #[test]
    fn events_of_refunds_name_a_refund_or_what_was_charged() {
        let of = |kind| named(Some(kind), Some("x"));
        for kind in ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"] {
            assert_eq!(of(kind), Some(Named::Refund("x".to_owned())), "{kind}");
        }
        assert_eq!(of("charge.refunded"), Some(Named::Charge("x".to_owned())));
        for kind in ["charge.succeeded", "payment_intent.succeeded", "checkout.session.completed", "refunds"] {
            assert_eq!(of(kind), None, "{kind}");
        }
        assert_eq!(named(Some("refund.updated"), None), None);
    }
}
