//! Making wishes true: each instance by its key, each namespace when its quota changed.

use std::time::{Duration, Instant};

use domain::instances::{self, Awake, Wished};
use k8s::{Cause, InstanceSeen, Next, Queue};
use types::{InstanceReason, WishOutcome};

use super::{JOB, Key, Leader};

/// How often the database is asked for wishes that nobody hinted at.
const LOOK_EACH: Duration = Duration::from_secs(1);
/// How often deadlines are looked at.
const EXPIRE_EACH: Duration = Duration::from_secs(1);
/// A look at wishes is followed by a rest of so many times its length, up to a second.
const REST: u32 = 3;
/// When a key whose database or lease failed is looked at again.
const TRY_AGAIN: Duration = Duration::from_secs(2);

impl Leader {
    /// Takes one instance a step towards its wish.
    pub(super) async fn reconcile(&self, key: Key) -> Next {
        match self.step(key).await {
            Ok(Some(outcome)) => Next::from(&outcome),
            Ok(None) => Next::Event,
            Err(error) => {
                tracing::warn!(instance = %key, error = format!("{error:#}"), "an instance is looked at again");
                Next::After(TRY_AGAIN)
            }
        }
    }

    async fn step(&self, key: Key) -> anyhow::Result<Option<WishOutcome>> {
        let (db, now) = (&self.work.db, self.work.clock.now());
        let open = db.work(JOB, now).await?;
        let Some(Wished { wish, is_told }) = instances::wish_of_in(&open, self.work.id, key).await? else {
            return Ok(None);
        };
        let of = (wish.organisation, key, wish.wish_seq);
        if !self.observed.freshness().synced {
            drop(open);
            let outcome = unreachable();
            instances::record_outcome(db, JOB, self.epoch, of, &outcome, now).await?;
            return Ok(Some(outcome));
        }
        let deletions_held = *self.held.borrow();
        let seen = InstanceSeen { pods: self.observed.pods_of(key), cleared: false, deletions_held };
        let outcome = match k8s::at_rest(&wish, &seen, now) {
            Some(outcome) => {
                drop(open);
                outcome
            }
            None => {
                let namespace = instances::namespace_in(&open, self.work.id, wish.organisation).await?;
                drop(open);
                let permit = *self.permit.borrow();
                self.work.cluster.reconcile(&permit, &namespace, &wish, &seen, now).await?
            }
        };
        // A pod is looked at whenever it shows something, and mostly there is nothing to do.
        if !(is_told && outcome == WishOutcome::Done) {
            instances::record_outcome(db, JOB, self.epoch, of, &outcome, self.work.clock.now()).await?;
        }
        Ok(Some(outcome))
    }

    /// Has every wish looked at that the cluster has not taken: when hinted, and each two seconds at the latest.
    pub(super) async fn notice_wishes(&self, queue: &Queue<Key>) -> anyhow::Result<()> {
        loop {
            let start = Instant::now();
            match self.untaken().await {
                Ok(keys) => keys.into_iter().for_each(|key| queue.push(key, Cause::Wish)),
                Err(error) => tracing::warn!(%error, "wishes cannot be read"),
            }
            // Where thousands wish at once each hint would have all of them read again.
            tokio::time::sleep((start.elapsed() * REST).min(LOOK_EACH)).await;
            tokio::select! {
                () = self.work.hint.notified() => {}
                () = tokio::time::sleep(LOOK_EACH) => {}
            }
        }
    }

    async fn untaken(&self) -> domain::Result<Vec<Key>> {
        let open = self.work.db.work(JOB, self.work.clock.now()).await?;
        instances::untaken_in(&open, self.work.id).await
    }

    /// Every key that there may be something to do about, for the queue's resync: not what runs as it is wished.
    pub(super) async fn every_key(&self) -> Vec<Key> {
        let awake = async {
            let open = self.work.db.work(JOB, self.work.clock.now()).await?;
            instances::awake_in(&open, self.work.id).await
        };
        match awake.await {
            Ok(awake) => {
                let runs_on = |one: &Awake| one.is_running && self.observed.attempts_of(one.instance) == [one.attempt];
                awake.into_iter().filter(|one| !runs_on(one)).map(|one| one.instance).collect()
            }
            Err(error) => {
                tracing::warn!(%error, "the resync waits for the database");
                Vec::new()
            }
        }
    }

    /// Sets up namespaces that are new or whose quota changed.
    pub(super) async fn set_up_namespaces(&self) -> anyhow::Result<()> {
        loop {
            if let Err(error) = self.set_up_untaken().await {
                tracing::warn!(error = format!("{error:#}"), "namespaces wait");
            }
            tokio::time::sleep(LOOK_EACH).await;
        }
    }

    async fn set_up_untaken(&self) -> anyhow::Result<()> {
        let (db, place) = (&self.work.db, (self.work.id, self.epoch));
        let open = db.work(JOB, self.work.clock.now()).await?;
        let wishes = instances::untaken_namespaces_in(&open, self.work.id).await?;
        drop(open);
        for wish in wishes {
            let permit = *self.permit.borrow();
            self.work.cluster.set_up_namespace(&permit, &wish).await?;
            let of = (wish.organisation, wish.wish_seq);
            instances::record_namespace(db, JOB, place, of, self.work.clock.now()).await?;
        }
        Ok(())
    }

    /// Gives up what took too long and begins lost attempts anew.
    pub(super) async fn expire(&self, queue: &Queue<Key>) -> anyhow::Result<()> {
        loop {
            let place = (self.work.id, self.epoch);
            match instances::expire_deadlines(&self.work.db, JOB, place, self.work.clock.now()).await {
                Ok(0) => {}
                Ok(_) => self.untaken().await?.into_iter().for_each(|key| queue.push(key, Cause::Wish)),
                Err(error) => tracing::warn!(%error, "deadlines wait for the database"),
            }
            tokio::time::sleep(EXPIRE_EACH).await;
        }
    }
}

/// What a wish waits for while the cluster has not been seen whole.
fn unreachable() -> WishOutcome {
    WishOutcome::Waits { reason: InstanceReason::ClusterUnreachable, message: String::new() }
}
