//! Making wishes of volumes true: what the cluster has not taken at once, everything once a minute.

use std::time::Duration;

use domain::{instances, volumes};
use types::VolumeId;

use super::{JOB, Leader};

/// How often the database is asked for wishes that the cluster has not taken.
const LOOK_EACH: Duration = Duration::from_millis(500);
/// How many looks there are between two at everything.
const LOOKS_BETWEEN: u32 = 120;

impl Leader {
    /// Takes every volume towards its wish, one after the other.
    pub(super) async fn tend_volumes(&self) -> anyhow::Result<()> {
        let mut looks = 0;
        loop {
            if self.observed.freshness().synced {
                if let Err(error) = self.look_at_volumes(looks == 0).await {
                    tracing::warn!(error = format!("{error:#}"), "volumes are looked at again");
                }
                looks = (looks + 1) % LOOKS_BETWEEN;
            }
            tokio::time::sleep(LOOK_EACH).await;
        }
    }

    async fn look_at_volumes(&self, at_all: bool) -> anyhow::Result<()> {
        let open = self.work.db.work(JOB, self.work.clock.now()).await?;
        let ids: Vec<VolumeId> = if at_all {
            volumes::volume_wishes_in(&open, self.work.id).await?.into_iter().map(|wish| wish.volume).collect()
        } else {
            volumes::untaken_volumes_in(&open, self.work.id).await?
        };
        drop(open);
        for id in ids {
            // One volume's trouble does not keep the others waiting.
            if let Err(error) = self.step_volume(id).await {
                tracing::warn!(volume = %id, error = format!("{error:#}"), "a volume is looked at again");
            }
        }
        Ok(())
    }

    async fn step_volume(&self, id: VolumeId) -> anyhow::Result<()> {
        let (db, now) = (&self.work.db, self.work.clock.now());
        let open = db.work(JOB, now).await?;
        let Some(wish) = volumes::volume_wish_of_in(&open, self.work.id, id).await? else { return Ok(()) };
        let namespace = instances::namespace_in(&open, self.work.id, wish.organisation).await?;
        drop(open);
        let (seen, held, permit) = (self.observed.claim_of(id), *self.held.borrow(), *self.permit.borrow());
        let outcome = self.work.cluster.reconcile_volume(&permit, &namespace, &wish, (seen.as_ref(), held)).await?;
        // A deletion that waits for the operator is not taken.
        if wish.is_gone && held && seen.is_some() {
            return Ok(());
        }
        let now = self.work.clock.now();
        volumes::record_volume_outcome(db, JOB, self.epoch, (&wish, seen.is_none()), &outcome, now).await?;
        Ok(())
    }
}
