//! What is good for once, brought by many at the same time.

use domain::{Error, Result};
use tokio::task::JoinHandle;

/// How many of these tries got through. Each of the others must have been refused as `is_right` says: a try that failed
/// because the database was busy shows nothing.
pub(crate) async fn n_passed<T>(tries: Vec<JoinHandle<Result<T>>>, is_right: impl Fn(&Error) -> bool) -> usize {
    let mut n_passed = 0;
    for tried in tries {
        match tried.await.unwrap() {
            Ok(_) => n_passed += 1,
            Err(error) => assert!(is_right(&error), "refused for another reason: {error:?}"),
        }
    }
    n_passed
}

/// What was good for once is used up, as if it had never been.
pub(crate) fn is_used_up(error: &Error) -> bool {
    matches!(error, Error::NotFound)
}

/// The same where a password is hashed before: of fifty at once, the last may wait too long for their turn on a busy
/// machine, and are told so.
pub(crate) fn is_used_up_or_unhashed(error: &Error) -> bool {
    is_used_up(error) || matches!(error, Error::Refused(refusal) if refusal.fact == "too-slow")
}
