//! A document written out: every word and figure in its language, in the order in which they stand. One shape for all kinds,
//! so that one drawing serves them; what a kind puts where is in a file for each.

mod account;
mod credit_note;
mod invoice;
mod payment;
mod pen;

use messages::Locale;
use serde::Serialize;

use crate::{Error, Result, Snapshot};

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Sheet {
    /// The language's tag, which also says where lines begin.
    pub(crate) lang: &'static str,
    /// What the file is called by those who list it.
    pub(crate) title: String,
    /// What kind of document it is.
    pub(crate) heading: String,
    /// Its number; nothing for a draft and for what has none.
    pub(crate) number: Option<String>,
    /// That it is a draft.
    pub(crate) draft: Option<String>,
    /// Its day, for the file's own facts: year, month, day.
    pub(crate) date: [i16; 3],
    /// Who sends it.
    pub(crate) seller: Named,
    /// Whom it is for.
    pub(crate) buyer: Named,
    /// What stands beside the heading.
    pub(crate) facts: Vec<Fact>,
    /// What it is about.
    pub(crate) lines: Table,
    /// What the lines come to.
    pub(crate) totals: Vec<Total>,
    /// The tables beneath the totals.
    pub(crate) more: Vec<Table>,
    /// The total in words.
    pub(crate) spelled: Option<String>,
    /// How it is paid.
    pub(crate) pay: Option<Pay>,
    /// What else has to be said.
    pub(crate) notes: Vec<String>,
    /// The page's number, with `{page}` and `{pages}` in it.
    pub(crate) page: String,
    /// What the file of data that it carries is called; nothing where it carries none.
    pub(crate) as_data: Option<String>,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Named {
    /// What it is to the document; nothing for the seller.
    pub(crate) role: Option<String>,
    /// The legal name.
    pub(crate) name: String,
    /// Where it is and under which numbers.
    pub(crate) lines: Vec<String>,
}

/// A word and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Table {
    /// What it shows; nothing for the lines, which the heading names.
    pub(crate) title: Option<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A column: the first one takes the room that is left, those of figures end at the same place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Column {
    pub(crate) title: String,
    pub(crate) is_figure: bool,
}

/// A cell, and what stands small beneath it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) beneath: Option<String>,
}

/// A line of the totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Total {
    pub(crate) label: String,
    pub(crate) amount: String,
    /// Whether it is what the others come to.
    pub(crate) is_grand: bool,
}

/// How something is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Pay {
    pub(crate) title: String,
    pub(crate) facts: Vec<Fact>,
}

impl Sheet {
    /// The sheet of a snapshot; `has_data`: whether an electronic document goes with it.
    pub(crate) fn of(snapshot: &Snapshot, has_data: bool) -> Result<Self> {
        let locale = snapshot.locale().ok_or(Error::Missing("a language that is written here"))?;
        let mut sheet = match snapshot {
            Snapshot::Invoice(invoice) => invoice::sheet(locale, invoice),
            Snapshot::CreditNote(note) => credit_note::sheet(locale, &note.document),
            Snapshot::ProForma(pro_forma) => payment::pro_forma(locale, pro_forma),
            Snapshot::Receipt(receipt) => payment::receipt(locale, receipt),
            Snapshot::Statement(statement) => account::sheet(locale, statement),
        };
        if !has_data {
            sheet.as_data = None;
        }
        Ok(sheet)
    }
}

/// A sheet without anything on it.
fn blank(locale: Locale, pen: &pen::Pen, seller: &types::Party, buyer: &types::Party) -> Sheet {
    Sheet {
        lang: locale.tag(),
        title: String::new(),
        heading: String::new(),
        number: None,
        draft: None,
        date: [2000, 1, 1],
        seller: pen.seller(seller),
        buyer: pen.buyer(buyer),
        facts: Vec::new(),
        lines: Table { title: None, columns: Vec::new(), rows: Vec::new() },
        totals: Vec::new(),
        more: Vec::new(),
        spelled: None,
        pay: None,
        notes: Vec::new(),
        page: pen.page(),
        as_data: Some(pen.as_data()),
    }
}
