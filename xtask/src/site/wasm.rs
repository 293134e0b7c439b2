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

/// Cargo's arguments that select the browser's half, for a build as for clippy.
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
        system::add_target(TARGET)?;
        let name = match profile {
            Profile::Release => "wasm-release",
            Profile::Development => "wasm-dev",
        };
        terminal::step("build the islands", || process::run(&mut cargo(workspace, "build", name)))?;
        bind(&folder(workspace).join(TARGET).join(name).join("frontend.wasm"), profile)
    }

    /// Runs clippy on what only the browser compiles; a warning is an error.
    pub(crate) fn lint(workspace: &Workspace) -> anyhow::Result<()> {
        system::add_target(TARGET)?;
        process::run(cargo(workspace, "clippy", "wasm-dev").args(["--", "-D", "warnings"]))
    }
}

fn cargo(workspace: &Workspace, verb: &str, profile: &str) -> Command {
    let mut cargo = process::cargo(workspace, &[verb, "--lib", "--profile", profile]);
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
