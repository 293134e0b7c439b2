//! Work by key: one run of a key at a time, at once, and once more when something happened meanwhile.
//!
//! Fed from outside (wishes, the watch, a resync), it asks nothing of what a key is. A repeat that the
//! watch causes waits a moment, since one change of a pod seldom comes alone; a wish never waits.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    fmt::Debug,
    hash::Hash,
    time::Duration,
};

use tokio::{
    sync::mpsc,
    task::{JoinError, JoinSet},
    time::{Instant, MissedTickBehavior},
};
use types::WishOutcome;

/// How many keys are worked on at a time.
const CONCURRENCY: usize = 16;
/// How long a repeat that the watch caused waits.
const WATCH_PAUSE: Duration = Duration::from_millis(100);
/// When a cluster that did not take a wish is asked again.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// How often every key is looked at, whether something happened or not.
const RESYNC: Duration = Duration::from_secs(60);

/// Why a key is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The watch saw a change.
    Watch,
    /// Somebody wishes, a time has come, or a resync.
    Wish,
}

/// When a key is to be looked at again by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// When something happens.
    Event,
    /// After this long, if nothing happens before.
    After(Duration),
}

impl From<&WishOutcome> for Next {
    fn from(outcome: &WishOutcome) -> Self {
        match outcome {
            WishOutcome::Waits { .. } => Self::After(ASK_AGAIN),
            WishOutcome::Done | WishOutcome::Refused { .. } => Self::Event,
        }
    }
}

/// Where keys are pushed. Clones push to the same queue; pushing never waits.
#[derive(Debug)]
pub struct Queue<K>(mpsc::UnboundedSender<(K, Cause)>);

impl<K> Clone for Queue<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K> Queue<K> {
    /// A queue, and the worker that empties it.
    #[must_use]
    pub fn new() -> (Self, Worker<K>) {
        let (sender, pushed) = mpsc::unbounded_channel();
        (Self(sender), Worker { pushed })
    }

    /// Has a key looked at. Nothing happens once the worker is gone.
    pub fn push(&self, key: K, cause: Cause) {
        self.0.send((key, cause)).ok();
    }
}

/// What empties a queue.
#[derive(Debug)]
pub struct Worker<K> {
    pushed: mpsc::UnboundedReceiver<(K, Cause)>,
}

impl<K: Clone + Debug + Eq + Hash + Ord + Send + 'static> Worker<K> {
    /// Runs `work` for every key pushed, and for every key of `all` each minute, until the queue is dropped.
    /// A panic of the work is a panic of the worker.
    pub async fn run<W, A>(mut self, work: impl Fn(K) -> W, all: impl Fn() -> A)
    where
        W: Future<Output = Next> + Send + 'static,
        A: Future<Output = Vec<K>> + Send + 'static,
    {
        let mut desk = Desk::<K>::default();
        let (mut running, mut listing) = (JoinSet::new(), JoinSet::new());
        let mut resync = tokio::time::interval_at(Instant::now() + RESYNC, RESYNC);
        resync.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            for key in desk.start(Instant::now()) {
                let work = work(key.clone());
                running.spawn(async move { (key, work.await) });
            }
            let wake_at = desk.next_timer();
            tokio::select! {
                pushed = self.pushed.recv() => match pushed {
                    Some((key, cause)) => desk.push(key, cause),
                    None => return,
                },
                Some(done) = running.join_next() => {
                    let Some((key, next)) = ended(done) else { return };
                    desk.finish(&key, next, Instant::now());
                }
                () = sleep_until(wake_at) => {}
                _ = resync.tick(), if listing.is_empty() => drop(listing.spawn(all())),
                Some(keys) = listing.join_next() => {
                    let Some(keys) = ended(keys) else { return };
                    keys.into_iter().for_each(|key| desk.push(key, Cause::Wish));
                }
            }
        }
    }
}

/// Which keys wait, run, and are to run again: no clock and no task of its own.
#[derive(Debug)]
struct Desk<K> {
    ready: VecDeque<K>,
    waiting: HashSet<K>,
    running: HashMap<K, Option<Cause>>,
    timers: BTreeSet<(Instant, K)>,
    timer_of: BTreeMap<K, Instant>,
}

impl<K> Default for Desk<K> {
    fn default() -> Self {
        Self {
            ready: VecDeque::new(),
            waiting: HashSet::new(),
            running: HashMap::new(),
            timers: BTreeSet::new(),
            timer_of: BTreeMap::new(),
        }
    }
}

impl<K: Clone + Eq + Hash + Ord> Desk<K> {
    fn push(&mut self, key: K, cause: Cause) {
        if let Some(again) = self.running.get_mut(&key) {
            *again = (*again).max(Some(cause));
        } else if self.waiting.insert(key.clone()) {
            self.stop_timer(&key);
            self.ready.push_back(key);
        }
    }

    /// The keys whose turn it is, as many as there is room for.
    fn start(&mut self, now: Instant) -> Vec<K> {
        while let Some((_, key)) = self.timers.first().filter(|(at, _)| *at <= now).cloned() {
            self.push(key, Cause::Wish);
        }
        let room = CONCURRENCY.saturating_sub(self.running.len()).min(self.ready.len());
        let keys: Vec<K> = self.ready.drain(..room).collect();
        for key in &keys {
            self.waiting.remove(key);
            self.running.insert(key.clone(), None);
        }
        keys
    }

    fn finish(&mut self, key: &K, next: Next, now: Instant) {
        match (self.running.remove(key).flatten(), next) {
            (Some(Cause::Wish), _) => self.push(key.clone(), Cause::Wish),
            (Some(Cause::Watch), _) => self.set_timer(key, now + WATCH_PAUSE),
            (None, Next::After(pause)) => self.set_timer(key, now + pause),
            (None, Next::Event) => {}
        }
    }

    fn set_timer(&mut self, key: &K, at: Instant) {
        self.timers.insert((at, key.clone()));
        self.timer_of.insert(key.clone(), at);
    }

    fn stop_timer(&mut self, key: &K) {
        if let Some(at) = self.timer_of.remove(key) {
            self.timers.remove(&(at, key.clone()));
        }
    }

    fn next_timer(&self) -> Option<Instant> {
        self.timers.first().map(|(at, _)| *at)
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// What a task gave; its panic goes on here. Nothing when it was cancelled, as all tasks are when the runtime ends.
fn ended<T>(task: Result<T, JoinError>) -> Option<T> {
    match task.map_err(JoinError::try_into_panic) {
        Ok(given) => Some(given),
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        Err(Err(_)) => None,
    }
}

#[cfg(test)]
#[path = "queue/tests.rs"]
mod tests;
