//! The proof that a write may start: whoever holds it leads for longer than the write can take.

use std::time::{Duration, Instant};

use crate::Error;

/// The longest that a write may take.
pub(crate) const WRITE_TIMEOUT: Duration = Duration::from_secs(5);

/// Leadership until an instant of this process's clock.
///
/// Lease rows live in the database; whoever holds one makes a permit of the instant at which it was
/// last renewed plus its length, so that a slow database only shortens it.
#[derive(Clone, Copy, Debug)]
pub struct Permit {
    until: Instant,
}

impl Permit {
    /// Leadership that ends at `until`.
    #[must_use]
    pub const fn until(until: Instant) -> Self {
        Self { until }
    }

    /// # Errors
    /// [`Error::LeaseTooShort`] when a write begun now could outlast the leadership.
    pub fn check(self) -> Result<(), Error> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left > WRITE_TIMEOUT { Ok(()) } else { Err(Error::LeaseTooShort) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_starts_only_while_leadership_outlasts_it() {
        assert!(Permit::until(Instant::now() + Duration::from_secs(10)).check().is_ok());
        assert!(Permit::until(Instant::now() + WRITE_TIMEOUT).check().is_err());
        assert!(Permit::until(Instant::now()).check().is_err());
    }
}
