//! A snapshot: all objects in one file, so that the journals before it can go.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use serde::{Deserialize, Serialize};

use super::Object;
use super::journal::{self, Loaded};

/// The objects as they stood at a revision, to be written into a folder.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) folder: PathBuf,
    pub(super) revision: u64,
    pub(super) objects: Vec<Arc<Object>>,
}

#[derive(Serialize, Deserialize)]
struct Header {
    revision: u64,
    count: usize,
}

impl Snapshot {
    /// Writes the file beside the old one, puts it in its place whole, then removes the journals it replaces. Killed at
    /// any point, the folder reads back the same: a journal that is still there only repeats what the snapshot says.
    pub(super) fn write(self) -> io::Result<()> {
        let draft = self.folder.join("snapshot.draft");
        let mut file = BufWriter::new(File::create(&draft)?);
        let header = Header { revision: self.revision, count: self.objects.len() };
        writeln!(file, "{}", serde_json::to_string(&header)?)?;
        for object in &self.objects {
            file.write_all(&journal::line_of(object))?;
        }
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        std::fs::rename(&draft, self.folder.join("snapshot.jsonl"))?;
        File::open(&self.folder)?.sync_all()?;
        for path in journal::journals(&self.folder)? {
            if journal::revision_of(&path).is_some_and(|revision| revision < self.revision) {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

/// Reads the folder's snapshot; an empty one when there is none.
pub(super) fn read(folder: &Path) -> anyhow::Result<Loaded> {
    let path = folder.join("snapshot.jsonl");
    if !path.exists() {
        return Ok(Loaded::default());
    }
    let text = std::fs::read_to_string(&path)?;
    let mut lines = text.lines();
    let Some(header) = lines.next() else { bail!("{} is empty", path.display()) };
    let header: Header = serde_json::from_str(header)?;
    let mut loaded = Loaded::default();
    for line in lines {
        journal::take(line, &mut loaded).with_context(|| format!("{} is damaged", path.display()))?;
    }
    ensure!(
        loaded.objects.len() == header.count,
        "{} holds {} of {} objects",
        path.display(),
        loaded.objects.len(),
        header.count
    );
    loaded.revision = header.revision;
    Ok(loaded)
}
