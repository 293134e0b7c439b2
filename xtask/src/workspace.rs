//! Where things are: the clone, its build folder, its data, and names derived from the clone's path.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::Context;
use sha2::{Digest, Sha256};

/// The clone that this run works on.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the clone by cargo's runtime variable (a shared build folder may hold another clone's xtask) and enters it.
    pub(crate) fn enter() -> anyhow::Result<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).join("..").canonicalize().context("the clone is gone")?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) if !folder.is_empty() => std::path::absolute(folder)?,
            _ => root.join("target"),
        };
        env::set_current_dir(&root).with_context(|| format!("cannot enter {}", root.display()))?;
        Ok(Self { root, target })
    }

    /// Cargo's build folder, absolute.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Where a running development world keeps what must survive it.
    pub(crate) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// A program of the workspace in its development build.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// Sixteen characters that differ from clone to clone on one machine.
    pub(crate) fn fingerprint(&self) -> String {
        fingerprint(self.root.as_os_str().as_encoded_bytes())
    }
}

/// The first 64 bits of the content's SHA-256, in hexadecimal.
pub(crate) fn fingerprint(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
