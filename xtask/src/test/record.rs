//! What the deep run found, in the table of docs/TESTING.md: the last time of each step, on which sources and machine.

use std::process::Command;

use super::{report::Report, step::Step};
use crate::{
    document::{self, Document},
    machine, process,
};

const HEAD: [&str; 6] = ["step", "", "time", "remarks", "commit", "machine"];

/// The cells of one line.
type Cells = [String; HEAD.len()];

/// The document with the steps that were run before.
#[derive(Debug)]
pub(super) struct Record(Document);

impl Record {
    /// Reads it.
    pub(super) fn open() -> anyhow::Result<Self> {
        Ok(Self(Document::open("docs/TESTING.md", "deep run")?))
    }

    /// Puts the steps of this run in place of what was known of them; the others' lines stay.
    pub(super) fn put(&self, report: &Report) -> anyhow::Result<()> {
        let commit = process::output(Command::new("git").args(["log", "-1", "--format=%h (%cs)"]))?;
        let of = [commit.trim().to_owned(), machine::describe()?];
        self.0.put(&self.with(report.steps(), &of)?)
    }

    fn with(&self, found: Vec<[String; 4]>, of: &[String; 2]) -> anyhow::Result<String> {
        let mut lines: Vec<Cells> = document::rows(self.0.found()?);
        lines.retain(|line| found.iter().all(|[step, ..]| *step != line[0]));
        lines.extend(found.into_iter().map(|[step, mark, time, remark]| {
            let [commit, machine] = of.clone();
            // A bar or a new line would end the cell.
            let remark = remark.lines().next().unwrap_or_default().replace('|', "/");
            [step, mark, time, remark, commit, machine]
        }));
        lines.sort_by_key(|line| Step::place(&line[0]));
        Ok(document::table(HEAD, &lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(found: &str) -> Record {
        let text = format!("# A\n<!-- deep run -->\n{found}\n<!-- end of deep run -->\nB\n");
        Record(Document::read("A.md", text, "deep run").unwrap())
    }

    fn found(step: &str, remark: &str) -> [String; 4] {
        [step, "✓", "1.0 s", remark].map(str::to_owned)
    }

    #[test]
    fn a_run_takes_the_place_of_its_own_steps_and_stands_in_the_order_of_a_whole_run() {
        let of = |commit: &str| [commit.to_owned(), "a machine".to_owned()];
        let first = record("It has not been run yet.");
        let first = first.with(vec![found("plane", ""), found("faults", "a|b")], &of("one")).unwrap();
        assert!(first.starts_with("| step"), "{first}");
        let again = record(&first).with(vec![found("rules", ""), found("plane", "")], &of("two")).unwrap();
        let cells = document::rows::<6>(&again);
        let told: Vec<_> = cells.iter().map(|line| (line[0].as_str(), line[3].as_str(), line[4].as_str())).collect();
        assert_eq!(told, [("rules", "", "two"), ("faults", "a/b", "one"), ("plane", "", "two")]);
    }
}
