//! How a payment goes on: which state may follow which, what a look at the provider's says, when it is looked at next.

use types::{PaymentState, Timestamp};

use super::gateway::Seen;

/// How far a state is: a payment never goes to a lower one.
const fn rank(state: PaymentState) -> u8 {
    match state {
        PaymentState::Wanted => 0,
        PaymentState::Sent => 1,
        PaymentState::Waits | PaymentState::NeedsPerson => 2,
        PaymentState::Failed | PaymentState::Cancelled | PaymentState::Expired => 3,
        // Above what is over without money: money that comes late counts.
        PaymentState::Succeeded => 4,
    }
}

/// Whether a payment may go from one state to the other; the database's trigger says the same.
pub(super) fn may_follow(from: PaymentState, to: PaymentState) -> bool {
    let (from, to) = (rank(from), rank(to));
    to > from || (to == from && from == 2)
}

/// The state that a look at the provider's speaks of.
pub(super) fn state_of(seen: &Seen) -> PaymentState {
    match seen {
        Seen::Open => PaymentState::NeedsPerson,
        Seen::OnItsWay => PaymentState::Waits,
        Seen::Failed(_) => PaymentState::Failed,
        Seen::Cancelled => PaymentState::Cancelled,
        Seen::Expired => PaymentState::Expired,
        Seen::Paid => PaymentState::Succeeded,
    }
}

/// When a payment that was looked at so often is looked at next: often at first, then every quarter of an hour.
pub(crate) fn next_look(attempts: i32, now: Timestamp) -> Timestamp {
    let wait = match attempts {
        ..=5 => 10,
        6..=15 => 60,
        16..=30 => 300,
        _ => 900,
    };
    now.plus_seconds(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_that_comes_late_counts_and_nothing_else_follows_an_end() {
        use PaymentState::{Cancelled, Expired, Failed, NeedsPerson, Sent, Succeeded, Waits, Wanted};
        for over in [Failed, Cancelled, Expired] {
            let after: Vec<_> = PaymentState::ALL.iter().filter(|to| may_follow(over, **to)).collect();
            assert_eq!(after, [&Succeeded], "after {over}");
        }
        assert!(!PaymentState::ALL.iter().any(|to| may_follow(Succeeded, *to)));
        assert!(may_follow(Wanted, Sent) && may_follow(Sent, NeedsPerson) && !may_follow(Sent, Wanted));
        assert!(may_follow(NeedsPerson, Waits) && may_follow(Waits, NeedsPerson) && !may_follow(Waits, Sent));
    }

    #[test]
    fn a_payment_is_looked_at_less_and_less_often_and_never_forgotten() {
        let now = Timestamp::from_second(1_000);
        let waits: Vec<_> = [0, 5, 6, 16, 31, i32::MAX].iter().map(|n| next_look(*n, now).seconds_since(now)).collect();
        assert_eq!(waits, [10, 10, 60, 300, 900, 900]);
    }
}
