//! The built files: their names, their compressed forms, and the manifest.

use std::{collections::BTreeMap, fs, io::Write, path::PathBuf};

use anyhow::Context;

use super::Profile;
use crate::workspace::fingerprint;

/// How much a file weighs on the wire, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Weight {
    /// The name that the manifest knows it by.
    pub(crate) name: String,
    /// As brotli sends it; as it is where it was not compressed.
    pub(crate) bytes: usize,
}

/// A site that is being put together beside the one in use.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    unfinished: PathBuf,
    profile: Profile,
    names: BTreeMap<String, String>,
    weights: Vec<Weight>,
}

impl Files {
    /// An empty site that will stand at `folder`.
    pub(super) fn begin(folder: PathBuf, profile: Profile) -> anyhow::Result<Self> {
        let unfinished = folder.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        fs::create_dir_all(&unfinished).with_context(|| format!("cannot make {}", unfinished.display()))?;
        Ok(Self { folder, unfinished, profile, names: BTreeMap::new(), weights: Vec::new() })
    }

    /// Adds `stem.extension` under a name that changes with its content, and gives that name.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> anyhow::Result<String> {
        let (stem, extension) = name.rsplit_once('.').with_context(|| format!("{name} has no extension"))?;
        let hashed = format!("{stem}-{}.{extension}", fingerprint(content));
        if self.names.get(name) == Some(&hashed) {
            return Ok(hashed);
        }
        fs::write(self.unfinished.join(&hashed), content)?;
        let mut bytes = content.len();
        // A font is compressed already.
        if self.profile == Profile::Release && extension != "woff2" {
            let compressed = compress(content)?;
            bytes = compressed.len();
            fs::write(self.unfinished.join(format!("{hashed}.br")), compressed)?;
        }
        self.weights.push(Weight { name: name.to_owned(), bytes });
        self.names.insert(name.to_owned(), hashed.clone());
        Ok(hashed)
    }

    /// Writes the manifest and takes the place of the site before.
    pub(super) fn finish(self) -> anyhow::Result<Vec<Weight>> {
        fs::write(self.unfinished.join("manifest.json"), serde_json::to_vec_pretty(&self.names)?)?;
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        fs::rename(&self.unfinished, &self.folder)?;
        Ok(self.weights)
    }
}

fn compress(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut compressor = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    compressor.write_all(content)?;
    Ok(compressor.into_inner())
}
