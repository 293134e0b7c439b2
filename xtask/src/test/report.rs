//! What became of each step of a test run, and how long it took.

use std::{
    env,
    time::{Duration, Instant},
};

use anyhow::bail;

use super::step::Step;
use crate::{
    stop,
    terminal::{self, Look, paint},
};

#[derive(Debug)]
enum Outcome {
    Passed(String),
    Skipped(String),
    Failed(String),
}

#[derive(Debug)]
struct Row {
    what: &'static str,
    outcome: Outcome,
    time: Duration,
}

/// The steps done so far. A step that fails does not keep the others from telling what they find.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Row>);

impl Report {
    /// Does a step; what it gives is said beside it in the end. Only somebody asking to stop ends the run early.
    pub(super) fn step(
        &mut self,
        what: &'static str,
        work: impl FnOnce() -> anyhow::Result<String>,
    ) -> anyhow::Result<()> {
        let start = Instant::now();
        let outcome = match terminal::step(what, work) {
            Ok(remark) => Outcome::Passed(remark),
            Err(error) if error.is::<stop::Stopped>() => return Err(error),
            Err(error) => {
                terminal::warn(&format!("{error:#}"));
                Outcome::Failed(format!("{error:#}"))
            }
        };
        self.0.push(Row { what, outcome, time: start.elapsed() });
        Ok(())
    }

    /// Provides what a later step needs from outside the workspace; where that is not to be had, the step is skipped.
    pub(super) fn provide(
        &mut self,
        what: &'static str,
        work: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        let start = Instant::now();
        match terminal::step(what, work) {
            Ok(()) => self.0.push(Row { what, outcome: Outcome::Passed(String::new()), time: start.elapsed() }),
            Err(error) if error.is::<stop::Stopped>() => return Err(error),
            Err(error) => {
                self.skip(what, &format!("{error:#}"));
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Notes that a step cannot be done here and says so at once. Where `CI=true`, that fails the run.
    pub(super) fn skip(&mut self, what: &'static str, reason: &str) {
        terminal::warn(&format!("{what} skipped: {reason}"));
        let strict = env::var("CI").is_ok_and(|value| value == "true");
        let outcome = if strict {
            Outcome::Failed(format!("skipped, which CI=true forbids: {reason}"))
        } else {
            Outcome::Skipped(reason.to_owned())
        };
        self.0.push(Row { what, outcome, time: Duration::ZERO });
    }

    /// The lines of what can be asked for alone, without what only made it possible.
    pub(super) fn steps(&self) -> Vec<[String; 4]> {
        self.0.iter().filter(|row| Step::place(row.what).is_some()).map(Row::words).collect()
    }

    /// Prints the table; fails when a step did.
    pub(super) fn conclude(self) -> anyhow::Result<()> {
        let total = self.0.iter().map(|row| row.time).sum();
        let mut rows: Vec<[String; 4]> = self.0.iter().map(Row::cells).collect();
        rows.push([String::new(), "together".to_owned(), terminal::duration(total), String::new()]);
        println!("\n{}", terminal::table(&rows));
        match self.0.iter().filter(|row| matches!(row.outcome, Outcome::Failed(_))).count() {
            0 => Ok(()),
            1 => bail!("one step failed"),
            n_failed => bail!("{n_failed} steps failed"),
        }
    }
}

impl Row {
    fn cells(&self) -> [String; 4] {
        let look = match &self.outcome {
            Outcome::Passed(_) => Look::Green,
            Outcome::Skipped(_) => Look::Yellow,
            Outcome::Failed(_) => Look::Red,
        };
        let [what, mark, time, remark] = self.words();
        [paint(look, &mark), what, time, remark]
    }

    fn words(&self) -> [String; 4] {
        let (mark, remark) = match &self.outcome {
            Outcome::Passed(remark) => ("✓", remark.clone()),
            Outcome::Skipped(reason) => ("–", format!("skipped: {reason}")),
            // The rest stands above, where it happened.
            Outcome::Failed(error) => ("✗", error.lines().next().unwrap_or_default().to_owned()),
        };
        [self.what.to_owned(), mark.to_owned(), terminal::duration(self.time), remark]
    }
}
