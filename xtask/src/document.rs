//! Documents that carry what was measured, each between two marks.

use std::fs;

use anyhow::{Context, ensure};

/// A document with what a run found, in place of what the run before found.
#[derive(Debug)]
pub(crate) struct Document {
    path: &'static str,
    text: String,
    marks: [String; 2],
}

impl Document {
    /// Reads it; what is found stands between `<!-- mark -->` and `<!-- end of mark -->`.
    pub(crate) fn open(path: &'static str, mark: &str) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
        Self::read(path, text, mark)
    }

    pub(crate) fn read(path: &'static str, text: String, mark: &str) -> anyhow::Result<Self> {
        let document = Self { path, text, marks: [format!("<!-- {mark} -->"), format!("<!-- end of {mark} -->")] };
        document.parts()?;
        Ok(document)
    }

    /// What stands there now.
    pub(crate) fn found(&self) -> anyhow::Result<&str> {
        Ok(self.parts()?[1])
    }

    /// Writes the document with something else there.
    pub(crate) fn put(&self, found: &str) -> anyhow::Result<()> {
        fs::write(self.path, self.with(found)?).with_context(|| format!("cannot write {}", self.path))?;
        crate::terminal::say(&format!("{} has it", self.path));
        Ok(())
    }

    pub(crate) fn with(&self, found: &str) -> anyhow::Result<String> {
        let [before, _, after] = self.parts()?;
        let [begin, end] = &self.marks;
        Ok(format!("{before}{begin}\n\n{found}\n{end}{after}"))
    }

    fn parts(&self) -> anyhow::Result<[&str; 3]> {
        let (path, [begin, end]) = (self.path, &self.marks);
        let (before, rest) = self.text.split_once(begin.as_str()).with_context(|| format!("{path} lacks {begin}"))?;
        let (found, after) = rest.split_once(end.as_str()).with_context(|| format!("{path} lacks {end}"))?;
        ensure!(!after.contains(end.as_str()), "{path} has the mark {end} twice");
        Ok([before, found, after])
    }
}

/// A table in Markdown, aligned in the source too.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let mut lines = vec![head.map(str::to_owned), head.map(|_| "---".to_owned())];
    lines.extend(rows.iter().cloned());
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: &[String; N]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    lines.iter().map(line).collect()
}

/// The rows of a table in Markdown.
pub(crate) fn rows<const N: usize>(text: &str) -> Vec<[String; N]> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")).skip(2);
    let cells = rows.map(|line| line.split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    cells.filter_map(|cells| cells.try_into().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<Document> {
        Document::read("A.md", text.to_owned(), "figures")
    }

    #[test]
    fn what_is_found_takes_the_place_of_what_was_and_nothing_else() {
        let text = "# A\n<!-- figures -->\nold\n<!-- end of figures -->\nB\n";
        let written = read(text).unwrap().with("new\n").unwrap();
        assert_eq!(written, "# A\n<!-- figures -->\n\nnew\n\n<!-- end of figures -->\nB\n");
        assert_eq!(read(&written).unwrap().with("new\n").unwrap(), written);
        assert!(read("# A").is_err());
        assert!(read(&format!("{text}<!-- end of figures -->")).is_err());
    }

    #[test]
    fn the_rows_of_a_table_read_back() {
        let lines = [["a".to_owned(), String::new()], ["longer".to_owned(), "b c".to_owned()]];
        let text = table(["x", "y"], &lines);
        assert_eq!(text, "| x      | y   |\n| ---    | --- |\n| a      |     |\n| longer | b c |\n");
        assert_eq!(rows(&text), lines);
    }
}
