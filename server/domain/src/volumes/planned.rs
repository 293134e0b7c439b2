//! What a launch would be told of its storage before it is asked for: by the rules of the launch, without its locks.

use types::{ClusterId, NewVolume, PlanLaunch, PlannedMount, ProjectId, QuotaUse};

use super::{STORAGE, STORAGE_NAME, entity, lease, mounts, rules};
use crate::{Error, Result, Tx, ledger::Terms, quotas};

/// The storage of a launch that is planned.
#[derive(Debug, Default)]
pub(crate) struct Planned {
    /// Those of its volumes that there are.
    pub(crate) mounts: Vec<PlannedMount>,
    /// The volume that it makes.
    pub(crate) new: Option<PlannedNew>,
    /// What is wrong with what is asked, whoever asks; only what is mounted is known then.
    pub(crate) malformed: Option<Error>,
    /// The first that the launch would be refused with, money apart.
    pub(crate) refused: Option<Error>,
}

/// A volume that a launch would make.
#[derive(Debug)]
pub(crate) struct PlannedNew {
    pub(crate) name: String,
    pub(crate) size_gb: u32,
    /// Gigabytes that the organisation may hold and holds.
    pub(crate) quota: QuotaUse,
    /// Its price and lifeboat; nothing while storage is not for sale.
    pub(crate) terms: Option<Terms>,
}

/// The storage of a launch in a project; `place` is the cluster in which it must start, if it must.
///
/// # Errors
/// Only the database's own.
pub(crate) async fn planned_in(
    tx: &Tx,
    ask: &PlanLaunch,
    project: ProjectId,
    place: Option<ClusterId>,
) -> Result<Planned> {
    let malformed = mounts::check_ask(&ask.volumes, ask.new_volume.as_ref()).err();
    let mut planned = Planned { malformed, ..Planned::default() };
    // Whoever still types the name of a new volume sees that the chosen ones come along.
    for id in mounts::in_order(&ask.volumes).into_iter().take(rules::MOST_MOUNTS) {
        let volume = entity::look_in(tx, id).await?;
        planned.note(mounts::check_mount_in(tx, volume.as_ref(), project, place).await)?;
        planned.mounts.extend(volume.map(|volume| PlannedMount {
            id,
            name: volume.name,
            size_gb: volume.size_gb.unsigned_abs(),
        }));
    }
    if planned.malformed.is_some() {
        planned.refused = None;
        return Ok(planned);
    }
    if let Some(new) = &ask.new_volume {
        planned.make_in(tx, project, rules::checked_new(new)?).await?;
    }
    Ok(planned)
}

impl Planned {
    /// In the order in which `make::make_in` asks.
    async fn make_in(&mut self, tx: &Tx, project: ProjectId, new: NewVolume) -> Result<()> {
        self.note(rules::check_reach(&tx.principal, project).map_err(mounts::about_new))?;
        let quota = quotas::use_in(tx, STORAGE).await?;
        self.note(quotas::check(quota, STORAGE_NAME, new.size_gb))?;
        self.note(entity::check_name_in(tx, &new.name).await)?;
        let terms = self.note(lease::terms_in(tx, project, new.size_gb).await)?;
        self.new = Some(PlannedNew { name: new.name, size_gb: new.size_gb, quota, terms });
        Ok(())
    }

    /// Keeps the first refusal, which is the launch's own; a failure of ours is told at once.
    fn note<T>(&mut self, outcome: Result<T>) -> Result<Option<T>> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.refusal().is_some() => {
                self.refused = self.refused.take().or(Some(error));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
