//! The journal: one line per write, handed to the kernel before anybody hears of it, read back at the next start.
//!
//! Files: `snapshot.jsonl` (a header with the revision and the count, then one object a line), `journal-<revision>.jsonl`
//! (what came after that revision), `lock`. A torn last line of the newest journal is a write nobody was told of: dropped.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;
use serde_json::Value;

use super::snapshot;
use super::{Applied, Key, Object};
use crate::kinds::Kind;

/// The file that takes the writes.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    file: File,
    length: u64,
    n_lines: usize,
    dirty: bool,
    _lock: File,
}

/// What the files held.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) revision: u64,
    pub(super) objects: BTreeMap<Key, Object>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Put {
        object: Value,
        #[serde(default)]
        applied: Applied,
    },
    Gone {
        gone: (String, String, String),
        revision: u64,
    },
}

impl Journal {
    /// Reads the folder and opens its newest journal; a second process on the same folder is refused.
    pub(super) fn open(folder: &Path) -> anyhow::Result<(Self, Loaded)> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the store's folder {}", folder.display()))?;
        let lock = File::create(folder.join("lock"))?;
        if lock.try_lock().is_err() {
            bail!("another simulator uses the store in {}", folder.display());
        }
        let mut loaded = snapshot::read(folder)?;
        let files = journals(folder)?;
        for (position, path) in files.iter().enumerate() {
            replay(path, &mut loaded, position + 1 == files.len())?;
        }
        let path = files.last().cloned().unwrap_or_else(|| name(folder, loaded.revision));
        let (file, length) = append_to(&path)?;
        Ok((Self { folder: folder.to_owned(), file, length, n_lines: 0, dirty: false, _lock: lock }, loaded))
    }

    pub(super) fn put(&mut self, object: &Object) -> io::Result<()> {
        self.append(&line_of(object))
    }

    pub(super) fn gone(&mut self, key: &Key, revision: u64) -> io::Result<()> {
        let kind = key.kind.words().kind;
        let line = serde_json::json!({"gone": [kind, key.namespace, key.name], "revision": revision});
        self.append(format!("{line}\n").as_bytes())
    }

    /// Whether the journal is so much longer than the objects that a snapshot pays.
    pub(super) fn is_long(&self, n_objects: usize) -> bool {
        self.n_lines > 5_000.max(4 * n_objects) || self.length > (64 << 20)
    }

    /// Begins a new journal after `revision`; the caller then writes the snapshot into the returned folder.
    pub(super) fn rotate(&mut self, revision: u64) -> io::Result<PathBuf> {
        self.file.sync_data()?;
        let (file, length) = append_to(&name(&self.folder, revision))?;
        (self.file, self.length, self.n_lines) = (file, length, 0);
        Ok(self.folder.clone())
    }

    /// The file, when something was written since the last call.
    pub(super) fn unsynced(&mut self) -> Option<File> {
        std::mem::take(&mut self.dirty).then(|| self.file.try_clone().ok()).flatten()
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(line) {
            // Half a line must not stand before the next one.
            self.file.set_len(self.length)?;
            return Err(error);
        }
        self.length += line.len() as u64;
        self.n_lines += 1;
        self.dirty = true;
        Ok(())
    }
}

/// `{"object":…,"applied":…}` and a line end.
pub(super) fn line_of(object: &Object) -> Vec<u8> {
    let mut line = Vec::with_capacity(object.json.len() + 32);
    line.extend_from_slice(b"{\"object\":");
    line.extend_from_slice(&object.json);
    if !object.applied.is_empty() {
        line.extend_from_slice(b",\"applied\":");
        line.extend_from_slice(serde_json::json!(object.applied).to_string().as_bytes());
    }
    line.extend_from_slice(b"}\n");
    line
}

/// Reads one line into what was loaded; lines older than the snapshot change nothing.
pub(super) fn take(line: &str, loaded: &mut Loaded) -> anyhow::Result<()> {
    match serde_json::from_str(line)? {
        Line::Put { object, applied } => {
            let (key, revision) = name_of(&object)?;
            if loaded.objects.get(&key).is_none_or(|known| known.revision <= revision) {
                loaded.objects.insert(key.clone(), Object::new(key, revision, object, applied));
            }
            loaded.revision = loaded.revision.max(revision);
        }
        Line::Gone { gone: (kind, namespace, name), revision } => {
            let key = Key::new(Kind::of_name(&kind).context("unknown kind")?, namespace, name);
            if loaded.objects.get(&key).is_some_and(|known| known.revision < revision) {
                loaded.objects.remove(&key);
            }
            loaded.revision = loaded.revision.max(revision);
        }
    }
    Ok(())
}

/// The journals in order of their revision.
pub(super) fn journals(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| revision_of(path).is_some())
        .collect();
    files.sort_by_key(|path| revision_of(path));
    Ok(files)
}

/// The revision in a journal's name.
pub(super) fn revision_of(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.strip_prefix("journal-")?.strip_suffix(".jsonl")?.parse().ok()
}

fn name(folder: &Path, revision: u64) -> PathBuf {
    folder.join(format!("journal-{revision:020}.jsonl"))
}

fn append_to(path: &Path) -> io::Result<(File, u64)> {
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    Ok((file, length))
}

fn replay(path: &Path, loaded: &mut Loaded, newest: bool) -> anyhow::Result<()> {
    let bytes = std::fs::read(path)?;
    let mut whole = 0;
    while let Some(end) = bytes[whole..].iter().position(|byte| *byte == b'\n') {
        let line = std::str::from_utf8(&bytes[whole..whole + end])?;
        take(line, loaded).with_context(|| format!("{} is damaged at byte {whole}", path.display()))?;
        whole += end + 1;
    }
    if whole < bytes.len() && newest {
        tracing::warn!(journal = %path.display(), "dropped a torn last line");
        OpenOptions::new().write(true).open(path)?.set_len(whole as u64)?;
    } else if whole < bytes.len() {
        bail!("{} ends within a line", path.display());
    }
    Ok(())
}

fn name_of(object: &Value) -> anyhow::Result<(Key, u64)> {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = Kind::of_name(&text("/kind")).context("unknown kind")?;
    let revision = text("/metadata/resourceVersion").parse().context("no resourceVersion")?;
    Ok((Key::new(kind, text("/metadata/namespace"), text("/metadata/name")), revision))
}
