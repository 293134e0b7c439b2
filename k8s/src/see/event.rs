//! The cluster's events about pods: its last word, and when an image's fetching began.

use k8s_openapi::api::core::v1::Event;
use types::EventSeen;

use super::instant;
use crate::names::NAMESPACE_PREFIX;

/// What an event says about one pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct About {
    /// Namespace and name of the pod.
    pub(crate) key: (String, String),
    /// Which of all pods of that name.
    pub(crate) uid: String,
    /// What is said of it.
    pub(crate) said: EventSeen,
}

/// What the event says, when it is about an organisation's pod and says when.
pub(crate) fn about(event: Event) -> Option<About> {
    let pod = event.involved_object;
    let last = event.series.and_then(|series| series.last_observed_time).map(|time| time.0.into());
    let at = last
        .or_else(|| event.last_timestamp.as_ref().map(instant))
        .or_else(|| event.event_time.map(|time| time.0.into()))
        .or_else(|| event.first_timestamp.as_ref().map(instant))?;
    let said = EventSeen { reason: event.reason?, message: event.message.unwrap_or_default(), at };
    let key = (pod.namespace?, pod.name?);
    let is_tenants = pod.kind.as_deref() == Some("Pod") && key.0.starts_with(NAMESPACE_PREFIX);
    is_tenants.then_some(About { key, uid: pod.uid?, said })
}
