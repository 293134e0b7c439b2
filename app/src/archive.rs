//! Several documents as one file.

use std::io::{Cursor, Write};

use domain::{Error, Result};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A ZIP archive of JSON documents, each `name.json`.
///
/// # Errors
/// Only where memory cannot be written to.
pub(crate) fn of_documents(documents: &[(&'static str, serde_json::Value)]) -> Result<Vec<u8>> {
    let broken = |error: &dyn std::fmt::Display| Error::Corrupt(format!("an archive: {error}"));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, document) in documents {
        let text = serde_json::to_vec_pretty(document).map_err(|error| broken(&error))?;
        archive.start_file(format!("{name}.json"), SimpleFileOptions::default()).map_err(|error| broken(&error))?;
        archive.write_all(&text).map_err(|error| broken(&error))?;
    }
    Ok(archive.finish().map_err(|error| broken(&error))?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn each_document_comes_out_as_it_went_in() {
        let documents = [("account", json!({ "name": "سلمى", "at": 1 })), ("letters", json!([]))];
        let bytes = of_documents(&documents).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), 2);
        for (name, document) in documents {
            let mut text = String::new();
            archive.by_name(&format!("{name}.json")).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), document);
        }
    }
}
