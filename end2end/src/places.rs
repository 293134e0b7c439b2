//! Where the build has put what journeys use. `cargo xtask test` names the tools from outside the workspace.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};

/// A program of the same build as the running test or benchmark.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let program = profile_folder()?.join(name);
    ensure!(program.is_file(), "{} is not built: run `{}`", program.display(), builder()?);
    Ok(program)
}

/// The site as it is shipped, beside the development build of the programs too: both mark views alike.
pub fn site() -> anyhow::Result<PathBuf> {
    let site = build_folder()?.join("site");
    ensure!(site.join("manifest.json").is_file(), "{} is not built: run `{}`", site.display(), builder()?);
    Ok(site)
}

/// Whether this is measured: journeys run on the development build.
pub fn is_release() -> anyhow::Result<bool> {
    Ok(profile_folder()?.ends_with("release"))
}

fn builder() -> anyhow::Result<&'static str> {
    Ok(if is_release()? { "cargo xtask bench" } else { "cargo xtask test NAME" })
}

/// Where pictures of screens go.
pub(crate) fn screens() -> anyhow::Result<PathBuf> {
    Ok(build_folder()?.join("screens"))
}

/// The installed browser.
pub(crate) fn browser() -> anyhow::Result<PathBuf> {
    let named = env::var_os("TAMUDA_TEST_BROWSER");
    named.map(PathBuf::from).context("TAMUDA_TEST_BROWSER names no Chromium: run `cargo xtask test NAME`")
}

/// The text of axe-core, if `cargo xtask test` could get it; if not, it has said so.
pub(crate) fn axe() -> anyhow::Result<Option<String>> {
    let Some(file) = env::var_os("TAMUDA_TEST_AXE") else { return Ok(None) };
    Ok(Some(std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", Path::new(&file).display()))?))
}

/// Cargo's folder.
fn build_folder() -> anyhow::Result<PathBuf> {
    Ok(profile_folder()?.parent().context("a profile's folder lies in cargo's")?.to_path_buf())
}

/// Cargo's folder of one profile: a test runs as `…/debug/deps/NAME`.
fn profile_folder() -> anyhow::Result<PathBuf> {
    let test = env::current_exe()?;
    test.ancestors().nth(2).map(Path::to_path_buf).context("this test does not run in cargo's build folder")
}
