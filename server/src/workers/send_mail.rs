//! Sends the letters that wait, one after the other. Every replica does: a letter belongs to who took it.

use std::time::Duration;

use domain::{Clock, Database, access::Job, mail};

use crate::mail::Post;

const JOB: Job = Job::of("send-mail");
/// How often letters are looked for when there was none.
const LOOK_EACH: Duration = Duration::from_secs(1);

/// Sends until it is dropped.
pub(crate) async fn send_mail(db: Database, clock: Clock, post: Post, base_url: String) {
    loop {
        match one(&db, &clock, &post, &base_url).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "letters wait"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Whether there was one.
async fn one(db: &Database, clock: &Clock, post: &Post, base_url: &str) -> domain::Result<bool> {
    let Some(letter) = mail::take_due(db, JOB, clock.now()).await? else { return Ok(false) };
    let server = match post {
        Post::Mailbox => {
            mail::keep(db, JOB, &letter, clock.now()).await?;
            return Ok(true);
        }
        Post::Server(server) => server,
    };
    match server.send(&letter, base_url).await {
        Ok(()) => mail::record_sent(db, JOB, &letter, clock.now()).await?,
        Err(failure) => {
            tracing::warn!(letter = %letter.id, said = failure.said, "a letter did not leave");
            mail::record_failure(db, JOB, &letter, &failure, clock.now()).await?;
        }
    }
    Ok(true)
}
