//! Signs of life of a watch that its events do not show: when the API server last took it up.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::Instant;
use tower::{Layer, Service};

/// How long after a sign what happened before it may still be on its way.
const SETTLES_IN: Duration = Duration::from_secs(2);

#[derive(Debug, Default)]
struct Signs {
    settled: Option<Instant>,
    fresh: Option<Instant>,
}

/// When a watch last proved that it is alive. As a layer it watches its client's requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pulse(Arc<Mutex<Signs>>);

impl Pulse {
    /// The watch was alive at `at`.
    pub(crate) fn beat(&self, at: Instant) {
        let mut signs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        settle(&mut signs);
        if signs.fresh.is_none() {
            signs.fresh = Some(at);
        }
    }

    /// The instant up to which everything has arrived.
    pub(crate) fn through(&self) -> Option<Instant> {
        let mut signs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        settle(&mut signs);
        signs.settled
    }
}

fn settle(signs: &mut Signs) {
    if let Some(fresh) = signs.fresh.take_if(|fresh| fresh.elapsed() >= SETTLES_IN) {
        signs.settled = signs.settled.max(Some(fresh));
    }
}

impl<S> Layer<S> for Pulse {
    type Service = Pulsed<S>;

    fn layer(&self, inner: S) -> Pulsed<S> {
        Pulsed { inner, pulse: self.clone() }
    }
}

/// A client's service whose watches beat.
pub(crate) struct Pulsed<S> {
    inner: S,
    pulse: Pulse,
}

impl<S, B, R> Service<http::Request<B>> for Pulsed<S>
where
    S: Service<http::Request<B>, Response = http::Response<R>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let watches = request.uri().query().is_some_and(|query| query.contains("watch=true"));
        let (pulse, began) = (self.pulse.clone(), Instant::now());
        let answer = self.inner.call(request);
        Box::pin(async move {
            let response = answer.await?;
            if watches && response.status().is_success() {
                pulse.beat(began);
            }
            Ok(response)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_sign_counts_once_what_came_before_it_has_arrived() {
        let pulse = Pulse::default();
        let first = Instant::now();
        pulse.beat(first);
        assert_eq!(pulse.through(), None);
        tokio::time::advance(SETTLES_IN).await;
        assert_eq!(pulse.through(), Some(first));
        pulse.beat(Instant::now());
        assert_eq!(pulse.through(), Some(first));
    }

    #[tokio::test(start_paused = true)]
    async fn a_watch_that_never_rests_settles_all_the_same() {
        let pulse = Pulse::default();
        let began = Instant::now();
        for _ in 0..10 {
            pulse.beat(Instant::now());
            tokio::time::advance(Duration::from_millis(900)).await;
        }
        assert!(pulse.through().is_some_and(|through| through > began));
    }
}
