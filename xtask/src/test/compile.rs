//! What is compiled before anything runs: the programs and every test by the compiler that lints, and the islands beside them.

use std::{process::Command, thread};

use anyhow::{anyhow, ensure};

use super::{DRIVEN, report::Report};
use crate::{
    process,
    site::{self, Weight},
    workspace::Workspace,
};

/// What a signed-in page may load to come alive, brotli-compressed, in bytes.
const BUDGET: usize = 110_000;

/// Cargo with clippy's compiler for our own crates: what it lints it also compiles, so that nothing is read twice. A warning is
/// an error.
pub(super) fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut cargo = process::cargo(workspace, arguments);
    process::lint(&mut cargo);
    cargo
}

/// Compiles all of it. One processor links, binds and compresses islands; the other goes from our crate to our crate.
pub(super) fn all(workspace: &Workspace, report: &mut Report) -> anyhow::Result<()> {
    thread::scope(|scope| {
        let beside = scope.spawn(|| weigh(&site::build_linted(workspace)?));
        // With the tests beside the programs: what only tests depend on would otherwise change the features of half the world.
        let programs = [&["build", "--keep-going", "--all-targets"], &DRIVEN[..]].concat();
        report.step("programs", || process::run(&mut cargo(workspace, &programs)).map(|()| String::new()))?;
        report.step("islands", || beside.join().map_err(|_| anyhow!("its thread panicked"))?)
    })
}

/// Gives the weight of a page.
fn weigh(files: &[Weight]) -> anyhow::Result<String> {
    let parts = ["frontend.wasm", "frontend.js", "boot.js"];
    let bytes: usize = files.iter().filter(|file| parts.contains(&file.name.as_str())).map(|file| file.bytes).sum();
    let figure = format!("{:.1} of {:.0} KB brotli", bytes as f64 / 1000.0, BUDGET as f64 / 1000.0);
    ensure!(bytes <= BUDGET, "what a signed-in page loads is too heavy: {figure}");
    Ok(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: usize) -> Weight {
        Weight { name: name.to_owned(), bytes }
    }

    #[test]
    fn fonts_and_style_do_not_count_against_the_budget() {
        let files = [file("frontend.wasm", 80_000), file("frontend.js", 6_000), file("style.css", 90_000)];
        assert_eq!(weigh(&files).unwrap(), "86.0 of 110 KB brotli");
    }

    #[test]
    fn heavy_page_fails_with_its_figure() {
        let refusal = weigh(&[file("frontend.wasm", 110_001), file("boot.js", 400)]).unwrap_err();
        assert!(refusal.to_string().ends_with("110.4 of 110 KB brotli"), "{refusal}");
    }
}
