//! One row of the table, and how times are brought into one.

use std::time::Duration;

use serde_json::{Value, json};

/// A figure, its limit, and whether it keeps within what the house allows.
#[derive(Debug)]
pub(crate) struct Row {
    figure: String,
    measured: String,
    beside: String,
    ratio: String,
    allowed: String,
    kept: Option<bool>,
}

impl Row {
    /// A figure with what was measured, in words.
    pub(crate) fn new(figure: impl Into<String>, measured: impl Into<String>) -> Self {
        let (figure, measured) = (figure.into(), measured.into());
        Self { figure, measured, beside: String::new(), ratio: String::new(), allowed: String::new(), kept: None }
    }

    /// A time beside the time of its limit.
    pub(crate) fn times(figure: &str, measured: Duration, limit: Duration, of: &str) -> Self {
        Self::new(figure, millis(measured)).beside(&format!("{of}: {}", millis(limit))).ratio(ratio(measured, limit))
    }

    /// What it stands beside.
    pub(crate) fn beside(mut self, limit: &str) -> Self {
        limit.clone_into(&mut self.beside);
        self
    }

    /// How many times the limit it is.
    pub(crate) fn ratio(mut self, ratio: f64) -> Self {
        self.ratio = format!("{ratio:.1}×");
        self
    }

    /// What is allowed, and whether that is kept.
    pub(crate) fn allowed(mut self, words: &str, kept: bool) -> Self {
        (self.allowed, self.kept) = (words.to_owned(), Some(kept));
        self
    }

    /// For the program that prints the table.
    pub(crate) fn json(&self, group: &str) -> Value {
        json!({"group": group, "figure": self.figure, "measured": self.measured, "beside": self.beside, "ratio": self.ratio,
               "allowed": self.allowed, "kept": self.kept})
    }
}

/// Times in order.
#[derive(Debug, Default)]
pub(crate) struct Spread(Vec<Duration>);

impl Spread {
    /// Puts them in order.
    pub(crate) fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        let mut times: Vec<_> = times.into_iter().collect();
        times.sort_unstable();
        Self(times)
    }

    /// The time below which this share of them lies; zero where there are none.
    pub(crate) fn at(&self, share: f64) -> Duration {
        let place = (self.0.len() as f64 * share).ceil() as usize;
        self.0.get(place.clamp(1, self.0.len().max(1)) - 1).copied().unwrap_or_default()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// One time by another.
pub(crate) fn ratio(measured: Duration, limit: Duration) -> f64 {
    measured.as_secs_f64() / limit.as_secs_f64().max(1e-9)
}

/// A time in words of milliseconds.
pub(crate) fn millis(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    match ms {
        0.0..10.0 => format!("{ms:.2} ms"),
        10.0..1000.0 => format!("{ms:.0} ms"),
        _ => format!("{:.1} s", ms / 1000.0),
    }
}

/// Bytes in words of KB.
pub(crate) fn kilobytes(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}
