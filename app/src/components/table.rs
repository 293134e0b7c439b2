//! Tables: on a phone one row is one card, or the table scrolls within a region that can be focused.

use leptos::prelude::*;

/// A column's head.
#[derive(Clone, Debug, Default)]
pub struct Column {
    head: String,
    end: bool,
    wide: bool,
    unseen: bool,
}

impl Column {
    /// Text, from the start.
    #[must_use]
    pub fn new(head: impl Into<String>) -> Self {
        Self { head: head.into(), ..Self::default() }
    }

    /// Numbers, towards the end.
    #[must_use]
    pub fn end(head: impl Into<String>) -> Self {
        Self { end: true, ..Self::new(head) }
    }

    /// Long text, which takes a card's whole width on a phone.
    #[must_use]
    pub fn wide(head: impl Into<String>) -> Self {
        Self { wide: true, ..Self::new(head) }
    }

    /// Actions or a radio: the head is only heard.
    #[must_use]
    pub fn unseen(head: impl Into<String>) -> Self {
        Self { unseen: true, ..Self::new(head) }
    }

    fn view(&self) -> AnyView {
        let class = self.end.then_some("end");
        match self.unseen {
            true => {
                view! { <th scope="col" class="shrink"><span class="unseen">{self.head.clone()}</span></th> }.into_any()
            }
            false => view! { <th scope="col" class=class>{self.head.clone()}</th> }.into_any(),
        }
    }

    fn cell(&self, place: usize, content: AnyView) -> AnyView {
        // The first cell is the card's title and the unseen ones have no name to show.
        let label = (place > 0 && !self.unseen).then(|| self.head.clone());
        let class = match (self.end, self.wide) {
            (true, _) => Some("end"),
            (_, true) => Some("wide soft"),
            _ => None,
        };
        view! { <td class=class data-label=label>{content}</td> }.into_any()
    }
}

/// A row.
pub struct Row {
    cells: Vec<AnyView>,
    class: &'static str,
    id: Option<String>,
}

impl Row {
    /// Cells in the order of the columns.
    #[must_use]
    pub fn new(cells: Vec<AnyView>) -> Self {
        Self { cells, class: "", id: None }
    }

    /// The whole row follows the link that `cover` made.
    #[must_use]
    pub fn goes(mut self) -> Self {
        self.class = "goes";
        self
    }

    /// Can be picked with the radio in it.
    #[must_use]
    pub fn pick(mut self) -> Self {
        self.class = "pick";
        self
    }

    /// Cannot be picked; a cell says why.
    #[must_use]
    pub fn off(mut self) -> Self {
        self.class = "pick off";
        self
    }

    /// An anchor.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    fn view(self, columns: &[Column]) -> AnyView {
        let cells = self.cells.into_iter().zip(columns).enumerate();
        let cells = cells.map(|(place, (content, column))| column.cell(place, content)).collect::<Vec<_>>();
        view! { <tr class=self.class id=self.id>{cells}</tr> }.into_any()
    }
}

/// A table, built step by step.
pub struct Table {
    label: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    cards: bool,
    sum: Option<Row>,
}

impl Table {
    /// A table that says what it lists.
    #[must_use]
    pub fn new(label: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { label: label.into(), columns, rows: Vec::new(), cards: true, sum: None }
    }

    /// Its rows.
    #[must_use]
    pub fn rows(mut self, rows: Vec<Row>) -> Self {
        self.rows = rows;
        self
    }

    /// A last row that adds up.
    #[must_use]
    pub fn sum(mut self, cells: Vec<AnyView>) -> Self {
        self.sum = Some(Row::new(cells));
        self
    }

    /// Figures to compare down a column: scrolls on a phone instead of becoming cards.
    #[must_use]
    pub fn scrolls(mut self) -> Self {
        self.cards = false;
        self
    }

    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let heads = self.columns.iter().map(Column::view).collect::<Vec<_>>();
        let rows = self.rows.into_iter().map(|row| row.view(&self.columns)).collect::<Vec<_>>();
        let sum = self.sum.map(|row| view! { <tfoot>{row.view(&self.columns)}</tfoot> });
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=self.label>
                <table class=self.cards.then_some("cards")>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                    {sum}
                </table>
            </div>
        }
        .into_any()
    }
}
