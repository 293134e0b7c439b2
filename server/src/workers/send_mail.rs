//! Sends the letters that wait, a few at once. Every replica does: a letter belongs to who took it.

use std::time::Duration;

use domain::{Clock, Database, access::Job, mail};
use futures_util::{StreamExt, stream};

use crate::mail::Post;

const JOB: Job = Job::of("send-mail");
/// How often letters are looked for when there was none.
const LOOK_EACH: Duration = Duration::from_secs(1);
/// Letters on their way at once: one to which the mail server says nothing keeps no other waiting.
const AT_ONCE: usize = 4;

/// Sends until it is dropped.
pub(crate) async fn send_mail(db: Database, clock: Clock, post: Post, base_url: String) {
    let (db, clock, post, base_url) = (&db, &clock, &post, base_url.as_str());
    let due = stream::unfold((), move |()| async move { Some((next(db, clock).await, ())) });
    due.for_each_concurrent(AT_ONCE, move |letter| async move {
        if let Err(error) = hand_over(db, clock, post, base_url, &letter).await {
            let cause = &error as &dyn std::error::Error;
            tracing::warn!(letter = %letter.id, error = cause, "what became of a letter is not noted");
        }
    })
    .await;
}

/// The letter that has waited longest, once there is one.
async fn next(db: &Database, clock: &Clock) -> mail::Due {
    loop {
        match mail::take_due(db, JOB, clock.now()).await {
            Ok(Some(letter)) => return letter,
            Ok(None) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "letters wait"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Brings it where letters go, and notes what became of it.
async fn hand_over(
    db: &Database,
    clock: &Clock,
    post: &Post,
    base_url: &str,
    letter: &mail::Due,
) -> domain::Result<()> {
    let server = match post {
        Post::Mailbox => return mail::keep(db, JOB, letter, clock.now()).await,
        Post::Server(server) => server,
    };
    match server.send(letter, base_url).await {
        Ok(()) => mail::record_sent(db, JOB, letter, clock.now()).await,
        Err(failure) => {
            tracing::warn!(letter = %letter.id, said = failure.said, "a letter did not leave");
            mail::record_failure(db, JOB, letter, &failure, clock.now()).await
        }
    }
}
