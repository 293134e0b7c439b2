//! From a sheet to PDF/A: tagged, with the fonts that stand beside this crate and no others, the same bytes each time.

mod fonts;
mod world;

use std::thread;

use serde_json::Value;
use typst::{
    diag::{SourceDiagnostic, Warned},
    foundations::Smart,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::world::SheetWorld;
use crate::{Error, Result, Snapshot, sheet::Sheet, ubl};

/// How strict an archive's format may be, the strictest first. Both may carry the electronic document. The first one wants a
/// letter behind every glyph, which not every shaped word of every script has.
const STANDARDS: [PdfStandard; 2] = [PdfStandard::A_3a, PdfStandard::A_3b];
/// Of the thread that sets a document, in bytes.
const STACK: usize = 16 * 1024 * 1024;

/// The document as a PDF, which carries its electronic form where it has one; where the standard wants more than the snapshot
/// says, it carries none, and `ubl` tells what is missing.
///
/// # Errors
/// As `Snapshot::check`; `Typeset` where it cannot be set.
pub fn pdf(snapshot: &Snapshot) -> Result<Vec<u8>> {
    snapshot.check()?;
    let data = match ubl(snapshot) {
        Err(Error::Invalid(_) | Error::Missing(_)) => None,
        known => known?,
    };
    let sheet = Sheet::of(snapshot, data.is_some())?;
    let identity = format!("{}:{}", sheet.heading, sheet.title);
    let drawn = serde_json::to_value(&sheet).map_err(|error| Error::Typeset(error.to_string()))?;
    let world = SheetWorld::new(shown(drawn).to_string(), data)?;
    on_own_stack(|| set(&world, &identity))
}

/// Boxes lie in boxes, and without optimisation each takes much of the stack: more than a worker's thread has.
fn on_own_stack<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    thread::scope(|scope| {
        let running = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let running = running.map_err(|error| Error::Typeset(error.to_string()))?;
        running.join().unwrap_or_else(|_| Err(Error::Typeset("the typesetter stopped".to_owned())))
    })
}

/// As the strictest standard that it can keep.
fn set(world: &SheetWorld, identity: &str) -> Result<Vec<u8>> {
    let document = compiled(world)?;
    let mut refusal = Error::Typeset("no standard".to_owned());
    for standard in STANDARDS {
        match exported(&document, standard, identity) {
            Ok(bytes) => return Ok(bytes),
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

fn compiled(world: &SheetWorld) -> Result<PagedDocument> {
    let Warned { output, .. } = typst::compile::<PagedDocument>(world);
    // What was laid out is remembered for the next document of the same words; what nothing used for ten is forgotten.
    typst::comemo::evict(10);
    output.map_err(|errors| said(&errors))
}

fn exported(document: &PagedDocument, standard: PdfStandard, identity: &str) -> Result<Vec<u8>> {
    let standards = PdfStandards::new(&[standard]).map_err(|error| Error::Typeset(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some("Tamuda".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| said(&errors))
}

fn said(errors: &[SourceDiagnostic]) -> Error {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    Error::Typeset(messages.join("; "))
}

/// The same with every letter that can be shown, and a question mark for the others: an archive's format allows no empty box.
fn shown(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.chars().filter_map(fonts::shown).collect()),
        Value::Array(values) => Value::Array(values.into_iter().map(shown).collect()),
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(key, value)| (key, shown(value))).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn letters_without_a_glyph_become_question_marks_and_nothing_invisible_stays() {
        let said =
            shown(json!({"name": ["Łódź \u{1f600} عمّان\u{feff}", "a\u{0}b\nc\u{2066}1\u{2069}\u{202f}000"], "n": 1}));
        assert_eq!(said, json!({"name": ["Łódź ? عمّان", "a b c\u{2066}1\u{2069}\u{a0}000"], "n": 1}));
    }
}
