//! The objects of one watch: the same end state whatever is repeated, delayed or out of order.

use std::collections::{BTreeMap, HashMap, VecDeque, hash_map::Entry};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{Resource, runtime::watcher::Event};

/// How many ends are remembered. Uids are never given twice, so an old one is never wrong, only useless.
const ENDS_KEPT: usize = 4096;

/// Namespace and name.
pub(crate) type Key = (String, String);

/// What an event changed.
#[derive(Debug, PartialEq)]
pub(crate) enum Change<K> {
    /// Nothing that was not known.
    None,
    /// This object is new or newer; the one that had its name before, when it was another.
    Applied { key: Key, replaced: Option<K> },
    /// This object is gone, as it was last.
    Gone { key: Key, last: Box<K> },
    /// Everything may have changed.
    Relisted,
}

/// Objects by name, with what tells a late event from a new one.
#[derive(Debug)]
pub(crate) struct Kept<K> {
    live: BTreeMap<Key, K>,
    listing: BTreeMap<Key, K>,
    /// At which version an object left the watch; whatever is older is late. One whose labels were changed and changed
    /// back leaves too, and returns later.
    ended: HashMap<String, Option<u64>>,
    ended_order: VecDeque<String>,
    synced: bool,
}

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self {
            live: BTreeMap::new(),
            listing: BTreeMap::new(),
            ended: HashMap::new(),
            ended_order: VecDeque::new(),
            synced: false,
        }
    }
}

impl<K: Resource> Kept<K> {
    /// Takes one event of the watch.
    pub(crate) fn take(&mut self, event: Event<K>) -> Change<K> {
        match event {
            Event::Init => {
                self.listing.clear();
                Change::None
            }
            Event::InitApply(object) => {
                self.listing.insert(key(object.meta()), object);
                Change::None
            }
            Event::InitDone => self.relist(),
            Event::Apply(object) => self.apply(object),
            Event::Delete(object) => self.delete(object),
        }
    }

    /// Whether everything was listed once.
    pub(crate) const fn is_synced(&self) -> bool {
        self.synced
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&K> {
        self.live.get(key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Key, &K)> {
        self.live.iter()
    }

    /// A list is the truth of its moment, except for what an event has already told better.
    fn relist(&mut self) -> Change<K> {
        self.synced = true;
        let mut before = std::mem::take(&mut self.live);
        for (key, listed) in std::mem::take(&mut self.listing) {
            if self.has_ended(&listed) {
                continue;
            }
            let newer = before.remove(&key).filter(|known| !is_news(known.meta(), listed.meta()));
            self.live.insert(key, newer.unwrap_or(listed));
        }
        Change::Relisted
    }

    fn apply(&mut self, object: K) -> Change<K> {
        let key = key(object.meta());
        let known = self.live.get(&key);
        if self.has_ended(&object) || known.is_some_and(|known| !is_news(known.meta(), object.meta())) {
            return Change::None;
        }
        let uid = object.meta().uid.clone();
        let replaced = self.live.insert(key.clone(), object).filter(|before| before.meta().uid != uid);
        if let Some(before) = &replaced {
            self.remember_end(before.meta().uid.clone(), None);
        }
        Change::Applied { key, replaced }
    }

    fn delete(&mut self, object: K) -> Change<K> {
        let key = key(object.meta());
        self.remember_end(object.meta().uid.clone(), version(object.meta()));
        let left = version(object.meta());
        let has_returned = |known: &K| version(known.meta()).zip(left).is_some_and(|(known, left)| known > left);
        let is_it = |known: &&K| known.meta().uid == object.meta().uid && !has_returned(known);
        if self.live.get(&key).filter(is_it).is_none() {
            return Change::None;
        }
        self.live.remove(&key);
        Change::Gone { key, last: Box::new(object) }
    }

    fn has_ended(&self, object: &K) -> bool {
        let Some(&ended) = object.meta().uid.as_ref().and_then(|uid| self.ended.get(uid)) else { return false };
        ended.zip(version(object.meta())).is_none_or(|(ended, version)| version <= ended)
    }

    /// Remembers that an object left at `version`, or for good where that is not told.
    fn remember_end(&mut self, uid: Option<String>, version: Option<u64>) {
        let Some(uid) = uid else { return };
        match self.ended.entry(uid.clone()) {
            Entry::Occupied(mut known) => {
                let latest = known.get().zip(version).map(|(known, version)| known.max(version));
                known.insert(latest);
                return;
            }
            Entry::Vacant(vacant) => vacant.insert(version),
        };
        self.ended_order.push_back(uid);
        if self.ended_order.len() > ENDS_KEPT
            && let Some(oldest) = self.ended_order.pop_front()
        {
            self.ended.remove(&oldest);
        }
    }
}

pub(crate) fn key(meta: &ObjectMeta) -> Key {
    (meta.namespace.clone().unwrap_or_default(), meta.name.clone().unwrap_or_default())
}

/// Whether `object` was written after `known`. Versions are one rising number per API server; one that is
/// not a number is believed.
fn is_news(known: &ObjectMeta, object: &ObjectMeta) -> bool {
    version(known).zip(version(object)).is_none_or(|(known, object)| object > known)
}

fn version(meta: &ObjectMeta) -> Option<u64> {
    meta.resource_version.as_ref()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::ConfigMap;
    use proptest::prelude::*;

    use super::*;

    fn object(name: u8, life: u64, version: u64) -> ConfigMap {
        let metadata = ObjectMeta {
            name: Some(name.to_string()),
            uid: Some(format!("{name}/{life}")),
            resource_version: Some(version.to_string()),
            ..ObjectMeta::default()
        };
        ConfigMap { metadata, ..ConfigMap::default() }
    }

    /// What happens to an object.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Fate {
        Changes,
        Ends,
        /// Its labels are changed, so that the watch no longer shows it; it may come back.
        Leaves,
    }

    fn steps() -> impl Strategy<Value = Vec<(u8, Fate)>> {
        let fates = prop::sample::select(vec![Fate::Changes, Fate::Ends, Fate::Leaves]);
        prop::collection::vec((0..3_u8, fates), 1..20)
    }

    /// A history as an API server could have lived it: each name lives, changes, leaves and returns, ends and lives again.
    fn history(steps: &[(u8, Fate)]) -> Vec<Event<ConfigMap>> {
        let mut lives: BTreeMap<u8, (u64, bool, bool)> = BTreeMap::new();
        let mut events = Vec::new();
        for (version, &(name, fate)) in (1..).zip(steps) {
            let (life, alive, shown) = lives.entry(name).or_insert((0, false, false));
            if fate != Fate::Changes && *shown {
                (*alive, *shown) = (fate == Fate::Leaves, false);
                events.push(Event::Delete(object(name, *life, version)));
            } else {
                *life += u64::from(!*alive);
                (*alive, *shown) = (true, true);
                events.push(Event::Apply(object(name, *life, version)));
            }
        }
        events
    }

    fn end_state(events: impl IntoIterator<Item = Event<ConfigMap>>) -> BTreeMap<Key, ConfigMap> {
        let mut kept = Kept::default();
        events.into_iter().for_each(|event| drop(kept.take(event)));
        kept.live
    }

    proptest! {
        #[test]
        fn repeated_delayed_and_reordered_events_lead_to_the_same_end(
            steps in steps(),
            order in any::<prop::sample::Index>(),
            seed in prop::collection::vec(any::<u32>(), 40),
        ) {
            let events = history(&steps);
            let expected = end_state(events.clone());
            let mut muddled: Vec<(u32, Event<ConfigMap>)> =
                seed.into_iter().zip(events.iter().cloned().chain(events.clone())).collect();
            muddled.sort_by_key(|(place, _)| *place);
            let again = events[order.index(events.len())].clone();
            prop_assert_eq!(end_state(muddled.into_iter().map(|(_, event)| event).chain([again])), expected);
        }

        #[test]
        fn a_list_ends_what_it_does_not_name(steps in steps()) {
            let events = history(&steps);
            let whole = end_state(events.clone());
            let cut = events[..events.len() / 2].to_vec();
            let list = whole.values().cloned().map(Event::InitApply);
            let relisted = cut.into_iter().chain([Event::Init]).chain(list).chain([Event::InitDone]);
            prop_assert_eq!(end_state(relisted), whole);
        }
    }
}
