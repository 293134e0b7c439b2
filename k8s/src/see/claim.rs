//! A claim as the cluster shows it.

use std::collections::BTreeMap;

use k8s_openapi::{api::core::v1::PersistentVolumeClaim, apimachinery::pkg::api::resource::Quantity};
use types::{ClaimPhase, ClaimSeen};

use super::instant;
use crate::{
    names::{self, Installation},
    quantity::whole,
};

const GIB: i64 = 1 << 30;

/// The claim of a volume of this installation; none where its labels do not say so.
pub(crate) fn claim(installation: &Installation, claim: &PersistentVolumeClaim) -> Option<ClaimSeen> {
    let meta = &claim.metadata;
    if !installation.owns(meta) {
        return None;
    }
    let (organisation, volume) = names::identity_of_claim(meta)?;
    let status = claim.status.as_ref();
    let phase = match status.and_then(|status| status.phase.as_deref()) {
        Some("Bound") => ClaimPhase::Bound,
        Some("Lost") => ClaimPhase::Lost,
        _ => ClaimPhase::Pending,
    };
    let requests = claim.spec.as_ref().and_then(|spec| spec.resources.as_ref()?.requests.as_ref());
    Some(ClaimSeen {
        organisation,
        volume,
        wish_seq: names::wish_seq_of(meta).unwrap_or(0),
        uid: meta.uid.clone()?,
        phase,
        wanted_gb: gigabytes(requests),
        capacity_gb: gigabytes(status.and_then(|status| status.capacity.as_ref())),
        created_at: instant(meta.creation_timestamp.as_ref()?),
        is_ending: meta.deletion_timestamp.is_some(),
    })
}

/// Whole gigabytes of 2³⁰ bytes; what is less than one more counts for nothing.
fn gigabytes(amounts: Option<&BTreeMap<String, Quantity>>) -> i64 {
    amounts.and_then(|amounts| whole(amounts.get("storage")?)).unwrap_or(0).div_euclid(GIB)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seen(status: serde_json::Value) -> Option<ClaimSeen> {
        const ONE: &str = "00000000000000000000000001";
        let value = json!({
            "metadata": {
                "name": format!("vo-{ONE}"), "namespace": format!("tm-{ONE}"), "uid": "a",
                "creationTimestamp": "2026-11-01T10:00:00Z", "annotations": { "tamuda.dev/wish-seq": "5" },
                "labels": {
                    "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "dev",
                    "tamuda.dev/organisation": ONE, "tamuda.dev/volume": ONE,
                },
            },
            "spec": { "resources": { "requests": { "storage": "50Gi" } } },
            "status": status,
        });
        claim(&"dev".parse().unwrap(), &serde_json::from_value(value).unwrap())
    }

    #[test]
    fn only_the_clusters_own_word_binds_a_claim() {
        let pending = seen(json!({})).unwrap();
        assert_eq!((pending.phase, pending.wanted_gb, pending.capacity_gb), (ClaimPhase::Pending, 50, 0));
        let bound = seen(json!({ "phase": "Bound", "capacity": { "storage": "50Gi" } })).unwrap();
        assert_eq!((bound.phase, bound.capacity_gb, bound.wish_seq), (ClaimPhase::Bound, 50, 5));
        assert_eq!(seen(json!({ "phase": "Lost" })).unwrap().phase, ClaimPhase::Lost);
    }
}
