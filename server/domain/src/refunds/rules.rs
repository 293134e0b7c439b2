//! How a refund goes on, and how much can go back.

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
}
