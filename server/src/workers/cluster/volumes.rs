//! Making wishes of volumes true: what the cluster has not taken at once, everything once a minute.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use domain::{instances, volumes};
use types::{VolumeId, VolumeWish, WishOutcome};

use super::{JOB, Leader};

/// How often the database is asked for wishes that the cluster has not taken.
const LOOK_EACH: Duration = Duration::from_millis(500);
/// How many looks there are between two at everything.
const LOOKS_BETWEEN: u32 = 120;
/// When a volume is looked at again that waits or whose look failed: who was refused does not ask at each look.
const ASK_AGAIN: Duration = Duration::from_secs(2);

impl Leader {
    /// Takes every volume towards its wish, one after the other.
    pub(super) async fn tend_volumes(&self) -> anyhow::Result<()> {
        let (mut looks, mut waiting) = (0, HashMap::new());
        loop {
            if self.observed.freshness().synced {
                if let Err(error) = self.look_at_volumes(looks == 0, &mut waiting).await {
                    tracing::warn!(error = format!("{error:#}"), "volumes are looked at again");
                }
                looks = (looks + 1) % LOOKS_BETWEEN;
            }
            tokio::time::sleep(LOOK_EACH).await;
        }
    }

    /// `waiting` holds until when the volumes wait that are not to be asked about yet.
    async fn look_at_volumes(&self, at_all: bool, waiting: &mut HashMap<VolumeId, Instant>) -> anyhow::Result<()> {
        let open = self.work.db.work(JOB, self.work.clock.now()).await?;
        let mut ids = volumes::untaken_volumes_in(&open, self.work.id).await?;
        if at_all {
            let wishes = volumes::volume_wishes_in(&open, self.work.id).await?;
            ids.extend(wishes.iter().filter(|wish| self.is_open(wish)).map(|wish| wish.volume));
        }
        drop(open);
        let now = Instant::now();
        waiting.retain(|_, until| *until > now);
        ids.retain(|id| !waiting.contains_key(id));
        for id in ids {
            // One volume's trouble does not keep the others waiting.
            let is_taken = self.step_volume(id).await.unwrap_or_else(|error| {
                tracing::warn!(volume = %id, error = format!("{error:#}"), "a volume is looked at again");
                false
            });
            if !is_taken {
                waiting.insert(id, Instant::now() + ASK_AGAIN);
            }
        }
        Ok(())
    }

    /// Whether there is something to do about a volume, or its end to be recorded.
    fn is_open(&self, wish: &VolumeWish) -> bool {
        let seen = self.observed.claim_of(wish.volume);
        let has_ended = wish.is_gone && seen.is_none();
        has_ended || k8s::plan_volume(wish, seen.as_ref(), *self.held.borrow()).is_some()
    }

    /// Takes one volume a step towards its wish; false where it is to be looked at again.
    async fn step_volume(&self, id: VolumeId) -> anyhow::Result<bool> {
        let (db, now) = (&self.work.db, self.work.clock.now());
        let open = db.work(JOB, now).await?;
        let Some(wish) = volumes::volume_wish_of_in(&open, self.work.id, id).await? else { return Ok(false) };
        let namespace = instances::namespace_in(&open, self.work.id, wish.organisation).await?;
        drop(open);
        let (seen, held, permit) = (self.observed.claim_of(id), *self.held.borrow(), *self.permit.borrow());
        let outcome = self.work.cluster.reconcile_volume(&permit, &namespace, &wish, (seen.as_ref(), held)).await?;
        // A deletion that waits for the operator is not taken.
        if wish.is_gone && held && seen.is_some() {
            return Ok(false);
        }
        let now = self.work.clock.now();
        volumes::record_volume_outcome(db, JOB, self.epoch, (&wish, seen.is_none()), &outcome, now).await?;
        Ok(outcome == WishOutcome::Done)
    }
}
