//! Where the build has put what journeys use. `cargo xtask test` names the tools from outside the workspace.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};

/// A program in its development build, beside the running test.
pub(crate) fn program(name: &str) -> anyhow::Result<PathBuf> {
    let program = build_folder()?.join("debug").join(name);
    ensure!(program.is_file(), "{} is not built: run `cargo xtask test NAME`", program.display());
    Ok(program)
}

/// The site of the development build: it and the program must agree on how views are marked.
pub(crate) fn site() -> anyhow::Result<PathBuf> {
    let site = build_folder()?.join("site-dev");
    ensure!(site.join("manifest.json").is_file(), "{} is not built: run `cargo xtask test NAME`", site.display());
    Ok(site)
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

/// Cargo's folder: a test runs as `…/debug/deps/NAME`.
fn build_folder() -> anyhow::Result<PathBuf> {
    let test = env::current_exe()?;
    test.ancestors().nth(3).map(Path::to_path_buf).context("this test does not run in cargo's build folder")
}
