//! One page of a list, as the API answers it.

use serde::{Deserialize, Serialize};

/// Some items, and where the next ones begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct List<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// What to ask for as `cursor` to get more; nothing at the end.
    pub next_cursor: Option<String>,
}

/// Where a page begins and how long it is.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cursor {
    /// What the page before gave as `next_cursor`.
    pub cursor: Option<String>,
    /// Items wanted, 1 to 200; 50 when nothing is said.
    pub limit: Option<u16>,
}

impl Cursor {
    /// How many items a page has, whatever was asked for.
    #[must_use]
    pub fn size(&self) -> u16 {
        self.limit.unwrap_or(50).clamp(1, 200)
    }
}
