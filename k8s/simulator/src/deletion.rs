//! What deleting an object begins: a grace period, a wait for finalizers, or its end at once.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::{after, parse, seconds};
use crate::kinds::Kind;
use crate::store::{Key, Object, Shelves, WriteFailed, is_over};

/// Where a deletion stands after it was asked for.
pub(crate) enum Deletion {
    /// The object is gone; this was its last version.
    Gone(Arc<Object>),
    /// The object stays for now, marked.
    Begun(Arc<Object>),
}

/// Begins to delete an object, with the asked grace or its own; none when there is no such object.
pub(crate) fn delete(
    shelves: &mut Shelves,
    key: &Key,
    grace: Option<u64>,
    now: Timestamp,
) -> Result<Option<Deletion>, WriteFailed> {
    let Some(object) = shelves.get(key).cloned() else { return Ok(None) };
    let grace = grace_of(&object, grace);
    let stays = grace > 0 || object.has_finalizers() || key.kind == Kind::Namespace;
    if !stays {
        return Ok(shelves.remove(key)?.map(Deletion::Gone));
    }
    let by = after(now, Duration::from_secs(grace));
    let sooner =
        parse(object.text("/metadata/deletionTimestamp")).is_none_or(|before| by.as_second() < before.as_second());
    if !sooner {
        return Ok(Some(Deletion::Begun(object)));
    }
    let marked = shelves.edit(key, |body| {
        body["metadata"]["deletionTimestamp"] = seconds(by).into();
        body["metadata"]["deletionGracePeriodSeconds"] = grace.into();
        if key.kind == Kind::Namespace {
            body["status"]["phase"] = "Terminating".into();
        }
    })?;
    Ok(marked.map(Deletion::Begun))
}

/// A pod that no kubelet knows, or that has ended, needs no grace.
fn grace_of(object: &Object, asked: Option<u64>) -> u64 {
    let unbound = object.text("/spec/nodeName").is_empty();
    if object.key.kind != Kind::Pod || unbound || is_over(&object.body) {
        return 0;
    }
    asked.unwrap_or_else(|| object.body["spec"]["terminationGracePeriodSeconds"].as_u64().unwrap_or(30))
}
