//! What browsers load: the islands' wasm and its glue, the boot module, the script of passkeys, the style and its fonts. Every file bears a hash
//! of its content in its name; `manifest.json` says which. Served by the portal, used by nothing else.

mod files;
mod style;
mod wasm;

use std::fs;

use anyhow::Context;

use self::files::Files;
pub(crate) use self::{files::Weight, wasm::Wasm};
use crate::{terminal, workspace::Workspace};

/// Small and precompressed, or quick to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    Release,
    Development,
}

impl Profile {
    /// The folder below cargo's that holds the built site.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Release => "site",
            Self::Development => "site-dev",
        }
    }
}

/// Builds the whole site in place of the one before and gives the weight of its files.
pub(crate) fn build(workspace: &Workspace, profile: Profile) -> anyhow::Result<Vec<Weight>> {
    let wasm = Wasm::build(workspace, profile)?;
    assemble(workspace, profile, &wasm)
}

/// Builds it as shipped, by the compiler that lints what only browsers run.
pub(crate) fn build_linted(workspace: &Workspace) -> anyhow::Result<Vec<Weight>> {
    assemble(workspace, Profile::Release, &Wasm::build_linted(workspace)?)
}

/// Puts the site together around an islands' module that was built before.
pub(crate) fn assemble(workspace: &Workspace, profile: Profile, wasm: &Wasm) -> anyhow::Result<Vec<Weight>> {
    terminal::silent_step("put the site together", || {
        let mut files = Files::begin(workspace.target().join(profile.folder()), profile)?;
        files.add("frontend.js", wasm.glue.as_bytes())?;
        files.add("frontend.wasm", &wasm.module)?;
        files.add("boot.js", &fs::read("frontend/boot.js").context("frontend/boot.js")?)?;
        files.add("passkeys.js", &fs::read("frontend/passkeys.js").context("frontend/passkeys.js")?)?;
        style::add(&mut files)?;
        files.finish()
    })
}
