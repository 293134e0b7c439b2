//! The queue in paused time: what runs when, never twice at once, never lost.

use std::sync::{Arc, Mutex};

use super::*;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<(u32, Duration, bool)>>>);

impl Log {
    fn runs_of(&self, key: u32) -> Vec<u64> {
        let log = self.0.lock().unwrap();
        log.iter().filter(|(k, _, begins)| *k == key && *begins).map(|(_, at, _)| at.as_millis() as u64).collect()
    }

    fn most_at_once(&self) -> i32 {
        let (mut now, mut most) = (0, 0);
        for (_, _, begins) in self.0.lock().unwrap().iter() {
            now += if *begins { 1 } else { -1 };
            most = most.max(now);
        }
        most
    }
}

/// A queue whose every run lasts `lasts` and then asks for `next`.
fn queue(lasts: u64, next: Next, all: Vec<u32>) -> (Queue<u32>, Log) {
    let (queue, worker) = Queue::new();
    let (log, began) = (Log::default(), Instant::now());
    let seen = log.clone();
    let work = move |key: u32| {
        let seen = seen.clone();
        async move {
            seen.0.lock().unwrap().push((key, began.elapsed(), true));
            tokio::time::sleep(Duration::from_millis(lasts)).await;
            seen.0.lock().unwrap().push((key, began.elapsed(), false));
            next
        }
    };
    tokio::spawn(worker.run(work, move || std::future::ready(all.clone())));
    (queue, log)
}

async fn sleep(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

#[tokio::test(start_paused = true)]
async fn a_key_runs_at_once() {
    let (queue, log) = queue(10, Next::Event, vec![]);
    sleep(5).await;
    queue.push(1, Cause::Watch);
    sleep(1).await;
    assert_eq!(log.runs_of(1), [5]);
}

#[tokio::test(start_paused = true)]
async fn pushes_while_it_runs_make_one_more_run() {
    let (queue, log) = queue(50, Next::Event, vec![]);
    for _ in 0..20 {
        queue.push(1, Cause::Wish);
        sleep(1).await;
    }
    sleep(500).await;
    assert_eq!(log.runs_of(1), [0, 50]);
}

#[tokio::test(start_paused = true)]
async fn only_a_repeat_that_the_watch_caused_waits() {
    let (queue, log) = queue(50, Next::Event, vec![]);
    queue.push(1, Cause::Watch);
    sleep(10).await;
    queue.push(1, Cause::Watch);
    sleep(500).await;
    assert_eq!(log.runs_of(1), [0, 150]);
}

#[tokio::test(start_paused = true)]
async fn a_wish_cuts_the_watchs_pause_short() {
    let (queue, log) = queue(50, Next::Event, vec![]);
    queue.push(1, Cause::Watch);
    sleep(10).await;
    queue.push(1, Cause::Watch);
    sleep(70).await;
    queue.push(1, Cause::Wish);
    sleep(500).await;
    assert_eq!(log.runs_of(1), [0, 80]);
}

#[tokio::test(start_paused = true)]
async fn no_more_than_sixteen_run_at_once_and_none_is_lost() {
    let (queue, log) = queue(20, Next::Event, vec![]);
    for round in 0..5 {
        (0..40).for_each(|key| queue.push(key, Cause::Wish));
        sleep(round).await;
    }
    sleep(1_000).await;
    assert_eq!(log.most_at_once(), 16);
    assert!((0..40).all(|key| !log.runs_of(key).is_empty()));
}

#[tokio::test(start_paused = true)]
async fn a_key_never_runs_beside_itself() {
    let (queue, log) = queue(30, Next::Event, vec![]);
    for step in 0..100_u64 {
        queue.push(1, if step % 3 == 0 { Cause::Wish } else { Cause::Watch });
        sleep(step % 7).await;
    }
    sleep(500).await;
    assert_eq!(log.most_at_once(), 1);
}

#[tokio::test(start_paused = true)]
async fn work_can_ask_to_be_done_again_later() {
    let (queue, log) = queue(0, Next::After(Duration::from_secs(2)), vec![]);
    queue.push(1, Cause::Wish);
    sleep(5_000).await;
    let runs = log.runs_of(1);
    assert_eq!(runs.len(), 3, "{runs:?}");
    assert!(runs[1] >= 2_000 && runs[2] >= 4_000, "{runs:?}");
}

#[tokio::test(start_paused = true)]
async fn every_key_is_looked_at_each_minute_whatever_happens() {
    let (_queue, log) = queue(1, Next::Event, vec![7, 8]);
    sleep(125_000).await;
    assert_eq!((log.runs_of(7), log.runs_of(8)), (vec![60_000, 120_000], vec![60_000, 120_000]));
}

#[tokio::test(start_paused = true)]
async fn the_worker_ends_with_its_queue() {
    let (queue, worker) = Queue::<u32>::new();
    let ended = tokio::spawn(worker.run(|_| std::future::ready(Next::Event), || std::future::ready(vec![])));
    drop(queue);
    assert!(ended.await.is_ok());
}
