//! Where a page of a list begins: behind the last row of the page before, by its time and id.

use types::{Cursor, Timestamp};
use uuid::Uuid;

use crate::{Error, Result, Rule};

/// A row's place in a list that runs from the latest to the earliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) at: Timestamp,
    pub(crate) id: Uuid,
}

impl Place {
    /// Where the wanted page begins; nothing for the first one.
    ///
    /// # Errors
    /// `Invalid` for a text that no page gave.
    pub(crate) fn of(page: &Cursor) -> Result<Option<Self>> {
        let read = |text: &str| {
            let (at, id) = text.split_once('_')?;
            Some(Self { at: at.parse().ok()?, id: Uuid::try_parse(id).ok()? })
        };
        let Some(text) = page.cursor.as_deref() else { return Ok(None) };
        read(text).map(Some).ok_or(Error::Invalid { field: "cursor", rule: Rule::Form })
    }
}

/// Cuts rows to the page's size and says where the next page begins; `rows` holds one more where there is a next one.
pub(crate) fn paged<T>(mut rows: Vec<T>, page: &Cursor, place: impl Fn(&T) -> Place) -> (Vec<T>, Option<String>) {
    let size = usize::from(page.size());
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(place).map(|Place { at, id }| format!("{at}_{}", id.simple()));
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_where_the_one_before_said() {
        let row = |n: u128| Place { at: Timestamp::from_second(1_700_000_000), id: Uuid::from_u128(n) };
        let page = Cursor { cursor: None, limit: Some(2) };
        let (rows, next) = paged(vec![row(3), row(2), row(1)], &page, |row| *row);
        let page = Cursor { cursor: next, limit: Some(2) };
        assert_eq!((rows.len(), Place::of(&page).unwrap()), (2, Some(row(2))));
        assert_eq!(paged(vec![row(1)], &page, |row| *row).1, None);
        for text in ["", "x", "_", "2026-01-01T00:00:00Z_", "2026-01-01T00:00:00Z_é"] {
            let page = Cursor { cursor: Some(text.to_owned()), limit: None };
            assert!(matches!(Place::of(&page), Err(Error::Invalid { field: "cursor", .. })), "{text}");
        }
    }
}
