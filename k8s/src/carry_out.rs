//! The shell around the plan: writes under a permit, and what each answer means.

use std::{fmt::Debug, time::Duration};

use futures_util::future::{join_all, try_join_all};
use k8s_openapi::{
    NamespaceResourceScope,
    api::core::v1::{Namespace, PersistentVolumeClaim, Pod, Secret},
};
use kube::{
    Api, Resource,
    api::{DeleteParams, Patch, PatchParams, Preconditions},
};
use serde::{Serialize, de::DeserializeOwned};
use types::{
    ClaimSeen, InstanceReason, InstanceWish, NamespaceWish, OrganisationId, PodSeen, Timestamp, VolumeWish, WishOutcome,
};

use crate::{
    Error, FIELD_MANAGER, InstanceSeen, Permit,
    connect::{Cluster, within},
    names::{self, INSTALLATION, TAMUDA},
    objects,
    plan::{Action, holder, plan, plan_volume},
};

/// How often a namespace is asked whether it takes pods by now, and how long between.
const YOUNG_TRIES: usize = 5;
const YOUNG_PAUSE: Duration = Duration::from_millis(100);

impl Cluster {
    /// Makes an organisation's namespace what it should be. Repeating it changes nothing.
    ///
    /// # Errors
    /// [`Error::Foreign`] when the namespace is another installation's; otherwise what the cluster answered.
    pub async fn set_up_namespace(&self, permit: &Permit, wish: &NamespaceWish) -> Result<(), Error> {
        self.check_owner(wish.organisation).await?;
        let installation = &self.installation;
        self.apply(&Api::all(self.quick.clone()), permit, &objects::namespace(installation, wish)).await?;
        let policies = objects::network_policies(installation, wish);
        let applied = policies.iter().map(|policy| self.apply_in(permit, wish.organisation, policy));
        let (quota, limits) = (objects::resource_quota(installation, wish), objects::limit_range(installation, wish));
        tokio::try_join!(
            self.apply_in(permit, wish.organisation, &quota),
            self.apply_in(permit, wish.organisation, &limits),
            try_join_all(applied),
        )?;
        Ok(())
    }

    /// Takes one instance a step towards its wish, its actions side by side.
    ///
    /// # Errors
    /// [`Error::LeaseTooShort`] alone: whatever the cluster answers is an outcome.
    pub async fn reconcile(
        &self,
        permit: &Permit,
        namespace: &NamespaceWish,
        wish: &InstanceWish,
        seen: &InstanceSeen,
        now: Timestamp,
    ) -> Result<WishOutcome, Error> {
        let actions = plan(wish, seen, now);
        let outcomes = join_all(actions.iter().map(|action| self.carry_out(permit, namespace, action))).await;
        let mut worst = standing(wish, seen, now);
        for outcome in outcomes {
            worst = worse(worst, outcome?);
        }
        Ok(worst)
    }

    /// Takes one volume a step towards its wish; `seen` is its claim, where there is one.
    ///
    /// # Errors
    /// [`Error::LeaseTooShort`] alone: whatever the cluster answers is an outcome.
    pub async fn reconcile_volume(
        &self,
        permit: &Permit,
        namespace: &NamespaceWish,
        wish: &VolumeWish,
        (seen, deletions_held): (Option<&ClaimSeen>, bool),
    ) -> Result<WishOutcome, Error> {
        match plan_volume(wish, seen, deletions_held) {
            Some(action) => self.carry_out(permit, namespace, &action).await,
            None => Ok(WishOutcome::Done),
        }
    }

    /// Does one thing, and says what came of it.
    ///
    /// # Errors
    /// [`Error::LeaseTooShort`] alone.
    pub async fn carry_out(
        &self,
        permit: &Permit,
        namespace: &NamespaceWish,
        action: &Action,
    ) -> Result<WishOutcome, Error> {
        if let Action::ApplyPod(wish) = action
            && !is_pinned(&wish.image)
        {
            let message = format!("the image {} is not pinned by its digest", wish.image);
            return Ok(WishOutcome::Refused { reason: InstanceReason::PolicyRefused, message });
        }
        let mut answer = self.attempt_patiently(permit, action).await;
        if answer.as_ref().is_err_and(|error| is_mended_by_set_up(error, action)) {
            if let Err(worse) = self.set_up_namespace(permit, namespace).await {
                return worse.outcome();
            }
            answer = self.attempt_patiently(permit, action).await;
        }
        match answer {
            Ok(()) => Ok(WishOutcome::Done),
            Err(error) if error.is_not_found() => Ok(waits(InstanceReason::ClusterQuotaCatchingUp, &error)),
            // A claim has no attempt that could end: whoever mends the class or the rule need not ask again.
            Err(error) if is_refusal_of_storage(&error, action) => Ok(waits(InstanceReason::StorageRefused, &error)),
            Err(error) => error.outcome(),
        }
    }

    /// A new namespace takes no pod before its service account is there, which is a matter of milliseconds.
    async fn attempt_patiently(&self, permit: &Permit, action: &Action) -> Result<(), Error> {
        for _ in 0..YOUNG_TRIES {
            match self.attempt(permit, action).await {
                Err(error) if error.is_young_namespace() => tokio::time::sleep(YOUNG_PAUSE).await,
                answer => return answer,
            }
        }
        self.attempt(permit, action).await
    }

    async fn attempt(&self, permit: &Permit, action: &Action) -> Result<(), Error> {
        let installation = &self.installation;
        match action {
            Action::ApplySecret(wish) => {
                self.apply_in(permit, wish.organisation, &objects::secret(installation, wish)).await
            }
            Action::ApplyPod(wish) => self.apply_in(permit, wish.organisation, &objects::pod(installation, wish)).await,
            Action::DeletePod { organisation, name, uid } => {
                self.delete_pod(permit, &names::namespace(*organisation), name, uid).await
            }
            Action::ApplyClaim(wish) => {
                self.apply_in(permit, wish.organisation, &objects::claim(installation, wish)).await
            }
            Action::DeleteClaim { organisation, volume, uid } => {
                let claims: Api<PersistentVolumeClaim> =
                    Api::namespaced(self.quick.clone(), &names::namespace(*organisation));
                let exactly = Preconditions { uid: Some(uid.clone()), resource_version: None };
                let params = DeleteParams::default().preconditions(exactly);
                self.delete(permit, &claims, &names::claim(*volume), &params).await
            }
            Action::DeleteSecret { organisation, instance } => {
                let secrets: Api<Secret> = Api::namespaced(self.quick.clone(), &names::namespace(*organisation));
                self.delete(permit, &secrets, &names::secret(*instance), &DeleteParams::default()).await
            }
        }
    }

    /// Asks for the end of exactly the pod of this uid, with the grace that it was made with.
    pub(crate) async fn delete_pod(
        &self,
        permit: &Permit,
        namespace: &str,
        name: &str,
        uid: &str,
    ) -> Result<(), Error> {
        let pods: Api<Pod> = Api::namespaced(self.quick.clone(), namespace);
        let exactly = Preconditions { uid: Some(uid.to_owned()), resource_version: None };
        self.delete(permit, &pods, name, &DeleteParams::default().preconditions(exactly)).await
    }

    /// What is not there, or is another by now, is as gone as it was to be.
    async fn delete<K: Resource + Clone + DeserializeOwned + Debug>(
        &self,
        permit: &Permit,
        api: &Api<K>,
        name: &str,
        params: &DeleteParams,
    ) -> Result<(), Error> {
        permit.check()?;
        match within(api.delete(name, params)).await {
            Err(error) if !error.is_not_found() && !error.is_conflict() => Err(error),
            _ => Ok(()),
        }
    }

    async fn apply_in<K>(&self, permit: &Permit, organisation: OrganisationId, object: &K) -> Result<(), Error>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope> + Clone + Serialize + DeserializeOwned + Debug,
    {
        self.apply(&Api::namespaced(self.quick.clone(), &names::namespace(organisation)), permit, object).await
    }

    async fn apply<K>(&self, api: &Api<K>, permit: &Permit, object: &K) -> Result<(), Error>
    where
        K: Resource<DynamicType = ()> + Clone + Serialize + DeserializeOwned + Debug,
    {
        permit.check()?;
        let name = object.meta().name.clone().unwrap_or_default();
        let params = PatchParams::apply(FIELD_MANAGER).force();
        within(api.patch(&name, &params, &Patch::Apply(object))).await.map(drop)
    }

    /// Force would take another installation's namespace over, so it is looked at first.
    async fn check_owner(&self, organisation: OrganisationId) -> Result<(), Error> {
        let name = names::namespace(organisation);
        let namespaces: Api<Namespace> = Api::all(self.quick.clone());
        let Some(there) = within(namespaces.get_opt(&name)).await? else { return Ok(()) };
        if self.installation.owns(&there.metadata) {
            return Ok(());
        }
        let owner = names::label(&there.metadata, INSTALLATION).unwrap_or("nobody known").to_owned();
        Err(Error::Foreign { name, owner })
    }
}

/// Whether writing the namespace again may be all that is missing.
fn is_mended_by_set_up(error: &Error, action: &Action) -> bool {
    let applies = matches!(action, Action::ApplySecret(_) | Action::ApplyPod(_) | Action::ApplyClaim(_));
    (error.is_quota() && !is_refusal_of_storage(error, action)) || (error.is_not_found() && applies)
}

/// Whether the cluster refuses a claim for good reasons of its own: its class of storage, its rules, somebody else's
/// quota. The portal's quota is none of these, since it follows the database.
fn is_refusal_of_storage(error: &Error, action: &Action) -> bool {
    let is_of_claim = matches!(action, Action::ApplyClaim(_) | Action::DeleteClaim { .. });
    is_of_claim && error.is_refusal() && !error.is_quota_of(TAMUDA)
}

/// A tag can become another image between two starts.
fn is_pinned(image: &str) -> bool {
    image.split_once("@sha256:").is_some_and(|(_, digest)| {
        digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

fn waits(reason: InstanceReason, error: &Error) -> WishOutcome {
    WishOutcome::Waits { reason, message: error.to_string() }
}

/// How an instance stands about which there is nothing to do; nothing where there is something.
#[must_use]
pub fn at_rest(wish: &InstanceWish, seen: &InstanceSeen, now: Timestamp) -> Option<WishOutcome> {
    plan(wish, seen, now).is_empty().then(|| standing(wish, seen, now))
}

fn standing(wish: &InstanceWish, seen: &InstanceSeen, now: Timestamp) -> WishOutcome {
    holder(wish, seen, now).map_or(WishOutcome::Done, held_by)
}

/// Says which pod it is that a volume waits for, and where it was last.
fn held_by(pod: &PodSeen) -> WishOutcome {
    let node = pod.node.as_deref().unwrap_or("unknown");
    let message = format!("the pod {} on the node {node} may still write to a volume", pod.name);
    WishOutcome::Waits { reason: InstanceReason::VolumeHeld, message }
}

/// A refusal outweighs waiting, waiting outweighs being done.
fn worse(one: WishOutcome, other: WishOutcome) -> WishOutcome {
    match (&one, &other) {
        (WishOutcome::Refused { .. }, _) | (_, WishOutcome::Done) => one,
        (_, WishOutcome::Refused { .. }) | (WishOutcome::Done, _) => other,
        (WishOutcome::Waits { .. }, WishOutcome::Waits { .. }) => one,
    }
}

#[cfg(test)]
#[path = "carry_out/tests.rs"]
mod tests;
