//! The storage of a launch, as its verdict and its quote tell of it.

use types::{CoverView, Money, PlannedMount, PlannedVolume, VerdictReason as Reason};

use super::{
    available,
    verdict::{Part, Storage, Told},
};
use crate::{
    Error, Result, Rule,
    volumes::{Planned, PlannedNew},
};

/// For the verdict, what is mounted, and what is made; `lifeboat` is what the new volume sets aside.
///
/// # Errors
/// A refusal of the launch that no verdict says.
pub(super) fn told(
    planned: Planned,
    lifeboat: Option<CoverView>,
) -> Result<(Storage, Vec<PlannedMount>, Option<PlannedVolume>)> {
    let part =
        |cover: &CoverView| Part { needed_micros: cover.reserved.micros, available_micros: Some(available(cover)) };
    let storage = Storage {
        malformed: planned.malformed.map(reason).transpose()?,
        refused: planned.refused.map(reason).transpose()?,
        lifeboat: lifeboat.as_ref().map(part),
    };
    let made = planned.new.map(|new| made(new, lifeboat)).transpose()?;
    Ok((storage, planned.mounts, made))
}

fn made(new: PlannedNew, lifeboat: Option<CoverView>) -> Result<PlannedVolume> {
    let hour = match new.terms {
        Some(terms) => Some((terms.hour()?, terms.currency)),
        None => None,
    };
    Ok(PlannedVolume {
        name: new.name,
        size_gb: new.size_gb,
        per_hour: hour.map(|(hour, currency)| Money { micros: hour.net, currency }),
        per_hour_with_tax: hour.map(|(hour, currency)| Money { micros: hour.gross, currency }),
        quota: new.quota,
        lifeboat,
    })
}

/// The verdict's reason for what the launch would be refused with, in the words of that refusal.
fn reason(error: Error) -> Result<Told> {
    let reason = match &error {
        Error::Invalid { field: "new_volume", .. } => Reason::NewVolume,
        Error::Invalid { field: "volumes", rule: Rule::Known } => Reason::VolumeUnknown,
        Error::Invalid { field: "volumes", .. } => Reason::TooManyVolumes,
        Error::Conflict("volume-of-another-project") => Reason::VolumeOfAnotherProject,
        Error::Conflict("volume-elsewhere") => Reason::VolumeElsewhere,
        Error::Conflict("volume-in-use") => Reason::VolumeInUse,
        Error::Conflict("volume-frozen") => Reason::VolumeFrozen,
        Error::Conflict("volume-lost") => Reason::VolumeLost,
        Error::Conflict("volume-deleted") => Reason::VolumeDeleted,
        Error::NameTaken { .. } => Reason::VolumeNameTaken,
        Error::QuotaExceeded { .. } => Reason::StorageQuota,
        Error::NotForSale { .. } => Reason::StorageNotForSale,
        _ => return Err(error),
    };
    let arguments = error.refusal().map(|refusal| refusal.arguments).unwrap_or_default();
    Ok((reason, arguments))
}
