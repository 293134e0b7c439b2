//! The parts of a run that can be asked for alone, and written down alone.

use clap::ValueEnum;

/// A part of the run, in the order that it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Step {
    /// Format, lints, and the weight of what browsers load
    Checks,
    /// The domain's rules: 64 cases of each property, in the deep run 1,000
    Rules,
    /// Lists beside 30,000 rows of others, in the deep run 300,000: none reads a big table from end to end
    Plans,
    /// Every other test that needs no program but its own, and the documentation's examples
    Tests,
    /// The programs killed, put to sleep, cut off, restored; in the deep run at every write and for longer
    Faults,
    /// Letters to a real mail server, sign-ins at a real provider, top-ups at a double of Stripe
    Peers,
    /// Documents before validators that nobody here wrote
    Validators,
    /// People's ways through the screens in a browser; in the deep run every screen in every look
    Journeys,
    /// The cluster's suite on a real control plane; in the deep run with longer outages
    Plane,
    /// The journeys of people on a real control plane; part of the deep run alone
    PlaneJourneys,
    /// Ten thousand instances on a real control plane, into docs/PERFORMANCE.md; part of the deep run alone
    Scale,
}

impl Step {
    /// Those that drive the built programs.
    pub(super) const DRIVEN: [Self; 6] =
        [Self::Faults, Self::Peers, Self::Validators, Self::Journeys, Self::Plane, Self::PlaneJourneys];

    /// What the tables call it, which is what it is asked for by.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Checks => "checks",
            Self::Rules => "rules",
            Self::Plans => "plans",
            Self::Tests => "tests",
            Self::Faults => "faults",
            Self::Peers => "peers",
            Self::Validators => "validators",
            Self::Journeys => "journeys",
            Self::Plane => "plane",
            Self::PlaneJourneys => "plane-journeys",
            Self::Scale => "scale",
        }
    }

    /// Where the step of this title comes in a run, if it is one.
    pub(super) fn place(title: &str) -> Option<usize> {
        Self::value_variants().iter().position(|step| step.title() == title)
    }

    /// The test target that it runs, where that is one.
    pub(super) fn target(self) -> Option<&'static str> {
        match self {
            Self::PlaneJourneys => Some("journeys"),
            Self::Rules
            | Self::Plans
            | Self::Faults
            | Self::Peers
            | Self::Validators
            | Self::Journeys
            | Self::Plane => Some(self.title()),
            Self::Checks | Self::Tests | Self::Scale => None,
        }
    }

    /// Do its tests wait for locks, timers and leases more than they compute? Browsers do not: four of them on two
    /// processors walk no faster than two, and see faults that only the load makes.
    pub(super) fn waits(self) -> bool {
        self == Self::Rules
    }

    /// Does it need a real control plane?
    pub(super) fn is_on_plane(self) -> bool {
        matches!(self, Self::Plane | Self::PlaneJourneys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_asked_for_by_the_name_that_the_tables_have() {
        for step in Step::value_variants() {
            assert_eq!(step.to_possible_value().unwrap().get_name(), step.title());
        }
    }
}
