//! The collector: pods that nobody wants any more, found by listing and never by a cache. It would rather
//! leave a hundred orphans than take one pod that somebody pays for.

use std::{
    collections::{HashMap, HashSet},
    fmt::Debug,
    mem,
};

use k8s_openapi::{
    api::core::v1::{Namespace, PersistentVolumeClaim, Pod},
    apimachinery::pkg::apis::meta::v1::ObjectMeta,
};
use kube::{Api, Resource, api::ListParams};
use serde::de::DeserializeOwned;
use types::{InstanceId, OrganisationId, Timestamp};

use crate::{
    Error, Permit,
    connect::{Cluster, within},
    names,
};

/// Seconds between the two looks that an orphan must be seen at.
const SEEN_TWICE_AFTER_S: i64 = 60;
/// Objects in one answer.
const PAGE: u32 = 500;
/// More orphans than this are a fault of ours, not litter.
const MOST_ORPHANS: usize = 50;
/// More orphans than one in this many managed pods are a fault of ours, not litter…
const MOST_SHARE: usize = 5;
/// …from this many on. Fewer are litter whatever their share: one orphan among four pods is a quarter of them, and an
/// operator who is asked about every single one stops reading the questions.
const FEWEST_OF_SHARE: usize = 5;

/// A pod with this installation's labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPod {
    /// Whose pod.
    pub organisation: OrganisationId,
    /// Of which instance.
    pub instance: InstanceId,
    /// Which attempt of it.
    pub attempt: i32,
    /// Its uid.
    pub uid: String,
    /// Whether its deletion was asked for already.
    pub is_ending: bool,
}

/// Everything of this installation in a cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Managed {
    /// Every pod.
    pub pods: Vec<ManagedPod>,
    /// The newest wish that any object comes from.
    pub highest_wish_seq: i64,
    /// Objects whose labels or annotations are not ours to understand: somebody changed them.
    pub unreadable: Vec<String>,
}

/// A pod that no row wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Whose pod.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Which of all pods of that name.
    pub uid: String,
}

/// What is to be done about orphans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// These were seen twice and nobody wants them; it may be none.
    Delete(Vec<Orphan>),
    /// Nobody deletes anything before the operator has decided.
    AskOperator {
        /// Why, in a sentence for the operator.
        why: String,
    },
}

/// Remembers since when an orphan is one.
#[derive(Debug, Default)]
pub struct Collector {
    since: HashMap<String, Timestamp>,
}

impl Collector {
    /// What is to be done after a look at `now`. `last_value` is the wish sequence's, read *after* the look.
    pub fn look(
        &mut self,
        managed: &Managed,
        wanted: &HashSet<(InstanceId, i32)>,
        last_value: i64,
        now: Timestamp,
    ) -> Verdict {
        let orphans = orphans(managed, wanted);
        self.since.retain(|uid, _| orphans.iter().any(|orphan| &orphan.uid == uid));
        for orphan in &orphans {
            self.since.entry(orphan.uid.clone()).or_insert(now);
        }
        judge(managed, orphans, &self.since, last_value, now)
    }
}

/// The verdict on `orphans`, each known since the instant that `since` names by uid.
#[must_use]
pub fn judge(
    managed: &Managed,
    orphans: Vec<Orphan>,
    since: &HashMap<String, Timestamp>,
    last_value: i64,
    now: Timestamp,
) -> Verdict {
    let ask = |why: String| Verdict::AskOperator { why };
    if database_is_older(managed.highest_wish_seq, last_value) {
        let seq = managed.highest_wish_seq;
        return ask(format!(
            "the cluster carries wish {seq}, but the database has only reached {last_value}: it was restored"
        ));
    }
    if !managed.unreadable.is_empty() {
        return ask(format!("somebody changed the labels of {}", managed.unreadable.join(", ")));
    }
    if is_too_many(orphans.len(), managed.pods.len()) {
        return ask(format!("{} of {} pods have no row that wants them", orphans.len(), managed.pods.len()));
    }
    let due = |orphan: &Orphan| since.get(&orphan.uid).is_some_and(|at| now.seconds_since(*at) >= SEEN_TWICE_AFTER_S);
    Verdict::Delete(orphans.into_iter().filter(due).collect())
}

/// Whether so many orphans among so many pods are rather a fault of ours.
const fn is_too_many(n_orphans: usize, n_pods: usize) -> bool {
    n_orphans > MOST_ORPHANS || (n_orphans >= FEWEST_OF_SHARE && n_orphans * MOST_SHARE > n_pods)
}

/// Whether the cluster knows a wish that the database does not: then nothing may be deleted, however little.
#[must_use]
pub const fn database_is_older(highest_wish_seq: i64, last_value: i64) -> bool {
    highest_wish_seq > last_value
}

impl Cluster {
    /// Everything of this installation, by a list that the API server answers from its store.
    ///
    /// # Errors
    /// When the cluster does not answer, or not with everything.
    pub async fn managed(&self) -> Result<Managed, Error> {
        let newer = |highest: &mut i64, metadata| *highest = (*highest).max(names::wish_seq_of(&metadata).unwrap_or(0));
        // A claim that no row wants is never collected: there is somebody's work on it. Only its wish counts.
        let (pods, of_namespaces, of_claims) = tokio::try_join!(
            self.fold_ours::<Pod, _>(Managed::default(), Managed::take),
            self.fold_ours::<Namespace, _>(0, newer),
            self.fold_ours::<PersistentVolumeClaim, _>(0, newer),
        )?;
        let highest_wish_seq = pods.highest_wish_seq.max(of_namespaces).max(of_claims);
        Ok(Managed { highest_wish_seq, ..pods })
    }

    /// Takes the metadata of everything of one kind, page by page: so that each answer comes in time, and no more than that is
    /// kept of ten thousand.
    async fn fold_ours<K, T>(&self, mut all: T, take: impl Fn(&mut T, ObjectMeta)) -> Result<T, Error>
    where
        K: Resource<DynamicType = ()> + Clone + DeserializeOwned + Debug,
    {
        let api: Api<K> = Api::all(self.quick.clone());
        let mut page = ListParams::default().labels(&self.installation.selector()).limit(PAGE);
        loop {
            let list = within(api.list(&page)).await?;
            for mut object in list.items {
                take(&mut all, mem::take(object.meta_mut()));
            }
            match list.metadata.continue_.filter(|token| !token.is_empty()) {
                Some(token) => page = page.continue_token(&token),
                None => return Ok(all),
            }
        }
    }

    /// Asks for the end of one orphan.
    ///
    /// # Errors
    /// When the cluster does not take it; nothing is lost, the next look finds it again.
    pub async fn collect(&self, permit: &Permit, orphan: &Orphan) -> Result<(), Error> {
        self.delete_pod(permit, &names::namespace(orphan.organisation), &orphan.name, &orphan.uid).await
    }
}

impl Managed {
    fn take(&mut self, metadata: ObjectMeta) {
        let known = names::identity(&metadata).zip(names::wish_seq_of(&metadata));
        let (Some(((organisation, instance, attempt), seq)), Some(uid)) = (known, metadata.uid) else {
            self.unreadable.push(metadata.name.unwrap_or_default());
            return;
        };
        let is_ending = metadata.deletion_timestamp.is_some();
        self.highest_wish_seq = self.highest_wish_seq.max(seq);
        self.pods.push(ManagedPod { organisation, instance, attempt, uid, is_ending });
    }
}

fn orphans(managed: &Managed, wanted: &HashSet<(InstanceId, i32)>) -> Vec<Orphan> {
    let unwanted = |pod: &&ManagedPod| !pod.is_ending && !wanted.contains(&(pod.instance, pod.attempt));
    let orphan = |pod: &ManagedPod| Orphan {
        organisation: pod.organisation,
        name: names::pod(pod.instance, pod.attempt),
        uid: pod.uid.clone(),
    };
    managed.pods.iter().filter(unwanted).map(orphan).collect()
}

#[cfg(test)]
#[path = "collect/tests.rs"]
mod tests;
