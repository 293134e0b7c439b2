//! Images: which node has which, how large they are, how long the first pull takes.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use serde_json::{Value, json};

use crate::store::{Key, Object, Shelves, WriteFailed};

/// How many images a node lists in its status, as the kubelet's default is.
const LISTED: usize = 50;

/// The images on every node.
#[derive(Debug, Default)]
pub(super) struct Images(HashSet<(String, String)>);

impl Images {
    /// Takes over what a node lists.
    pub(super) fn learn(&mut self, node: &Object) {
        let images = node.body["status"]["images"].as_array().into_iter().flatten();
        let names = images.filter_map(|image| image["names"][0].as_str());
        self.0.extend(names.map(|name| (node.key.name.clone(), name.to_owned())));
    }

    pub(super) fn has(&self, node: &str, image: &str) -> bool {
        self.0.contains(&(node.to_owned(), image.to_owned()))
    }

    /// Remembers that a node has an image and lists it in the node's status.
    pub(super) fn keep(&mut self, shelves: &mut Shelves, node: &str, image: &str) -> Result<(), WriteFailed> {
        if !self.0.insert((node.to_owned(), image.to_owned())) {
            return Ok(());
        }
        shelves.edit(&Key::node(node), |body| {
            let mut images: Vec<Value> = body["status"]["images"].as_array().cloned().unwrap_or_default();
            images.push(json!({"names": [image], "sizeBytes": size(image)}));
            images.sort_by_key(|image| std::cmp::Reverse(image["sizeBytes"].as_u64()));
            images.truncate(LISTED);
            body["status"]["images"] = images.into();
        })?;
        Ok(())
    }
}

/// The bytes of an image: between 2 and 9 GB, always the same for the same name.
pub(super) fn size(image: &str) -> u64 {
    2_000_000_000 + hash(image) % 7_000_000_000
}

/// The digest of an image: what its reference pins, or one made of its name.
pub(super) fn digest(image: &str) -> String {
    if image.contains("@sha256:") {
        return image.to_owned();
    }
    let (name, h) = (image.rsplit_once(':').map_or(image, |(name, _)| name), hash(image));
    format!("{name}@sha256:{h:016x}{:016x}{:016x}{:016x}", !h, h.rotate_left(17), h.rotate_left(31))
}

/// How long the first pull of an image takes.
pub(super) fn pull_time(image: &str, (shortest, longest): (Duration, Duration)) -> Duration {
    let spread = longest.saturating_sub(shortest);
    shortest + spread.mul_f64((hash(image) % 1000) as f64 / 1000.0)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
