//! The package `frontend` as the browser loads it: a wasm module and the JavaScript that joins it to the page.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::Profile;
use crate::{process, system, terminal, workspace::Workspace};

/// The target that browsers run.
const TARGET: &str = "wasm32-unknown-unknown";

/// Cargo's arguments that select the browser's half.
const SELECTION: [&str; 6] = ["--package", "frontend", "--features", "hydrate", "--target", TARGET];

/// The built islands.
#[derive(Debug)]
pub(crate) struct Wasm {
    pub(super) glue: String,
    pub(super) module: Vec<u8>,
}

impl Wasm {
    /// Builds them, alone and in a folder of their own: the server's features and locks stay out of it.
    pub(crate) fn build(workspace: &Workspace, profile: Profile) -> anyhow::Result<Self> {
        Self::build_by(&mut cargo(workspace, profile), workspace, profile)
    }

    /// As shipped, by the compiler that lints; a warning is an error.
    pub(super) fn build_linted(workspace: &Workspace) -> anyhow::Result<Self> {
        let mut cargo = cargo(workspace, Profile::Release);
        process::lint(&mut cargo);
        Self::build_by(&mut cargo, workspace, Profile::Release)
    }

    fn build_by(cargo: &mut Command, workspace: &Workspace, profile: Profile) -> anyhow::Result<Self> {
        system::add_target(TARGET)?;
        terminal::step("build the islands", || process::run(cargo))?;
        bind(&folder(workspace).join(TARGET).join(name(profile)).join("frontend.wasm"), profile)
    }
}

fn name(profile: Profile) -> &'static str {
    match profile {
        Profile::Release => "wasm-release",
        Profile::Development => "wasm-dev",
    }
}

fn cargo(workspace: &Workspace, profile: Profile) -> Command {
    let mut cargo = process::cargo(workspace, &["build", "--lib", "--profile", name(profile)]);
    cargo.args(SELECTION).arg("--target-dir").arg(folder(workspace));
    cargo
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("front")
}

fn bind(module: &Path, profile: Profile) -> anyhow::Result<Wasm> {
    let mut output = Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(false)
        // The module's name carries a hash, which the glue cannot know.
        .omit_default_module_path(true)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate_output()
        .context(
            "wasm-bindgen failed: the lock file must give wasm-bindgen and wasm-bindgen-cli-support one version",
        )?;
    // A crate without snippets is listed too, with an empty list.
    let alone = output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty();
    ensure!(alone, "a dependency brought JavaScript files of its own, which the site does not carry yet");
    Ok(Wasm { glue: output.js().to_owned(), module: output.wasm_mut().emit_wasm() })
}
