//! What was used: leases, the facts that the cluster stated about them, and the intervals calculated from both.
//!
//! A sighting of a pod becomes facts, each kept once. A lease's timeline is a pure function of all its facts, so the
//! same seconds are billed whatever the order and number of the sightings. The stored intervals are cut until they say
//! what the timeline says. Money reads them only below the watermark.

mod cuts;
mod days;
mod entity;
mod facts;
mod lease;
mod overbilled;
mod record;
#[cfg(test)]
mod tests;
mod timeline;
mod unrated;
mod views;
mod volume;
mod waivers;
mod watermark;

pub(crate) use self::{
    days::by_day_in,
    facts::Fact,
    lease::{Lease, NewLease, living_leases_in, lock_lease_in, open_lease_in, other_has_pod_in},
    record::{
        Learnt, end_lease_in, known_facts_in, record_pod_after_gap_in, record_pod_gone_in, record_pod_in,
        record_unseen_in, would_change,
    },
    unrated::mark_settled_in,
    views::{attempts_in, cost_of_in},
    volume::{NewVolumeLease, of_volume, open_volume_lease_in, record_bound_in, record_unbound_in, running_units_in},
    waivers::apply_waiver_in,
};
pub use self::{
    days::usage_by_day_in,
    unrated::{RunningLease, UnratedStretch, open_leases_in, unrated_in},
    watermark::{SETTLING_DELAY_S, watermark_in},
};
