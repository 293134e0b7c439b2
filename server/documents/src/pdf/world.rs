//! All that the typesetter may see: the drawing, the sheet, the electronic document and the fonts. No file, no clock, no network.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::fonts;
use crate::{Error, Result};

/// The drawing's name; those of the others stand in the drawing.
const DRAWING: &str = "sheet.typ";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

/// One document's world.
pub(super) struct SheetWorld {
    drawing: Source,
    sheet: Bytes,
    data: Option<Bytes>,
}

impl SheetWorld {
    /// Of a sheet as JSON, and the electronic document that goes with it.
    pub(super) fn new(sheet: String, data: Option<String>) -> Result<Self> {
        let path = VirtualPath::new(DRAWING).map_err(|error| Error::Typeset(error.to_string()))?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        Ok(Self {
            drawing: Source::new(id, include_str!("sheet.typ").to_owned()),
            sheet: Bytes::from_string(sheet),
            data: data.map(Bytes::from_string),
        })
    }
}

impl World for SheetWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.drawing.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.drawing.id() { Ok(self.drawing.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match (id.vpath().get_without_slash(), &self.data) {
            ("sheet.json", _) => Ok(self.sheet.clone()),
            ("document.xml", Some(data)) => Ok(data.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::font(index)
    }

    /// A document has its own day, and no other.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
