//! `cargo xtask`: runs, tests and builds Tamuda from a clone alone. What each verb does stands in a file or folder of
//! its name.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal speaks there")]

mod bench;
mod build;
mod controlplane;
mod dev;
mod document;
mod leftover;
mod machine;
mod postgres;
mod process;
mod site;
mod stop;
mod system;
mod terminal;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::workspace::Workspace;

/// Runs, tests and builds Tamuda.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run a whole Tamuda here, with a demo world, and follow every change of a source
    Dev(dev::Wanted),
    /// Check and test everything: format, lints, weight, tests on PostgreSQL, journeys in a browser
    Test(test::Wanted),
    /// Measure what it costs beside what is needed, and print the figures of docs/PERFORMANCE.md
    Bench(bench::Wanted),
    /// Build what an installation runs: the site and the server, in release
    Build,
    /// Build what browsers load
    Site {
        /// Quick to build instead of small
        #[arg(long)]
        dev: bool,
    },
    /// Build, start or end a real Kubernetes control plane, to develop and test on
    #[command(subcommand)]
    Controlplane(controlplane::Wanted),
    /// Start a throw-away PostgreSQL for single `cargo test`s and print the variable that names it
    Postgres,
}

fn main() -> ExitCode {
    match run(Arguments::parse().verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<stop::Stopped>() => ExitCode::from(130),
        Err(error) => {
            eprintln!("{} {error:#}", terminal::paint(terminal::Look::Red, "error:"));
            ExitCode::FAILURE
        }
    }
}

fn run(verb: Verb) -> anyhow::Result<()> {
    stop::listen()?;
    let workspace = Workspace::enter()?;
    match verb {
        Verb::Dev(wanted) => dev::run(&workspace, &wanted),
        Verb::Test(wanted) => test::run(&workspace, &wanted),
        Verb::Bench(wanted) => bench::run(&workspace, &wanted),
        Verb::Build => build::run(&workspace),
        Verb::Site { dev } => {
            let profile = if dev { site::Profile::Development } else { site::Profile::Release };
            site::build(&workspace, profile).map(drop)
        }
        Verb::Controlplane(wanted) => controlplane::run(&workspace, &wanted),
        Verb::Postgres => postgres::serve_tests(&workspace),
    }
}
