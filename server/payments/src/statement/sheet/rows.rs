//! From text to rows of named cells.

use std::collections::HashMap;

use super::{
    super::{Error, Fault, MAX_LINES},
    Delimiter,
};
use crate::text::fold;

/// Headings stand in one of so many rows.
pub(super) const N_ROWS_BEFORE: usize = 40;
/// No bank names more columns.
pub(super) const N_COLUMNS: usize = 200;
/// No bank's heading has more bytes.
const LONGEST_HEADING: usize = 200;

/// The rows below the headings.
pub(super) struct Rows<'a> {
    places: HashMap<&'a str, usize>,
    all: Vec<Row>,
}

/// A row of a sheet.
pub(super) struct Row {
    /// Where it stands in the file, from 1.
    pub(super) line: usize,
    pub(super) cells: csv::StringRecord,
}

impl<'a> Rows<'a> {
    /// The rows below the one that holds all these headings.
    pub(super) fn read(text: &str, delimiter: Delimiter, headings: &[&'a str]) -> Result<Self, Error> {
        let mut records = records(text, delimiter);
        let mut found = None;
        let mut nearest: Option<(usize, usize, &str)> = None;
        for row in records.by_ref().take(N_ROWS_BEFORE) {
            let row = row?;
            let places = places(&row, headings);
            let Some(missing) = headings.iter().find(|heading| !places.contains_key(**heading)) else {
                found = Some(places);
                break;
            };
            if places.len() > nearest.map_or(0, |(n_found, ..)| n_found) {
                nearest = Some((places.len(), row.line, *missing));
            }
        }
        let Some(places) = found else {
            let first = headings.first().copied().unwrap_or_default();
            let missing = |heading: &str| Fault::Column(heading.to_owned());
            return Err(nearest.map_or_else(
                || Error::file(missing(first)),
                |(_, line, heading)| Error::line(line, missing(heading)),
            ));
        };
        let all = records.take(2 * MAX_LINES + 1).collect::<Result<Vec<_>, _>>()?;
        if all.len() > 2 * MAX_LINES { Err(Error::file(Fault::TooLarge)) } else { Ok(Self { places, all }) }
    }

    /// The rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.all.iter()
    }

    /// What a row says below a heading.
    pub(super) fn cell<'r>(&self, row: &'r Row, heading: &str) -> &'r str {
        self.places.get(heading).and_then(|place| row.cells.get(*place)).map(str::trim).unwrap_or_default()
    }
}

/// Where the headings stand in a row, of those that do.
fn places<'a>(row: &Row, headings: &[&'a str]) -> HashMap<&'a str, usize> {
    let cells: Vec<String> = row.cells.iter().take(N_COLUMNS).map(heading).collect();
    let place = |heading: &&'a str| {
        let folded = fold(heading);
        Some((*heading, cells.iter().position(|cell| *cell == folded)?))
    };
    headings.iter().filter_map(place).collect()
}

/// A cell as headings compare: one that is longer than any heading is none.
pub(super) fn heading(cell: &str) -> String {
    if cell.len() > LONGEST_HEADING { String::new() } else { fold(cell) }
}

/// All rows that are not empty.
pub(super) fn records(text: &str, delimiter: Delimiter) -> impl Iterator<Item = Result<Row, Error>> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder.has_headers(false).flexible(true).delimiter(delimiter.byte()).from_reader(text.as_bytes());
    reader.into_records().map(|record| {
        let cells = record.map_err(|_| Error::file(Fault::OtherFormat("CSV")))?;
        let line = cells.position().map_or(0, csv::Position::line);
        Ok(Row { line: usize::try_from(line).unwrap_or(usize::MAX), cells })
    })
}
