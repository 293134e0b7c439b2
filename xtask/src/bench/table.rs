//! The table: read from what the measurement says, printed for people, written into the document.

use std::fs;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::terminal;

const DOCUMENT: &str = "docs/PERFORMANCE.md";
/// The table stands between these lines.
const MARKS: [&str; 2] = ["<!-- figures -->", "<!-- end of figures -->"];
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
    let rows: Vec<_> = rows.iter().map(|row| row.cells.clone()).collect();
    terminal::table(&with_head(&rows))
}

/// The document with the machine that its table is of and the one that measures now.
#[derive(Debug)]
pub(super) struct Document {
    text: String,
    machine: String,
}

impl Document {
    /// Reads it.
    pub(super) fn open(machine: &str) -> anyhow::Result<Self> {
        let text = fs::read_to_string(DOCUMENT).with_context(|| format!("cannot read {DOCUMENT}"))?;
        parts(&text)?;
        Ok(Self { text, machine: machine.to_owned() })
    }

    /// Whether the figures that stand there are this machine's.
    pub(super) fn is_of_this_machine(&self) -> bool {
        self.text.contains(&self.machine)
    }

    /// Puts figures in place of those of the same groups, and writes the document.
    pub(super) fn put(self, rows: &[Row]) -> anyhow::Result<()> {
        fs::write(DOCUMENT, self.with(rows)?)?;
        terminal::say(&format!("{DOCUMENT} has the figures"));
        Ok(())
    }

    fn with(&self, rows: &[Row]) -> anyhow::Result<String> {
        let (before, table, after) = parts(&self.text)?;
        let known = if self.is_of_this_machine() { lines(table) } else { Vec::new() };
        let rows: Vec<_> = rows.iter().map(|row| row.cells.clone()).collect();
        let (machine, table) = (&self.machine, markdown(&merged(known, rows)));
        Ok(format!("{before}{}\n\n{machine}\n\n{table}\n{}{after}", MARKS[0], MARKS[1]))
    }
}

/// What stands before the table, the table and what stands after it.
fn parts(text: &str) -> anyhow::Result<(&str, &str, &str)> {
    let (before, rest) = text.split_once(MARKS[0]).with_context(|| format!("{DOCUMENT} lacks {}", MARKS[0]))?;
    let (table, after) = rest.split_once(MARKS[1]).with_context(|| format!("{DOCUMENT} lacks {}", MARKS[1]))?;
    ensure!(!after.contains(MARKS[1]), "{DOCUMENT} has the mark {} twice", MARKS[1]);
    Ok((before, table, after))
}

/// The figures of a table as it stands in the document.
fn lines(table: &str) -> Vec<Cells> {
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")).skip(2);
    let cells = rows.map(|line| line.split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    cells.filter_map(|cells| cells.try_into().ok()).collect()
}

/// Each group where it stood, with its new figures where it has any; new groups at the end.
fn merged(mut known: Vec<Cells>, rows: Vec<Cells>) -> Vec<Cells> {
    let groups: Vec<String> = known.iter().chain(&rows).map(|row| row[0].clone()).collect();
    known.retain(|line| rows.iter().all(|row| row[0] != line[0]));
    known.extend(rows);
    known.sort_by_key(|line| groups.iter().position(|group| *group == line[0]));
    known
}

/// Aligned in the source too.
fn markdown(rows: &[Cells]) -> String {
    let mut lines = with_head(rows);
    lines.insert(1, HEAD.map(|_| "---".to_owned()));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; HEAD.len()] = std::array::from_fn(width);
    let line = |cells: &Cells| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    lines.iter().map(line).collect()
}

fn with_head(rows: &[Cells]) -> Vec<Cells> {
    [HEAD.map(str::to_owned)].into_iter().chain(rows.iter().cloned()).collect()
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

    fn document(text: &str, machine: &str) -> Document {
        Document { text: text.to_owned(), machine: machine.to_owned() }
    }

    const EMPTY: &str = "# A\n<!-- figures -->\nold\n<!-- end of figures -->\nB\n";

    #[test]
    fn a_figure_above_its_limit_is_marked() {
        let row = row("launch", "a");
        assert_eq!((row.cells[5].as_str(), row.kept), ("≤ 2× ✗ ABOVE", Some(false)));
        assert!(parse("measured 3 ms").is_err());
        let failed = parse(r#"{"group":"scale","failed":"the watch ended"}"#).unwrap();
        assert!(matches!(failed, Said::Failed(what) if what == "scale (the watch ended)"));
    }

    #[test]
    fn the_table_takes_the_place_of_the_one_before_and_nothing_else() {
        let written = document(EMPTY, "a machine").with(&[row("launch", "a")]).unwrap();
        assert!(
            written.starts_with("# A\n<!-- figures -->\n\na machine\n\n| group  | figure | measured |"),
            "{written}"
        );
        assert!(written.ends_with("|\n\n<!-- end of figures -->\nB\n") && !written.contains("old"), "{written}");
        assert_eq!(document(&written, "a machine").with(&[row("launch", "a")]).unwrap(), written);
        assert!(parts("# A").is_err());
    }

    #[test]
    fn figures_take_the_place_of_their_group_and_another_machine_takes_all() {
        let first = [row("cold", "a"), row("launch", "b"), row("launch", "c"), row("scale", "d")];
        let written = document(EMPTY, "a machine").with(&first).unwrap();
        let again = document(&written, "a machine").with(&[row("launch", "e"), row("billing", "f")]).unwrap();
        let figures: Vec<_> = lines(parts(&again).unwrap().1).into_iter().map(|cells| cells[1].clone()).collect();
        assert_eq!(figures, ["a", "e", "d", "f"]);
        let moved = document(&again, "another").with(&[row("cold", "g")]).unwrap();
        assert_eq!(lines(parts(&moved).unwrap().1).len(), 1);
    }
}
