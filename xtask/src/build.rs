//! `cargo xtask build`: what an installation runs, the site and the server, both in release.

use crate::{
    process,
    site::{self, Profile},
    terminal,
    workspace::Workspace,
};

/// Builds both and says where they are.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    site::build(workspace, Profile::Release)?;
    let mut cargo = process::cargo(workspace, &["build", "--release", "--package", "server", "--bin", "tamuda"]);
    terminal::step("build the server", || process::run(&mut cargo))?;
    let target = workspace.target();
    println!("{}\n{}", target.join("release/tamuda").display(), target.join(Profile::Release.folder()).display());
    Ok(())
}
