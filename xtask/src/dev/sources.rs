//! Which sources changed since the last look. Polling: a few hundred files cost less than a dependency that watches.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

const ISLANDS: &[&str] = &["frontend/src", "frontend/Cargo.toml", "server/types/src", "Cargo.lock"];
const SITE: &[&str] = &["frontend/boot.js", "frontend/passkeys.js", "style"];
const SERVER: &[&str] = &["app", "frontend/src", "k8s", "migrations", "server", "Cargo.toml", "Cargo.lock"];

/// The state of all sources, as far as it can be told without reading them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sources {
    islands: u64,
    site: u64,
    server: u64,
}

/// What has to be built again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change {
    pub(super) islands: bool,
    pub(super) site: bool,
    pub(super) server: bool,
}

impl Change {
    /// Both changes in one.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            islands: self.islands || other.islands,
            site: self.site || other.site,
            server: self.server || other.server,
        }
    }

    /// Is there anything to build?
    pub(super) fn is_any(self) -> bool {
        self.islands || self.site || self.server
    }
}

impl Sources {
    /// As they are now, in the current folder.
    pub(super) fn look() -> Self {
        Self { islands: stamp(ISLANDS), site: stamp(SITE), server: stamp(SERVER) }
    }

    /// What differs in `later`.
    pub(super) fn until(&self, later: &Self) -> Change {
        Change {
            islands: self.islands != later.islands,
            site: self.site != later.site,
            server: self.server != later.server,
        }
    }
}

/// Changes when a file below these paths is written, added or removed.
fn stamp(paths: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        stamp_path(Path::new(path), &mut hasher);
    }
    hasher.finish()
}

fn stamp_path(path: &Path, hasher: &mut DefaultHasher) {
    // A file may vanish between the two calls, while an editor replaces it: the next look sees the new one.
    let Ok(metadata) = path.metadata() else { return };
    if !metadata.is_dir() {
        (path, metadata.len(), metadata.modified().ok()).hash(hasher);
        return;
    }
    let mut entries: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries.iter().filter(|entry| !is_foreign(entry)) {
        stamp_path(entry, hasher);
    }
}

/// Tests are not in the running program, nor is what editors keep beside a file.
fn is_foreign(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == "tests" || name.starts_with('.') || name.ends_with('~')
}
