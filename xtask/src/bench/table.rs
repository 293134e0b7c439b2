//! The table: read from what the measurement says, printed for people, written into the document.

use std::fs;

use anyhow::{Context, ensure};

use crate::terminal;

const DOCUMENT: &str = "docs/PERFORMANCE.md";
/// The table stands between these lines.
const MARKS: [&str; 2] = ["<!-- figures -->", "<!-- end of figures -->"];
const HEAD: [&str; 5] = ["figure", "measured", "beside it", "ratio", "allowed"];

/// One figure.
#[derive(Debug)]
pub(super) struct Row {
    cells: [String; 5],
    /// Whether it is within what is allowed, where something is.
    pub(super) kept: Option<bool>,
}

/// Reads one row as the measurement writes it.
pub(super) fn parse(line: &str) -> anyhow::Result<Row> {
    let row: serde_json::Value = serde_json::from_str(line).with_context(|| format!("no row: {line}"))?;
    let cell = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let kept = row["kept"].as_bool();
    let mark = match kept {
        Some(true) => " ✓",
        Some(false) => " ✗ ABOVE",
        None => "",
    };
    let allowed = format!("{}{mark}", cell("allowed"));
    Ok(Row { cells: [cell("figure"), cell("measured"), cell("beside"), cell("ratio"), allowed], kept })
}

/// For the terminal.
pub(super) fn plain(rows: &[Row]) -> String {
    terminal::table(&with_head(rows))
}

/// Puts the table and the machine into the document, in place of those before.
pub(super) fn write(rows: &[Row], machine: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(DOCUMENT).with_context(|| format!("cannot read {DOCUMENT}"))?;
    fs::write(DOCUMENT, replaced(&text, &format!("{machine}\n\n{}", markdown(rows)))?)?;
    terminal::say(&format!("{DOCUMENT} has the table"));
    Ok(())
}

fn replaced(text: &str, table: &str) -> anyhow::Result<String> {
    let (before, rest) = text.split_once(MARKS[0]).with_context(|| format!("{DOCUMENT} lacks {}", MARKS[0]))?;
    let (_, after) = rest.split_once(MARKS[1]).with_context(|| format!("{DOCUMENT} lacks {}", MARKS[1]))?;
    ensure!(!after.contains(MARKS[1]), "{DOCUMENT} has the mark {} twice", MARKS[1]);
    Ok(format!("{before}{}\n\n{table}\n{}{after}", MARKS[0], MARKS[1]))
}

/// Aligned in the source too.
fn markdown(rows: &[Row]) -> String {
    let mut lines = with_head(rows);
    lines.insert(1, HEAD.map(|_| "---".to_owned()));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let line = |cells: &[String; 5]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    lines.iter().map(line).collect()
}

fn with_head(rows: &[Row]) -> Vec<[String; 5]> {
    [HEAD.map(str::to_owned)].into_iter().chain(rows.iter().map(|row| row.cells.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        r#"{"figure":"a","measured":"3 ms","beside":"raw: 1 ms","ratio":"3.0×","allowed":"≤ 2×","kept":false}"#;

    #[test]
    fn a_figure_above_its_limit_is_marked() {
        let row = parse(LINE).unwrap();
        assert_eq!((row.cells[4].as_str(), row.kept), ("≤ 2× ✗ ABOVE", Some(false)));
        assert!(parse("measured 3 ms").is_err());
    }

    #[test]
    fn the_table_takes_the_place_of_the_one_before_and_nothing_else() {
        let text = "# A\n<!-- figures -->\nold\n<!-- end of figures -->\nB\n";
        let written = replaced(text, &markdown(&[parse(LINE).unwrap()])).unwrap();
        assert!(written.starts_with("# A\n<!-- figures -->\n\n| figure | measured |"), "{written}");
        assert!(written.ends_with("|\n\n<!-- end of figures -->\nB\n") && !written.contains("old"), "{written}");
        assert_eq!(replaced(&written, &markdown(&[parse(LINE).unwrap()])).unwrap(), written);
        assert!(replaced("# A", "").is_err());
    }
}
