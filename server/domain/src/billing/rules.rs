//! What holds for closing and waiving, without a database.

use types::{PeriodState, Timestamp, WaiveCluster};

use crate::{Error, Result, Rule};

/// How near a period is to its close.
pub(super) fn state(ends_at: Timestamp, is_settled: bool, n_blockers: usize, now: Timestamp) -> PeriodState {
    if now < ends_at {
        PeriodState::Running
    } else if n_blockers > 0 || !is_settled {
        PeriodState::Waiting
    } else {
        PeriodState::Ready
    }
}

/// The reason with which a cluster is waived, trimmed.
pub(super) fn reason(ask: &WaiveCluster) -> Result<String> {
    let reason = ask.reason.trim();
    if (3..=500).contains(&reason.chars().count()) {
        Ok(reason.to_owned())
    } else {
        Err(Error::Invalid { field: "reason", rule: Rule::Length { min: 3, max: 500 } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_ready_only_when_its_end_has_passed_and_everything_is_settled() {
        let at = Timestamp::from_second;
        assert_eq!(state(at(10), true, 0, at(9)), PeriodState::Running);
        assert_eq!(state(at(10), false, 0, at(11)), PeriodState::Waiting);
        assert_eq!(state(at(10), true, 1, at(11)), PeriodState::Waiting);
        assert_eq!(state(at(10), true, 0, at(10)), PeriodState::Ready);
    }
}
