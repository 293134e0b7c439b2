//! Volumes: storage that outlives instances, from the wish for one to the last byte of it.
//!
//! A volume is a claim in the cluster that no pod owns, and a lease that is billed while the claim is bound. Its size
//! only grows; of the instances that mount it at most one lives at a time. A deletion can be taken back for 24 hours,
//! and only then does the wish become that nothing is left. Who has no money left keeps volumes for some days from what
//! was set aside for that (`settlement`); then they are frozen here: kept, not mounted, not billed, and deleted after
//! three notices.
//!
//! Locks are taken in this order everywhere: the quota, instances, volumes, the purse, the timer.

mod change;
mod entity;
mod frozen;
mod lease;
mod letters;
mod make;
mod mounts;
mod planned;
mod read;
mod rules;
mod seen;
mod wishes;

use types::FlavourId;
use uuid::Uuid;

pub(crate) use self::{
    change::delete_all_in,
    mounts::{check_ask, check_free_in, cluster_of_in, mounts_of_in, put_in},
    planned::{Planned, PlannedNew, planned_in},
    seen::{claim, claim_gone, claims},
};
pub use self::{
    change::{delete_volume, grow_volume, release_due, undo_delete_volume},
    frozen::{freeze_for_credit, organisations_to_freeze, organisations_with_frozen, tend_frozen},
    make::make_volume,
    read::{StorageTerms, list_volumes_in, mountable_in, storage_terms_in, volume_in},
    wishes::{record_volume_outcome, untaken_volumes_in, volume_wish_of_in, volume_wishes_in},
};

/// The item of which a unit is a gigabyte: what volumes are priced and counted by.
pub const STORAGE: FlavourId = FlavourId::from_uuid(Uuid::from_u128(0x019a_a000_0000_7000_8000_0000_0057_04a6));
/// What refusals call it.
const STORAGE_NAME: &str = "Storage";
