//! `cargo xtask bench`: builds what an installation runs, measures it beside its limits on a PostgreSQL that keeps what
//! it is told, and prints one table. What is measured, and how, stands in `end2end/benches/figures`.

mod machine;
mod table;

use std::process::Command;

use anyhow::ensure;

use self::table::Row;
use crate::{
    postgres::Postgres,
    process,
    site::{self, Profile},
    terminal,
    workspace::Workspace,
};

/// The measurement is a feature: without the programs that it drives it is not built.
const MEASURES: [&str; 4] = ["--features", "end2end/journeys", "--bench", "figures"];
/// One selection for programs and measurement in release: nothing is compiled twice, and nothing that neither needs.
const RELEASED: [&str; 6] = ["--package", "server", "--package", "k8s-simulator", "--package", "end2end"];

/// What the person asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Wanted {
    /// Put the table into docs/PERFORMANCE.md too
    #[arg(long)]
    write: bool,
    /// Measure the development build, to see whether the measurement itself works
    #[arg(long, conflicts_with = "write")]
    dev: bool,
    /// Only these groups of figures
    figures: Vec<String>,
}

/// Builds, measures, prints. A figure above what is allowed is marked and fails nothing: machines are noisy.
pub(crate) fn run(workspace: &Workspace, wanted: &Wanted) -> anyhow::Result<()> {
    ensure!(!wanted.write || wanted.figures.is_empty(), "--write is for the whole table: name no figures");
    build(workspace, wanted.dev)?;
    let postgres = Postgres::measured(workspace)?;
    let mut bench = cargo(workspace, &[if wanted.dev { "test" } else { "bench" }], wanted.dev);
    bench.env("TAMUDA_TEST_POSTGRES", postgres.url("postgres", "postgres")?);
    bench.arg("--").args(&wanted.figures);
    let rows = process::said(&mut bench)?.lines().map(table::parse).collect::<anyhow::Result<Vec<Row>>>()?;
    println!("{}", table::plain(&rows));
    let above = rows.iter().filter(|row| row.kept == Some(false)).count();
    if above > 0 {
        terminal::warn(&format!("{above} figures are above what is allowed"));
    }
    if wanted.write {
        table::write(&rows, &machine::describe(&postgres)?)?;
    }
    Ok(())
}

fn build(workspace: &Workspace, dev: bool) -> anyhow::Result<()> {
    site::build(workspace, if dev { Profile::Development } else { Profile::Release })?;
    let verb: &[&str] = if dev { &["build", "--bins"] } else { &["build", "--bins", "--release"] };
    let mut cargo = cargo(workspace, verb, dev);
    terminal::step("build the programs", || process::run(&mut cargo))
}

/// Cargo on the programs' and the measurement's packages.
fn cargo(workspace: &Workspace, verb: &[&str], dev: bool) -> Command {
    let mut cargo = process::cargo(workspace, verb);
    cargo.args(MEASURES);
    if dev {
        // Among all packages, as every other development build is.
        cargo.arg("--workspace");
    } else {
        cargo.args(RELEASED);
    }
    cargo
}
