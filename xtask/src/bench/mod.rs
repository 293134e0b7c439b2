//! `cargo xtask bench`: builds what an installation runs, measures it beside its limits on a PostgreSQL that keeps what
//! it is told, and prints one table. What is measured, and how, stands in `end2end/benches/figures`.

mod table;

use std::process::Command;

use anyhow::ensure;

use self::table::{Said, Table};
use crate::{
    machine,
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
    /// Put the figures into docs/PERFORMANCE.md too, in place of those of the same groups
    #[arg(long)]
    write: bool,
    /// Ten thousand instances on the real control plane, and organisations whose month is closed
    #[arg(long)]
    deep: bool,
    /// Measure the development build, to see whether the measurement itself works
    #[arg(long, conflicts_with = "write")]
    dev: bool,
    /// Only these groups of figures
    figures: Vec<String>,
}

impl Wanted {
    /// The scale run that tests end with.
    pub(crate) fn scale(deep: bool, write: bool) -> Self {
        Self { write, deep, dev: false, figures: vec!["scale".to_owned()] }
    }
}

/// Builds, measures, prints. A figure above what is allowed is marked and fails nothing: machines are noisy.
pub(crate) fn run(workspace: &Workspace, wanted: &Wanted) -> anyhow::Result<()> {
    let postgres = Postgres::measured(workspace)?;
    let table = wanted.write.then(|| Table::open(measured_on(&postgres)?)).transpose()?;
    if let Some(table) = &table {
        let is_one_machine = wanted.figures.is_empty() || table.is_of_this_machine()?;
        ensure!(is_one_machine, "the table is of another machine: write all figures, and name none");
    }
    build(workspace, wanted.dev)?;
    let mut bench = cargo(workspace, &[if wanted.dev { "test" } else { "bench" }], wanted.dev);
    bench.env("TAMUDA_TEST_POSTGRES", postgres.url("postgres", "postgres")?);
    if wanted.deep {
        bench.env("TAMUDA_DEEP", "1");
    }
    bench.arg("--").args(&wanted.figures);
    let said = process::said(&mut bench)?;
    let said = said.lines().map(table::parse).collect::<anyhow::Result<Vec<Said>>>()?;
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for said in said {
        match said {
            Said::Row(row) => rows.push(row),
            Said::Failed(what) => failed.push(what),
        }
    }
    println!("{}", table::plain(&rows));
    let above = rows.iter().filter(|row| row.kept == Some(false)).count();
    if above > 0 {
        terminal::warn(&format!("{above} figures are above what is allowed"));
    }
    if let Some(table) = table {
        table.put(&rows)?;
    }
    ensure!(failed.is_empty(), "not measured: {}", failed.join("; "));
    Ok(())
}

fn measured_on(postgres: &Postgres) -> anyhow::Result<String> {
    let rust = process::output(Command::new("rustc").arg("--version"))?;
    Ok(format!(
        "Measured on {}, PostgreSQL {} with `fsync` on;\n\
         release builds of Rust {}. Load, portal, database and cluster share the cores.",
        machine::describe()?,
        postgres.version()?,
        rust.split(' ').nth(1).unwrap_or_default(),
    ))
}

fn build(workspace: &Workspace, dev: bool) -> anyhow::Result<()> {
    site::build(workspace, Profile::Release)?;
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
