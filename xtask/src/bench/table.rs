//! The table: read from what the measurement says, printed for people, written into the document.

use anyhow::Context;
use serde_json::Value;

use crate::{
    document::{self, Document},
    terminal,
};

const HEAD: [&str; 6] = ["group", "figure", "measured", "beside it", "ratio", "allowed"];

/// The cells of one line.
type Cells = [String; HEAD.len()];

/// One figure.
#[derive(Debug)]
pub(super) struct Row {
    cells: Cells,
    /// Whether it is within what is allowed, where something is.
    pub(super) kept: Option<bool>,
}

/// What the measurement writes on one line.
#[derive(Debug)]
pub(super) enum Said {
    Row(Row),
    /// A group that could not be measured, and why.
    Failed(String),
}

/// Reads one line of the measurement.
pub(super) fn parse(line: &str) -> anyhow::Result<Said> {
    let row: Value = serde_json::from_str(line).with_context(|| format!("no row: {line}"))?;
    let cell = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    if row["failed"].is_string() {
        return Ok(Said::Failed(format!("{} ({})", cell("group"), cell("failed"))));
    }
    let kept = row["kept"].as_bool();
    let mark = match kept {
        Some(true) => " ✓",
        Some(false) => " ✗ ABOVE",
        None => "",
    };
    let allowed = format!("{}{mark}", cell("allowed"));
    let cells = [cell("group"), cell("figure"), cell("measured"), cell("beside"), cell("ratio"), allowed];
    Ok(Said::Row(Row { cells, kept }))
}

/// For the terminal.
pub(super) fn plain(rows: &[Row]) -> String {
    let head = std::iter::once(HEAD.map(str::to_owned));
    terminal::table(&head.chain(rows.iter().map(|row| row.cells.clone())).collect::<Vec<_>>())
}

/// The document with the machine that measures now.
#[derive(Debug)]
pub(super) struct Table {
    document: Document,
    machine: String,
}

impl Table {
    /// Reads it.
    pub(super) fn open(machine: String) -> anyhow::Result<Self> {
        Ok(Self { document: Document::open("docs/PERFORMANCE.md", "figures")?, machine })
    }

    /// Whether the figures that stand there are this machine's.
    pub(super) fn is_of_this_machine(&self) -> anyhow::Result<bool> {
        // Somebody may have broken the lines elsewhere.
        let in_words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(in_words(self.document.found()?).contains(&in_words(&self.machine)))
    }

    /// Puts figures in place of those of the same groups, and writes the document.
    pub(super) fn put(&self, rows: &[Row]) -> anyhow::Result<()> {
        self.document.put(&self.with(rows)?)
    }

    fn with(&self, rows: &[Row]) -> anyhow::Result<String> {
        let known = if self.is_of_this_machine()? { document::rows(self.document.found()?) } else { Vec::new() };
        let rows = rows.iter().map(|row| row.cells.clone()).collect();
        Ok(format!("{}\n\n{}", self.machine, document::table(HEAD, &merged(known, rows))))
    }
}

/// Each group where it stood, with its new figures where it has any; new groups at the end.
fn merged(mut known: Vec<Cells>, rows: Vec<Cells>) -> Vec<Cells> {
    let groups: Vec<String> = known.iter().chain(&rows).map(|row| row[0].clone()).collect();
    known.retain(|line| rows.iter().all(|row| row[0] != line[0]));
    known.extend(rows);
    known.sort_by_key(|line| groups.iter().position(|group| *group == line[0]));
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(group: &str, figure: &str) -> Row {
        let line = format!(
            r#"{{"group":"{group}","figure":"{figure}","measured":"3 ms","beside":"raw: 1 ms","ratio":"3.0×","allowed":"≤ 2×","kept":false}}"#
        );
        match parse(&line).unwrap() {
            Said::Row(row) => row,
            Said::Failed(what) => panic!("{what}"),
        }
    }

    fn table(found: &str, machine: &str) -> Table {
        let text = format!("# A\n<!-- figures -->\n{found}\n<!-- end of figures -->\nB\n");
        Table { document: Document::read("A.md", text, "figures").unwrap(), machine: machine.to_owned() }
    }

    fn figures(found: &str) -> Vec<String> {
        document::rows::<6>(found).into_iter().map(|cells| cells[1].clone()).collect()
    }

    #[test]
    fn a_figure_above_its_limit_is_marked() {
        let row = row("launch", "a");
        assert_eq!((row.cells[5].as_str(), row.kept), ("≤ 2× ✗ ABOVE", Some(false)));
        assert!(parse("measured 3 ms").is_err());
        let failed = parse(r#"{"group":"scale","failed":"the watch ended"}"#).unwrap();
        assert!(matches!(failed, Said::Failed(what) if what == "scale (the watch ended)"));
    }

    #[test]
    fn figures_take_the_place_of_their_group_and_another_machine_takes_all() {
        let first = [row("cold", "a"), row("launch", "b"), row("launch", "c"), row("scale", "d")];
        let written = table("old", "a machine").with(&first).unwrap();
        assert!(written.starts_with("a machine\n\n| group  | figure | measured |"), "{written}");
        assert_eq!(figures(&written), ["a", "b", "c", "d"]);
        let again = table(&written, "a machine").with(&[row("launch", "e"), row("billing", "f")]).unwrap();
        assert_eq!(figures(&again), ["a", "e", "d", "f"]);
        let moved = table(&again, "another").with(&[row("cold", "g")]).unwrap();
        assert_eq!(figures(&moved), ["g"]);
    }
}
