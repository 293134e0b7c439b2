//! `cargo xtask`: runs, tests and builds Tamuda from a clone alone. What each verb does stands in a file or folder of
//! its name.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal speaks there")]

mod postgres;
mod process;
mod stop;
mod system;
mod terminal;
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
        Verb::Postgres => postgres::serve_tests(&workspace),
    }
}
