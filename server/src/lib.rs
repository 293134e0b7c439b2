//! The program tamuda: reads its settings, then serves or does what it was told. `http` holds what answers requests,
//! `commands` one file for each verb of the command line.

pub mod commands;
pub mod config;
pub mod demo;
pub mod http;
mod log;
mod mail;
pub mod workers;

use std::{io::Write, process::ExitCode};

use config::{Cli, Verb};

/// The zone that times are written in for people: the hub's own, as on its invoices.
const ZONE: &str = "Africa/Casablanca";

/// Runs the program with the arguments and the environment that it was started with.
pub async fn run() -> ExitCode {
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    log::begin(cli.log_format);
    match done(cli.verb).await {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Says on stderr why something was not done.
fn complain(error: &anyhow::Error) {
    // Nobody reads a closed stderr, and there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "error: {error:#}");
}

async fn done(verb: Verb) -> anyhow::Result<ExitCode> {
    match verb {
        Verb::Serve(settings) => commands::serve(*settings).await.map(|()| ExitCode::SUCCESS),
        Verb::Migrate(ask) => commands::migrate(ask).await.map(|()| ExitCode::SUCCESS),
        Verb::Admin(verb) => commands::admin(verb).await.map(|()| ExitCode::SUCCESS),
        Verb::Policy => commands::policy().map(|()| ExitCode::SUCCESS),
        Verb::Openapi => commands::openapi().map(|()| ExitCode::SUCCESS),
        Verb::Audit(verb) => Ok(commands::audit(verb).await),
        Verb::Doctor(ask) => commands::doctor(ask).await,
    }
}
