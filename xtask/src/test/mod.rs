//! `cargo xtask test`: everything that must hold before a change is good, on a PostgreSQL of its own and in a browser.

mod report;
mod tools;

use std::{path::PathBuf, process::Command};

use anyhow::ensure;

use self::report::Report;
use crate::{
    bench, controlplane,
    document::Document,
    machine,
    postgres::Postgres,
    process,
    site::{self, Profile, Wasm, Weight},
    workspace::Workspace,
};

/// What drives whole programs is a feature: where it cannot run it is not built, instead of passing without having looked.
const DRIVEN: [&str; 3] =
    ["--workspace", "--features", "end2end/journeys,controlplane/plane,openid/peers,documents/validators"];

/// The journeys of people, one at a time: each has a control plane of its own.
const ON_PLANE: [&str; 5] = ["--test-threads=1", "founder::", "incubator::", "finance::", "operator::"];

/// What is left out of the journeys where there is no provider to sign in at.
const WITHOUT_PEERS: [&str; 2] = ["--skip", "way_in::"];

/// What a signed-in page may load to come alive, brotli-compressed, in bytes.
const BUDGET: usize = 110_000;

/// What the person asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Wanted {
    /// Run the long versions too: more cases, every kill mark, the scale runs
    #[arg(long)]
    deep: bool,
    /// Put what the deep run found into docs/TESTING.md, and its figures into docs/PERFORMANCE.md
    #[arg(long, requires = "deep", conflicts_with = "filter")]
    write: bool,
    /// Only tests whose name contains one of these; the checks around them are left out
    filter: Vec<String>,
}

/// Runs every step, or only the tests that were named, and ends with a table of them.
pub(crate) fn run(workspace: &Workspace, wanted: &Wanted) -> anyhow::Result<()> {
    let mut report = Report::default();
    let document = wanted.write.then(|| Document::open("docs/TESTING.md", "deep run")).transpose()?;
    if wanted.filter.is_empty() {
        check(workspace, &mut report)?;
    }
    let mut tests = Tests { workspace, wanted, postgres: Postgres::passing(workspace)? };
    report.step("tests", || tests.run_all())?;
    let names = |target: &str| Ok::<_, anyhow::Error>(wanted.filter.is_empty() || tests.name_one_of(target)?);
    let (faults, journeys) = (names("faults")?, names("journeys")?);
    let (plane, peers) = (names("plane")?, names("peers")?);
    if names("validators")? {
        judge(&mut tests, &mut report)?;
    }
    if plane || faults || peers || journeys {
        report.step("programs", || tests.build_programs())?;
    }
    let has_plane = plane && try_plane(&mut tests, &mut report)?;
    if faults {
        report.step("faults", || tests.run_target("faults", &[], &[]))?;
    }
    if peers {
        meet(&mut tests, &mut report)?;
    }
    if journeys {
        walk(&mut tests, &mut report, has_plane && wanted.deep)?;
    }
    drop(tests);
    if has_plane && wanted.deep && wanted.filter.is_empty() {
        let scale = bench::Wanted::deep(wanted.write);
        report.step("scale", || bench::run(workspace, &scale).map(|()| "docs/PERFORMANCE.md".to_owned()))?;
    }
    if let Some(document) = document {
        document.put(&format!("{}\n\n{}", run_on()?, report.table()))?;
    }
    report.conclude()
}

/// Which sources were tested, and on what.
fn run_on() -> anyhow::Result<String> {
    let commit = process::output(Command::new("git").args(["log", "-1", "--format=%h (%cs)"]))?;
    Ok(format!("Commit {} on {}.", commit.trim(), machine::describe()?))
}

/// What needs no database: format, lints, and the weight of what browsers load.
fn check(workspace: &Workspace, report: &mut Report) -> anyhow::Result<()> {
    let cargo = |arguments: &[&str]| process::run(&mut process::cargo(workspace, arguments)).map(|()| String::new());
    report.step("format", || cargo(&["fmt", "--all", "--check"]))?;
    let strict = ["--", "-D", "warnings"];
    report.step("clippy", || cargo(&[&["clippy", "--all-targets"], &DRIVEN[..], &strict].concat()))?;
    report.step("clippy, browser", || Wasm::lint(workspace).map(|()| String::new()))?;
    report.step("weight of a page", || weigh(&site::build(workspace, Profile::Release)?))
}

fn weigh(files: &[Weight]) -> anyhow::Result<String> {
    let parts = ["frontend.wasm", "frontend.js", "boot.js"];
    let bytes: usize = files.iter().filter(|file| parts.contains(&file.name.as_str())).map(|file| file.bytes).sum();
    let figure = format!("{:.1} of {:.0} KB brotli", bytes as f64 / 1000.0, BUDGET as f64 / 1000.0);
    ensure!(bytes <= BUDGET, "what a signed-in page loads is too heavy: {figure}");
    Ok(figure)
}

/// The cluster's suite on a real control plane, where that can be built.
fn try_plane(tests: &mut Tests<'_>, report: &mut Report) -> anyhow::Result<bool> {
    let is_there = report.provide("control plane", || controlplane::provide(tests.workspace))?;
    if is_there {
        report.step("plane", || tests.run_target("plane", &[], &[]))?;
    }
    Ok(is_there)
}

/// What the portal does with the servers that it speaks to, where they can be installed.
fn meet(tests: &mut Tests<'_>, report: &mut Report) -> anyhow::Result<()> {
    match tools::peers(tests.workspace) {
        Ok(folder) => report.step("peers", || tests.run_target("peers", &[("TAMUDA_TEST_PEERS", folder)], &[])),
        Err(reason) => {
            report.skip("peers", &format!("{reason:#}"));
            Ok(())
        }
    }
}

/// What documents become, held to validators that nobody here wrote, where they can be installed.
fn judge(tests: &mut Tests<'_>, report: &mut Report) -> anyhow::Result<()> {
    match tools::validators(tests.workspace) {
        Ok(python) => {
            let tools = [("TAMUDA_TEST_VALIDATORS", python)];
            report.step("validators", || tests.run_target("validators", &tools, &[]))
        }
        Err(reason) => {
            report.skip("validators", &format!("{reason:#}"));
            Ok(())
        }
    }
}

/// The journeys, where there is a browser to walk them in; those of people once more on a real control plane.
fn walk(tests: &mut Tests<'_>, report: &mut Report, on_plane: bool) -> anyhow::Result<()> {
    let browser = match tools::chromium() {
        Ok(browser) => browser,
        Err(reason) => {
            report.skip("journeys", &format!("{reason:#}"));
            return Ok(());
        }
    };
    let axe = tools::axe(tests.workspace);
    if let Err(reason) = &axe {
        report.skip("accessibility", &format!("{reason:#}"));
    }
    let mut tools = vec![("TAMUDA_TEST_BROWSER", browser)];
    tools.extend(axe.ok().map(|axe| ("TAMUDA_TEST_AXE", axe)));
    let left_out: &[&str] = match tools::peers(tests.workspace) {
        Ok(folder) => {
            tools.push(("TAMUDA_TEST_PEERS", folder));
            &[]
        }
        Err(reason) => {
            report.skip("the way in", &format!("{reason:#}"));
            &WITHOUT_PEERS
        }
    };
    report.step("journeys", || tests.run_target("journeys", &tools, left_out))?;
    if on_plane {
        tools.push(("TAMUDA_TEST_CLUSTER", "plane".into()));
        report.step("journeys, plane", || tests.run_target("journeys", &tools, &ON_PLANE))?;
    }
    Ok(())
}

/// The tests that run on a database.
#[derive(Debug)]
struct Tests<'a> {
    workspace: &'a Workspace,
    wanted: &'a Wanted,
    postgres: Postgres,
}

impl Tests<'_> {
    fn run_all(&mut self) -> anyhow::Result<String> {
        // A lint's fix or a failure in one crate says nothing of the next: all of them run.
        let mut cargo = self.cargo(&["test", "--workspace", "--no-fail-fast"])?;
        process::run(cargo.arg("--").args(&self.wanted.filter))?;
        self.postgres.check().map(|()| String::new())
    }

    /// Faults and journeys drive the programs themselves, in their development build and with the site that belongs to it.
    fn build_programs(&mut self) -> anyhow::Result<String> {
        site::build(self.workspace, Profile::Development)?;
        // With the tests beside them: what only tests depend on would otherwise change the features of half the world.
        let mut cargo = self.cargo(&["build", "--bins", "--tests"])?;
        process::run(cargo.args(DRIVEN)).map(|()| String::new())
    }

    /// Runs the tests of one target that drives the programs, with tools from outside the workspace.
    fn run_target(&mut self, target: &str, tools: &[(&str, PathBuf)], more: &[&str]) -> anyhow::Result<String> {
        let mut cargo = self.cargo(&["test", "--test", target])?;
        cargo.args(DRIVEN).envs(tools.iter().map(|(name, path)| (*name, path)));
        process::run(cargo.arg("--").args(more).args(&self.wanted.filter)).map(|()| String::new())
    }

    /// Does the filter name one of the target's tests?
    fn name_one_of(&self, target: &str) -> anyhow::Result<bool> {
        let mut cargo = self.cargo(&["test", "--quiet", "--test", target])?;
        cargo.args(DRIVEN).args(["--", "--list", "--format=terse"]).args(&self.wanted.filter);
        Ok(!process::output(&mut cargo)?.trim().is_empty())
    }

    fn cargo(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut cargo = process::cargo(self.workspace, arguments);
        cargo.env("TAMUDA_TEST_POSTGRES", self.postgres.url("postgres", "postgres")?);
        if self.wanted.deep {
            cargo.env("TAMUDA_DEEP", "1");
        }
        Ok(cargo)
    }
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
